"""Whatever moment the power goes or the program is killed: what was acknowledged is there, and the case is consistent."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from faulty_disks import CountedDisk, FailingDisk, KillingDisk, ModelDisk, PowerCut, ShortDisk

from holdfast.errors import CannotOpen, HoldfastError, NotKept
from holdfast.vault import FolderStore, Store, Vault, verify
from holdfast.vault.disk import Disk

WHERE = Path("/model/case")
ONE, TWO = b"CANARY-7f3a one " * 10, b"CANARY-7f3a two " * 9_000
READING, BODY = b'{"kind":"summary","CANARY-7f3a":1}\n', b"CANARY-7f3a dear diary"

Say = Callable[[str], None]


@pytest.fixture(autouse=True)
def chance(fixed_chance, case):
    """The same chance in each session, so that each has the same steps."""
    case.chance = fixed_chance


def a_session(case, store: Store, say: Say) -> None:
    """Everything a person does, each step acknowledged by `say` only after it returned."""
    case.chance("session")
    vault = case.new(store)
    say("new")
    case.add(vault, ONE)
    say("one")
    case.add(vault, TWO)
    say("two")
    vault.derive("EX-0001", "reading", "application/jsonl", [READING])
    say("reading")
    vault.record("private", "diary", body=BODY)
    say("diary")
    vault.change_passphrase(b"another", work_factor=1)
    say("passphrase")
    case.add(vault, b"CANARY-7f3a seen", keep=False)
    say("seen")


def whole(vault: Vault, which: str) -> bytes:
    source = vault.open_object(which)
    return source.read_at(0, source.size)


def check_what_was_said(case, store: Store, said: Iterable[str]) -> None:
    """The harness: acknowledged things are there, the case is consistent, and work goes on."""
    said = set(said)
    case.chance("afterwards")
    if "new" not in said:
        try:
            vault = case.open(store)
        except HoldfastError:
            return  # never acknowledged: it may not open, and it says so
    else:
        vault = case.open(store)
    assert vault.damage == ()
    verdict = verify(store, identity=case.kit.secret, depth="deep")
    assert verdict.state == "consistent", verdict.damage
    kept = {whole(vault, exhibit.object) for exhibit in vault.exhibits() if exhibit.object}
    assert ONE in kept or "one" not in said
    assert TWO in kept or "two" not in said
    assert "reading" not in said or [whole(vault, made.id) for made in vault.readings().values()] == [READING]
    assert "diary" not in said or [body for _, body in vault.private("diary")] == [BODY]
    assert "seen" not in said or [exhibit.kept for exhibit in vault.exhibits()] == [True, True, False]
    case.add(vault, b"life goes on")
    assert not set(store.list()) & set(vault.removed_files())
    assert verify(store, identity=case.kit.secret, depth="deep").state == "consistent"
    assert case.open(store).exhibits()[-1].sha256 == vault.exhibits()[-1].sha256


# --- power cuts, on a model of the disk -------------------------------------------------------------------------------


def cut_at(case, step: int, *, lies: bool = False, store_of=FolderStore) -> tuple[ModelDisk, list[str]]:
    disk, said = ModelDisk(step, lies=lies), []
    try:
        a_session(case, store_of(WHERE, disk), said.append)
    except PowerCut:
        return disk, said
    raise AssertionError("there are fewer steps than that")


def steps_of_a_session(case) -> int:
    disk = ModelDisk()
    a_session(case, FolderStore(WHERE, disk), lambda _: None)
    return disk.steps


def check_power_cut(case, step: int, fates: Iterable[str] = ModelDisk.FATES) -> None:
    disk, said = cut_at(case, step)
    for fate in fates:
        back = disk.after(fate)
        assert b"CANARY-7f3a" not in back.everything()
        check_what_was_said(case, FolderStore(WHERE, back), said)


def test_a_power_cut_takes_nothing_that_was_acknowledged(case):
    steps = steps_of_a_session(case)
    for step in range(0, steps, max(1, steps // 40)):
        check_power_cut(case, step)


@pytest.mark.proof
def test_a_power_cut_at_any_step(case):
    for step in range(steps_of_a_session(case)):
        check_power_cut(case, step)


def test_a_disk_that_lies_about_syncing_is_caught(case):
    """The control: without syncing, the same check must fail. Otherwise it proves nothing."""
    steps, caught, tried = steps_of_a_session(case), 0, 0
    for step in range(steps // 3, steps, max(1, steps // 12)):
        disk, said = cut_at(case, step, lies=True)
        tried += 1
        try:
            check_what_was_said(case, FolderStore(WHERE, disk.after("nothing")), said)
        except (AssertionError, HoldfastError):
            caught += 1
    assert caught == tried


class HastyStore(FolderStore):
    """Says a file is safe, and writes it only when four more have come."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        super().__init__(folder, disk)
        self._waiting: dict[str, bytes] = {}

    def put_if_absent(self, name, chunks):
        self._waiting[name] = b"".join(chunks)
        while len(self._waiting) > 4:
            oldest = next(iter(self._waiting))
            super().put_if_absent(oldest, [self._waiting.pop(oldest)])

    def read_at(self, name, offset, count):
        if name in self._waiting:
            return self._waiting[name][offset : offset + count]
        return super().read_at(name, offset, count)

    def size(self, name):
        return len(self._waiting[name]) if name in self._waiting else super().size(name)


