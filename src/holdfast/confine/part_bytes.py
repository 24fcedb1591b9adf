"""A part inside an exhibit as bytes like any other, fetched through a confined worker."""

from __future__ import annotations

import itertools
from typing import Protocol

from holdfast.confine.frames import Piece, Want
from holdfast.confine.job import Way
from holdfast.errors import HoldfastError
from holdfast.model import ByteSource

MOST = 8 << 20  # bytes fetched at once

_numbers = itertools.count(1)


class Fetches(Protocol):
    """Whoever can fetch a piece of a part."""

    def piece(self, want: Want, source: ByteSource) -> Piece | None: ...


class PartBytes:
    """A ByteSource over one part. Holds no worker between two reads.

    Raises HoldfastError where the part is not there (any more) or its worker failed.
    """

    def __init__(self, fetches: Fetches, source: ByteSource, file: str, part: Way, exhibit: int) -> None:
        self._fetches, self._source, self._file, self._part, self._exhibit = fetches, source, file, part, exhibit
        self.size = self._piece(0, 0).size

    def read_at(self, offset: int, count: int) -> bytes:
        wanted = min(count, self.size - offset)
        pieces = []
        while wanted > 0 and (piece := self._piece(offset, min(wanted, MOST)).content):
            pieces.append(piece)
            offset += len(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def _piece(self, offset: int, count: int) -> Piece:
        want = Want(self._exhibit, self._file, self._source.size, self._part, offset, count)
        piece = self._fetches.piece(want, self._source)
        if piece is None:
            raise HoldfastError("A part of this file could not be found in it again.")
        return piece


class Numbers:
    """One number per exhibit in a row, so that a worker sees that it is asked about the same one again."""

    def __init__(self) -> None:
        self._source: ByteSource | None = None
        self._number = 0

    def of(self, source: ByteSource) -> int:
        if source is not self._source:
            self._source, self._number = source, next(_numbers)
        return self._number
