"""Bars held on lines written before any rule. docs/assessment.md prints the figures; these stop them from falling."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import holdfast.content
from holdfast.assessment import assess, assess_text
from holdfast.model import Message, Place

CONTENT = Path(holdfast.content.__file__).parent

PICTURES = {"image_leak", "sextortion"}


@pytest.mark.parametrize(
    ("language", "part", "bar"), [("en", "dev", 0.85), ("en", "held_out", 0.75), ("zh", "dev", 0.85), ("zh", "held_out", 0.8)]
)
def test_threats_are_found(judged_lines, language: str, part: str, bar: float) -> None:
    lines = judged_lines(language, "threats", part)
    right = 0
    for label, line in lines:
        found = {finding.label for finding in assess_text(line).findings}
        right += label in found or (label in PICTURES and bool(found & PICTURES))
    assert right >= bar * len(lines)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["dev", "held_out"])
def test_traps_stay_quiet(judged_lines, language: str, part: str) -> None:
    lines = judged_lines(language, "traps", part)
    fired = [line for _, line in lines if any(f.certainty == "clear" for f in assess_text(line).findings)]
    assert len(fired) <= 0.03 * len(lines), fired
    any_fired = [line for _, line in lines if assess_text(line).findings]
    assert len(any_fired) <= 0.05 * len(lines), any_fired


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("part", ["dev", "held_out"])
def test_advice_and_the_victims_own_words_never_fire(judged_lines, language: str, part: str) -> None:
    for kind, line in judged_lines(language, "traps", part):
        if kind in ("advice", "victim", "lawful", "promise"):
            assert assess_text(line).findings == (), line
            assert assess_text(line, speaker="unknown").findings == (), line


def sentences(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if " " in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in sentences(one)]


def test_our_own_safeguarding_copy_never_fires() -> None:
    """Same words, opposite intent: the worst false alarm there is."""
    paths = [path for path in sorted(CONTENT.rglob("*.toml")) if path.parent.name != "signals"]
    copy = [text for path in paths for text in sentences(tomllib.loads(path.read_text(encoding="utf-8")))]
    assert len(copy) > 1000
    items = [
        Message(place=Place(file=str(number), unit="line", first=1, last=1), text=text, from_me=False)
        for number, text in enumerate(copy)
    ]
    assert [(f.rule, copy[int(f.place.file)]) for f in assess(items).findings] == []
