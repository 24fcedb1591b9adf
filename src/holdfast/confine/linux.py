"""Linux by system call: namespaces, Landlock, capabilities. Numbers: the kernel's uapi headers (sched.h, mount.h, prctl.h,
landlock.h, capability.h, keyctl.h, unistd.h); the Landlock calls have one number on every architecture."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import struct
import sys

from holdfast.confine.frames import EMPTY_ROOT

assert sys.platform == "linux"

_libc = ctypes.CDLL(None, use_errno=True)

NAMESPACES = {
    "user": 0x1000_0000,
    "network": 0x4000_0000,
    "ipc": 0x0800_0000,
    "host name": 0x0400_0000,
    "mount": 0x0002_0000,
    "process": 0x2000_0000,
}
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 0x1, 0x2, 0x4, 0x8, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446
LANDLOCK_VERSION_FLAG = 1
# Rights a rule set may deny, by the Landlock version that brought them: files, then TCP, then signals and abstract sockets.
LANDLOCK_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
LANDLOCK_TCP, LANDLOCK_SCOPES = 0x3, 0x3
KEYCTL = {"x86_64": 250, "aarch64": 219, "riscv64": 219}
KEYCTL_JOIN_SESSION_KEYRING = 1
CAPABILITY_VERSION = 0x2008_0522


def no_new_privileges() -> None:
    _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def not_dumpable() -> None:
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def no_keys() -> None:
    """Leave the keyring of the person's session: programs keep secrets there, and a namespace does not hide it."""
    if (number := KEYCTL.get(os.uname().machine)) is not None:
        _libc.syscall(number, KEYCTL_JOIN_SESSION_KEYRING, None)


def own_namespaces() -> tuple[str, ...]:
    """Leave the network, processes and files of this computer behind. Names of what is now our own; () where forbidden.

    Returns in a new process, the first of its process namespace; the old one stays to end it when the other side goes.
    """
    flags = 0
    for flag in NAMESPACES.values():
        flags |= flag
    if _libc.unshare(flags) != 0:
        return ()
    _continue_inside()
    return tuple(name for name in NAMESPACES if name != "mount") + ((EMPTY_ROOT,) if _empty_root() else ())


def _continue_inside() -> None:
    inside = os.fork()
    if inside == 0:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        return
    try:
        watch = select.poll()
        watch.register(0, 0)  # hang-up is reported unasked
        with contextlib.suppress(OSError):
            watch.register(os.pidfd_open(inside), select.POLLIN)  # kernels before 5.3 have none: then we look every second
        while not watch.poll(1000) and os.waitpid(inside, os.WNOHANG) == (0, 0):
            pass
        os.kill(inside, signal.SIGKILL)
    finally:
        os._exit(0)


def _empty_root() -> bool:
    """An empty, read-only file system in place of every other. It lasts as long as we do and holds nothing."""
    none = ctypes.c_char_p(None)
    if _libc.mount(none, b"/", none, ctypes.c_ulong(MS_REC | MS_PRIVATE), none) != 0:
        return False
    flags = ctypes.c_ulong(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
    for place in ("/proc", "/tmp", "/usr"):  # noqa: S108 - a place to mount on, nothing is written
        if os.path.isdir(place) and _libc.mount(b"none", place.encode(), b"tmpfs", flags, none) == 0:
            os.chdir(place)
            os.chroot(".")
            os.chdir("/")
            return True
    return False


def landlock() -> int:
    """Deny ourselves every file, TCP, and signals to others. The Landlock version in force; 0 where there is none."""
    version = int(_libc.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), LANDLOCK_VERSION_FLAG))
    if version < 1:
        return 0
    files = LANDLOCK_FILES[min(version, max(LANDLOCK_FILES))]
    rights = struct.pack("<QQQ", files, LANDLOCK_TCP, LANDLOCK_SCOPES)
    rights = rights[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = _libc.syscall(LANDLOCK_CREATE, rights, ctypes.c_size_t(len(rights)), 0)
    if rules < 0:
        return 0
    try:
        return version if _libc.syscall(LANDLOCK_RESTRICT, rules, 0) == 0 else 0
    finally:
        os.close(rules)


def drop_capabilities() -> None:
    """Give up every capability, those over our own namespaces too."""
    _libc.capset(struct.pack("<Ii", CAPABILITY_VERSION, 0), bytes(24))
