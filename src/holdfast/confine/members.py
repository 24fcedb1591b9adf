"""A zip as a part: its members are its units, and each member knows the ones beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import msgspec

from holdfast.confine import words
from holdfast.confine.spans import Spans
from holdfast.intake import Archive, Member, Refused
from holdfast.model import ByteSource, Furniture, Gap, Item, Place
from holdfast.readers import Part

LONGEST_NAME = 200  # characters of a name that are shown


def member_lines(inside: Archive, spans: Spans) -> Iterator[Item]:
    """What became of each member: furniture where it was opened or holds nobody's words (runs merged), a gap where it
    stays closed, one gap for what is wrong with the list itself."""

    def place(first: int, last: int) -> Place:
        spans.next = last + 1
        return Place(file=spans.file, part=spans.part, unit=spans.unit, first=first, last=last)

    for (is_gap, why), run in groupby(enumerate(inside.members, 1), key=lambda pair: _fate(pair[1])):
        if is_gap:
            for number, member in run:
                yield Gap(place=place(number, number), why=f"{shown(member.name)}: {why}")
        else:
            numbers = [number for number, _ in run]
            yield Furniture(place=place(numbers[0], numbers[-1]), why=why)
    yield from spans.rest(words.TOO_MANY)
    if inside.why is not None:
        yield spans.whole(inside.why, inside.lost)


def _fate(member: Member | Refused) -> tuple[bool, str]:
    if isinstance(member, Refused):
        return not member.furniture, member.why
    return False, words.OPENED


def shown(untrusted_name: str) -> str:
    """A name from outside, fit to stand in a sentence: what does not print is escaped, what is endless is cut."""
    cut = untrusted_name[:LONGEST_NAME] + ("…" if len(untrusted_name) > LONGEST_NAME else "")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in cut)


class Siblings(msgspec.Struct, frozen=True):
    """The parts beside one member: by path within its own folder, by path within the zip, or by suffix of its own name."""

    container: Part
    members: Mapping[str, Member]
    name: str

    def __call__(self, wanted: str) -> Part | None:
        folder = self.name.rpartition("/")[0]
        for name in (f"{folder}/{wanted}" if folder else wanted, wanted, self.name + wanted):
            member = self.members.get(name)
            if member is not None and name != self.name:
                way = (*self.container.part, name)
                return Part(self.container.file, way, Unopened(member), sibling=Siblings(self.container, self.members, name))
        return None


class Unopened(msgspec.Struct):
    """A member that is unpacked only when somebody reads it: readers mostly ask whether it is there."""

    member: Member
    _source: ByteSource | None = None

    @property
    def size(self) -> int:
        return self._source.size if self._source else self.member.entry.size

    def read_at(self, offset: int, count: int) -> bytes:
        if self._source is None:
            self._source = self.member.unpack().source
        return self._source.read_at(offset, count)
