"""The line through this room: utterances -> candidates -> findings -> demands -> identifiers -> case level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from holdfast.assessment import case_level
from holdfast.assessment.demands import Wanted, linked, wanted_in
from holdfast.assessment.findings import Found, Looked, beside, cut_in_two, folded_rows, found_in, hits_of, look_at
from holdfast.assessment.identifiers import identifiers
from holdfast.assessment.matcher import ENGINES, Engine
from holdfast.assessment.quotes import clause_around, sentence_around
from holdfast.assessment.scan import Scanner, scanner
from holdfast.assessment.utterances import WINDOW, Utterance, in_time, turns, utterances
from holdfast.model import Assessment, Deadline, Demand, Finding, Gap, Identifier, Item, Message

LATER = 40  # messages after a threat in which the same speaker's amounts still belong to it
ELSEWHERE = frozenset({"images", "call", "meeting", "silence", "password", "withdraw"})  # demands that count beside a threat


def assess(items: Iterable[Item], *, engine: Engine = ENGINES[0]) -> Assessment:
    """What is threatened, demanded, by when, by whom, in the items of any readers; every finding with its quote and place.

    Words of the person themselves (`from_me`) never make findings. Finding ids follow the time of their
    messages, or the order of the items where no time is known. Time limits are
    resolved from the local time of their own message and from nothing else.
    """
    said, messages, gaps = utterances(items)
    return _assessed(said, messages, gaps, scanner(engine))


def assess_text(text: str, speaker: str = "other", *, engine: Engine = ENGINES[0]) -> Assessment:
    """The same for a bare text, said by `other`, `me` or `unknown`; findings carry no place."""
    return _assessed([Utterance(0, text, speaker, None, ())], [], [], scanner(engine))


def _assessed(said: Sequence[Utterance], messages: Sequence[Message], gaps: Sequence[Gap], lists: Scanner) -> Assessment:
    theirs = [one for one in said if one.speaker != "me"]
    folded = dict(zip((one.number for one in theirs), folded_rows(theirs), strict=True))
    numbers = list(folded)
    candidates = [numbers[row] for row in lists.candidates([folded[n].text for n in numbers])]
    hits = hits_of(folded, candidates, lists)
    voices = turns(theirs)
    position = {n: (voice, at) for voice in voices.values() for at, n in enumerate(voice)}
    plausible = [n for n in candidates if lists.grammar.plausible(hits[n])]
    halves = [n for n in candidates if n + 1 in hits and position[n][0] is position[n + 1][0]]
    around = {
        n for c in (*plausible, *halves) for voice, at in (position[c],) for n in voice[max(0, at - WINDOW) : at + WINDOW + 1]
    }
    looked = look_at(said, folded, hits, around, lists)
    found: dict[int, list[Found]] = {}
    for number in plausible:
        voice, at = position[number]
        spotted = found_in(looked[number], beside(number, voice, at, looked), lists)
        if spotted:
            found[number] = spotted
    _add_cut(found, looked, position, halves, lists)
    later = {
        n for f in found for voice, at in (position[f],) for n in voice[max(0, at - WINDOW) : at + LATER] if n not in looked
    }
    looked |= look_at(said, folded, hits, later, lists)
    wanted = _wanted(found, looked, position, lists)
    _share_conditions(found)
    _add_sextortion(found, wanted, position, said)
    return _written(said, messages, gaps, found, wanted, looked, position, lists)


def _add_cut(
    found: dict[int, list[Found]],
    looked: dict[int, Looked],
    position: dict[int, tuple[list[int], int]],
    halves: Iterable[int],
    lists: Scanner,
) -> None:
    for number in halves:
        if number in found or number + 1 in found:
            continue
        voice, at = position[number]
        for half in cut_in_two(looked[number], looked[number + 1], beside(number, voice, at, looked), lists):
            found.setdefault(half.said.number, []).append(half)


def _wanted(
    found: dict[int, list[Found]], looked: dict[int, Looked], position: dict[int, tuple[list[int], int]], lists: Scanner
) -> dict[int, list[Wanted]]:
    """Demands in messages with a finding, and in the same speaker's messages around them."""
    wanted: dict[int, list[Wanted]] = {}
    near: set[int] = set()
    for number in found:
        voice, at = position[number]
        near.update(voice[max(0, at - WINDOW) : at + LATER])
    for number in sorted(near):
        here = wanted_in(looked[number], found.get(number, ()), lists)
        if number not in found:
            here = [w for w in here if w.amount is not None or w.kind in ELSEWHERE or w.limit]
        if here:
            wanted[number] = here
    return wanted


def _share_conditions(found: dict[int, list[Found]]) -> None:
    """A condition in a sentence is one for all that is threatened in it: "pay or I post it" leaks only if nobody pays."""
    for here in found.values():
        conditions = [f for f in here if f.form == "conditional"]
        for one in here:
            if one.form == "direct" and any(c.start < one.end and one.start < c.end for c in conditions):
                one.form = "conditional"


