"""From a printed stamp to a `When`, once the order of its run is decided. Never guesses: what stays open keeps all readings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holdfast.model import When
from holdfast.readers._dates import Style, plain
from holdfast.readers._dates_dayparts import hour_of
from holdfast.readers._dates_order import Decision, HowKnown, day_of, is_other_calendar, is_thai_short, orders_for

Doubts = tuple[str, ...]
Dated = tuple[When, Doubts]
CACHE = 65536  # stamps, clocks: enough for every second of a day
_NUMBERS = re.compile(r"\d+")
_ASCII_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")


@lru_cache(maxsize=64)
def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone of an IANA name, or None if there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class _Day:
    """A printed date: its days (ISO, one if decided), how that is known, what is in doubt."""

    days: Doubts
    how: HowKnown
    doubts: Doubts


@dataclass(slots=True)
class Calendar:
    """Reads the stamps of one run. `when(stamp, date, clock)` gives the time and the doubts about it."""

    style: Style
    decision: Decision
    zone: str | None = None
    _stamps: dict[str, Dated] = field(default_factory=dict)
    _days: dict[str, _Day] = field(default_factory=dict)
    _clocks: dict[str, str | None] = field(default_factory=dict)

    def when(self, stamp: str, date: str, clock: str) -> Dated:
        known = self._stamps.get(stamp)
        if known is None:
            if len(self._stamps) >= CACHE:
                self._stamps.clear()
            known = self._stamps[stamp] = self._read(stamp, date, clock)
        return known

    def _read(self, stamp: str, date: str, clock: str) -> Dated:
        day = self._days.get(date)
        if day is None:
            if len(self._days) >= CACHE:
                self._days.clear()
            day = self._days[date] = self._day(date)
        if clock in self._clocks:
            time = self._clocks[clock]
        else:
            if len(self._clocks) >= CACHE:
                self._clocks.clear()
            time = self._clocks[clock] = clock_of(clock, self.style)
        if time is None:
            return When(printed=stamp, how_known="undecided"), (*day.doubts, "impossible_time")
        if len(day.days) != 1:
            readings = tuple(f"{iso}T{time}" for iso in day.days)
            return When(printed=stamp, how_known=day.how, readings=readings), day.doubts
        local = f"{day.days[0]}T{time}"
        if self.zone is None:
            return When(printed=stamp, local=local, how_known=day.how), day.doubts
        return in_zone(stamp, local, self.zone, day.how, day.doubts)

    def _day(self, printed: str) -> _Day:
        doubts: list[str] = []
        if is_thai_short(printed, self.style):
            doubts.append("buddhist_era")
        found = {order: day_of(printed, order) for order in orders_for(self.style)[:2]}
        usual = sorted({day.isoformat() for day in found.values() if day is not None})
        if self.decision.order is not None:
            day = day_of(printed, self.decision.order)
            if day is not None:
                alone = len(usual) == 1 and usual[0] == day.isoformat()
                how: HowKnown = "file" if alone else self.decision.how
                return _Day((day.isoformat(),), how, tuple(doubts))
        elif len(usual) == 1:
            return _Day((usual[0],), "file", tuple(doubts))
        elif usual:
            return _Day(tuple(usual), "undecided", (*doubts, "date_order"))
        return _Day((), "undecided", ("other_calendar" if is_other_calendar(printed) else "impossible_date",))


def clock_of(printed: str, style: Style) -> str | None:
    """`HH:MM:SS` of a printed clock, or None where there is no such time of day."""
    if style.family is None and _ASCII_CLOCK.fullmatch(printed):
        return printed
    text = plain(printed)
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    word = ""
    if style.family is not None:
        ends = [match.span() for match in _NUMBERS.finditer(text)]
        word = text[: ends[0][0]] if style.daypart[0] == "before" else text[ends[-1][1] :]
    hour = hour_of(numbers[0], word.strip(), style.family)
    second = numbers[2] if len(numbers) > 2 else 0
    if hour is None or numbers[1] > 59 or second > 59:
        return None
    return f"{hour:02}:{numbers[1]:02}:{second:02}"


def in_zone(stamp: str, local: str, zone: str, how: HowKnown, doubts: Doubts) -> Dated:
    """A local time in a zone a person named. An hour that is repeated or skipped by a clock change gives no `utc`."""
    place = zone_named(zone)
    if place is None:
        return When(printed=stamp, local=local, how_known=how), doubts
    shown = datetime.fromisoformat(local)
    early, late = (shown.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        utc = early.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return When(printed=stamp, local=local, utc=utc, zone=zone, how_known=how), doubts
    if early.astimezone(UTC).astimezone(place).replace(tzinfo=None) != shown:
        return When(printed=stamp, local=local, zone=zone, how_known=how), (*doubts, "time_skipped")
    both = (early.isoformat(), late.isoformat())
    return When(printed=stamp, local=local, zone=zone, how_known=how, readings=both), (*doubts, "time_repeated")
