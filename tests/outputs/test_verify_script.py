"""The arithmetic in verify.py, against vectors made to break it and against the vault's own library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.outputs import verify
from holdfast.vault.primitives import p256_public_pem, p256_sign, p256_verify
from holdfast.vault.tree import Tree


def test_ecdsa_on_the_wycheproof_vectors(corpora: Path) -> None:
    suite = json.loads((corpora / "wycheproof" / "ecdsa_secp256r1_sha256_test.json").read_text())
    for group in suite["testGroups"]:
        pem = group["publicKeyPem"].encode()
        pem = pem if pem.endswith(b"\n") else pem + b"\n"
        key = verify.public_key(pem)
        assert key.hex() == group["publicKeyDer"]
        for case in group["tests"]:
            signature, message = bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
            fits = verify.ecdsa_fits(key, signature, message)
            assert fits == (case["result"] == "valid"), case
            assert fits == p256_verify(pem, message, signature), case


@settings(max_examples=10, deadline=None)
@given(message=st.binary(max_size=200))
def test_every_signature_of_ours_fits_and_fits_nothing_else(signing_key: bytes, message: bytes) -> None:
    key = verify.public_key(p256_public_pem(signing_key))
    signature = p256_sign(signing_key, message)
    assert verify.ecdsa_fits(key, signature, message)
    assert not verify.ecdsa_fits(key, signature, message + b"x")


@pytest.mark.parametrize("change", [b"\n", b" ", b"-----BEGIN PUBLIC KEY-----\n"])
def test_a_key_is_written_down_in_one_way_only(signing_key: bytes, change: bytes) -> None:
    pem = p256_public_pem(signing_key)
    with pytest.raises(verify.Damaged):
        verify.public_key(pem + change)
    with pytest.raises(verify.Damaged):
        verify.public_key(change + pem)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_the_root_is_the_vaults(leaves: list[bytes]) -> None:
    assert verify.tree_root(leaves) == Tree(leaves).root()