def _add_sextortion(
    found: dict[int, list[Found]],
    wanted: dict[int, list[Wanted]],
    position: dict[int, tuple[list[int], int]],
    said: Sequence[Utterance],
) -> None:
    """Leverage by pictures and a demand beside it, by the same speaker: sextortion, quoted where the leverage is."""
    for number, here in found.items():
        leverage = [f for f in here if f.label == "image_leak" and "quoted" not in f.guards]
        if not leverage or any(f.label == "sextortion" for f in here):
            continue
        voice, at = position[number]
        near = [w for n in voice[max(0, at - WINDOW) : at + WINDOW + 1] for w in wanted.get(n, ()) if w.kind != "unstated"]
        if not near:
            continue
        best = max(leverage, key=lambda f: f.certainty == "clear")
        start, end = best.start, best.end
        for w in near:
            if w.number == number and w.start - 200 <= end and start <= w.end + 200:
                start, end = min(start, w.start), max(end, w.end)
        here.append(
            Found(
                said[number],
                "sextortion",
                "conditional",
                best.certainty,
                start,
                end,
                "link.leak_and_demand",
                best.language,
                best.guards,
            )
        )


def _written(
    said: Sequence[Utterance],
    messages: Sequence[Message],
    gaps: Sequence[Gap],
    found: dict[int, list[Found]],
    wanted: dict[int, list[Wanted]],
    looked: dict[int, Looked],
    position: dict[int, tuple[list[int], int]],
    lists: Scanner,
) -> Assessment:
    findings: dict[int, list[Finding]] = {}
    named: dict[int, list[tuple[str, Found]]] = {}
    count = 0
    order = in_time(said)
    for number in sorted(found, key=order.__getitem__):
        for one in _whole(found[number]):
            count += 1
            finding = _finding(f"F-{count:03d}", one)
            findings.setdefault(number, []).append(finding)
            named.setdefault(number, []).append((finding.id, one))
    demands = {number: [_demand(w, said[number], _link(w, named, position)) for w in here] for number, here in wanted.items()}
    payments = _payments(said, lists)
    return Assessment(
        findings=tuple(f for n in sorted(findings, key=order.__getitem__) for f in findings[n]),
        demands=tuple(d for n in sorted(demands, key=order.__getitem__) for d in demands[n]),
        identifiers=_identifiers(said),
        signals=case_level.signals(said, messages, looked.values(), lists.grammar, findings, demands, order),
        actors=case_level.actors(said, findings),
        chronology=case_level.chronology(said, findings, demands, payments, order),
        not_read=tuple(gaps),
    )


def _link(wanted: Wanted, named: dict[int, list[tuple[str, Found]]], position: dict[int, tuple[list[int], int]]) -> str | None:
    voice, at = position[wanted.number]
    near = voice[max(0, at - LATER) : at + LATER]
    return linked(wanted, {n: named[n] for n in near if n in named}, {n: i for i, n in enumerate(near)})


def _whole(found: Sequence[Found]) -> list[Found]:
    """Findings in order, each quoting its whole sentence; two of one label in the same sentence are one."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.certainty != "clear", f.start, f.label)):
        one.start, one.end = sentence_around(one.said.text, one.start, one.end)
        if not any(one.label == other.label and one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.label))


def _finding(ident: str, one: Found) -> Finding:
    return Finding(
        id=ident,
        label=one.label,
        form=one.form,
        certainty=one.certainty,
        speaker=one.said.speaker,
        start=one.start,
        end=one.end,
        quote=one.said.text[one.start : one.end],
        rule=one.rule,
        language=one.language,
        guards=one.guards,
        place=one.said.place,
    )


def _demand(wanted: Wanted, one: Utterance, finding: str | None) -> Demand:
    deadline = None
    if wanted.limit is not None:
        start, end, at, seconds, doubt = wanted.limit
        deadline = Deadline(quote=one.text[start:end], start=start, end=end, at=at, seconds=seconds, doubt=doubt)
    first, last = clause_around(one.text, wanted.start, wanted.end)
    return Demand(
        finding=finding,
        kind=wanted.kind,
        quote=one.text[first:last],
        start=first,
        end=last,
        amount=wanted.amount,
        currency=wanted.currency,
        rail=wanted.rail,
        deadline=deadline,
        doubt=wanted.doubt,
        place=one.place,
    )


def _identifiers(said: Sequence[Utterance]) -> tuple[Identifier, ...]:
    return tuple(found for one in said if one.speaker != "me" for found in identifiers(one.text, one.place))


def _payments(said: Sequence[Utterance], lists: Scanner) -> dict[int, str]:
    """The person's own words that say they paid: message number -> quote."""
    mine = [one for one in said if one.speaker == "me"]
    folded = folded_rows(mine)
    paid: dict[int, str] = {}
    for row, start, end in lists.spans("paid", [f.text for f in folded]):
        first, last = folded[row].span(start, end)
        paid.setdefault(mine[row].number, mine[row].text[first:last])
    return paid
