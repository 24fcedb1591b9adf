"""Findings with the messages around them: where each one stands, and what was said before and after."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from holdfast.model import Finding, Message, PartHead, Place
from holdfast.outputs.phrases import Piece, named, said, shortened, when, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

AROUND = 2  # messages printed before and after a passage
LONG = 900  # characters of one message that are printed around its passages, before it is cut
BESIDE = 70  # characters of the message on each side of a quote that stands alone
NEAR = 300  # characters kept on each side of a passage in a long message

_SPACE = re.compile(r"\s+")

Key = tuple[str, tuple[str, ...], str, int]


class Shelf:
    """All messages of a view, found by place. `spots` are (exhibit, messages of that part in order, index)."""

    def __init__(self, view: CaseView) -> None:
        self._spots: defaultdict[Key, list[tuple[str, list[Message], int]]] = defaultdict(list)
        self._exhibits: defaultdict[str, list[str]] = defaultdict(list)
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
                    self._spots[_key(item.place)].append((reading.exhibit, part, len(part) - 1))

    def find(self, finding: Finding) -> tuple[str, list[Message], int] | None:
        """Where the finding's quote stands, character for character, or None."""
        for spot in self._spots.get(_key(finding.place), ()) if finding.place else ():
            if spot[1][spot[2]].text[finding.start : finding.end] == finding.quote:
                return spot
        return None

    def message(self, place: Place | None) -> Message | None:
        """The message that stands at a place."""
        return next((part[at] for _, part, at in self._spots.get(_key(place), ())), None) if place else None

    def exhibit(self, place: Place | None) -> str | None:
        """The exhibit a place belongs to. Two exhibits of one name: the one that has a message there, else none is named."""
        if place is None:
            return None
        for exhibit, _, _ in self._spots.get(_key(place), ()):
            return exhibit
        numbers = self._exhibits.get(place.file, [])
        return numbers[0] if len(numbers) == 1 else None


def shown(view: CaseView) -> tuple[Finding, ...]:
    """The findings that go on paper: all that the person did not put aside."""
    rejected = frozenset(view.rejected)
    return tuple(finding for finding in view.assessment.findings if finding.id not in rejected)


def passages(view: CaseView, shelf: Shelf, words: Words) -> list[Piece]:
    """One entry for every message with findings, in the order of the findings: what was said, by whom, and around it."""
    groups: dict[object, list[Finding]] = {}
    spots: dict[object, tuple[str, list[Message], int]] = {}
    for finding in shown(view):
        spot = shelf.find(finding)
        key: object = (id(spot[1]), spot[2]) if spot else finding.id
        groups.setdefault(key, []).append(finding)
        if spot:
            spots[key] = spot
    entries = []
    for number, (key, findings) in enumerate(groups.items(), 1):
        entry: Piece = {"number": number, "findings": [_named(finding, view, words) for finding in findings]}
        spot = spots.get(key)
        if spot is None:
            entry |= {
                "where": where(findings[0].place, shelf.exhibit(findings[0].place), words),
                "alone": words["findings"]["not_found"],
                "lines": [
                    {"quoted": True, "who": said(""), "when": None, "text": _marked(finding.quote, ())} for finding in findings
                ],
            }
        else:
            exhibit, part, at = spot
            entry |= {
                "where": where(part[at].place, exhibit, words),
                "alone": "",
                "lines": [
                    line(message, words, [(f.start, f.end) for f in findings] if index == at else ())
                    for index, message in _around(part, at)
                ],
            }
        entries.append(entry)
    return entries


