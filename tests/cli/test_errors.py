"""Every error is three sentences (what happened; is my evidence safe; what next), with its exit code, and quotes nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import New, Run, key_of

CANARY = "CANARY-7f3a"
LONG = "a" * 5000
ODD = ("line\nbreak", "\u202eturned", "\x1b[2Jscreen", LONG)

# Words after `holdfast`; CASE, KEY, HERE and FILE are filled in.
WRONG_USE = [
    "frobnicate",
    "show",
    "show CASE --bogus KEY",
    "show CASE EX-0099 KEY",
    "show CASE",
    "search CASE x --limit 0 KEY",
    "search CASE * KEY",
    "answer CASE no_such_question yes KEY",
    "answer CASE danger no_such_answer KEY",
    "answer CASE danger yes,no KEY",
    "answer CASE danger KEY",
    "answer CASE me  KEY",
    "add CASE nothing KEY",
    "add CASE FILE --zone Nowhere/City KEY",
    "add CASE FILE --date-order xyz KEY",
    "read nothing",
    "assess CASE FILE KEY",
    "plan --place gb --day yesterday",
    "done CASE no_such_step KEY",
    "write CASE no_such_letter KEY",
    "write CASE police --out FILE KEY",
    "dossier CASE FILE KEY",
    "dossier CASE nowhere/d.pdf KEY",
    "bundle CASE nowhere/b KEY",
    "bundle CASE HERE KEY",
    "accept CASE F-999 KEY",
    "note CASE KEY",
    "note CASE words KEY",
    "verify nothing",
    "new CASE --adult --passphrase-file FILE --kit-file k",
    "new nowhere/c --adult --passphrase-file FILE --kit-file k",
    "new c --adult --passphrase-file FILE --kit-file nowhere/k",
    "new c --adult --passphrase-file FILE",
    "new c --adult --kit-file k",
    "new c --adult --passphrase-file SHORT --kit-file k",
    "demo --from nothing",
]
CANNOT_OPEN = [
    "show HERE KEY",
    "show FILE KEY",
    "show CASE --identity FILE",
    "show CASE --identity nothing",
    "show CASE --passphrase-file nothing",
    "show CASE --passphrase-file FILE",
    "kit CASE FILE",
    "verify HERE",
]


def arguments(words: str, case: Path, tmp_path: Path) -> list[object]:
    file, short = tmp_path / "file.txt", tmp_path / "short.txt"
    file.write_text(f"{CANARY} is not a key\n")
    short.write_text("hunter2\n")
    given = {"CASE": [case], "KEY": [*key_of(case)], "HERE": [tmp_path], "FILE": [file], "SHORT": [short]}
    return [piece for word in words.split(" ") for piece in given.get(word, [word])]


def three_sentences(words: str) -> bool:
    lines = words.strip().splitlines()
    return len(lines[-3:]) == 3 and "Traceback" not in words and all(line.strip() for line in lines[-3:])


@pytest.mark.parametrize(("words", "code"), [(w, 2) for w in WRONG_USE[::7]] + [(w, 3) for w in CANNOT_OPEN[::4]])
def test_a_sample_of_errors(run: Run, new_case: New, tmp_path: Path, words: str, code: int) -> None:
    ended_calmly(run, new_case("adult"), tmp_path, words, code)


@pytest.mark.proof
@pytest.mark.parametrize(("words", "code"), [(w, 2) for w in WRONG_USE] + [(w, 3) for w in CANNOT_OPEN])
def test_every_error(run: Run, new_case: New, tmp_path: Path, words: str, code: int) -> None:
    ended_calmly(run, new_case("adult"), tmp_path, words, code)


def ended_calmly(run: Run, case: Path, tmp_path: Path, words: str, code: int) -> None:
    given = arguments(words, case, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ran = run(*given)
    assert ran.code == code, ran.err
    assert three_sentences(ran.err), ran.err
    assert CANARY not in ran.out + ran.err
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert before == after, "a wrong use left something behind"


@pytest.mark.parametrize("name", ODD, ids=["newline", "bidi", "escape", "long"])
def test_an_odd_name_stays_on_its_line(run: Run, name: str) -> None:
    ran = run("read", name)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 3
    assert not set("\x1b\u202e") & set(ran.err)
    assert len(ran.err) < 1000


@pytest.mark.skipif(os.name == "nt", reason="names are bytes only outside Windows")
def test_a_name_that_is_no_text(run: Run, new_case: New, tmp_path: Path) -> None:
    case, folder = new_case("adult"), tmp_path / "phone"
    folder.mkdir()
    (folder / os.fsdecode(b"bad\xff\xfe.txt")).write_text("13/10/2026, 20:48 - Danny: hello\n")
    added = run("add", case, folder, *key_of(case))
    assert added.code == 0, added.err
    assert "EX-0001" in run("show", case, *key_of(case)).out
    assert run("read", os.fsencode(folder) + b"/bad\xff\xfe.txt", "--json").code == 0


FAULT = '''
"""Injected: the first call into the case ends in an error that quotes a message."""
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "holdfast.case.without":
            raise {}
sys.meta_path.insert(0, Finder())
'''


@pytest.mark.parametrize("fault", [f'ValueError("{CANARY}")', "MemoryError()"])
def test_a_fault_of_ours_quotes_nobody(run: Run, chat: Path, tmp_path: Path, fault: str) -> None:
    (tmp_path / "fault").mkdir()
    (tmp_path / "fault" / "sitecustomize.py").write_text(FAULT.format(fault))
    before = sorted(tmp_path.rglob("*"))
    ran = run("read", chat, first_on_path=(tmp_path / "fault",))
    assert ran.code == 1
    assert three_sentences(ran.err)
    assert "our mistake" in ran.err
    assert fault.split("(")[0] in ran.err  # the control: the report does say what kind of error it was
    assert CANARY not in ran.out + ran.err
    assert str(tmp_path) not in ran.err
    assert [path for path in sorted(tmp_path.rglob("*")) if "__pycache__" not in path.parts] == before


def test_a_full_disk_is_said_as_such(run: Run, chat: Path, tmp_path: Path) -> None:
    (tmp_path / "fault").mkdir()
    (tmp_path / "fault" / "sitecustomize.py").write_text(FAULT.format(f'OSError(28, "no", "{CANARY}")'))
    ran = run("read", chat, first_on_path=(tmp_path / "fault",))
    assert ran.code == 1
    assert "No space left" in ran.err
    assert "still sealed" in ran.err
    assert CANARY not in ran.err


def test_help_is_no_error(run: Run) -> None:
    for words in ((), ("--help",), ("add", "--help"), ("--version",)):
        ran = run(*words)
        assert ran.code == 0
        assert not ran.err
