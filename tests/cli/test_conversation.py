"""What is said, what is not, and how each run ends."""

from __future__ import annotations

import json
from pathlib import Path

from holdfast.intake import BytesHeld

from .conftest import PASSPHRASE, New, Run, key_of, opened_vault


def test_the_whole_line(run: Run, new_case: New, chat: Path, tmp_path: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    added = run("add", case, chat, "--me", "Maya", *key)
    assert added.code == 0, added.err
    assert "sealed EX-0001" in added.out
    assert "3 messages" in added.out
    again = run("add", case, chat, *key)
    assert "already sealed as EX-0001" in again.out
    assert run("answer", case, "place", "gb", *key).code == 0
    found = json.loads(run("assess", case, "--json", *key).out)
    assert {finding["label"] for finding in found["findings"]} & {"image_leak", "sextortion"}
    assert all(finding["speaker"] == "other" for finding in found["findings"])
    plan = run("plan", case, *key)
    assert plan.code == 0
    assert "999" in plan.out
    dossier = run("dossier", case, tmp_path / "d.pdf", *key)
    assert dossier.code == 0, dossier.err
    assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF")
    letter = run("write", case, "police", *key)
    assert letter.code == 0
    bundle = run("bundle", case, tmp_path / "bundle", *key)
    assert bundle.code == 0, bundle.err
    assert run("verify", tmp_path / "bundle").code == 0
    assert run("verify", case, "--deep", *key).code == 0


def test_a_changed_bit_is_named(run: Run, new_case: New, chat: Path) -> None:
    case = new_case("adult")
    run("add", case, chat, *key_of(case))
    victim = sorted((case / "objects").rglob("*.age"))[0]
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(content)
    checked = run("verify", case, "--deep", *key_of(case))
    assert checked.code == 1
    assert f"Damaged at {victim.relative_to(case).as_posix()}" in checked.out


def test_a_wrong_passphrase_ends_calmly(run: Run, new_case: New, tmp_path: Path) -> None:
    case = new_case("adult")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("something else entirely\n")
    before = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    tried = run("show", case, "--passphrase-file", wrong)
    assert tried.code == 3
    assert "Traceback" not in tried.err
    assert len(tried.err.strip().splitlines()) == 3
    assert before == {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}


def test_a_passphrase_is_never_taken_from_the_command_line(run: Run, new_case: New) -> None:
    tried = run("show", new_case("adult"), "--passphrase", PASSPHRASE)
    assert tried.code == 2
    assert PASSPHRASE not in tried.out + tried.err


def test_nothing_is_overwritten(run: Run, new_case: New, chat: Path, passphrase_file: Path, tmp_path: Path) -> None:
    case = new_case("adult")
    assert run("new", case, "--adult", "--passphrase-file", passphrase_file, "--kit-file", tmp_path / "k").code == 2
    (tmp_path / "mine.pdf").write_text("mine")
    assert run("dossier", case, tmp_path / "mine.pdf", *key_of(case)).code == 2
    assert (tmp_path / "mine.pdf").read_text() == "mine"


def test_the_kit_opens_the_case_and_a_wrong_one_does_not(run: Run, new_case: New, tmp_path: Path) -> None:
    adult, other = new_case("adult"), new_case("unsure")
    kit = tmp_path / "kit-adult.txt"
    assert run("kit", adult, kit).code == 0
    assert run("show", adult, "--identity", kit).code == 0
    assert run("kit", other, kit).code == 3


def test_what_is_not_there_is_wrong_use(run: Run, tmp_path: Path) -> None:
    assert run("show", tmp_path / "nothing", "--passphrase-file", tmp_path / "none").code == 3
    assert run("read", tmp_path / "nothing").code == 2
    assert run("plan", "--place", "gb", "--day", "yesterday").code == 2
    assert run("verify", tmp_path / "nothing").code == 2


def test_read_and_assess_without_a_case_leave_no_trace(run: Run, chat: Path, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*"))
    lines = [json.loads(line) for line in run("read", chat, "--me", "Maya", "--json").out.splitlines()]
    assert [line["kind"] for line in lines] == ["part", "furniture", "message", "message", "message", "summary"]
    assert [line["from_me"] for line in lines if line["kind"] == "message"] == [False, True, False]
    found = run("assess", chat, "--json")
    assert found.code == 0
    assert json.loads(found.out)["schema"] == 1
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_rejected_finding_is_in_no_paper(run: Run, new_case: New, chat: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    run("add", case, chat, "--me", "Maya", *key)
    found = json.loads(run("assess", case, "--json", *key).out)["findings"]
    for finding in found:
        assert run("reject", case, finding["id"], *key).code == 0
    assert run("reject", case, "F-999", *key).code == 2
    letter = run("write", case, "police", *key).out
    assert all(finding["quote"] not in letter for finding in found)


def test_foreign_text_cannot_drive_the_terminal(run: Run, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("13/10/2026, 20:48 - D\u202eanny: \x1b[2J\x07 hello\n", encoding="utf-8")
    said = run("read", chat).out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "⟨U+001B⟩" in said


def test_what_was_sealed_but_never_read_is_said_and_then_read(run: Run, new_case: New, chat: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    source = BytesHeld(chat.read_bytes())
    opened_vault(case).add(source, name=chat.name, origin="", media_type="text/plain", keep=True)
    found = json.loads(run("assess", case, "--json", *key).out)
    assert [gap["place"]["file"] for gap in found["not_read"]] == ["EX-0001"]
    assert "interrupted" in found["not_read"][0]["why"]
    again = run("add", case, chat, "--me", "Maya", *key)
    assert "already EX-0001" in again.out
    assert "3 messages" in again.out
    assert json.loads(run("assess", case, "--json", *key).out)["findings"]
    assert "nothing added" in run("add", case, chat, *key).out


def test_another_answer_reads_an_export_again(run: Run, new_case: New, tmp_path: Path) -> None:
    case, chat = new_case("adult"), tmp_path / "chat.txt"
    chat.write_text("03/04/2026, 20:48 - Danny: hello\n03/04/2026, 20:49 - Maya: hi\n")
    key = key_of(case)
    run("add", case, chat, *key)
    assert "2026-03-04 20:48:00 or 2026-04-03 20:48:00" in run("show", case, "EX-0001", *key).out
    assert "2 messages" in run("add", case, chat, "--date-order", "mdy", *key).out
    shown = run("show", case, "EX-0001", *key).out
    assert "2026-03-04 20:48:00" in shown
    assert "or 2026" not in shown
    assert "nothing added" in run("add", case, chat, *key).out
    assert run("verify", case, "--deep", *key).code == 0


def test_the_same_file_twice_in_a_folder_is_sealed_and_read_once(run: Run, new_case: New, chat: Path, tmp_path: Path) -> None:
    case, folder = new_case("adult"), tmp_path / "phone"
    for name in ("one", "two"):
        (folder / name).mkdir(parents=True)
        (folder / name / "chat.txt").write_bytes(chat.read_bytes())
    added = run("add", case, folder, "--me", "Maya", *key_of(case))
    assert [line.split("  ")[0] for line in added.out.splitlines()] == ["sealed EX-0001", "already sealed as EX-0001"]
    assert sum(made.role == "reading" for made in opened_vault(case).sealed_objects()) == 1
