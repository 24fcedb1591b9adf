"""From rows to findings: candidates, their surroundings, rules, quotes, and threats that were cut over two messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from holdfast.assessment.deadline import Limit, limits
from holdfast.assessment.grammar import Row, Spot, spots
from holdfast.assessment.money import Amount, amounts, rails
from holdfast.assessment.normalise import Folded, fold
from holdfast.assessment.scan import Hit, Scanner, speller
from holdfast.assessment.utterances import WINDOW, Utterance

Slot = TypeVar("Slot", Amount, Limit)
MOST_PER_LABEL = 3  # findings of one label in one message; more of the same sentence tells nobody anything new
_CLUSTER = 60  # characters: spots of one label this close are one finding


@dataclass(frozen=True, slots=True)
class Looked:
    """A message looked at closely: folded text, hits with slots, amounts, time limits, ways of paying."""

    said: Utterance
    folded: Folded
    hits: tuple[Hit, ...]
    amounts: tuple[Amount, ...] = ()
    limits: tuple[Limit, ...] = ()
    rails: tuple[tuple[str, int, int], ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Found:
    """A finding in the making. `start`, `end` are code points of the original text."""

    said: Utterance
    label: str
    form: str
    certainty: str
    start: int
    end: int
    rule: str
    language: str
    guards: tuple[str, ...] = field(default=())


def folded_rows(said: Sequence[Utterance]) -> list[Folded]:
    """The folded text of each, as the lists expect it."""
    respell = speller().respell
    return [respell(fold(one.text)) for one in said]


def look_at(
    said: Sequence[Utterance], folded: Mapping[int, Folded], wanted: Iterable[int], scanner: Scanner
) -> dict[int, Looked]:
    """The wanted messages (numbers in `said`), looked at closely."""
    numbers = sorted(set(wanted))
    looked: dict[int, Looked] = {}
    for batch in (numbers[at : at + 2000] for at in range(0, len(numbers), 2000)):
        for number, hits in zip(batch, scanner.hits([folded[n].text for n in batch]), strict=True):
            looked[number] = _with_slots(said[number], folded[number], hits, scanner)
    return looked


def _with_slots(one: Utterance, folded: Folded, hits: list[Hit], scanner: Scanner) -> Looked:
    text = folded.text
    money: list[Amount] = []
    until: list[Limit] = []
    ways: list[tuple[str, int, int]] = []
    for language in scanner.spoken(text):
        until += limits(text, language, one.said_at)
        money += amounts(text, language)
        ways += rails(text, language)
    money = [a for a in money if not any(u.start <= a.start < u.end for u in until) or a.currency]
    slots = [Hit(a.start, a.end, "money") for a in money] + [Hit(u.start, u.end, "deadline") for u in until]
    every = tuple(sorted([*hits, *slots]))
    return Looked(
        one, folded, every, tuple(_apart(money)), tuple(_apart(until)), tuple(ways), frozenset(hit.tag for hit in every)
    )


def _apart(slots: list[Slot]) -> list[Slot]:
    """Slots in order, the longer one where two languages read the same words."""
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.start, -slot.end)):
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def beside(number: int, voice: Sequence[int], position: int, looked: Mapping[int, Looked]) -> frozenset[str]:
    """Tags the same speaker used in the messages just before and after; guards' lists bind only within a message."""
    near = voice[max(0, position - WINDOW) : position + WINDOW + 1]
    return frozenset().union(*(looked[n].tags for n in near if n != number and n in looked))


def found_in(one: Looked, around: frozenset[str], scanner: Scanner) -> list[Found]:
    """The findings of one message, in order: overlapping and neighbouring spots of a label become one."""
    every = spots(Row(one.folded.text, one.hits, around), scanner.languages.values())
    by_label: dict[str, list[list[Spot]]] = {}
    for spot in sorted(every, key=lambda spot: (spot.start, spot.end)):
        clusters = by_label.setdefault(spot.rule.label, [])
        reach = max((other.end for other in clusters[-1]), default=-1) if clusters else -1
        if clusters and spot.start <= reach + _CLUSTER and not _break_between(one.folded.text, reach, spot.start):
            clusters[-1].append(spot)
        else:
            clusters.append([spot])
    found = [_one_of(cluster, one) for clusters in by_label.values() for cluster in _foremost(clusters)]
    return sorted(found, key=lambda f: (f.start, f.label))


def _break_between(text: str, start: int, end: int) -> bool:
    return any(c in ".!?\n" for c in text[start:end])


def _foremost(clusters: list[list[Spot]]) -> list[list[Spot]]:
    """At most three: clear ones before possible ones, then as they come."""
    ranked = sorted(range(len(clusters)), key=lambda i: (all(s.certainty != "clear" for s in clusters[i]), i))
    return [clusters[i] for i in sorted(ranked[:MOST_PER_LABEL])]


def _one_of(cluster: list[Spot], one: Looked) -> Found:
    best = max(cluster, key=lambda spot: (spot.certainty == "clear", spot.end - spot.start))
    same = [spot for spot in cluster if spot.certainty == best.certainty]
    start, end = min(s.start for s in same), max(s.end for s in same)
    guards = best.guards
    certainty = best.certainty
    first, last = one.folded.span(start, end)
    if quoted(one.said.text, one.folded.text, start, end, first):
        certainty, guards = "possible", (*guards, "quoted")
    return Found(one.said, best.rule.label, best.form, certainty, first, last, best.rule.id, best.language, guards)


def quoted(text: str, folded: str, start: int, end: int, first: int) -> bool:
    """Whether the words stand in a quoted line (>) or between quotation marks."""
    line = text[text.rfind("\n", 0, first) + 1 : first + 1].lstrip()
    before, after = folded[max(0, start - 400) : start], folded[end : end + 400]
    return line.startswith(">") or (before.count('"') % 2 == 1 and '"' in after)


def cut_in_two(first: Looked, second: Looked, around: frozenset[str], scanner: Scanner) -> Found | None:
    """A threat that only shows when two messages sent one after the other are read as one sentence."""
    text, joint = first.folded.text.rstrip(), 1
    if not text or text[-1] in ".!?" or len(text) > 300 or len(second.folded.text) > 300:
        return None
    shift = len(text) + joint
    hits = [h for h in first.hits if h.end <= len(text)]
    hits += [Hit(h.start + shift, h.end + shift, h.tag, h.language) for h in second.hits]
    row = Row(f"{text} {second.folded.text}", hits, around)
    crossing = [s for s in spots(row, scanner.languages.values()) if s.start < len(text) < s.end and s.certainty == "clear"]
    if not crossing:
        return None
    best = max(crossing, key=lambda spot: spot.end - spot.start)
    start, end = first.folded.span(best.start, len(text))
    return Found(first.said, best.rule.label, best.form, "possible", start, end, best.rule.id, best.language, ("split",))
