"""The command line as a person meets it: each run is a process of its own, with a home folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfast.cli.secrets import identity_from
from holdfast.vault import FolderStore, Vault

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
New = Callable[[str], Path]


def environment(home: Path, *first_on_path: Path) -> dict[str, str]:
    """What a verb sees of this computer: a home of its own, and Holdfast as it lies here."""
    path = (*map(str, first_on_path), str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))
    return {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "LANG"}},
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": os.pathsep.join(piece for piece in path if piece),
    }


def command(*arguments: object) -> list[str]:
    return [
        sys.executable,
        "-m",
        "holdfast",
        *(os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in arguments),
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def run(tmp_path: Path, home: Path) -> Run:
    """`run("show", case)`: exit code, stdout, stderr. Nobody sits at the keyboard."""

    def one(*arguments: object, stdin: str = "", first_on_path: tuple[Path, ...] = (), timeout: int = 120) -> Ran:
        done = subprocess.run(
            command(*arguments),
            input=stdin.encode(),
            capture_output=True,
            env=environment(home, *first_on_path),
            cwd=tmp_path,
            check=False,
            timeout=timeout,
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


@pytest.fixture(scope="session")
def cases_made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """One case of each age group, made once by the command itself: a folder with `case` and `kit.txt`."""
    made: dict[str, Path] = {}

    def one(age: str) -> Path:
        if age not in made:
            folder = tmp_path_factory.mktemp(age)
            (folder / "pass").write_text(PASSPHRASE + "\n")
            new = command("new", "case", f"--{age}", "--passphrase-file", "pass", "--kit-file", "kit.txt")
            done = subprocess.run(new, cwd=folder, env=environment(folder), capture_output=True, check=False, timeout=120)
            assert done.returncode == 0, done.stderr
            made[age] = folder
        return made[age]

    return one


@pytest.fixture
def new_case(cases_made: Callable[[str], Path], tmp_path: Path) -> New:
    """`new_case("adult")`: a fresh case, with its kit beside it in kit-adult.txt."""

    def make(age: str) -> Path:
        case = tmp_path / f"case-{age}"
        shutil.copytree(cases_made(age) / "case", case)
        shutil.copy(cases_made(age) / "kit.txt", tmp_path / f"kit-{age}.txt")
        return case

    return make


def key_of(case: Path) -> tuple[str, Path]:
    """Options that open a case of `new_case` without the half second a passphrase costs."""
    return "--identity", case.with_name(case.name.replace("case-", "kit-") + ".txt")


def opened_vault(case: Path) -> Vault:
    """The vault of a case of `new_case`, opened with its kit."""
    _, kit = key_of(case)
    return Vault.open(FolderStore(case), identity=identity_from(kit), clock=lambda: datetime.now(UTC), tool="test")


def everything_sealed(case: Path) -> bytes:
    """All that a case of `new_case` holds, decrypted."""
    vault = opened_vault(case)
    sources = [vault.open_object(made.id) for made in vault.sealed_objects()]
    return b"\n".join(source.read_at(0, source.size) for source in sources)
