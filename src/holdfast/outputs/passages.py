"""Passages: every message in which something was found or demanded, once, in order of time across all exhibits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from holdfast.model import Deadline, Demand, Finding, Message, PartHead, Place
from holdfast.outputs.view import CaseView

Key = tuple[str, tuple[str, ...], str, int]
Spot = tuple[str, list[Message], int]
_FORGED = ("own_address_forged", "own_address_unclear")  # doubts of the mail reader about a sender
_NO_TIME = "~"  # sorts behind every digit: what has no time stands last


class Shelf:
    """All messages of a view, found by place. A spot is (exhibit, messages of that part in order, index)."""

    def __init__(self, view: CaseView) -> None:
        self._spots: defaultdict[Key, list[Spot]] = defaultdict(list)
        self._exhibits: defaultdict[str, list[str]] = defaultdict(list)
        self._parts: dict[int, int] = {}
        self._clocks: dict[int, list[str]] = {}
        for exhibit in view.exhibits:
            for known_as in dict.fromkeys((exhibit.number, exhibit.name)):
                self._exhibits[known_as].append(exhibit.number)
        for reading in view.readings:
            part: list[Message] = []
            for item in reading.items:
                if isinstance(item, PartHead):
                    part = []
                elif isinstance(item, Message):
                    if part and part[-1].place.part != item.place.part:
                        part = []
                    part.append(item)
                    self._parts.setdefault(id(part), len(self._parts))
                    self._spots[_key(item.place)].append((reading.exhibit, part, len(part) - 1))

    def find(self, found: Finding | Demand) -> Spot | None:
        """Where the quote stands, character for character, or None."""
        for spot in self._spots.get(_key(found.place), ()) if found.place else ():
            if spot[1][spot[2]].text[found.start : found.end] == found.quote:
                return spot
        return None

    def spot(self, place: Place | None) -> Spot | None:
        """The message that stands at a place."""
        return next(iter(self._spots.get(_key(place), ())), None) if place else None

    def exhibit(self, place: Place | None) -> str | None:
        """The exhibit a place belongs to. Two exhibits of one name: the one that has a message there, else none is named."""
        if place is None:
            return None
        for exhibit, _, _ in self._spots.get(_key(place), ()):
            return exhibit
        numbers = self._exhibits.get(place.file, [])
        return numbers[0] if len(numbers) == 1 else None

    def order(self, spot: Spot | None) -> tuple[str, int, int]:
        """Sorts spots by time. A message without one keeps its place in its file; a file without any stands last."""
        if spot is None:
            return _NO_TIME, len(self._parts), 0
        _, part, at = spot
        if id(part) not in self._clocks:
            self._clocks[id(part)] = _clocks(part)
        return self._clocks[id(part)][at], self._parts[id(part)], at


class Passage(NamedTuple):
    """One message and what was found in it. `spot` is None where the message is in no reading: then quotes stand alone."""

    number: int
    spot: Spot | None
    findings: tuple[Finding, ...]
    demands: tuple[Demand, ...]

    @property
    def found(self) -> tuple[Finding | Demand, ...]:
        return (*self.findings, *self.demands)

    @property
    def message(self) -> Message | None:
        return _message(self.spot) if self.spot else None

    @property
    def place(self) -> Place | None:
        return self.message.place if self.message else next(iter(each.place for each in self.found), None)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """What is marked in the message: findings, demands and their time limits, where their words stand there."""
        text = self.message.text if self.message else ""
        limits = tuple(demand.deadline for demand in self.demands if demand.deadline)
        quoted: tuple[Finding | Demand | Deadline, ...] = (*self.found, *limits)
        return tuple(sorted({(each.start, each.end) for each in quoted if _stands(text, each)}))

    @property
    def writer(self) -> str:
        """What is to be said about who wrote it; empty for the other side, else a key of `speaker` in the words.

        `unknown`: no name stands there; `unsettled`: a name, and nobody has said whose; `me`; or the mail reader's doubt.
        """
        message = self.message
        forged = next((doubt for doubt in (message.doubts if message else ()) if doubt in _FORGED), "")
        speakers = {finding.speaker for finding in self.findings}
        if not speakers and message is not None:  # a demand alone says nothing about who spoke it
            speakers = {"unknown" if message.from_me is None else "me" if message.from_me else "other"}
        if forged:
            return forged
        if "unknown" in speakers:
            return "unsettled" if message and message.sender else "unknown"
        return "me" if "me" in speakers else ""


def shown(view: CaseView) -> tuple[Finding, ...]:
    """The findings that go on paper: all that the person did not put aside."""
    rejected = frozenset(view.rejected)
    return tuple(finding for finding in view.assessment.findings if finding.id not in rejected)


def demands_shown(view: CaseView) -> tuple[Demand, ...]:
    """Demands, without those of findings the person put aside."""
    rejected = frozenset(view.rejected)
    return tuple(demand for demand in view.assessment.demands if demand.finding not in rejected)


def passages(view: CaseView, shelf: Shelf) -> tuple[Passage, ...]:
    """Every message with findings or demands once, numbered from 1 in order of time.

    Where every one of them has a known zone the order is that of UTC, else that of the times as printed. An undecided time
    counts as the first it could be.
    """
    findings: defaultdict[object, list[Finding]] = defaultdict(list)
    demands: defaultdict[object, list[Demand]] = defaultdict(list)
    spots: dict[object, Spot | None] = {}
    holders: dict[str, object] = {}
    for finding in shown(view):
        spot = shelf.find(finding)
        key: object = (id(spot[1]), spot[2]) if spot else finding.id
        spots.setdefault(key, spot)
        findings[key].append(finding)
        holders[finding.id] = key
    for number, demand in enumerate(demands_shown(view)):
        spot = shelf.find(demand) or shelf.spot(demand.place)
        key = (id(spot[1]), spot[2]) if spot else holders.get(demand.finding or "", number)
        spots.setdefault(key, spot)
        demands[key].append(demand)
    order = in_time(spots.values(), shelf)
    keys = sorted(spots, key=lambda key: order(spots[key]))
    return tuple(Passage(number, spots[key], tuple(findings[key]), tuple(demands[key])) for number, key in enumerate(keys, 1))


def said_by(found: Iterable[Passage]) -> Counter[str | None]:
    """How many passages each sender has."""
    return Counter(passage.message.sender for passage in found if passage.message)


def findings_by_sender(view: CaseView, shelf: Shelf) -> Counter[str | None]:
    """How many printed findings each sender has."""
    spots = (shelf.find(finding) for finding in shown(view))
    return Counter(spot[1][spot[2]].sender for spot in spots if spot)


def in_time(spots: Iterable[Spot | None], shelf: Shelf) -> Callable[[Spot | None], tuple[str, int, int]]:
    """What to sort these spots by: UTC where every one of them has it, else the times as printed."""
    every = all(spot is not None and (sent := _message(spot).sent) is not None and sent.utc for spot in spots)

    def order(spot: Spot | None) -> tuple[str, int, int]:
        clock, part, at = shelf.order(spot)
        sent = _message(spot).sent if every and spot else None
        return (sent.utc if sent and sent.utc else clock), part, at

    return order


def _message(spot: Spot) -> Message:
    return spot[1][spot[2]]


def _clocks(part: list[Message]) -> list[str]:
    """For each message its time, or that of the message before it; before the first known one, that one."""
    own = [(sent.local or min(sent.readings, default="")) if (sent := message.sent) else "" for message in part]
    clock = next((time for time in own if time), _NO_TIME)
    return [clock := time or clock for time in own]


def _stands(text: str, found: Finding | Demand | Deadline) -> bool:
    return bool(found.quote) and text[found.start : found.end] == found.quote


def _key(place: Place) -> Key:
    return place.file, place.part, place.unit, place.first
