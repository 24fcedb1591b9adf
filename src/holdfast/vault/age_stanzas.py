"""Keys and passphrases: who an age file is sealed to and who opens it. X25519, scrypt; the post-quantum hybrid read only.

Format: C2SP age specification, "Recipient types" (https://age-encryption.org/v1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from holdfast.vault import bech32, primitives
from holdfast.vault.age_errors import BadKey, HeaderFailure
from holdfast.vault.age_header import FILE_KEY, Stanza, decoded, unpadded
from holdfast.vault.primitives import ChunkCipher, TagMismatch

WORK_FACTOR = 18
"""log2 of scrypt's cost for what we write: 256 MiB, about 0.6 s."""
MAX_WORK_FACTOR = 22
"""Highest cost opened, as the age tool does: 4 GiB. More would let a file's maker stop our machine."""

_X25519_INFO = b"age-encryption.org/v1/X25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_ONCE = bytes(12)  # the wrapping key is fresh for each stanza, so its nonce may be fixed
_DECIMAL = re.compile(rb"[1-9][0-9]{0,2}")


class Opener(Protocol):
    """Whoever may open a file: `file_key` is the 16-byte key, or None when no stanza is for it."""

    def file_key(self, stanzas: Sequence[Stanza]) -> bytes | None: ...


