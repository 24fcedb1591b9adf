"""Rules over hits: which lists follow one another in a sentence, what stands near, what speaks against it.

Every list is one bit; a set of lists is an integer. So most rules are turned away by one `and`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from holdfast.assessment.lexicon import SLOT_TAGS, Guard, Language, Rule

NEAR = 600  # characters: the slots of a real extortion mail stand together, those of a newsletter do not
ENOUGH = 60  # spots in one message after which more of the same adds nothing; keeps a flood linear
SHARED = 4  # letters two parts may have in common
_BREAK = re.compile(r"[!?]+|\.+(?![a-z0-9.])|\n[ \t]*\n\s*|\x00+")


class Hit(NamedTuple):
    """Words of one list, `start` to `end` in the folded row. `bit` is the list's; `language` "" for slots, which suit all."""

    start: int
    end: int
    tag: str
    bit: int
    language: str = ""


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
    """One message as the rules see it: folded text, hits in order, and the lists its speaker used just before and after."""

    text: str
    hits: Sequence[Hit]
    beside: int = 0


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its lists as bits."""

    rule: Rule
    parts: tuple[int, ...]
    needs: tuple[int, ...]
    clear_with: int
    guards: tuple[tuple[Guard, int, int], ...]


class Grammar:
    """The rules and guards of every language, ready to be held against hits."""

    def __init__(self, every: Iterable[Language]) -> None:
        every = tuple(every)
        names = sorted(SLOT_TAGS.union(*(language.lists for language in every)))
        self.bits: Mapping[str, int] = {name: 1 << place for place, name in enumerate(names)}
        self.slots = self.mask("|".join(sorted(SLOT_TAGS)))
        self._rules = {language.language: tuple(self._ready(rule, language) for rule in language.rule) for language in every}

    def mask(self, lists: str) -> int:
        """The bits of lists joined by "|"."""
        return sum(self.bits[name] for name in set(lists.split("|"))) if lists else 0

    def _ready(self, rule: Rule, language: Language) -> ReadyRule:
        return ReadyRule(
            rule=rule,
            parts=tuple(self.mask(part) for part in rule.parts),
            needs=tuple(self.mask(need) for need in rule.needs),
            clear_with=self.mask(rule.clear_with),
            guards=tuple(
                (guard, self.mask(guard.list), self.mask(guard.spared_by))
                for guard in language.guard
                if not guard.labels or rule.label in guard.labels
            ),
        )

    def plausible(self, hits: Sequence[Hit]) -> bool:
        """Whether some rule has all its parts among the hits of one row, slots taken as given."""
        for code, rules in self._rules.items():
            here = _bits(hit for hit in hits if hit.language == code) | self.slots
            for ready in rules:
                for part in ready.parts:
                    if not here & part:
                        break
                else:
                    return True
        return False

    def spots(self, row: Row) -> list[Spot]:
        """What the rules find in a row, sentence by sentence."""
        found: list[Spot] = []
        first = 0
        for _, end in _sentences(row.text):
            last = first
            while last < len(row.hits) and row.hits[last].start < end:
                last += 1
            if last > first:
                found += self._in_sentence(row, row.hits[first:last])
            first = last
            if len(found) > ENOUGH:
                break
        return found

    def _in_sentence(self, row: Row, hits: Sequence[Hit]) -> Iterator[Spot]:
        for code, rules in self._rules.items():
            own = [hit for hit in hits if hit.language in ("", code)]
            here = _bits(own)
            for ready in rules:
                if not all(here & part for part in ready.parts):
                    continue
                for first, last in islice(chains(own, ready.parts, ready.rule.gap), ENOUGH):
                    spot = _judged(row, ready, code, first, last, hits)
                    if spot is not None:
                        yield spot


def _bits(hits: Iterable[Hit]) -> int:
    every = 0
    for hit in hits:
        every |= hit.bit
    return every


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def chains(hits: Sequence[Hit], parts: Sequence[int], gap: int) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch in which the parts follow one another, at most `gap` characters apart. One pass.

    Two parts may share a short word: "or the" and "the pictures".
    """
    size = len(parts)
    begun: list[list[tuple[int, int, int]]] = [[] for _ in parts]  # start of chain, start and end of its last part
    for hit in hits:
        for stage in range(size - 1, -1, -1):
            if not hit.bit & parts[stage]:
                continue
            first = hit.start
            if stage:
                for start, last_start, last_end in reversed(begun[stage - 1]):
                    if last_start < hit.start and last_end - SHARED <= hit.start <= last_end + gap and hit.end > last_end:
                        first = start
                        break
                else:
                    continue
            if stage == size - 1:
                yield first, hit.end
            else:
                begun[stage] = [*begun[stage][-2:], (first, hit.start, hit.end)]


def _judged(row: Row, ready: ReadyRule, language: str, first: int, last: int, sentence: Sequence[Hit]) -> Spot | None:
    near_hits = row.hits[bisect_left(row.hits, first - NEAR, key=_start) : bisect_right(row.hits, last + NEAR, key=_start)]
    message = _bits(near_hits)
    near = message | row.beside
    if not all(near & need for need in ready.needs):
        return None
    rule = ready.rule
    certainty = "clear" if near & ready.clear_with else rule.certainty
    names = []
    for guard, lists, spared_by in ready.guards:
        if not message & lists or near & spared_by or not _stands(guard, lists, first, last, sentence):
            continue
        if guard.effect == "drop":
            return None
        certainty = "possible"
        names.append(guard.name)
    conditional = rule.form == "direct" and any(hit.tag == "unless" for hit in near_hits)
    form = "conditional" if conditional else rule.form
    return Spot(first, last, rule, language, certainty, form, tuple(dict.fromkeys(names)))


def _start(hit: Hit) -> int:
    return hit.start


def _stands(guard: Guard, lists: int, first: int, last: int, sentence: Sequence[Hit]) -> bool:
    """Whether the guard's words stand where they count. Hits of the whole neighbourhood are known to hold one."""
    match guard.where:
        case "message":
            return True
        case "sentence":
            return any(hit.bit & lists for hit in sentence)
        case "inside":
            return any(hit.bit & lists and first <= hit.start and hit.end <= last for hit in sentence)
        case "before":
            return any(hit.bit & lists and first - guard.reach <= hit.start <= first and hit.end <= last for hit in sentence)
