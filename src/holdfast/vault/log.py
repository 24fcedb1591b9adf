"""The custody log on disk: read whole and checked link by link; written one entry at a time, which is the only commit point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from holdfast.errors import Damaged, NotKept
from holdfast.vault.age import AgeError, Identity
from holdfast.vault.checkpoint import Checkpoint, checkpoint_text, read_checkpoint
from holdfast.vault.entry import NOTHING_BEFORE, Entry, NotAnEntry, entry_bytes, read_entry
from holdfast.vault.layout import log_name, seal_name, seq_of
from holdfast.vault.primitives import p256_sign
from holdfast.vault.sealing import open_bytes, put_sealed
from holdfast.vault.seals import content_of, is_finished, sealed_sizes
from holdfast.vault.store import AlreadyThere, NotThere, Store, put_small, read_or_nothing, read_whole, remove
from holdfast.vault.tree import Tree, leaf_hash

_NAMED_MISSING = 20
"""A long gap is reported by its first files, not by every one."""

Draft = Callable[[int, str, int], Entry]
"""Makes the entry from its number, the hash before it and the newest checkpoint's size."""


@dataclass(frozen=True, slots=True)
class Line:
    """One readable entry: its bytes as hashed, and what they say."""

    content: bytes
    entry: Entry
    leaf: bytes


