"""docs/json-contract.md says what model.py and the readers say, no less."""

from __future__ import annotations

import ast
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
CODE = re.compile("[a-z]+(_[a-z]+)+")
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


def doubt_codes(file: Path) -> set[str]:
    """Codes a reader's module gives: strings that stand where something named doubt is added to, made or returned."""
    tree = ast.parse(file.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            about = (
                isinstance(called, ast.Attribute) and called.attr in ("append", "add") and "doubt" in ast.unparse(called.value)
            )
            if about or (isinstance(called, ast.Name) and called.id == "_with"):
                for inside in (each for arg in node.args for each in ast.walk(arg)):
                    if isinstance(inside, ast.Constant) and isinstance(inside.value, str) and CODE.fullmatch(inside.value):
                        found.add(inside.value)
                    elif isinstance(inside, ast.Name) and inside.id in constants:
                        found.add(constants[inside.id])
    return found


def test_every_doubt_the_readers_add_is_in_the_contract() -> None:
    files = sorted((Path(holdfast.__file__).parent / "readers").glob("*.py"))
    found = {code for file in files for code in doubt_codes(file)}
    assert {"sender_or_notice", "no_date", "hidden_text"} <= found
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
