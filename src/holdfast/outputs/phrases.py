"""Small pieces of a paper: what somebody said, when, where. Plain values for the typesetter, no typesetting here.

Foreign text is always `{"said": [[text, marked], ...]}`; every other string is a word of ours.
"""

from __future__ import annotations

from typing import Any

from holdfast.model import Place, When
from holdfast.outputs.wording import Words

Piece = dict[str, Any]


def said(text: str) -> Piece:
    """Foreign text as it is."""
    return {"said": [[text, False]]}


def shortened(text: str, most: int = 160) -> Piece:
    """Foreign text on one line, cut after `most` characters."""
    line = " ".join(text.split())
    return said(line if len(line) <= most else line[: most - 1].rstrip() + "…")


def counted(count: int, noun: str, words: Words) -> str:
    """`1 message`, `1,204 messages`."""
    one, many = words["count"][noun]
    return f"{count:,} {one if count == 1 else many}"


def named(text: str) -> Piece:
    """A name that came from outside: on one line, and never longer than a line or two."""
    return shortened(text, 200)


def when(value: When | None, words: Words) -> Piece:
    """`at` as known, and a `note` that says what is not known about it."""
    say = words["when"]
    if value is None:
        return {"at": said(""), "note": say["unknown"]}
    if value.local is None:
        return {"at": said(value.printed), "note": could_be(value, words) if value.readings else say["unknown"]}
    return {"at": said(local_time(value)), "note": ""}


def could_be(value: When, words: Words) -> str:
    """`as printed; could be 2024-03-12 21:14 or 2024-12-03 21:14`."""
    say = words["when"]
    readings = f" {say['or']} ".join(clock(reading, seconds=value.printed.count(":") >= 2) for reading in value.readings)
    return str(say["undecided"].format(readings=readings))


def local_time(value: When) -> str:
    """`2024-03-12 21:14 +05:00`: the local time, with seconds only where the file prints them, and the zone if it is known."""
    at = clock(value.local or value.printed, seconds=value.printed.count(":") >= 2)
    zone = "UTC" if value.zone == "+00:00" else value.zone
    return f"{at} {zone}" if zone else at


def clock(iso: str, *, seconds: bool = True) -> str:
    """`2024-03-12 21:14:00` from ISO 8601, `UTC` for a zero offset; without seconds where the file prints none."""
    day, _, hour = iso.partition("T")
    for zero in ("Z", "+00:00"):
        if hour.endswith(zero):
            hour = hour.removesuffix(zero) + " UTC"
    if not seconds and hour.endswith(":00"):
        hour = hour.removesuffix(":00")
    return f"{day} {hour}".strip()


def where(place: Place | None, exhibit: str | None, words: Words) -> Piece:
    """Exhibit, the way into it, and the units there."""
    if place is None:
        return {"exhibit": exhibit or "", "part": said(""), "units": ""}
    return {
        "exhibit": exhibit or "",
        "part": named(" › ".join(place.part if exhibit else (place.file, *place.part))),
        "units": units(place, words),
    }


def units(place: Place, words: Words) -> str:
    """`lines 12–13`."""
    say: dict[str, str] = words["unit"]
    if place.first == place.last == 0 or (place.unit == "file" and place.first == place.last):
        return say["whole"]
    if place.first == place.last:
        return f"{say.get(place.unit, place.unit)} {place.first}"
    return f"{say.get(place.unit + 's', place.unit)} {place.first}–{place.last}"