def snippet(quote: str, place: Place | None, shelf: Shelf, start: int | None = None) -> Piece:
    """The quote, marked, with a few words of its message before and after: read alone, a quote may be cut too short."""
    message = shelf.message(place)
    text = message.text if message else ""
    at = start if start is not None and text[start : start + len(quote)] == quote else text.find(quote)
    if at < 0 or not quote:
        return shortened(quote)
    end = at + len(quote)
    before, after = text[max(0, at - BESIDE) : at], text[end : end + BESIDE]
    if at > BESIDE:  # whole words only; where there are no spaces, whole characters
        before = "… " + before.partition(" ")[2] if " " in before else "…" + before
    if end + BESIDE < len(text):
        after = after.rpartition(" ")[0] + " …" if " " in after else after + "…"
    within = quote if len(quote) <= 2 * BESIDE else f"{quote[:BESIDE]} … {quote[-BESIDE:]}"
    runs = [(_SPACE.sub(" ", before), False), (_SPACE.sub(" ", within), True), (_SPACE.sub(" ", after), False)]
    return {"said": [[run, marked] for run, marked in runs if run]}


def line(message: Message, words: Words, spans: Iterable[tuple[int, int]] = (), *, whole: bool = False) -> Piece:
    """One message as printed: who, when, what; its passages marked. A long one is cut around them unless `whole`."""
    spans = tuple(spans)
    events = []
    if message.event is not None:
        events.append(said(words["event"].get(message.event, message.event)))
    for attachment in message.attachments:
        key = "missing" if attachment.missing else "attachment"
        events.append(named(words["event"][key].format(name=attachment.name)))
    named_doubts = words["doubt"]
    events += [said(named_doubts.get(doubt, doubt.replace("_", " "))) for doubt in message.doubts]
    return {
        "quoted": bool(spans),
        "who": named(message.sender or words["first"]["unknown_speaker"]),
        "when": when(message.sent, words),
        "text": _marked(message.text, spans) if whole else _cut(message.text, spans, words),
        "subject": said(message.subject or ""),
        "events": events,
    }


def continued(text: str, piece: int) -> list[Piece]:
    """The rest of a message that is longer than `piece` characters, in pieces of that length."""
    return [
        {"quoted": False, "who": said(""), "when": None, "text": said(text[at : at + piece])}
        for at in range(piece, len(text), piece)
    ]


def _named(finding: Finding, view: CaseView, words: Words) -> Piece:
    say = words["findings"]
    return {
        "id": finding.id,
        "label": words["label"].get(finding.label, finding.label),
        "form": words["form"].get(finding.form, finding.form),
        "certainty": say.get(finding.certainty, finding.certainty),
        "state": say["accepted"] if finding.id in view.accepted else say["open"],
        "rule": finding.rule,
    }


def _around(part: list[Message], at: int) -> list[tuple[int, Message]]:
    first = max(0, at - AROUND)
    return list(enumerate(part[first : at + AROUND + 1], first))


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Piece:
    """The text with its passages marked; passages that overlap are one."""
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    runs: list[list[object]] = []
    at = 0
    for start, end in merged:
        if start > at:
            runs.append([text[at:start], False])
        runs.append([text[start:end], True])
        at = end
    if at < len(text):
        runs.append([text[at:], False])
    return {"said": runs}


def _cut(text: str, spans: tuple[tuple[int, int], ...], words: Words) -> Piece:
    if len(text) <= LONG:
        return _marked(text, spans)
    # A quote may itself be a whole long message: then its beginning and its end are kept.
    keep = [(max(0, edge - NEAR), min(len(text), edge + NEAR)) for span in spans for edge in span] or [(0, 2 * NEAR)]
    merged: list[list[int]] = []
    for start, end in sorted(keep):
        if merged and start <= merged[-1][1] + NEAR:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    runs: list[list[object]] = []
    at = 0
    for start, end in [*merged, [len(text), len(text)]]:
        if start > at:
            runs.append([words["findings"]["cut"].format(count=f"{start - at:,}"), None])
        inside = [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
        runs.extend(_marked(text[start:end], inside)["said"])
        at = end
    return {"said": runs}


def _key(place: Place) -> Key:
    return place.file, place.part, place.unit, place.first
