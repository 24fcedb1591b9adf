"""The vault: a case on disk. See docs/vault-format.md."""

from holdfast.vault.checkpoint import Anchor, Checkpoint, read_anchor
from holdfast.vault.destroy import SURVIVES, destroy
from holdfast.vault.entry import Entry, SealedObject
from holdfast.vault.index import Hit, Row, VaultIndex, scan
from holdfast.vault.kit import Kit
from holdfast.vault.store import FolderStore, MemoryStore, Store, StoredFile
from holdfast.vault.vault import AgeGroup, Vault, is_case
from holdfast.vault.verify import verify
from holdfast.vault.writing import Clock

__all__ = [
    "SURVIVES",
    "AgeGroup",
    "Anchor",
    "Checkpoint",
    "Clock",
    "Entry",
    "FolderStore",
    "Hit",
    "Kit",
    "MemoryStore",
    "Row",
    "SealedObject",
    "Store",
    "StoredFile",
    "Vault",
    "VaultIndex",
    "destroy",
    "is_case",
    "read_anchor",
    "scan",
    "verify",
]
