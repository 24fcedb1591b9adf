"""Is the case still as it was written? One of three answers, with the file that is not, and with what this cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from hashlib import sha256
from typing import Literal

from holdfast.errors import CannotOpen, Damaged
from holdfast.model import Verdict
from holdfast.vault.age import Identity
from holdfast.vault.checkpoint import Anchor, fingerprint, read_anchor
from holdfast.vault.contents import Contents
from holdfast.vault.entry import PlainFile, SealedObject
from holdfast.vault.keys import unlock_with_identity
from holdfast.vault.layout import INDEX, LOCK, MARK, SIGNER, log_name, object_name, seal_of, seq_of
from holdfast.vault.mark import read_mark, written_by_newer
from holdfast.vault.sealing import hash_sealed
from holdfast.vault.seals import checkpoint_damage, roots_at, sealed_sizes, signed_checkpoint, unfinished_checkpoints
from holdfast.vault.store import NotThere, Store, read_or_nothing, read_whole

Depth = Literal["quick", "deep"]
_AGE = b"age-encryption.org/v1\n"
_OWN_CLOCK = "The times in the log are this computer's own clock."
_NO_ANCHOR = (
    "Without a line kept elsewhere (on a kit, in a dossier) this cannot show whether the whole case, or the end of its log, "
    "was put back to an older state."
)
_DEEP = "Every sealed file was opened and its content hashed: all of it is as it was sealed."
_QUICK = (
    "Chain, signatures, keys, and the presence and size of every file fit. "
    "The contents were not opened: a deep check does that."
)
_KEYLESS = (
    "Checked without a key: names and order of the files and the signatures of the checkpoints. "
    "Not checked: what is inside the entries and objects, and the key files. That needs the passphrase or a kit."
)
_SHOWN_AT_MOST = 5


def verify(
    store: Store,
    *,
    vault: Contents | None = None,
    identity: str | None = None,
    depth: Depth = "quick",
    anchor: str | None = None,
    executor: Executor | None = None,
) -> Verdict:
    """Check a case from the disk up, whatever was open before. Nothing is written.

    The key is that of an open `vault`, or `identity` (kit, person's or case's key as text); without one less can be checked
    and the verdict says so. `anchor` is a printed line or a checkpoint's text: WrongUse if it is mistyped. `executor`
    spreads a deep check over cores. CannotOpen where there is no case.
    """
    if not any(store.list(part) for part in (MARK, "keys/", "log/")):
        raise CannotOpen("There is no case here.")
    line = read_anchor(anchor) if anchor else None
    key = vault.identity if vault else unlock_with_identity(store, identity)[0] if identity else None
    if key is None:
        return _without_key(store, line)
    return _with_key(store, key, depth, line, executor)


def _with_key(store: Store, key: Identity, depth: Depth, line: Anchor | None, executor: Executor | None) -> Verdict:
    sizes = sealed_sizes(store)  # before the log: whoever is writing meanwhile adds the entry before its checkpoint
    case = Contents(store, key)
    promised, whole = case.promised_checkpoints(), not case.log_damage
    leaves = case.leaf_hashes() if whole else []
    roots = roots_at(leaves, [*sizes, *([line.size] if line else [])])
    objects = case.sealed_objects()
    signer = case.signer or read_or_nothing(store, SIGNER)
    damage = list(case.damage)
    damage += _files(store, case.listed_files())
    damage += checkpoint_damage(
        store, sizes, vault_id=case.id, signer=signer, roots=roots, promised=promised, entries=case.entries
    )
    damage += _objects(store, key, objects, depth, executor)
    if line and whole:
        damage += _against_anchor(line, case.id, case.entries, roots.get(line.size))
    says = [_DEEP if depth == "deep" else _QUICK] if not damage else []
    if line and not damage:
        says.append(f"It matches the line you gave: nothing of the log's first {line.size} entries was changed or taken away.")
    says += _left_over(store, case, sizes)
    return _verdict(
        damage,
        says,
        depth=depth,
        anchored=line is not None,
        entries=case.entries,
        objects=len(objects),
        head=Anchor(case.id, case.entries, case.root).line if whole else "",
        signer=signer,
    )


def _without_key(store: Store, line: Anchor | None) -> Verdict:
    damage: list[Damaged] = []
    signer, mark = read_or_nothing(store, SIGNER), read_mark(read_or_nothing(store, MARK))
    if mark and mark.is_newer:
        raise written_by_newer()
    if mark is None:
        damage.append(Damaged(MARK, "it is missing or not as it was written"))
    if not fingerprint(signer):
        damage.append(Damaged(SIGNER, "it is missing or not as it was written"))
    sizes = sealed_sizes(store)
    entries = _numbered(store, damage)
    damage += checkpoint_damage(
        store, sizes, vault_id=mark.id if mark else "", signer=signer, roots={}, promised=(), entries=entries
    )
    names = [*store.list("objects/"), *store.list("log/")]
    unsound = [name for name in names if store.read_at(name, 0, len(_AGE)) != _AGE]
    damage += [Damaged(name, "it is not a sealed file") for name in unsound if seq_of(name) != entries]
    says = [_KEYLESS]
    if line:
        there = signed_checkpoint(store, line.size, signer)
        if there is None:
            says.append("There is no signed checkpoint at the line you gave, so it could not be compared without the key.")
        else:
            damage += _against_anchor(line, there.vault_id, entries, there.root)
            says.append("The signed checkpoint at the line you gave says the same. The entries themselves were not opened.")
    return _verdict(damage, says, depth="quick", anchored=False, entries=entries, objects=len(names) - entries, signer=signer)


def _numbered(store: Store, damage: list[Damaged]) -> int:
    """How many entries there are, by their names; gaps are damage."""
    there = sorted(seq for name in store.list("log/") if (seq := seq_of(name)))
    for place, seq in enumerate(there, 1):
        if seq != place:
            damage.append(Damaged(log_name(place), "the file is missing"))
            break
    return there[-1] if there else 0


def _files(store: Store, listed: Iterable[PlainFile]) -> Iterator[Damaged]:
    for each in listed:
        try:
            content = read_whole(store, each.file)
        except NotThere:
            yield Damaged(each.file, "the file is missing")
            continue
        if sha256(content).hexdigest() != each.sha256:
            yield Damaged(each.file, "it is not as it was written")


def _objects(
    store: Store, key: Identity, objects: Iterable[SealedObject], depth: Depth, executor: Executor | None
) -> Iterator[Damaged]:
    def look(each: SealedObject) -> Damaged | None:
        name = object_name(each.id)
        try:
            if store.size(name) != each.stored:
                return Damaged(name, "it has another size than was written")
            if depth == "deep" and hash_sealed(store, name, key) != (each.sha256, each.size):
                return Damaged(name, "its content is not what was sealed")
        except NotThere:
            return Damaged(name, "the file is missing")
        except Damaged as damage:
            return damage
        return None

    found = executor.map(look, objects) if executor else map(look, objects)
    return (damage for damage in found if damage)


def _against_anchor(line: Anchor, vault_id: str, entries: int, root: bytes | None) -> list[Damaged]:
    if line.vault_id != vault_id:
        return [Damaged(MARK, f"the line you gave is of case {line.vault_id}, but this is case {vault_id}")]
    if line.size > entries:
        why = f"the line you gave is of a log with {line.size} entries; this one has {entries}. An older state was put back"
        return [Damaged(log_name(entries + 1), why)]
    if root != line.root:
        why = f"the log's first {line.size} entries are not those the line you gave was printed from: it was rewritten"
        return [Damaged(log_name(line.size), why)]
    return []


def _left_over(store: Store, case: Contents, sizes: list[int]) -> list[str]:
    """What lies in the case without being damage: traces of interruptions, and files nobody knows."""
    says = []
    if case.unfinished:
        says.append(
            f"{case.unfinished} cannot be read. It was being written when something stopped it; it never counted as kept."
        )
    if unsigned := unfinished_checkpoints(store, sizes, case.promised_checkpoints()):
        says.append(f"Not finished, because something stopped it: {_some(unsigned)}.")
    if case.newest_checkpoint < case.entries:
        says.append(f"Entries after number {case.newest_checkpoint} are not signed yet. The next thing you add signs them.")
    if undone := [name for name in case.removed_files() if store.list(name)]:
        says.append(f"Still there, and still opens the case: {_some(undone)}. The next thing you add removes it.")
    known = {*case.removed_files(), *(each.file for each in case.listed_files())}
    known |= {object_name(each.id) for each in case.sealed_objects()}
    strange = [name for name in store.list() if not (name in known or _has_its_place(name))]
    orphans = [name for name in strange if name.startswith("objects/")]
    if orphans:
        says.append(f"In no log entry, left by something that was interrupted or still goes on: {_some(orphans)}.")
    if others := sorted(set(strange) - set(orphans)):
        says.append(f"Not part of the case: {_some(others)}.")
    return says


def _has_its_place(name: str) -> bool:
    return name in (INDEX, LOCK) or name.startswith((f"{INDEX}-", "aside/")) or bool(seq_of(name) or seal_of(name))


def _verdict(
    damage: list[Damaged],
    says: list[str],
    *,
    depth: Depth,
    anchored: bool,
    entries: int,
    objects: int,
    signer: bytes,
    head: str = "",
) -> Verdict:
    found = list(dict.fromkeys(f"{each.file}: {each.why}" for each in damage))
    if damage:
        says = [f"Damaged at {_some(found)}.", Damaged.evidence, Damaged.next_step, *says]
    if not anchored:
        says.append(_NO_ANCHOR)
    key = fingerprint(signer)
    says.append(f"The signing key's fingerprint is {key or 'not readable'}. Compare it by another way: on paper, or by phone.")
    says.append(_OWN_CLOCK)
    return Verdict(
        state="damaged" if damage else "matches_anchor" if anchored else "consistent",
        depth=depth,
        says=tuple(says),
        entries=entries,
        objects=objects,
        head=head,
        fingerprint=key,
        file=damage[0].file if damage else None,
        damage=tuple(found),
    )


def _some(names: list[str]) -> str:
    rest = len(names) - _SHOWN_AT_MOST
    return "; ".join(names[:_SHOWN_AT_MOST]) + (f"; and {rest} more" if rest > 0 else "")
