"""Readings without workers: for tests, and where something else confines us already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from types import TracebackType

import holdfast.readers
from holdfast.confine.checked import Checked
from holdfast.confine.child import batches, packed
from holdfast.confine.frames import unpacked
from holdfast.confine.inside import Inside
from holdfast.confine.job import Claimants, Way, steps
from holdfast.confine.reading import Lines, Reading
from holdfast.errors import HoldfastError
from holdfast.model import ByteSource, Item, PartHead
from holdfast.readers import Options


class Serial:
    """The same readings without workers or confinement: for tests, and where a page already confines us."""

    at_once = 1

    def __init__(self, claimants: Claimants = holdfast.readers.claimants) -> None:
        self._claimants = claimants

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def read(self, source: ByteSource, file: str, options: Options) -> Iterator[PartHead | Item]:
        """As `Pool.read`."""
        return chain.from_iterable(self.start(source, file, options))

    def part(self, source: ByteSource, file: str, part: Way) -> ByteSource:
        """As `Pool.part`."""
        found = Inside(source, file, self._claimants).part(part)
        if found is None:
            raise HoldfastError("A part of this file could not be found in it again.")
        return found.source

    def start(self, source: ByteSource, file: str, options: Options) -> Reading:
        """As `Pool.start`, but only when listened to."""
        return _Here(source, file, options, self._claimants)


class _Here:
    """A reading made while it is listened to. Lines pass through msgpack all the same, so that both ways give the same."""

    def __init__(self, source: ByteSource, file: str, options: Options, claimants: Claimants) -> None:
        self._steps = steps(source, file, options, claimants)
        self._checked = Checked(file, source.size)

    def __iter__(self) -> Iterator[Lines]:
        for batch in batches(self._steps):
            yield self._checked.lines(unpacked(packed(batch)))

    def close(self) -> None:
        return None
