"""Brings what Holdfast needs into this checkout, whatever this machine has: uv, else venv, else pip alone.

    python3 tools/bring.py run      what the program needs
    python3 tools/bring.py test     that, and what its tests and checks need

Everything lands in `.venv/` and nowhere else. Only the standard library is used, because nothing else is there yet.
Versions and hashes come from `requirements/`, so the same bytes arrive everywhere. Doing it twice does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = HOME / ("Scripts/python.exe" if WINDOWS else "bin/python")
# Where systems keep the certificates they trust; a local certificate authority is installed there and not in pip's own list.
SYSTEM_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/ca-certificates/cert.pem",
)
NOTHING_WORKS = (
    "Holdfast needs to fetch its parts once, and could not: this Python has neither `venv` nor `pip`, or the packages could "
    "not be reached. Install one of them (Debian and Ubuntu: apt install python3-venv), check the connection, and try again."
)


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):
        print(f"Holdfast needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    requirements = ROOT / "requirements" / f"{wanted}.txt"
    stamp = HOME / f"brought-{wanted}"
    fingerprint = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return 0
    reasons = []
    for way in (with_uv, with_venv, with_pip_alone):
        reason = attempt(way, requirements)
        if reason is None:
            put_holdfast_on_the_path()
            stamp.write_text(fingerprint)
            return 0
        reasons.append(f"  {way.__doc__}: {reason}")
    print(NOTHING_WORKS, *reasons, sep="\n", file=sys.stderr)
    return 1


class NotHere(Exception):
    """The tool a way needs is not on this machine: trying that way twice helps nobody."""


def attempt(way: Callable[[Path, dict[str, str]], None], requirements: Path) -> str | None:
    """Why this way did not work, or None when it did. Each is tried as it is, then with the system's certificates."""
    reason = ""
    for environment in certificate_settings():
        try:
            way(requirements, environment)
        except NotHere as missing:
            return str(missing)
        except OSError as error:
            reason = str(error)[:200]
        else:
            return None
    return reason


def certificate_settings() -> list[dict[str, str]]:
    """The environment as it is, then with the system's own certificates named for pip and uv."""
    plain = dict(os.environ)
    known = [os.environ.get("SSL_CERT_FILE"), ssl.get_default_verify_paths().cafile, *SYSTEM_CERTIFICATES]
    bundle = next((path for path in known if path and Path(path).is_file()), None)
    if bundle is None:
        return [plain]
    return [plain, {**plain, "PIP_CERT": bundle, "SSL_CERT_FILE": bundle, "UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1"}]


def with_uv(requirements: Path, environment: dict[str, str]) -> None:
    """uv"""
    uv = shutil.which("uv")
    if uv is None:
        raise NotHere("uv is not on this machine")
    call([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(HOME)], environment)
    call([uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(requirements)], environment)


def with_venv(requirements: Path, environment: dict[str, str]) -> None:
    """python3 -m venv"""
    if not (PYTHON.exists() and (HOME / "pyvenv.cfg").exists()):
        shutil.rmtree(HOME, ignore_errors=True)
        call([sys.executable, "-m", "venv", str(HOME)], environment)
    call([str(PYTHON), "-m", "pip", "install", *QUIET, "--require-hashes", "-r", str(requirements)], environment)


def with_pip_alone(requirements: Path, environment: dict[str, str]) -> None:
    """pip alone"""
    shutil.rmtree(HOME, ignore_errors=True)
    packages = HOME / "packages"
    target = ["--target", str(packages), "--upgrade"]
    call([sys.executable, "-m", "pip", "install", *QUIET, *target, "--require-hashes", "-r", str(requirements)], environment)
    if WINDOWS:
        raise NotHere("on Windows this needs `venv`")
    PYTHON.parent.mkdir(parents=True, exist_ok=True)
    PYTHON.write_text(f'#!/bin/sh\nPYTHONPATH="{packages}:{ROOT / "src"}" exec "{sys.executable}" "$@"\n')
    PYTHON.chmod(0o755)


QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")


def put_holdfast_on_the_path() -> None:
    """Makes `.venv/bin/holdfast` and `import holdfast` work without building a package."""
    if (HOME / "pyvenv.cfg").exists():
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = subprocess.run([str(PYTHON), "-c", where], check=True, capture_output=True, text=True).stdout.strip()
        (Path(site) / "holdfast-checkout.pth").write_text(f"{ROOT / 'src'}\n")
    if WINDOWS:
        (HOME / "Scripts" / "holdfast.cmd").write_text(f'@"{PYTHON}" -m holdfast %*\r\n')
        return
    command = HOME / "bin" / "holdfast"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m holdfast "$@"\n')
    command.chmod(0o755)


def call(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise OSError(said[-1] if said else f"{command[0]} ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
