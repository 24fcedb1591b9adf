"""How fast a file is hashed and sealed, against tools everybody has, in one run on this machine.

    python bench/seal.py [--mib 512] [--repeats 5] [--quick] [--dir FOLDER]

On Linux. Every run is a fresh process; the candidates take turns, so that a busy machine disturbs all alike. "whole" is
the process from start to end; "work" leaves out starting Python and loading libraries, which a case pays once. Ratios are
of work, to `age -r` for sealing and hashing, to `age -d` for opening (other tools are counted whole; they start in
milliseconds). "cpu" is processor time of the whole process, which a busy machine changes least. Memory is the process's
peak. The file is random bytes in a folder of our own (in memory where there is one), which is removed at the end.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BLOCK = 1 << 20


@dataclass
class Candidate:
    """One way to do it: its command, and what its runs took (seconds, and bytes of peak memory)."""

    title: str
    command: list[str]
    against: str
    one_core: bool = False
    whole: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: int = 0

    def run(self, out: Path) -> None:
        """Once, its output over the bytes already in `out`: new memory for a file is slow for whoever asks first."""
        cores = os.sched_getaffinity(0)
        start = time.perf_counter()
        if self.one_core:
            os.sched_setaffinity(0, {min(cores)})
        with open(out, "r+b") as over:
            child = subprocess.Popen(self.command, stdout=over, stderr=subprocess.PIPE)
        os.sched_setaffinity(0, cores)
        assert child.stderr is not None
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        self.whole.append(time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{self.title} failed: {said.decode(errors='replace')}")
        self.work.append(float(said.removeprefix(b"work ")) if said.startswith(b"work ") else self.whole[-1])
        self.processor.append(usage.ru_utime + usage.ru_stime)
        self.peak = max(self.peak, usage.ru_maxrss * 1024)


# --- what our own child processes do ----------------------------------------------------------------------------------


def seal_file(source: str, recipient: str) -> None:
    """Hash and seal `source` to standard output; says how long the work took."""
    from holdfast.vault.age import Recipient, Sealer

    buffer = memoryview(bytearray(4 * BLOCK))
    start = time.perf_counter()
    with open(source, "rb", buffering=0) as plain, open(1, "wb") as sealed:
        sealer = Sealer([Recipient.parse(recipient)], sealed.write)
        while got := plain.readinto(buffer):
            sealer.write(buffer[:got])
        sealer.finish()
    print("work", time.perf_counter() - start, file=sys.stderr)


def open_file(source: str, identity_file: str) -> None:
    """Open and hash `source`, as a deep check does; says how long the work took."""
    from holdfast.vault.age import hash_opened, parse_identities

    start = time.perf_counter()
    with open(source, "rb", buffering=0) as sealed:
        hash_opened(sealed.read, parse_identities(Path(identity_file).read_text()))
    print("work", time.perf_counter() - start, file=sys.stderr)


# --- the run ----------------------------------------------------------------------------------------------------------


def candidates(folder: Path) -> list[Candidate]:
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (folder / "identity").write_text(made)
    recipient = next(line.split()[-1] for line in made.splitlines() if line.startswith("# public key"))
    identity, plain, sealed = str(folder / "identity"), str(folder / "plain"), str(folder / "sealed")
    subprocess.run(["age", "-r", recipient, "-o", sealed, plain], check=True)
    ours = [sys.executable, __file__]
    ways = [
        Candidate("age -r (seal, no hash)", ["age", "-r", recipient, plain], "seal"),
        Candidate("holdfast hash + seal", [*ours, "--seal", plain, recipient], "seal"),
        Candidate("holdfast hash + seal, one core", [*ours, "--seal", plain, recipient], "seal", one_core=True),
        Candidate("openssl dgst -sha256 (hash only)", ["openssl", "dgst", "-sha256", plain], "seal"),
        Candidate("sha256sum (hash only)", ["sha256sum", plain], "seal"),
        Candidate("age -d (open and write, no hash)", ["age", "-d", "-i", identity, sealed], "open"),
        Candidate("holdfast open + hash", [*ours, "--open", sealed, identity], "open"),
        Candidate("holdfast open + hash, one core", [*ours, "--open", sealed, identity], "open", one_core=True),
    ]
    return [way for way in ways if shutil.which(way.command[0]) is not None]


def run(mebibytes: int, repeats: int, folder: Path) -> None:
    with open(folder / "plain", "wb") as plain:
        for _ in range(mebibytes):
            plain.write(os.urandom(BLOCK))
    ways = candidates(folder)
    shutil.copy(folder / "sealed", folder / "out")
    for way in [way for _ in range(repeats) for way in ways]:
        way.run(folder / "out")
    size = mebibytes * BLOCK
    anchor = {way.against: median(way.work) for way in reversed(ways)}  # the first of each kind
    print(f"{mebibytes} MiB, {repeats} runs each in turn; medians (fastest to slowest)")
    print(f"{'':34}{'whole s':>18}{'work s':>18}{'cpu s':>7}{'GB/s':>7}{'ratio':>7}{'memory':>8}")
    for way in ways:
        whole, work = (f"{median(t):.2f} ({min(t):.2f}-{max(t):.2f})" for t in (way.whole, way.work))
        rate, ratio = size / median(way.work) / 1e9, anchor[way.against] / median(way.work)
        times = f"{whole:>18}{work:>18}{median(way.processor):>7.2f}"
        print(f"{way.title:34}{times}{rate:>7.2f}{ratio:>7.2f}{way.peak / 1e6:>5.0f} MB")


def compare() -> None:
    asked = argparse.ArgumentParser(description="How fast a file is hashed and sealed.")
    asked.add_argument("--mib", type=int, default=512, help="size of the file")
    asked.add_argument("--repeats", type=int, default=5, help="runs of each")
    asked.add_argument("--quick", action="store_true", help="a short look: 64 MiB, twice")
    asked.add_argument("--dir", default="/dev/shm" if os.access("/dev/shm", os.W_OK) else None, help="where to work")
    options = asked.parse_args()
    if shutil.which("age") is None or shutil.which("age-keygen") is None:
        raise SystemExit("This compares with the age tool, which is not installed.")
    size, repeats = (64, 2) if options.quick else (options.mib, options.repeats)
    with tempfile.TemporaryDirectory(dir=options.dir, prefix="holdfast-bench-") as folder:
        run(size, repeats, Path(folder))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--seal", source, recipient]:
            seal_file(source, recipient)
        case ["--open", source, identity_file]:
            open_file(source, identity_file)
        case _:
            compare()
