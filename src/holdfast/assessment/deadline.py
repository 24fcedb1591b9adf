"""Time limits as they are said: in 24 hours, by Friday noon, before 8pm tomorrow, 半小时内, 明天下午三点前.

A duration counts from the message. A moment is resolved forward from it, in the message's own local time; what was not said
(am or pm, a clock time, the message's time) stays a doubt. Their limit is quoted, never counted down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from holdfast.assessment.lexicon import Language
from holdfast.assessment.matcher import Pattern, compiled

_PART_END = {"am": (12, 0), "noon": (12, 0), "pm": (18, 0), "evening": (22, 0), "night": (23, 59), "midnight": (23, 59)}
_LONGEST = timedelta(days=366)  # what is further away is not a time limit
_UNNAMED = re.compile(r"\((?!\?)")
NO_CLOCK = "no clock time was said"
NO_BASE = "the time of the message is not known"
AM_OR_PM = "morning or evening was not said"


@dataclass(frozen=True, slots=True)
class Limit:
    """Folded `start` to `end`; `at` local ISO time, or `seconds` from the message; `doubt` in words for people."""

    start: int
    end: int
    at: str | None
    seconds: int | None
    doubt: str | None
    weak: bool = False  # without a cue: a time limit only where a demand stands beside it


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's patterns for time limits. Token patterns are tried whole, in order."""

    duration: Pattern
    moment: Pattern
    alone: Pattern
    clock: Pattern
    numbers: tuple[tuple[Pattern, float], ...]
    units: tuple[tuple[Pattern, int], ...]
    days: tuple[tuple[Pattern, int], ...]
    weekdays: tuple[tuple[Pattern, int], ...]
    parts: tuple[tuple[Pattern, str], ...]
    tokens: Pattern
    before: frozenset[str]
    spaces: bool


def _any(words: Mapping[str, object] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word))) or "\x00"


@cache
def _grammar(language: Language) -> Grammar:
    time = language.time
    blank = "[ ]{1,2}" if language.spaces else ""
    maybe = "[ ]{0,2}" if language.spaces else ""
    number = f"[0-9]{{1,4}}(?:\\.[0-9])?|{_any(time.numbers)}"
    clock = _UNNAMED.sub("(?:", time.clock)
    named = "|".join(filter(None, (_any(time.days), _any(time.weekdays), _any(time.parts))))
    later = f"{time.joiner}(?:{named}|{time.sure_clock or clock})" + (f"|{time.at}{clock}" if time.at else "")
    moment = f"(?:{named}|{clock})(?:{later}){{0,3}}"
    before, after = _cues(language, time.duration_before), _cues(language, time.duration_after)
    by, until = _cues(language, time.moment_before), _cues(language, time.moment_after)
    amount = f"({number})[ -]{{0,2}}({_any(time.units)})"
    return Grammar(
        # A cue must stand before or after: a bare "00 by friday" would otherwise swallow the cue of "by friday".
        duration=compiled(f"(?:{before}){blank}{amount}(?:{maybe}(?:{after}))?|{amount}{maybe}(?:{after})"),
        moment=compiled(f"({by}){blank}({moment})(?:{maybe}(?:{until}))?|({moment}){maybe}({until})"),
        alone=compiled("|".join(time.alone) or "\x00"),
        clock=compiled(time.clock),
        numbers=tuple((compiled(word), value) for word, value in time.numbers.items()),
        units=tuple((compiled(word), value) for word, value in time.units.items()),
        days=tuple((compiled(word), value) for word, value in time.days.items()),
        weekdays=tuple((compiled(word), value) for word, value in time.weekdays.items()),
        parts=tuple((compiled(word), value) for word, value in time.parts.items()),
        tokens=compiled(f"{named}|{clock}"),
        before=frozenset(time.before_words),
        spaces=language.spaces,
    )


def _cues(language: Language, cues: tuple[str, ...]) -> str:
    return "|".join(sorted((language.expanded(cue) for cue in cues), key=lambda cue: (-len(cue), cue))) or "\x00"


def limits(text: str, language: Language, said_at: datetime | None) -> Iterator[Limit]:
    """Every time limit in a folded text. `said_at`: local time of the message, None while it is not known."""
    if not language.time.units:
        return
    grammar = _grammar(language)
    taken: list[tuple[int, int]] = []
    for match in grammar.duration.finditer(text):
        start, end = match.span()
        number, unit = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
        if not _whole(text, start, end):
            continue
        if (limit := _duration(number, unit, grammar, said_at)) is not None:
            taken.append((start, end))
            yield Limit(start, end, *limit)
    for match in grammar.moment.finditer(text):
        start, end = match.span()
        if not _whole(text, start, end):
            continue
        if any(start < other_end and other < end for other, other_end in taken):
            continue
        words, cue = (match.group(2), match.group(1)) if match.group(2) else (match.group(3), match.group(4))
        if (found := _moment(words, cue, grammar, said_at)) is not None:
            taken.append((start, end))
            yield Limit(start, end, *found)
    for match in grammar.alone.finditer(text):
        start, end = match.span()
        if not _whole(text, start, end) or any(start < other_end and other < end for other, other_end in taken):
            continue
        if (found := _moment(match.group(), "", grammar, said_at)) is not None:
            yield Limit(start, end, *found, weak=True)


