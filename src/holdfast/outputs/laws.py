"""Laws that may apply: the most fitting first, and by the part of the country they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from holdfast.content import load
from holdfast.model import OffenceMatch
from holdfast.outputs.passages import Passage
from holdfast.outputs.phrases import Piece, said
from holdfast.outputs.wording import Words

# Countries with more than one law: the parts as `covers` of content/countries names them, at its beginning.
PARTS = {"gb": ("England and Wales", "Scotland", "Northern Ireland")}

# Words of conduct (content/country.py), what is closest to blackmail with pictures first, what fits almost anything last.
FITTING = (
    "threat_to_share", "extortion", "deepfake", "share", "record", "threat", "stalking", "coercion", "minors",
    "unauthorised_access", "impersonation", "personal_data", "harassment", "defamation", "civil_claim", "platform_removal",
)  # fmt: skip
MOST_FINDINGS = 10
KINDS = ("crime", "administrative", "civil", "platform_duty")

Days = Mapping[str, str]


def fitting_first(offences: Iterable[OffenceMatch]) -> list[OffenceMatch]:
    """By part of the place, in each the most fitting first: crimes, then by what the law is about, then by how much it met."""
    ranked = sorted(offences, key=_rank)
    order = list(dict.fromkeys(_home(offence) for offence in ranked))
    return sorted(ranked, key=lambda offence: (not part_of(offence), order.index(_home(offence))))


def part_of(offence: OffenceMatch) -> str:
    """The part of its country a law belongs to (`Scotland`); empty where there is one law, or where none is named."""
    parts = PARTS.get(offence.jurisdiction, ())
    return next((part for part in parts if offence.covers.startswith(part)), "")


def heading(offence: OffenceMatch, words: Words) -> str:
    """`Scotland`; `United Kingdom, part not named in what was read`; `Pakistan`."""
    country = load().countries.get(offence.jurisdiction)
    name = country.name if country else offence.jurisdiction.upper()
    if offence.jurisdiction not in PARTS:
        return name
    return part_of(offence) or str(words["offences"]["part_not_named"].format(country=name))


def grouped(offences: Iterable[OffenceMatch], words: Words) -> list[tuple[str, list[OffenceMatch]]]:
    """Laws under their headings, in order."""
    return [(name, list(laws)) for name, laws in groupby(fitting_first(offences), key=lambda offence: heading(offence, words))]


def title(offence: OffenceMatch) -> str:
    """`Theft Act 1968, 21`; without the section where the instrument's name has it already."""
    section = re.escape(offence.section)
    named = re.search(rf"(?<![0-9A-Za-z]){section}(?![0-9A-Za-z])|{section}$", offence.instrument)
    return offence.instrument if named else f"{offence.instrument}, {offence.section}"


def covers(offence: OffenceMatch) -> str:
    """What it covers, without the part of the country that stands in the heading."""
    text = offence.covers.removeprefix(f"{part_of(offence)}: ") if part_of(offence) else offence.covers
    return text[:1].upper() + text[1:]


def may(offence: OffenceMatch, days: Days, words: Words) -> str:
    """`may apply`, and what is in doubt about its dates."""
    sure = offence.in_force == "yes" and (offence.day is None or _was_said_then(offence, days))
    return str(words["offences"]["may" if sure else "may_dates"])


def days_said(found: Iterable[Passage]) -> Days:
    """The day of each finding, by its id, as far as it is known. Where none is, a law was looked up for some other day."""
    return {
        finding.id: passage.message.sent.local[:10]
        for passage in found
        if passage.message and passage.message.sent and passage.message.sent.local
        for finding in passage.findings
    }


def _was_said_then(offence: OffenceMatch, days: Days) -> bool:
    return any(days.get(finding) == offence.day for finding in offence.findings)


def offence_entries(offences: Iterable[OffenceMatch], days: Days, words: Words) -> list[Piece]:
    """The laws as the dossier prints them. The first of each group carries its heading."""
    groups = grouped(offences, words)
    return [
        _entry(offence, days, words) | {"group": name if not at else ""}
        for name, laws in groups
        for at, offence in enumerate(laws)
    ]


def _entry(offence: OffenceMatch, days: Days, words: Words) -> Piece:
    say = words["offences"]
    cited = offence.cited
    rest = len(offence.findings) - MOST_FINDINGS
    day = say["said_on" if _was_said_then(offence, days) else "looked_up_for"].format(day=offence.day) if offence.day else ""
    return {
        "title": said(title(offence)),
        "may": may(offence, days, words),
        "covers": said(covers(offence)),
        "penalty": said(offence.max_penalty),
        "day": day,
        "why": said(offence.why),
        "source": cited.source,
        "official": cited.official,
        "checked": say["checked"].format(day=cited.checked) if cited.checked else say["unchecked"],
        "unchecked": not cited.checked,
        "basis": say["basis_of"].get(cited.basis, cited.basis),
        "confidence": cited.confidence,
        "note": said(cited.note),
        "findings": ", ".join(offence.findings[:MOST_FINDINGS]) + (say["more"].format(count=rest) if rest > 0 else ""),
    }


def _rank(offence: OffenceMatch) -> tuple[int, int, int]:
    country = load().countries.get(offence.jurisdiction)
    conduct = next((law.conduct for law in country.offence if law.id == offence.id), ()) if country else ()
    fits = min((FITTING.index(word) for word in conduct if word in FITTING), default=len(FITTING))
    kind = KINDS.index(offence.kind) if offence.kind in KINDS else len(KINDS)
    return kind, fits, -len(offence.findings)


def _home(offence: OffenceMatch) -> tuple[str, str]:
    return offence.jurisdiction, part_of(offence)
