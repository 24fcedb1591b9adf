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


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be skipped (HOLDFAST_NOTHING_SKIPPED=1, as in .ci/run), a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("HOLDFAST_NOTHING_SKIPPED") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("tests were skipped, and here nothing may be skipped", red=True)
        session.exitstatus = 1


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
