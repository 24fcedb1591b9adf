"""Offences that may apply: from what was said, on the day it was said, to laws that were in force then. Never a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal, Protocol

from holdfast.model import Assessment, Cited, Finding, OffenceMatch

# Labels (model.LABELS) -> `conduct` words of content/countries. What a threat of this kind can be, not what it is.
CONDUCT: Mapping[str, frozenset[str]] = {
    "image_leak": frozenset({"threat_to_share"}),
    "sextortion": frozenset({"threat_to_share", "extortion", "coercion"}),
    "synthetic_image": frozenset({"deepfake", "threat_to_share"}),
    "hack_claim": frozenset({"unauthorised_access"}),
    "violence": frozenset({"threat"}),
    "doxxing": frozenset({"personal_data", "harassment"}),
    "stalking": frozenset({"stalking", "harassment"}),
    "impersonation": frozenset({"impersonation"}),
    "reputation": frozenset({"defamation", "harassment"}),
    "debt_shaming": frozenset({"harassment", "personal_data", "extortion"}),
    "swatting_legal": frozenset({"threat", "coercion"}),
    "selfharm_encouragement": frozenset({"harassment"}),
    "abduction_claim": frozenset({"threat", "extortion"}),
}
DEMAND_CONDUCT: Mapping[str, frozenset[str]] = {
    "money": frozenset({"extortion"}),
    "images": frozenset({"coercion"}),
    "call": frozenset({"coercion"}),
    "meeting": frozenset({"coercion"}),
    "return": frozenset({"coercion"}),
    "silence": frozenset({"coercion"}),
    "withdraw": frozenset({"coercion"}),
    "password": frozenset({"coercion"}),
}


class LawLike(Protocol):
    """An offence as content has it."""

    @property
    def id(self) -> str: ...
    @property
    def instrument(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def conduct(self) -> Iterable[str]: ...
    @property
    def covers(self) -> str: ...
    @property
    def max_penalty(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def checked(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def confidence(self) -> str: ...
    def in_force_on(self, day: date, /) -> Literal["yes", "may", "no"]: ...


class CountryLike(Protocol):
    """A country as content has it."""

    @property
    def iso(self) -> str: ...
    @property
    def offence(self) -> Iterable[LawLike]: ...


def conduct_of(assessment: Assessment) -> dict[str, tuple[Finding, ...]]:
    """Conduct words and the findings that speak of them."""
    by_word: dict[str, list[Finding]] = {}
    demanded: dict[str, set[str]] = {}
    for demand in assessment.demands:
        if demand.finding:
            demanded.setdefault(demand.finding, set()).update(DEMAND_CONDUCT.get(demand.kind, ()))
    for finding in assessment.findings:
        for word in sorted(CONDUCT.get(finding.label, frozenset()) | demanded.get(finding.id, set())):
            by_word.setdefault(word, []).append(finding)
    return {word: tuple(findings) for word, findings in by_word.items()}


def may_apply(
    assessment: Assessment, countries: Iterable[CountryLike], day_of: Mapping[str, str] | date | None = None
) -> tuple[OffenceMatch, ...]:
    """Laws of the given countries that may apply, each on the days of the conduct it is matched with.

    The day of a finding is the local date of its message (from the chronology); findings without one fall back to `day_of`:
    one day for all, or ISO days by finding id. A law stands with "may" where its own dates or the day leave doubt, and not
    at all where it was not in force.
    """
    said = {m.finding: m.sent.local[:10] for m in assessment.chronology if m.finding and m.sent and m.sent.local}
    by_word = conduct_of(assessment)
    matches = []
    for country in countries:
        for law in country.offence:
            findings = {f.id: f for word in law.conduct for f in by_word.get(word, ())}
            matched = {ident: _verdict(law, _day(said.get(ident), day_of, ident)) for ident in sorted(findings)}
            standing = [ident for ident, (verdict, _) in matched.items() if verdict != "no"]
            if not standing:
                continue
            certain = [ident for ident in standing if matched[ident][0] == "yes"]
            first = (certain or standing)[0]
            words = sorted(word for word in law.conduct if word in by_word)
            matches.append(_match(country.iso, law, standing, words, "yes" if certain else "may", matched[first][1]))
    return tuple(matches)


def _verdict(law: LawLike, day: date | None) -> tuple[Literal["yes", "may", "no"], date | None]:
    return ("may", None) if day is None else (law.in_force_on(day), day)


def _day(said: str | None, given: Mapping[str, str] | date | None, ident: str) -> date | None:
    if said is None and isinstance(given, Mapping):
        said = given.get(ident)
    if said is not None:
        try:
            return datetime.fromisoformat(said).date()
        except ValueError:
            return None
    return given if isinstance(given, date) else None


def _match(
    iso: str, law: LawLike, findings: list[str], words: list[str], in_force: Literal["yes", "may"], day: date | None
) -> OffenceMatch:
    cited = Cited(
        source=law.source,
        checked=law.checked,
        basis=law.basis,
        confidence=law.confidence,
        note=getattr(law, "note", ""),
        official=getattr(law, "official", ""),
    )
    spoken = ", ".join(word.replace("_", " ") for word in words)
    doubt = "" if in_force == "yes" else "; start date or day of the message not certain"
    return OffenceMatch(
        id=law.id,
        jurisdiction=iso,
        instrument=law.instrument,
        section=law.section,
        kind=law.kind,
        covers=law.covers,
        max_penalty=law.max_penalty,
        in_force=in_force,
        day=day.isoformat() if day else None,
        why=f"may apply to: {spoken}{doubt}",
        cited=cited,
        findings=tuple(findings),
    )
