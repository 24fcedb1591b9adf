"""The script that travels in every bundle, as bytes, and its hash, as the dossier prints it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def verify_script() -> bytes:
    """`verify.py` exactly as it goes into a bundle."""
    return resources.files(__package__).joinpath("verify.py").read_bytes()


@cache
def verify_script_sha256() -> str:
    return hashlib.sha256(verify_script()).hexdigest()
