"""One file on its way into the case: may it be kept, seal it, read it, seal the reading.

Seal before parse wherever the file may be kept whole. Where pictures may not be kept, a container is read in place first,
and only what may be kept leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from holdfast.confine import Pool
from holdfast.intake.files import CannotRead, FileBytes, Found
from holdfast.intake.keeping import ShowsMinor, is_container, may_keep
from holdfast.intake.media_type import media_type
from holdfast.model import ByteSource, ContainedPart, Exhibit, Gap, Item, Message, PartHead, Value
from holdfast.readers import HEAD, TAIL, DateOrder, Options, readers
from holdfast.vault import Vault

NOTED = "Only noted: name, size and hash. Not one byte of it was copied."
KEPT_BEFORE = (
    "Its bytes were copied into the case before this answer, and they stay there. "
    "Ask the police or a helpline before you make a bundle of this case."
)
PICTURES_NOTED = "Pictures and videos inside were only noted, not copied. The text inside was sealed by itself."
ZIP = "zip"
OPTIONS = "options"

_line = msgspec.json.Encoder().encode


class _Answers(msgspec.Struct):
    """The answers a reading was made with, as its entry in the log says."""

    me: frozenset[str] = frozenset()
    date_order: DateOrder | None = None
    zone: str | None = None


_answers = msgspec.json.Decoder(_Answers)


class Added(Value, frozen=True, kw_only=True):
    """What came of one file: its exhibit, whether it is new, what a reader made of it, and remarks for the person.

    One that is not new may still have been read: for the first time, after an interruption, or with other answers.
    A file that could not be opened has no exhibit, and `refused` says why.
    """

    name: str
    exhibit: Exhibit | None = None
    new: bool = False
    title: str | None = None
    messages: int = 0
    gaps: int = 0
    read: bool = False
    remarks: tuple[str, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Adding:
    """One `add`, file by file. `Adding.of` begins it."""

    vault: Vault
    pool: Pool
    origin: str
    shows_minor: ShowsMinor | None
    options: Options
    read_with: dict[str, str]
    """The answers of each exhibit's newest reading."""
    kept_before: frozenset[str]
    """Hashes of what was in the case, bytes and all, when this began."""

    @classmethod
    def of(cls, vault: Vault, pool: Pool, origin: str, shows_minor: ShowsMinor | None, options: Options) -> Adding:
        read = {made.source: made.about.get(OPTIONS, "{}") for made in vault.sealed_objects() if made.role == "reading"}
        kept = frozenset(exhibit.sha256 for exhibit in vault.exhibits() if exhibit.object is not None)
        return cls(vault, pool, origin, shows_minor, options, read, kept)

    def file(self, file: Found) -> Iterator[Added]:
        """Adds one file. A container gives one exhibit more for each text in it where pictures may not be kept."""
        if file.gap is not None:
            yield Added(name=file.name, refused=file.gap)
            return
        try:
            with FileBytes(file.path) as source:
                yield from self._source(source, file.name)
        except CannotRead as error:
            yield Added(name=file.name, refused=str(error))

    def _source(self, source: ByteSource, name: str) -> Iterator[Added]:
        kind = kind_of(source)
        if is_container(kind) and not self._may_keep("image/"):
            heads = [head for head in self.pool.read(source, name, self.options) if isinstance(head, PartHead)]
            if not all(self._may_keep(head.media_type or "") or _holds(head, heads) for head in heads):
                yield from self._part_by_part(source, name, kind, heads)
                return
            yield self._whole(source, name, kind, keep=True)
        else:
            yield self._whole(source, name, kind, keep=is_container(kind) or self._may_keep(kind))

    def _whole(self, source: ByteSource, name: str, kind: str, *, keep: bool, origin: str | None = None) -> Added:
        said = self.origin if origin is None else origin
        exhibit, new = self.vault.add(source, name=name, origin=said, media_type=kind, keep=keep)
        if exhibit.object is None:
            return Added(name=name, exhibit=exhibit, new=new, remarks=(*self._stays(exhibit), *((NOTED,) if new else ())))
        remarks = () if keep else (KEPT_BEFORE,)
        if (options := self._unread_with(exhibit)) is None:
            return Added(name=name, exhibit=exhibit, new=new, remarks=remarks)
        added = Added(name=name, exhibit=exhibit, new=new, remarks=remarks)
        return self._read(self.vault.open_object(exhibit.object), exhibit, added, lambda _head: True, options)

    def _part_by_part(self, source: ByteSource, name: str, kind: str, heads: list[PartHead]) -> Iterator[Added]:
        kept, told = self._sorted_out(heads)
        parts = tuple(
            ContainedPart(
                part=head.part,
                size=head.size,
                sha256=head.sha256,
                media_type=head.media_type or "",
                kept=any(head.part[: len(part)] == part for part in kept),
            )
            for head in heads
            if head.part
        )
        exhibit, new = self.vault.add(source, name=name, origin=self.origin, media_type=kind, keep=False, parts=parts)
        if exhibit.object is not None:
            yield Added(name=name, exhibit=exhibit, remarks=(KEPT_BEFORE,))
            return
        added = Added(name=name, exhibit=exhibit, new=new, remarks=(*self._stays(exhibit), *((PICTURES_NOTED,) if new else ())))
        options = self._unread_with(exhibit)
        yield added if options is None else self._read(source, exhibit, added, lambda head: head.part in told, options)
        for part in kept:
            inside = self.pool.part(source, name, part)
            shown_name = " > ".join((name, *part))
            yield self._whole(inside, shown_name, kind_of(inside), keep=True, origin=f"inside {exhibit.number}")

    def _sorted_out(self, heads: list[PartHead]) -> tuple[list[tuple[str, ...]], set[tuple[str, ...]]]:
        """Parts to seal by themselves, and parts that hold pictures but speak too (mails): their reading is kept."""
        kept: list[tuple[str, ...]] = []
        told: set[tuple[str, ...]] = set()
        for head in heads:
            if any(head.part[: len(part)] == part for part in kept):
                continue
            inside = [
                other for other in heads if len(other.part) > len(head.part) and other.part[: len(head.part)] == head.part
            ]
            holds_pictures = not all(self._may_keep(other.media_type or "") or _holds(other, heads) for other in inside)
            if holds_pictures or not head.part:
                if head.reader not in (None, ZIP):
                    told.add(head.part)
            elif self._may_keep(head.media_type or "") or inside:
                kept.append(head.part)
        return kept, told

    def _read(
        self, source: ByteSource, exhibit: Exhibit, added: Added, wanted: Callable[[PartHead], bool], options: Options
    ) -> Added:
        """Reads an exhibit and seals the reading as JSON Lines, streaming."""
        counted = _Counted()
        made = counted.passing(_only(self.pool.read(source, exhibit.number, options), wanted))
        first = next(made, None)
        if first is None:
            return added
        answers = options_text(options)
        self.vault.derive(
            exhibit.number,
            "reading",
            "application/jsonl",
            _lines(first, made),
            parents=(exhibit.object,) if exhibit.object else (),
            about={OPTIONS: answers},
        )
        self.read_with[exhibit.number] = answers
        return msgspec.structs.replace(added, title=counted.title(), messages=counted.messages, gaps=counted.gaps, read=True)

    def _stays(self, exhibit: Exhibit) -> tuple[str, ...]:
        """What to say of bytes that may not be kept, and were before anybody said so."""
        return (KEPT_BEFORE,) if exhibit.sha256 in self.kept_before else ()

    def _unread_with(self, exhibit: Exhibit) -> Options | None:
        """The answers to read an exhibit with, or None: its newest reading was made with all of them.

        There is no reading yet when it is new, and when adding it was interrupted after it was sealed.
        """
        if exhibit.number not in self.read_with:
            return self.options
        before = _answers.decode(self.read_with[exhibit.number])
        now = Options(
            me=self.options.me | before.me,
            date_order=self.options.date_order or before.date_order,
            zone=self.options.zone or before.zone,
        )
        return None if (now.me, now.date_order, now.zone) == (before.me, before.date_order, before.zone) else now

    def _may_keep(self, kind: str) -> bool:
        return may_keep(kind, self.vault.age_group, self.shows_minor)


