"""Writing into an open case: one writer's turn, one entry at a time, a signed checkpoint at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

import msgspec

from holdfast.errors import CannotOpen
from holdfast.vault import primitives
from holdfast.vault.age import Identity
from holdfast.vault.checkpoint import Checkpoint
from holdfast.vault.contents import Contents
from holdfast.vault.entry import VERSION, Entry, SealedObject, utc_text
from holdfast.vault.log import Line
from holdfast.vault.sealing import seal_object
from holdfast.vault.store import AlreadyThere, Store, remove

Clock = Callable[[], datetime]
Kind = Literal["custody", "private"]
OWNER = "owner"
PERSON = "person"
_TRIES = 100
"""How often a number that another program took is given up for the next one."""


class Writer(Contents):
    """The writing side of a case. Where `damage` is not empty nothing is written."""

    def __init__(self, store: Store, identity: Identity, *, clock: Clock, tool: str, actor: str = OWNER) -> None:
        """For a case identity already at hand; `open` and `create` are the usual ways in."""
        self._clock = clock
        self._tool = tool
        self._actor = actor
        self._batch = 0
        super().__init__(store, identity)

    def checkpoint(self, extra: tuple[str, ...] = ()) -> Checkpoint:
        """The signed checkpoint over the log as it is now. `extra` lines go into it if it is not written yet."""
        self._must_be_whole()
        with self.store.lock(self._tool):
            self.refresh()
            return self._log.write_checkpoint(self.id, self._signing_key, extra)

    def sign(self, body: bytes) -> bytes:
        """The case's signature over a bundle's checkpoint: DER ECDSA P-256 with SHA-256, the same each time."""
        self._must_be_whole()
        return primitives.p256_sign(self._signing_key, body)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One checkpoint at the end of many entries instead of one after each."""
        self._batch += 1
        try:
            yield
        finally:
            self._batch -= 1
        if not self._batch:
            self.checkpoint()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer's turn over the newest state; a checkpoint at its end."""
        self._must_be_whole()
        with self.store.lock(self._tool):
            self.refresh()
            for name in self._gone:
                remove(self.store, name)  # a removal that an interruption left undone
            yield
            if not self._batch:
                self._log.write_checkpoint(self.id, self._signing_key)

    def _append(self, kind: Literal["custody", "private"], what: Callable[[], Mapping[str, Any]]) -> Line:
        """Log what happened. `what` is asked again when another program, where no lock works, took the number."""

        def draft(seq: int, before: str, newest: int) -> Entry:
            return Entry(
                v=VERSION,
                seq=seq,
                prev=before,
                time=utc_text(self._clock()),
                clock="own",
                actor=self._actor,
                tool=self._tool,
                kind=kind,
                checkpoint=newest,
                salt=primitives.random_bytes(32).hex(),
                **what(),
            )

        for _ in range(_TRIES):
            try:
                line = self._log.append(draft)
            except AlreadyThere:
                self.refresh()
                continue
            self._take_in()
            return line
        raise CannotOpen("Other programs write to this case all the time, so there was no turn for this one.")

    def _seal_body(self, body: bytes) -> SealedObject:
        return labelled(seal_object(self.store, self.identity, [body]), role="body")


def labelled(made: SealedObject, **said: Any) -> SealedObject:
    """A sealed object with what its entry says of it."""
    return msgspec.structs.replace(made, **said)
