"""Passages: one for each message, in order of time across exhibits, and never printed twice."""

from __future__ import annotations

import msgspec
import pytest

from holdfast.model import Assessment, Deadline, Demand, Finding, Message, Place, When
from holdfast.outputs.demanded import amount, limit_words, sums
from holdfast.outputs.dossier import dossier_data
from holdfast.outputs.lines import quote
from holdfast.outputs.passages import Passage, Shelf, passages
from holdfast.outputs.view import CaseView, Reading
from holdfast.outputs.wording import wording

WORDS = wording()


def said(file: str, line: int, text: str, sent: When | None, sender: str | None = "Rehan K", **more: object) -> Message:
    place = Place(file=file, unit="line", first=line, last=line)
    return Message(place=place, text=text, sender=sender, sent=sent, from_me=False, **more)  # type: ignore[arg-type]


def at(local: str, utc: str | None = None) -> When:
    return When(printed=local, local=local, utc=utc, how_known="file")


def found(message: Message, number: int, label: str = "violence", speaker: str = "other") -> Finding:
    return Finding(
        id=f"F{number}", label=label, form="direct", certainty="clear", speaker=speaker, start=0, end=len(message.text),
        quote=message.text, rule="r", language="en", place=message.place,
    )  # fmt: skip


def case(view: CaseView, *parts: tuple[Message, ...], findings: tuple[Finding, ...], **more: object) -> CaseView:
    files = [part[0].place.file for part in parts]
    exhibits = tuple(
        msgspec.structs.replace(view.exhibits[0], number=f"EX-000{number}", name=file) for number, file in enumerate(files, 1)
    )
    readings = tuple(Reading(exhibit=exhibit.number, items=part) for exhibit, part in zip(exhibits, parts, strict=True))
    assessment = Assessment(findings=findings, **more)  # type: ignore[arg-type]
    return msgspec.structs.replace(view, exhibits=exhibits, readings=readings, assessment=assessment, accepted=(), rejected=())


def texts(view: CaseView) -> list[str]:
    return [passage.message.text if passage.message else "" for passage in passages(view, Shelf(view))]


def test_the_order_is_that_of_time_across_exhibits(view: CaseView) -> None:
    chat = (said("a", 1, "one", at("2026-03-01T10:00:00")), said("a", 2, "three", at("2026-03-03T10:00:00")))
    mail = (said("b", 1, "two", at("2026-03-02T10:00:00", "2026-03-02T10:00:00Z")),)
    messages = (*chat, *mail)
    made = case(view, chat, mail, findings=tuple(found(message, number) for number, message in enumerate(messages)))
    assert texts(made) == ["one", "two", "three"]


def test_where_every_zone_is_known_the_order_is_that_of_utc(view: CaseView) -> None:
    early = (said("a", 1, "first", at("2026-03-01T23:00:00", "2026-03-01T18:00:00Z")),)
    late = (said("b", 1, "second", at("2026-03-01T20:00:00", "2026-03-01T20:00:00Z")),)
    made = case(view, early, late, findings=(found(late[0], 1), found(early[0], 2)))
    assert texts(made) == ["first", "second"]


def test_a_message_without_a_time_keeps_its_place_and_a_file_without_any_stands_last(view: CaseView) -> None:
    bare = (said("a", 1, "when?", None),)
    undecided = When(printed="x", how_known="undecided", readings=("2026-03-04T10:00:00", "2026-04-03T10:00:00"))
    chat = (
        said("b", 1, "undecided", undecided),
        said("b", 2, "after it", None),
        said("b", 3, "last", at("2026-03-05T10:00:00")),
    )  # fmt: skip
    messages = (*bare, *chat)
    made = case(view, bare, chat, findings=tuple(found(message, number) for number, message in enumerate(messages)))
    assert texts(made) == ["undecided", "after it", "last", "when?"]


def test_many_labels_and_demands_of_one_message_are_one_passage(view: CaseView) -> None:
    (first, *_) = passages(view, Shelf(view))
    assert [finding.id for finding in first.findings] == ["F1", "F4"]
    assert [demand.kind for demand in first.demands] == ["money"]
    assert [demand.finding for passage in passages(view, Shelf(view)) for demand in passage.demands] == ["F1"]


def test_a_demand_without_a_threat_is_a_passage_too(view: CaseView) -> None:
    chat = (said("a", 1, "hello", None), said("a", 2, "send 50 euros", None))
    demand = Demand(
        kind="money", amount="50", currency="EUR", quote="50 euros", start=5, end=13, place=chat[1].place, finding=None
    )
    (only,) = passages(made := case(view, chat, findings=(), demands=(demand,)), Shelf(made))
    assert (only.message, only.spans, only.findings) == (chat[1], ((5, 13),), ())


def test_a_quote_whose_message_is_not_there_stands_alone(view: CaseView) -> None:
    chat = (said("a", 1, "hello", None),)
    lost = msgspec.structs.replace(found(chat[0], 1), quote="something else")
    made = case(view, chat, findings=(lost,))
    assert [passage.message for passage in passages(made, Shelf(made))] == [None]
    section = next(section for section in dossier_data(made)["sections"] if section["kind"] == "findings")
    assert section["entries"][0]["alone"]
    assert section["entries"][0]["lines"][0]["text"]["said"] == [["something else", False]]


