"""What is in an open case: exhibits, readings, private entries, and the log's own evidence. Reading only."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import msgspec

from holdfast.errors import Damaged
from holdfast.model import ByteSource, ContainedPart, Exhibit, LogLine, ObjectRef
from holdfast.vault.age import AgeError, Identity
from holdfast.vault.checkpoint import Anchor, fingerprint
from holdfast.vault.entry import Entry, ExhibitNote, PlainFile, SealedObject
from holdfast.vault.layout import MARK, SIGNING_KEY, object_name
from holdfast.vault.log import CustodyLog, Line
from holdfast.vault.mark import read_mark, written_by_newer
from holdfast.vault.primitives import hkdf_sha256, p256_public_pem
from holdfast.vault.sealing import OpenObject, open_small, opened
from holdfast.vault.store import NotThere, Store, read_or_nothing
from holdfast.vault.tree import inclusion_proof


class Contents:
    """The readable side of a case, for whoever holds its case identity.

    `damage` lists what opening found not to be as written; what is whole can be read all the same.
    """

    def __init__(self, store: Store, identity: Identity) -> None:
        self.store = store
        self.identity = identity
        self._log = CustodyLog(store, identity)
        self._damage: list[Damaged] = []
        self._notes: list[tuple[Entry, ExhibitNote]] = []
        self._by_hash: dict[str, list[tuple[Entry, ExhibitNote]]] = {}
        self._sizes: set[int] = set()
        self._objects: list[SealedObject] = []
        self._files: dict[str, PlainFile] = {}
        self._gone: set[str] = set()
        self._parts: dict[str, tuple[ContainedPart, ...]] = {}
        self._seen = 0
        self._take_in()
        first = self._log.lines.get(1)
        self.id = self._read_id() or (first.entry.vault if first else "")
        self._signing_key = self._read_signing_key()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}, {self._log.size} entries>"

    @property
    def damage(self) -> tuple[Damaged, ...]:
        """What is not as it was written, as far as opening showed. `verify` looks at everything."""
        return (*self._log.damage, *self._damage)

    @property
    def log_damage(self) -> tuple[Damaged, ...]:
        """The part of `damage` that breaks the log itself."""
        return tuple(self._log.damage)

    @property
    def unfinished(self) -> str | None:
        """A last log entry that was never acknowledged, left by an interruption; the next write sets it aside."""
        return self._log.unfinished

    @property
    def signer(self) -> bytes:
        """The public signing key as PEM; empty if the key is damaged."""
        return p256_public_pem(self._signing_key) if self._signing_key else b""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signing key (SPKI, DER) in 16 groups of 4 hex digits, to compare by another way."""
        return fingerprint(self.signer)

    @property
    def entries(self) -> int:
        """How many entries the log has, those that cannot be read included."""
        return self._log.size

    @property
    def root(self) -> bytes:
        """Root of the tree over all entries."""
        return self._log.root

    @property
    def newest_checkpoint(self) -> int:
        """How many entries the newest finished checkpoint covers; 0 without one."""
        return self._log.newest_checkpoint

    def promised_checkpoints(self) -> frozenset[int]:
        """Sizes of the checkpoints that entries say were finished when they were written."""
        return frozenset(line.entry.checkpoint for line in self._log.lines.values()) - {0}

    def sealed_objects(self) -> tuple[SealedObject, ...]:
        """Every object the log lists."""
        return tuple(self._objects)

    def listed_files(self) -> tuple[PlainFile, ...]:
        """VAULT, keys, tokens: every plain file the log lists and has not removed since."""
        return tuple(self._files.values())

    def removed_files(self) -> tuple[str, ...]:
        """Key slots the log says were removed. One that is still there was left by an interruption, and still opens."""
        return tuple(sorted(self._gone))

    def log(self) -> tuple[LogLine, ...]:
        """All readable entries, oldest first."""
        return tuple(shown(line) for line in self._log.lines.values())

    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits with their parts, in order of number."""
        return tuple(self._exhibit(entry, note) for entry, note in self._notes)

    def readings(self) -> dict[str, ObjectRef]:
        """The newest reading of each exhibit, by its number."""
        return {found.source: found.ref() for found in self._objects if found.role == "reading"}

    def derived(self, exhibit: str) -> tuple[SealedObject, ...]:
        """Everything sealed for an exhibit, oldest first, with how (`about`) and from what (`parents`) it was made."""
        return tuple(found for found in self._objects if found.source == exhibit)

    def open_object(self, which: ObjectRef | str) -> ByteSource:
        """The plaintext of an object, to read anywhere in it. Damaged, naming the file, if it is not as it was sealed."""
        return OpenObject(self.store, object_name(which if isinstance(which, str) else which.id), self.identity)

    def private(self, action: str) -> list[tuple[LogLine, bytes]]:
        """Private entries of one kind (answers, diary, ...) with their bodies, oldest first."""
        return [
            (shown(line), b"".join(self._whole_object(each.id) for each in line.entry.objects if each.role == "body"))
            for line in self._log.lines.values()
            if line.entry.kind == "private" and line.entry.action == action
        ]

    def anchor(self) -> str:
        """The log's head as one line to print and keep elsewhere."""
        self._must_be_whole()
        return Anchor(self.id, self._log.size, self._log.root).line

    def entry_bytes(self, seq: int) -> bytes:
        """The bytes of an entry, as hashed. Damaged if they cannot be read, KeyError if there never was one."""
        if seq not in self._log.lines and 1 <= seq <= self._log.size:
            self._must_be_whole()
        return self._log.lines[seq].content

    def leaf_hashes(self) -> list[bytes]:
        """The tree's leaves, 32 bytes each, in order. Damaged if one cannot be known."""
        return self._log.leaves()

    def inclusion_proof(self, seq: int) -> list[bytes]:
        """Hashes that lead from entry `seq` to the root, lowest first (RFC 6962, 2.1.1): shows it without the others."""
        return inclusion_proof(self.leaf_hashes(), seq - 1)

    def index_key(self) -> bytes:
        """Raw key of the index, which is only a cache: made from the case identity, stored nowhere."""
        return hkdf_sha256(self.identity.encode().encode(), b"", b"holdfast index 1")

    def refresh(self) -> None:
        """Take in what other programs have added since."""
        self._log.read_on()
        self._take_in()

    def _must_be_whole(self) -> None:
        if self.damage:
            raise self.damage[0]

    def _take_in(self) -> None:
        """Sort what the log has gained since the last look."""
        for seq in range(self._seen + 1, self._log.size + 1):
            if (line := self._log.lines.get(seq)) is None:
                continue
            entry = line.entry
            if entry.exhibit:
                self._notes.append((entry, entry.exhibit))
                self._by_hash.setdefault(entry.exhibit.sha256, []).append((entry, entry.exhibit))
                self._sizes.add(entry.exhibit.size)
            self._objects += entry.objects
            self._files.update({listed.file: listed for listed in entry.files})
            for name in entry.gone:
                self._files.pop(name, None)
            self._gone = (self._gone | set(entry.gone)) - set(self._files)
        self._seen = self._log.size

    def _exhibit(self, entry: Entry, note: ExhibitNote) -> Exhibit:
        return Exhibit(
            number=note.number,
            name=note.name,
            media_type=note.media_type,
            size=note.size,
            sha256=note.sha256,
            origin=note.origin,
            added=entry.time,
            seq=entry.seq,
            kept=bool(note.object),
            object=note.object or None,
            parts=self._read_parts(note.parts) if note.parts else (),
        )

    def _read_parts(self, object_id: str) -> tuple[ContainedPart, ...]:
        if object_id not in self._parts:
            try:
                lines = self._whole_object(object_id).splitlines()
                self._parts[object_id] = tuple(msgspec.json.decode(line, type=ContainedPart) for line in lines)
            except Damaged as damage:
                self._damage.append(damage)
                self._parts[object_id] = ()
        return self._parts[object_id]

    def _whole_object(self, object_id: str) -> bytes:
        return b"".join(opened(self.store, object_name(object_id), self.identity))

    def _read_id(self) -> str | None:
        content = read_or_nothing(self.store, MARK)
        mark, as_written = read_mark(content), self._files.get(MARK)
        if as_written and as_written.sha256 != sha256(content).hexdigest():
            mark = None
        if mark and mark.is_newer:
            raise written_by_newer()
        if mark is None:
            self._damage.append(Damaged(MARK, "it is missing or not as it was written"))
        return mark.id if mark else None

    def _read_signing_key(self) -> bytes:
        try:
            return open_small(self.store, SIGNING_KEY, self.identity)
        except (AgeError, NotThere):
            self._damage.append(Damaged(SIGNING_KEY, "it is missing or not as it was written"))
            return b""


def shown(line: Line) -> LogLine:
    """An entry as it is shown inside the case."""
    entry = line.entry
    return LogLine(
        seq=entry.seq,
        time=entry.time,
        kind=entry.kind,
        action=entry.action,
        actor=entry.actor,
        tool=entry.tool,
        leaf=line.leaf.hex(),
        objects=tuple(each.ref() for each in entry.objects),
        note=entry.note,
    )


def parts_lines(parts: tuple[ContainedPart, ...]) -> Iterator[bytes]:
    """The listing of a container's parts as it is sealed: JSON Lines."""
    for part in parts:
        yield msgspec.json.encode(part) + b"\n"
