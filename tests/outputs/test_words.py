"""The words of papers: every one the template asks for is there, in every language, and every code of the model has one."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from holdfast.errors import ContentError
from holdfast.model import LABELS
from holdfast.outputs.wording import wording

FOLDER = resources.files("holdfast.outputs")
LANGUAGES = sorted(file.name.removesuffix(".toml") for file in (FOLDER / "words").iterdir() if file.name.endswith(".toml"))
CONTRACT = Path(__file__).resolve().parents[2] / "docs" / "json-contract.md"


def keys(table: dict[str, Any], inside: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        found |= keys(value, f"{inside}{key}.") if isinstance(value, dict) else {inside + key}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    assert keys(wording(language)) == keys(wording("en"))
    assert wording(language)["language"] == language


def test_the_template_asks_for_nothing_that_is_not_there() -> None:
    template = (FOLDER / "dossier.typ").read_text(encoding="utf-8")
    asked = set(re.findall(r"\bw\.([a-z_]+\.[a-z_]+)", template))
    assert asked
    assert asked - keys(wording()) == set()


def test_every_label_has_words() -> None:
    assert set(wording()["label"]) == set(LABELS)


def test_every_doubt_of_the_contract_has_words() -> None:
    table = CONTRACT.read_text(encoding="utf-8").partition("| code | what it means |")[2].partition("\n\n")[0]
    codes = {code for row in table.splitlines() for code in re.findall(r"`([a-z_]+)`", row.split("|")[1] if "|" in row else "")}
    assert codes
    assert codes - set(wording()["doubt"]) == set()


@pytest.mark.parametrize("language", ["xx", "../en", "", "en.toml"])
def test_a_language_there_is_not(language: str) -> None:
    with pytest.raises(ContentError):
        wording(language)
