"""A way of payment: what to keep and what to try when money was already sent. One file each in payments/."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from holdfast.content.dates import day_of
from holdfast.content.evidence import ServiceRow, Strict, Text, Texts


class PaymentStep(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to try. `time_limit` is the company's own, in its words. `country` (ISO code or EU) limits it."""

    title: Text
    steps: Texts
    country: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?$")] = ""
    address: str = ""
    also_numbers: tuple[Text, ...] = ()
    time_limit: str = ""


class PaymentSecurity(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the paying account itself is secured."""

    change_password: str = ""
    two_factor_kinds: tuple[Text, ...] = ()
    passkey: str = ""


class Payment(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of payment. `regions` are ISO codes, `*` everywhere."""

    schema: Literal[1]
    id: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
    name: Text
    regions: Texts
    chance_to_get_back: Text
    checked: str
    summary: Text
    keep: Texts
    step: Annotated[tuple[PaymentStep, ...], msgspec.Meta(min_length=1)]
    security: PaymentSecurity | None = None

    def __post_init__(self) -> None:
        day_of(self.checked)
