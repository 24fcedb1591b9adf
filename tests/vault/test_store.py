"""Both stores keep the same promises."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
from contextlib import nullcontext

import pytest

from holdfast.errors import CannotOpen
from holdfast.vault import FolderStore, MemoryStore, StoredFile, destroy, verify
from holdfast.vault import disk as disk_module
from holdfast.vault.store import AlreadyThere, NotThere


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return FolderStore(tmp_path / "case") if request.param == "folder" else MemoryStore()


def test_put_read_list_size_delete(store):
    store.put_if_absent("log/00000001.age", [b"one", b"", b"two"])
    store.put_if_absent("log/00000002.age", [])
    store.put_if_absent("VAULT", [b"x"])
    assert store.list() == ["VAULT", "log/00000001.age", "log/00000002.age"]
    assert store.list("log/0000000") == ["log/00000001.age", "log/00000002.age"]
    assert store.list("nothing/here") == []
    assert store.size("log/00000001.age") == 6
    assert store.read_at("log/00000001.age", 2, 3) == b"etw"
    assert store.read_at("log/00000001.age", 6, 3) == b""
    assert StoredFile.of(store, "VAULT").read_at(0, 9) == b"x"
    store.delete("VAULT")
    for verb in (store.size, store.delete, lambda name: store.read_at(name, 0, 1)):
        with pytest.raises(NotThere):
            verb("VAULT")


def test_a_name_is_written_once(store):
    store.put_if_absent("a/b", [b"first"])
    with pytest.raises(AlreadyThere):
        store.put_if_absent("a/b", [b"second"])
    assert store.read_at("a/b", 0, 9) == b"first"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a//b", "a/../b", "", "a/", "a\\b", ".hidden", "a\0b", "a/./b", "a b"])
def test_names_that_lead_elsewhere_are_refused(store, name):
    with pytest.raises(ValueError, match="not a name"):
        store.put_if_absent(name, [b"x"])
    if name not in (".hidden", "a b"):
        with pytest.raises((ValueError, NotThere)):
            store.read_at(name, 0, 1)


def test_a_broken_source_leaves_nothing(store):
    def chunks():
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.put_if_absent("objects/ab", chunks())
    assert store.list() == []


def test_links_in_the_folder_are_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").write_bytes(b"x")
    store = FolderStore(tmp_path / "case")
    store.put_if_absent("VAULT", [b"x"])
    os.symlink(tmp_path / "elsewhere", tmp_path / "case" / "objects")
    assert "objects/secret" not in store.list()


def test_copies_that_others_leave_beside_ours_do_no_harm(case, folder):
    """Sync programs and people make `kit-1 (copy).age`; such names are seen, and never mistaken for ours."""
    vault = case.filled(FolderStore(folder))
    for name in ("keys/kit-1 (copy).age", "keys/pass-1 (2).age", "log/00000003 (1).age", "objects/neu ✓.age", "seal/Thumbs.db"):
        (folder / name).write_bytes(b"x")
    again = case.open(FolderStore(folder))
    again.change_passphrase(b"new words", work_factor=1)
    assert again.damage == ()
    verdict = verify(FolderStore(folder), vault=vault)
    assert verdict.state == "consistent"
    assert "kit-1 (copy).age" in " ".join(verdict.says)
    assert destroy(FolderStore(folder)) == ()
    assert not folder.exists()


def test_files_are_for_the_owner_only(tmp_path):
    store = FolderStore(tmp_path / "case")
    store.put_if_absent("keys/pass-1.age", [b"x"])
    assert (tmp_path / "case" / "keys" / "pass-1.age").stat().st_mode & 0o077 == 0
    assert (tmp_path / "case").stat().st_mode & 0o077 == 0


def test_who_waits_too_long_is_told_who_holds_the_lock(case, folder, monkeypatch):
    monkeypatch.setattr(disk_module, "_LOCK_PAUSE", 0.001)
    vault = case.new(FolderStore(folder))
    holder = FolderStore(folder).lock("holdfast 9.9 (app)")
    with holder, pytest.raises(CannotOpen, match=r"holdfast 9\.9 \(app\), process \d+"):
        case.add(vault, b"meanwhile")
    assert case.add(vault, b"afterwards") == "EX-0001"


def test_a_file_system_without_locks_still_works(case, folder, monkeypatch):
    def refuse(*_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    vault = case.new(FolderStore(folder))
    assert case.add(vault, b"on a share") == "EX-0001"


def test_a_case_on_a_disk_that_can_only_be_read(case, folder):
    vault = case.filled(FolderStore(folder))
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        again = case.open(FolderStore(folder))
        assert again.exhibits() == vault.exhibits()
        assert verify(FolderStore(folder), vault=again, depth="deep").state == "consistent"
    finally:
        for path in paths:
            path.chmod(0o700 if path.is_dir() else 0o600)


def add_many(case, folder, word: bytes, count: int) -> None:
    vault = case.open(FolderStore(folder))
    for number in range(count):
        case.add(vault, b"%s %d" % (word, number))


def test_writers_at_once_lose_nothing_and_repeat_no_number(case, folder):
    case.new(FolderStore(folder))
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=add_many, args=(case, folder, word, 15)) for word in (b"one", b"two", b"three")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    vault = case.open(FolderStore(folder))
    assert [exhibit.number for exhibit in vault.exhibits()] == [f"EX-{number:04}" for number in range(1, 46)]
    assert len({exhibit.sha256 for exhibit in vault.exhibits()}) == 45
    verdict = verify(FolderStore(folder), vault=vault, depth="deep")
    assert (verdict.state, verdict.entries) == ("consistent", 47)


def test_looking_while_somebody_writes_sees_no_damage(case, folder):
    """Readers hold no lock: a half-written entry or a checkpoint just made is not damage."""
    case.new(FolderStore(folder))
    context = multiprocessing.get_context("fork")
    writer = context.Process(target=add_many, args=(case, folder, b"word", 60))
    writer.start()
    looks = 0
    reader = case.open(FolderStore(folder))
    while writer.is_alive():
        verdict = verify(FolderStore(folder), identity=case.kit.secret)
        assert verdict.state == "consistent", verdict.damage
        assert verify(FolderStore(folder)).state == "consistent"
        assert case.open(FolderStore(folder)).damage == ()
        reader.refresh()
        assert reader.damage == ()
        looks += 1
    writer.join()
    assert (writer.exitcode, looks > 3) == (0, True)


def test_where_no_lock_works_the_loser_of_a_number_takes_the_next(case, memory):
    """In a bucket, or on a share without locks, only exclusive names keep writers apart."""
    first, second = case.new(memory), case.open(memory)
    memory.lock = lambda _who: nullcontext()
    read_on, late = second._log.read_on, iter([True, True])  # it looks too early twice: before sealing and before writing

    def sometimes_late() -> None:
        if not next(late, False):
            read_on()

    second._log.read_on = sometimes_late
    assert case.add(first, b"one") == "EX-0001"
    assert case.add(second, b"two") == "EX-0002"
    assert case.add(first, b"three") == "EX-0003"
    verdict = verify(memory, vault=first, depth="deep")
    assert (verdict.state, verdict.entries) == ("consistent", 5)
