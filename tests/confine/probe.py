"""A worker taken over: a reader that tries, line by line, to do what no reader may, and says how far it came."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterator

from holdfast.model import Item, Message
from holdfast.readers import Options, Part, Reader, Sample

MARK = b"#probe\n"
libc = ctypes.CDLL(None, use_errno=True)


def open_file(path: str) -> str:
    return os.read(os.open(path, os.O_RDONLY), 20).decode("utf-8", "replace")


def write_file(path: str) -> str:
    return str(os.write(os.open(path, os.O_WRONLY | os.O_CREAT), b"x"))


def list_folder(path: str) -> str:
    return str(len(os.listdir(path)))


def connect_tcp(port: str) -> str:
    with socket.socket(socket.AF_INET) as outside:
        outside.connect(("127.0.0.1", int(port)))
    return "connected"


def connect_unix(path: str) -> str:
    with socket.socket(socket.AF_UNIX) as outside:
        outside.connect(path.replace("@", "\0"))
    return "connected"


def send_udp(port: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
        return str(outside.sendto(b"x", ("127.0.0.1", int(port))))


def memory(where: str) -> str:
    """process_vm_readv: what debuggers read other processes with."""
    pid, address, size = map(int, where.split())
    held = ctypes.create_string_buffer(size)
    here = (ctypes.c_void_p * 2)(ctypes.addressof(held), size)
    there = (ctypes.c_void_p * 2)(address, size)
    if libc.process_vm_readv(pid, here, ctypes.c_ulong(1), there, ctypes.c_ulong(1), ctypes.c_ulong(0)) != size:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return held.value.decode()


def signal(pid: str) -> str:
    os.kill(int(pid), 0)
    return "reached"


def environment(name: str) -> str:
    return os.environ[name]


def fork(_: str) -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


def run(program: str) -> str:
    if os.spawnv(os.P_WAIT, program, [program]) == 127:
        raise OSError(errno.ENOENT, "no program to run")
    return "ran"


def descriptors(_: str) -> str:
    held = []
    for number in range(3, 1000):
        try:
            os.fstat(number)
        except OSError:
            continue
        held.append(number)
    if not held:
        raise OSError(errno.EBADF, "nothing beyond the wire")
    return str(held)


def dumpable(_: str) -> str:
    if libc.prctl(3, 0, 0, 0, 0) == 0:
        raise OSError(errno.EPERM, "no core, no tracing")
    return "dumpable"


def new_namespace(_: str) -> str:
    if libc.unshare(0x1000_0000) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "made"


def keyring(key: str) -> str:
    """keyctl(KEYCTL_READ): a secret another program of this person keeps in the kernel."""
    held = ctypes.create_string_buffer(50)
    if libc.syscall(KEYCTL[os.uname().machine], 11, int(key), held, 50) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return held.value.decode()


KEYCTL = {"x86_64": 250, "aarch64": 219, "riscv64": 219}
TRIES: dict[str, Callable[[str], str]] = {
    each.__name__: each
    for each in (
        open_file, write_file, list_folder, connect_tcp, connect_unix, send_udp, memory, signal, environment, fork, run,
        descriptors, dumpable, new_namespace, keyring,
    )
}  # fmt: skip


def read(part: Part, options: Options) -> Iterator[Item]:
    for number, line in enumerate(part.lines(), 1):
        name, _, argument = line.decode().strip().partition(" ")
        if name == "#probe":
            yield Message(place=part.place("line", number, number), sender="probe", text="")
            continue
        try:
            text = f"allowed: {TRIES[name](argument)}"
        except (OSError, KeyError) as error:
            text = f"refused: {type(error).__name__} {getattr(error, 'errno', '')}"
        yield Message(place=part.place("line", number, number), sender=name, text=text)


READER = Reader(
    id="probe",
    title="Probe",
    platform="toy",
    unit="line",
    recognise=lambda look: look.head.startswith(MARK),
    units=lambda part: sum(1 for _ in part.lines()),
    read=read,
    samples=(Sample(MARK, messages=1),),
)


def claimants(_: object) -> tuple[Reader, ...]:
    return (READER,)


def only(layer: str) -> None:
    """Leave every layer out but one, to see that each holds alone."""
    from holdfast.confine import linux, shut_in

    def nothing(*_: object) -> tuple[str, ...]:
        return ()

    if layer != "namespaces":
        linux.own_namespaces = nothing
    if layer != "landlock":
        linux.landlock = lambda: 0
    if layer != "limits":
        shut_in.limited = nothing


if __name__ == "__main__":
    from holdfast.confine.child import main

    if len(sys.argv) > 1:
        only(sys.argv[1])
    main(claimants, (READER,))
