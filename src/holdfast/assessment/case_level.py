"""What only shows over the whole case: who speaks, in what order things happened, and what is shown against merely claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from holdfast.assessment.findings import Looked
from holdfast.assessment.grammar import Grammar
from holdfast.assessment.utterances import Utterance
from holdfast.model import Actor, Demand, Finding, Message, Moment, Place, Signal

_CLAIMED = {
    "names_contact": "names_real_contacts",
    "password_told": "quotes_password",
    "greeting": "generic_greeting",
    "move_app": "asks_to_move_app",
    "cannot_be": "impossible_claim",
}
FORGED, UNCLEAR = "own_address_forged", "own_address_unclear"  # the mail reader's doubts, docs/json-contract.md


def actors(said: Sequence[Utterance], findings: Mapping[int, Sequence[Finding]]) -> tuple[Actor, ...]:
    """Everybody who speaks, in order of appearance; times are local, as known."""
    order: dict[tuple[str, str], list[Utterance]] = {}
    for one in said:
        order.setdefault((one.sender or "", one.speaker), []).append(one)
    people = []
    for (name, speaker), spoken in order.items():
        if not name:
            continue
        times = sorted(one.sent.local for one in spoken if one.sent and one.sent.local)
        people.append(
            Actor(
                name=name,
                messages=len(spoken),
                findings=sum(len(findings.get(one.number, ())) for one in spoken),
                first=times[0] if times else None,
                last=times[-1] if times else None,
                from_me={"me": True, "other": False}.get(speaker),
            )
        )
    return tuple(people)


def chronology(
    said: Sequence[Utterance],
    findings: Mapping[int, Sequence[Finding]],
    demands: Mapping[int, Sequence[Demand]],
    payments: Mapping[int, str],
    order: Mapping[int, tuple[str, int]],
) -> tuple[Moment, ...]:
    """First contact of each speaker with a finding, findings, demands and payments said by the person, in time order as known.

    Messages keep the order of their file where times are missing or equal: a time only moves a message that has one.
    """
    moments: list[tuple[tuple[str, int], Moment]] = []
    suspects = {(said[n].talk, said[n].sender) for n in findings}
    met: set[tuple[object, str | None]] = set()
    for one in sorted(said, key=lambda one: order[one.number]):
        at = order[one.number]
        if (one.talk, one.sender) in suspects and (one.talk, one.sender) not in met:
            met.add((one.talk, one.sender))
            moments.append((at, _moment("first_contact", one)))
        for finding in findings.get(one.number, ()):
            moments.append((at, _moment("finding", one, finding.quote, finding.id)))
        for demand in demands.get(one.number, ()):
            moments.append((at, _moment("demand", one, demand.quote, demand.finding)))
        if one.number in payments:
            moments.append((at, _moment("payment", one, payments[one.number])))
    return tuple(moment for _, moment in sorted(moments, key=lambda pair: pair[0]))


def _moment(what: str, one: Utterance, quote: str | None = None, finding: str | None = None) -> Moment:
    return Moment(what=what, sent=one.sent, sender=one.sender, quote=quote, finding=finding, place=one.place)


def signals(
    said: Sequence[Utterance],
    messages: Sequence[Message],
    looked: Iterable[Looked],
    grammar: Grammar,
    findings: Mapping[int, Sequence[Finding]],
    demands: Mapping[int, Sequence[Demand]],
    order: Mapping[int, tuple[str, int]],
) -> tuple[Signal, ...]:
    """What bears on how much they hold: shown, claimed or not seen. Nothing is said without a finding."""
    if not findings:
        return ()
    claimed: dict[str, list[Place | None]] = {}
    for one in looked:
        for tag, name in _CLAIMED.items():
            if one.bits & grammar.bits[tag]:
                claimed.setdefault(name, []).append(one.said.place)
        if one.bits & grammar.mask("shows|have"):
            claimed.setdefault("shows_material", []).append(one.said.place)
    threatening = {(said[n].talk, said[n].sender) for n in findings}
    sent_media = [m.place for m, u in zip(messages, said, strict=False) if m.attachments and (u.talk, u.sender) in threatening]
    result = [_signal("shows_material", sent_media, claimed.pop("shows_material", []))]
    result += [_signal(name, [], claimed.get(name, [])) for name in _CLAIMED.values()]
    hack = any(f.label == "hack_claim" for fs in findings.values() for f in fs)
    mails = [m for n, m in enumerate(messages) if n in findings]
    forged = [m.place for m in mails if FORGED in m.doubts]
    result.append(_signal("spoofed_own_address", forged, [m.place for m in mails if UNCLEAR in m.doubts or _from_is_to(m)]))
    result.append(_signal("hack_claim_without_proof", [], [said[n].place for n in findings] if hack else []))
    result.append(_signal("price_drops", _price_drops(said, demands, order), []))
    result.append(_signal("same_text_again", _repeated(said, findings), []))
    return tuple(result)


def _signal(name: str, shown: Sequence[Place | None], claimed: Sequence[Place | None]) -> Signal:
    places = tuple(place for place in (shown or claimed) if place is not None)[:20]
    return Signal(name=name, state="shown" if shown else "claimed" if claimed else "not seen", places=places)


def _from_is_to(message: Message) -> bool:
    """A mail that carries its recipient's own address as sender: easy to fake, shows no break-in."""
    sender = (message.sender or "").lower()
    address = sender.rsplit("<", 1)[-1].rstrip("> ") if "@" in sender else ""
    return bool(address) and any(address == to.lower().rsplit("<", 1)[-1].rstrip("> ") for to in message.to)


def _price_drops(
    said: Sequence[Utterance], demands: Mapping[int, Sequence[Demand]], order: Mapping[int, tuple[str, int]]
) -> list[Place | None]:
    """Messages that ask for less than the same speaker did before. An amount without a currency is taken in the last one."""
    last: dict[tuple[object, ...], tuple[str | None, float]] = {}
    drops: list[Place | None] = []
    for number in sorted(demands, key=order.__getitem__):
        for demand in demands[number]:
            if demand.kind == "money" and demand.amount is not None:
                key = (said[number].talk, said[number].sender)
                currency, before = last.get(key, (None, 0.0))
                amount = float(demand.amount)
                comparable = None in (currency, demand.currency) or currency == demand.currency
                if comparable and amount < before:
                    drops.append(said[number].place)
                last[key] = (demand.currency or currency, amount)
    return drops


def _repeated(said: Sequence[Utterance], findings: Mapping[int, Sequence[Finding]]) -> list[Place | None]:
    """Messages with a finding whose text came before, blanks and case aside."""
    texts = {number: " ".join(said[number].text.lower().split()) for number in findings}
    often = Counter(texts.values())
    first: set[str] = set()
    again = []
    for number in sorted(texts):
        if often[texts[number]] > 1 and texts[number] in first:
            again.append(said[number].place)
        first.add(texts[number])
    return again
