"""Rules over hits: which lists follow one another in a sentence, what stands near, what speaks against it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from holdfast.assessment.lexicon import Guard, Language, Rule
from holdfast.assessment.scan import Hit

NEAR = 600  # characters: the slots of a real extortion mail stand together, those of a newsletter do not
ENOUGH = 60  # spots in one message after which more of the same adds nothing; keeps a flood linear
_BREAK = re.compile(r"[!?]+|\.+(?![a-z0-9.])|\n[ \t]*\n\s*|\x00+")


@dataclass(frozen=True, slots=True)
class Spot:
    """A rule that holds in one row: folded `start` to `end`, what lowered it, whether it is clear."""

    start: int
    end: int
    rule: Rule
    language: str
    certainty: str
    form: str
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One message as the rules see it: folded text, its hits in order, and the tags its speaker used just before and after."""

    text: str
    hits: Sequence[Hit]
    beside: frozenset[str] = frozenset()


class Sentences:
    """Where the sentences of a folded text begin and end."""

    def __init__(self, text: str) -> None:
        self._ends = [match.end() for match in _BREAK.finditer(text)] + [len(text)]
        self._starts = [0, *self._ends[:-1]]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(zip(self._starts, self._ends, strict=True))


def spots(row: Row, every: Iterable[Language]) -> list[Spot]:
    """What the rules of the languages find in a row, strongest first for each stretch of text."""
    found: list[Spot] = []
    hits = row.hits
    first = 0
    for start, end in Sentences(row.text):
        while first < len(hits) and hits[first].start < start:
            first += 1
        last = first
        while last < len(hits) and hits[last].start < end:
            last += 1
        if last > first:
            found += _in_sentence(row, hits[first:last], every)
        first = last
        if len(found) > ENOUGH:
            break
    return found


def _in_sentence(row: Row, hits: Sequence[Hit], every: Iterable[Language]) -> Iterator[Spot]:
    for language in every:
        own = [hit for hit in hits if hit.language in ("", language.language)]
        tags = {hit.tag for hit in own}
        for rule in language.rule:
            parts = [part.split("|") for part in rule.parts]
            if not all(tags.intersection(part) for part in parts):
                continue
            for first, last in islice(chains(own, parts, rule.gap), ENOUGH):
                spot = _judged(row, rule, language, first, last, hits)
                if spot is not None:
                    yield spot


def chains(hits: Sequence[Hit], parts: Sequence[Sequence[str]], gap: int) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch in which the parts follow one another, at most `gap` characters apart. One pass."""
    size = len(parts)
    open_chains: list[tuple[int, int] | None] = [None] * size  # start of the chain, end of its last part, by parts so far
    for hit in hits:
        for stage in range(size - 1, -1, -1):
            if hit.tag not in parts[stage]:
                continue
            if stage == 0:
                begun = (hit.start, hit.end)
            else:
                before = open_chains[stage - 1]
                if before is None or not before[1] <= hit.start <= before[1] + gap:
                    continue
                begun = (before[0], max(hit.end, before[1]))
            if stage == size - 1:
                yield begun
            else:
                open_chains[stage] = begun


def _judged(row: Row, rule: Rule, language: Language, first: int, last: int, hits: Sequence[Hit]) -> Spot | None:
    beside_it = _near(row.hits, first, last)
    near = {hit.tag for hit in beside_it} | row.beside
    if not all(near.intersection(need.split("|")) for need in rule.needs):
        return None
    certainty = rule.certainty
    if rule.clear_with and near.intersection(rule.clear_with.split("|")):
        certainty = "clear"
    names = []
    for guard in language.guard:
        if guard.labels and rule.label not in guard.labels:
            continue
        if not _stands(guard, first, last, beside_it, hits):
            continue
        if guard.spared_by and near.intersection(guard.spared_by.split("|")):
            continue
        if guard.effect == "drop":
            return None
        certainty = "possible"
        names.append(guard.name)
    form = "conditional" if rule.form == "direct" and "unless" in near else rule.form
    return Spot(first, last, rule, language.language, certainty, form, tuple(dict.fromkeys(names)))


def _near(hits: Sequence[Hit], first: int, last: int) -> Sequence[Hit]:
    return hits[bisect_left(hits, first - NEAR, key=_start) : bisect_right(hits, last + NEAR, key=_start)]


def _start(hit: Hit) -> int:
    return hit.start


def _stands(guard: Guard, first: int, last: int, beside_it: Sequence[Hit], hits: Sequence[Hit]) -> bool:
    if guard.where == "message":
        return any(hit.tag == guard.list for hit in beside_it)
    for hit in hits:
        if hit.tag != guard.list:
            continue
        match guard.where:
            case "sentence":
                return True
            case "inside" if first <= hit.start and hit.end <= last:
                return True
            case "before" if first - guard.reach <= hit.start and hit.end <= last and hit.start <= first:
                return True
    return False
