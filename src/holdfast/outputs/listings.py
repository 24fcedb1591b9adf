"""The dossier's lists: what happened, people, accounts, exhibits, gaps, the log. Each takes the view and gives entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import assert_never

from holdfast.model import Gap, Identifier, LogLine, Moment, ObjectRef, PartHead, Place
from holdfast.outputs.demanded import amount
from holdfast.outputs.first_page import labels, speaker
from holdfast.outputs.lines import quote
from holdfast.outputs.passages import Passage, Shelf, Spot, in_time, said_by
from holdfast.outputs.phrases import Piece, clock, counted, named, said, shortened, when, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

MOST_PARTS = 40  # parts of one container that are printed; all are in the attached data
MOST_GAPS = 400
LONGEST_LINE = 200  # characters of a message in the chronology
_IN_PASSAGES = ("finding", "demand")


def chronology(view: CaseView, found: Sequence[Passage], shelf: Shelf, words: Words) -> list[Piece]:
    """One line for each message with something found in it, and for first contacts and payments, in order of time."""
    speakers = {passage.message.sender for passage in found if passage.message}
    numbers = {_same(passage.spot): passage for passage in found if passage.spot}
    others: dict[object, list[str]] = {}
    spots: dict[object, tuple[Spot | None, Moment | None]] = {}
    for moment in view.assessment.chronology:
        spot = shelf.spot(moment.place)
        if moment.what in _IN_PASSAGES or (moment.what == "first_contact" and moment.sender not in speakers):
            continue
        key = _same(spot) if spot else (moment.place, moment.what)
        others.setdefault(key, []).append(words["moment"].get(moment.what, moment.what.replace("_", " ")))
        spots[key] = (spot, moment)
    lone = [passage for passage in found if passage.spot is None]
    for key, passage in numbers.items():
        spots.setdefault(key, (passage.spot, None))
    order = in_time([spot for spot, _ in spots.values()], shelf)
    entries = [
        _moment(spot, moment, others.get(key, []), numbers.get(key), shelf, words)
        for key, (spot, moment) in sorted(spots.items(), key=lambda pair: order(pair[1][0]))
    ]
    return entries + [_moment(None, None, [], passage, shelf, words) for passage in lone]


def _moment(
    spot: Spot | None, moment: Moment | None, what: list[str], passage: Passage | None, shelf: Shelf, words: Words
) -> Piece:
    message = spot[1][spot[2]] if spot else None
    place = message.place if message else passage.place if passage else moment.place if moment else None
    if passage:
        what = [*what, labels(passage, words), *(amount(demand, words) for demand in passage.demands)]
    if message:
        shown = quote(message.text, passage.spans if passage else (), words, most=LONGEST_LINE, all_spans=False)
    elif passage:
        shown = shortened(" … ".join(each.quote for each in passage.found))
    else:
        shown = shortened(moment.quote or "" if moment else "")
    return {
        "when": when(message.sent if message else moment.sent if moment else None, words),
        "who": named((message.sender if message else moment.sender if moment else "") or words["first"]["unknown_speaker"]),
        "what": "; ".join(dict.fromkeys(part for part in what if part)),
        "speaker": speaker(passage, words) if passage else "",
        "quote": shown,
        "number": passage.number if passage else 0,
        "where": where(place, shelf.exhibit(place), words),
    }


def _same(spot: Spot | None) -> object:
    return (id(spot[1]), spot[2]) if spot else None


def actors(view: CaseView, found: Sequence[Passage], words: Words) -> list[Piece]:
    spoken = said_by(found)
    return [
        {
            "name": named(actor.name),
            "me": words["first"]["me"] if actor.from_me else "",
            "messages": f"{actor.messages:,}",
            "passages": str(spoken[actor.name]),
            "first": clock(actor.first or "", seconds=False),
            "last": clock(actor.last or "", seconds=False),
        }
        for actor in view.assessment.actors
    ]


def identifiers(view: CaseView, shelf: Shelf, words: Words) -> list[Piece]:
    """Each value once, with its first place and how often."""
    seen: dict[tuple[str, str], Piece] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for found in view.assessment.identifiers:
        key = (found.kind, found.value)
        counts[key] += 1
        seen.setdefault(
            key,
            {
                "kind": identifier_kind(found, words),
                "value": said(found.value),
                "checked": words["checksum"].get(found.checked, found.checked),
                "where": where(found.place, shelf.exhibit(found.place), words),
            },
        )
    return [{**entry, "times": str(counts[key])} for key, entry in seen.items()]


def identifier_kind(found: Identifier, words: Words) -> str:
    """`account name (telegram)`, `wallet (BTC)`."""
    kind = words["identifier"].get(found.kind, found.kind)
    return f"{kind} ({found.network})" if found.network else str(kind)


def signals(view: CaseView, shelf: Shelf, words: Words) -> list[Piece]:
    """Each signal that was shown or claimed, with its places; what was not seen in one line at the end."""
    say = words["signals"]
    entries = []
    unseen = []
    for signal in view.assessment.signals:
        name = words["signal"].get(signal.name, signal.name.replace("_", " "))
        if signal.state == "not seen":
            unseen.append(name)
            continue
        places = [where(place, shelf.exhibit(place), words) for place in signal.places[:3]]
        entries.append({"name": name, "state": say.get(signal.state, signal.state), "places": places})
    if unseen:
        entries.append({"name": say["not seen"], "state": "; ".join(unseen), "places": []})
    return entries


def exhibits(view: CaseView, words: Words) -> list[Piece]:
    say = words["exhibits"]
    return [
        {
            "number": exhibit.number,
            "name": named(exhibit.name),
            "media_type": exhibit.media_type,
            "size": f"{exhibit.size:,} {say['bytes']}",
            "sha256": exhibit.sha256,
            "origin": said(exhibit.origin),
            "added": clock(exhibit.added),
            "entry": str(exhibit.seq),
            "observed": "" if exhibit.kept else say["observed"],
            "parts": [
                {
                    "part": named(" › ".join(part.part)),
                    "size": f"{part.size:,} {say['bytes']}",
                    "sha256": part.sha256,
                    "kept": "" if part.kept else say["not_kept"],
                }
                for part in exhibit.parts[:MOST_PARTS]
            ],
            "more": say["more_parts"].format(count=len(exhibit.parts) - MOST_PARTS) if len(exhibit.parts) > MOST_PARTS else "",
        }
        for exhibit in view.exhibits
    ]


def gaps_of(view: CaseView, words: Words) -> tuple[Gap, ...]:
    """All gaps, of the readings and of the assessment, each once; and every exhibit that has no reading."""
    read = {reading.exhibit for reading in view.readings}
    say = words["gaps"]
    unread = [
        Gap(
            place=Place(file=exhibit.number, unit="file", first=0, last=0),
            why=say["unread"] if exhibit.kept else say["observed"],
            bytes=exhibit.size,
        )
        for exhibit in view.exhibits
        if exhibit.number not in read
    ]
    found = [item for reading in view.readings for item in reading.items if isinstance(item, Gap)]
    return tuple(dict.fromkeys((*found, *view.assessment.not_read, *unread)))


def gaps(found: tuple[Gap, ...], shelf: Shelf, words: Words) -> list[Piece]:
    say = words["gaps"]
    return [
        {
            "where": where(gap.place, shelf.exhibit(gap.place), words),
            "why": said(gap.why),
            "bytes": say["bytes"].format(count=f"{gap.bytes:,}") if gap.bytes is not None else "",
        }
        for gap in found[:MOST_GAPS]
    ]


def doubts(view: CaseView, words: Words) -> list[Piece]:
    """What the readers doubted, with how many items each doubt concerns."""
    counts: Counter[str] = Counter()
    for reading in view.readings:
        for item in reading.items:
            if not isinstance(item, PartHead):
                counts.update(getattr(item, "doubts", ()))
    named = words["doubt"]
    return [
        {"what": said(named.get(doubt, doubt.replace("_", " "))), "count": counted(count, "time", words)}
        for doubt, count in counts.most_common()
    ]


def custody(view: CaseView, words: Words) -> list[Piece]:
    """The log. Of a private entry only its number and leaf leave the case."""
    return [_log_line(line, words) for line in view.log]


def _log_line(line: LogLine, words: Words) -> Piece:
    match line.kind:
        case "private":
            return {"seq": str(line.seq), "private": True, "leaf": line.leaf}
        case "custody":
            return {
                "seq": str(line.seq),
                "private": False,
                "time": clock(line.time),
                "action": words["action"].get(line.action, line.action),
                "actor": said(line.actor),
                "tool": line.tool,
                "note": said(line.note),
                "objects": [{"sha256": each.sha256, "what": _object(each, words)} for each in line.objects],
                "leaf": line.leaf,
            }
    assert_never(line.kind)


def _object(each: ObjectRef, words: Words) -> str:
    size = f"{each.size:,} {words['exhibits']['bytes']}"
    return f"{each.role}, {size}" if each.role else size
