"""Any order of actions, with power cuts anywhere among them: the case always holds exactly what was acknowledged."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from faulty_disks import ModelDisk, PowerCut
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from holdfast.vault import FolderStore, Vault, verify

WHERE = Path("/model/case")
CONTENTS = st.sampled_from([b"", b"one", b"two", b"three", b"x" * 70_000])


class AnyOrder(RuleBasedStateMachine):
    """What should be in the case is kept beside it in plain lists; `maybe` is what a power cut left undecided."""

    shorthands = None

    def __init__(self) -> None:
        super().__init__()
        self.disk = ModelDisk()
        self.vault: Vault = self.shorthands.new(self.store)
        self.other: Vault | None = None
        self.exhibits: list[tuple[bytes, bool]] = []
        self.notes: list[bytes] = []
        self.anchors: list[str] = []

    @property
    def store(self) -> FolderStore:
        return FolderStore(WHERE, self.disk)

    def there(self) -> list[tuple[str, bool]]:
        return [(exhibit.sha256, exhibit.kept) for exhibit in self.vault.exhibits()]

    def expected(self) -> list[tuple[str, bool]]:
        return [(sha256(content).hexdigest(), kept) for content, kept in self.exhibits]

    def note_added(self, content: bytes, keep: bool) -> None:
        if not any(known == content and (kept or not keep) for known, kept in self.exhibits):
            self.exhibits.append((content, keep))

    @rule(content=CONTENTS, keep=st.booleans(), elsewhere=st.booleans())
    def add(self, content, keep, elsewhere):
        vault = self.shorthands.open(self.store) if elsewhere else self.vault
        self.shorthands.add(vault, content, keep=keep)
        self.note_added(content, keep)
        self.vault.refresh()

    @rule(body=CONTENTS)
    def note(self, body):
        self.vault.record("private", "diary", body=body)
        self.notes.append(body)

    @rule()
    def keep_the_anchor(self):
        self.anchors = [self.vault.anchor()]

    @rule()
    def rekey(self):
        self.vault.change_passphrase(b"other", work_factor=1)

    @rule()
    def reopen(self):
        self.vault = self.shorthands.open(self.store)

    @rule(content=CONTENTS, after=st.integers(0, 40), fate=st.sampled_from(ModelDisk.FATES), noting=st.booleans())
    def power_cut(self, content, after, fate, noting):
        self.disk._last = self.disk.steps + after
        try:
            if noting:
                self.vault.record("private", "diary", body=content)
            else:
                self.shorthands.add(self.vault, content)
        except PowerCut:
            self.disk = self.disk.after(fate)
            self.vault = self.shorthands.open(self.store)
            if noting and len(self.vault.private("diary")) > len(self.notes):
                self.notes.append(content)  # done, though nobody was told
            elif not noting and len(self.there()) > len(self.exhibits):
                self.note_added(content, True)
        else:
            self.disk._last = None
            if noting:
                self.notes.append(content)
            else:
                self.note_added(content, True)

    @invariant()
    def it_holds_what_was_acknowledged(self):
        assert self.there() == self.expected()
        assert [body for _, body in self.vault.private("diary")] == self.notes

    def teardown(self):
        verdict = verify(self.store, vault=self.vault, depth="deep", anchor=next(iter(self.anchors), None))
        assert verdict.state == ("matches_anchor" if self.anchors else "consistent"), verdict.damage


def run(case, examples: int, steps: int) -> None:
    machine = type("Machine", (AnyOrder,), {"shorthands": case})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_any_order_of_actions_and_power_cuts(case):
    run(case, examples=8, steps=15)


@pytest.mark.proof
def test_many_orders_of_actions_and_power_cuts(case):
    run(case, examples=150, steps=40)
