"""Every public mail we have: none crashes, none is lost, odd ones are said to be odd, ordinary ones are not."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

HARMLESS = ("[2]", "[3]")  # how the collection itself marks its valid, ordinary samples


def test_every_mail_of_the_collection_is_read(corpora: Path, mails) -> None:
    files = sorted((corpora / "readers" / "eml").iterdir()) + sorted((corpora / "mime-is-broken").iterdir())
    assert len(files) > 400
    for file in files:
        data = file.read_bytes()
        assert mails.claims(data), file.name
        started = time.monotonic()
        message = mails.one(data)
        assert time.monotonic() - started < 5, file.name
        msgspec.json.encode(message)
        assert [child.part for child in mails.children(data)] == [one.part for one in message.attachments], file.name
        for child in mails.children(data):
            assert len(child.read_at(0, child.size)) == child.size


def test_ambiguous_mails_are_said_to_be_ambiguous(corpora: Path, mails) -> None:
    flagged, samples = 0, 0
    for file in (corpora / "mime-is-broken").iterdir():
        samples += 1
        flagged += "structure_ambiguous" in mails.one(file.read_bytes()).doubts
    assert samples == 372
    assert flagged / samples >= 0.95


def test_few_ordinary_mails_are_called_ambiguous(corpora: Path, mails) -> None:
    """The collection holds broken mails too; these eleven have a fault one can point at."""
    files = sorted((corpora / "readers" / "eml").iterdir())
    flagged = [file.name for file in files if "structure_ambiguous" in mails.one(file.read_bytes()).doubts]
    assert len(flagged) <= 12, flagged
