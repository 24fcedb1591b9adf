"""The arrows of docs/design.md: who may import whom. They never run back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "holdfast"

EVERYONE = {"model", "errors", "version"}
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "version": set(),
    "network": EVERYONE,
    "content": EVERYONE,
    "intake": EVERYONE,
    "vault": EVERYONE,
    "readers": EVERYONE,
    "assessment": EVERYONE | {"content"},
    "guidance": EVERYONE | {"content"},
    "outputs": EVERYONE | {"content", "vault"},
    "confine": EVERYONE | {"intake", "readers"},
    "case": EVERYONE | {"content", "intake", "vault", "readers", "confine", "assessment", "guidance", "outputs"},
    "cli": EVERYONE | {"case"},
    "__main__": {"cli"},
    "__init__": EVERYONE | {"case", "assessment"},
}
HTTP_CLIENTS = {"http", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc"}

# The inner ring runs in a page with nothing installed: values in, values out.
INNER_RING = {"model", "errors", "content", "readers", "assessment", "guidance", "outputs"}
TYPESETTER_AND_BEYOND = {"outputs/typeset.py", "outputs/bundle.py", "outputs/bundle_verify.py", "outputs/verify.py"}
INNER_PACKAGES = {"holdfast", "msgspec", "defusedxml", "phonenumbers", "stdnum", "tzdata", "re2"}
OUTSIDE_THE_RING = {
    "os", "pathlib", "subprocess", "socket", "ssl", "threading", "multiprocessing", "concurrent", "mmap", "tempfile", "ctypes",
    "time", "random", "secrets", "shutil", "asyncio", "signal", "resource", "fcntl", "select", "io.open", "glob", "getpass",
}  # fmt: skip

MODULES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> set[str]:
    """Full names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(piece for piece in (package_above(path, node.level), node.module) if piece)
            found |= {f"{base}.{alias.name}" for alias in node.names} if base == "holdfast" else {base}
    return found


def package_above(path: Path, level: int) -> str:
    """What a relative import of that many dots is relative to; "" for an absolute one."""
    return ".".join(("holdfast", *path.relative_to(SOURCE).parts[:-level])) if level else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_arrows_never_run_back(path: Path) -> None:
    here = room(path)
    assert here in MAY_IMPORT, f"a new room, {here}, needs its place in this table and in docs/design.md"
    for name in imports(path):
        if name.startswith("holdfast."):
            there = name.split(".")[1]
            assert there == here or there in MAY_IMPORT[here], f"{here} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_rooms_use_each_others_public_names(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        pieces = name.split(".")
        if pieces[0] == "holdfast" and len(pieces) > 2 and pieces[1] != here:
            assert not any(piece.startswith("_") for piece in pieces[2:]), f"{name} is private to {pieces[1]}"


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in INNER_RING], ids=lambda p: str(p.relative_to(SOURCE)))
def test_the_inner_ring_stays_pure(path: Path) -> None:
    if str(path.relative_to(SOURCE).as_posix()) in TYPESETTER_AND_BEYOND:
        return
    for name in imports(path):
        top = name.split(".")[0]
        assert top not in OUTSIDE_THE_RING, f"{name} reaches out of the inner ring"
        assert top in INNER_PACKAGES or top in standard_library(), f"{name} is not among the inner ring's few packages"


def test_only_network_py_may_talk_to_elsewhere() -> None:
    for path in MODULES:
        if path.name == "network.py":
            continue
        reached = {name.split(".")[0] for name in imports(path)} & HTTP_CLIENTS
        assert not reached, f"{path.name} imports {reached}"
        assert "urllib.request" not in imports(path), path.name


def standard_library() -> frozenset[str]:
    import sys

    return sys.stdlib_module_names
