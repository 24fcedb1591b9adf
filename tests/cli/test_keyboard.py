"""Sitting at the keyboard: every question, every slip of a finger, and walking away at each of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import PASSPHRASE, New, Run, key_of

if sys.platform == "win32":
    pytest.skip("terminals are tested where there are pseudo-terminals", allow_module_level=True)

from .keyboard import CONTROL_C, at_keyboard, no_terminal

pytestmark = pytest.mark.skipif(no_terminal(), reason="this system gives no pseudo-terminal")


def key_on_screen(screen: str) -> str:
    """The recovery kit's key, read from the screen as a person would, in small letters and with spaces."""
    under = screen[screen.index("AGE-SECRET-KEY-1") :]
    return " ".join(under[: under.index("Case:")].split()).lower() + "\n"


MAKING = [
    ("Number .*: ", "1\n"),
    ("Passphrase: ", "short\n"),
    ("too short[^$]*Passphrase: ", PASSPHRASE + "\n"),
    ("again: ", "something else\n"),
    ("not the same[^$]*Passphrase: ", PASSPHRASE + "\n"),
    ("again: ", PASSPHRASE + "\n"),
    ("Recovery kit: ", "AGE-SECRET-KEY-1WRONG\n"),
    ("not the same[^$]*Recovery kit: ", key_on_screen),
]


def test_a_case_is_made_at_the_keyboard(tmp_path: Path, run: Run) -> None:
    sat = at_keyboard(tmp_path, ["new", "c"], MAKING)
    assert sat.code == 0, sat.screen
    assert PASSPHRASE not in sat.screen
    assert "something else" not in sat.screen
    wiped = sat.screen.rindex("\x1b[2J")
    assert wiped > sat.screen.rindex("Recovery kit: ")
    assert "\x1b[3J" in sat.screen
    assert "AGE-SECRET-KEY" not in sat.screen[wiped:]
    opened = at_keyboard(tmp_path, ["show", "c"], [("Passphrase: ", PASSPHRASE + "\n")])
    assert opened.code == 0
    assert PASSPHRASE not in opened.screen
    assert "Pictures and videos will only be noted" not in sat.screen


@pytest.mark.parametrize(
    "steps",
    [pytest.param(0, marks=pytest.mark.proof), pytest.param(1, marks=pytest.mark.proof), 3, 6],
    ids=["age", "passphrase", "again", "kit"],
)
def test_walking_away_from_new_leaves_nothing(tmp_path: Path, steps: int) -> None:
    sat = at_keyboard(tmp_path, ["new", "c"], [*MAKING[:steps], (MAKING[steps][0], CONTROL_C)])
    assert sat.code == 1
    assert "Stopped." in sat.screen
    assert "Traceback" not in sat.screen
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert not list((tmp_path / "home").iterdir())


def test_add_asks_who_is_me(tmp_path: Path, run: Run, new_case: New, chat: Path) -> None:
    case = new_case("adult")
    sat = at_keyboard(tmp_path, ["add", case, chat, *key_of(case)], [("You .*: ", "maya\n")])
    assert sat.code == 0
    assert '"speaker":"other"' in run("assess", case, "--json", *key_of(case)).out
    again = at_keyboard(tmp_path, ["add", case, chat, *key_of(case)], [])
    assert "Which of these is you" not in again.screen


def test_walking_away_from_add_keeps_what_was_sealed(tmp_path: Path, run: Run, new_case: New, chat: Path) -> None:
    case = new_case("adult")
    sat = at_keyboard(tmp_path, ["add", case, chat, *key_of(case)], [("You .*: ", CONTROL_C)])
    assert sat.code == 1
    assert "What was said to be sealed is still sealed." in sat.screen
    assert "EX-0001" in run("show", case, *key_of(case)).out
    assert run("verify", case, "--deep", *key_of(case)).code == 0


def test_rather_not_say_to_everything_still_gives_a_plan(tmp_path: Path, run: Run, new_case: New) -> None:
    case = new_case("adult")
    typing = [("Number: ", last_number)] * number_of_questions()
    walked = at_keyboard(tmp_path, ["answer", case, *key_of(case)], typing)
    assert walked.code == 0, walked.screen
    assert "That is all we need for now" in walked.screen
    plan = run("plan", case, *key_of(case))
    assert plan.code == 0
    assert "Now" in plan.out
    assert "112" in plan.out


def last_number(screen: str) -> str:
    """The last answer of the question on the screen: "I'd rather not say"."""
    lines = [line.split() for line in screen.replace("\r", "").splitlines() if line.startswith("  ") and line.split()[:1]]
    assert "rather not say" in " ".join(lines[-1])
    return lines[-1][0] + "\n"


def number_of_questions() -> int:
    """How many are asked of somebody who would rather not say."""
    from holdfast.content import load
    from holdfast.guidance import questions

    answers: dict[str, str] = {}
    while (question := questions(load(), answers)) is not None:
        answers[question.id] = "rather_not_say"
    return len(answers)


def test_answers_given_before_walking_away_are_kept(tmp_path: Path, run: Run, new_case: New) -> None:
    case = new_case("adult")
    first = run("answer", case, *key_of(case)).out.split(":")[0]
    typing = [("Number: ", "nonsense\n"), ("one of the numbers[^$]*Number: ", last_number), ("Number: ", CONTROL_C)]
    sat = at_keyboard(tmp_path, ["answer", case, *key_of(case)], typing)
    assert sat.code == 1
    assert "Stopped." in sat.screen
    assert run("answer", case, *key_of(case)).out.split(":")[0] != first


def test_a_note_is_written_or_left(tmp_path: Path, run: Run, new_case: New) -> None:
    case = new_case("adult")
    left = at_keyboard(tmp_path, ["note", case, *key_of(case)], [("empty line", "half a"), ("half a", CONTROL_C)])
    assert left.code == 1
    assert "diary" not in run("show", case, "--log", *key_of(case)).out
    written = at_keyboard(tmp_path, ["note", case, *key_of(case)], [("empty line", "one\ntwo\n\n")])
    assert written.code == 0, written.screen
    assert "diary" in run("show", case, "--log", *key_of(case)).out


def test_a_kit_typed_from_paper_leaves_the_screen(tmp_path: Path, new_case: New) -> None:
    case = new_case("adult")
    key = key_on_screen((tmp_path / "kit-adult.txt").read_text())
    sat = at_keyboard(tmp_path, ["kit", case], [("Recovery kit: ", key)])
    assert sat.code == 0, sat.screen
    assert key.split()[3] not in sat.screen[sat.screen.rindex("\x1b[2J") :]
