"""One thing to do. One file each in steps/, named with a number that keeps the calm order: 010-breathe.toml holds `breathe`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from holdfast.content.evidence import LawRow, Strict, Text

Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$")]
Urgency = Literal["now", "today", "this_week", "later"]
Attachment = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(emergency|turns_against|minors|evidence|states|payment|clock"
        r"|law:[a-z_]+(,[a-z_]+)*"
        r"|report_to:[a-z_]+(,[a-z_]+)*(/(adult|minor))?"
        r"|support:[a-z_]+(,[a-z_]+)*"
        r"|platform\.(save_first|report|block|export|security|privacy|hash_sharing|removal|law_enforcement)"
        r"|security:[a-z0-9-]+(/[a-z0-9-]+)*)$"
    ),
]


class When(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of facts: all of `all`, at least one of `any` (if there are any), none of `none`."""

    all: tuple[Name, ...] = ()
    any: tuple[Name, ...] = ()
    none: tuple[Name, ...] = ()

    def holds(self, facts: Collection[str]) -> bool:
        """Whether it holds for these names of facts."""
        return (
            all(name in facts for name in self.all)
            and (not self.any or any(name in facts for name in self.any))
            and not any(name in facts for name in self.none)
        )

    @property
    def names(self) -> frozenset[str]:
        """Every name of a fact it speaks of."""
        return frozenset((*self.all, *self.any, *self.none))


class Step(LawRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to do, when, and why anybody should believe it.

    `act` is what the order guard looks at: people (someone to call), keep, report, block. `before` names steps that come
    after this one. `attach` names the rows of countries, platforms, payments and security that are shown with it; with
    `only_with_attached` the step is left out where none of them exist.
    """

    id: Name
    title: Text
    body: Text
    urgency: Urgency
    act: Literal["", "people", "keep", "report", "block"] = ""
    when: When = When()
    before: tuple[Name, ...] = ()
    attach: tuple[Attachment, ...] = ()
    only_with_attached: bool = False


def order_problem(steps: tuple[Step, ...]) -> tuple[str, str] | None:
    """(id, why) of the first `before` that names no step or closes a circle, else None."""
    after = {step.id: step.before for step in steps}
    for step in steps:
        for name in step.before:
            if name not in after:
                return step.id, f"names the step {name!r}, which does not exist"
    done: set[str] = set()
    for start in after:
        trail: list[tuple[str, int]] = [(start, 0)]
        on_trail = {start}
        while trail:
            name, position = trail.pop()
            if name in done or position == len(after[name]):
                done.add(name)
                on_trail.discard(name)
                continue
            trail.append((name, position + 1))
            following = after[name][position]
            if following in on_trail:
                return name, f"closes a circle with {following!r}"
            if following not in done:
                trail.append((following, 0))
                on_trail.add(following)
    return None
