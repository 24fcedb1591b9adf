"""People to call or write to: emergency numbers, routes and helplines as contacts, what was checked first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from holdfast.content.schema import Country, Route, Support
from holdfast.guidance.places import Where
from holdfast.model import Cited, Contact

HOSPITAL = "xx.hospital"


def trusted(cited: Cited) -> bool:
    """Whether somebody read a page for it and was not left in doubt. Only such a number may stand alone."""
    return bool(cited.checked) and cited.confidence != "low"


def emergency_screen(where: Where, facts: Collection[str]) -> tuple[Contact, ...]:
    """Who to call this minute. Never empty, never only unchecked: number, checked line, any hospital, then the rest."""
    kinds = ("child", "crisis") if "under_18" in facts else ("crisis",)
    here = supports((where.country,), kinds, facts)
    sure = [line for line in here if trusted(line.cited)]
    hospital, *across = sorted(supports((where.world,), ("crisis",), facts), key=lambda line: line.id != HOSPITAL)
    # Where nobody checked a number to call here, what works across borders stands before any that is in doubt.
    beyond = [] if any(line.phone for line in sure) else across
    doubtful = [line for line in here if not trusted(line.cited)]
    screen = (*emergency_numbers(where), *sure, *beyond, hospital, *doubtful)
    return tuple({contact.id: contact for contact in screen}.values())


def emergency_numbers(where: Where) -> tuple[Contact, ...]:
    """The emergency numbers of the place; where it has none to rely on, those of the Union or the world too."""
    found: list[Contact] = []
    for country in (where.country, where.union, where.world):
        if country is not None:
            found.extend(_numbers(country))
        if any(trusted(contact.cited) for contact in found):
            break
    return tuple(found)


def _numbers(country: Country) -> tuple[Contact, ...]:
    emergency = country.emergency
    if emergency is None:
        return ()
    cited = emergency.cited

    def contact(part: str, name: str, phone: str, how: str, rests_on: Cited) -> Contact:
        ident = f"{country.iso}.emergency.{part}"
        return Contact(id=ident, name=name, kind="emergency", audience="all", phone=phone, how=how, cited=rests_on)

    same = emergency.police == emergency.general
    numbers = [contact("police", "Emergency number" if same else "Police", emergency.police, "", cited)]
    if not same:
        numbers.append(contact("general", "Other emergencies", emergency.general, "", cited))
    if emergency.text:
        recalled = emergency.text_basis == "recalled"
        basis = emergency.text_basis or cited.basis
        rests_on = msgspec.structs.replace(cited, basis=basis, checked="" if recalled else cited.checked)
        numbers.append(contact("text", "If you cannot speak", "", emergency.text, rests_on))
    return tuple(numbers)


def routes(countries: Iterable[Country], kinds: Collection[str], facts: Collection[str]) -> tuple[Contact, ...]:
    """Places to report of these kinds for this person, what was checked first, else in file order."""
    rows = (row for country in countries for row in country.report_to)
    return _sorted(_contact(row, row.how, "") for row in rows if row.kind in kinds and _for(row, facts))


def supports(countries: Iterable[Country], kinds: Collection[str], facts: Collection[str]) -> tuple[Contact, ...]:
    """Helplines of these kinds for this person, what was checked first, else in file order."""
    rows = (row for country in countries for row in country.support)
    return _sorted(_contact(row, "", row.hours) for row in rows if row.kind in kinds and _for(row, facts))


def _sorted(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(sorted(contacts, key=lambda contact: (not contact.cited.checked, contact.cited.confidence == "low")))


def _contact(row: Route | Support, how: str, hours: str) -> Contact:
    return Contact(
        id=row.id,
        name=row.name,
        kind=row.kind,
        audience=row.audience,
        how=how,
        phone=row.phone,
        url=row.url,
        hours=hours,
        cited=row.cited,
    )


def _for(row: Route | Support, facts: Collection[str]) -> bool:
    """Whether a service for adults or for minors fits. What was not asked shows both."""
    if row.audience == "adult":
        return "under_18" not in facts
    if row.audience == "minor":
        return "adult" not in facts
    return True
