"""English rounds written before they were looked at, safeguarding sentences, and what is quoted."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from holdfast.assessment import assess, assess_text

SAFEGUARDING = (Path(__file__).parent / "lines" / "en.safeguarding.txt").read_text(encoding="utf-8").splitlines()
ROUNDS = ("round5", "round6", "round7", "round8")


@pytest.mark.parametrize("part", ROUNDS)
def test_what_was_learnt_stays_learnt_and_quiet(judged_lines, part: str) -> None:
    threats, traps = judged_lines("en", "threats", part), judged_lines("en", "traps", part)
    assert sum(bool(assess_text(line).findings) for _, line in threats) >= 0.75 * len(threats)
    fired = [line for _, line in traps if assess_text(line).findings]
    assert len(fired) <= 0.05 * len(traps), fired


def test_police_schools_charities_parents_and_papers_never_fire() -> None:
    assert len(SAFEGUARDING) == 60
    for line in SAFEGUARDING:
        assert assess_text(line.partition("|")[2]).findings == (), line


def test_a_finding_quotes_the_whole_sentence() -> None:
    text = "ok listen. you send me £600 by Friday 6pm or I post your pictures in your family group\n\nthink about it"
    found = assess_text(text)
    quotes = {finding.quote for finding in found.findings}
    assert quotes == {"you send me £600 by Friday 6pm or I post your pictures in your family group"}
    assert [demand.quote for demand in found.demands] == ["you send me £600 by Friday 6pm"]


def test_a_sentence_wrapped_by_a_mail_program_is_quoted_whole() -> None:
    text = (
        "I have waited long enough for you.\n"
        "If I do not see the money by Sunday I will upload your nude video and send\nit to your boss. Pay."
    )
    quotes = [finding.quote for finding in assess_text(text).findings if finding.label == "image_leak"]
    assert quotes
    assert all(quote.startswith("If I do not see") and quote.endswith("your boss.") for quote in quotes)


def test_each_half_of_a_split_threat_has_its_own_quote(chat) -> None:
    found = assess(chat(("them", "or i will send your nudes"), ("them", "to everyone in your class")))
    split = [finding for finding in found.findings if "split" in finding.guards]
    texts = {1: "or i will send your nudes", 2: "to everyone in your class"}
    for finding in split or found.findings:
        assert finding.quote in texts[finding.place.first]


def test_the_k_of_a_name_is_no_thousand() -> None:
    found = assess_text("pay me or I leak your nudes. paypal is fine. danny.k.pays@mail.example")
    assert all(demand.amount is None for demand in found.demands)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("send 15,000 ksh on mpesa or i post your nudes", "15000", "KES"),
        ("either three fifty on zelle or i post your nudes", "350", "USD"),
        ("pay 2 lakh rupees or i post your nudes", "200000", "INR"),
    ],
)
def test_amounts_as_people_say_them(text: str, amount: str, currency: str) -> None:
    assert (amount, currency) in {(d.amount, d.currency) for d in assess_text(text).demands}


def test_findings_stand_in_order_of_time_and_a_falling_price_is_seen(chat) -> None:
    later = chat(("them", "last offer. 400 or I post your nudes", "2026-10-15T19:00:00"))
    earlier = chat(("them", "send £600 or I post your nudes", "2026-10-14T19:00:00"))
    found = assess([*later, *earlier])
    assert "600" in found.findings[0].quote
    assert next(s.state for s in found.signals if s.name == "price_drops") == "shown"


def test_a_bare_tonight_is_a_time_limit_only_beside_a_demand() -> None:
    found = assess_text("I HAVE YOUR NAKED VIDEO. 300 DOLLARS STEAM CARD TONIGHT OR I POST IT")
    assert [d.deadline.quote for d in found.demands if d.deadline] == ["TONIGHT"]
    far = assess_text("I will kill you. My mother comes to dinner tonight")
    assert not any(d.deadline for d in far.demands)


def test_the_notice_of_a_deleted_message_is_nobodys_words(chat) -> None:
    items = chat(("them", "send £600 or I post your nudes"), ("them", "This message was deleted"))
    items[1] = msgspec.structs.replace(items[1], event="deleted")
    assert {f.place.first for f in assess(items).findings} == {1}


def test_police_named_in_a_threat_is_no_lawful_pressure(chat) -> None:
    line = "go to the police and I swear I will send them to the whole clinic the same minute"
    found = assess(chat(("them", "I still have all the nude pictures you sent me"), ("them", line)))
    assert line in {finding.quote for finding in found.findings}
    assert assess_text("If you write again I will go to the police and show them every message.").findings == ()
