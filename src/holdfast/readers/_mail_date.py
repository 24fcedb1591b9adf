"""Dates of mails as written: RFC 5322 section 3.3 with its obsolete forms, the C asctime form, ISO 8601; else undecided.

`-0000` says that the zone is not known (RFC 5322 3.3), so nothing is made of it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from holdfast.model import When

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = dict(zip(_NAMES, range(1, 13), strict=True))
# RFC 5322 4.3: these names mean what they say; single letters and all other names mean "unknown".
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420,
}  # fmt: skip

_CLOCK = r"([0-9]{1,2}) ?: ?([0-9]{2})(?: ?: ?([0-9]{2})(?:\.[0-9]{1,6})?)?"
_RFC = re.compile(
    rf"(?:[^0-9,]{{1,12}}(?:, ?| ))?([0-9]{{1,2}})[ -]([a-z]{{3,9}})\.?,?[ -]([0-9]{{2,4}}),?"
    rf" {_CLOCK} ?(.{{0,40}})"
)
_C = re.compile(
    rf"(?:[a-z]{{3,9}},? )?([a-z]{{3,9}}) ([0-9]{{1,2}}),? {_CLOCK} "
    r"(?:([a-z]{1,5}|[+-][0-9]{4}) )?([0-9]{4})(?: ([+-][0-9]{4}))?"
)
_ISO = re.compile(rf"([0-9]{{4}})[-/]([0-9]{{2}})[-/]([0-9]{{2}})[t ]{_CLOCK} ?(.{{0,40}})")
_NUMERIC = re.compile(rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]([0-9]{{4}}),? {_CLOCK} ?(.{{0,40}})")
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})(?![0-9])")


def when(printed: str, zone: str | None = None, date_order: str | None = None) -> When:
    """The time a Date header gives. `zone` (IANA) and `date_order` are a person's answers, used where the file is silent."""
    plain = _without_comments(printed[:300])
    text = " ".join(plain.lower().split())
    if match := _RFC.match(text):
        day, month, year, hour, minute, second, tail = match.groups()
        return _made(printed, _year(year), _MONTHS.get(month[:3]), day, hour, minute, second, tail, zone)
    if match := _C.match(text):
        month, day, hour, minute, second, middle, year, late = match.groups()
        return _made(printed, int(year), _MONTHS.get(month[:3]), day, hour, minute, second, middle or late or "", zone)
    if match := _ISO.match(text):
        year, month, day, hour, minute, second, tail = match.groups()
        return _made(printed, int(year), int(month), day, hour, minute, second, tail, zone)
    if match := _NUMERIC.match(text):
        first, other, year, hour, minute, second, tail = match.groups()
        orders = {"dmy": (first, other), "mdy": (other, first)}
        if date_order in orders:
            day, month = orders[date_order]
            made = _made(printed, int(year), int(month), day, hour, minute, second, tail, zone)
            return (
                When(printed=printed, local=made.local, utc=made.utc, zone=made.zone, how_known="person")
                if made.local
                else made
            )
        both = [_made(printed, int(year), int(m), d, hour, minute, second, tail, None) for d, m in orders.values()]
        readings = tuple(dict.fromkeys(one.local for one in both if one.local))
        if len(readings) == 1:
            return next(one for one in both if one.local)
        return When(printed=printed, how_known="undecided", readings=readings)
    return When(printed=printed, how_known="undecided")


def _without_comments(text: str) -> str:
    out, depth = [], 0
    for char in text:
        depth += char == "("
        if not depth:
            out.append(char)
        if char == ")" and depth:
            depth -= 1
    return "".join(out)


def _year(printed: str) -> int:
    """RFC 5322 4.3: two digits below 50 are 2000s, others and three digits count from 1900."""
    year = int(printed)
    if len(printed) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(printed) == 3 else year


def _made(
    printed: str,
    year: int,
    month: int | None,
    day: str,
    hour: str,
    minute: str,
    second: str | None,
    tail: str,
    zone: str | None,
) -> When:
    try:
        local = datetime(year, month or 0, int(day), int(hour), int(minute), int(second or 0))
    except ValueError:
        return When(printed=printed, how_known="undecided")
    return _zoned(printed, local, tail.strip(), zone)


def _zoned(printed: str, local: datetime, tail: str, zone: str | None) -> When:
    text = local.isoformat()
    minutes: int | None = None
    if match := _OFFSET.match(tail):
        minutes = (int(match[2]) * 60 + int(match[3])) * (1 if match[1] == "+" else -1)
        if match[1] == "-" and minutes == 0:
            return When(printed=printed, local=text, how_known="file")
        # No place on earth is further than 14 hours from UTC.
        if abs(minutes) > 14 * 60 or int(match[3]) > 59:
            return When(printed=printed, local=text, how_known="file")
    elif tail:
        minutes = _ZONES.get(re.split(r"[^a-z]", tail, maxsplit=1)[0])
    how = "file"
    offset: ZoneInfo | timezone | None = None if minutes is None else timezone(timedelta(minutes=minutes))
    if offset is None and not tail and zone:
        try:
            offset, how = ZoneInfo(zone), "person"
        except (OSError, ValueError):
            return When(printed=printed, local=text, how_known="file")
    if offset is None:
        return When(printed=printed, local=text, how_known="file")
    try:
        utc = local.replace(tzinfo=offset).astimezone(UTC)
    except (OverflowError, ValueError):
        return When(printed=printed, local=text, how_known="file")
    shown = zone if how == "person" else _shown(minutes or 0)
    stamp = utc.replace(tzinfo=None).isoformat() + "Z"
    return When(printed=printed, local=text, utc=stamp, zone=shown, how_known="person" if how == "person" else "file")


def _shown(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
