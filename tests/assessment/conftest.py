"""Lines to judge by, and a chat to assess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from holdfast.model import Message, Place, When

LINES = Path(__file__).parent / "lines"


def read_lines(language: str, kind: str, part: str) -> list[tuple[str, str]]:
    text = (LINES / f"{language}.{kind}.{part}.txt").read_text(encoding="utf-8")
    return [(label, line) for label, _, line in (row.partition("|") for row in text.splitlines() if row)]


@pytest.fixture(scope="session")
def judged_lines() -> Callable[[str, str, str], list[tuple[str, str]]]:
    """Lines of a language, kind (threats, traps) and part (dev, held_out), each with its label."""
    return read_lines


@pytest.fixture(scope="session")
def every_line() -> list[str]:
    """All lines of all files."""
    return [
        line
        for path in sorted(LINES.glob("*.txt"))
        for line in (r.partition("|")[2] for r in path.read_text("utf-8").splitlines())
    ]


@pytest.fixture
def chat() -> Callable[..., list[Message]]:
    """A chat from pairs of (who, text) or triples with a local time; "me" is the person themselves, "?" unknown."""

    def made(*lines: tuple[str, ...]) -> list[Message]:
        messages = []
        for number, (who, text, *at) in enumerate(lines, 1):
            messages.append(
                Message(
                    place=Place(file="chat.txt", unit="line", first=number, last=number),
                    text=text,
                    sender=who,
                    from_me={"me": True, "?": None}.get(who, False),
                    sent=When(printed=at[0], local=at[0], how_known="file") if at else None,
                )
            )
        return messages

    return made
