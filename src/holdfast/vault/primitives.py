"""The one seam over `cryptography`: every primitive the project uses, as a few synchronous functions of bytes.

No other file calls `cryptography`, so the same core can run over another library where this one is missing.
Failures are `TagMismatch` (authentication failed) and `ValueError` (malformed key or share); neither carries key material.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec, mlkem
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

TAG = 16
"""Bytes that ChaCha20-Poly1305 adds (RFC 8439)."""

HYBRID_SHARE = 1088 + 32
"""Bytes of an ML-KEM-768 ciphertext (FIPS 203, table 3) and of the X25519 share after it."""

_HYBRID = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SP 800-186, 3.2.1.3


class TagMismatch(Exception):
    """An authentication tag did not fit: wrong key, or changed bytes."""


def random_bytes(count: int) -> bytes:
    """`count` bytes from the system's generator. All chance in the project comes through here; tests replace it."""
    return os.urandom(count)


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104), 32 bytes."""
    return hmac.digest(key, message, "sha256")


def same_bytes(one: bytes, other: bytes) -> bool:
    """Whether two values are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def hkdf_sha256(secret: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA-256 (RFC 5869); an empty `salt` is its default salt. ValueError above 255 blocks of 32 bytes."""
    if length > 255 * 32:
        raise ValueError("HKDF-SHA-256 gives at most 8160 bytes")
    key = hmac_sha256(salt or bytes(32), secret)
    block, out = b"", b""
    for count in range(1, -(-length // 32) + 1):
        block = hmac_sha256(key, block + info + bytes((count,)))
        out += block
    return out[:length]


def scrypt(passphrase: bytes, salt: bytes, log2_cost: int) -> bytes:
    """scrypt (RFC 7914) with r = 8, p = 1, 32 bytes. Takes 2**log2_cost KiB of memory; MemoryError if there is none."""
    return Scrypt(salt=salt, length=32, n=1 << log2_cost, r=8, p=1).derive(passphrase)


class ChunkCipher:
    """ChaCha20-Poly1305 (RFC 8439) under one key, into buffers of the caller. Both calls release the interpreter lock."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def seal_into(self, nonce: bytes, plain: bytes | memoryview, out: bytearray | memoryview) -> None:
        """Write ciphertext and tag into `out`, exactly `TAG` bytes longer than `plain`."""
        self._cipher.encrypt_into(nonce, plain, None, out)

    def open(self, nonce: bytes, sealed: bytes | memoryview, about: bytes | None = None) -> bytes:
        """The plaintext, after its tag was checked. TagMismatch otherwise, also when `sealed` is shorter than a tag."""
        try:
            return self._cipher.decrypt(nonce, sealed, about)
        except InvalidTag:
            raise TagMismatch from None

    def seal(self, nonce: bytes, plain: bytes, about: bytes | None = None) -> bytes:
        """Ciphertext and tag as new bytes; `about` is authenticated with them."""
        return self._cipher.encrypt(nonce, plain, about)


# --- X25519 and the post-quantum hybrid -------------------------------------------------------------------------------


def x25519_public(secret: bytes) -> bytes:
    """Public key of a 32-byte secret (RFC 7748)."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def x25519_shared(secret: bytes, public: bytes) -> bytes:
    """Shared secret, 32 bytes. ValueError for a wrong length, or a low-order public key, whose shared secret all know."""
    try:
        return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise ValueError("this X25519 key has the wrong length or hides nothing") from None


def hybrid_open(seed: bytes, share: bytes, sealed: bytes, info: bytes) -> bytes:
    """Open an HPKE message (RFC 9180 base mode, MLKEM768-X25519, HKDF-SHA-256, ChaCha20-Poly1305, no aad).

    `seed` is the 32-byte secret key, `share` the encapsulation of `HYBRID_SHARE` bytes. ValueError for a share of another
    length or with a low-order X25519 half, TagMismatch when it was made for another key.
    """
    if len(share) != HYBRID_SHARE:
        raise ValueError(f"a hybrid share has {HYBRID_SHARE} bytes")
    # The seed is stretched by SHAKE-256 into the 64-byte ML-KEM seed and the X25519 secret (draft-ietf-hpke-pq).
    stretched = hashlib.shake_256(seed).digest(96)
    x25519_shared(stretched[64:], share[-32:])  # HPKE alone would answer a low-order half like a wrong key
    key = hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.from_seed_bytes(stretched[:64]), X25519PrivateKey.from_private_bytes(stretched[64:])
    )
    try:
        return _HYBRID.decrypt(share + sealed, key, info)
    except InvalidTag:
        raise TagMismatch from None


# --- ECDSA over P-256 -------------------------------------------------------------------------------------------------


def p256_new_key() -> bytes:
    """A fresh signing key as PKCS#8 PEM, not encrypted: seal it before it goes anywhere."""
    while True:  # rejection sampling keeps every key equally likely (FIPS 186-5, A.2.2)
        scalar = int.from_bytes(random_bytes(32), "big")
        if 1 <= scalar < _P256_ORDER:
            break
    return ec.derive_private_key(scalar, ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def p256_public_pem(secret_pem: bytes) -> bytes:
    """The public key as SubjectPublicKeyInfo PEM, as `openssl dgst -verify` takes it."""
    return (
        _p256_secret(secret_pem)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def p256_sign(secret_pem: bytes, message: bytes) -> bytes:
    """ECDSA-SHA-256 signature, DER. Deterministic (RFC 6979): same key and message, same bytes."""
    return _p256_secret(secret_pem).sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def p256_verify(public_pem: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (DER) is that key's over `message`. False for all else, a key that is no P-256 key included."""
    try:
        key = serialization.load_pem_public_key(public_pem)
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return False
    try:
        key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _p256_secret(secret_pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(secret_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 signing key")
    return key
