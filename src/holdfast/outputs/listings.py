"""The dossier's lists: people, accounts, exhibits, gaps, laws, the log. Each takes the view and gives entries."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from holdfast.model import Gap, Identifier, LogLine, Moment, OffenceMatch, PartHead
from holdfast.outputs.first_page import quoted_by_sender
from holdfast.outputs.passages import Shelf, shown, snippet
from holdfast.outputs.phrases import Piece, clock, named, said, when, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

MOST_PARTS = 40  # parts of one container that are printed; all are in the attached data
MOST_GAPS = 400


def chronology(view: CaseView, shelf: Shelf, words: Words) -> list[Piece]:
    """Moments in order, without those of findings the person put aside."""
    rejected = frozenset(view.rejected)
    labels = {finding.id: finding.label for finding in view.assessment.findings}
    entries: list[Piece] = []
    before: Moment | None = None
    for moment in view.assessment.chronology:
        if moment.finding in rejected:
            continue
        what = _what(moment, labels, words)
        if before is not None and (before.place, before.quote) == (moment.place, moment.quote) and moment.quote:
            entries[-1]["what"] += f", {what}"  # the same words, seen as two things
            continue
        before = moment
        entries.append(
            {
                "when": when(moment.sent, words),
                "who": named(moment.sender or ""),
                "what": what,
                "quote": snippet(moment.quote or "", moment.place, shelf),
                "where": where(moment.place, shelf.exhibit(moment.place), words),
            }
        )
    return entries


def actors(view: CaseView, shelf: Shelf, words: Words) -> list[Piece]:
    quoted = quoted_by_sender(shown(view), shelf)
    return [
        {
            "name": named(actor.name),
            "me": words["first"]["me"] if actor.from_me else "",
            "messages": f"{actor.messages:,}",
            "findings": str(quoted[actor.name]),
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


def gaps_of(view: CaseView) -> tuple[Gap, ...]:
    """All gaps, of the readings and of the assessment, each once."""
    found = [item for reading in view.readings for item in reading.items if isinstance(item, Gap)]
    return tuple(dict.fromkeys((*found, *view.assessment.not_read)))


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
        {"what": said(named.get(doubt, doubt.replace("_", " "))), "count": f"{count:,}"}
        for doubt, count in counts.most_common()
    ]


def offences(view: CaseView, words: Words) -> list[Piece]:
    return [_offence(offence, words) for offence in view.offences]


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
                "objects": [{"sha256": each.sha256, "size": f"{each.size:,}", "role": each.role} for each in line.objects],
                "leaf": line.leaf,
            }
    assert_never(line.kind)


def _offence(offence: OffenceMatch, words: Words) -> Piece:
    say = words["offences"]
    cited = offence.cited
    return {
        "title": said(f"{offence.instrument}, {offence.section}" if offence.section else offence.instrument),
        "jurisdiction": offence.jurisdiction.upper(),
        "may": say["may"] if offence.in_force == "yes" else say["may_dates"],
        "covers": said(offence.covers),
        "penalty": said(offence.max_penalty),
        "day": offence.day or "",
        "why": said(offence.why),
        "source": cited.source,
        "official": cited.official,
        "checked": say["checked"].format(day=cited.checked) if cited.checked else say["unchecked"],
        "unchecked": not cited.checked,
        "basis": cited.basis,
        "confidence": cited.confidence,
        "note": said(cited.note),
        "findings": ", ".join(offence.findings),
    }


def _what(moment: Moment, labels: dict[str, str], words: Words) -> str:
    label = labels.get(moment.finding or "")
    if label is not None and moment.what == "finding":
        return str(words["label"].get(label, label))
    return str(words["moment"].get(moment.what, moment.what.replace("_", " ")))
