"""A country: its emergency numbers, law, places to report and people who help. One file each in countries/."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from holdfast.content.dates import RoughDate, day_of
from holdfast.content.evidence import LawRow, Strict, Text, Texts

Conduct = Literal[
    "threat_to_share", "share", "record", "deepfake", "extortion", "coercion", "threat", "harassment", "stalking",
    "unauthorised_access", "impersonation", "personal_data", "defamation", "minors", "platform_removal", "civil_claim",
]  # fmt: skip
OffenceKind = Literal["crime", "administrative", "civil", "platform_duty"]
RouteKind = Literal[
    "police", "cyber_unit", "regulator", "data_protection", "image_removal", "platform", "digital_safety"
]  # fmt: skip
SupportKind = Literal["crisis", "image_abuse", "victim", "women", "child", "digital_safety"]
Audience = Literal["all", "adult", "minor", "women"]
Risk = Literal["morality", "sharing", "defamation", "false_report", "blasphemy", "immigration", "minors"]


class Emergency(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers as strings (000 keeps its zeros). `text` is how to reach help in writing, on its own `text_basis`."""

    police: Text
    general: Text
    text: str
    text_basis: Literal["", "primary", "secondary", "cross_checked", "recalled"] = ""


class Minors(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`image_age_under`: the age under which sexual pictures are treated as abuse material here."""

    image_age_under: Annotated[int, msgspec.Meta(ge=14, le=21)]
    covers: Text
    route: Text


class Evidence(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to keep, what courts expect, and the rule it rests on."""

    keep: Texts
    if_minor: Text
    court: Text
    instrument: str


class TurnsAgainst(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a report can rebound on the person. Shown before the routes, never as a reason not to seek help."""

    risk: Annotated[tuple[Risk, ...], msgspec.Meta(min_length=1)]
    text: Text


class Offence(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One law. A rule that was replaced keeps its own row with `in_force_until`.

    `deadline_hours`: the time a service has after a valid request, where the row's `covers` or `note` gives one.
    """

    id: Text
    instrument: Text
    section: str
    kind: OffenceKind
    conduct: Annotated[tuple[Conduct, ...], msgspec.Meta(min_length=1)]
    covers: Text
    max_penalty: str
    since: str
    deadline_hours: Annotated[int, msgspec.Meta(ge=1)] | None = None
    in_force_from: str | RoughDate | None = None
    in_force_until: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.in_force_from, str):
            day_of(self.in_force_from)
        if self.in_force_until is not None:
            day_of(self.in_force_until)

    def in_force_on(self, day: date) -> Literal["yes", "may", "no"]:
        """Whether the rule as described applied to something done on `day`. Inside the doubt, or start unknown: `may`."""
        if self.in_force_until is not None and day > day_of(self.in_force_until):
            return "no"
        match self.in_force_from:
            case None:
                return "may"
            case str(exact):
                return "yes" if day >= day_of(exact) else "no"
            case rough:
                return rough.begun_on(day)


class Route(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place to report."""

    id: Text
    name: Text
    kind: RouteKind
    audience: Audience
    how: Text
    phone: str
    url: str


class Support(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One helpline or service. `hours` empty if unknown."""

    id: Text
    name: Text
    kind: SupportKind
    audience: Audience
    phone: str
    url: str
    hours: str


class State(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The intimate-image statute of one US state. `threat_named` false means "not known", never "not a crime"."""

    code: Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
    name: Text
    statute: Text
    threat_named: bool


class Country(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is known about one place. `eu` holds rules shared by the Union, `xx` what works across borders."""

    schema: Literal[1]
    iso: Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")]
    name: Text
    languages: Texts
    reviewed: str
    review_by: str
    scope: str = ""
    note: str = ""
    emergency: Emergency | None = None
    minors: Minors | None = None
    evidence: Evidence
    turns_against: TurnsAgainst | None = None
    offence: tuple[Offence, ...] = ()
    report_to: tuple[Route, ...] = ()
    support: tuple[Support, ...] = ()
    state: tuple[State, ...] = ()

    def __post_init__(self) -> None:
        if day_of(self.review_by) <= day_of(self.reviewed):
            raise ValueError("`review_by` is not after `reviewed`")
        seen: set[str] = set()
        for key, row in self.rows():
            if row.checked and day_of(row.checked) > day_of(self.reviewed):
                raise ValueError(f"`{key}`: `checked` is after `reviewed`")
            if isinstance(row, Offence | Route | Support):
                if not row.id.startswith(f"{self.iso}."):
                    raise ValueError(f"`{key}`: `id` {row.id!r} does not begin with {self.iso}.")
                if row.id in seen:
                    raise ValueError(f"`{key}`: `id` {row.id!r} is used twice")
                seen.add(row.id)

    def rows(self) -> tuple[tuple[str, LawRow], ...]:
        """Every row with the key it stands under, in file order."""
        single = (("emergency", self.emergency), ("minors", self.minors), ("evidence", self.evidence))
        rows: list[tuple[str, LawRow]] = [(key, row) for key, row in single if row is not None]
        if self.turns_against is not None:
            rows.append(("turns_against", self.turns_against))
        tables: tuple[tuple[str, tuple[LawRow, ...]], ...] = (
            ("offence", self.offence),
            ("report_to", self.report_to),
            ("support", self.support),
            ("state", self.state),
        )
        rows.extend((f"{name}[{number}]", row) for name, table in tables for number, row in enumerate(table))
        return tuple(rows)