@dataclass(slots=True)
class _Counted:
    """Counts a reading as it passes."""

    messages: int = 0
    gaps: int = 0
    reader_ids: tuple[str, ...] = ()

    def passing(self, items: Iterable[PartHead | Item]) -> Iterator[PartHead | Item]:
        for item in items:
            if isinstance(item, Message):
                self.messages += 1
            elif isinstance(item, Gap):
                self.gaps += 1
            elif isinstance(item, PartHead) and item.reader and item.reader not in self.reader_ids:
                self.reader_ids += (item.reader,)
            yield item

    def title(self) -> str | None:
        """What the readers call what they read: the one that reads words, rather than the one that only opens."""
        titles = {reader.id: reader.title for reader in readers()}
        return next((titles[ident] for ident in self.reader_ids if ident in titles), None)


def kind_of(source: ByteSource) -> str:
    """Media type by content."""
    return media_type(source.read_at(0, HEAD), source.read_at(max(0, source.size - TAIL), TAIL), source.size)


def options_text(options: Options) -> str:
    """The answers a reading was made with, for the log."""
    return msgspec.json.encode(
        {"me": sorted(options.me), "date_order": options.date_order, "zone": options.zone}, order="sorted"
    ).decode()


def _holds(head: PartHead, heads: list[PartHead]) -> bool:
    """Whether something was found inside a part: then its parts are judged, not the container."""
    return any(len(other.part) > len(head.part) and other.part[: len(head.part)] == head.part for other in heads)


def _only(items: Iterable[PartHead | Item], wanted: Callable[[PartHead], bool]) -> Iterator[PartHead | Item]:
    taking = False
    for item in items:
        if isinstance(item, PartHead):
            taking = wanted(item)
        if taking:
            yield item


def _lines(first: PartHead | Item, rest: Iterator[PartHead | Item]) -> Iterator[bytes]:
    yield _line(first) + b"\n"
    for item in rest:
        yield _line(item) + b"\n"
