"""The log's tree, its signed checkpoints, and what openssl says of them."""

from __future__ import annotations

import base64
import subprocess
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.errors import WrongUse
from holdfast.vault import FolderStore, read_anchor
from holdfast.vault.checkpoint import Anchor, checkpoint_text, read_checkpoint
from holdfast.vault.tree import Tree, inclusion_proof, leaf_hash, node_hash, root_from_proof

# Leaves and roots of the reference implementation of Certificate Transparency (RFC 6962), as its unit tests state them.
REFERENCE_LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
REFERENCE_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(plain_root(leaves[:half]), plain_root(leaves[half:]))


@pytest.mark.parametrize("size", REFERENCE_ROOTS)
def test_the_reference_roots(size):
    tree = Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in REFERENCE_LEAVES[:size])
    assert tree.root().hex() == REFERENCE_ROOTS[size]


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_the_growing_tree_is_the_plain_one(entries):
    leaves = [leaf_hash(entry) for entry in entries]
    assert Tree(leaves).root() == plain_root(leaves)


@given(st.integers(1, 70), st.data())
def test_every_entry_can_be_shown_alone(size, data):
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(leaves, index), Tree(leaves).root()
    assert root_from_proof(leaves[index], index, size, proof) == root
    assert root_from_proof(leaf_hash(b"other"), index, size, proof) != root
    assert root_from_proof(leaves[index], index, size, [*proof, root]) is None
    if proof:
        assert root_from_proof(leaves[index], index, size, proof[:-1]) != root
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert root_from_proof(leaves[index], other, size, proof) != root


def test_checkpoints_are_what_they_say(case, memory):
    vault = case.filled(memory)
    checkpoint = vault.checkpoint()
    origin, size, root = checkpoint.text.decode().splitlines()
    assert origin == f"holdfast/{vault.id}"
    assert int(size) == len(vault.log()) == 7
    assert base64.b64decode(root) == plain_root([leaf_hash(vault.entry_bytes(seq)) for seq in range(1, 8)])
    assert read_checkpoint(checkpoint.text) is not None
    for seq in range(1, 8):
        leaf, proof = leaf_hash(vault.entry_bytes(seq)), vault.inclusion_proof(seq)
        assert root_from_proof(leaf, seq - 1, 7, proof) == base64.b64decode(root)


def test_further_lines_are_signed_with_the_rest(case, memory):
    vault = case.new(memory)
    with vault.batch():
        vault.record("custody", "export")
        checkpoint = vault.checkpoint(("export-tagmanifest-sha256 " + "0" * 64,))
    assert checkpoint.text.endswith(b"0\n")
    assert memory.files["seal/00000003.txt"] == checkpoint.text
    assert vault.checkpoint() == checkpoint
    with pytest.raises(ValueError, match="one line"):
        checkpoint_text(vault.id, 1, bytes(32), ("a\nb",))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + b"\n",
        lambda text: text.replace(b"\n7\n", b"\n07\n"),
        lambda text: text.replace(b"holdfast/", b"holdfast "),
        lambda text: text.replace(b"=", b""),
        lambda text: text + b"\xff\n",
        lambda text: b"",
    ],
)
def test_other_bytes_are_no_checkpoint(change):
    text = checkpoint_text("ab" * 16, 7, bytes(32))
    assert read_checkpoint(text) is not None
    assert read_checkpoint(change(text)) is None


def openssl_accepts(folder, text: str, signature: str) -> bool:
    command = ["openssl", "dgst", "-sha256", "-verify", "signer.pub", "-signature", signature, text]
    return subprocess.run(command, cwd=folder / "seal", capture_output=True, check=False).returncode == 0


def test_openssl_accepts_every_checkpoint_and_no_other(case, folder):
    case.filled(FolderStore(folder))
    texts = sorted(path.name for path in (folder / "seal").glob("*.txt"))
    assert len(texts) == 6
    for text in texts:
        assert openssl_accepts(folder, text, text.replace(".txt", ".sig"))
    assert not openssl_accepts(folder, texts[0], texts[1].replace(".txt", ".sig"))


def test_the_fingerprint_is_what_openssl_says(case, folder):
    vault = case.new(FolderStore(folder))
    command = ["openssl", "pkey", "-pubin", "-in", "signer.pub", "-outform", "DER"]
    der = subprocess.run(command, cwd=folder / "seal", capture_output=True, check=True).stdout
    assert vault.fingerprint.replace(" ", "") == sha256(der).hexdigest()


@given(st.binary(min_size=16, max_size=16), st.integers(0, 10**8), st.binary(min_size=32, max_size=32), st.data())
def test_an_anchor_line_survives_typing_but_no_slip(vault_id, size, root, data):
    anchor = Anchor(vault_id.hex(), size, root)
    assert "\n" not in anchor.line
    assert read_anchor(f"  {anchor.line.replace('-', ' ')}\n") == anchor
    place = data.draw(st.integers(len("holdfast/"), len(anchor.line) - 1))
    slip = data.draw(st.sampled_from("0123456789abcdef"))
    if anchor.line[place] not in f"{slip}- ":
        try:
            # One slip in 65,536 may pass for right; it is then another anchor, and does not match.
            assert read_anchor(anchor.line[:place] + slip + anchor.line[place + 1 :]) != anchor
        except WrongUse:
            return


@pytest.mark.parametrize("typed", ["", "holdfast/", "holdfast/ab 1 cd", "something else", "holdfast/x ² ab"])
def test_other_text_is_no_anchor(typed):
    with pytest.raises(WrongUse):
        read_anchor(typed)
