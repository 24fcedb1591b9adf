"""The inner ring runs on every Python that is there, says the same on all, and reaches for nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "tests" / "house" / "ring_run.py"
LIST = ROOT / ".cache" / "ring" / "pythons"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
CURRENT = "{}.{}".format(*sys.version_info[:2])
FOUND = dict(line.split("\t", 1) for line in LIST.read_text().splitlines()) if LIST.exists() else {}
# Where nothing may be skipped, a Python that is not on the machine is no test left out.
EVERYWHERE = FOUND if os.environ.get("HOLDFAST_NOTHING_SKIPPED") else VERSIONS
ELSEWHERE = [version for version in EVERYWHERE if version != CURRENT] or [CURRENT]


def ring(python: str, packages: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(piece for piece in (packages, str(ROOT / "src")) if piece)}
    done = subprocess.run([python, str(RUN)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.fixture(scope="module")
def here() -> list[str]:
    return ring(sys.executable, os.environ.get("PYTHONPATH", ""))


def test_the_ring_reaches_for_nothing(here: list[str]) -> None:
    assert here[2:] == ["clean"]


def test_the_guard_has_teeth() -> None:
    code = RUN.read_text().replace(
        "result = run()", "result = run(); open('/dev/null', 'w').close(); __import__('socket').socket()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "LEAKS" in done.stdout
    assert "socket" in done.stdout


@pytest.mark.parametrize("version", ELSEWHERE)
def test_every_python_that_is_there_says_the_same(version: str, here: list[str]) -> None:
    if version == CURRENT:  # no other is here: then at least twice the same
        assert ring(sys.executable, os.environ.get("PYTHONPATH", "")) == here
        return
    if version not in FOUND:
        pytest.skip(f"Python {version} is not on this machine")
    python, packages = FOUND[version].split("\t")
    assert ring(python, packages) == here