def test_a_store_that_acknowledges_too_early_is_caught(case):
    """The other control: data acknowledged before it is on disk."""
    caught = 0
    for step in range(40, 200, 5):
        try:
            disk, said = cut_at(case, step, store_of=HastyStore)
        except AssertionError:
            break
        try:
            check_what_was_said(case, FolderStore(WHERE, disk.after("all")), said)
        except (AssertionError, HoldfastError):
            caught += 1
    assert caught


# --- killed, on the real disk -----------------------------------------------------------------------------------------


def killed_at(case, folder: Path, step: int) -> list[str] | None:
    """What a child had acknowledged when it was killed at that step. None: it came to the end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            store = FolderStore(folder, KillingDisk(step))
            a_session(case, store, lambda word: os.write(writing, f"{word}\n".encode()) and None)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read().split()
    _, status = os.waitpid(child, 0)
    return said if os.WIFSIGNALED(status) else None


def check_killed(case, folder: Path, step: int) -> None:
    said = killed_at(case, folder, step)
    assert said is not None, "there are fewer steps than that"
    for path in folder.rglob("*"):
        assert not path.is_file() or b"CANARY-7f3a" not in path.read_bytes()
    check_what_was_said(case, FolderStore(folder), said)


def real_steps(case, folder: Path) -> int:
    disk = CountedDisk()
    a_session(case, FolderStore(folder, disk), lambda _: None)
    return disk.steps


def test_a_kill_takes_nothing_that_was_acknowledged(case, tmp_path):
    steps = real_steps(case, tmp_path / "whole")
    for number, step in enumerate(range(1, steps, max(1, steps // 25))):
        check_killed(case, tmp_path / str(number), step)


@pytest.mark.proof
def test_a_kill_at_any_step(case, tmp_path):
    for step in range(real_steps(case, tmp_path / "whole")):
        check_killed(case, tmp_path / str(step), step)


# --- full and failing disks -------------------------------------------------------------------------------------------


def fails_at(case, folder: Path, step: int, code: int, *, for_good: bool) -> list[str]:
    said: list[str] = []
    with pytest.raises(HoldfastError) as caught:
        a_session(case, FolderStore(folder, FailingDisk(step, code, for_good=for_good)), said.append)
    assert isinstance(caught.value, NotKept | CannotOpen)
    assert "CANARY" not in caught.value.sentences()
    return said


@pytest.mark.parametrize("for_good", [True, False])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_never_acknowledges(case, tmp_path, code, for_good):
    steps = real_steps(case, tmp_path / "whole")
    for number, step in enumerate(range(number_of_start(code), steps, max(1, steps // 8))):
        folder = tmp_path / str(number)
        said = fails_at(case, folder, step, code, for_good=for_good)
        check_what_was_said(case, FolderStore(folder), said)


def number_of_start(code: int) -> int:
    """A different first step for each kind of failure, so that together they meet more places."""
    return {errno.ENOSPC: 3, errno.EIO: 5, errno.EROFS: 7}[code]


@pytest.mark.proof
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_step(case, tmp_path, code):
    for step in range(real_steps(case, tmp_path / "whole")):
        folder = tmp_path / str(step)
        check_what_was_said(case, FolderStore(folder), fails_at(case, folder, step, code, for_good=True))


def test_a_full_disk_leaves_no_half_written_evidence(case, folder):
    vault = case.new(FolderStore(folder))
    before = {path for path in folder.rglob("*") if path.is_file()}
    disk = FailingDisk(1)  # the folder can still be made, the file cannot be written
    failing = Vault.open(FolderStore(folder, disk), identity=case.kit.secret, clock=case.Clock(), tool=case.TOOL)
    with pytest.raises(NotKept, match="the disk is full"):
        case.add(failing, TWO)
    assert {path for path in folder.rglob("*") if path.is_file()} - before <= {folder / "lock"}
    assert case.add(vault, TWO) == "EX-0001"


def test_short_writes_are_carried_on(case, folder):
    store = FolderStore(folder, ShortDisk())
    vault = case.new(store)
    case.add(vault, ONE)
    assert verify(store, vault=vault, depth="deep").state == "consistent"
