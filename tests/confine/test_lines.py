"""What `holdfast read --json` prints."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from holdfast.confine import Pool, Serial, read_lines
from holdfast.errors import WrongUse
from holdfast.readers import Options


@pytest.fixture
def folder(tmp_path: Path, toy: Any) -> Path:
    (tmp_path / "chats" / "b").mkdir(parents=True)
    (tmp_path / "chats" / "z.txt").write_bytes(toy.MARK + b"ann: hi\n" * 3000)
    (tmp_path / "chats" / "b" / "a.txt").write_bytes(toy.MARK + b"bob: \xe4\xbd\xa0\n\n")
    (tmp_path / "chats" / "c.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "chats" / "link").symlink_to(tmp_path / "chats" / "z.txt")
    return tmp_path


def lines_of(folder: Path, pool: Any) -> list[Any]:
    printed = b"".join(read_lines([folder / "chats", folder / "chats" / "z.txt"], Options(), pool=pool))
    assert printed.endswith(b"\n")
    return [json.loads(line) for line in printed.splitlines()]


def test_parts_then_their_items_then_one_summary(folder: Path, toy_serial: Serial) -> None:
    lines = lines_of(folder, toy_serial)
    assert [line["file"] for line in lines if line["kind"] == "part"] == ["b/a.txt", "c.jpg", "link", "z.txt", "z.txt (2)"]
    assert [line["kind"] for line in lines].count("summary") == 1
    summary = lines[-1]
    assert summary["kind"] == "summary"
    assert (summary["files"], summary["messages"], summary["people"]) == (5, 6001, ["ann", "bob"])
    assert (summary["gaps"], summary["doubts"]) == (2, 0)
    for part in summary["parts"]:
        assert part["units"] == part["in_messages"] + part["in_furniture"] + part["in_gaps"]
    message = next(line for line in lines if line["kind"] == "message" and line["place"]["file"] == "z.txt")
    assert message == {
        "kind": "message",
        "place": {"file": "z.txt", "part": [], "unit": "line", "first": 2, "last": 2},
        "sender": "ann",
        "text": "hi",
        "sent": {"printed": "", "local": "2024-01-01T00:00:02", "how_known": "file"},
    }


def test_several_workers_print_the_same_in_the_same_order(
    folder: Path, toy_serial: Serial, toy_command: tuple[str, ...]
) -> None:
    with Pool(2, command=toy_command) as pool:
        assert lines_of(folder, pool) == lines_of(folder, toy_serial)


def test_a_reading_may_be_left_early(folder: Path, toy_command: tuple[str, ...]) -> None:
    with Pool(1, command=toy_command) as pool:
        for _ in range(3):
            piece = next(read_lines([folder / "chats" / "z.txt"] * 5, Options(), pool=pool))
            assert b'"z.txt"' in piece
        assert len(lines_of(folder, pool)) > 6000


def test_a_file_nobody_may_open_is_a_gap(folder: Path, toy_serial: Serial, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith("z.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    lines = lines_of(folder, toy_serial)
    refused = [line for line in lines if line["kind"] == "gap" and line["place"]["file"] == "z.txt"]
    assert "does not allow" in refused[0]["why"]
    assert lines[-1]["messages"] == 1


def test_a_path_that_is_not_there_is_said_before_anything_is_read(folder: Path, toy_serial: Serial) -> None:
    reading = read_lines([folder / "chats", folder / "nowhere"], Options(), pool=toy_serial)
    with pytest.raises(WrongUse, match="nowhere"):
        next(reading)
