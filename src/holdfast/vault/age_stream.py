"""The payload of an age v1 file: chunks of 64 KiB under ChaCha20-Poly1305, numbered, the last one marked.

Format: C2SP age specification, "Payload" (https://age-encryption.org/v1).
"""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.vault.age_errors import PayloadFailure
from holdfast.vault.age_header import FILE_KEY
from holdfast.vault.age_input import Inflow
from holdfast.vault.primitives import TAG, ChunkCipher, TagMismatch, hkdf_sha256

CHUNK = 64 * 1024
SEALED_CHUNK = CHUNK + TAG
NONCE = FILE_KEY
"""Bytes of the payload's own nonce, in front of the first chunk."""


def payload_cipher(file_key: bytes, nonce: bytes) -> ChunkCipher:
    return ChunkCipher(hkdf_sha256(file_key, nonce, b"payload"))


def chunk_nonce(number: int, last: bool) -> bytes:
    """12 bytes: an 11-byte big-endian counter from 0, then 1 for the last chunk, else 0."""
    return (number << 8 | last).to_bytes(12, "big")


def plain_size(payload: int) -> int:
    """Plaintext bytes in a payload of that many bytes (its nonce not counted). PayloadFailure if no payload is that long."""
    whole, rest = divmod(payload, SEALED_CHUNK)
    if (0 < rest <= TAG and whole) or payload < TAG:
        raise PayloadFailure("the content is cut off")
    return payload - TAG * (whole + (rest > 0))


def opened_chunks(inflow: Inflow, cipher: ChunkCipher) -> Iterator[bytes]:
    """Plaintext, chunk by chunk, each after its tag was checked. PayloadFailure at the first that is not as written.

    A caller has the whole plaintext only when the iterator ends without an error.
    """
    number = 0
    while True:
        sealed = inflow.take(SEALED_CHUNK)
        if not sealed:
            raise PayloadFailure("the content is cut off: its last part is missing")
        last = len(sealed) < SEALED_CHUNK
        try:
            plain = cipher.open(chunk_nonce(number, last), sealed)
        except TagMismatch:
            if last:
                raise PayloadFailure(f"chunk {number} was changed or cut off") from None
            last = True  # a last chunk may be full
            try:
                plain = cipher.open(chunk_nonce(number, last), sealed)
            except TagMismatch:
                raise PayloadFailure(f"chunk {number} was changed") from None
        if last and not plain and number:
            raise PayloadFailure("the last chunk is empty")
        yield plain
        if last:
            break
        number += 1
    if inflow.take(1):
        raise PayloadFailure("something was added after the last chunk")
