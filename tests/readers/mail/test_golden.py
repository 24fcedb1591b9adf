"""Every invented mail in the corpus folder reads as the JSON beside it says: a folder is a test."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from holdfast.readers import Options, Part
from holdfast.readers.mail import READER

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "mail"
SAMPLES = sorted(path for path in CORPUS.iterdir() if path.suffix in (".eml", ".mbox"))


def reading(part: Part) -> dict[str, object]:
    items = READER.read(part, Options(me=frozenset({"maya@inbox.example"})))
    assert READER.children is not None
    return {
        "items": [msgspec.to_builtins(item) for item in items],
        "parts": [
            {
                "part": list(child.part),
                "media_type": child.media_type,
                "sha256": hashlib.sha256(child.read_at(0, child.size)).hexdigest(),
            }
            for child in READER.children(part)
        ],
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_written_beside_it(sample: Path, mails) -> None:
    found = reading(mails.part(sample.read_bytes(), sample.name))
    expected = json.loads(sample.with_name(sample.name + ".expected.json").read_text("utf-8"))
    assert json.loads(json.dumps(found)) == expected


def test_every_expectation_has_its_sample() -> None:
    assert {path.name.removesuffix(".expected.json") for path in CORPUS.glob("*.json")} == {path.name for path in SAMPLES}