class Recipient:
    """A public X25519 key, `age1...`: may seal, cannot open."""

    __slots__ = ("public",)

    def __init__(self, public: bytes) -> None:
        """BadKey for a point that would make the file readable by everybody."""
        try:
            primitives.x25519_shared(bytes(32), public)
        except ValueError:
            raise BadKey("this recipient is not a usable key") from None
        self.public = public

    @classmethod
    def parse(cls, text: str) -> Recipient:
        """From `age1...`, lower case as written. BadKey if it is anything else."""
        return cls(_key(text, "age", upper=False))

    def encode(self) -> str:
        return bech32.encode("age", self.public)

    __str__ = encode

    def __repr__(self) -> str:
        return f"Recipient({self.encode()})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and other.public == self.public

    def __hash__(self) -> int:
        return hash(self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        ephemeral = primitives.random_bytes(32)
        share = primitives.x25519_public(ephemeral)
        shared = primitives.x25519_shared(ephemeral, self.public)
        key = primitives.hkdf_sha256(shared, share + self.public, _X25519_INFO)
        return Stanza((b"X25519", unpadded(share)), ChunkCipher(key).seal(_ONCE, file_key))


class Identity:
    """A secret X25519 key, `AGE-SECRET-KEY-1...`. Shown, it gives only its public half; `encode` gives the secret."""

    __slots__ = ("_secret", "recipient")

    recipient: Recipient

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.recipient = Recipient(primitives.x25519_public(secret))

    @classmethod
    def generate(cls) -> Identity:
        return cls(primitives.random_bytes(32))

    @classmethod
    def parse(cls, text: str) -> Identity:
        """From `AGE-SECRET-KEY-1...`, capitals as written. BadKey, without the text in it, if it is anything else."""
        return cls(_key(text, "age-secret-key-", upper=True))

    def encode(self) -> str:
        """The secret as text. Only for the kit and for sealing."""
        return bech32.encode("age-secret-key-", self._secret).upper()

    def __repr__(self) -> str:
        return f"<Identity of {self.recipient}>"

    def file_key(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in stanzas:
            if stanza.args[0] != b"X25519":
                continue
            share = _share(stanza, 1, 32)
            try:
                shared = primitives.x25519_shared(self._secret, share)
            except ValueError:
                raise HeaderFailure("an X25519 share is a point that hides nothing") from None
            key = primitives.hkdf_sha256(shared, share + self.recipient.public, _X25519_INFO)
            if (found := _unwrapped(key, stanza)) is not None:
                return found
        return None


class PqIdentity:
    """A post-quantum hybrid secret key, `AGE-SECRET-KEY-PQ-1...` (ML-KEM-768 with X25519). Opens; we do not write it yet."""

    __slots__ = ("_seed",)

    def __init__(self, seed: bytes) -> None:
        self._seed = seed

    @classmethod
    def parse(cls, text: str) -> PqIdentity:
        """From `AGE-SECRET-KEY-PQ-1...`, capitals as written. BadKey, without the text in it, if it is anything else."""
        return cls(_key(text, "age-secret-key-pq-", upper=True))

    def __repr__(self) -> str:
        return "<PqIdentity>"

    def file_key(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in stanzas:
            if stanza.args[0] != b"mlkem768x25519":
                continue
            share = _share(stanza, 1, primitives.HYBRID_SHARE)
            try:
                return primitives.hybrid_open(self._seed, share, stanza.body, _HYBRID_INFO)
            except ValueError:
                raise HeaderFailure("a hybrid share is a point that hides nothing") from None
            except TagMismatch:
                continue
        return None


class Passphrase:
    """A passphrase, to seal or to open. `work_factor` (log2 of the cost) is for sealing; opening takes what the file says."""

    __slots__ = ("_secret", "work_factor")

    def __init__(self, secret: bytes, work_factor: int = WORK_FACTOR) -> None:
        if not secret or not 1 <= work_factor <= MAX_WORK_FACTOR:
            raise ValueError(f"a passphrase is not empty, its work factor 1 to {MAX_WORK_FACTOR}")
        self._secret = secret
        self.work_factor = work_factor

    def __repr__(self) -> str:
        return f"<Passphrase, work factor {self.work_factor}>"

    def wrap(self, file_key: bytes) -> Stanza:
        salt = primitives.random_bytes(16)
        key = primitives.scrypt(self._secret, _SCRYPT_LABEL + salt, self.work_factor)
        return Stanza((b"scrypt", unpadded(salt), b"%d" % self.work_factor), ChunkCipher(key).seal(_ONCE, file_key))

    def file_key(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in stanzas:
            if stanza.args[0] != b"scrypt":
                continue
            salt = _share(stanza, 2, 16)
            written = stanza.args[2]
            if not _DECIMAL.fullmatch(written) or int(written) > MAX_WORK_FACTOR:
                raise HeaderFailure("a passphrase stanza asks for a work factor that is not allowed")
            return _unwrapped(primitives.scrypt(self._secret, _SCRYPT_LABEL + salt, int(written)), stanza)
        return None


def parse_identities(text: str) -> tuple[Identity | PqIdentity, ...]:
    """Keys of an identity file: one a line, empty lines and lines from `#` left out. BadKey if there is none."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys:
        raise BadKey("there is no identity in this file")
    return tuple(PqIdentity.parse(key) if key.startswith("AGE-SECRET-KEY-PQ-") else Identity.parse(key) for key in keys)


def _key(text: str, name: str, *, upper: bool) -> bytes:
    try:
        found, content = bech32.decode(text)
    except ValueError as error:
        raise BadKey(f"this key {error}") from None
    if found != name or len(content) != 32 or text != (text.upper() if upper else text.lower()):
        raise BadKey("this is not the kind of key that is needed here")
    return content


def _share(stanza: Stanza, arguments: int, length: int) -> bytes:
    """The first argument after the type, decoded. Lengths are measured here, before anything is opened with them."""
    if len(stanza.args) != arguments + 1:
        raise HeaderFailure("a stanza has the wrong number of arguments")
    if len(stanza.body) != FILE_KEY + primitives.TAG:
        raise HeaderFailure("a wrapped file key has the wrong length")
    share = decoded(stanza.args[1])
    if len(share) != length:
        raise HeaderFailure("a share or salt has the wrong length")
    return share


def _unwrapped(key: bytes, stanza: Stanza) -> bytes | None:
    try:
        return ChunkCipher(key).open(_ONCE, stanza.body)
    except TagMismatch:
        return None
