"""How a worker and the one who watches it talk: frames of kind, length and body over one socket.

The worker asks for bytes and is given them; it sends back lines. Nothing else passes between them.
"""

from __future__ import annotations

import socket
import struct
from typing import Literal, Protocol

import msgspec

from holdfast.confine.job import InHand
from holdfast.model import App, Change, Device, Furniture, Gap, Message, PartHead, SignIn

HELLO, ASK, LINES, DONE, PIECE, NO_PIECE = range(1, 7)  # from the worker
SETUP, JOB, WANT, BYTES, NO_BYTES = range(7, 12)  # to the worker
HEADER = struct.Struct("<BI")
RANGE = struct.Struct("<QI")
LARGEST = 256 << 20  # bytes in a frame; more can only come from a worker that is no longer ours

EMPTY_ROOT = "an empty file system"  # said in Hello beside the namespaces

Line = InHand | PartHead | Message | Furniture | Gap | SignIn | Device | App | Change


class Setup(msgspec.Struct, frozen=True):
    """What a worker must know before it shuts itself in: the zone whose rules it will need."""

    zone: str | None = None
    confine: bool = True


class Hello(msgspec.Struct, frozen=True):
    """What holds around this worker, told by itself once it is shut in."""

    namespaces: tuple[str, ...] = ()
    landlock: int = 0
    limits: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True):
    """One exhibit to read."""

    file: str
    size: int
    me: tuple[str, ...] = ()
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    zone: str | None = None
    done: tuple[tuple[str, ...], ...] = ()
    given_up: tuple[tuple[str, ...], ...] = ()


class Want(msgspec.Struct, frozen=True):
    """Bytes of one part inside an exhibit. `exhibit` is its number: the worker keeps it open while that stays the same."""

    exhibit: int
    file: str
    size: int
    part: tuple[str, ...]
    offset: int
    count: int


class Piece(msgspec.Struct, frozen=True):
    """Bytes of a part, and how many it has in all."""

    size: int
    content: bytes


_lines = msgspec.msgpack.Decoder(list[Line])


def unpacked(body: bytes | bytearray) -> list[Line]:
    """Lines as sent, every key and type checked. Raises Broken."""
    try:
        return _lines.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Broken from error


def piece_of(body: bytes | bytearray, want: Want) -> Piece:
    """A piece as sent, held against what was wanted. Raises Broken."""
    try:
        piece = msgspec.msgpack.decode(body, type=Piece)
    except msgspec.MsgspecError as error:
        raise Broken from error
    if len(piece.content) > want.count or piece.size < 0 or want.offset + len(piece.content) > max(piece.size, want.offset):
        raise Broken
    return piece


class Broken(Exception):
    """The other side is gone or no longer speaks as agreed."""


class Waiting(Protocol):
    """Whoever decides how long to wait for the other side."""

    def progress(self) -> None: ...

    def is_over(self) -> bool: ...


class Wire:
    """Frames over a connected socket."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def send(self, kind: int, body: bytes = b"") -> None:
        try:
            if len(body) < 65_536:
                self.connection.sendall(HEADER.pack(kind, len(body)) + body)
            else:
                self.connection.sendall(HEADER.pack(kind, len(body)))
                self.connection.sendall(body)
        except TimeoutError:
            raise
        except OSError as error:
            raise Broken from error

    def receive(self, *expected: int, waiting: Waiting | None = None) -> tuple[int, bytearray]:
        """The next frame. Raises Broken for anything amiss, TimeoutError when the socket's time limit passes and `waiting`
        (if given) has no patience left."""
        if waiting is not None:
            waiting.progress()
        kind, length = HEADER.unpack(self._exactly(HEADER.size, waiting))
        if kind not in expected or length > LARGEST:
            raise Broken
        return kind, self._exactly(length, waiting)

    def _exactly(self, count: int, waiting: Waiting | None) -> bytearray:
        body = bytearray(count)
        view, at = memoryview(body), 0
        while at < count:
            try:
                got = self.connection.recv_into(view[at:])
            except TimeoutError:
                if waiting is None or waiting.is_over():
                    raise
                continue
            except OSError as error:
                raise Broken from error
            if not got:
                raise Broken
            at += got
        return body
