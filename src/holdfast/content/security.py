"""General protection: passwords, spying apps, fingerprints of pictures, false helpers. One file each in security/."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from holdfast.content.dates import day_of
from holdfast.content.evidence import ServiceRow, Strict, Text, Texts


class SecurityItem(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of advice with its steps. A service it describes has `address`, `run_by`, `age`, `accepts`."""

    id: Text
    title: Text
    steps: Texts
    address: str = ""
    mail: str = ""
    run_by: str = ""
    age: str = ""
    accepts: str = ""
    interface_types: tuple[Text, ...] = ()


class Pdq(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Starting values for comparing picture fingerprints (bits; distances in bits; quality 0-100)."""

    bits: int
    match_distance: int
    discard_quality_at_or_below: int
    licence: Text
    implementations: Texts


class IndicatorSource(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A public list of spying apps: where it is, its licence, what it holds."""

    name: Text
    address: Text
    licence: Text
    commit: Text
    commit_date: Text
    apps: int
    stalkerware: int
    watchware: int
    samples: int
    files: Texts
    use: Text
    limit: Text


class Security(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One subject of protection."""

    schema: Literal[1]
    id: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
    title: Text
    checked: str
    summary: Text
    item: Annotated[tuple[SecurityItem, ...], msgspec.Meta(min_length=1)]
    note: str = ""
    law: str = ""
    pdq: Pdq | None = None
    indicator_source: IndicatorSource | None = None

    def __post_init__(self) -> None:
        day_of(self.checked)
        ids = [item.id for item in self.item]
        for known in ids:
            if ids.count(known) > 1:
                raise ValueError(f"`item`: `id` {known!r} is used twice")
