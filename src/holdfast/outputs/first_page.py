"""Page one of the dossier: two minutes of reading. Who speaks, what is threatened and demanded, by when, what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from holdfast.model import Deadline, Demand, Finding
from holdfast.outputs.passages import Shelf, shown, snippet
from holdfast.outputs.phrases import Piece, clock, named, when, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

MOST = 4  # lines under one heading; the rest is in the pages behind


def first_page(view: CaseView, shelf: Shelf, words: Words, gaps: int) -> Piece:
    """The lines under each heading of page one."""
    say = words["first"]
    findings = shown(view)
    demands = demands_shown(view)
    limits = [(demand, demand.deadline) for demand in demands if demand.deadline]
    exists = say["exists_text"].format(exhibits=len(view.exhibits), messages=f"{view.messages():,}", gaps=gaps)
    return {
        "kind": "first",
        "lead": say["lead"],
        "place": view.plan.place_name if view.plan else "",
        "blocks": [
            _block(say, "who", _who(view, findings, shelf, words)),
            _block(say, "threatened", _threatened(findings, shelf, words)),
            _block(say, "demanded", [_demand(demand, shelf, words) for demand in _distinct(demands)]),
            _block(say, "by_when", [_limit(demand, limit, shelf, words) for demand, limit in limits]),
        ],
        "exists": exists,
        "only_found": say["only_found"] if findings else "",
        "confirmed": say["confirmed_of"].format(
            accepted=sum(finding.id in view.accepted for finding in findings), all=len(findings)
        )
        if findings
        else "",
        "asked": say["asked_lines"],
    }


def demands_shown(view: CaseView) -> tuple[Demand, ...]:
    """Demands, without those of findings the person put aside."""
    rejected = frozenset(view.rejected)
    return tuple(demand for demand in view.assessment.demands if demand.finding not in rejected)


def quoted_by_sender(findings: Sequence[Finding], shelf: Shelf) -> Counter[str | None]:
    """How many printed findings each sender has."""
    senders: Counter[str | None] = Counter()
    for finding in findings:
        spot = shelf.find(finding)
        if spot:
            senders[spot[1][spot[2]].sender] += 1
    return senders


def amount(demand: Demand, words: Words) -> str:
    """`money: 500 USD, by gift_card`, as far as it was said."""
    kind = words["demand"].get(demand.kind, demand.kind)
    sum_said = " ".join(part for part in (demand.amount, demand.currency) if part)
    rail = words["demand_by"]["text"].format(rail=demand.rail.replace("-", " ")) if demand.rail else ""
    return ", ".join(part for part in (f"{kind}: {sum_said}" if sum_said else kind, rail) if part)


def limit_words(limit: Deadline, words: Words) -> str:
    """When a time limit ends, as far as that can be worked out."""
    say = words["when"]
    if limit.at:
        return str(say["by"].format(at=clock(limit.at, seconds=False)))
    if limit.seconds is not None:
        return str(say["after"].format(hours=f"{limit.seconds / 3600:g}"))
    return str(say["not_worked_out"])


def _block(say: Words, key: str, lines: list[Piece]) -> Piece:
    rest = len(lines) - MOST
    return {
        "title": say[key],
        "none": "" if lines else say[f"{key}_none"],
        "lines": lines[:MOST],
        "more": say["more"].format(count=rest) if rest > 0 else "",
    }


def _who(view: CaseView, findings: Sequence[Finding], shelf: Shelf, words: Words) -> list[Piece]:
    say = words["first"]
    quoted = quoted_by_sender(findings, shelf)
    actors = sorted(view.assessment.actors, key=lambda actor: (actor.from_me is True, -quoted[actor.name], -actor.messages))
    return [
        {
            "head": say["me"] if actor.from_me else "",
            "said": named(actor.name),
            "note": say["speaks"].format(messages=f"{actor.messages:,}", findings=quoted[actor.name]),
        }
        for actor in actors
    ]


def _threatened(findings: Sequence[Finding], shelf: Shelf, words: Words) -> list[Piece]:
    say = words["first"]
    by_label: dict[str, list[Finding]] = {}
    for finding in findings:
        by_label.setdefault(finding.label, []).append(finding)
    lines = []
    for label, same in sorted(by_label.items(), key=lambda pair: -len(pair[1])):
        best = next((finding for finding in same if finding.certainty == "clear"), same[0])
        spot = shelf.find(best)
        lines.append(
            {
                "head": words["label"].get(label, label),
                "note": say["times_one"] if len(same) == 1 else say["times_many"].format(count=len(same)),
                "quote": snippet(best.quote, best.place, shelf, best.start),
                "when": when(spot[1][spot[2]].sent, words) if spot else None,
                "where": where(best.place, shelf.exhibit(best.place), words),
            }
        )
    return lines


def _demand(demand: Demand, shelf: Shelf, words: Words) -> Piece:
    return {
        "head": amount(demand, words),
        "quote": snippet(demand.quote, demand.place, shelf, demand.start),
        "where": where(demand.place, shelf.exhibit(demand.place), words),
        "note": demand.doubt or "",
    }


def _limit(demand: Demand, limit: Deadline, shelf: Shelf, words: Words) -> Piece:
    return {
        "head": limit_words(limit, words),
        "quote": snippet(limit.quote, demand.place, shelf, limit.start),
        "where": where(demand.place, shelf.exhibit(demand.place), words),
        "note": limit.doubt or "",
    }


def _distinct(demands: Sequence[Demand]) -> list[Demand]:
    """The same demand said again is one line on page one."""
    seen: dict[tuple[str, str | None, str | None, str | None], Demand] = {}
    for demand in demands:
        seen.setdefault((demand.kind, demand.amount, demand.currency, demand.rail), demand)
    return list(seen.values())
