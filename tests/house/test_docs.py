"""If it is a verb, a doubt or an error, it stands in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from holdfast.cli import VERBS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "holdfast"


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_stands_in_the_manual(verb: str) -> None:
    assert f"holdfast {verb}" in (ROOT / "docs" / "cli.md").read_text()


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_every_doubt_a_reader_can_have_is_explained() -> None:
    contract = (ROOT / "docs" / "json-contract.md").read_text()
    codes = set()
    for path in SOURCE.glob("readers/*.py"):
        codes |= set(re.findall(r'(?:DOUBT\w*|doubts?)\b[^\n"]{0,40}"([a-z]+(?:_[a-z]+)+)"', path.read_text()))
    missing = sorted(code for code in codes if f"`{code}`" not in contract)
    assert codes
    assert not missing
