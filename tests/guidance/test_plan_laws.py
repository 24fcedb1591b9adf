"""What holds for every plan there can be, whatever the place and whatever was found or told."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.assessment.facts import FACTS
from holdfast.content import load
from holdfast.guidance import OWN_FACTS, ordered, plan
from holdfast.guidance.order import URGENCY
from holdfast.model import Fact, Plan
from holdfast.outputs.plan_page import plan_markdown, plan_text

CONTENT = load()
PLACES = sorted(CONTENT.countries)
ANSWERED = sorted({name for question in CONTENT.questions for name in question.facts})
KNOWN = sorted(set(FACTS) | set(ANSWERED))
OF_PLACES = {f"place_{iso}" for iso in PLACES}
STEPS = {step.id: step for step in CONTENT.steps}
DAY = date(2026, 11, 20)

names = st.lists(st.sampled_from(KNOWN), unique=True, max_size=12)
places = st.sampled_from([*PLACES, "us-ca", "zz", "", "UK", "at"])


def planned(place: str, facts: list[str], platforms: tuple[str, ...] = ()) -> Plan:
    return plan(CONTENT, place=place, day=DAY, facts=[Fact(name=name, because=("f",)) for name in facts], platforms=platforms)


def test_every_fact_a_step_names_exists() -> None:
    used = {name for step in CONTENT.steps for name in step.when.names}
    used |= {name for question in CONTENT.questions for name in question.when.names}
    assert used <= set(KNOWN) | set(OWN_FACTS) | OF_PLACES


def test_every_fact_a_step_waits_for_can_be_said_in_words() -> None:
    used = {name for step in CONTENT.steps for name in (*step.when.all, *step.when.any)}
    assert used - set(OWN_FACTS) - OF_PLACES <= set(CONTENT.reasons)
    assert set(CONTENT.reasons) <= set(KNOWN)


@given(places, names)
@settings(max_examples=300, deadline=None)
def test_keep_then_report_then_block_and_people_before_all(place: str, facts: list[str]) -> None:
    found = planned(place, facts)
    acts = [STEPS[step.id].act for step in found.steps]
    where = {
        act: [number for number, known in enumerate(acts) if known == act] for act in ("people", "keep", "report", "block")
    }
    assert where["people"] == list(range(len(where["people"])))
    assert where["people"], "somebody to call always comes first"
    assert max(where["keep"]) < min(where["report"])
    assert max(where["report"]) < min(where["block"])


@given(places, names)
@settings(max_examples=200, deadline=None)
def test_urgency_never_runs_back_and_before_is_kept(place: str, facts: list[str]) -> None:
    found = planned(place, facts)
    ranks = [URGENCY.index(step.urgency) for step in found.steps]
    assert ranks == sorted(ranks)
    position = {step.id: number for number, step in enumerate(found.steps)}
    for ident, number in position.items():
        for later in STEPS[ident].before:
            assert later not in position or number < position[later], (ident, later)


@given(places, names)
@settings(max_examples=200, deadline=None)
def test_the_emergency_screen_is_never_empty_nor_only_unchecked(place: str, facts: list[str]) -> None:
    found = planned(place, facts)
    assert re.search(r"\d", found.emergency[0].phone)
    sure = [contact for contact in found.emergency if contact.cited.checked and contact.cited.confidence != "low"]
    assert [contact for contact in sure if contact.phone]
    assert [contact for contact in sure if contact.kind in ("crisis", "child") and (contact.phone or contact.url)]
    assert [contact for contact in found.emergency if contact.id == "xx.hospital"]


@given(places, names)
@settings(max_examples=100, deadline=None)
def test_whoever_may_be_a_child_is_warned_before_anything_is_saved(place: str, facts: list[str]) -> None:
    young = planned(place, [*facts, "under_18"])
    position = {step.id: number for number, step in enumerate(young.steps)}
    assert position["minor_pictures"] < position["keep_everything"]
    assert "fingerprint_adult" not in position
    assert "fingerprint_minor" in position
    assert {"trusted_adult", "report_child"} <= set(position)
    shown = [contact for step in young.steps for contact in step.contacts]
    assert not [contact.id for contact in shown if contact.audience == "adult"]


def test_danger_and_self_harm_come_with_people_to_call(made: Callable[..., Plan]) -> None:
    for place in PLACES:
        for fact, ident in (("in_danger_now", "in_danger"), ("thoughts_of_self_harm", "thoughts_of_self_harm")):
            first = made(place, fact).steps[0]
            assert first.id == ident
            assert [contact for contact in first.contacts if contact.phone and contact.cited.checked]


@pytest.mark.parametrize("place", PLACES)
def test_every_place_age_and_service_gives_a_plan_in_time(place: str) -> None:
    planned(place, [], tuple(CONTENT.platforms))
    taken = []
    for age in ("under_18", "adult", "age_unsure"):
        for platform in CONTENT.platforms:
            start = time.process_time()
            found = planned(place, [age, "already_posted", "paid"], (platform,))
            taken.append(time.process_time() - start)
            report = next(step for step in found.steps if step.id == "report_platform")
            assert report.details, platform
            assert all(len(step.details) == len(step.details_cited) for step in found.steps)
    # The middle one: the slowest of a hundred is Python tidying its memory, not the plan.
    assert median(taken) < 0.05


@given(places, names)
@settings(max_examples=60, deadline=None)
def test_both_pages_say_the_same_in_the_same_order(place: str, facts: list[str]) -> None:
    found = planned(place, facts, ("wechat",))
    markdown, text = plan_markdown(found), plan_text(found)
    for step in found.steps:
        assert step.title in markdown.replace("\\", "")
    squeezed = re.sub(r"[\W_]+", "", text).lower()
    assert squeezed == re.sub(r"[\W_]+", "", markdown).lower()
    assert markdown.endswith("\n")


@given(names)
@settings(max_examples=60, deadline=None)
def test_no_fact_takes_the_order_of_content_apart(facts: list[str]) -> None:
    chosen = [step for step in CONTENT.steps if not facts or step.when.holds(facts)]
    assert {step.id for step, _ in ordered(chosen, CONTENT.steps)} == {step.id for step in chosen}
