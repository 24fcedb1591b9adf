"""From rows to findings: candidates, their surroundings, rules, quotes, and threats that were cut over two messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from holdfast.assessment.deadline import Limit, limits
from holdfast.assessment.grammar import Hit, Row, Spot
from holdfast.assessment.money import Amount, amounts, rails
from holdfast.assessment.normalise import Folded, fold
from holdfast.assessment.scan import Scanner, speller
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
    bits: int = 0


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


def hits_of(folded: Mapping[int, Folded], wanted: Iterable[int], lists: Scanner) -> dict[int, list[Hit]]:
    """The hits of the wanted messages, by number."""
    numbers = sorted(set(wanted))
    return dict(zip(numbers, lists.hits([folded[n].text for n in numbers]), strict=True))


def look_at(
    said: Sequence[Utterance],
    folded: Mapping[int, Folded],
    hits: Mapping[int, list[Hit]],
    wanted: Iterable[int],
    lists: Scanner,
) -> dict[int, Looked]:
    """The wanted messages, looked at closely. `hits` may lack some of them."""
    numbers = set(wanted)
    every = {n: hits[n] for n in numbers if n in hits} | hits_of(folded, (n for n in numbers if n not in hits), lists)
    return {n: _with_slots(said[n], folded[n], every[n], lists) for n in sorted(numbers)}


def _with_slots(one: Utterance, folded: Folded, hits: list[Hit], lists: Scanner) -> Looked:
    text = folded.text
    money: list[Amount] = []
    until: list[Limit] = []
    ways: list[tuple[str, int, int]] = []
    for language in lists.spoken(text):
        if not lists.may_hold_slots(text, language):
            continue
        until += limits(text, language, one.said_at)
        money += amounts(text, language)
        ways += rails(text, language)
    money = [a for a in money if a.currency or not any(u.start <= a.start < u.end for u in until)]
    bits = lists.grammar.bits
    slots = [Hit(a.start, a.end, "money", bits["money"]) for a in money]
    slots += [Hit(u.start, u.end, "deadline", bits["deadline"]) for u in until if not u.weak]
    every = tuple(sorted([*hits, *slots]))
    mask = 0
    for hit in every:
        mask |= hit.bit
    return Looked(one, folded, every, tuple(_apart(money)), tuple(_apart(until)), tuple(ways), mask)


def _apart(slots: list[Slot]) -> list[Slot]:
    """Slots in order, the longer one where two languages read the same words."""
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.start, -slot.end)):
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def beside(number: int, voice: Sequence[int], position: int, looked: Mapping[int, Looked]) -> int:
    """The lists the same speaker used in the messages just before and after, as bits."""
    every = 0
    for n in voice[max(0, position - WINDOW) : position + WINDOW + 1]:
        if n != number and n in looked:
            every |= looked[n].bits
    return every


def found_in(one: Looked, around: int, lists: Scanner) -> list[Found]:
    """The findings of one message, in order: overlapping and neighbouring spots of a label become one."""
    every = lists.grammar.spots(Row(one.folded.text, one.hits, around))
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


def cut_in_two(first: Looked, second: Looked, around: int, lists: Scanner) -> list[Found]:
    """A threat that only shows when two messages sent one after the other are read as one: a finding for each half."""
    text, joint = first.folded.text.rstrip(), 1
    if not text or text[-1] in ".!?" or len(text) > 300 or len(second.folded.text) > 300:
        return []
    shift = len(text) + joint
    hits = [h for h in first.hits if h.end <= len(text)]
    hits += [Hit(h.start + shift, h.end + shift, h.tag, h.bit, h.language) for h in second.hits]
    row = Row(f"{text} {second.folded.text}", hits, around)
    crossing = [s for s in lists.grammar.spots(row) if s.start < len(text) and shift < s.end and s.certainty == "clear"]
    if not crossing:
        return []
    best = max(crossing, key=lambda spot: spot.end - spot.start)
    halves = ((first, best.start, len(text)), (second, 0, best.end - shift))
    return [
        Found(
            half.said,
            best.rule.label,
            best.form,
            "possible",
            *half.folded.span(start, end),
            best.rule.id,
            best.language,
            ("split",),
        )
        for half, start, end in halves
    ]
