"""The power goes at any moment: what was said to be sealed is there, and doing it again completes it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from .conftest import CHAT, PASSPHRASE, New, Run, command, environment, everything_sealed, key_of

if sys.platform == "win32":
    pytest.skip("kill -9 is a signal", allow_module_level=True)

MARKED = b"PLAINTEXT-7f3a"
SECONDS = {"new": 2.0, "add": 2.5, "bundle": 3.0, "dossier": 2.5}


def killed(folder: Path, after: float, *arguments: object) -> tuple[str, bool]:
    """Runs a verb, kills it and everything it started after so many seconds. What it had said, and whether it was killed."""
    (folder / "home").mkdir(exist_ok=True)
    running = subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(folder / "home"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    alive = running.poll() is None
    if alive:
        os.killpg(running.pid, signal.SIGKILL)
    said = running.communicate()[0].decode()
    return said, alive


def big_zip(folder: Path, megabytes: int) -> Path:
    """A chat with pictures that cannot be packed any smaller."""
    file, noise = folder / "WhatsApp Chat with Danny.zip", random.Random(7)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("WhatsApp Chat with Danny.txt", CHAT + f"14/10/2026, 07:40 - Danny: {MARKED.decode()}\n")
        for number in range(megabytes):
            packed.writestr(f"IMG-{number:04}.jpg", b"\xff\xd8\xff\xe0" + noise.randbytes(1 << 20))
    return file


def moments(verb: str, how_many: int) -> list[float]:
    chance = random.Random(f"{verb} {how_many}")
    return [chance.uniform(0.05, SECONDS[verb]) for _ in range(how_many)]


def no_plaintext(folder: Path, *allowed: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and not any(path == one or one in path.parents for one in allowed):
            assert MARKED not in path.read_bytes(), path
            assert PASSPHRASE.encode() not in path.read_bytes() or path.name == "passphrase.txt", path


def interrupted_new(run: Run, tmp_path: Path, passphrase_file: Path, after: float) -> None:
    case, kit = tmp_path / "c", tmp_path / "k"
    options = ("--adult", "--passphrase-file", passphrase_file)
    killed(tmp_path, after, "new", case, *options, "--kit-file", kit)
    no_plaintext(tmp_path)
    if run("show", case, "--passphrase-file", passphrase_file).code == 0:
        assert run("show", case, "--identity", kit).code == 0
        return
    told = run("show", case, "--passphrase-file", passphrase_file)
    assert told.code == 3
    again = run("new", case, *options, "--kit-file", tmp_path / "k2")
    if case.exists() and any(case.iterdir()) and again.code != 0:
        assert "interrupted" in told.err
        assert "interrupted" in again.err
        assert "holdfast new" in told.err
        again = run("new", tmp_path / "c2", *options, "--kit-file", tmp_path / "k3")
    assert again.code == 0, again.err


def interrupted_add(run: Run, case: Path, file: Path, after: float) -> None:
    folder, key = case.parent, key_of(case)
    said, _ = killed(folder, after, "add", case, file, "--me", "Maya", *key)
    shown = run("show", case, "--json", *key)
    assert shown.code == 0, shown.err
    there = {exhibit["number"] for exhibit in json.loads(shown.out)["exhibits"]}
    acknowledged = {line.split()[1] for line in said.splitlines() if line.startswith("sealed")}
    assert acknowledged <= there
    checked = run("verify", case, "--deep", *key)
    assert checked.code == 0, checked.out
    no_plaintext(folder, file)
    again = run("add", case, file, "--me", "Maya", *key)
    assert again.code == 0, again.err
    found = run("search", case, MARKED.decode(), *key)
    assert MARKED.decode() in found.out, (after, said, again.out)  # it was read, not only sealed
    assert MARKED in everything_sealed(case)  # the control: what is looked for can be found where it belongs
    assert run("verify", case, "--deep", *key).code == 0


def interrupted_paper(run: Run, case: Path, verb: str, out: Path, after: float) -> None:
    folder, key = case.parent, key_of(case)
    said, alive = killed(folder, after, verb, case, out, *key)
    checked = run("verify", case, "--deep", *key)
    assert checked.code == 0, checked.out
    if f"is in {out.name}" in said:
        assert out.exists()
    if verb == "bundle" and out.exists() and f"is in {out.name}" in said:
        assert run("verify", out).code == 0
    second = out.with_name(f"again-{out.name}")
    assert run(verb, case, second, *key).code == 0
    assert second.exists()
    assert alive or f"is in {out.name}" in said


@pytest.fixture
def with_chat(run: Run, new_case: New, tmp_path: Path) -> Path:
    case = new_case("adult")
    assert run("add", case, big_zip(tmp_path, 1), "--me", "Maya", *key_of(case)).code == 0
    return case


@pytest.mark.parametrize("after", moments("new", 2))
def test_new_is_interrupted(run: Run, tmp_path: Path, passphrase_file: Path, after: float) -> None:
    interrupted_new(run, tmp_path, passphrase_file, after)


@pytest.mark.parametrize("after", moments("add", 2))
def test_add_is_interrupted(run: Run, new_case: New, tmp_path: Path, after: float) -> None:
    interrupted_add(run, new_case("adult"), big_zip(tmp_path, 30), after)


@pytest.mark.parametrize("verb", ["dossier", "bundle"])
def test_a_paper_is_interrupted(run: Run, with_chat: Path, tmp_path: Path, verb: str) -> None:
    interrupted_paper(run, with_chat, verb, tmp_path / f"{verb}.out", moments(verb, 1)[0])


@pytest.mark.proof
@pytest.mark.parametrize("after", moments("new", 50))
def test_new_at_every_moment(run: Run, tmp_path: Path, passphrase_file: Path, after: float) -> None:
    interrupted_new(run, tmp_path, passphrase_file, after)


@pytest.mark.proof
@pytest.mark.parametrize("after", moments("add", 100))
def test_add_at_every_moment(run: Run, new_case: New, tmp_path: Path, after: float) -> None:
    interrupted_add(run, new_case("adult"), big_zip(tmp_path, 30), after)


@pytest.mark.proof
@pytest.mark.parametrize("verb", ["dossier", "bundle"])
@pytest.mark.parametrize("moment", range(25))
def test_papers_at_every_moment(run: Run, with_chat: Path, tmp_path: Path, verb: str, moment: int) -> None:
    interrupted_paper(run, with_chat, verb, tmp_path / f"{verb}.out", moments(verb, 25)[moment])