@pytest.mark.parametrize("step", [1, 4, 5, 6])
def test_no_message_is_printed_twice_among_passages_in_order(view: CaseView, step: int) -> None:
    chat = tuple(said("a", number, f"message {number}", None) for number in range(1, 100))
    made = case(view, chat, findings=tuple(found(message, message.place.first) for message in chat[::step]))
    section = next(section for section in dossier_data(made)["sections"] if section["kind"] == "findings")
    printed = ["".join(run for run, _ in line["text"]["said"]) for entry in section["entries"] for line in entry["lines"]]
    assert len(passages(made, Shelf(made))) == len([line for e in section["entries"] for line in e["lines"] if line["head"]])
    if step > 1:  # a long run is cut so that it fits a volume; only there the messages around are repeated
        assert len(printed) == len(set(printed))


@pytest.mark.parametrize(
    ("speaker", "sender", "doubts", "writer"),
    [
        ("other", "Rehan K", (), ""),
        ("unknown", "Rehan K", (), "unsettled"),
        ("unknown", None, (), "unknown"),
        ("me", "Maya", (), "me"),
        ("other", "Maya", ("own_address_forged",), "own_address_forged"),
    ],
)
def test_who_wrote_it_is_said_where_it_is_not_certainly_the_other_side(
    view: CaseView, speaker: str, sender: str | None, doubts: tuple[str, ...], writer: str
) -> None:
    message = said("a", 1, "pay", None, sender, doubts=doubts)
    passage = Passage(1, ("EX-0001", [message], 0), (found(message, 1, speaker=speaker),), ())
    assert passage.writer == writer
    assert not writer or (WORDS["speaker"][writer] and WORDS["letter"][writer])


# --- what is demanded -------------------------------------------------------------------------------------------------


def money(said: str | None, currency: str | None, doubt: str | None = None) -> Demand:
    return Demand(kind="money", quote="", start=0, end=0, amount=said, currency=currency, doubt=doubt)


@pytest.mark.parametrize(
    ("demands", "text"),
    [
        ([], ""),
        ([money("600", "GBP"), money("600", "GBP")], ""),
        ([money("600", "GBP"), money("400", "GBP")], "Sums named: 600 GBP; 400 GBP."),
        ([money("0.1", "BTC"), money("0.2", "BTC")], "Sums named: 0.1 BTC; 0.2 BTC."),
        ([money("600", "GBP"), money("5000", "CNY")], "Sums named: 600 GBP; 5,000 CNY."),
        ([money("600", "GBP"), money("1000", None)], "Sums named: 600 GBP; 1,000 (in doubt)."),
        ([money("9", "USD", "which dollar"), money("1", "USD")], "Sums named: 9 USD (in doubt); 1 USD."),
        ([money("NaN", "GBP"), money("lots", "GBP"), money(None, "GBP")], ""),
    ],
)
def test_sums_are_named_once_and_never_added(demands: list[Demand], text: str) -> None:
    assert sums(demands, WORDS).startswith(text)
    assert bool(sums(demands, WORDS)) == bool(text)


def test_a_demand_is_named_as_far_as_it_was_said() -> None:
    assert amount(money("50000", "PKR"), WORDS) == "money: 50,000 PKR"
    assert amount(money("a lot", None), WORDS) == "money: a lot"
    assert amount(Demand(kind="images", quote="", start=0, end=0), WORDS) == "pictures"


def test_a_time_limit_says_how_it_was_worked_out_and_what_is_in_doubt() -> None:
    limit = Deadline(quote="friday", start=0, end=6, at="2026-10-16T22:00:00", doubt="no clock time was said")
    assert limit_words(limit, WORDS) == ("by 2026-10-16 22:00, worked out from the time of the message; no clock time was said")


# --- quotes -----------------------------------------------------------------------------------------------------------


def test_a_quote_is_the_whole_message_or_is_cut_at_words_around_what_counts() -> None:
    text = "the beginning of it " * 20 + "PAY ME" + " and the end of it" * 20
    start = text.index("PAY ME")
    short = quote(text, ((start, start + 6),), WORDS, most=150)["said"]
    assert ["PAY ME", True] in short
    assert [run for run, kind in short if kind is None] == [" … ", " … "]
    for run, kind in short:
        assert kind is None or run in text
        assert kind is not False or (run == run.strip() + " " or run == " " + run.strip())
    assert quote("pay\n me", ((0, 3),), WORDS, most=150)["said"] == [["pay", True], [" me", False]]


def test_a_quote_with_very_many_passages_ends_where_it_must() -> None:
    text = "pay now or else. " * 400
    spans = tuple((at, at + 3) for at in range(0, len(text), 17))
    runs = quote(text, spans, WORDS, most=200, all_spans=False)["said"]
    assert sum(len(run) for run, _ in runs) < 300
    assert runs[-1] == [" …", None]
