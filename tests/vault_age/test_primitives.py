"""The primitives against vectors nobody here wrote, and against OpenSSL's own tool."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

import holdfast
from holdfast.vault import primitives
from holdfast.vault.primitives import ChunkCipher, TagMismatch


def cases(corpora: Path, name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each test of a Wycheproof file with its group; the file's own count must be reached."""
    content = json.loads((corpora / "wycheproof" / f"{name}_test.json").read_text())
    seen = 0
    for group in content["testGroups"]:
        for case in group["tests"]:
            seen += 1
            yield group, case
    assert seen == content["numberOfTests"] > 0


def unhex(case: dict[str, Any], *keys: str) -> list[bytes]:
    return [bytes.fromhex(case[key]) for key in keys]


def test_chacha20_poly1305(corpora: Path) -> None:
    refused = 0
    for group, case in cases(corpora, "chacha20_poly1305"):
        key, nonce, about, plain, sealed, tag = unhex(case, "key", "iv", "aad", "msg", "ct", "tag")
        cipher = ChunkCipher(key)
        if case["result"] == "valid":
            assert cipher.open(nonce, sealed + tag, about) == plain, case["tcId"]
            assert cipher.seal(nonce, plain, about) == sealed + tag, case["tcId"]
        else:
            refused += 1
            with pytest.raises(TagMismatch if group["ivSize"] == 96 else ValueError):
                cipher.open(nonce, sealed + tag, about)
    assert refused > 30


def test_sealing_into_a_buffer_gives_the_same_bytes() -> None:
    cipher, plain, out = ChunkCipher(bytes(32)), bytes(range(100)), bytearray(116)
    cipher.seal_into(bytes(12), plain, out)
    assert bytes(out) == cipher.seal(bytes(12), plain)


def test_x25519(corpora: Path) -> None:
    for _, case in cases(corpora, "x25519"):
        public, secret, shared = unhex(case, "public", "private", "shared")
        if any(shared):
            assert primitives.x25519_shared(secret, public) == shared, case["tcId"]
        else:  # the vectors call these "acceptable"; the age format does not
            with pytest.raises(ValueError, match="hides nothing"):
                primitives.x25519_shared(secret, public)


def test_hkdf(corpora: Path) -> None:
    for _, case in cases(corpora, "hkdf_sha256"):
        secret, salt, info, expected = unhex(case, "ikm", "salt", "info", "okm")
        if case["result"] == "valid":
            assert primitives.hkdf_sha256(secret, salt, info, case["size"]) == expected, case["tcId"]
        else:
            with pytest.raises(ValueError, match="at most"):
                primitives.hkdf_sha256(secret, salt, info, case["size"])


def test_p256_verification(corpora: Path) -> None:
    for group, case in cases(corpora, "ecdsa_secp256r1_sha256"):
        message, signature = unhex(case, "msg", "sig")
        valid = primitives.p256_verify(group["publicKeyPem"].encode(), message, signature)
        assert valid == (case["result"] == "valid"), case["tcId"]


def test_scrypt_agrees_with_rfc_7914_and_with_the_standard_library() -> None:
    # RFC 7914, section 12, third vector (r = 8, p = 1); ours are its first 32 bytes.
    expected = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    assert primitives.scrypt(b"pleaseletmein", b"SodiumChloride", 14).hex() == expected
    assert primitives.scrypt(b"x", b"y", 10) == hashlib.scrypt(b"x", salt=b"y", n=1024, r=8, p=1, dklen=32)


def test_signatures_are_the_ones_of_rfc_6979() -> None:
    # RFC 6979, A.2.5, P-256 with SHA-256.
    secret = ec.derive_private_key(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, ec.SECP256R1())
    pem = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    sample = primitives.p256_sign(pem, b"sample").hex()
    assert "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" in sample
    assert "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8" in sample
    test = primitives.p256_sign(pem, b"test").hex()
    assert "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367" in test
    assert "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083" in test


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl tool is not here")
def test_openssl_verifies_what_we_sign(tmp_path: Path) -> None:
    secret = primitives.p256_new_key()
    (tmp_path / "signer.pub").write_bytes(primitives.p256_public_pem(secret))
    (tmp_path / "signature").write_bytes(primitives.p256_sign(secret, b"the head of a log\n"))

    def verdict(message: bytes) -> bytes:
        (tmp_path / "message").write_bytes(message)
        command = ["openssl", "dgst", "-sha256", "-verify", "signer.pub", "-signature", "signature", "message"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.strip()

    assert verdict(b"the head of a log\n") == b"Verified OK"
    assert verdict(b"the head of another log\n") == b"Verification failure"


def test_only_p256_keys_sign_and_verify() -> None:
    def pem(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
        plain = serialization.NoEncryption()
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        public = serialization.PublicFormat.SubjectPublicKeyInfo
        return secret, key.public_key().public_bytes(serialization.Encoding.PEM, public)

    other_curve = ec.generate_private_key(ec.SECP384R1())
    for key in (ed25519.Ed25519PrivateKey.generate(), other_curve):
        secret, public = pem(key)
        with pytest.raises(ValueError, match="P-256"):
            primitives.p256_sign(secret, b"")
        assert not primitives.p256_verify(public, b"", b"")
    _, public = pem(other_curve)
    signed_by_other = other_curve.sign(b"m", ec.ECDSA(hashes.SHA256()))
    assert not primitives.p256_verify(public, b"m", signed_by_other)
    for nonsense in (b"", b"-----BEGIN PUBLIC KEY-----\n", b"\xff" * 40):
        assert not primitives.p256_verify(nonsense, b"m", signed_by_other)


def test_all_chance_comes_through_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(primitives, "random_bytes", lambda count: b"\x07" * count)
    assert primitives.p256_new_key() == primitives.p256_new_key()
    monkeypatch.undo()
    assert primitives.p256_new_key() != primitives.p256_new_key()


def test_a_signing_key_outside_the_group_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([bytes(32), b"\xff" * 32, b"\x01" * 32])
    monkeypatch.setattr(primitives, "random_bytes", lambda _count: next(drawn))
    key = serialization.load_pem_private_key(primitives.p256_new_key(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert key.private_numbers().private_value == int.from_bytes(b"\x01" * 32)


def test_no_other_file_of_the_project_calls_the_library() -> None:
    root = Path(holdfast.__file__).parent
    calls = re.compile(r"^\s*(from|import) cryptography\b", re.MULTILINE)
    found = [str(path.relative_to(root)) for path in root.rglob("*.py") if calls.search(path.read_text("utf-8"))]
    assert found == ["vault/primitives.py"]