class CustodyLog:
    """All entries of one case. `damage` names what is not as written; a damaged log can be read but not added to.

    `unfinished` names a last entry that cannot be read and that no checkpoint covers: it was never acknowledged.
    """

    def __init__(self, store: Store, identity: Identity) -> None:
        self._store = store
        self._identity = identity
        self.lines: dict[int, Line] = {}
        self.damage: list[Damaged] = []
        self.unfinished: str | None = None
        self.size = 0
        self._tree = Tree()
        self._before = NOTHING_BEFORE
        self._checkpoint = 0
        self._load()

    def __repr__(self) -> str:
        return f"<CustodyLog of {self.size} entries>"

    @property
    def root(self) -> bytes:
        return self._tree.root()

    @property
    def newest_checkpoint(self) -> int:
        """How many entries the newest finished checkpoint covers; 0 without one."""
        return self._checkpoint

    def leaves(self) -> list[bytes]:
        """Leaf hashes in order. Damaged if one cannot be known."""
        if self.damage:
            raise self.damage[0]
        return [self.lines[seq].leaf for seq in range(1, self.size + 1)]

    def append(self, draft: Draft) -> Line:
        """Commit one entry under the next number: stored, synced, read again and compared. Only then is it true.

        AlreadyThere if another program took the number since `read_on`: read on, and draft anew.
        """
        if self.damage:
            raise self.damage[0]
        if self.unfinished:
            self._set_aside(self.unfinished)
        entry = draft(self.size + 1, self._before, self._checkpoint)
        content = entry_bytes(entry)
        put_sealed(self._store, log_name(entry.seq), content, self._identity)
        self._accept(content, entry)
        return self.lines[entry.seq]

    def write_checkpoint(self, vault_id: str, signing_key: bytes, extra: tuple[str, ...] = ()) -> Checkpoint:
        """The signed checkpoint over all entries; written if it is not there yet. Damaged if another stands there."""
        if self.damage:
            raise self.damage[0]
        text_name, signature_name = seal_name(self.size, "txt"), seal_name(self.size, "sig")
        if is_finished(self._store, self.size):
            text = content_of(self._store, text_name)
            found = read_checkpoint(text)
            if found is None or (found.vault_id, found.size, found.root) != (vault_id, self.size, self.root):
                raise Damaged(text_name, "it does not describe the log as it is")
            if p256_sign(signing_key, text) != content_of(self._store, signature_name):
                raise Damaged(signature_name, "the signature is not the one that was made")
            extra = found.extra
        else:
            for name in (signature_name, text_name):
                remove(self._store, name)  # left by an interruption; without a whole signature it never counted
            text = checkpoint_text(vault_id, self.size, self.root, extra)
            try:
                put_small(self._store, text_name, text)
                put_small(self._store, signature_name, p256_sign(signing_key, text))
            except AlreadyThere:  # another program signs the same at this moment
                return self.write_checkpoint(vault_id, signing_key, extra)
        self._checkpoint = self.size
        return Checkpoint(vault_id, self.size, self.root, text, content_of(self._store, signature_name), extra)

    def read_on(self) -> None:
        """Take in what other programs have added since."""
        self.unfinished = None
        while self._take(self.size + 1, self.size + 1):
            pass
        if self.size > self._checkpoint and is_finished(self._store, self.size):
            self._checkpoint = self.size

    def _load(self) -> None:
        # Checkpoints first: whoever is writing meanwhile adds the entry before its checkpoint.
        sealed = reversed(sealed_sizes(self._store))
        self._checkpoint = next((size for size in sealed if is_finished(self._store, size)), 0)
        there = sorted(seq for name in self._store.list("log/") if (seq := seq_of(name)))
        for seq in there:
            self._gap(seq - 1)
            if not self._take(seq, there[-1]):
                break
        self._gap(self._checkpoint)

    def _gap(self, until: int) -> None:
        """Entries that should follow, up to number `until`, are not there."""
        if self.size >= until:
            return
        for seq in range(self.size + 1, min(until, self.size + _NAMED_MISSING) + 1):
            self.damage.append(Damaged(log_name(seq), "the file is missing"))
        self.size, self._before = until, ""

    def _take(self, seq: int, last: int) -> bool:
        """Read entry `seq`. False where the log ends, or ends in something unfinished."""
        name = log_name(seq)
        try:
            sealed = read_whole(self._store, name)
        except NotThere:
            return False
        try:
            content = open_bytes(sealed, self._identity)
            entry = read_entry(content)
        except AgeError as error:
            covered = seq <= self._checkpoint or is_finished(self._store, seq)
            if seq >= last and not covered and not self._exists(log_name(seq + 1)):
                self.unfinished = name
                return False
            if read_or_nothing(self._store, name) != sealed:  # it was still being written a moment ago
                return self._take(seq, last)
            return self._miss(Damaged(name, str(error)))
        except NotAnEntry:
            return self._miss(Damaged(name, "it is not an entry of this log"))
        if entry.seq != seq:
            return self._miss(Damaged(name, f"it says it is entry {entry.seq}"))
        broken = bool(self._before) and entry.prev != self._before
        self._accept(content, entry)
        if broken:
            self.damage.append(Damaged(name, "it does not follow from the entry before it"))
        return True

    def _accept(self, content: bytes, entry: Entry) -> None:
        leaf = leaf_hash(content)
        self.lines[entry.seq] = Line(content, entry, leaf)
        self._tree.add(leaf)
        self._before = sha256(content).hexdigest()
        self.size = entry.seq

    def _miss(self, damage: Damaged) -> bool:
        self.damage.append(damage)
        self.size += 1
        self._before = ""  # whatever comes next cannot be compared with what was here
        return True

    def _set_aside(self, name: str) -> None:
        """Keep the bytes of an unfinished entry under another name and free its number."""
        torn = read_whole(self._store, name)
        kept = f"aside/{name.removeprefix('log/').removesuffix('.age')}-{sha256(torn).hexdigest()[:16]}.age"
        try:
            put_small(self._store, kept, torn)
        except AlreadyThere:
            if read_whole(self._store, kept) != torn:
                self._store.delete(kept)  # itself left half-written by the same interruption
                put_small(self._store, kept, torn)
        if read_whole(self._store, name) != torn:
            raise NotKept("Another program is writing to this case right now.", next_step="Wait a moment, then try again.")
        self._store.delete(name)
        self.unfinished = None

    def _exists(self, name: str) -> bool:
        try:
            self._store.size(name)
        except NotThere:
            return False
        return True
