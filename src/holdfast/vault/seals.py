"""Checking the signed checkpoints of a log against what the log holds now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from holdfast.errors import Damaged
from holdfast.vault.checkpoint import Checkpoint, checkpoint_text, read_checkpoint
from holdfast.vault.layout import seal_name, seal_of
from holdfast.vault.primitives import p256_verify
from holdfast.vault.store import Store, read_or_nothing
from holdfast.vault.tree import Tree

SHORTEST_SIGNATURE = 64
"""A P-256 signature in DER has 70 to 72 bytes; each byte fewer is 256 times rarer. What is shorter than this was cut off."""


def is_finished(store: Store, size: int) -> bool:
    """Whether there is a whole signature over `size` entries: it is written last. Says nothing about it being right."""
    return len(content_of(store, seal_name(size, "sig"))) >= SHORTEST_SIGNATURE


def content_of(store: Store, name: str) -> bytes:
    """A checkpoint's file; b"" if it is missing, empty or all zeros, as an interruption leaves it."""
    content = read_or_nothing(store, name)
    return content if content.strip(b"\0") else b""


def sealed_sizes(store: Store) -> list[int]:
    """Sizes for which there is a checkpoint's text or signature, smallest first."""
    return sorted({found[0] for name in store.list("seal/") if (found := seal_of(name))})


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The tree's root after each of these numbers of entries, as far as there are leaves."""
    wanted, tree = set(sizes), Tree()
    found = {0: tree.root()} if 0 in wanted else {}
    for leaf in leaves:
        tree.add(leaf)
        if tree.size in wanted:
            found[tree.size] = tree.root()
    return found


def checkpoint_damage(
    store: Store,
    sizes: Iterable[int],
    *,
    vault_id: str,
    signer: bytes,
    roots: Mapping[int, bytes],
    promised: Iterable[int],
    entries: int,
) -> Iterator[Damaged]:
    """What is wrong with the checkpoints at `sizes` (listed before the log was read).

    `promised` are the sizes later entries say were finished: those must be there.
    One that nothing relied on yet and that an interruption left without a whole signature is no damage.
    """
    must_be_there = set(promised) - {0}
    for size in sorted(must_be_there | set(sizes)):
        text_name, signature_name = seal_name(size, "txt"), seal_name(size, "sig")
        finished = is_finished(store, size)  # asked first: the signature is written last
        text, signature = content_of(store, text_name), content_of(store, signature_name)
        if not finished:
            if size in must_be_there:
                yield Damaged(signature_name, "the file is missing or cut off")
            if size in must_be_there and not text:
                yield Damaged(text_name, "the file is missing or cut off")
            continue
        found = read_checkpoint(text)
        signed = p256_verify(signer, text, signature)
        if found is None or found.vault_id != vault_id or found.size != size:
            yield Damaged(text_name, "it is not this log's checkpoint")
        elif size > entries:
            yield Damaged(text_name, f"it covers {size} entries, but the log has only {entries}")
        elif size in roots and found.root != roots[size]:
            yield Damaged(text_name, "it does not fit the entries")
        elif not signed:
            own = checkpoint_text(vault_id, size, found.root)
            yield Damaged(signature_name if text == own else text_name, "the signature does not fit")


def unfinished_checkpoints(store: Store, sizes: Iterable[int], promised: Iterable[int]) -> list[str]:
    """Checkpoints without a whole signature that nothing relies on: an interruption leaves such."""
    doubtful = sorted(set(sizes) - set(promised))
    return [seal_name(size, "sig") for size in doubtful if not is_finished(store, size)]


def signed_checkpoint(store: Store, size: int, signer: bytes) -> Checkpoint | None:
    """The checkpoint over `size` entries, if it is there and its signature fits."""
    text, signature = content_of(store, seal_name(size, "txt")), content_of(store, seal_name(size, "sig"))
    if not text or not signature or not p256_verify(signer, text, signature):
        return None
    return read_checkpoint(text, signature)
