"""A handful of confined workers, reused from exhibit to exhibit."""

from __future__ import annotations

import os
import sys
import threading
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from types import TracebackType

from holdfast.confine.background import Background
from holdfast.confine.frames import Broken, Hello, Piece, Want
from holdfast.confine.job import Way
from holdfast.confine.part_bytes import Numbers, PartBytes
from holdfast.confine.reading import Lines, Reading
from holdfast.confine.told import told
from holdfast.confine.worker import COMMAND, Worker, bubblewrapped
from holdfast.errors import HoldfastError
from holdfast.model import ByteSource, Item, PartHead
from holdfast.readers import Options

WAIT = 1.0  # seconds to wait for a worker that is out
UNREAD = "The files themselves are unchanged; nothing was read from them."


class Pool:
    """Confined workers, one per core, reused from exhibit to exhibit. A context manager: leaving it ends them all.

    `command` starts one worker; without it, Holdfast's own. `confine=False` leaves out every layer: for comparison only.
    """

    def __init__(self, workers: int | None = None, *, command: Sequence[str] = COMMAND, confine: bool = True) -> None:
        self.at_once = workers or os.cpu_count() or 1
        self._command, self._confine = tuple(command), confine
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._out = 0
        self._freed = threading.Condition()
        self._open = True
        self.bubblewrap = False
        self._numbers = Numbers()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every worker."""
        with self._freed:
            self._open = False
            workers, self._all, self._free = list(self._all), set(), []
        for worker in workers:
            worker.end()

    def read(self, source: ByteSource, file: str, options: Options) -> Iterator[PartHead | Item]:
        """Each part's head, then its items, in file order, read in a confined worker. `file` is the name in every place.

        Raises only what `source` raises apart from OSError.
        """
        return chain.from_iterable(self._batches(source, file, options))

    def _batches(self, source: ByteSource, file: str, options: Options) -> Iterator[Lines]:
        reading = self.start(source, file, options)
        try:
            yield from reading
        finally:
            reading.close()

    def start(self, source: ByteSource, file: str, options: Options) -> Reading:
        """Begin a reading at once, in the background; at most `at_once` run at a time, others wait for their turn."""
        return Background(self, source, file, options)

    def part(self, source: ByteSource, file: str, part: Way) -> ByteSource:
        """The bytes of one part inside `source`, unpacked or decoded in a confined worker, never on disk.

        Raises HoldfastError, here or while it is read, where the part is not there or its worker fails.
        """
        return PartBytes(self, source, file, part, self._numbers.of(source))

    def piece(self, want: Want, source: ByteSource) -> Piece | None:
        """Some bytes of one part. Raises HoldfastError when the worker fails."""
        worker = self.take(None)
        usable = False
        try:
            piece = worker.piece(want, source)
            usable = True
            return piece
        except (Broken, TimeoutError):
            raise HoldfastError("A part of this file could not be unpacked: the process that does it stopped.") from None
        finally:
            self.give_back(worker, usable=usable)

    def hello(self) -> Hello:
        """What holds around a worker here."""
        worker = self.take(None)
        try:
            return worker.hello()
        finally:
            self.give_back(worker, usable=True)

    def take(self, zone: str | None) -> Worker:
        """A worker that knows the zone: a free one, or a new one.

        When all are out, waits a little, then starts one more: whoever holds one may be waiting for us.
        """
        spare = None
        with self._freed:
            self._freed.wait_for(lambda: self._free or self._out < self.at_once, WAIT)
            self._out += 1
            fitting = next((worker for worker in self._free if zone is None or worker.zone == zone), None)
            if fitting is not None:
                self._free.remove(fitting)
                return fitting
            if self._free and len(self._free) + self._out > self.at_once:
                spare = self._free.pop()
        if spare is not None:
            spare.end()
        try:
            return self._new(zone)
        except BaseException:
            self._one_less_out()
            raise

    def give_back(self, worker: Worker, *, usable: bool) -> None:
        """Let others have the worker; end it when it is not usable any more, or one too many."""
        with self._freed:
            self._all.discard(worker)
            keep = usable and self._open and len(self._free) + self._out <= self.at_once
            if keep:
                self._all.add(worker)
                self._free.append(worker)
        if not keep:
            worker.end()
        self._one_less_out()

    def _one_less_out(self) -> None:
        with self._freed:
            self._out -= 1
            self._freed.notify()

    def _new(self, zone: str | None) -> Worker:
        worker = Worker(zone, self._command, confine=self._confine)
        try:
            hello = worker.hello()
        except (Broken, TimeoutError):
            worker.end()
            raise HoldfastError("The part of Holdfast that reads files did not start.", evidence=UNREAD) from None
        if self._confine and sys.platform == "linux" and not hello.namespaces:
            worker = self._wrapped(worker)
        with self._freed:
            if self._open:
                self._all.add(worker)
                return worker
        worker.end()
        raise HoldfastError("The reading was ended.", evidence=UNREAD)

    def _wrapped(self, worker: Worker) -> Worker:
        """The same inside bubblewrap, where this system lets that tool do what it denies us."""
        command = bubblewrapped(self._command)
        if command is None:
            return worker
        wrapped = Worker(worker.zone, command)
        with suppress(Broken, TimeoutError):
            wrapped.hello()
            worker.end()
            self._command, self.bubblewrap = command, True
            return wrapped
        wrapped.end()
        return worker


def confinement() -> str:
    """What holds on this computer around the process that reads foreign files: a few sentences, a line each."""
    with Pool(1) as pool:
        return told(pool.hello(), pool.bubblewrap)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name (IANA)."""
    try:
        zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True
