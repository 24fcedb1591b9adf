"""Public exports, read where they lie: every message, every line."""

from __future__ import annotations

import re

import pytest

from holdfast.model import Furniture, Message
from holdfast.readers import Look
from holdfast.readers.whatsapp_txt import READER

# messages, furniture, lines, first and last local time
EXPECTED = {
    "chat-miner__test_ddmmyy_24hrs.txt": (7, 2, 11, "2019-01-01T11:25:00", "2021-12-30T22:01:00"),
    "chat-miner__test_yyyymmdd_24hrs.txt": (7, 2, 11, "2019-01-01T11:25:00", "2021-12-30T22:01:00"),
    "chatpack-cli__whatsapp_export.txt": (7, 0, 7, "2024-01-15T10:30:00", "2024-03-10T09:15:00"),
    "kawsay___chat.txt": (4, 0, 4, "2023-03-12T09:15:00", "2023-03-14T20:00:00"),
    "whatstk__lorem.txt": (500, 0, 500, "2020-01-15T02:22:56", None),
    "whatstk__pokemon.txt": (18, 3, 21, "2016-04-15T15:04:00", "2016-10-31T12:23:00"),
}


@pytest.fixture(scope="session")
def folder(corpora):
    return corpora / "readers" / "whatsapp_txt"


def test_every_public_export_is_known_here(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_public_exports(folder, reading, name):
    content = (folder / name).read_bytes()
    messages, furniture, lines, first, last = EXPECTED[name]
    items = reading(content)
    assert READER.recognise(Look(content[: 64 * 1024], content[-4096:], len(content), "x", ""))
    assert sum(isinstance(item, Message) for item in items) == messages
    assert sum(isinstance(item, Furniture) for item in items) == furniture == len(items) - messages
    assert items[-1].place.last == lines
    times = [item.sent.local for item in items if item.sent]
    assert times[0] == first
    assert times[-1] == last or last is None
    assert times == sorted(times)
    assert not any(item.doubts for item in items)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_message_is_the_words_of_its_lines(folder, reading, name):
    """Read the other way round: header, sender and text of every item, put together, are the lines of the file."""
    text = (folder / name).read_text(encoding="utf-8")
    rows = text.split("\n")
    for item in reading(text):
        written = "\n".join(rows[item.place.first - 1 : item.place.last])
        if item.event == "blank":
            assert not written.strip()
            continue
        body = f"{item.sender}: {item.text}" if isinstance(item, Message) else item.text
        body = re.sub(r"^(John Doe): \.$", r"\1:.", body)
        assert written in (f"{item.sent.printed} - {body}", f"[{item.sent.printed}] {body}")


def test_who_wrote_in_the_public_group(folder, reading):
    items = reading((folder / "whatstk__pokemon.txt").read_bytes())
    senders = [item.sender for item in items if isinstance(item, Message)]
    assert sorted(set(senders)) == [
        "Ash Ketchum", "Brock", "Jessie & James", "Meowth", "Misty", "Prof. Oak", "Raichu", "Wobbuffet",
    ]  # fmt: skip
    assert [item.text[:8] for item in items if isinstance(item, Furniture)] == ["Pokemon ", "Messages", ""]
