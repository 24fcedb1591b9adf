"""Fetches what the inner ring needs for every other Python on this machine, so that `make test` can run the ring on each.

One folder per version under `.cache/ring/`; the versions found are listed in `.cache/ring/pythons`. A version that cannot
be served is left out, and the test of the ring skips it by name.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RING = ROOT / ".cache" / "ring"
REQUIREMENTS = ROOT / "requirements" / "inner.txt"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def main() -> None:
    RING.mkdir(parents=True, exist_ok=True)
    fingerprint = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    lines = []
    for version in VERSIONS:
        python = interpreter(version)
        if python is None:
            continue
        packages = RING / version
        stamp = packages / fingerprint
        if not stamp.exists():
            shutil.rmtree(packages, ignore_errors=True)
            if not fetch(version, packages):
                continue
            stamp.touch()
        lines.append(f"{version}\t{python}\t{packages}\n")
    (RING / "pythons").write_text("".join(lines))


def interpreter(version: str) -> str | None:
    """A Python of that version that starts: on PATH, or where pyenv keeps them."""
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for candidate in (shutil.which(f"python{version}"), *map(str, kept)):
        if candidate is None:
            continue
        asked = "import sys; print('%d.%d' % sys.version_info[:2])"
        answer = subprocess.run([candidate, "-c", asked], capture_output=True, text=True, check=False)
        if answer.stdout.strip() == version:
            return candidate
    return None


def fetch(version: str, packages: Path) -> bool:
    uv = shutil.which("uv")  # an environment made by uv holds no pip
    install = [uv, "pip", "install"] if uv else [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    for_it = ["--target", str(packages), "--python-version", version, "--only-binary", ":all:"]
    command = [*install, "--quiet", *for_it, "--require-hashes", "-r", str(REQUIREMENTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"  (Python {version}: {(done.stderr.strip().splitlines() or ['?'])[-1]})", file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    main()
