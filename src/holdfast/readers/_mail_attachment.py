"""The parts inside a mail that are not its text: named, numbered, and their bytes on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfast.model import Attachment, ByteSource
from holdfast.readers._contract import Part
from holdfast.readers._mail_body import body_of, leaf_bytes
from holdfast.readers._mail_mbox import mails
from holdfast.readers._mail_mime import Leaf, Tree, walk
from holdfast.readers._mail_transfer import IDENTITY
from holdfast.readers._mail_window import Window

_NAMELESS = {"text/html": "the same mail as a page", "message/rfc822": "a mail inside this mail", "text/plain": "text"}


def attachments(part: Part, number: int, tree: Tree, used: frozenset[int]) -> tuple[Attachment, ...]:
    """Every leaf that is not the body, in file order. A leaf without a name is called by what it is."""
    return tuple(
        Attachment(name=shown_name(leaf), part=(*part.part, str(number), leaf.number), media_type=leaf.media_type)
        for index, leaf in enumerate(tree.leaves)
        if index not in used
    )


def shown_name(leaf: Leaf) -> str:
    return leaf.name or _NAMELESS.get(leaf.media_type) or f"part {leaf.number} without a name"


@dataclass(slots=True)
class _Recent:
    """The leaf decoded last: one at a time, however many parts somebody holds on to."""

    key: tuple[int, int] = (-1, -1)
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class LeafBytes:
    """Decoded bytes of one leaf. The encoded bytes are read again when asked for; nothing is kept but the leaf read last."""

    source: ByteSource
    start: int
    end: int
    leaf: Leaf
    escaped: bool
    recent: _Recent = field(default_factory=_Recent, repr=False)

    @property
    def size(self) -> int:
        return len(self._decoded())

    def read_at(self, offset: int, count: int) -> bytes:
        return self._decoded()[max(0, offset) : max(0, offset) + max(0, count)]

    def _decoded(self) -> bytes:
        key = (self.start, self.end)
        if self.recent.key != key:
            encoded = self.source.read_at(self.start, self.end - self.start)
            self.recent.data = leaf_bytes(encoded, self.leaf, self.escaped)[0]
            self.recent.key = key
        return self.recent.data


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes of a leaf that needs no decoding: a window on the file."""

    source: ByteSource
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start

    def read_at(self, offset: int, count: int) -> bytes:
        offset = max(0, offset)
        return self.source.read_at(self.start + offset, max(0, min(count, self.size - offset))) if offset < self.size else b""


def children(part: Part) -> Iterator[Part]:
    """A part for every attachment of every mail, in the order and with the numbers the messages name them."""
    recent = _Recent()
    window = Window(part.source)
    for number, span in enumerate(mails(window), 1):
        if span.too_large:
            continue
        data = window.read_at(span.start, span.size)
        tree = walk(data)
        used = body_of(data, tree, span.escaped).used
        del data
        for index, leaf in enumerate(tree.leaves):
            if index in used:
                continue
            start, end = span.start + leaf.start, span.start + leaf.end
            plain = leaf.encoding in IDENTITY and not span.escaped
            source: ByteSource = (
                Slice(part.source, start, end) if plain else LeafBytes(part.source, start, end, leaf, span.escaped, recent)
            )
            yield Part(file=part.file, part=(*part.part, str(number), leaf.number), source=source, media_type=leaf.media_type)
