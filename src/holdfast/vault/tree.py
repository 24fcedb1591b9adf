"""The tree over the log, as in RFC 6962 (Certificate Transparency), section 2.1: one entry can be shown without the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry's bytes: 0x00 before it, so that no node can pass for an entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree that keeps one hash for each full subtree: adding is cheap, the root costs at most 64 hashes."""

    __slots__ = ("_full", "size")

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._full: list[bytes] = []
        self.size = 0
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        waiting, node = self.size, leaf
        while waiting & 1:
            node = node_hash(self._full.pop(), node)
            waiting >>= 1
        self._full.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Merkle tree hash of all leaves; SHA-256 of nothing for an empty tree."""
        if not self._full:
            return sha256(b"").digest()
        node = self._full[-1]
        for left in reversed(self._full[:-1]):
            node = node_hash(left, node)
        return node


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Hashes that lead from leaf `index` (from 0) to the root, lowest first (RFC 6962, 2.1.1)."""
    if len(leaves) <= 1:
        return []
    half = _split(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), Tree(leaves[half:]).root()]
    return [*inclusion_proof(leaves[half:], index - half), Tree(leaves[:half]).root()]


def root_from_proof(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root this proof leads to, to compare with a signed one. None if it has the wrong length (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, place, last = leaf, index, size - 1
    for step in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            node = node_hash(node, step)
        place >>= 1
        last >>= 1
    return node if last == 0 else None


def _split(size: int) -> int:
    """Largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
