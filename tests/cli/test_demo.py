"""The demo takes any folder, ends by saying what to open and how to check, and never clears what it did not make."""

from __future__ import annotations

import shlex
import subprocess
import zipfile
from pathlib import Path

import pytest

from .conftest import CHAT, Run, environment


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "my exports"
    (folder / "more" / "deep").mkdir(parents=True)
    (folder / "chat.txt").write_text(CHAT, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "more" / "deep" / "聊天.txt").write_text(
        "13/10/2026, 20:48 - 小王: 不给钱就把你的照片发到群里\n13/10/2026, 20:49 - 小美: 求你了\n", encoding="utf-8"
    )
    with zipfile.ZipFile(folder / "more" / "a b.zip", "w") as packed:
        packed.writestr("chat.txt", CHAT)
    return folder


def test_any_folder_and_its_commands_work_when_copied(run: Run, exports: Path, tmp_path: Path) -> None:
    ran = run("demo", "--from", exports, "--out", "out put", "--me", "Maya")
    assert ran.code == 0, ran.err
    assert "Open first   out put/dossier.pdf" in ran.out
    assert (tmp_path / "out put" / "dossier.pdf").read_bytes().startswith(b"%PDF")
    copied = [line.removeprefix("Check").strip() for line in ran.out.splitlines() if " verify " in line]
    assert len(copied) == 2
    for line in copied:
        done = subprocess.run(line, shell=True, cwd=tmp_path, env=environment(tmp_path / "home"), capture_output=True)
        assert done.returncode == 0, (line, done.stderr)
        assert "out put" in " ".join(shlex.split(line))
    assert run("demo", "--from", exports, "--out", "out put").code == 0  # again, over its own


def test_it_never_clears_what_it_did_not_make(run: Run, exports: Path, tmp_path: Path) -> None:
    assert run("demo", "--from", exports, "--out", exports).code == 2
    assert run("demo", "--from", exports / "more", "--out", exports).code == 2
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".made-by-holdfast-demo").touch()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    assert run("demo", "--from", exports, "--out", tmp_path / "out").code == 2
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"
    assert (exports / "chat.txt").exists()


def test_an_empty_folder_and_odd_answers_are_said(run: Run, tmp_path: Path, exports: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "There is nothing in nothing." in run("demo", "--from", tmp_path / "nothing").err
    for answers in ("me = 3\n", "answers = 1\n", "not toml", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")):
        (exports / "answers.toml").write_text(answers, encoding="latin-1")
        ran = run("demo", "--from", exports, "--out", "o")
        assert ran.code == 2
        assert "answers.toml cannot be understood" in ran.err
        assert not (tmp_path / "o").exists()


def test_a_single_name_is_one_name(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "chat.txt").write_text(CHAT, encoding="utf-8")
    (folder / "answers.toml").write_text('me = "Maya"\nplace = "gb"\nage = "adult"\n')
    ran = run("demo", "--from", folder, "--out", "o")
    assert ran.code == 0, ran.err
    assert "we do not know who is speaking" not in ran.err
