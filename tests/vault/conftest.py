"""What the vault's tests share: a fixed clock, sources in memory, and a small case in any store."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from holdfast.model import ContainedPart
from holdfast.vault import Kit, MemoryStore, Store, Vault, primitives

sys.path.append(str(Path(__file__).parent))  # faulty_disks.py, beside this file

TOOL = "holdfast test"
CANARY = b"CANARY-7f3a you will pay"
PASSPHRASE = b"correct horse"


class Bytes:
    """A ByteSource over bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.content[offset : offset + count]


class Clock:
    """A clock that gains a second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Case:
    """Shorthands over one vault, so that a test says only what it is about."""

    Bytes = Bytes
    Clock = Clock
    CANARY = CANARY
    PASSPHRASE = PASSPHRASE
    TOOL = TOOL

    def __init__(self) -> None:
        self.kit = Kit.generate()

    def new(self, store: Store, age_group: str = "adult") -> Vault:
        return Vault.create(
            store,
            passphrase=PASSPHRASE,
            kit=self.kit,
            age_group=age_group,
            now=Clock(),
            tool=TOOL,
            work_factor=1,  # type: ignore[arg-type]
        )

    def open(self, store: Store) -> Vault:
        """By the kit: no time is spent on the passphrase."""
        return Vault.open(store, identity=self.kit.secret, clock=Clock(), tool=TOOL)

    def add(self, vault: Vault, content: bytes, *, keep: bool = True, parts: tuple[ContainedPart, ...] = ()) -> str:
        exhibit, _ = vault.add(
            Bytes(content), name="chat.txt", origin="app export", media_type="text/plain", keep=keep, parts=parts
        )
        return exhibit.number

    def filled(self, store: Store) -> Vault:
        """A case with two exhibits, a reading, a private note and a listing of parts."""
        vault = self.new(store)
        part = ContainedPart(part=("chat.txt",), size=3, sha256=hashlib.sha256(b"abc").hexdigest())
        self.add(vault, CANARY + b" one")
        self.add(vault, CANARY + b" two" * 100, parts=(part,))
        vault.derive("EX-0001", "reading", "application/jsonl", [b'{"kind":"summary"}\n'], about={"reader": "plain"})
        vault.record("private", "diary", body=CANARY + b" diary")
        self.add(vault, CANARY + b" seen", keep=False)
        return vault


@pytest.fixture
def case() -> Case:
    return Case()


@pytest.fixture
def memory() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def fixed_chance(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make all chance in the vault follow from a word, so that the same test writes the same bytes."""

    def fix(word: str) -> None:
        stream = _stream(word)
        monkeypatch.setattr(primitives, "random_bytes", lambda count: bytes(next(stream) for _ in range(count)))

    return fix


def _stream(word: str) -> Iterator[int]:
    count = 0
    while True:
        yield from hashlib.sha256(f"{word} {count}".encode()).digest()
        count += 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my-case"
