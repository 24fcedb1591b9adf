"""From a real vault to a bundle and back: what was sealed is what is handed over, and the log in it is the vault's log."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from holdfast.outputs import CaseView, Reading, dossier_volumes
from holdfast.outputs.bundle import Seal, bundle_files, write_bundle
from holdfast.outputs.bundle_verify import verify_bundle
from holdfast.vault import Kit, MemoryStore, Vault


def test_a_bundle_from_a_vault(view: CaseView, canary: str, open_object: Callable[[str], object], tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    vault = Vault.create(
        MemoryStore(), passphrase=b"a b c", kit=Kit.generate(), age_group="adult", now=now, tool="holdfast test", work_factor=10
    )
    vault.add(open_object("aa01"), name="chat.txt", origin="app export", media_type="text/plain", keep=True)
    vault.record("private", "diary", body=canary.encode())
    early = vault.anchor()
    vault.add(open_object("aa02"), name="picture.png", origin="screenshot", media_type="image/png", keep=False)
    made = msgspec.structs.replace(
        view,
        vault_id=vault.id,
        fingerprint=vault.fingerprint,
        anchor=vault.anchor(),
        exhibits=vault.exhibits(),
        readings=(Reading(exhibit="EX-0001", items=view.readings[0].items),),
        log=vault.log(),
    )
    seal = Seal(leaves=tuple(vault.leaf_hashes()), entry_bytes=vault.entry_bytes, sign=vault.sign, signer=vault.signer)
    written = write_bundle(tmp_path / "b", bundle_files(made, seal, vault.open_object, dossier_volumes(made)))
    assert written.verdict.fingerprint == vault.fingerprint
    assert written.verdict.head == vault.anchor()
    assert verify_bundle(tmp_path / "b", anchor=early).state == "matches_anchor"
    assert sorted(path.name for path in (tmp_path / "b/data/originals").iterdir()) == ["EX-0001.txt"]
    lines = [json.loads(line) for line in (tmp_path / "b/meta/custody.jsonl").read_bytes().splitlines()]
    assert [line["entry"]["action"] if "entry" in line else None for line in lines] == [
        entry.action if entry.kind == "custody" else None for entry in vault.log()
    ]
    assert None in [line.get("entry") for line in lines]
