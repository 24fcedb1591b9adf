"""One worker process, seen from the outside: started, asked, watched, ended."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

import holdfast
from holdfast.confine import frames, patience
from holdfast.confine.frames import Broken, Hello, Job, Line, Piece, Setup, Want, Wire
from holdfast.confine.patience import Patience
from holdfast.model import ByteSource

START = 30.0  # seconds a worker may take to start; a busy computer is slow, not hostile

PACKAGE_ROOT = str(Path(holdfast.__file__).resolve().parents[1])
COMMAND: tuple[str, ...] = (sys.executable, "-s", "-P", "-m", "holdfast.confine.child")


class Worker:
    """A running worker. It is shut in by the time `hello` is known, and knows the rules of `zone`."""

    def __init__(self, zone: str | None, command: Sequence[str] = COMMAND, *, confine: bool = True) -> None:
        self.zone = zone
        self._process, self._wire = _started(command)
        self._hello: Hello | None = None
        self._wire.send(frames.SETUP, msgspec.msgpack.encode(Setup(zone, confine)))

    def hello(self) -> Hello:
        """What holds around the worker. Raises Broken or TimeoutError when it did not start."""
        if self._hello is None:
            self._wire.connection.settimeout(START)
            _, body = self._wire.receive(frames.HELLO)
            self._hello = msgspec.msgpack.decode(body, type=Hello)
            self._patience = Patience(self._process.pid)
        return self._hello

    def lines(self, job: Job, source: ByteSource) -> Iterator[list[Line]]:
        """Batches of the exhibit's lines, decoded and typed, not yet checked against each other.

        Raises TimeoutError when the worker makes no progress, Broken when it ends, and whatever `source` raises other than
        OSError (which the worker is told, and turns into a gap).
        """
        self._ask(frames.JOB, msgspec.msgpack.encode(job))
        while True:
            kind, body = self._wire.receive(frames.ASK, frames.LINES, frames.DONE, waiting=self._patience)
            if kind == frames.ASK:
                self._serve(body, source)
            elif kind == frames.LINES:
                yield frames.unpacked(body)
            else:
                return

    def piece(self, want: Want, source: ByteSource) -> Piece | None:
        """Bytes of one part inside `source`; None where there is no such part. Raises as `lines` does."""
        self._ask(frames.WANT, msgspec.msgpack.encode(want))
        while True:
            kind, body = self._wire.receive(frames.ASK, frames.PIECE, frames.NO_PIECE, waiting=self._patience)
            if kind == frames.NO_PIECE:
                return None
            if kind == frames.PIECE:
                return frames.piece_of(body, want)
            self._serve(body, source)

    def _ask(self, kind: int, body: bytes) -> None:
        self.hello()
        self._wire.connection.settimeout(patience.PATIENCE)
        self._wire.send(kind, body)

    def _serve(self, body: bytearray, source: ByteSource) -> None:
        if len(body) != frames.RANGE.size:
            raise Broken
        offset, count = frames.RANGE.unpack(body)
        try:
            piece = source.read_at(offset, min(count, frames.LARGEST))
        except OSError:
            self._wire.send(frames.NO_BYTES)
        else:
            self._wire.send(frames.BYTES, piece)

    def kill(self) -> None:
        """End the process; whoever waits for it learns so."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._wire.connection.close()
        self._process.wait()


def _started(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], Wire]:
    """The process and our end of the wire. It gets an environment of its own: where our code is, and nothing else."""
    environment = {"PYTHONPATH": PACKAGE_ROOT, "PYTHONUTF8": "1"}
    if sys.dont_write_bytecode:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    ours, theirs = socket.socketpair()
    try:
        if sys.platform == "win32":
            environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")  # Windows sockets do not start without it
            process = subprocess.Popen(  # noqa: S603 - our own command
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
            )
            assert process.stdin is not None
            process.stdin.write(theirs.share(process.pid))
            process.stdin.close()
        else:
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                start_new_session=True,
            )
    finally:
        theirs.close()
    return process, Wire(ours)


def bubblewrapped(command: Sequence[str]) -> tuple[str, ...] | None:
    """The command inside bubblewrap, for systems where only that tool may make namespaces; None where there is none."""
    tool = shutil.which("bwrap")
    if tool is None:
        return None
    seen = {"/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", sys.prefix, sys.base_prefix, PACKAGE_ROOT}
    seen.update(path for path in sys.path if path.endswith("-packages"))
    binds = [word for path in sorted(seen) for word in ("--ro-bind-try", path, path)]
    return (tool, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL", *binds, "--dev", "/dev", "--", *command)
