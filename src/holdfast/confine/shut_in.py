"""Shutting a worker in: every layer this system offers, each told truthfully. A layer that is missing stops nothing."""

from __future__ import annotations

import contextlib
import sys

from holdfast.confine.frames import Hello

if sys.platform != "win32":
    import resource
if sys.platform == "linux":
    from holdfast.confine import linux

MEMORY = 512 << 20  # bytes of address space; pictures and sound will need more


def shut_in() -> Hello:
    """Give up whatever can be given up, for good. The process that returns may be a child of the one that called."""
    namespaces: tuple[str, ...] = ()
    landlock = 0
    if sys.platform == "linux":
        linux.no_new_privileges()
        linux.no_keys()
        namespaces = linux.own_namespaces()
        landlock = linux.landlock()
        linux.drop_capabilities()
        linux.not_dumpable()
    return Hello(namespaces=namespaces, landlock=landlock, limits=limited())


def limited() -> tuple[str, ...]:
    """Resource limits that hold from now on, by name; none where the system has none."""
    if sys.platform == "win32":
        return ()
    held = []
    for name, most in (("CORE", 0), ("FSIZE", 0), ("NPROC", 0), ("AS", MEMORY), ("NOFILE", 0)):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        with contextlib.suppress(ValueError, OSError):
            if kind is not None:
                resource.setrlimit(kind, (most, most))
                held.append(name)
    return tuple(held)
