"""What every row of knowledge carries: where it was read, when, and how far to trust it.

Two vocabularies, as the rows came: law (countries) and services (platforms, payments, security). docs/content.md explains both.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from holdfast.content.dates import day_of, first_day
from holdfast.model import Cited

Text = Annotated[str, msgspec.Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
Confidence = Literal["high", "medium", "low"]


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all content: frozen, and a key nobody knows is an error."""


class LawRow(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Evidence of a row about law, routes and support. `recalled` means nobody read a page: then `checked` is empty."""

    source: Text
    checked: str
    basis: Literal["primary", "secondary", "cross_checked", "recalled"]
    confidence: Confidence
    official: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.checked:
            day_of(self.checked)
        if self.basis == "recalled" and self.checked:
            raise ValueError("`checked` must be empty where `basis` is recalled")
        if self.basis != "recalled" and not self.checked:
            raise ValueError("`checked` is empty, but `basis` says it was read")

    @property
    def cited(self) -> Cited:
        """The evidence as other rooms see it."""
        return Cited(
            source=self.source,
            checked=self.checked,
            basis=self.basis,
            confidence=self.confidence,
            note=self.note,
            official=self.official,
        )


class ServiceRow(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Evidence of a row about a service. `general-knowledge` means no page was read: such rows are always low.

    `checked` is the day of our own review, `seen` the day of the stored copy (year, month or day).
    """

    source: Text
    checked: str
    basis: Literal["official-copy", "official-archive", "dataset", "secondary", "general-knowledge"]
    confidence: Confidence
    also: tuple[Text, ...] = ()
    seen: str = ""
    document_date: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        day_of(self.checked)
        for text in (self.seen, self.document_date):
            if text:
                first_day(text)
        if self.basis == "general-knowledge" and self.confidence != "low":
            raise ValueError("`confidence` must be low where `basis` is general-knowledge")
        if self.basis == "secondary" and self.confidence == "high":
            raise ValueError("`confidence` cannot be high where `basis` is secondary")

    @property
    def cited(self) -> Cited:
        """The evidence as other rooms see it: what nobody read on a page has no day of checking."""
        read = self.basis != "general-knowledge"
        return Cited(
            source=self.source,
            checked=self.checked if read else "",
            basis=self.basis,
            confidence=self.confidence,
            note=self.note,
        )
