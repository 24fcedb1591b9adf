"""What every test shares: public corpora where they lie, and no network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPORA = Path(os.environ.get("HOLDFAST_CORPORA", ROOT.parent / "shared" / "corpora"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The public test files, read where they lie; tests that need them skip, saying so, when they are absent."""
    if not CORPORA.is_dir():
        pytest.skip("public corpora are not beside the project (set HOLDFAST_CORPORA to their folder)")
    return CORPORA


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing under test may open a connection to elsewhere; socket pairs within this machine stay allowed."""
    real_connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        if self.family == socket.AF_UNIX:
            real_connect(self, address)  # type: ignore[arg-type]
            return
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