def _whole(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer word or number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joined_before = before.isascii() and before.isalnum() and text[start].isascii()
    return not joined_before and not (after.isascii() and after.isalnum() and text[end - 1].isascii())


def _first(word: str, pairs: tuple[tuple[Pattern, int], ...]) -> int | None:
    return next((value for pattern, value in pairs if pattern.fullmatch(word)), None)


def _duration(
    number: str, unit: str, grammar: Grammar, said_at: datetime | None
) -> tuple[str | None, int | None, str | None] | None:
    amount = next((value for pattern, value in grammar.numbers if pattern.fullmatch(number)), None)
    if amount is None:
        try:
            amount = float(number)
        except ValueError:
            return None
    seconds = _first(unit, grammar.units)
    if seconds is None or not 0 < amount * seconds <= _LONGEST.total_seconds():
        return None
    length = round(amount * seconds)
    if said_at is None:
        return None, length, NO_BASE
    return _iso(said_at + timedelta(seconds=length)), None, None


def _moment(
    words: str, cue: str, grammar: Grammar, said_at: datetime | None
) -> tuple[str | None, int | None, str | None] | None:
    day = weekday = clock = None
    part = None
    for token in grammar.tokens.finditer(words):
        word = token.group()
        known = False
        if (offset := _first(word, grammar.days)) is not None:
            day, known = offset, True
        if (name := next((value for pattern, value in grammar.parts if pattern.fullmatch(word)), None)) is not None:
            part, known = name, True
        if (number := _first(word, grammar.weekdays)) is not None:
            weekday, known = number, True
        if not known and (match := grammar.clock.fullmatch(word)):
            clock = _clock(match, grammar)
            if clock is None:
                return None
    if said_at is None:
        return None, None, NO_BASE
    return _resolved(day, weekday, part, clock, cue in grammar.before, said_at)


def _clock(match: Any, grammar: Grammar) -> tuple[int, int, str | None] | None:
    """Hour, minute and am, pm, clock (24 hours or o'clock) or None."""
    hour, minute, half = match.group(1), match.group(2), match.group(3)
    value = int(hour) if hour.isdigit() else _spoken_hour(hour)
    minutes = int("".join(c for c in minute if c.isdigit())) if minute else 0
    mark = (half or "").replace(".", "")
    if mark == "半":
        minutes, mark = 30, ""
    if mark in ("am", "pm") and not 1 <= value <= 12:
        return None
    if value > 24 or minutes > 59 or (grammar.spaces and not half and not minute and value > 12):
        return None
    return value, minutes, mark or None


def _spoken_hour(hour: str) -> int:
    """三, 十, 十二, 二十."""
    digits = "零一二三四五六七八九"
    hour = hour.replace("两", "二")
    if "十" not in hour:
        return digits.find(hour[0])
    tens, _, ones = hour.partition("十")
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


def _resolved(
    day: int | None,
    weekday: int | None,
    part: str | None,
    clock: tuple[int, int, str | None] | None,
    before: bool,
    said_at: datetime,
) -> tuple[str | None, int | None, str | None]:
    midnight = said_at.replace(hour=0, minute=0, second=0, microsecond=0)
    date = midnight + timedelta(days=day or 0)
    if weekday is not None:
        date = midnight + timedelta(days=(weekday - midnight.weekday()) % 7)
    doubts = []
    if clock is None:
        if part is None and before and (day or weekday is not None):
            at = date  # before tomorrow: when it begins
            doubts.append(NO_CLOCK)
        else:
            hour, minute = _PART_END[part] if part else (23, 59)
            at = date.replace(hour=hour, minute=minute)
            if part not in ("noon", "midnight"):
                doubts.append(NO_CLOCK)
    else:
        at, unclear = _clock_on(date, part, clock, said_at, fixed=day is not None or weekday is not None)
        doubts += [AM_OR_PM] if unclear else []
    if weekday is not None and at <= said_at:
        at += timedelta(days=7)
    return _iso(at), None, "; ".join(doubts) or None


def _clock_on(
    date: datetime, part: str | None, clock: tuple[int, int, str | None], said_at: datetime, *, fixed: bool
) -> tuple[datetime, bool]:
    """The moment, and whether morning or evening was left open. Without a day: the next such time after the message."""
    hour, minute, mark = clock
    unclear = False
    if mark == "am" or part == "am":
        hour %= 12
    elif mark == "pm" or part in ("pm", "evening"):
        hour = hour % 12 + 12
    elif part in ("night", "midnight"):
        hour = 24 if hour == 12 else hour + 12 if 5 <= hour < 12 else hour + 24 if hour < 5 else hour
    elif part == "noon":
        hour = hour + 12 if hour < 4 else hour
    elif hour <= 12:
        unclear = True
    at = date + timedelta(hours=hour, minutes=minute)
    if unclear and at <= said_at:
        at += timedelta(hours=12)
    if not fixed and at <= said_at:
        at += timedelta(days=1)
    return at, unclear


def _iso(at: datetime) -> str:
    return at.replace(microsecond=0, tzinfo=None).isoformat()
