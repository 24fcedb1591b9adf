"""Every folder in tests/vectors/ is a test: the case in it gets exactly the verdict its README names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfast.errors import HoldfastError
from holdfast.vault import FolderStore, Vault, verify

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def read_header(folder: Path) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in (folder / "README").read_text().splitlines() if ": " in line)


def opened(folder: Path, **way) -> Vault:
    return Vault.open(FolderStore(folder / "case"), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC), tool="test", **way)


def verdict_of(folder: Path, header: dict[str, str]) -> str:
    try:
        if header.get("kit"):
            vault = opened(folder, identity=header["kit"])
        else:
            vault = opened(folder, passphrase=header["passphrase"].encode())
    except HoldfastError as error:
        return f"refused: {type(error).__name__}"
    verdict = verify(vault.store, vault=vault, depth=header["depth"], anchor=header.get("anchor"))
    return f"damaged at {verdict.file}" if verdict.state == "damaged" else verdict.state


@pytest.mark.parametrize("folder", sorted(path.parent for path in VECTORS.glob("*/README")), ids=lambda folder: folder.name)
def test_the_verdict_is_the_one_expected(folder):
    header = read_header(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert verdict_of(folder, header) == header["expect"]
    assert folder.name.endswith("_fail") == header["expect"].startswith(("damaged", "refused"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before  # looking changes nothing


def test_the_first_format_opens_for_ever():
    """By passphrase at its full cost, by kit, and with every word still there."""
    folder = VECTORS / "v1_ok"
    header = read_header(folder)
    for way in ({"passphrase": header["passphrase"].encode()}, {"identity": header["kit"]}):
        vault = opened(folder, **way)
        assert vault.damage == ()
        first = vault.exhibits()[0]
        assert vault.open_object(first.object).read_at(0, 99).endswith(b"Pay 500 by Friday or everyone sees it.\n")
        assert [line.action for line in vault.log()] == ["create", "age_group", "acquire", "acquire", "derive", "diary"]
        assert [body for _, body in vault.private("diary")] == [b"I wrote to the helpline."]
        assert vault.age_group == "adult"
        assert list(vault.readings()) == ["EX-0001"]
