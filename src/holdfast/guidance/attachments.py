"""What is shown with a step: the rows of countries, platforms, payments and security its `attach` names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from holdfast.content import Content
from holdfast.content.evidence import LawRow, ServiceRow
from holdfast.content.schema import Platform, Step
from holdfast.guidance import people, services
from holdfast.guidance.law import in_words, offences_about
from holdfast.guidance.places import Where
from holdfast.model import Cited, Contact


@dataclass(frozen=True, slots=True)
class Scene:
    """All a step may look at: what is known, where, on which day, the names of the facts, and the services in play."""

    content: Content
    where: Where
    day: date
    facts: frozenset[str]
    platforms: tuple[Platform, ...] = ()


@dataclass(slots=True)
class Shown:
    """What was found for a step. A detail's first line is its heading, further lines are its steps."""

    contacts: list[Contact] = field(default_factory=list)
    details: list[tuple[str, Cited]] = field(default_factory=list)

    def row(self, heading: str, lines: tuple[str, ...], row: LawRow | ServiceRow) -> None:
        """Adds one row as a detail."""
        self.details.append(("\n".join((heading, *lines)), row.cited))


def attached(step: Step, scene: Scene) -> Shown:
    """Everything the step's `attach` names and that exists for this place and these services, each once."""
    shown = Shown()
    for attachment in step.attach:
        name, _, rest = attachment.partition(":")
        subject, _, part = name.partition(".")
        if subject == "platform":
            for heading, lines, row in services.of_platforms(scene.platforms, part, scene.where, scene.facts):
                shown.row(heading, lines, row)
        else:
            _ATTACH[subject](shown, scene, rest)
    unique = {contact.id: contact for contact in shown.contacts}
    return Shown(list(unique.values()), list(dict(shown.details).items()))


def _emergency(shown: Shown, scene: Scene, _: str) -> None:
    shown.contacts.extend(people.emergency_numbers(scene.where))


def _turns_against(shown: Shown, scene: Scene, _: str) -> None:
    row = scene.where.country.turns_against
    if row is not None:
        shown.row(row.text, (), row)


def _minors(shown: Shown, scene: Scene, _: str) -> None:
    row = scene.where.country.minors
    if row is not None:
        shown.row(f"The rule here ({scene.where.country.name})", (row.covers, f"Where to turn: {row.route}"), row)


def _evidence(shown: Shown, scene: Scene, _: str) -> None:
    row = scene.where.country.evidence
    rule = (f"The rule: {row.instrument}.",) if row.instrument else ()
    shown.row(f"What helps a court ({scene.where.country.name})", (row.court, *rule), row)


def _states(shown: Shown, scene: Scene, _: str) -> None:
    state = scene.where.state
    if state is not None:
        named = "It names threats to share." if state.threat_named else "Whether it names threats was not checked."
        shown.row(f"{state.name}: {state.statute}", (named,), state)


def _law(shown: Shown, scene: Scene, rest: str) -> None:
    for row, verdict in offences_about(scene.where, scene.day, rest.split(",")):
        shown.row(in_words(row, verdict), (row.covers,), row)


def _clock(shown: Shown, scene: Scene, _: str) -> None:
    for row, verdict in offences_about(scene.where, scene.day, ("platform_removal",)):
        if row.deadline_hours is not None:
            hours = f"They have {row.deadline_hours} hours after a valid request."
            shown.row(in_words(row, verdict), (hours, row.covers), row)


def _report_to(shown: Shown, scene: Scene, rest: str) -> None:
    names, _, audience = rest.partition("/")
    kinds = names.split(",")
    countries = (scene.where.country, scene.where.world) if "image_removal" in kinds else (scene.where.country,)
    found = people.routes(countries, kinds, scene.facts)
    shown.contacts.extend(contact for contact in found if not audience or contact.audience in (audience, "all"))


def _support(shown: Shown, scene: Scene, rest: str) -> None:
    kinds = rest.split(",")
    found = people.supports((scene.where.country,), kinds, scene.facts)
    if "crisis" in kinds and not any(people.trusted(contact.cited) for contact in found if contact.kind == "crisis"):
        found = (*people.supports((scene.where.world,), ("crisis",), scene.facts), *found)
    shown.contacts.extend(found)


def _payment(shown: Shown, scene: Scene, _: str) -> None:
    for heading, lines, row in services.of_payments(scene.content, scene.where, scene.facts):
        shown.row(heading, lines, row)


def _security(shown: Shown, scene: Scene, rest: str) -> None:
    subject, *wanted = rest.split("/")
    for item in scene.content.security[subject].item:
        if not wanted or item.id in wanted:
            shown.row(item.title, services.with_doubt(item.steps, item), item)


_ATTACH: dict[str, Callable[[Shown, Scene, str], None]] = {
    "emergency": _emergency,
    "turns_against": _turns_against,
    "minors": _minors,
    "evidence": _evidence,
    "states": _states,
    "law": _law,
    "clock": _clock,
    "report_to": _report_to,
    "support": _support,
    "payment": _payment,
    "security": _security,
}


def platforms_in(content: Content, named: frozenset[str]) -> Iterator[Platform]:
    """The services named by id or by a fact's short name: `facebook` is `facebook-messenger`. Unknown names are left out."""
    for ident in content.platforms:
        if any(ident == name or ident.startswith(f"{name}-") for name in named):
            yield content.platforms[ident]
