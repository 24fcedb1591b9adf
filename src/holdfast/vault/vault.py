"""The vault of one case: making it, opening it, putting things in. Each write is sealed, logged and signed before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from holdfast.errors import CannotOpen, Damaged, WrongPassphrase, WrongUse
from holdfast.model import ByteSource, ContainedPart, Exhibit, LogLine, ObjectRef
from holdfast.vault.age import Identity, Passphrase, Recipient
from holdfast.vault.contents import parts_lines, shown
from holdfast.vault.entry import ExhibitNote, whole_text
from holdfast.vault.keys import listed, put_listed, put_slot, unlock_with_identity, unlock_with_passphrase
from holdfast.vault.kit import Kit
from holdfast.vault.layout import LOCK, MARK, SIGNER, SIGNING_KEY, object_name, seal_name, slot_name, slot_of
from holdfast.vault.mark import mark_bytes, read_mark, written_by_newer
from holdfast.vault.primitives import p256_new_key, p256_public_pem
from holdfast.vault.sealing import bytes_of, hash_of, put_sealed, seal_object
from holdfast.vault.seals import is_finished, sealed_sizes
from holdfast.vault.store import AlreadyThere, Store, put_small, read_or_nothing, read_whole, remove
from holdfast.vault.writing import OWNER, PERSON, Clock, Writer, labelled

AgeGroup = Literal["adult", "minor", "unsure"]


class Vault(Writer):
    """An open case. What a method returned was stored, synced, read again and compared; nothing else counts as kept.

    Two programs may have the same case open. Where `damage` is not empty, what is whole can be read and nothing is written.
    """

    @classmethod
    def create(
        cls,
        store: Store,
        *,
        passphrase: bytes,
        kit: Kit,
        age_group: AgeGroup,
        now: datetime | Clock,
        tool: str,
        work_factor: int = 18,
    ) -> Vault:
        """A new case in an empty place. It takes its id from the kit, so that the kit can be printed and tried first.

        `work_factor` is log2 of the passphrase's cost; only tests want less than 18. CannotOpen if something lies there.
        """
        if any(name != LOCK and not name.startswith(".") for name in store.list()):
            raise _place_taken()
        if not passphrase:
            raise WrongUse("A case needs a passphrase.")
        identity, signing_key, mark = Identity.generate(), p256_new_key(), mark_bytes(kit.vault_id)
        with store.lock(tool):
            try:
                put_sealed(store, SIGNING_KEY, signing_key, identity)
            except AlreadyThere:  # another program makes a case here at this moment
                raise _place_taken() from None
            files = (
                listed(SIGNING_KEY, read_whole(store, SIGNING_KEY)),
                put_slot(store, slot_name("pass", 1), identity, Passphrase(passphrase, work_factor)),
                put_slot(store, slot_name("kit", 1), identity, kit.identity().recipient),
                put_listed(store, SIGNER, p256_public_pem(signing_key)),
                listed(MARK, mark),
            )
            vault = cls(store, identity, clock=now if callable(now) else lambda: now, tool=tool)
            vault.id, vault._damage = kit.vault_id, []
            body = vault._seal_body(age_group.encode())
            vault._append("custody", lambda: {"action": "create", "files": files, "vault": kit.vault_id})
            vault._append("private", lambda: {"action": "age_group", "objects": (body,)})
            put_small(store, MARK, mark)  # from here on it is a case
            vault._log.write_checkpoint(vault.id, signing_key)
        return vault

    @classmethod
    def open(
        cls, store: Store, *, passphrase: bytes | None = None, identity: str | None = None, clock: Clock, tool: str
    ) -> Vault:
        """Open with the passphrase, or with a kit's, a person's or the case's own key as text.

        WrongPassphrase, or CannotOpen if there is no case. Damage elsewhere does not keep anyone out: see `damage`.
        """
        if not is_case(store):
            raise CannotOpen("There is no case here, or its making was interrupted before anything was put in.")
        try:
            if identity is None:
                return cls(store, unlock_with_passphrase(store, passphrase or b""), clock=clock, tool=tool)
            key, slot = unlock_with_identity(store, identity)
        except WrongPassphrase:
            if (mark := read_mark(read_or_nothing(store, MARK))) and mark.is_newer:
                raise written_by_newer() from None
            raise
        return cls(store, key, clock=clock, tool=tool, actor=PERSON if slot.startswith("keys/person-") else OWNER)

    @property
    def age_group(self) -> AgeGroup:
        """As last answered; "unsure" where that cannot be read, because then more is protected."""
        try:
            said = self.private("age_group")[-1][1]
        except (IndexError, Damaged):
            return "unsure"
        return "adult" if said == b"adult" else "minor" if said == b"minor" else "unsure"

    # --- putting in ---------------------------------------------------------------------------------------------------

    def add(
        self,
        source: ByteSource,
        *,
        name: str,
        origin: str,
        media_type: str,
        keep: bool,
        parts: tuple[ContainedPart, ...] = (),
    ) -> tuple[Exhibit, bool]:
        """Seal original bytes, or with `keep=False` only log their hash, size and parts: then no byte of them is written.

        False: the same bytes are there already; nothing was added.
        """
        self._must_be_whole()
        self.refresh()
        if source.size in self._sizes:
            found = self._same(hash_of(bytes_of(source))[0], keep)
            if found:
                return found, False
        original = seal_object(self.store, self.identity, bytes_of(source)) if keep else None
        digest, size = (original.sha256, original.size) if original else hash_of(bytes_of(source))
        listing = seal_object(self.store, self.identity, parts_lines(parts)) if parts else None
        with self._writing():
            found = self._same(digest, keep)  # another program may have added the same meanwhile
            if found:
                for unused in filter(None, (original, listing)):
                    self.store.delete(object_name(unused.id))
                return found, False

            def what() -> dict[str, Any]:
                note = ExhibitNote(
                    number=f"EX-{len(self._notes) + 1:04}",
                    name=whole_text(name),
                    media_type=media_type,
                    size=size,
                    sha256=digest,
                    origin=whole_text(origin),
                    object=original.id if original else "",
                    parts=listing.id if listing else "",
                )
                made = ((original, "original", media_type), (listing, "parts", "application/jsonl"))
                objects = [labelled(each, role=role, media_type=kind, source=note.number) for each, role, kind in made if each]
                return {"action": "acquire" if keep else "observe", "exhibit": note, "objects": tuple(objects)}

            self._append("custody", what)
        return self._exhibit(*self._notes[-1]), True

    def derive(
        self,
        exhibit: str,
        role: str,
        media_type: str,
        chunks: Iterable[bytes],
        note: str = "",
        *,
        parents: tuple[str, ...] = (),
        about: Mapping[str, str] | None = None,
    ) -> ObjectRef:
        """Seal something made from an exhibit (a reading, a clean copy). `about` says how: reader, version, options."""
        self._must_be_whole()
        made = seal_object(self.store, self.identity, chunks)
        found = labelled(made, role=role, media_type=media_type, source=exhibit, parents=parents, about=dict(about or {}))
        with self._writing():
            self._append("custody", lambda: {"action": "derive", "objects": (found,), "note": whole_text(note)})
        return found.ref()

    def record(self, kind: Literal["custody", "private"], action: str, note: str = "", body: bytes | None = None) -> LogLine:
        """Log that something happened; `body` is sealed as an object of its own."""
        self._must_be_whole()
        objects = () if body is None else (self._seal_body(body),)
        with self._writing():
            return shown(self._append(kind, lambda: {"action": action, "objects": objects, "note": whole_text(note)}))

    def keep_token(self, size: int, kind: str, token: bytes, note: str = "") -> LogLine:
        """Keep a time token over checkpoint `size` as `seal/<size>.<kind>` (tsr, ...), and log it."""
        name = seal_name(size, kind)
        with self._writing():
            if name in self._files:
                raise CannotOpen("There is such a time token already.", next_step="Nothing needs to be done.")
            remove(self.store, name)  # an interrupted attempt, in no entry
            files = (put_listed(self.store, name, token),)
            return shown(self._append("custody", lambda: {"action": "stamp", "files": files, "note": whole_text(note)}))

    # --- ways in ------------------------------------------------------------------------------------------------------

    def change_passphrase(self, passphrase: bytes, work_factor: int = 18) -> LogLine:
        """A new passphrase; the old one stops working here. An old copy of the whole folder still opens with the old one."""
        return self._rekey("pass", Passphrase(passphrase, work_factor))

    def replace_kit(self, kit: Kit) -> LogLine:
        """A new kit; the old paper stops working here. An old copy of the whole folder still opens with the old paper."""
        return self._rekey("kit", kit.identity().recipient)

    def trust(self, recipient: str) -> LogLine:
        """Let the holder of an age key open this case too. BadKey if `recipient` is none."""
        whom = Recipient.parse(recipient)
        name = f"keys/person-{sha256(whom.encode().encode()).hexdigest()[:16]}.age"
        with self._writing():
            if name in self._files:
                raise CannotOpen("That person can open this case already.", next_step="Nothing needs to be done.")
            remove(self.store, name)  # an interrupted attempt, in no entry
            files = (put_slot(self.store, name, self.identity, whom),)
            return shown(self._append("custody", lambda: {"action": "share", "files": files}))

    # --- inside -------------------------------------------------------------------------------------------------------

    def _same(self, digest: str, keep: bool) -> Exhibit | None:
        """The exhibit with these bytes. One that was only observed does not stand for one that is to be kept."""
        for entry, note in self._by_hash.get(digest, []):
            if note.object or not keep:
                return self._exhibit(entry, note)
        return None

    def _rekey(self, kind: str, to: Recipient | Passphrase) -> LogLine:
        with self._writing():
            taken = {name: found[1] for name in self.store.list(f"keys/{kind}-") if (found := slot_of(name))}
            old = tuple(name for name in taken if name in self._files)
            number = 1 + max((int(each) for each in taken.values() if each.isdecimal()), default=0)
            slot = put_slot(self.store, slot_name(kind, number), self.identity, to)
            line = self._append("custody", lambda: {"action": "rekey", "files": (slot,), "gone": old})
            for name in old:
                remove(self.store, name)
            return shown(line)


def _place_taken() -> CannotOpen:
    return CannotOpen(
        "Something is already in that place: a case, or one whose making was interrupted.",
        next_step="Choose another name for the new case.",
    )


def is_case(store: Store) -> bool:
    """Whether a case lies here: marked as one, or with a signed log although the mark is gone or damaged."""
    marked = read_mark(read_or_nothing(store, MARK)) is not None
    return marked or any(is_finished(store, size) for size in sealed_sizes(store))
