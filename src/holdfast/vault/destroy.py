"""Destroying a case: the keys go first, so that what is left of it anywhere on this disk can no longer be read."""

from __future__ import annotations

from holdfast.vault.layout import INDEX, LOCK, MARK
from holdfast.vault.store import FolderStore, Store, remove

_FOLDERS = ("keys/", "log/", "objects/", "seal/", "aside/")

SURVIVES = (
    "Copies of the case folder made before: on sticks, in backups, in a cloud. They still open with the passphrase or a kit.",
    "What was handed over: dossiers, bundles, letters.",
    "Traces that a disk keeps of deleted files. Without the keys they cannot be read.",
)
"""What destroying does not reach, for whoever asks for the confirmation."""


def destroy(store: Store) -> tuple[str, ...]:
    """Delete everything that belongs to the case, keys first; needs no key. Gives the names of files that were not the case's.

    Interrupted, it can be done again. What cannot be deleted raises NotKept.
    """
    names = store.list()
    ours = [name for name in names if name in (MARK, LOCK) or name.startswith((*_FOLDERS, INDEX))]
    for name in sorted(ours, key=_order):
        remove(store, name)
    if isinstance(store, FolderStore):
        store.remove_empty_folders()
    return tuple(sorted(set(names) - set(ours)))


def _order(name: str) -> tuple[bool, bool, str]:
    """Keys first, the mark last: as long as it is there, it is a case, and destroying can be finished."""
    return (not name.startswith("keys/"), name == MARK, name)
