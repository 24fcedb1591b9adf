"""The order of steps: people first, then keep, then report, then block; inside that, what content says."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from holdfast.content.schema import Step
from holdfast.errors import ContentError

URGENCY = ("now", "today", "this_week", "later")
# The order guard. Nothing that could lose evidence comes before it is kept; nobody is asked to report before that either.
ACTS = ("people", "keep", "report", "block")


def ordered(chosen: Sequence[Step], known: Iterable[Step] = ()) -> tuple[tuple[Step, str], ...]:
    """The chosen steps in order, each with its urgency: its own, or later if something it waits for is later.

    `known` are all steps: an order that goes through a step not chosen still holds. ContentError if the order contradicts
    the guard.
    """
    after = _after(chosen, tuple(known) or chosen)
    waits = {step.id: 0 for step in chosen}
    for later in after.values():
        for ident in later:
            waits[ident] += 1
    place = {step.id: number for number, step in enumerate(chosen)}
    rank = {step.id: URGENCY.index(step.urgency) for step in chosen}
    ready = [(rank[ident], place[ident]) for ident, count in waits.items() if count == 0]
    heapq.heapify(ready)
    result: list[tuple[Step, str]] = []
    while ready:
        urgency, number = heapq.heappop(ready)
        step = chosen[number]
        result.append((step, URGENCY[urgency]))
        for ident in after[step.id]:
            rank[ident] = max(rank[ident], urgency)
            waits[ident] -= 1
            if waits[ident] == 0:
                heapq.heappush(ready, (rank[ident], place[ident]))
    if len(result) < len(chosen):
        stuck = ", ".join(sorted(ident for ident, count in waits.items() if count))
        raise ContentError("steps", "before", f"contradicts the order keep, report, block: {stuck}")
    return tuple(result)


def _after(chosen: Sequence[Step], known: Sequence[Step]) -> dict[str, set[str]]:
    """For each chosen step the chosen steps that come after it, by `before` and by the guard."""
    direct = {step.id: step.before for step in known}
    wanted = {step.id for step in chosen}
    after: dict[str, set[str]] = {}
    for step in chosen:
        reached: set[str] = set()
        trail = list(direct[step.id])
        while trail:
            ident = trail.pop()
            if ident not in reached:
                reached.add(ident)
                trail.extend(direct[ident])
        after[step.id] = (reached & wanted) | {other.id for other in chosen if _guarded(step, other)}
    return after


def _guarded(step: Step, other: Step) -> bool:
    if step.act == "":
        return False
    if step.act == "people":
        return other.act != "people"
    return other.act not in ("", "people") and ACTS.index(step.act) < ACTS.index(other.act)
