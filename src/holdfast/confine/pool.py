"""A handful of workers, reused, and the readings they make. A worker that fails is replaced; nothing is lost in silence."""

from __future__ import annotations

import os
import queue
import sys
import threading
import zoneinfo
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from types import TracebackType
from typing import Protocol

import holdfast.readers
from holdfast.confine import words
from holdfast.confine.checked import Checked
from holdfast.confine.child import batches, packed
from holdfast.confine.frames import Broken, Hello, Job, unpacked
from holdfast.confine.job import Claimants, steps
from holdfast.confine.told import told
from holdfast.confine.worker import COMMAND, PATIENCE, Worker, bubblewrapped
from holdfast.errors import HoldfastError
from holdfast.model import ByteSource, Item, PartHead
from holdfast.readers import Options

FAILURES = 8  # workers one file may use up before the rest of it is left unread
AHEAD = 4  # batches a reading may be ahead of whoever listens
WAIT = 0.1  # seconds between looks at whether a reading that waits for its turn is still wanted
UNREAD = "The files themselves are unchanged; nothing was read from them."

Lines = list[PartHead | Item]


class Reading(Protocol):
    """A reading under way: batches of lines, in order. `close` ends it early."""

    def __iter__(self) -> Iterator[Lines]: ...

    def close(self) -> None: ...


class Reads(Protocol):
    """Whoever reads exhibits, `at_once` of them: confined workers, or this process itself."""

    @property
    def at_once(self) -> int: ...

    def start(self, source: ByteSource, file: str, options: Options) -> Reading: ...

    def read(self, source: ByteSource, file: str, options: Options) -> Iterator[PartHead | Item]: ...


class Pool:
    """Confined workers, one per core, reused from exhibit to exhibit. A context manager: leaving it ends them all.

    `command` starts one worker; without it, Holdfast's own. `confine=False` leaves out every layer: for comparison only.
    """

    def __init__(self, workers: int | None = None, *, command: Sequence[str] = COMMAND, confine: bool = True) -> None:
        self.at_once = workers or os.cpu_count() or 1
        self._command, self._confine = tuple(command), confine
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._places = threading.BoundedSemaphore(self.at_once)
        self._lock = threading.Lock()
        self._open = True
        self.bubblewrap = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End every worker."""
        with self._lock:
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
        return _Background(self, source, file, options)

    def hello(self) -> Hello:
        """What holds around a worker here."""
        worker = self._take(None)
        try:
            return worker.hello()
        finally:
            self._give_back(worker, usable=True)

    def _take(self, zone: str | None, wanted: Callable[[], bool] = lambda: True) -> Worker:
        """A worker that knows the zone: a free one, or a new one. Raises Broken once nobody wants it any more."""
        while not self._places.acquire(timeout=WAIT):
            if not wanted():
                raise Broken
        try:
            with self._lock:
                fitting = next((worker for worker in self._free if worker.zone == zone), None)
                spare = fitting or (self._free[0] if len(self._all) >= self.at_once and self._free else None)
                if spare is not None:
                    self._free.remove(spare)
            if fitting is not None:
                return fitting
            if spare is not None:
                self._forget(spare)
            return self._new(zone)
        except BaseException:
            self._places.release()
            raise

    def _new(self, zone: str | None) -> Worker:
        worker = Worker(zone, self._command, confine=self._confine)
        try:
            hello = worker.hello()
        except (Broken, TimeoutError):
            worker.end()
            raise HoldfastError("The part of Holdfast that reads files did not start.", evidence=UNREAD) from None
        if self._confine and sys.platform == "linux" and not hello.namespaces:
            worker = self._wrapped(worker)
        with self._lock:
            if self._open:
                self._all.add(worker)
                return worker
        worker.end()
        raise Broken

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

    def _give_back(self, worker: Worker, *, usable: bool) -> None:
        if usable:
            with self._lock:
                if self._open:
                    self._free.append(worker)
        else:
            self._forget(worker)
        self._places.release()

    def _forget(self, worker: Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()


class _Background:
    """A reading made by a thread that serves one worker; batches wait in a short queue."""

    def __init__(self, pool: Pool, source: ByteSource, file: str, options: Options) -> None:
        self._pool, self._source, self._file, self._options = pool, source, file, options
        self._queue: queue.Queue[Lines | BaseException | None] = queue.Queue(AHEAD)
        self._worker: Worker | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="holdfast-reading", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Lines]:
        while True:
            batch = self._queue.get()
            if batch is None:
                return
            if isinstance(batch, BaseException):
                raise batch
            yield batch

    def close(self) -> None:
        """End the reading. Harmless when it is through."""
        self._closed = True
        worker = self._worker
        if worker is not None and self._thread.is_alive():
            worker.kill()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._queue.get(timeout=0.01)
        self._thread.join()

    def _run(self) -> None:
        try:
            for batch in self._lines():
                self._queue.put(batch)
                if self._closed:
                    break
            self._queue.put(None)
        except BaseException as error:
            self._queue.put(error)

    def _lines(self) -> Iterator[Lines]:
        checked = Checked(self._file, self._source.size)
        for _ in range(FAILURES):
            why = yield from self._one_worker(checked)
            if why is None or self._closed:
                return
            yield list(checked.broken_off(why))
            if () in checked.given_up:
                return
        yield [checked.nothing_more(words.ENOUGH.format(FAILURES))]

    def _one_worker(self, checked: Checked) -> Generator[Lines, None, str | None]:
        """Lines from one worker; returns why it failed, or None when the reading is through."""
        options = self._options
        job = Job(
            file=self._file,
            size=self._source.size,
            me=tuple(sorted(options.me)),
            date_order=options.date_order,
            zone=options.zone,
            done=tuple(checked.done),
            given_up=tuple(checked.given_up),
        )
        usable = False
        self._worker = worker = self._pool._take(options.zone, lambda: not self._closed)
        try:
            for batch in worker.lines(job, self._source):
                yield checked.lines(batch)
                if checked.lied:
                    return words.LIED
            usable = checked.ended()
            return None if usable else words.LIED
        except TimeoutError:
            return words.HUNG.format(f"{PATIENCE:g}")
        except Broken:
            return words.DIED
        finally:
            self._worker = None
            self._pool._give_back(worker, usable=usable)


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


def confinement() -> str:
    """What holds on this computer around the process that reads foreign files: a few sentences, a line each."""
    with Pool(1) as pool:
        return told(pool.hello(), pool.bubblewrap)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name (IANA)."""
    return name in zoneinfo.available_timezones()
