"""Over a whole chat: who, in what order, shown or claimed, and what follows."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from holdfast.assessment import FACTS, assess, facts, may_apply
from holdfast.content.country import Country, Offence
from holdfast.content.evidence import LawRow
from holdfast.model import Attachment, Gap, Message, Place, When

STORY = (
    ("Rex", "hey, remember me?", "2024-03-12T20:00:00"),
    ("me", "who is this?", "2024-03-12T20:01:00"),
    ("Rex", "I have your nudes and your followers list", "2024-03-12T20:02:00"),
    ("Rex", "pay me $500 by friday noon or i send the video to your whole family", "2024-03-12T20:03:00"),
    ("me", "please don't send it to my family", "2024-03-12T20:04:00"),
    ("Rex", "ok 300 dollars on cash app then", "2024-03-12T20:06:00"),
    ("me", "I sent you the money", "2024-03-12T20:30:00"),
    ("Rex", "don't tell the police", "2024-03-12T20:31:00"),
)


def names(story) -> set[str]:
    return {fact.name for fact in story}


def test_the_story_in_order(chat) -> None:
    assessed = assess(chat(*STORY))
    whats = [(moment.what, moment.sent.local) for moment in assessed.chronology]
    assert whats[0] == ("first_contact", "2024-03-12T20:00:00")
    assert ("payment", "2024-03-12T20:30:00") in whats
    assert [local for _, local in whats] == sorted(local for _, local in whats)
    rex = next(actor for actor in assessed.actors if actor.name == "Rex")
    assert (rex.messages, rex.from_me, rex.first, rex.last) == (5, False, "2024-03-12T20:00:00", "2024-03-12T20:31:00")
    assert rex.findings == len(assessed.findings) > 0
    assert next(actor for actor in assessed.actors if actor.name == "me").findings == 0


def test_demands_over_the_chat(chat) -> None:
    assessed = assess(chat(*STORY))
    money = [d for d in assessed.demands if d.kind == "money"]
    assert [(d.amount, d.currency, d.rail, d.place.first) for d in money] == [
        ("500", "USD", None, 4),
        ("300", "USD", "cash-app", 6),
    ]
    assert money[0].deadline.at == "2024-03-15T12:00:00"
    assert "silence" in {d.kind for d in assessed.demands}
    assert all(d.finding in {f.id for f in assessed.findings} for d in assessed.demands)


def test_price_drops_and_claims_are_signals(chat) -> None:
    signals = {signal.name: signal for signal in assess(chat(*STORY)).signals}
    assert signals["price_drops"].state == "shown"
    assert [place.first for place in signals["price_drops"].places] == [6]
    assert signals["shows_material"].state == "claimed"
    assert signals["quotes_password"].state == "not seen"


def test_a_picture_they_sent_is_shown(chat) -> None:
    story = chat(*STORY)
    story.insert(3, msgspec.structs.replace(story[2], text="", attachments=(Attachment(name="IMG.jpg"),)))
    assert {s.name: s.state for s in assess(story).signals}["shows_material"] == "shown"


def test_nothing_found_says_nothing_more(chat) -> None:
    assessed = assess(
        chat(("Ann", "see you at six", "2024-03-12T20:00:00"), ("me", "yes! paid the tickets", "2024-03-12T20:01:00"))
    )
    assert (assessed.findings, assessed.demands, assessed.signals) == ((), (), ())


def test_ordinary_money_between_friends_is_no_demand(chat) -> None:
    assert assess(chat(("Ann", "cashapp me 50 for the pizza by tonight"), ("me", "sure"))).demands == ()


def test_facts_follow_with_reasons(chat) -> None:
    story = chat(*STORY)
    found = facts(assess(story), story, {}, date(2024, 3, 14), platforms=["whatsapp"])
    expected = {"money_demanded", "deadline_set", "image_leak_threatened", "sextortion", "paid_said", "contact_is_ongoing"}
    assert expected | {"platform_whatsapp", "silence_demanded", "anything_found"} <= names(found)
    assert all(fact.because for fact in found)
    assert names(found) <= set(FACTS)
    assert "contact_is_ongoing" not in names(facts(assess(story), story, {}, date(2024, 6, 1)))


def test_an_answer_wins_over_the_evidence(chat) -> None:
    story = chat(*STORY)
    found = facts(assess(story), story, {"paid_said": "no", "hack_claimed": "yes"}, date(2024, 3, 14))
    assert "paid_said" not in names(found)
    assert next(f for f in found if f.name == "hack_claimed").because == ("answer: hack_claimed",)


def test_an_unknown_speaker_can_threaten_but_tells_nothing_about_the_person(chat) -> None:
    story = chat(("?", STORY[3][1]), ("?", "I sent you the money"))
    found = names(facts(assess(story), story, {}, None))
    assert "image_leak_threatened" in found
    assert "paid_said" not in found


def test_gift_cards_are_a_fact(chat) -> None:
    story = chat(("Rex", "send me 200 in steam cards or i post your nudes"))
    assert "gift_cards_demanded" in names(facts(assess(story), story, {}, None))


def test_a_mail_from_her_own_address_is_seen_as_spoofed() -> None:
    mail = Message(
        place=Place(file="a.eml", unit="mail", first=1, last=1),
        text="I hacked your device. I recorded you while you were watching porn. Pay 900 USD in bitcoin within 48 hours.",
        sender="Ann <ann@mail.example>",
        to=("ann@mail.example",),
        from_me=False,
        sent=When(printed="x", local="2024-03-12T20:00:00", how_known="file"),
    )
    assessed = assess([mail])
    assert {s.name: s.state for s in assessed.signals}["spoofed_own_address"] == "claimed"
    forged = msgspec.structs.replace(mail, doubts=("own_address_forged",))
    assert {s.name: s.state for s in assess([forged]).signals}["spoofed_own_address"] == "shown"
    found = names(facts(assessed, [mail], {}, None, platforms=["mail"]))
    assert {"mail_spoofed_self", "hack_claimed", "crypto_demanded", "platform_mail"} <= found
    assert [d.deadline.at for d in assessed.demands if d.deadline] == ["2024-03-14T20:00:00"]


def test_parts_not_read_are_a_fact() -> None:
    gap = Gap(place=Place(file="a", unit="line", first=0, last=0), why="nobody reads this")
    assert names(facts(assess([gap]), [gap], {}, None)) == {"parts_not_read"}


# --- offences ---------------------------------------------------------------------------------------------------------


def law(ident: str, *conduct: str, since: str | None = None, until: str | None = None) -> Offence:
    cited = {"source": "https://law.example", "checked": "2026-11-20", "basis": "primary", "confidence": "high"}
    row = {"id": ident, "instrument": "Act", "section": "1", "kind": "crime", "conduct": list(conduct), "covers": "x"}
    dates = {"in_force_from": since, "in_force_until": until}
    dates = {key: value for key, value in dates.items() if value}
    return msgspec.convert({**row, "max_penalty": "", "since": "", **dates, **cited}, Offence)


class Land:
    iso = "zz"

    def __init__(self, *laws: Offence) -> None:
        self.offence = laws


def test_the_law_of_the_day_of_the_conduct(chat) -> None:
    assessed = assess(chat(*STORY))
    land = Land(
        law("old", "threat_to_share", since="2015-01-01", until="2024-01-31"),
        law("new", "threat_to_share", since="2024-02-01"),
        law("later", "threat_to_share", since="2025-01-01"),
        law("unsure", "extortion"),
        law("other", "record", since="2000-01-01"),
    )
    matches = {match.id: match for match in may_apply(assessed, [land])}
    assert {ident: match.in_force for ident, match in matches.items()} == {"new": "yes", "unsure": "may"}
    assert matches["new"].day == "2024-03-12"
    assert set(matches["new"].findings) <= {f.id for f in assessed.findings}
    assert "extortion" in matches["unsure"].why


def test_without_a_day_every_law_is_only_possible(chat) -> None:
    assessed = assess(chat((STORY[3][0], STORY[3][1])))
    land = Land(law("new", "threat_to_share", since="2024-02-01"))
    assert [match.in_force for match in may_apply(assessed, [land])] == ["may"]
    assert [match.in_force for match in may_apply(assessed, [land], date(2024, 5, 1))] == ["yes"]
    assert may_apply(assessed, [land], date(2020, 5, 1)) == ()


def test_no_finding_no_law(chat) -> None:
    assert may_apply(assess(chat(("Ann", "hello"))), [Land(law("new", "threat_to_share"))]) == ()


@pytest.mark.parametrize("shape", [Country, LawRow])
def test_content_still_has_the_shape_that_is_asked_of_it(shape) -> None:
    fields = set(shape.__struct_fields__)
    assert fields >= ({"iso", "offence"} if shape is Country else {"source", "checked", "basis", "confidence"})
