"""A calm question with its answers. One file each in questions/, numbered in the order they are asked."""

from __future__ import annotations

from typing import Annotated

import msgspec

from holdfast.content.evidence import Strict, Text
from holdfast.content.step import Name, When

RATHER_NOT = "rather_not_say"


class Answer(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One answer, and the names of the facts it makes."""

    id: Name
    text: Text
    facts: tuple[Name, ...] = ()


class Question(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. `many`: several answers may be given. `when`: asked only if these facts hold.

    The last answer is always "I'd rather not say" (`rather_not_say`).
    """

    id: Name
    text: Text
    help: str = ""
    many: bool = False
    when: When = When()
    answer: Annotated[tuple[Answer, ...], msgspec.Meta(min_length=2)]

    def __post_init__(self) -> None:
        ids = [answer.id for answer in self.answer]
        if ids[-1] != RATHER_NOT:
            raise ValueError(f"`answer`: the last one must be {RATHER_NOT}")
        for known in ids:
            if ids.count(known) > 1:
                raise ValueError(f"`answer`: `id` {known!r} is used twice")

    @property
    def facts(self) -> frozenset[str]:
        """Every name of a fact its answers can make."""
        return frozenset(name for answer in self.answer for name in answer.facts)


class Reason(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words in which a fact is given back to the person as a reason."""

    fact: Name
    says: Text


class Reasons(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All reasons: reasons.toml."""

    reason: tuple[Reason, ...]

    def __post_init__(self) -> None:
        names = [reason.fact for reason in self.reason]
        for known in names:
            if names.count(known) > 1:
                raise ValueError(f"`reason`: `fact` {known!r} is given twice")
