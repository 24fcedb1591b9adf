"""From a printed stamp to a `When`, once the order of its run is decided. Never guesses: what stays open keeps all readings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holdfast.model import When
from holdfast.readers._dates import Style, plain
from holdfast.readers._dates_dayparts import UNKNOWN, hour_of
from holdfast.readers._dates_order import Decision, HowKnown, day_of, is_other_calendar, is_thai_short, orders_for

Doubts = tuple[str, ...]
Dated = tuple[When, Doubts]
CACHE = 65536  # days and hours remembered
_NUMBERS = re.compile(r"\d+")


@lru_cache(maxsize=64)
def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone of an IANA name, or None if there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class _Day:
    """A printed date: its day (ISO) or the days it could be, how that is known, what is in doubt."""

    local: str | None
    days: tuple[str, ...]
    how: HowKnown
    doubts: Doubts


@dataclass(slots=True)
class Calendar:
    """Reads the stamps of one run. `when` gives the time and the doubts about it, for each stamp with its date and clock."""

    style: Style
    decision: Decision
    zone: str | None = None
    _days: dict[str, _Day] = field(default_factory=dict)
    _hours: dict[str, str | None] = field(default_factory=dict)

    def when(self, stamps: list[str], dates: list[str], clocks: list[str]) -> list[Dated]:
        """Times in the order given. Written for speed: a day is worked out once, and so is an hour with its day part."""
        days, hours = self._days, self._hours
        if len(days) > CACHE or len(hours) > CACHE:
            days.clear()
            hours.clear()
        minutes = 5 if self.style.seconds else 2  # characters after the hour: "14:05" or "14"
        rest_of_time = "" if self.style.seconds else ":00"
        usual = (
            self.style.zero == "0" and self.style.clock[0] == ":" and self.style.clock[1] in (":", "") and not self.style.marked
        )
        read: list[Dated] = []
        last = ""
        dated: Dated = (When(printed="", how_known="undecided"), ())
        for stamp, date, clock in zip(stamps, dates, clocks, strict=True):
            if stamp != last:
                day = days.get(date)
                if day is None:
                    day = days[date] = self._day(date)
                before, _, after = clock.partition(":")
                around = before + after[minutes:]  # hour and day part, in either order
                hour = hours.get(around)
                if hour is None and usual:
                    hour = hours[around] = (clock_of(clock, self.style) or "")[:2]
                if hour and usual and after[3:4] != "6" and day.local is not None:
                    local = f"{day.local}T{hour}:{after[:minutes]}{rest_of_time}"
                    dated = When(printed=stamp, local=local, how_known=day.how), day.doubts
                    if self.zone is not None:
                        dated = in_zone(stamp, local, self.zone, day.how, day.doubts)
                else:
                    dated = self._slowly(stamp, day, clock)
                last = stamp
            read.append(dated)
        return read

    def _slowly(self, stamp: str, day: _Day, clock: str) -> Dated:
        time = clock_of(clock, self.style)
        if time is None and self.style.family == UNKNOWN:
            return self._either_half(stamp, day, clock)
        if time is None:
            readings = _midnight(day, clock) if self.style.family is None else ()
            return When(printed=stamp, how_known="undecided", readings=readings), (*day.doubts, "impossible_time")
        if day.local is None:
            readings = tuple(f"{iso}T{time}" for iso in day.days)
            return When(printed=stamp, how_known=day.how, readings=readings), day.doubts
        local = f"{day.local}T{time}"
        if self.zone is None:
            return When(printed=stamp, local=local, how_known=day.how), day.doubts
        return in_zone(stamp, local, self.zone, day.how, day.doubts)

    def _either_half(self, stamp: str, day: _Day, clock: str) -> Dated:
        """A clock of twelve hours with a word nobody here knows: morning or evening stays open."""
        numbers = [int(n) for n in _NUMBERS.findall(plain(clock))]
        hour, minute, second = numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0
        if hour > 12 or second > 59:
            return When(printed=stamp, how_known="undecided"), (*day.doubts, "impossible_time")
        times = [f"{half:02}:{minute:02}:{second:02}" for half in (hour % 12, hour % 12 + 12)]
        readings = tuple(f"{iso}T{time}" for iso in ([day.local] if day.local else day.days) for time in times)
        return When(printed=stamp, how_known="undecided", readings=readings), (*day.doubts, "unknown_daypart")

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
                return _Day(day.isoformat(), (), how, tuple(doubts))
        elif len(usual) == 1:
            return _Day(usual[0], (), "file", tuple(doubts))
        elif usual:
            return _Day(None, tuple(usual), "undecided", (*doubts, "date_order"))
        return _Day(None, (), "undecided", ("other_calendar" if is_other_calendar(printed) else "impossible_date",))


def _midnight(day: _Day, clock: str) -> tuple[str, ...]:
    """24:05 is printed by phones that count the first hour of a day as the 24th; others mean the end of that day."""
    numbers = [int(n) for n in _NUMBERS.findall(plain(clock))]
    minute, second = numbers[1], numbers[2] if len(numbers) > 2 else 0
    if numbers[0] != 24 or minute > 59 or second > 59:
        return ()
    days = [datetime.fromisoformat(iso) for iso in ([day.local] if day.local else day.days)]
    both = (late.date().isoformat() for one in days for late in (one, one + timedelta(days=1)))
    return tuple(f"{iso}T00:{minute:02}:{second:02}" for iso in both)


def clock_of(printed: str, style: Style) -> str | None:
    """`HH:MM:SS` of a printed clock, or None where there is no such time of day."""
    text = plain(printed)
    numbers = [int(n) for n in _NUMBERS.findall(text)]
    word = ""
    if style.family is not None:
        ends = [match.span() for match in _NUMBERS.finditer(text)]
        word = text[: ends[0][0]] if style.daypart == "before" else text[ends[-1][1] :]
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
