"""The command line as a person meets it: each run is a process of its own, with a home folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "six-invented-words-for-a-test"

CHAT = (
    "13/10/2026, 20:40 - Messages and calls are end-to-end encrypted.\n"
    "13/10/2026, 20:48 - Danny: send me £600 by Friday 6pm or I post your pictures in your family group\n"
    "13/10/2026, 20:52 - Maya: please don't\n"
    "14/10/2026, 07:33 - Danny: 不给钱就把你的照片发到群里\n"
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("show", case)`: exit code, stdout, stderr. Nobody sits at the keyboard."""
    home = tmp_path / "home"
    home.mkdir()

    def one(*arguments: object, stdin: str = "") -> Ran:
        environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG"}},
            "HOME": str(home),
            "TMPDIR": str(home),
            "PYTHONPATH": os.pathsep.join(piece for piece in (str(ROOT / "src"), os.environ.get("PYTHONPATH", "")) if piece),
        }
        command = [sys.executable, "-m", "holdfast", *map(str, arguments)]
        done = subprocess.run(
            command, input=stdin.encode(), capture_output=True, env=environment, cwd=tmp_path, check=False, timeout=120
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return one


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n")
    return file


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    file = tmp_path / "WhatsApp Chat with Danny.txt"
    file.write_text(CHAT, encoding="utf-8")
    return file


@pytest.fixture
def new_case(run: Run, tmp_path: Path, passphrase_file: Path) -> Callable[[str], Path]:
    """`new_case("adult")`: a fresh case."""

    def make(age: str) -> Path:
        case = tmp_path / f"case-{age}"
        kit = tmp_path / f"kit-{age}.txt"
        made = run("new", case, f"--{age}", "--passphrase-file", passphrase_file, "--kit-file", kit)
        assert made.code == 0, made.err
        return case

    return make
