"""What of a zip is opened, and what is refused and why. Nothing is ever written anywhere or used as a path.

Limits: research on zip bombs (overlapping members, nested zips, lying sizes); figures are ours.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator

import msgspec

from holdfast.intake.zip_directory import DEFLATED, STORED, Directory, Entry, directory
from holdfast.intake.zip_member import Unpacked, unpacked
from holdfast.model import ByteSource

RATIO = 200  # unpacked bytes per packed byte, asked only of members above FREE
FREE = 10 * 1000 * 1000
TOTAL = 10 * 1000 * 1000 * 1000  # bytes unpacked from one file, nested zips and all
MEMBERS = 100_000
OVERLAP = "It shares its bytes with another member, as no honest zip does."
METHODS = {1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 93: "zstandard", 95: "xz", 98: "PPMd", 99: "AES"}


class Budget(msgspec.Struct):
    """What may still be unpacked from one file, nested zips included."""

    bytes: int = TOTAL
    members: int = MEMBERS


class Member(msgspec.Struct, frozen=True):
    """A member that is opened. `name` is from outside and never a path; no two members of an archive have the same."""

    name: str
    entry: Entry
    zipped: ByteSource

    def unpack(self) -> Unpacked:
        return unpacked(self.zipped, self.entry)


class Refused(msgspec.Struct, frozen=True):
    """A member that stays closed. `furniture`: nobody said it (a folder, a copy of file attributes)."""

    name: str
    why: str
    furniture: bool = False


class Archive(msgspec.Struct, frozen=True):
    """The members of a zip in its own order. `more` members were not even listed; `why` and `lost` are about the list."""

    members: tuple[Member | Refused, ...]
    more: int = 0
    why: str | None = None
    lost: int | None = None


def archive(source: ByteSource, budget: Budget) -> Archive:
    """Decide over every member before any is opened; takes from `budget` what is opened. Never raises on any bytes."""
    listed: Directory = directory(source, budget.members)
    budget.members -= len(listed.entries)
    overlapping = _overlapping(listed.entries)
    return Archive(tuple(_decided(source, listed.entries, overlapping, budget)), listed.more, listed.why, listed.lost)


def _decided(
    source: ByteSource, entries: tuple[Entry, ...], overlapping: set[int], budget: Budget
) -> Iterator[Member | Refused]:
    taken = {entry.name for entry in entries}
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        name = entry.name
        if name in seen:
            name = _other_name(name, number + 1, taken)
        seen.add(name)
        reason = _furniture(entry)
        if reason is not None:
            yield Refused(name, reason, furniture=True)
            continue
        reason = (
            "It shares its bytes with another member, as no honest zip does."
            if number in overlapping
            else _refusal(entry, budget)
        )
        if reason is not None:
            yield Refused(name, reason)
            continue
        budget.bytes -= entry.size
        yield Member(name, entry, source)


def _other_name(name: str, number: int, taken: set[str]) -> str:
    """Two members may have one name; their places must differ."""
    other = f"{name} (member {number})"
    while other in taken:
        other += "'"
    taken.add(other)
    return other


def _furniture(entry: Entry) -> str | None:
    if entry.name.endswith(("/", "\\")) and entry.size == 0:
        return "A folder."
    if entry.name.startswith("__MACOSX/") and entry.name.rpartition("/")[2].startswith("._"):
        return "File attributes a Mac stores beside each file; nobody's words."
    return None


def _refusal(entry: Entry, budget: Budget) -> str | None:
    if entry.mode and stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "It is not a file but a link or a device. Links are not followed."
    if entry.encrypted:
        return "It is locked with a password. Unpack it with that password first, then add what comes out."
    if entry.method not in (STORED, DEFLATED):
        return f"It is packed in a way this version cannot unpack ({METHODS.get(entry.method, f'method {entry.method}')})."
    if entry.size > FREE and entry.size > RATIO * max(entry.packed, 1):
        return f"It would unpack to more than {RATIO} times its size. Files like that are made to fill computers up."
    if entry.size > budget.bytes:
        return "Unpacking it would bring this file above 10 GB in all."
    return None


def _overlapping(entries: tuple[Entry, ...]) -> set[int]:
    """Numbers of the members that begin before an earlier one has ended. The earliest in the file is not among them.

    A lower bound of each end (the local header may be longer) is enough: what escapes it cannot hold more than it weighs.
    """
    found, end = set(), 0
    for number, entry in sorted(enumerate(entries), key=lambda pair: (pair[1].header, pair[0])):
        if entry.header < end:
            found.add(number)
        end = max(end, entry.header + 30 + entry.packed)
    return found
