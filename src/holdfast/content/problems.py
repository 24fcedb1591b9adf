"""What a person should look at before relying on this knowledge: what is wrong, old, contradictory or never checked.

Sorted by what would harm most if it were wrong: emergency numbers, then people to call in a crisis, then the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import msgspec

from holdfast.content.country import Country, Offence, Route, Support
from holdfast.content.dates import RoughDate, day_of, first_day
from holdfast.content.evidence import LawRow, ServiceRow
from holdfast.content.library import Content, Shelf, load
from holdfast.content.step import Step
from holdfast.errors import ContentError

OLD_AFTER_DAYS = 180  # the field guide of the platform rows: a row older than 180 days should be reviewed
KINDS = ("error", "contradictory", "recalled", "unchecked", "stale")
SERVICE_KEYS = (
    "hash_sharing", "take_it_down_act", "report", "block", "export", "security", "law_enforcement", "policy", "item", "step"
)  # fmt: skip


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to look at. `kind`: error, contradictory, recalled, unchecked or stale. `harm`: 0 would harm most if wrong."""

    kind: str
    file: str
    key: str
    why: str
    harm: int


def check(only: str | None, today: date, content: Content | None = None) -> list[Problem]:
    """All problems, worst first. `only` is one id, of whatever folder (`pk`, `whatsapp`); None: everything.

    A file that cannot be read is one problem of kind error; the others are still looked at.
    """
    known = content or load()
    found: list[Problem] = []
    shelves: tuple[Shelf[Any], ...] = (
        known.countries, known.platforms, known.payments, known.security, known.step_files, known.question_files, known.letters
    )  # fmt: skip
    for shelf in shelves:
        for ident in shelf:
            if only in (None, ident):
                found.extend(_of_file(shelf, ident, today))
    if only is None:
        found.extend(_of_lists(known))
    return sorted(found, key=lambda problem: (problem.harm, KINDS.index(problem.kind), problem.file, problem.key))


def _of_file(shelf: Shelf[Any], ident: str, today: date) -> Iterator[Problem]:
    file = shelf.file_of(ident)
    try:
        noun = shelf[ident]
    except ContentError as error:
        yield Problem(kind="error", file=error.file, key=error.key, why=error.why, harm=0)
        return
    if isinstance(noun, Country):
        yield from _of_country(noun, file, today)
    elif isinstance(noun, Step):
        if noun.basis == "recalled":
            yield Problem(kind="recalled", file=file, key="source", why=f"{noun.id}: our own advice, no page read", harm=4)
    else:
        yield from _of_service(noun, file, today)


def _of_lists(known: Content) -> Iterator[Problem]:
    for name in ("steps", "reasons"):
        try:
            getattr(known, name)
        except ContentError as error:
            yield Problem(kind="error", file=error.file, key=error.key, why=error.why, harm=0)


def _of_country(country: Country, file: str, today: date) -> Iterator[Problem]:
    if day_of(country.review_by) < today:
        why = f"was to be reviewed by {country.review_by}"
        yield Problem(kind="stale", file=file, key="review_by", why=why, harm=1)
    for key, row in country.rows():
        problem = partial(Problem, file=file, key=key, harm=_harm(row, key))
        name = getattr(row, "id", "") or key
        if row.basis == "recalled":
            yield problem(kind="recalled", why=f"{name}: nobody has read a page for this; look at {row.source}")
        elif row.confidence == "low":
            yield problem(kind="unchecked", why=f"{name}: confidence is low; {row.note or 'look at ' + row.source}")
        elif row.basis == "cross_checked" and isinstance(row, Route | Support) and row.phone:
            yield problem(kind="unchecked", why=f"{name}: the number stands in several lists, nobody opened {row.source}")
        if isinstance(row, Offence) and _ends_before_start(row):
            yield problem(kind="contradictory", why=f"{name}: ends on {row.in_force_until}, before it starts")
    yield from _same_phone(country, file)


def _of_service(noun: object, file: str, today: date) -> Iterator[Problem]:
    for key in SERVICE_KEYS:
        value = getattr(noun, key, None)
        rows = value if isinstance(value, tuple) else (value,)
        for number, row in enumerate(rows):
            if not isinstance(row, ServiceRow):
                continue
            problem = partial(Problem, file=file, key=f"{key}[{number}]" if isinstance(value, tuple) else key, harm=4)
            if row.basis == "general-knowledge":
                yield problem(kind="recalled", why=f"nobody has read a page for this; look at {row.source}")
            if (today - day_of(row.checked)).days > OLD_AFTER_DAYS:
                yield problem(kind="stale", why=f"last looked at on {row.checked}")


def _harm(row: LawRow, key: str) -> int:
    if key == "emergency":
        return 0
    if isinstance(row, Support):
        return 0 if row.kind == "crisis" else 1
    if isinstance(row, Route):
        return 1 if row.phone else 2
    return 1 if key in ("minors", "turns_against") else 3


def _ends_before_start(offence: Offence) -> bool:
    start, end = offence.in_force_from, offence.in_force_until
    if start is None or end is None:
        return False
    text = start.on if isinstance(start, RoughDate) else start
    return bool(text) and day_of(end) < first_day(text)


def _same_phone(country: Country, file: str) -> Iterator[Problem]:
    """One number under different names is either one service named twice or a mistake: a person should look."""
    names: dict[str, set[str]] = {}
    rows: tuple[Route | Support, ...] = (*country.report_to, *country.support)
    for row in rows:
        digits = re.sub(r"[^0-9+]", "", row.phone)
        # Emergency numbers are rightly given by several rows (police, local police, minors).
        if len(digits) > 4:
            names.setdefault(digits, set()).add(row.name)
    for digits, shared in sorted(names.items()):
        if len(shared) > 1:
            why = f"{digits} stands under {len(shared)} names: {', '.join(sorted(shared))}"
            yield Problem(kind="contradictory", file=file, key="phone", why=why, harm=1)
