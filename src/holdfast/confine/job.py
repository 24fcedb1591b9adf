"""One exhibit in, its parts and their items out: a pure function over bytes, the same in a worker, a test or a page.

Containers are walked depth first, in file order. The balance of every part holds whatever its reader does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import msgspec

import holdfast.readers
from holdfast.confine import words
from holdfast.confine.members import Siblings, member_lines
from holdfast.confine.spans import Spans, balanced
from holdfast.intake import Budget, Member, archive, media_type
from holdfast.model import SCHEMA, ByteSource, Item, PartHead
from holdfast.readers import HEAD, TAIL, Look, Options, Part, Reader

DEPTH = 3  # zips within each other that are opened
NESTING = 16  # ways in, mails within mails included
ZIP = "zip"
ZIP_VERSION = "1"
FILE = "file"

Way = tuple[str, ...]  # into containers, outermost first, as in Place.part
Claimants = Callable[[Look], tuple[Reader, ...]]


class InHand(msgspec.Struct, frozen=True, tag_field="kind", tag="in_hand"):
    """What the job takes up next, said before anything can go wrong with it. `sha256` is "" until the part was read once;
    `unit` is known once a reader was chosen."""

    part: Way
    sha256: str = ""
    size: int = 0
    media_type: str | None = None
    unit: str = FILE


Step = InHand | PartHead | Item | None  # None: what was said so far must be out before anything else is tried
LARGE = 1 << 20  # bytes; unpacking less is not worth a word of its own
PLAIN = ("image/", "audio/", "video/")  # kinds no reader looks at twice


class Resume(msgspec.Struct, frozen=True):
    """Parts another worker has dealt with: `done` are not read again, `given_up` not even looked into."""

    done: frozenset[Way] = frozenset()
    given_up: frozenset[Way] = frozenset()


class _Opened(msgspec.Struct, frozen=True):
    """A part whose bytes were read once. `trouble`: what was wrong with them, a sentence; `missing`: bytes not to be had.
    `zips`: how many zips it lies in. `siblings`: names of all parts of its container."""

    part: Part
    sha256: str
    zips: int = 0
    trouble: str | None = None
    missing: int | None = None
    siblings: frozenset[str] = frozenset()


def read_exhibit(
    source: ByteSource, file: str, options: Options, claimants: Claimants = holdfast.readers.claimants
) -> Iterator[PartHead | Item]:
    """Each part's head, then its items, in file order. Never raises on any bytes; `file` is the name in every place."""
    for step in steps(source, file, options, claimants):
        if step is not None and not isinstance(step, InHand):
            yield step


def steps(
    source: ByteSource,
    file: str,
    options: Options,
    claimants: Claimants = holdfast.readers.claimants,
    resume: Resume | None = None,
) -> Iterator[Step]:
    """The same, with a word before each part about what is in hand, so that whoever watches knows where a worker died."""
    yield InHand(())
    yield None
    part = Part(file=file, part=(), source=source)
    digest, size, trouble = hashlib.sha256(), 0, None
    try:
        for piece in part.chunks():
            digest.update(piece)
            size += len(piece)
    except OSError:
        trouble = words.DISK
    missing = source.size - size
    if missing:
        trouble = words.DISK
        part = replace(part, source=_Beginning(source, size))
    yield from _Walk(options, claimants, resume or Resume()).part(
        _Opened(part, digest.hexdigest(), 0, trouble, missing or None)
    )


class _Beginning(msgspec.Struct, frozen=True):
    """The readable beginning of a source."""

    source: ByteSource
    size: int

    def read_at(self, offset: int, count: int) -> bytes:
        return self.source.read_at(offset, min(count, self.size - offset)) if offset < self.size else b""


