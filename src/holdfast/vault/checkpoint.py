"""Signed checkpoints of the log, and the one line of its head that is kept elsewhere."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from holdfast.errors import WrongUse

_ORIGIN = "holdfast/"
_BODY = re.compile(r"holdfast/([0-9a-f]{32})\n(0|[1-9][0-9]{0,9})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)")
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log's state after `size` entries. `text` is a C2SP tlog-checkpoint body; `signature` is DER over exactly that."""

    vault_id: str
    size: int
    root: bytes
    text: bytes
    signature: bytes = b""
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a printed line says: this case, this many entries, this root."""

    vault_id: str
    size: int
    root: bytes

    @property
    def line(self) -> str:
        """One line to print: id, number of entries, root in groups, and a last group that catches typing mistakes."""
        body = f"{_ORIGIN}{self.vault_id} {self.size} "
        digits = self.root.hex()
        groups = [digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)]
        return body + "-".join([*groups, _check(self.vault_id, self.size, digits)])


def checkpoint_text(vault_id: str, size: int, root: bytes, extra: tuple[str, ...] = ()) -> bytes:
    """Origin, size, root in base64; then further lines, none of them empty."""
    if any(not line or "\n" in line for line in extra):
        raise ValueError("a further line of a checkpoint is one line, and not empty")
    lines = (f"{_ORIGIN}{vault_id}", str(size), base64.b64encode(root).decode(), *extra)
    return "".join(f"{line}\n" for line in lines).encode()


def read_checkpoint(text: bytes, signature: bytes = b"") -> Checkpoint | None:
    """The checkpoint in these bytes, or None if they are none. Says nothing about the signature."""
    try:
        found = _BODY.fullmatch(text.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if not found:
        return None
    try:
        root = base64.b64decode(found[3], validate=True)
    except binascii.Error:
        return None
    if base64.b64encode(root).decode() != found[3]:
        return None
    return Checkpoint(found[1], int(found[2]), root, text, signature, tuple(found[4].splitlines()))


def read_anchor(typed: str) -> Anchor:
    """An anchor line as printed (spaces, dashes, capitals do not matter), or a checkpoint's text. Else WrongUse."""
    if (found := read_checkpoint(typed.strip().encode(errors="replace") + b"\n")) is not None:
        return Anchor(found.vault_id, found.size, found.root)
    words = typed.lower().split()
    if words and words[0].startswith(_ORIGIN) and len(words) >= 3 and words[1].isdecimal() and words[1].isascii():
        vault_id, size = words[0].removeprefix(_ORIGIN), int(words[1])
        digits = "".join(words[2:]).replace("-", "")
        if re.fullmatch(r"[0-9a-f]{68}", digits) and digits[64:] == _check(vault_id, size, digits[:64]):
            return Anchor(vault_id, size, bytes.fromhex(digits[:64]))
    raise WrongUse(
        "That is not a line from a kit or a dossier: a letter is mistyped or missing.",
        next_step="Compare it with the paper letter by letter, then try again.",
    )


def fingerprint(public_pem: bytes) -> str:
    """SHA-256 of the public key (SubjectPublicKeyInfo, DER) in 16 groups of 4 hex digits. Empty if it is no PEM."""
    lines = [line for line in public_pem.splitlines() if line and not line.startswith(b"-----")]
    try:
        der = base64.b64decode(b"".join(lines), validate=True)
    except binascii.Error:
        return ""
    digits = sha256(der).hexdigest()
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)) if der else ""


def _check(vault_id: str, size: int, digits: str) -> str:
    return sha256(f"{vault_id} {size} {digits}".encode()).hexdigest()[:_GROUP]
