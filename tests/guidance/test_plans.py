"""Plans of people: what must be in them, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from holdfast.content import Content
from holdfast.guidance import facts_from_answers, plan, questions, where
from holdfast.model import Cited, Fact, OffenceMatch, Plan, PlannedStep
from holdfast.outputs.plan_page import plan_markdown, plan_text

DAY = date(2026, 11, 20)
Made = Callable[..., Plan]


def step(found: Plan, ident: str) -> PlannedStep:
    return next(step for step in found.steps if step.id == ident)


def ids(found: Plan) -> list[str]:
    return [step.id for step in found.steps]


@pytest.mark.parametrize(
    ("place", "number", "route", "law"),
    [
        ("pk", "15", "pk.nccia", "pk.peca21"),
        ("cn", "110", "cn.110", "cn.cl274"),
        ("gb", "999", "gb.police", "gb.66B4"),
        ("us", "911", "us.ic3", "us.tida_threat"),
        ("in", "112", "in.1930", "in.bns308"),
    ],
)
def test_with_no_case_the_plan_is_whole(made: Made, place: str, number: str, route: str, law: str) -> None:
    found = made(place)
    assert number in found.emergency[0].phone
    assert law in [offence.id for offence in found.offences]
    contacts = {contact.id for step in found.steps for contact in step.contacts}
    assert any(ident.startswith(f"{place}.") for ident in contacts)
    if place != "in":
        assert route in contacts
    assert {"breathe", "do_not_pay", "keep_everything", "complain", "report_platform", "block", "begin_a_case"} <= set(
        ids(found)
    )
    assert ids(found)[0] == "safe_first"


def test_the_law_is_that_of_the_day(made: Made) -> None:
    before = {offence.id for offence in made("gb", day=date(2024, 1, 30)).offences}
    after = {offence.id for offence in made("gb", day=date(2024, 1, 31)).offences}
    assert "gb.33cjca" in before - after
    assert "gb.66B4" in after - before
    assert "cn.ps49old" in {offence.id for offence in made("cn", day=date(2025, 12, 31)).offences}
    assert "cn.ps58" in {offence.id for offence in made("cn", day=date(2026, 1, 1)).offences}
    assert "in.ipc384" in {offence.id for offence in made("in", day=date(2024, 6, 30)).offences}
    assert "in.bns308" in {offence.id for offence in made("in", day=date(2024, 7, 1)).offences}


def test_a_start_nobody_checked_says_so(made: Made) -> None:
    found = next(offence for offence in made("de").offences if offence.id == "de.253")
    assert found.in_force == "may"
    assert "start date not checked" in found.why


def test_laws_matched_by_the_case_stand_instead(made: Made) -> None:
    cited = Cited(source="https://example.org", checked="", basis="recalled", confidence="low")
    mine = OffenceMatch(
        id="pk.x", jurisdiction="pk", instrument="Act", section="1", kind="crime", covers="This.", max_penalty="",
        in_force="yes", day="2026-10-01", why="said so", cited=cited, findings=("f1",),
    )  # fmt: skip
    found = made("pk", "money_demanded", offences=(mine,))
    assert found.offences == (mine,)
    assert "Matched with f1" in plan_markdown(found)
    assert "(not yet checked)" in plan_markdown(found)


def test_the_warning_stands_before_the_routes(made: Made) -> None:
    for place in ("pk", "cn", "ae", "id", "us"):
        found = made(place)
        assert found.turns_against
        assert ids(found).index("before_you_report") < ids(found).index("complain")
        assert found.turns_against[0] in step(found, "before_you_report").details[0]
    assert "before_you_report" not in ids(made("nz"))


def test_their_deadline_is_never_counted_ours_on_others_is(made: Made) -> None:
    found = made("us", "deadline_set", "already_posted")
    assert "theirs" in step(found, "their_deadline").title
    assert any("48 hours" in detail for detail in step(found, "deadlines_for_them").details)
    assert any("2 hours" in detail for detail in step(made("in", "already_posted"), "deadlines_for_them").details)
    maybe = step(made("gb", "already_posted"), "deadlines_for_them").details[0]
    assert "may apply" in maybe
    assert "deadlines_for_them" not in ids(made("cn", "already_posted"))


def test_whoever_paid_hears_of_the_rail_and_no_blame(made: Made) -> None:
    found = made("pk", "paid", "paid_easypaisa")
    paid = step(found, "you_paid")
    assert any(detail.startswith("Easypaisa") and "3737" in detail for detail in paid.details)
    assert any("Words that help" in detail for detail in paid.details)
    assert "do_not_pay" not in ids(found)
    assert "not your fault" in paid.body
    everywhere = step(made("gb", "paid", "paid_bank_transfer"), "you_paid").details
    assert any("United Kingdom" in detail for detail in everywhere)
    assert not any("India" in detail.split("\n")[0] for detail in everywhere)


def test_a_watched_device_comes_before_saving_and_passwords(made: Made) -> None:
    order = ids(made("gb", "device_watched"))
    assert order.index("watched_device") < order.index("keep_everything") < order.index("start_with_mailbox")
    assert "check_the_phone" in order


def test_a_mass_mail_is_answered_calmly(made: Made) -> None:
    order = ids(made("us", "hack_claimed", "mail_spoofed_self", "platform_mail", "crypto_demanded"))
    assert {"hack_claim", "own_address", "keep_the_mail", "money_trail", "signed_in"} <= set(order)
    assert "fingerprint_adult" not in order


def test_reasons_say_where_they_come_from(content: Content) -> None:
    facts = (Fact(name="money_demanded", because=("f1", "f2", "f3")), Fact(name="deadline_set", because=("by noon",)))
    found = plan(content, place="pk", day=DAY, facts=facts, answers={"device": "yes"})
    assert step(found, "money_trail").why == ("They ask for money (seen 3 times in what was read)",)
    assert step(found, "their_deadline").why == ("They set a time limit (seen once in what was read)",)
    assert step(found, "watched_device").why == ("Someone may look into your device (you told us)",)


def test_services_are_found_by_short_name_too(made: Made) -> None:
    reports = step(made("gb", "platform_facebook", "platform_sms"), "report_platform").details
    assert any(detail.startswith("Facebook") for detail in reports)
    only_here = [detail for detail in step(made("in", "platform_whatsapp"), "report_platform").details if "India" in detail]
    assert only_here
    assert not [d for d in step(made("pk", "platform_whatsapp"), "report_platform").details if "India" in d]


def test_advice_to_save_carries_the_limit_unless_an_adult_is_sure(made: Made) -> None:
    for names in ((), ("under_18",), ("age_unsure",), ("adult", "minor_in_picture")):
        details = step(made("cn", *names, platforms=["wechat"]), "keep_everything").details
        wechat = [detail for detail in details if detail.startswith("WeChat")]
        assert wechat
        assert all("under 18" in detail for detail in wechat)
    adult = step(made("cn", "adult", platforms=["wechat"]), "keep_everything").details
    assert not any("under 18" in detail for detail in adult if detail.startswith("WeChat"))


def test_done_steps_stay_and_are_marked(made: Made) -> None:
    found = made("pk", done=("breathe", "no such step"))
    assert [step.id for step in found.steps if step.done] == ["breathe"]
    assert "(done)" in plan_text(found)


@pytest.mark.parametrize(
    ("typed", "code", "known"),
    [
        ("pk", "pk", True),
        (" PK ", "pk", True),
        ("uk", "gb", True),
        ("Pakistan", "pk", True),
        ("us-ca", "us-ca", True),
        ("US-CA", "us-ca", True),
        ("us-zz", "us", True),
        ("zz", "zz", False),
        ("at", "at", False),
        ("", "xx", False),
        ("../../etc", "../../etc", False),
    ],
)
def test_a_place_is_what_was_meant(content: Content, typed: str, code: str, known: bool) -> None:
    here = where(content, typed)
    assert (here.code, here.known) == (code, known)


def test_states_are_named_and_an_unknown_place_says_so(made: Made) -> None:
    assert "states_differ" in ids(made("us"))
    california = made("us-ca")
    assert california.place_name == "United States, California"
    assert "states_differ" not in ids(california)
    assert any("Penal Code" in detail for detail in step(california, "law_here").details)
    nowhere = made("zz")
    assert "nothing collected" in nowhere.place_name
    assert "no_page_for_place" in ids(nowhere)
    assert nowhere.offences == ()
    assert "no law on file" in plan_text(nowhere)
    austria = made("at")
    assert any(offence.id.startswith("eu.") for offence in austria.offences)


def test_a_typed_place_cannot_write_on_the_terminal(made: Made) -> None:
    assert "\x1b" not in plan_text(made("\x1b[31mzz\x07"))


def test_questions_come_one_by_one_and_may_all_be_left_open(content: Content) -> None:
    answers: dict[str, str] = {}
    asked = []
    while (question := questions(content, answers)) is not None:
        asked.append(question.id)
        assert question.answer[-1].text == "I'd rather not say"
        answers[question.id] = "rather_not_say"
    assert asked[:3] == ["danger", "self_harm", "age"]
    assert "how_paid" not in asked
    assert {fact.name for fact in facts_from_answers(content, answers)} == {"age_unsure"}
    found = plan(content, place="pk", day=DAY, answers=answers)
    assert {"breathe", "keep_everything", "complain", "block"} <= set(ids(found))


def test_only_ways_of_payment_of_the_place_are_offered(content: Content) -> None:
    answers = {q.id: "rather_not_say" for q in content.questions if q.id not in ("paid", "how_paid")} | {"paid": "money"}
    here = questions(content, answers, place="gb")
    assert here is not None
    offered = {answer.id for answer in here.answer}
    assert {"bank_transfer", "crypto", "gift_cards", "other", "rather_not_say"} <= offered
    assert not offered & {"easypaisa", "m_pesa", "venmo"}
    pakistan = questions(content, answers, place="pk")
    assert pakistan is not None
    assert "easypaisa" in {answer.id for answer in pakistan.answer}


def test_answers_nobody_asked_for_make_nothing_true(content: Content) -> None:
    assert facts_from_answers(content, {"danger": "banana", "weather": "yes", "threat": ["hurt", "nonsense"]}) == (
        Fact(name="violence_threatened", because=("answer:threat",)),
    )


def test_a_child_wins_over_an_adult(made: Made) -> None:
    assert "fingerprint_adult" not in ids(made("gb", "adult", "under_18", "image_leak_threatened"))


def test_the_page_starts_with_three_things_and_ends_with_sources(made: Made) -> None:
    text = plan_text(made("gb"))
    now = text[text.index("\nNow\n") : text.index("\nThen, as soon as you can\n")]
    assert now.count("\n1. ") + now.count("\n2. ") + now.count("\n3. ") == 3
    assert "4. " not in now
    order = [
        text.index(f"\n{title}\n") for title in ("People to call", "Now", "Today", "This week", "Later", "Laws that may apply")
    ]
    assert order == sorted(order)
    assert text.index("\nWhat we have not checked\n") < text.index("\nWhere this comes from\n")
    assert "https://" in text[text.index("\nWhere this comes from\n") :]


def test_no_line_of_the_terminal_page_is_too_wide(made: Made) -> None:
    from unicodedata import east_asian_width

    for line in plan_text(made("cn", platforms=["wechat"]), width=70).splitlines():
        columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
        assert columns <= 70 or len(line.split()) <= 2, line


def test_a_number_read_above_is_not_read_again(made: Made) -> None:
    text = plan_text(made("gb"))
    assert text.count("116 123") == 1
    assert "See above: " in text


def test_what_was_told_brings_its_own_laws(content: Content, made: Made) -> None:
    told = plan(content, place="in", day=DAY, answers={"posted": "yes", "threat": ["share_pictures", "hurt"]})
    assert {"in.it66e", "in.it67a", "in.bns308"} <= {offence.id for offence in told.offences}
    assert "in.it66e" not in {offence.id for offence in made("in").offences}
    child = plan(content, place="gb", day=DAY, answers={"age": "under_18", "posted": "yes"})
    assert "gb.csam" not in {offence.id for offence in child.offences}


def test_a_case_keeps_its_matches_and_adds_what_only_the_answers_say(content: Content) -> None:
    usual = plan(content, place="in", day=DAY).offences
    matched = (usual[0],)
    told = plan(content, place="in", day=DAY, offences=matched, answers={"posted": "yes"})
    assert told.offences[0] == usual[0]
    assert "in.it66e" in {offence.id for offence in told.offences}
    assert len({offence.id for offence in told.offences}) == len(told.offences)


def test_a_law_is_named_once_with_its_section(made: Made) -> None:
    text = plan_markdown(made("gb"))
    assert "- Computer Misuse Act 1990, 1 [" in text
    assert "- 18 USC 875(d) [" in plan_markdown(made("us"))


def test_report_remove_is_for_children_in_the_united_kingdom(made: Made) -> None:
    assert "report_remove" in ids(made("gb", "under_18"))
    assert "report_remove" not in ids(made("gb", "adult"))
    assert "report_remove" not in ids(made("us", "under_18"))