class _Walk:
    """The walk through one exhibit, depth first."""

    def __init__(self, options: Options, claimants: Claimants, resume: Resume) -> None:
        self.options, self.claimants, self.resume = options, claimants, resume
        self.budget = Budget()

    def part(self, opened: _Opened) -> Iterator[Step]:
        part = opened.part
        if part.part in self.resume.given_up:
            return
        head = part.read_at(0, HEAD)
        tail = part.read_at(max(0, part.size - TAIL), TAIL)
        part = replace(part, media_type=media_type(head, tail, part.size))
        opened = msgspec.structs.replace(opened, part=part)
        if self._fresh(part):
            yield InHand(part.part, opened.sha256, part.size, part.media_type)
        if not part.media_type.startswith(PLAIN):
            yield None
        if part.media_type == "application/zip":
            yield from self._zip(opened)
            return
        look = Look(head, tail, part.size, part.untrusted_name, part.media_type, siblings=opened.siblings)
        reader, units, why = _chosen(part, look, self.claimants)
        spans = Spans(part.file, part.part, reader.unit if reader else FILE, units)
        if self._fresh(part):
            if reader is None:
                yield from _told(opened, None, None, spans, spans.rest(why))
            else:
                items = balanced(_items(reader, part, self.options), spans)
                yield from _told(opened, reader.id, reader.version, spans, items)
        if reader is not None and reader.children is not None:
            yield from self._children(opened, reader.children, spans)

    def _fresh(self, part: Part) -> bool:
        return part.part not in self.resume.done

    def _children(self, opened: _Opened, children: Callable[[Part], Iterable[Part]], spans: Spans) -> Iterator[Step]:
        """Parts inside a part: the attachments of a mail."""
        try:
            for child in children(opened.part):
                digest = hashlib.sha256()
                for piece in child.chunks():
                    digest.update(piece)
                inner = _Opened(child, digest.hexdigest(), opened.zips)
                if len(child.part) > NESTING:
                    yield from self._closed(inner, words.TOO_DEEP)
                else:
                    yield from self.part(inner)
        except Exception as error:
            yield spans.whole(words.NOT_LISTED.format(type(error).__name__))

    def _closed(self, opened: _Opened, why: str) -> Iterator[Step]:
        """A container that is kept shut."""
        if self._fresh(opened.part):
            spans = Spans(opened.part.file, opened.part.part, FILE, 1)
            yield from _told(opened, None, None, spans, spans.rest(why))

    def _zip(self, opened: _Opened) -> Iterator[Step]:
        part = opened.part
        if opened.zips >= DEPTH:
            yield from self._closed(opened, words.TOO_DEEP)
            return
        inside = archive(part.source, self.budget)
        spans = Spans(part.file, part.part, "member", len(inside.members) + inside.more)
        if self._fresh(part):
            yield from _told(opened, ZIP, ZIP_VERSION, spans, member_lines(inside, spans))
        members = {member.name: member for member in inside.members if isinstance(member, Member)}
        names = frozenset(members)
        for member in members.values():
            way = (*part.part, member.name)
            if way in self.resume.given_up:
                continue
            if way not in self.resume.done:
                yield InHand(way)
            if member.entry.size > LARGE:
                yield None
            bytes_ = member.unpack()
            inner = Part(part.file, way, bytes_.source, sibling=Siblings(part, members, member.name))
            yield from self.part(_Opened(inner, bytes_.sha256, opened.zips + 1, bytes_.trouble, bytes_.missing, names))


def _items(reader: Reader, part: Part, options: Options) -> Iterator[Item]:
    yield from reader.read(part, options)  # here, so that a reader that raises on being called raises inside `balanced`


def _told(opened: _Opened, reader: str | None, version: str | None, spans: Spans, items: Iterable[Item]) -> Iterator[Step]:
    """Head and items of a part, and what was wrong with its bytes."""
    part = opened.part
    yield InHand(part.part, opened.sha256, part.size, part.media_type, spans.unit)
    yield PartHead(
        schema=SCHEMA,
        file=part.file,
        part=part.part,
        reader=reader,
        reader_version=version,
        sha256=opened.sha256,
        size=part.size,
        units=spans.units,
        media_type=part.media_type,
    )
    if reader is not None:
        yield None
    yield from items
    if opened.trouble is not None:
        yield spans.whole(opened.trouble, opened.missing)


def _chosen(part: Part, look: Look, claimants: Claimants) -> tuple[Reader | None, int, str]:
    """Who reads the part and how many units it has; or nobody, one unit, and why."""
    try:
        claiming = claimants(look)
        if len(claiming) == 1:
            return claiming[0], max(0, claiming[0].units(part)), ""
    except Exception as error:
        return None, 1, words.reader_stopped(error)
    return None, 1, words.many_claim(claiming) if claiming else words.nobody_reads(part.media_type)
