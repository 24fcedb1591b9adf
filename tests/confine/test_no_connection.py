"""No file of ours opens a connection to elsewhere, and none brings in code that does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import holdfast

PACKAGE = Path(holdfast.__file__).parent
ELSEWHERE = {
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "poplib", "imaplib",
    "telnetlib", "xmlrpc", "socketserver", "asyncio", "websockets", "boto3", "obstore", "webbrowser",
}  # fmt: skip
# The wire to a worker is a pair of sockets that were never anywhere else. `network.py`, once there is one, is the other place.
MAY_USE_SOCKETS = {"confine/frames.py", "confine/child.py", "confine/worker.py", "network.py"}
REACHING = {"connect", "connect_ex", "create_connection", "getaddrinfo", "gethostbyname", "sendto", "bind", "listen"}

FILES = sorted(PACKAGE.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_nothing_reaches_elsewhere(file: Path) -> None:
    name = file.relative_to(PACKAGE).as_posix()
    tree = ast.parse(file.read_text("utf-8"))
    modules = set(imported(tree))
    if name != "network.py":
        assert not {module for module in modules for other in ELSEWHERE if module == other or module.startswith(other + ".")}
    if name not in MAY_USE_SOCKETS:
        assert not modules & {"socket", "ssl", "_socket"}
    elif name != "network.py":
        called = {
            node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & REACHING


def test_the_rule_sees_what_it_looks_for() -> None:
    tree = ast.parse("import urllib.request\nfrom http import client\nimport socket\nsocket.create_connection(('x', 1))")
    assert {"urllib.request", "http.client", "socket"} <= set(imported(tree))


def test_reading_brings_in_no_code_that_could() -> None:
    import subprocess
    import sys

    code = "import sys, holdfast.confine.child, holdfast.readers as r; r.readers(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-s", "-P", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(run.stdout.split())
    assert "holdfast.confine.job" in loaded
    assert not loaded & ELSEWHERE
    assert not loaded & {"subprocess", "holdfast.vault", "cryptography"}
