"""docs/json-contract.md says what model.py and the readers say, no less."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

import holdfast
from holdfast import model
from holdfast.confine import patience, shut_in
from holdfast.intake.archive import MEMBERS, RATIO
from holdfast.model import ITEM_TYPES

DOCS = Path(__file__).resolve().parents[2] / "docs"
CONTRACT = (DOCS / "json-contract.md").read_text("utf-8")
CONFINEMENT = (DOCS / "confinement.md").read_text("utf-8")
CODES = set(re.findall(r"`([a-z_0-9]+)`", CONTRACT))
PRINTED = (
    *ITEM_TYPES, model.PartHead, model.PartCount, model.Summary, model.Place, model.When, model.Attachment, model.Reaction,
    model.Assessment, model.Finding, model.Demand, model.Deadline, model.Identifier, model.Signal, model.Actor, model.Moment,
)  # fmt: skip


@pytest.mark.parametrize("noun", PRINTED, ids=lambda noun: noun.__name__)
def test_every_key_is_in_the_contract(noun: type[msgspec.Struct]) -> None:
    assert set(noun.__struct_fields__) <= CODES


@pytest.mark.parametrize("kind", [*ITEM_TYPES, model.PartHead, model.Summary], ids=lambda kind: kind.__name__)
def test_every_kind_is_in_the_contract(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_config__.tag in CODES


def test_every_label_is_in_the_contract() -> None:
    assert set(model.LABELS) <= CODES


def test_every_doubt_the_readers_give_is_in_the_contract() -> None:
    """Codes stand in quotes on lines that speak of doubts; a name that is quoted there for another reason would be seen too."""
    files = sorted((Path(holdfast.__file__).parent / "readers").glob("*.py"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if re.search(r"doubt|_Day\(", line)]
    found = {code for line in lines for code in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', line)}
    assert {"sender_or_notice", "no_date", "hidden_text", "impossible_date"} <= found
    assert found <= CODES


def test_every_doubt_met_in_public_files_is_in_the_contract(corpora: Path) -> None:
    from holdfast.confine import Serial
    from holdfast.confine.lines import read_batches
    from holdfast.readers import Options

    met = set()
    events = set()
    for batch in read_batches([corpora / "readers", corpora / "mime-is-broken"], Options(), pool=Serial()):
        for line in batch:
            met |= set(getattr(line, "doubts", ()))
            events |= {getattr(line, "event", None)} - {None}
    assert met <= CODES
    assert events <= CODES


def test_the_limits_are_those_of_the_code() -> None:
    for figure in (
        f"{MEMBERS:,} in one file",
        f"{RATIO} : 1",
        f"{shut_in.MEMORY >> 20} MB of memory",
        f"after {patience.PATIENCE:g} s",
    ):
        assert figure in CONFINEMENT


def test_an_assessment_that_found_nothing_says_so_with_every_key() -> None:
    printed = msgspec.to_builtins(model.Assessment())
    assert printed["schema"] == 1
    assert all(printed[key] == () for key in set(printed) - {"schema"})
    assert set(printed) == set(model.Assessment.__struct_fields__)
