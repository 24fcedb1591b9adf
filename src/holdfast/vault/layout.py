"""Names of the files of a case. `docs/vault-format.md` is this page for people outside."""

from __future__ import annotations

import re

MARK = "VAULT"
INDEX = "index.db"
LOCK = "lock"
SIGNER = "seal/signer.pub"
SIGNING_KEY = "keys/sign-1.age"

_LOG = re.compile(r"log/(\d{8})\.age")
_SEAL = re.compile(r"seal/(\d{8})\.(txt|sig)")
_SLOT = re.compile(r"keys/(pass|kit|person)-([0-9a-f]+)\.age")
_OBJECT = re.compile(r"objects/([0-9a-f]{2})/(\1[0-9a-f]{30})\.age")


def log_name(seq: int) -> str:
    """Entries are numbered from 1."""
    return f"log/{seq:08}.age"


def seal_name(size: int, kind: str) -> str:
    """`kind` is txt, sig, tsr, ...; `size` is how many entries the checkpoint covers."""
    return f"seal/{size:08}.{kind}"


def object_name(object_id: str) -> str:
    return f"objects/{object_id[:2]}/{object_id}.age"


def slot_name(kind: str, number: int) -> str:
    """`kind` is pass or kit."""
    return f"keys/{kind}-{number}.age"


def seq_of(name: str) -> int | None:
    """Number of a log file, or None if it is no log file's name."""
    found = _LOG.fullmatch(name)
    return int(found[1]) if found else None


def slot_of(name: str) -> tuple[str, str] | None:
    """Kind (pass, kit or person) and number of a key slot's file, or None. A copy somebody made beside it is none."""
    found = _SLOT.fullmatch(name)
    return (found[1], found[2]) if found else None


def seal_of(name: str) -> tuple[int, str] | None:
    """Size and kind (txt or sig) of a checkpoint's file, or None."""
    found = _SEAL.fullmatch(name)
    return (int(found[1]), found[2]) if found else None


def id_of(name: str) -> str | None:
    """Object id of an object's file, or None."""
    found = _OBJECT.fullmatch(name)
    return found[2] if found else None
