"""A reading made in the background. A worker that fails is replaced; nothing is lost in silence."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from typing import Protocol

from holdfast.confine import words
from holdfast.confine.checked import Checked
from holdfast.confine.frames import Broken, Job
from holdfast.confine.patience import PATIENCE
from holdfast.confine.reading import Lines
from holdfast.confine.worker import Worker
from holdfast.model import ByteSource
from holdfast.readers import Options

FAILURES = 8  # workers one file may use up before the rest of it is left unread
AHEAD = 4  # batches a reading may be ahead of whoever listens


class Lends(Protocol):
    """Whoever has workers to lend."""

    def take(self, zone: str | None) -> Worker: ...

    def give_back(self, worker: Worker, *, usable: bool) -> None: ...


class Background:
    """A reading made by a thread that serves one worker; batches wait in a short queue."""

    def __init__(self, pool: Lends, source: ByteSource, file: str, options: Options) -> None:
        self._pool, self._source, self._file, self._options = pool, source, file, options
        self._queue: queue.Queue[Lines | BaseException | None] = queue.Queue(AHEAD)
        self._worker: Worker | None = None
        self._closed = False
        self._lock = threading.Lock()
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
        with self._lock:
            self._closed = True
            if self._worker is not None:
                self._worker.kill()
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
            if self._closed:
                return
            why = yield from self._one_worker(checked)
            if why is None:
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
        self._worker = worker = self._pool.take(options.zone)
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
            with self._lock:
                self._worker = None
                usable = usable and not self._closed  # a worker that may just have been killed is nobody's any more
            self._pool.give_back(worker, usable=usable)
