"""Days that law carries, with the doubt that belongs to them. A day is never made more exact than the page it came from."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Literal

import msgspec


def day_of(text: str) -> date:
    """The day written as YYYY-MM-DD. ValueError for anything else, also for other ISO forms."""
    if len(text) != 10:
        raise ValueError(f"{text!r} is not a day (YYYY-MM-DD)")
    return date.fromisoformat(text)


def first_day(text: str) -> date:
    """The first day a written `2018`, `2018-05` or `2018-05-30` can mean."""
    return day_of({4: text + "-01-01", 7: text + "-01"}.get(len(text), text))


def last_day(text: str) -> date:
    """The last day a written `2018`, `2018-05` or `2018-05-30` can mean."""
    start = first_day(text)
    if len(text) == 10:
        return start
    month = start.month if len(text) == 7 else 12
    return date(start.year, month, calendar.monthrange(start.year, month)[1])


class RoughDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A start that is known only so far.

    `on` is `2018`, `2018-05` or `2018-05-30`, as long as `precision` says. With precision `unknown`, `on` may be empty or the
    earliest it could be (a law was signed, its start was not found). `whole_from`: before it only a part of what the row
    says applied (a later law added or raised something), from it on all of it.
    """

    on: str = ""
    precision: Literal["day", "month", "year", "unknown"]
    whole_from: str = ""

    def __post_init__(self) -> None:
        wanted = {"year": 4, "month": 7, "day": 10}.get(self.precision)
        if wanted is not None and len(self.on) != wanted:
            raise ValueError(f"`on` {self.on!r} does not fit the precision {self.precision}")
        for text in (self.on, self.whole_from):
            if text:
                first_day(text)

    def begun_on(self, day: date) -> Literal["yes", "may", "no"]:
        """Whether it had begun by `day`: inside the doubt `may`."""
        if self.on and day < first_day(self.on):
            return "no"
        settled = self.whole_from or (self.on if self.precision != "unknown" else "")
        return "yes" if settled and day >= last_day(settled) else "may"
