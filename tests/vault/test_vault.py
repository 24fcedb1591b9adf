"""What a case keeps, and what it says about it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from holdfast.errors import CannotOpen, HoldfastError, NotKept, WrongPassphrase, WrongUse
from holdfast.model import ContainedPart
from holdfast.vault import FolderStore, Kit, MemoryStore, Vault, destroy, verify
from holdfast.vault.age import Identity


def open_with(case, store, **way) -> Vault:
    return Vault.open(store, clock=case.Clock(), tool=case.TOOL, **way)


def test_originals_come_back_as_they_were(case, folder):
    store = FolderStore(folder)
    vault = case.new(store)
    content = bytes(range(256)) * 2_000
    exhibit, is_new = vault.add(case.Bytes(content), name="chat.txt", origin="app export", media_type="text/plain", keep=True)
    assert is_new
    assert (exhibit.number, exhibit.size, exhibit.kept) == ("EX-0001", len(content), True)
    assert exhibit.sha256 == hashlib.sha256(content).hexdigest()
    again = case.open(store)
    assert again.exhibits() == (exhibit,)
    source = again.open_object(exhibit.object)
    assert source.size == len(content)
    assert source.read_at(70_000, 130_000) == content[70_000:200_000]
    assert source.read_at(len(content), 5) == b""


def test_the_same_bytes_are_kept_once(case, memory):
    vault = case.new(memory)
    case.add(vault, b"same")
    files = set(memory.files)
    exhibit, is_new = vault.add(case.Bytes(b"same"), name="copy.txt", origin="", media_type="text/plain", keep=True)
    assert (exhibit.number, exhibit.name, is_new) == ("EX-0001", "chat.txt", False)
    assert set(memory.files) == files


def test_what_was_only_observed_can_be_kept_later(case, memory):
    vault = case.new(memory)
    assert case.add(vault, b"picture", keep=False) == "EX-0001"
    assert case.add(vault, b"picture", keep=False) == "EX-0001"
    assert case.add(vault, b"picture", keep=True) == "EX-0002"
    assert [exhibit.kept for exhibit in vault.exhibits()] == [False, True]


def test_the_parts_of_a_container_are_listed(case, memory):
    parts = tuple(
        ContainedPart(part=("inbox", f"message_{count}.json"), size=count, sha256="0" * 64, kept=bool(count % 2))
        for count in range(500)
    )
    vault = case.new(memory)
    case.add(vault, b"PK...", parts=parts)
    assert case.open(memory).exhibits()[0].parts == parts


def test_readings_are_added_beside_each_other_and_the_newest_counts(case, memory):
    vault = case.new(memory)
    case.add(vault, b"chat")
    older = vault.derive("EX-0001", "reading", "application/jsonl", [b"old"], about={"reader": "plain", "version": "1"})
    newer = vault.derive("EX-0001", "reading", "application/jsonl", [b"n", b"ew"], parents=(older.id,))
    again = case.open(memory)
    assert again.readings() == {"EX-0001": newer}
    assert again.open_object(older).read_at(0, 9) == b"old"
    first = next(made for made in again.derived("EX-0001") if made.id == older.id)
    assert first.about == {"reader": "plain", "version": "1"}


def test_private_entries_have_bodies_and_order(case, memory):
    vault = case.new(memory)
    for answer in (b'{"safe":"no"}', b'{"safe":"yes"}'):
        vault.record("private", "answers", body=answer)
    vault.record("private", "done", note="keep_before_block")
    again = case.open(memory)
    assert [body for _, body in again.private("answers")] == [b'{"safe":"no"}', b'{"safe":"yes"}']
    assert [(line.note, body) for line, body in again.private("done")] == [("keep_before_block", b"")]


@pytest.mark.parametrize("group", ["adult", "minor", "unsure"])
def test_the_age_group_is_private_and_comes_back(case, memory, group):
    vault = case.new(memory, age_group=group)
    assert case.open(memory).age_group == group
    custody = [line.seq for line in vault.log() if line.kind == "custody"]
    assert not any(group.encode() in vault.entry_bytes(seq) for seq in custody)
    vault.record("private", "age_group", body=b"minor")
    assert vault.age_group == "minor"


def test_log_lines_say_who_when_with_what(case, memory):
    vault = case.filled(memory)
    lines = vault.log()
    assert [line.action for line in lines] == ["create", "age_group", "acquire", "acquire", "derive", "diary", "observe"]
    assert [line.seq for line in lines] == list(range(1, 8))
    assert {line.tool for line in lines} == {case.TOOL}
    assert lines[2].time == "2026-11-20T09:00:03Z"
    assert [line.leaf for line in lines] == [leaf.hex() for leaf in vault.leaf_hashes()]


def test_a_case_has_a_passphrase(case, memory):
    with pytest.raises(WrongUse):
        Vault.create(memory, passphrase=b"", kit=case.kit, age_group="adult", now=case.Clock(), tool=case.TOOL)
    assert memory.files == {}


def test_what_another_program_added_is_seen_after_a_refresh(case, memory):
    one = case.new(memory)
    case.add(case.open(memory), b"from two")
    assert one.exhibits() == ()
    one.refresh()
    assert [exhibit.number for exhibit in one.exhibits()] == ["EX-0001"]


def test_two_open_vaults_see_each_other(case, memory):
    one = case.new(memory)
    two = case.open(memory)
    assert case.add(one, b"from one") == "EX-0001"
    assert case.add(two, b"from two") == "EX-0002"
    assert case.add(one, b"from two") == "EX-0002"
    assert [exhibit.number for exhibit in one.exhibits()] == ["EX-0001", "EX-0002"]


def test_a_batch_signs_once(case, memory):
    vault = case.new(memory)
    with vault.batch():
        for count in range(5):
            case.add(vault, b"%d" % count)
    signed = [name for name in memory.files if name.endswith(".sig")]
    assert signed == ["seal/00000002.sig", "seal/00000007.sig"]
    assert verify(memory, vault=vault).state == "consistent"


def test_a_wrong_passphrase_changes_nothing(case, memory):
    case.new(memory)
    before = dict(memory.files)
    for wrong in (b"wrong horse", b""):
        with pytest.raises(WrongPassphrase) as caught:
            open_with(case, memory, passphrase=wrong)
        assert caught.value.exit_code == 3
        assert "horse" not in caught.value.sentences()
    assert memory.files == before


def test_every_way_in_opens(case, memory):
    vault = case.filled(memory)
    helper = Identity.generate()
    vault.trust(helper.recipient.encode())
    typed = " ".join(case.kit.groups()).lower()
    for way in (
        {"passphrase": case.PASSPHRASE},
        {"identity": case.kit.secret},
        {"identity": typed},
        {"identity": f"# created: today\n# public key: {helper.recipient}\n{helper.encode()}\n"},
        {"identity": vault.identity.encode()},
    ):
        assert len(open_with(case, memory, **way).exhibits()) == 3
    with pytest.raises(WrongPassphrase):
        open_with(case, memory, identity=Identity.generate().encode())
    with pytest.raises(WrongPassphrase, match="mistyped or missing"):
        open_with(case, memory, identity=case.kit.secret[:-2])


def test_a_person_acts_under_their_own_role(case, memory):
    helper = Identity.generate()
    case.new(memory).trust(helper.recipient.encode())
    assert open_with(case, memory, identity=helper.encode()).record("private", "diary", body=b"x").actor == "person"


def test_changed_passphrase_and_kit(case, memory):
    vault = case.new(memory)
    vault.change_passphrase(b"new words", work_factor=1)
    kit = Kit.generate(vault.id)
    vault.replace_kit(kit)
    assert open_with(case, memory, passphrase=b"new words").id == vault.id
    assert open_with(case, memory, identity=kit.secret).id == vault.id
    for old in ({"passphrase": case.PASSPHRASE}, {"identity": case.kit.secret}):
        with pytest.raises(WrongPassphrase):
            open_with(case, memory, **old)
    assert verify(memory, vault=vault, depth="deep").state == "consistent"


def test_a_removal_left_undone_is_said_and_finished(case, memory):
    vault = case.new(memory)
    old = memory.files["keys/pass-1.age"]
    vault.change_passphrase(b"new words", work_factor=1)
    memory.files["keys/pass-1.age"] = old  # as if the program had been stopped just before deleting it
    verdict = verify(memory, vault=vault)
    assert verdict.state == "consistent"
    assert any("still opens the case: keys/pass-1.age" in sentence for sentence in verdict.says)
    case.add(vault, b"more")
    assert "keys/pass-1.age" not in memory.files


def test_destroying_takes_the_keys_first_and_only_what_is_the_cases_own(case, folder):
    store = FolderStore(folder)
    case.filled(store)
    (folder / "holiday.txt").write_bytes(b"hers")
    deleted = []
    store.delete = lambda name: (deleted.append(name), FolderStore.delete(store, name))
    assert destroy(store) == ("holiday.txt",)
    assert all(name.startswith("keys/") for name in deleted[:3])
    assert deleted[-1] == "VAULT"
    assert [path.name for path in folder.rglob("*")] == ["holiday.txt"]
    with pytest.raises(CannotOpen):
        case.open(store)


def test_a_damaged_slot_leaves_the_others_usable(case, memory):
    case.new(memory)
    memory.files["keys/pass-1.age"] = memory.files["keys/pass-1.age"][:-1] + b"\0"
    with pytest.raises(HoldfastError) as caught:
        open_with(case, memory, passphrase=case.PASSPHRASE)
    assert "keys/pass-1.age" in str(caught.value)
    assert "kit" in caught.value.next_step
    assert open_with(case, memory, identity=case.kit.secret).id


def test_nothing_is_made_where_something_lies(case, folder):
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"hers")
    with pytest.raises(CannotOpen, match="already in that place"):
        case.new(FolderStore(folder))
    assert [path.name for path in folder.iterdir()] == ["photo.jpg"]


def test_two_cases_made_in_one_place_at_once_do_not_mix(case, memory):
    """The other program came between looking and writing."""
    case.new(memory)
    before = dict(memory.files)
    memory.list = lambda _prefix="": []
    with pytest.raises(CannotOpen, match="already in that place"):
        type(case)().new(memory)
    assert memory.files == before


def test_no_case_is_no_case(case, folder):
    with pytest.raises(CannotOpen, match="no case here"):
        case.open(FolderStore(folder))
    with pytest.raises(CannotOpen, match="no case here"):
        verify(FolderStore(folder))
    assert not folder.exists()


def test_a_case_from_the_future_is_refused(case, memory):
    case.new(memory)
    later = MemoryStore({"VAULT": memory.files["VAULT"].replace(b'"version":1', b'"version":2'), "keys/other": b"unknown"})
    for way in ({"passphrase": case.PASSPHRASE}, {"identity": case.kit.secret}):
        with pytest.raises(CannotOpen, match="newer Holdfast"):
            open_with(case, later, **way)
    with pytest.raises(CannotOpen, match="newer Holdfast"):
        verify(later)


def test_a_clock_without_zone_or_from_another_age_does_no_harm(case, memory):
    vault = case.new(memory)
    for year in (1970, 2038, 9999):
        again = Vault.open(
            memory, identity=case.kit.secret, clock=lambda year=year: datetime(year, 12, 31, 23, 59, tzinfo=UTC), tool=case.TOOL
        )
        again.record("private", "diary", body=b"%d" % year)
    assert [body for _, body in case.open(memory).private("diary")] == [b"1970", b"2038", b"9999"]
    naive = Vault.open(memory, identity=case.kit.secret, clock=lambda: datetime(2026, 1, 1), tool=case.TOOL)
    with pytest.raises(ValueError, match="zone"):
        naive.record("private", "diary", body=b"x")
    assert verify(memory, vault=vault, depth="deep").state == "consistent"


def test_names_no_file_system_could_write_as_text(case, memory):
    vault = case.new(memory)
    exhibit, _ = vault.add(
        case.Bytes(b"x"), name="caf\udce9 \ud83d \u202e.txt", origin="\udcff", media_type="text/plain", keep=True
    )
    assert exhibit.name == "caf\ufffd \ufffd \u202e.txt"
    assert case.open(memory).exhibits()[0].name == exhibit.name


class Shrinking:
    """A source that ends earlier than it said, as a file does that another program cuts."""

    size = 1_000_000

    def read_at(self, offset: int, count: int) -> bytes:
        return b"x" * count if offset < 300_000 else b""


class Failing(Shrinking):
    def read_at(self, offset: int, count: int) -> bytes:
        raise NotKept("The stick was pulled out.")


def test_what_is_logged_is_what_was_read_not_what_was_promised(case, memory):
    vault = case.new(memory)
    exhibit, _ = vault.add(Shrinking(), name="x", origin="", media_type="x", keep=True)
    assert exhibit.size == vault.open_object(exhibit.object).size


def test_a_source_that_fails_leaves_nothing(case, folder):
    vault = case.new(FolderStore(folder))
    before = sorted(folder.rglob("*.age"))
    with pytest.raises(NotKept, match="pulled out"):
        vault.add(Failing(), name="x", origin="", media_type="x", keep=True)
    assert sorted(folder.rglob("*.age")) == before


def test_an_empty_file_is_evidence_too(case, memory):
    vault = case.new(memory)
    case.add(vault, b"")
    assert verify(memory, vault=vault, depth="deep").state == "consistent"


def test_time_tokens_are_kept_and_checked(case, memory):
    vault = case.filled(memory)
    size = vault.checkpoint().size
    vault.keep_token(size, "tsr", b"token", note="authority X")
    assert verify(memory, vault=vault).state == "consistent"
    memory.files["seal/00000007.tsr"] = b"tokem"
    assert verify(memory, vault=vault).file == "seal/00000007.tsr"


def test_what_the_store_keeps_shows_nothing(case, memory):
    """Names, sizes and times of files can be seen; words, names of files and secrets cannot."""
    vault = case.filled(memory)
    everything = b"\n".join([*memory.files.values(), *(name.encode() for name in memory.files)])
    for secret in (case.CANARY, b"chat.txt", b"app export", b"diary", b"adult", case.PASSPHRASE, b"SECRET-KEY"):
        assert secret not in everything
    assert vault.id.encode() in everything


def test_reprs_tell_nothing(case, memory, folder):
    vault = case.filled(memory)
    source = vault.open_object(vault.exhibits()[0].object)
    things = (case.kit, vault, vault._log, memory, FolderStore(folder), vault.identity, source)
    shown = " ".join(repr(thing) for thing in things)
    for secret in ("CANARY", "SECRET-KEY", case.kit.secret[20:30], str(folder), "chat.txt"):
        assert secret not in shown
