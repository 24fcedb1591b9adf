"""The plan: what to do now, today, this week, later; for this person, this place, this day. With or without a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from holdfast.content import Content
from holdfast.content.schema import Step
from holdfast.guidance.attachments import Scene, Shown, attached, platforms_in
from holdfast.guidance.law import further_offences, usual_offences
from holdfast.guidance.order import ordered
from holdfast.guidance.people import emergency_screen
from holdfast.guidance.places import Where, where
from holdfast.guidance.triage import Answers, facts_from_answers
from holdfast.model import Cited, Contact, Fact, OffenceMatch, Plan, PlannedStep

# Facts this room adds to those from evidence and answers, so that content can name them.
OWN_FACTS = (
    "age_not_known",
    "place_not_known",
    "in_the_union",
    "nothing_read",
    "threat_not_known",
    "platform_known",
    "state_known",
)
AGES = frozenset({"under_18", "age_unsure", "adult"})
THREATS = frozenset(
    {
        "image_leak_threatened", "sextortion", "synthetic_image_claimed", "hack_claimed", "violence_threatened",
        "doxxing_threatened", "stalking_shown", "reputation_threatened", "selfharm_pushed", "fake_authority", "loan_shaming",
        "impersonated",
    }
)  # fmt: skip


def plan(
    content: Content,
    *,
    place: str,
    day: date,
    language: str = "en",
    facts: Collection[Fact] = (),
    offences: tuple[OffenceMatch, ...] = (),
    platforms: Collection[str] = (),
    answers: Answers | None = None,
    done: Collection[str] = (),
) -> Plan:
    """The plan for a place (`pk`, `us-ca`) on a day. Never empty, never an error for an unknown place.

    `facts` are from assessment, `answers` question id -> answer id(s), `platforms` ids of services, `done` ids of steps.
    `offences` are those matched with findings; without them it lists laws of the place about threats of this kind.
    """
    here = where(content, place)
    because = _reasons_by_name((*facts, *facts_from_answers(content, answers or {})))
    services = frozenset(platforms) | {name.removeprefix("platform_") for name in because if name.startswith("platform_")}
    found = tuple(platforms_in(content, services))
    read = any(not reason.startswith("answer") for fact in facts for reason in fact.because)
    names = _names(because, here, nothing_read=not read, platform_known=bool(found))
    scene = Scene(content, here, day, names, found)
    shown = {step.id: (step, attached(step, scene)) for step in content.steps if step.when.holds(names)}
    wanted = [step for step, rows in shown.values() if not step.only_with_attached or rows.contacts or rows.details]
    steps = tuple(
        _planned(step, urgency, shown[step.id][1], because, content, step.id in done)
        for step, urgency in ordered(wanted, content.steps)
    )
    emergency = emergency_screen(here, names)
    matches = _laws(here, day, names, offences)
    against = here.country.turns_against
    return Plan(
        place=here.code,
        place_name=here.name,
        day=day.isoformat(),
        language=language,
        steps=steps,
        offences=matches,
        emergency=emergency,
        turns_against=(against.text,) if against else (),
        turns_against_cited=against.cited if against else None,
        evidence_notes=(*here.country.evidence.keep, here.country.evidence.if_minor),
        unchecked=_unchecked(steps, matches, emergency, against.cited if against else None),
    )


def _reasons_by_name(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    because: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        because[fact.name] = (*because.get(fact.name, ()), *fact.because)
    return because


def _names(because: Collection[str], here: Where, *, nothing_read: bool, platform_known: bool) -> frozenset[str]:
    """All names that hold. Someone who may be under 18 is treated as under 18, whatever else was said."""
    names = set(because) | {f"place_{here.iso}"}
    if names & {"under_18", "age_unsure"}:
        names.discard("adult")
    if not names & AGES:
        names.add("age_not_known")
    if not here.known:
        names.add("place_not_known")
    if here.union is not None:
        names.add("in_the_union")
    if here.state is not None:
        names.add("state_known")
    if platform_known:
        names.add("platform_known")
    if nothing_read:
        names.add("nothing_read")
    if not names & THREATS:
        names.add("threat_not_known")
    return frozenset(names)


def _laws(here: Where, day: date, names: frozenset[str], matched: tuple[OffenceMatch, ...]) -> tuple[OffenceMatch, ...]:
    """What was matched with findings, then what only the answers speak of; without a match, what is usual."""
    if not matched:
        return usual_offences(here, day, names)
    known = {offence.id for offence in matched}
    return (*matched, *(offence for offence in further_offences(here, day, names) if offence.id not in known))


def _planned(
    step: Step, urgency: str, shown: Shown, because: dict[str, tuple[str, ...]], content: Content, done: bool
) -> PlannedStep:
    return PlannedStep(
        id=step.id,
        title=step.title,
        body=step.body,
        urgency=urgency,
        why=tuple(_reason(name, because[name], content) for name in _held(step, because) if name in content.reasons),
        details=tuple(text for text, _ in shown.details),
        details_cited=tuple(cited for _, cited in shown.details),
        contacts=tuple(shown.contacts),
        done=done,
        cited=step.cited,
    )


def _held(step: Step, because: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (*step.when.all, *step.when.any) if name in because))


def _reason(name: str, because: tuple[str, ...], content: Content) -> str:
    """The fact in words, and where it comes from: what she told us, or how often it was seen."""
    if any(reason.startswith("answer") for reason in because):
        return f"{content.reasons[name]} (you told us)"
    if not because:
        return content.reasons[name]
    times = "once" if len(because) == 1 else f"{len(because)} times"
    return f"{content.reasons[name]} (seen {times} in what was read)"


def _unchecked(
    steps: Iterable[PlannedStep], offences: Iterable[OffenceMatch], emergency: Iterable[Contact], against: Cited | None
) -> int:
    """How many different rows of this plan nobody has checked yet."""
    rows: set[tuple[str, str]] = set()
    for step in steps:
        cited = (("step " + step.id, step.cited), *zip(step.details, step.details_cited, strict=True))
        rows.update((name, row.source) for name, row in cited if not row.checked)
        rows.update((contact.id, "") for contact in step.contacts if not contact.cited.checked)
    rows.update((contact.id, "") for contact in emergency if not contact.cited.checked)
    rows.update((offence.id, "") for offence in offences if not offence.cited.checked)
    return len(rows) + (1 if against is not None and not against.checked else 0)
