"""The one place that asks this computer what time it is."""

from __future__ import annotations

from datetime import date, datetime

from holdfast.errors import WrongUse


def now() -> datetime:
    """This computer's own clock, with its offset."""
    return datetime.now().astimezone()


def day(given: str | None) -> date:
    """The day to plan for: as given (YYYY-MM-DD), else today."""
    if given is None:
        return now().date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise WrongUse(f"{given} is not a day like 2026-11-20.") from error
