"""The worker: a process without keys, files or network that reads one exhibit after the other.

It learns everything it will need first (readers, codecs, a zone), shuts itself in, and only then sees a foreign byte.
"""

from __future__ import annotations

import encodings
import gc
import importlib
import pkgutil
import socket
import sys
import zoneinfo
from collections.abc import Iterable, Iterator

import msgspec

import holdfast.readers
from holdfast.confine import frames
from holdfast.confine.frames import Broken, Hello, Job, Line, Piece, Setup, Want, Wire
from holdfast.confine.inside import Inside
from holdfast.confine.job import Claimants, InHand, Resume, Step, steps
from holdfast.confine.shut_in import shut_in
from holdfast.confine.words import reader_stopped
from holdfast.intake import BytesHeld
from holdfast.model import Gap, Message, PartHead
from holdfast.readers import Options, Reader

LEAST, MOST = 64 << 10, 1 << 20  # bytes asked for at once, unless somebody wants more
BATCH_TEXT = 1 << 18  # code points in a frame, about
WEIGHT = 100  # what a line weighs in a frame besides its text: some two thousand chat messages make a frame


class AskedBytes:
    """A ByteSource whose bytes the other side of the wire reads. Whoever reads on where they stopped is given more at once."""

    def __init__(self, wire: Wire, size: int) -> None:
        self._wire, self.size = wire, size
        self._window_at, self._window, self._ahead = 0, b"", LEAST

    def read_at(self, offset: int, count: int) -> bytes:
        count = min(count, self.size - offset)
        if count <= 0 or offset < 0:
            return b""
        skip = offset - self._window_at
        held = self._window[skip : skip + count] if skip >= 0 else b""
        return held + self._fetched(offset + len(held), count - len(held)) if len(held) < count else held

    def _fetched(self, offset: int, count: int) -> bytes:
        goes_on = 0 <= offset - self._window_at - len(self._window) < LEAST
        self._ahead = min(self._ahead * 2, MOST) if goes_on else LEAST
        got = self._asked(offset, min(max(count, self._ahead), self.size - offset))
        self._window_at, self._window = offset, got
        return got[:count]

    def _asked(self, offset: int, count: int) -> bytes:
        self._wire.send(frames.ASK, frames.RANGE.pack(offset, count))
        kind, body = self._wire.receive(frames.BYTES, frames.NO_BYTES)
        if kind == frames.NO_BYTES:
            raise OSError("the bytes could not be read")
        return bytes(body)


def rehearse(readers: Iterable[Reader]) -> None:
    """Let every reader read its own samples, and load every codec: whatever Python loads late is loaded now, while it can."""
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in ("mbcs", "oem", "undefined", "__main__"):
            importlib.import_module(f"encodings.{module.name}")
    for reader in readers:
        for sample in reader.samples:
            for _ in steps(BytesHeld(sample.content), "sample", Options(), _only(reader)):
                pass


def _only(reader: Reader) -> Claimants:
    return lambda _look: (reader,)


def main(claimants: Claimants = holdfast.readers.claimants, readers: Iterable[Reader] | None = None) -> None:
    """Serve jobs over the socket on standard input until the other side goes."""
    wire = Wire(connected())
    try:
        rehearse(holdfast.readers.readers() if readers is None else readers)
        _, body = wire.receive(frames.SETUP)
        setup = msgspec.msgpack.decode(body, type=Setup)
        zone = _zone(setup.zone)
        hello = shut_in() if setup.confine else Hello()
        gc.freeze()
        gc.set_threshold(100_000, 10, 10)  # items come and go without cycles; looking for some costs a fifth of the time
        wire.send(frames.HELLO, msgspec.msgpack.encode(hello))
        serve(wire, claimants)
    except Broken:
        del zone  # held until here: zoneinfo forgets rules nobody holds
        return


def connected() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=0)


def _zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None


def serve(wire: Wire, claimants: Claimants) -> None:
    """Do what is asked until the other side goes (Broken)."""
    opened: tuple[int, Inside] | None = None
    while True:
        kind, body = wire.receive(frames.JOB, frames.WANT)
        if kind == frames.JOB:
            read(wire, msgspec.msgpack.decode(body, type=Job), claimants)
            continue
        want = msgspec.msgpack.decode(body, type=Want)
        if opened is None or opened[0] != want.exhibit:
            opened = (want.exhibit, Inside(AskedBytes(wire, want.size), want.file, claimants))
        give(wire, want, opened[1])


def read(wire: Wire, job: Job, claimants: Claimants) -> None:
    """Read one exhibit and send its lines."""
    options = Options(me=frozenset(job.me), date_order=job.date_order, zone=job.zone)
    resume = Resume(frozenset(job.done), frozenset(job.given_up))
    for batch in batches(steps(AskedBytes(wire, job.size), job.file, options, claimants, resume)):
        wire.send(frames.LINES, packed(batch))
    wire.send(frames.DONE)


def give(wire: Wire, want: Want, inside: Inside) -> None:
    """Send bytes of one part."""
    part = inside.part(want.part)
    if part is None:
        wire.send(frames.NO_PIECE)
    else:
        piece = Piece(part.size, part.read_at(want.offset, want.count))
        wire.send(frames.PIECE, msgspec.msgpack.encode(piece))


def batches(steps: Iterable[Step]) -> Iterator[list[Line]]:
    """Lines in handfuls, and at once where the job asks for that."""
    batch: list[Line] = []
    room = BATCH_TEXT
    for step in steps:
        if isinstance(step, Message):
            batch.append(step)
            room -= len(step.text) + WEIGHT
        elif step is None:
            room = 0
        else:
            batch.append(step)
            room -= len(getattr(step, "text", "")) + WEIGHT
        if room <= 0:
            if batch:
                yield batch
            batch, room = [], BATCH_TEXT
    if batch:
        yield batch


_encoder = msgspec.msgpack.Encoder()


def packed(batch: list[Line]) -> bytes:
    """The batch as msgpack; an item that cannot be written (half a surrogate pair in a text) becomes a gap in its place."""
    try:
        return _encoder.encode(batch)
    except UnicodeEncodeError:
        return _encoder.encode([_writable(line) for line in batch])


def _writable(line: Line) -> Line:
    try:
        _encoder.encode(line)
    except UnicodeEncodeError as error:
        if isinstance(line, InHand | PartHead):
            raise
        return Gap(place=line.place, why=reader_stopped(error))
    return line


if __name__ == "__main__":
    main()
