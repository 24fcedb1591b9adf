"""One changed bit, a missing, swapped or older file: always reported, always by the name of the file."""

from __future__ import annotations

import random
import re

import pytest

from holdfast.errors import Damaged, WrongUse
from holdfast.vault import MemoryStore, verify


def verdict_on(case, files: dict[str, bytes], **how):
    return verify(MemoryStore(files), identity=case.kit.secret, depth="deep", **how)


def flipped(files: dict[str, bytes], name: str, bit: int) -> dict[str, bytes]:
    changed = bytearray(files[name])
    changed[bit // 8] ^= 1 << bit % 8
    return {**files, name: bytes(changed)}


def check_flip(case, files: dict[str, bytes], name: str, bit: int) -> None:
    key = case.identity if name == "keys/kit-1.age" else case.kit.secret  # a damaged kit slot opens nothing itself
    verdict = verify(MemoryStore(flipped(files, name, bit)), identity=key, depth="deep")
    assert verdict.state == "damaged", (name, bit)
    assert name in (verdict.file, *(each.split(":")[0] for each in verdict.damage)), (name, bit, verdict.damage)


@pytest.fixture
def files(case, memory) -> dict[str, bytes]:
    vault = case.filled(memory)
    case.identity = vault.identity.encode()
    return dict(memory.files)


def test_the_case_itself_is_consistent(case, files):
    verdict = verdict_on(case, files)
    assert verdict.state == "consistent"
    assert verdict.file is None
    assert any("was put back to an older state" in sentence for sentence in verdict.says)
    assert any("own clock" in sentence for sentence in verdict.says)
    assert any(verdict.fingerprint in sentence for sentence in verdict.says)


def test_a_flipped_bit_is_reported_with_its_file(case, files):
    chance = random.Random(7)
    for name, content in files.items():
        for bit in chance.sample(range(len(content) * 8), min(12, len(content) * 8)):
            check_flip(case, files, name, bit)


@pytest.mark.parametrize("name", ["VAULT", "seal/signer.pub", "seal/00000003.txt", "seal/00000003.sig", "log/00000003.age"])
def test_bits_all_through_a_small_file(case, memory, name):
    vault = case.new(memory)
    case.add(vault, b"one")
    case.identity = vault.identity.encode()
    bits = len(memory.files[name]) * 8
    for bit in range(len(name) % 7, bits, max(7, bits // 300)):  # all bits of all files are in the proof below
        check_flip(case, memory.files, name, bit)


KINDS = ["VAULT", "keys/sign", "keys/pass", "keys/kit", "log/00000001", "log/00000002", "log/00000003", "seal/", "objects/"]


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_every_single_bit_of_every_file(case, memory, kind):
    vault = case.new(memory)
    case.add(vault, b"one")
    case.identity = vault.identity.encode()
    assert all(name.startswith(tuple(KINDS)) for name in memory.files)
    for name in [name for name in memory.files if name.startswith(kind)]:
        for bit in range(len(memory.files[name]) * 8):
            check_flip(case, memory.files, name, bit)


def test_cut_off_files_are_reported(case, files):
    for name, content in files.items():
        if name == max(each for each in files if each.endswith(".sig")):
            continue  # a last signature cut short is what an interruption leaves: see below
        for kept in {0, len(content) // 2, len(content) - 1}:
            changed = {**files, name: content[:kept]}
            verdict = verify(MemoryStore(changed), identity=case.identity, depth="quick")
            assert verdict.state == "damaged", (name, kept)
            assert any(each.startswith(name) for each in verdict.damage), (name, kept, verdict.damage)


def test_longer_files_are_reported(case, files):
    for name, content in files.items():
        verdict = verify(MemoryStore({**files, name: content + b"\0"}), identity=case.identity, depth="quick")
        assert verdict.state == "damaged", name


def test_missing_files_are_reported(case, files):
    newest = {f"seal/00000007.{kind}" for kind in ("txt", "sig")}
    for name in set(files) - newest:
        without = {each: content for each, content in files.items() if each != name}
        verdict = verify(MemoryStore(without), identity=case.identity)
        assert verdict.state == "damaged", name
        assert any(each.startswith(name) for each in verdict.damage), (name, verdict.damage)


def test_a_missing_newest_signature_is_said_and_made_again(case, files):
    """The program may have been stopped before it signed, so this is no damage; but it is said, and loses nothing."""
    without = MemoryStore({name: content for name, content in files.items() if name != "seal/00000007.sig"})
    verdict = verify(without, identity=case.identity)
    assert verdict.state == "consistent"
    assert any("seal/00000007.sig" in sentence for sentence in verdict.says)
    case.open(without).checkpoint()
    assert without.files["seal/00000007.sig"] == files["seal/00000007.sig"]


def pairs_of_like_files(files: dict[str, bytes]) -> list[tuple[str, str]]:
    kinds: dict[str, list[str]] = {}
    for name in files:
        kinds.setdefault(re.sub(r"[0-9a-f]{2,}", "*", name), []).append(name)
    return [(one, two) for like in kinds.values() for one in like for two in like if one < two]


def test_swapped_files_are_reported(case, files):
    for one, two in pairs_of_like_files(files):
        swapped = {**files, one: files[two], two: files[one]}
        verdict = verdict_on(case, swapped)
        assert verdict.state == "damaged", (one, two)
        assert any(each.startswith((one, two)) for each in verdict.damage), (one, two, verdict.damage)


def test_a_dropped_entry_is_reported_even_when_the_rest_moves_up(case, files):
    moved = {name: content for name, content in files.items() if not name.startswith("log/")}
    entries = [files[name] for name in sorted(files) if name.startswith("log/")]
    for place, content in enumerate([*entries[:3], *entries[4:]], 1):
        moved[f"log/{place:08}.age"] = content
    verdict = verdict_on(case, moved)
    assert (verdict.state, verdict.file) == ("damaged", "log/00000004.age")


def test_a_copy_of_an_older_file_is_reported(case, memory):
    """Every file the case writes again under a new name keeps its hash in the log; an old one in its place is seen."""
    vault = case.filled(memory)
    old = dict(memory.files)
    vault.change_passphrase(b"another", work_factor=1)
    vault.record("private", "diary", body=b"later")
    case.identity = vault.identity.encode()
    new = dict(memory.files)
    slot = {**new, "keys/pass-2.age": old["keys/pass-1.age"]}
    assert verdict_on(case, slot).file == "keys/pass-2.age"
    entry = {**new, "log/00000009.age": old["log/00000007.age"]}
    assert verdict_on(case, entry).file == "log/00000009.age"


def test_a_rollback_of_everything_is_seen_only_with_an_anchor(case, memory):
    vault = case.filled(memory)
    old = dict(memory.files)
    case.add(vault, b"the message that is to disappear")
    anchor = vault.anchor()
    without = verdict_on(case, old)
    assert without.state == "consistent"
    assert any("cannot show whether the whole case" in sentence for sentence in without.says)
    with_anchor = verdict_on(case, old, anchor=anchor)
    assert (with_anchor.state, with_anchor.file) == ("damaged", "log/00000008.age")
    assert any("An older state was put back" in sentence for sentence in with_anchor.says)


def test_an_anchor_that_fits_is_said(case, memory):
    vault = case.filled(memory)
    anchor = vault.anchor()
    assert verdict_on(case, memory.files, anchor=anchor).state == "matches_anchor"
    case.add(vault, b"more")
    later = verdict_on(case, memory.files, anchor=anchor.upper().replace("HOLDFAST/", "holdfast/").replace("-", " "))
    assert later.state == "matches_anchor"
    assert not any("cannot show" in sentence for sentence in later.says)
    assert verdict_on(case, memory.files, anchor=vault.checkpoint().text.decode()).state == "matches_anchor"


def test_a_rewritten_log_does_not_match_the_anchor(case, fixed_chance):
    """Somebody with the key builds another case with the same id: only the anchor shows it."""
    one, two = MemoryStore(), MemoryStore()
    anchor = case.filled(one).anchor()
    case.filled(two)
    verdict = verdict_on(case, two.files, anchor=anchor)
    assert (verdict.state, verdict.file) == ("damaged", "log/00000007.age")


def test_an_anchor_of_another_case_and_a_mistyped_one(case, files):
    other = MemoryStore()
    case.__class__().filled(other)
    mine = verify(MemoryStore(files), identity=case.identity).head
    with pytest.raises(WrongUse, match="mistyped"):
        verdict_on(case, files, anchor=mine[:-1] + ("0" if mine[-1] != "0" else "1"))
    foreign = case.__class__().filled(MemoryStore()).anchor()
    assert verdict_on(case, files, anchor=foreign).file == "VAULT"


def test_without_a_key_the_verdict_says_what_was_not_checked(case, files):
    verdict = verify(MemoryStore(files))
    assert verdict.state == "consistent"
    assert "Not checked" in verdict.says[0]
    for name in ("seal/00000007.txt", "seal/00000005.sig", "VAULT", "seal/signer.pub"):
        assert verify(MemoryStore(flipped(files, name, 77))).state == "damaged", name
    missing = {name: content for name, content in files.items() if name != "log/00000003.age"}
    assert verify(MemoryStore(missing)).file == "log/00000003.age"


def test_what_is_whole_can_still_be_read_and_nothing_is_written(case, files):
    broken = MemoryStore(flipped(files, "log/00000003.age", 2000))
    vault = case.open(broken)
    assert [damage.file for damage in vault.damage] == ["log/00000003.age"]
    (exhibit,) = (each for each in vault.exhibits() if each.number == "EX-0002")
    assert vault.open_object(exhibit.object).read_at(0, 12) == b"CANARY-7f3a "
    before = dict(broken.files)
    for attempt in (
        lambda: case.add(vault, b"more"),
        lambda: vault.record("private", "diary", body=b"more"),
        lambda: vault.checkpoint(),
        lambda: vault.derive("EX-0002", "reading", "text/plain", [b"more"]),
    ):
        with pytest.raises(Damaged, match=r"log/00000003\.age"):
            attempt()
    assert broken.files == before


def test_a_damaged_object_is_named_when_it_is_read(case, files):
    vault = case.open(MemoryStore(files))
    ref = vault.exhibits()[0].object
    name = f"objects/{ref[:2]}/{ref}.age"
    broken = case.open(MemoryStore(flipped(files, name, len(files[name]) * 8 - 3)))
    with pytest.raises(Damaged) as caught:
        broken.open_object(ref).read_at(0, 10)
    assert caught.value.file == name


def test_strange_files_and_orphans_are_said_and_stay(case, files):
    orphan = f"objects/ab/ab{'0' * 30}.age"
    store = MemoryStore({**files, orphan: b"left behind", "notes.txt": b"hers", "index.db": b"broken cache"})
    verdict = verify(store, identity=case.identity)
    assert verdict.state == "consistent"
    assert any(orphan in sentence for sentence in verdict.says)
    assert any("notes.txt" in sentence for sentence in verdict.says)
    case.add(case.open(store), b"more")
    assert orphan in store.files
