"""`holdfast read --json`: the reading of files and folders as JSON Lines."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

import msgspec

from holdfast.confine.balance import Balance
from holdfast.confine.job import FILE
from holdfast.confine.reading import Lines, Reading, Reads
from holdfast.intake.files import CannotRead, FileBytes, Found, found
from holdfast.model import SCHEMA, Gap, PartHead, Place
from holdfast.readers import Options

_encoder = msgspec.json.Encoder()


def read_lines(paths: Iterable[str | os.PathLike[str]], options: Options, *, pool: Reads) -> Iterator[bytes]:
    """The lines of docs/json-contract.md: parts and items of every file, in order, one summary at the very end.

    Each piece is one or more whole lines. As many files are read at once as the pool has workers; the order does not
    change. Raises WrongUse, before anything is read, for a path that is not there.
    """
    balance = Balance()
    for batch in read_batches(paths, options, pool=pool):
        balance.add(batch)
        yield _encoder.encode_lines(batch)
    yield _encoder.encode_lines([balance.summary()])


def read_batches(paths: Iterable[str | os.PathLike[str]], options: Options, *, pool: Reads) -> Iterator[Lines]:
    """The same before it is JSON, without the summary."""
    files = found(paths)
    under_way: deque[_Open] = deque()
    try:
        while True:
            while len(under_way) < pool.at_once and (file := next(files, None)) is not None:
                under_way.append(_Open(file, options, pool))
            if not under_way:
                return
            yield from filter(None, under_way[0].reading)  # a batch may hold nothing but what is in hand
            under_way.popleft().close()
    finally:
        for one in under_way:
            one.close()


class _Open:
    """A file that is being read."""

    def __init__(self, file: Found, options: Options, pool: Reads) -> None:
        self._held = ExitStack()
        self.reading: Reading | list[Lines]
        why = file.gap
        if why is None:
            try:
                source = self._held.enter_context(FileBytes(file.path))
            except CannotRead as error:
                why = str(error)
            else:
                self.reading = pool.start(source, file.name, options)
                self._held.callback(self.reading.close)
        if why is not None:
            self.reading = [unread(file, why)]

    def close(self) -> None:
        self._held.close()


def unread(file: Found, why: str) -> Lines:
    """A file nobody could open: its head without a hash, and the gap that says why."""
    head = PartHead(
        schema=SCHEMA, file=file.name, part=(), reader=None, reader_version=None, sha256="", size=file.size, units=1
    )
    return [head, Gap(place=Place(file=file.name, unit=FILE, first=1, last=1), why=why)]
