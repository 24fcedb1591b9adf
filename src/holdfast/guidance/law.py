"""Laws of the place that may apply on a day, without a case: what threats of this kind usually are. Never a verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

from holdfast.content.schema import Offence
from holdfast.guidance.places import Where
from holdfast.model import OffenceMatch

# What a threat to expose, harm or ruin someone unless they pay or obey is called in the `conduct` words of content.
USUAL = ("threat_to_share", "extortion", "threat", "unauthorised_access")
# What was told or seen beyond a threat, and the words for it. Laws about pictures of minors are left out on purpose: read
# by a frightened child they look like a reproach; the step about such pictures says what matters.
FURTHER = {
    "already_posted": ("share",),
    "synthetic_image_claimed": ("deepfake",),
    "stalking_shown": ("stalking", "harassment"),
    "doxxing_threatened": ("personal_data",),
    "impersonated": ("impersonation",),
    "fake_authority": ("impersonation",),
    "loan_shaming": ("harassment", "personal_data"),
    "reputation_threatened": ("defamation", "harassment"),
}


def usual_offences(where: Where, day: date, facts: Collection[str] = ()) -> tuple[OffenceMatch, ...]:
    """Laws of the place about threats of this kind and what else was told, in force on `day` or maybe so."""
    return _matches(where, day, {*USUAL, *further_conduct(facts)})


def further_offences(where: Where, day: date, facts: Collection[str]) -> tuple[OffenceMatch, ...]:
    """Only the laws about what was told beyond the threat."""
    return _matches(where, day, further_conduct(facts))


def further_conduct(facts: Collection[str]) -> set[str]:
    """The `conduct` words of what was told or seen beyond a threat."""
    return {word for fact, words in FURTHER.items() if fact in facts for word in words}


def _matches(where: Where, day: date, conduct: Collection[str]) -> tuple[OffenceMatch, ...]:
    """Duties of platforms are not listed here: they have a step of their own."""
    return tuple(
        OffenceMatch(
            id=row.id,
            jurisdiction=row.id.partition(".")[0],
            instrument=row.instrument,
            section=row.section,
            kind=row.kind,
            covers=row.covers,
            max_penalty=row.max_penalty,
            in_force=verdict,
            day=day.isoformat(),
            why="laws about threats of this kind" + ("" if verdict == "yes" else f"; {doubt(row)}"),
            cited=row.cited,
        )
        for row, verdict in offences_about(where, day, conduct)
        if row.kind != "platform_duty"
    )


def offences_about(where: Where, day: date, conduct: Collection[str]) -> Iterator[tuple[Offence, Literal["yes", "may"]]]:
    """Rows of the place and its Union whose conduct is one of these words and that were, or may have been, in force."""
    countries = (where.country,) if where.union is None else (where.country, where.union)
    for country in countries:
        for row in country.offence:
            verdict = row.in_force_on(day)
            if verdict != "no" and any(word in conduct for word in row.conduct):
                yield row, verdict


def doubt(row: Offence) -> str:
    """Why it only may apply: its start, in the words of the row where they tell a time."""
    tells = any(letter.isdigit() for letter in row.since)
    return f"start date not checked ({row.since})" if tells else "start date not checked"


def in_words(row: Offence, verdict: Literal["yes", "may"]) -> str:
    """The law's name, with the doubt where there is one."""
    name = f"{row.instrument}, {row.section}" if row.section else row.instrument
    return name if verdict == "yes" else f"{name} (may apply; {doubt(row)})"
