"""How long does a deep check of a whole case take, beside `sha256sum -c` over the same plaintext?

`python bench/verify.py [--mib 512] [--objects 200] [--repeats 5] [--quick]`, in a temporary folder that is removed.
The peer only hashes; the case is opened, decrypted, hashed and compared with its log.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from holdfast.vault import FolderStore, Kit, StoredFile, Vault, verify


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mib", type=int, default=512, help="plaintext in MiB")
    asked.add_argument("--objects", type=int, default=200)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--quick", action="store_true", help="32 MiB in 20 objects, 3 repeats")
    said = asked.parse_args()
    if said.quick:
        said.mib, said.objects, said.repeats = 32, 20, 3
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), said.mib << 20, said.objects, said.repeats)


def measure(place: Path, size: int, objects: int, repeats: int) -> None:
    plain, kit = place / "plain", Kit.generate()
    plain.mkdir()
    for number in range(objects):
        (plain / f"{number:05}").write_bytes(os.urandom(size // objects))
    sums = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(plain.iterdir()))
    (plain / "sums").write_text(sums)
    vault = Vault.create(
        FolderStore(place / "case"), passphrase=b"x", kit=kit, age_group="adult", now=lambda: datetime.now(UTC), tool="bench"
    )
    began = time.perf_counter()
    with vault.batch():
        for line in sums.splitlines():
            source = StoredFile.of(FolderStore(plain), line.split()[1])
            vault.add(source, name="x", origin="", media_type="application/octet-stream", keep=True)
    added = time.perf_counter() - began

    def peer() -> None:
        subprocess.run(["sha256sum", "--quiet", "-c", "sums"], cwd=plain, check=True)

    def deep(cores: int) -> None:
        with ThreadPoolExecutor(cores) as executor:
            verdict = verify(vault.store, vault=vault, depth="deep", executor=executor if cores > 1 else None)
        assert verdict.state == "consistent", verdict.damage

    runs: dict[str, Callable[[], None]] = {
        "sha256sum -c": peer,
        "verify deep, 1 thread": lambda: deep(1),
        "verify deep, 2 threads": lambda: deep(2),
        "verify quick": lambda: verify(vault.store, vault=vault) and None,
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    base = median(times["sha256sum -c"])
    print(f"{size >> 20} MiB in {objects} objects; {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"added, with every object read again: {added:.2f} s")
    for name, took in times.items():
        span = f"({min(took):.3f} to {max(took):.3f})"
        print(f"{name:24} median {median(took):7.3f} s  {span}  {base / median(took):5.2f} times as fast as sha256sum")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"peak memory of this process, passphrase at full cost (256 MiB) included: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
