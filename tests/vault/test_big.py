"""Big evidence: memory stays flat, and growth is linear."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SEAL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from holdfast.vault import FolderStore, Kit, Vault, verify
from holdfast.vault.store import remove

class Zeros:
    def __init__(self, size): self.size = size
    def read_at(self, offset, count): return bytes(max(0, min(count, self.size - offset)))

kit = Kit.generate()
now = lambda: datetime.now(UTC)
vault = Vault.create(
    FolderStore(Path(sys.argv[1])), passphrase=b"x", kit=kit, age_group="adult", now=now, tool="t", work_factor=1
)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
exhibit, _ = vault.add(Zeros(int(sys.argv[2])), name="video", origin="", media_type="video/mp4", keep=True)
assert vault.open_object(exhibit.object).read_at(exhibit.size - 9, 99) == bytes(9)
assert verify(vault.store, vault=vault, depth="deep").state == "consistent"
assert vault.add(Zeros(int(sys.argv[2])), name="again", origin="", media_type="video/mp4", keep=True)[1] is False
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def memory_to_seal(folder: Path, size: int) -> int:
    """MiB that sealing, reading, checking and adding again needed on top of what the process had."""
    source = Path(__file__).parents[2] / "src"
    command = [sys.executable, "-c", SEAL, str(folder), str(size)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout) // (1 << 20 if sys.platform == "darwin" else 1 << 10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a process's peak memory otherwise")
def test_memory_stays_flat(folder):
    assert memory_to_seal(folder, 128 << 20) < 64


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a process's peak memory otherwise")
def test_memory_stays_flat_for_a_long_video(folder):
    assert memory_to_seal(folder, 4 << 30) < 64


def test_each_more_entry_costs_the_same(case, memory, monkeypatch):
    """Counted in calls to the store, which do not depend on how busy the machine is."""
    vault = case.new(memory)
    calls = 0
    for verb in ("put_if_absent", "read_at", "size", "list", "delete"):
        real = getattr(memory, verb)

        def counted(*arguments, real=real):
            nonlocal calls
            calls += 1
            return real(*arguments)

        monkeypatch.setattr(memory, verb, counted)
    costs = []
    for number in range(120):
        calls = 0
        case.add(vault, b"%d" % number)
        costs.append(calls)
    assert costs[10] == costs[-1]
