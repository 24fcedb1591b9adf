"""Every file of knowledge loads, and says about itself what the field guide asks."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from holdfast.content import Content, load
from holdfast.content.country import Offence
from holdfast.content.evidence import LawRow, ServiceRow

CONTENT = load()
TODAY = date(2026, 11, 20)
OURS = re.compile(r"revenge porn|court.proof|unbreak[a]ble|military.grade|100 ?%|guaranteed", re.IGNORECASE)


def test_the_whole_is_there() -> None:
    counts = (len(CONTENT.countries), len(CONTENT.platforms), len(CONTENT.payments), len(CONTENT.security))
    assert counts >= (41, 48, 18, 13)
    assert {"eu", "xx", "cn", "pk", "gb", "us", "in"} <= set(CONTENT.countries)
    assert list(CONTENT.countries) == sorted(CONTENT.countries)


@pytest.mark.parametrize("shelf", ["countries", "platforms", "payments", "security"])
def test_every_file_loads_under_its_own_name(shelf: str) -> None:
    shelves = getattr(CONTENT, shelf)
    for ident in shelves:
        noun = shelves[ident]
        assert (noun.iso if shelf == "countries" else noun.id) == ident


def test_steps_and_questions_load_in_the_order_of_their_numbers() -> None:
    names = sorted(entry.name for entry in (files("holdfast.content") / "steps").iterdir())
    assert [f"{step.id}.toml" for step in CONTENT.steps] == [name.split("-", 1)[1] for name in names]
    assert [question.id for question in CONTENT.questions][:3] == ["danger", "self_harm", "age"]


@pytest.mark.parametrize("iso", CONTENT.countries)
def test_a_recalled_row_is_never_shown_as_checked(iso: str) -> None:
    for key, row in CONTENT.countries[iso].rows():
        assert isinstance(row, LawRow)
        assert (row.cited.checked == "") == (row.basis == "recalled"), key
        assert row.source.startswith("http"), key


@pytest.mark.parametrize("ident", CONTENT.platforms)
def test_what_nobody_read_has_no_day_of_checking(ident: str) -> None:
    platform = CONTENT.platforms[ident]
    rows = [*platform.report, *platform.export, *platform.policy, platform.block, platform.security, platform.law_enforcement]
    for row in rows:
        if isinstance(row, ServiceRow):
            assert (row.cited.checked == "") == (row.basis == "general-knowledge")


def test_every_place_has_a_number_that_somebody_checked_or_says_so() -> None:
    for iso, country in CONTENT.countries.items():
        assert country.emergency is not None, iso
        assert re.search(r"\d", country.emergency.police), iso


def test_our_own_sentences_never_promise_or_shame() -> None:
    words = [f"{step.title} {step.body}" for step in CONTENT.steps]
    words += [f"{question.text} {question.help}" for question in CONTENT.questions]
    words += list(CONTENT.reasons.values())
    assert [text for text in words if OURS.search(text)] == []


def test_our_own_sentences_are_short_enough_to_read_when_frightened() -> None:
    for step in CONTENT.steps:
        sentences = re.split(r"(?<=[.!?])\s", step.body)
        long = [sentence for sentence in sentences if len(sentence.split()) > 32]
        assert not long, (step.id, long)
        assert len(step.title.split()) <= 16, step.title


def test_every_attachment_finds_its_row() -> None:
    for step in CONTENT.steps:
        for attachment in step.attach:
            name, _, rest = attachment.partition(":")
            if name == "security":
                subject, *items = rest.split("/")
                known = {item.id for item in CONTENT.security[subject].item}
                assert set(items) <= known, (step.id, attachment)


def test_every_way_of_payment_that_can_be_answered_is_known() -> None:
    answers = {answer.facts[0] for q in CONTENT.questions if q.id == "how_paid" for answer in q.answer if answer.facts}
    rails = {f"paid_{ident.replace('-', '_')}" for ident in CONTENT.payments if ident != "general"}
    assert answers == rails


def test_a_deadline_stands_in_the_words_of_its_row() -> None:
    rows: list[Offence] = [row for country in CONTENT.countries.values() for row in country.offence if row.deadline_hours]
    assert {row.id for row in rows} >= {"us.tida_platform", "in.itrules"}
    for row in rows:
        assert f"{row.deadline_hours} hours" in f"{row.covers} {row.note}"


def test_another_folder_of_the_same_layout_can_be_read() -> None:
    again = Content(files("holdfast.content"))
    assert again.countries["pk"] == CONTENT.countries["pk"]
    assert again.countries["pk"] is again.countries["pk"]
