"""What is demanded, in words: the thing, the sum, the way to pay, the time limit. Sums are named, never added: a lower
sum is often the same demand again, and a total would say more than was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from holdfast.model import Deadline, Demand
from holdfast.outputs.phrases import clock
from holdfast.outputs.wording import Words


def amount(demand: Demand, words: Words) -> str:
    """`money: 500 USD, by gift_card`, as far as it was said."""
    kind = words["demand"].get(demand.kind, demand.kind)
    number = _decimal(demand.amount)
    sum_said = " ".join(part for part in (f"{number:,}" if number is not None else demand.amount, demand.currency) if part)
    rail = words["demand_by"]["text"].format(rail=demand.rail.replace("-", " ")) if demand.rail else ""
    return ", ".join(part for part in (f"{kind}: {sum_said}" if sum_said else kind, rail) if part)


def limit_words(limit: Deadline, words: Words) -> str:
    """When a time limit ends, as far as that can be worked out, and what is in doubt about it."""
    say = words["when"]
    if limit.at:
        ends = say["by"].format(at=clock(limit.at, seconds=False))
    elif limit.seconds is not None:
        ends = say["after"].format(hours=f"{limit.seconds / 3600:g}")
    else:
        ends = say["not_worked_out"]
    return f"{ends}; {limit.doubt}" if limit.doubt else str(ends)


def same_thing(demand: Demand) -> tuple[str, str | None, str | None, str | None]:
    """Two demands with this in common are one demand said again."""
    return demand.kind, demand.amount, demand.currency, demand.rail


def sums(demands: Sequence[Demand], words: Words) -> str:
    """`Sums named: 600 GBP; 400 GBP.` Each once, in order; empty unless two or more were named."""
    say = words["first"]
    named: dict[str, None] = {}
    for demand in demands:
        said = _decimal(demand.amount) if demand.kind == "money" else None
        if said is None:
            continue
        sure = bool(demand.currency) and not demand.doubt
        amount_said = f"{said:,} {demand.currency or ''}".strip()
        named[amount_said if sure else say["sum_doubtful"].format(amount=amount_said)] = None
    return str(say["sums"].format(listed="; ".join(named))) if len(named) > 1 else ""


def _decimal(said: str | None) -> Decimal | None:
    try:
        number = Decimal(said) if said else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number) < Decimal(10) ** 15 else None
