"""Files and folders as they are found: everything, in order, and nothing that is not a file is opened."""

from __future__ import annotations

import inspect
import os
import socket
import sys
from pathlib import Path

import pytest

from holdfast.errors import WrongUse
from holdfast.intake.files import CannotRead, FileBytes, found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"22")
    (tmp_path / "a.txt").write_bytes(b"1")
    (tmp_path / "c.txt").write_bytes(b"333")
    return tmp_path


def test_folders_whole_and_sorted(folder: Path) -> None:
    assert [(file.name, file.size, file.gap) for file in found([folder])] == [
        ("a.txt", 1, None),
        ("b/two.txt", 2, None),
        ("c.txt", 3, None),
    ]


def test_names_are_relative_to_what_was_given_and_never_the_same_twice(folder: Path) -> None:
    (folder / "b" / "a.txt").write_bytes(b"")
    (folder / "b" / "a.txt (2)").write_bytes(b"")
    names = [file.name for file in found([folder / "a.txt", folder / "b", str(folder / "a.txt")])]
    assert names == ["a.txt", "a.txt (2)", "a.txt (2) (2)", "two.txt", "a.txt (3)"]


def test_a_path_that_is_not_there_is_said_first(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"nowhere\.txt"):
        found([folder, folder / "nowhere.txt"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs links, pipes and sockets")
def test_links_pipes_and_sockets_are_found_with_a_reason(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
        gaps = {file.name: file.gap for file in found([folder]) if file.gap}
    assert set(gaps) == {"link", "loop", "pipe", "socket"}
    assert "link" in gaps["link"]
    assert "not a file" in gaps["pipe"]
    assert [file.gap for file in found([folder / "pipe"])] == [gaps["pipe"]]


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_given_by_name_is_followed_and_a_broken_one_is_said(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "c.txt")
    (folder / "broken").symlink_to(folder / "gone")
    assert [(file.name, file.size) for file in found([folder / "link"])] == [("link", 3)]
    (broken,) = found([folder / "broken"])
    assert "gone" in (broken.gap or "")


def test_a_folder_nobody_may_list_is_found_with_a_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert {file.name: file.gap for file in found([folder])}["b"] == "This computer does not allow Holdfast to open it."


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_names_that_are_no_text_are_shown_with_question_marks(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt"))).write_bytes(b"x")
    (file,) = [file for file in found([folder]) if "?" in file.name]
    assert file.name == "?.txt"
    with FileBytes(file.path) as source:
        assert source.read_at(0, 9) == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="needs folders opened as files")
def test_folders_deeper_than_pythons_stack(tmp_path: Path) -> None:
    limit = sys.getrecursionlimit()
    folders = [os.open(tmp_path, os.O_RDONLY)]
    try:
        for _ in range(400):
            os.mkdir("d", dir_fd=folders[-1])
            folders.append(os.open("d", os.O_RDONLY, dir_fd=folders[-1]))
        sys.setrecursionlimit(len(inspect.stack()) + 200)
        assert list(found([tmp_path])) == []
    finally:
        sys.setrecursionlimit(limit)
        while len(folders) > 1:
            os.close(folders.pop())
            os.rmdir("d", dir_fd=folders[-1])
        os.close(folders[0])


def test_bytes_of_a_file(folder: Path) -> None:
    (folder / "c.txt").write_bytes(bytes(range(256)) * 10)
    with FileBytes(folder / "c.txt") as source:
        assert source.size == 2560
        assert source.read_at(256, 3) == b"\0\1\2"
        assert source.read_at(2558, 100) == b"\xfe\xff"
        assert source.read_at(2560, 1) == b""
        assert source.read_at(99999, 1) == b""
        (folder / "c.txt").write_bytes(b"short")
        assert source.read_at(0, 100) == b"short"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe")
def test_what_is_no_file_is_never_opened_for_reading(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with pytest.raises(CannotRead, match="not a file"):
        FileBytes(folder / "pipe")
    with pytest.raises(CannotRead):
        FileBytes(folder / "b")
    with pytest.raises(CannotRead, match="gone"):
        FileBytes(folder / "nowhere")
