"""`check` says what a person should look at, worst first."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from holdfast.content import Content, check, load

TODAY = date(2026, 11, 20)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The knowledge of Pakistan, and nothing else, in a folder of its own."""
    (tmp_path / "countries").mkdir()
    text = (files("holdfast.content") / "countries" / "pk.toml").read_text(encoding="utf-8")
    (tmp_path / "countries" / "pk.toml").write_text(text, encoding="utf-8")
    (tmp_path / "reasons.toml").write_text("reason = []\n", encoding="utf-8")
    return tmp_path


def test_what_would_harm_most_comes_first() -> None:
    found = check(None, TODAY)
    assert [problem.harm for problem in found] == sorted(problem.harm for problem in found)
    assert found[0].harm == 0
    assert not [problem for problem in found if problem.kind == "error"]
    assert {"recalled", "unchecked"} <= {problem.kind for problem in found}


def test_one_place_can_be_asked_for() -> None:
    found = check("pk", TODAY)
    assert found
    assert {problem.file for problem in found} == {"countries/pk.toml"}
    assert any("bd.kpr" in problem.why for problem in check("bd", TODAY) if problem.kind == "unchecked")
    assert any(problem.kind == "recalled" and "au.idcare" in problem.why for problem in check("au", TODAY))


def test_every_recalled_row_is_found() -> None:
    for iso, country in load().countries.items():
        rows = [row for _, row in country.rows() if row.basis == "recalled"]
        assert len([problem for problem in check(iso, TODAY) if problem.kind == "recalled"]) == len(rows), iso


def test_review_dates_pass() -> None:
    assert not [problem for problem in check("gb", TODAY) if problem.kind == "stale"]
    stale = [problem for problem in check("gb", date(2027, 5, 21)) if problem.kind == "stale"]
    assert [problem.key for problem in stale] == ["review_by"]
    assert [problem for problem in check("wechat", date(2027, 11, 20)) if problem.kind == "stale"]


@pytest.mark.parametrize(
    ("old", "new", "kind", "word"),
    [
        ('phone = "1043"', 'phone = "0800-39393"', "contradictory", "080039393"),
        (
            'in_force_from = "2016-08-18"',
            'in_force_from = "2016-08-18"\nin_force_until = "2016-08-01"',
            "contradictory",
            "ends",
        ),
        ('basis = "cross_checked"', 'basis = "hearsay"', "error", "hearsay"),
    ],
)
def test_contradictions_and_errors_are_found(copy: Path, old: str, new: str, kind: str, word: str) -> None:
    path = copy / "countries" / "pk.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [problem for problem in check(None, TODAY, Content(copy)) if problem.kind == kind]
    assert [problem for problem in found if word in problem.why]
