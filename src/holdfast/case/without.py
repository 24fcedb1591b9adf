"""What works without a case, a passphrase or a trace: read, assess, plan, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from holdfast import assessment, confine, content, guidance
from holdfast.confine import Balance, Pool
from holdfast.content import Problem
from holdfast.errors import WrongUse
from holdfast.intake.files import found
from holdfast.model import Assessment, Item, PartHead, Plan, Summary
from holdfast.outputs import plan_page
from holdfast.readers import DateOrder, Options


def options(*, me: Iterable[str] = (), date_order: DateOrder | None = None, zone: str | None = None) -> Options:
    """Answers for readers. WrongUse for a time zone there is not."""
    if zone is not None and not confine.is_zone(zone):
        raise WrongUse(f"There is no time zone named {zone}.", next_step="Write it like Asia/Karachi or Europe/London.")
    return Options(me=frozenset(me), date_order=date_order, zone=zone)


def refuse_missing(paths: Iterable[Path]) -> None:
    """WrongUse for the first path that is not there, before anything else happens."""
    for path in paths:
        if not path.exists():
            raise WrongUse(f"There is nothing at {path.name}.", next_step="Check the name; drag the file here if you can.")
