"""Invented exports with the items they must give. Dropping `x.txt` and `x.txt.expected.json` into the folder is a test.

The expected file holds the items as JSON, one list. An optional `x.txt.options.json` holds the answers of the person.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "whatsapp_txt"
SAMPLES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_gives_what_is_expected(path, reading):
    answers = path.with_name(path.name + ".options.json")
    options = json.loads(answers.read_text(encoding="utf-8")) if answers.exists() else {}
    items = reading(path.read_bytes(), **{key: frozenset(value) if key == "me" else value for key, value in options.items()})
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))
    assert json.loads(msgspec.json.encode(items)) == expected


def test_no_expectation_is_left_without_its_sample():
    wanted = {path.name.split(".txt")[0] for path in FOLDER.glob("*.json")}
    assert wanted == {path.stem for path in SAMPLES} != set()
