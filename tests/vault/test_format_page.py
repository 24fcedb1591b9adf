"""A stranger's reader, written from docs/vault-format.md alone: no code of ours, only age, JSON, SHA-256 and openssl."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
import rfc8785

from holdfast.vault import FolderStore

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "vault-format.md").read_text()


def stranger_reads(case: Path, kit: str) -> dict:
    """Everything in a case, each claim of the page checked on the way."""
    mark = json.loads((case / "VAULT").read_bytes())
    assert (mark["format"], mark["version"]) == ("holdfast-vault", 1)
    case_key = pyrage.decrypt((case / "keys/kit-1.age").read_bytes(), [pyrage.x25519.Identity.from_str(kit)])
    identity = pyrage.x25519.Identity.from_str(case_key.decode().strip())
    entries, leaves, before = [], [], "0" * 64
    for number, path in enumerate(sorted((case / "log").glob("*.age")), 1):
        content = pyrage.decrypt(path.read_bytes(), [identity])
        entry = json.loads(content)
        assert rfc8785.dumps(entry) == content
        assert (path.name, entry["seq"], entry["v"]) == (f"{number:08}.age", number, 1)
        assert entry["prev"] == before
        for listed in entry.get("files", []):
            there = (case / listed["file"]).read_bytes()
            assert (len(there), sha256(there).hexdigest()) == (listed["size"], listed["sha256"])
        for listed in entry.get("objects", []):
            sealed = (case / "objects" / listed["id"][:2] / f"{listed['id']}.age").read_bytes()
            plain = pyrage.decrypt(sealed, [identity])
            assert (len(sealed), len(plain), sha256(plain).hexdigest()) == (listed["stored"], listed["size"], listed["sha256"])
            listed["plain"] = plain
        entries.append(entry)
        leaves.append(sha256(b"\x00" + content).digest())
        before = sha256(content).hexdigest()
        assert set(entry) <= set(re.findall(r"`([a-z0-9_]+)`", PAGE)), "a key the page does not name"
    for text in (case / "seal").glob("*.txt"):
        origin, size, root = text.read_text().splitlines()
        assert origin == f"holdfast/{mark['id']}" == f"holdfast/{entries[0]['vault']}"
        assert base64.b64decode(root) == plain_root(leaves[: int(size)])
        command = [
            "openssl",
            "dgst",
            "-sha256",
            "-verify",
            case / "seal/signer.pub",
            "-signature",
            text.with_suffix(".sig"),
            text,
        ]
        subprocess.run(command, check=True, capture_output=True)
    return {"entries": entries, "mark": mark, "root": plain_root(leaves)}


def plain_root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + plain_root(leaves[:half]) + plain_root(leaves[half:])).digest()


def test_a_stranger_reads_a_fresh_case(case, folder):
    vault = case.filled(FolderStore(folder))
    found = stranger_reads(folder, case.kit.secret)
    assert [entry["action"] for entry in found["entries"]] == [line.action for line in vault.log()]
    assert [listed["file"] for listed in found["entries"][0]["files"]] == [
        "keys/sign-1.age", "keys/pass-1.age", "keys/kit-1.age", "seal/signer.pub", "VAULT",
    ]  # fmt: skip
    (folder / "keys/pass-1.age").write_bytes(b"")
    with pytest.raises(AssertionError):
        stranger_reads(folder, case.kit.secret)  # the control: what an entry lists is really compared


def test_a_stranger_reads_the_first_format():
    folder = ROOT / "tests" / "vectors" / "v1_ok"
    header = dict(line.split(": ", 1) for line in (folder / "README").read_text().splitlines())
    found = stranger_reads(folder / "case", header["kit"])
    name, size, root = header["anchor"].split()
    digits = root.replace("-", "")
    assert name == f"holdfast/{found['mark']['id']}"
    assert (int(size), digits[:64]) == (len(found["entries"]), found["root"].hex())
    assert digits[64:] == sha256(f"{found['mark']['id']} {size} {digits[:64]}".encode()).hexdigest()[:4]
    acquired = [entry for entry in found["entries"] if entry["action"] == "acquire"]
    assert [entry["exhibit"]["number"] for entry in acquired] == ["EX-0001", "EX-0002"]
    assert acquired[0]["objects"][0]["plain"].endswith(b"everyone sees it.\n")


def test_the_page_names_every_file_a_case_has(case, folder):
    vault = case.filled(FolderStore(folder))
    vault.keep_token(7, "tsr", b"token")
    shapes = {re.sub(r"\d{8}", "00000042", re.sub(r"\d\.age$", "1.age", name)) for name in vault.store.list()}
    for shape in shapes:
        if not shape.startswith("objects/"):
            assert shape.removesuffix(".sig") in PAGE, shape
