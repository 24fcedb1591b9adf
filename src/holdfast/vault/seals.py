"""Checking the signed checkpoints of a log against what the log holds now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from holdfast.errors import Damaged
from holdfast.vault.checkpoint import Checkpoint, checkpoint_text, read_checkpoint
from holdfast.vault.layout import seal_name, seal_of
from holdfast.vault.primitives import p256_verify
from holdfast.vault.store import NotThere, Store, read_whole
from holdfast.vault.tree import Tree


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
    store: Store, *, vault_id: str, signer: bytes, roots: Mapping[int, bytes], promised: Iterable[int], entries: int
) -> Iterator[Damaged]:
    """What is wrong with the checkpoints. `promised` are the sizes later entries say were finished: those must be there.

    One that nobody relied on yet and that an interruption left missing or empty is no damage.
    """
    must_be_there = set(promised) - {0}
    for size in sorted(must_be_there | set(sealed_sizes(store))):
        text_name, signature_name = seal_name(size, "txt"), seal_name(size, "sig")
        text, signature = _content(store, text_name), _content(store, signature_name)
        if not text or not signature:
            if size in must_be_there:
                yield Damaged(signature_name if text else text_name, "the file is missing or empty")
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


def unfinished_checkpoints(store: Store, promised: Iterable[int]) -> list[str]:
    """Files of checkpoints an interruption left missing or empty, and that nothing relies on."""
    names = []
    for size in set(sealed_sizes(store)) - set(promised):
        names += [name for kind in ("txt", "sig") if not _content(store, name := seal_name(size, kind))]
    return sorted(names)


def signed_checkpoint(store: Store, size: int, signer: bytes) -> Checkpoint | None:
    """The checkpoint over `size` entries, if it is there and its signature fits."""
    text, signature = _content(store, seal_name(size, "txt")), _content(store, seal_name(size, "sig"))
    if not text or not signature or not p256_verify(signer, text, signature):
        return None
    return read_checkpoint(text, signature)


def _content(store: Store, name: str) -> bytes:
    """A checkpoint's file; b"" if it is missing, empty or all zeros, as an interruption leaves it."""
    try:
        content = read_whole(store, name)
    except NotThere:
        return b""
    return content if content.strip(b"\0") else b""
