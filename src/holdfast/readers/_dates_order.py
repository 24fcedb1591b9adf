"""Day, month or year first? Decided per run of one style, from all its dates, or not at all.

In this order: a date only one order can read (a value above 12, four digits of the year first); what the person said; the
order in which the chat goes forward, if exactly one does and the other clearly breaks; a style that every locale of Unicode
CLDR writes in one order (dots and dashes with the year last, and day parts such as م, रात, μ.μ.: day first). If nothing
decides, both readings stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from holdfast.readers._dates import Style
from holdfast.readers._dates_dayparts import FAMILIES

Order = Literal["dmy", "mdy", "ymd"]
HowKnown = Literal["file", "style_run", "order", "person", "undecided"]
YEAR_FIRST_SHARE = 10  # at least one date in so many: days 1 to 8 are a quarter of all
CLEAR_BREAK = 2  # days back: less can be a message that arrived late
FIRST_YEAR = 9  # of two digits: the first chat apps on phones are of 2009
LEAPS = 3  # different dates: two can be an anniversary
OVERWHELMING = 20  # times more dates for one order than against it: the others are odd lines, not evidence
_NUMBERS = re.compile(r"\d+")
REIGNS = {"R": 2018, "令和": 2018, "H": 1988, "平成": 1988}  # Japanese reigns since phones chat: the year before the first
_REIGN = re.compile("[RHrh]|令和|平成")
_KOREAN = frozenset(number for number, family in enumerate(FAMILIES) if "오전" in family)
# Families that say nothing about the order: Latin a.m./p.m. (both orders use it), Chinese, Japanese, Korean (year first).
_NO_CUSTOM = frozenset(number for number, family in enumerate(FAMILIES) if family.keys() & {"am", "上午", "午前", "오전"})


@lru_cache(maxsize=65536)
def day_of(printed: str, order: Order) -> date | None:
    """The day a printed date names under an order, or None if there is no such day.

    Years of a Japanese reign (R6) count from its first. Years of the Thai calendar (2552 and later) lose 543; of two digits,
    those from 52 on can only be Thai (a chat app of 1952 there was not). Years of calendars that need more than a subtraction
    (1403, 1445, 113) name no day here.
    """
    first, second, third = (int(n) for n in _NUMBERS.findall(printed)[:3])
    reign = _REIGN.search(printed)
    day, month, year = {"dmy": (first, second, third), "mdy": (second, first, third), "ymd": (third, second, first)}[order]
    try:
        return date(year + REIGNS[reign[0].upper()] if reign else _year(year), month, day)
    except ValueError:
        return None


def _year(year: int) -> int:
    if year < 100:
        return 2000 + year if FIRST_YEAR <= year < 52 else max(0, 2500 + year - 543) if year >= 52 else 0
    if 2552 <= year <= 2643:
        return year - 543
    return year if 1990 <= year <= 2100 else 0


def is_thai_short(printed: str, style: Style) -> bool:
    """Whether the year was read as Thai from two digits alone."""
    year = int(_NUMBERS.findall(printed)[0 if style.year_first else 2])
    return 52 <= year < 100


def is_other_calendar(printed: str) -> bool:
    """Whether the year belongs to a calendar not converted here (Persian, Islamic, Republic of China)."""
    return any(100 <= int(n) < 1990 for n in _NUMBERS.findall(printed)[:3])


def orders_for(style: Style) -> tuple[Order, ...]:
    """The orders a style may have, the usual ones first."""
    if style.year_first or style.widths[0] == 3:
        return ("ymd",)
    if style.separators[1].strip()[-1:].isalpha():
        return ("dmy", "mdy")
    return ("dmy", "mdy") if style.widths[2] > 2 else ("dmy", "mdy", "ymd")


def custom(style: Style) -> Order | None:
    """The one order in which every CLDR locale with such a style writes, if there is one."""
    separator = style.separators[0].strip()
    if style.separators[0] == ". " and (style.family in _KOREAN or style.separators[2]) and style.widths[2] == 2:
        return "ymd" if style.family in _KOREAN else None
    told = style.family is not None and style.family >= 0 and style.family not in _NO_CUSTOM
    return "dmy" if told or separator in (".", "-") else None


@dataclass(slots=True)
class Tally:
    """What the dates of one stretch say about each order.

    `against` counts dates an order cannot read and another can (31/02 is nobody's evidence); `no_year` dates that end in what
    is no year (24/3/5). `breaks` and `back` say how often, and at most how many days, time goes back; `first` and `last` are
    days.
    """

    orders: tuple[Order, ...]
    dates: int = 0
    no_year: int = 0
    against: dict[Order, int] = field(default_factory=dict)
    back: dict[Order, int] = field(default_factory=dict)
    breaks: dict[Order, int] = field(default_factory=dict)
    first: dict[Order, int] = field(default_factory=dict)
    last: dict[Order, int] = field(default_factory=dict)

    def add(self, printed_dates: Iterable[str]) -> None:
        """Count dates in file order; equal neighbours may be given once."""
        for printed in printed_dates:
            for order, day in zip(self.orders, self._weigh(printed), strict=True):
                if day is not None:
                    self._step(order, day.toordinal(), day.toordinal())

    def _weigh(self, printed: str) -> list[date | None]:
        self.dates += 1
        days = [day_of(printed, order) for order in self.orders]
        usual = any(day is not None for day in days[:2])
        self.no_year += not usual and _year(int(_NUMBERS.findall(printed)[2])) == 0
        for order, day in zip(self.orders, days, strict=True):
            if day is None and (usual or order == "ymd"):
                self.against[order] = self.against.get(order, 0) + 1
        return days

    def weigh(self, printed_dates: Iterable[str]) -> None:
        """Count dates whose place in the file says nothing."""
        for printed in printed_dates:
            self._weigh(printed)

    def _step(self, order: Order, first: int, last: int) -> None:
        before = self.last.get(order)
        if before is None:
            self.first[order] = first
        elif first < before:
            self.breaks[order] = self.breaks.get(order, 0) + 1
            self.back[order] = max(self.back.get(order, 0), before - first)
        self.last[order] = last

    def follow(self, later: Tally) -> None:
        """Add a later stretch of the same style."""
        self.dates += later.dates
        self.no_year += later.no_year
        for order in self.orders:
            for mine, theirs in ((self.against, later.against), (self.breaks, later.breaks)):
                mine[order] = mine.get(order, 0) + theirs.get(order, 0)
            self.back[order] = max(self.back.get(order, 0), later.back.get(order, 0))
            if order in later.first:
                self._step(order, later.first[order], later.last[order])


@dataclass(frozen=True, slots=True)
class Decision:
    """The order of a run and how it is known; without an order, `readings` are the orders that stay possible."""

    order: Order | None
    how: HowKnown
    readings: tuple[Order, ...]


def decide(style: Style, tally: Tally, person: Order | None) -> Decision:
    """The order of one run."""
    every = orders_for(style)
    if len(every) == 1:
        return Decision(every[0], "file", every)
    usual = every[:2]
    possible = [order for order in every if not tally.against.get(order)]
    fits = [order for order in usual if order in possible]
    if person in possible and (person == "ymd" or len(fits) == 2):
        return Decision(person, "person", (person,))
    if "ymd" in possible and _year_first(tally, fits or list(usual)):
        return Decision("ymd", "style_run", ("ymd",))
    if "ymd" in possible and fits and _leaps(tally, fits):
        return Decision("ymd", "order", ("ymd",))
    if len(fits) == 2:
        return _by_order(style, tally, possible)
    if not fits:
        return _by_majority(tally, usual)
    only, other = fits[0], usual[1 - usual.index(fits[0])]
    # One odd line can be typed by anyone: it does not decide against all other dates.
    if tally.against.get(other) == 1 and tally.dates > 2 and _breaks(tally, only) and not _breaks(tally, other):
        return Decision(None, "undecided", usual)
    return Decision(only, "style_run", (only,))


def _year_first(tally: Tally, others: list[Order]) -> bool:
    """24/3/5 and 24/3/17: several dates end in what is no year, and the year first gives a chat of sensible length."""
    if tally.no_year * YEAR_FIRST_SHARE < tally.dates or not tally.no_year or tally.breaks.get("ymd"):
        return False
    return _span(tally, "ymd") <= max(366, *(_span(tally, order) for order in others))


def _leaps(tally: Tally, others: list[Order]) -> bool:
    """16/8/23, 16/8/24, 16/8/25: days in a row with the year first, or messages once a year on one day: nobody writes so."""
    if tally.dates < LEAPS or tally.breaks.get("ymd"):
        return False
    return all(_span(tally, "ymd") * 100 < max(_span(tally, order), tally.back.get(order, 0)) for order in others)


def _by_order(style: Style, tally: Tally, possible: list[Order]) -> Decision:
    usual = orders_for(style)[:2]
    forward = [order for order in possible if not tally.breaks.get(order)]
    likely = [order for order in forward if order in usual] or forward
    if len(likely) == 1 and all(_breaks(tally, order) for order in usual if order not in likely):
        return Decision(likely[0], "order", (likely[0],))
    fixed = custom(style)
    if fixed is not None and fixed in possible:
        return Decision(fixed, "style_run", (fixed,))
    return Decision(None, "undecided", usual)


def _by_majority(tally: Tally, usual: tuple[Order, ...]) -> Decision:
    best, worst = sorted(usual, key=lambda order: tally.against[order])
    if tally.against[worst] >= OVERWHELMING * tally.against[best]:
        return Decision(best, "style_run", (best,))
    return Decision(None, "undecided", usual)


def _span(tally: Tally, order: Order) -> int:
    return tally.last[order] - tally.first[order] if order in tally.first else 0


def _breaks(tally: Tally, order: Order) -> bool:
    return tally.back.get(order, 0) >= CLEAR_BREAK
