"""Letters: filled from the case, honest about what is missing, and deaf to markup in what others wrote."""

from __future__ import annotations

import msgspec
import pytest

from holdfast.errors import WrongUse
from holdfast.model import Assessment, Finding, Message
from holdfast.outputs import letters, missing_parts, write_letter
from holdfast.outputs.view import CaseView

every_letter = pytest.mark.parametrize("letter_id", [letter.id for letter in letters()])


@every_letter
def test_every_letter_can_be_written(view: CaseView, letter_id: str) -> None:
    text = write_letter(view, letter_id, "pk")
    assert "{" not in text
    assert "HF-7Q2K" in text


@every_letter
def test_every_letter_can_be_written_for_an_empty_case(view: CaseView, letter_id: str) -> None:
    empty = msgspec.structs.replace(view, exhibits=(), readings=(), assessment=Assessment(), offences=(), log=(), plan=None)
    text = write_letter(empty, letter_id)
    assert "{" not in text
    assert set(missing_parts(view, letter_id)) < set(missing_parts(empty, letter_id))


def test_what_is_missing_is_said_first_and_left_blank(view: CaseView) -> None:
    text = write_letter(view, "police", "pk")
    note, _, letter = text.partition("To: ")
    assert "- your name" in note
    assert "From: [your name]" in letter
    assert missing_parts(view, "police", "pk") == ["your_name", "your_contact", "office", "signature"]


def test_what_the_person_filled_in_is_no_longer_missing(view: CaseView) -> None:
    given = {"your_name": "Maya S.", "your_contact": "post office box 7", "office": "Cyber unit, Lahore", "signature": "_____"}
    text = write_letter(view, "police", "pk", parts=given)
    assert "Still missing" not in text
    assert "From: Maya S." in text
    assert missing_parts(view, "police", "pk", parts=given) == []


def test_the_complaint_says_what_was_said_and_by_whom(view: CaseView) -> None:
    text = write_letter(view, "police", "pk")
    for said in (
        "1. 2024-03-12 21:15, Rehan K (EX-0001): “send 500 dollars by tomorrow 9pm or i post them to your family” (threat to "
        "share private pictures; blackmail with sexual pictures)",
        "money: 500 USD (which dollar is not said), time limit, as said: “by tomorrow 9pm” (by 2024-03-13 21:00",
        "2024-03-12 21:15, Rehan K (EX-0001): “send 500 dollars by tomorrow",
        "EX-0001, chat.txt, SHA-256",
        "Pakistan",
        "phone number: +92 300 1234567",
    ):
        assert said in text


def test_the_same_words_again_are_one_line_and_a_doubt_about_the_writer_is_left_to_fill_in(view: CaseView) -> None:
    first = next(item for item in view.readings[0].items if isinstance(item, Message))
    chat = tuple(
        msgspec.structs.replace(first, text="pay_me now", place=msgspec.structs.replace(first.place, first=line, last=line))
        for line in (1, 2, 3)
    )
    findings = tuple(
        Finding(
            id=f"F{number}", label=label, form="direct", certainty="clear", speaker="unknown", start=0, end=10,
            quote="pay_me now", rule="r", language="en", place=message.place,
        )
        for number, message in enumerate(chat)
        for label in ("sextortion", "image_leak")
    )  # fmt: skip
    made = msgspec.structs.replace(
        view, readings=(msgspec.structs.replace(view.readings[0], items=chat),), assessment=Assessment(findings=findings)
    )
    text = write_letter(made, "police")
    assert text.count("pay_me now") == 1
    assert "(blackmail with sexual pictures; threat to share private pictures; said again on 2024-03-12 21:14, 2024" in text
    assert "**[still to say: who wrote this, I or the other side?]**" in text
    assert "> - who wrote the messages that are marked so: you or the other side" in text


def test_laws_only_may_apply_and_unchecked_ones_say_so(view: CaseView) -> None:
    text = write_letter(view, "police", "pk")
    assert "may apply" in text
    assert "not yet checked" in text
    assert "was broken" not in text


def test_nothing_private_and_nothing_put_aside_is_in_it(view: CaseView, canary: str) -> None:
    text = write_letter(view, "police", "pk")
    assert canary not in text
    assert "reputation" not in text


def test_foreign_text_is_no_markup_and_hides_nothing(view: CaseView) -> None:
    nasty = "<script>x</script> [a](javascript:b) \u202egnp.exe\n# heading {your_name}"
    first = next(item for item in view.readings[0].items if isinstance(item, Message))
    message = msgspec.structs.replace(first, text=nasty, sender="*[x](y)*")
    finding = Finding(
        id="F1", label="image_leak", form="direct", certainty="clear", speaker="other", start=0, end=len(nasty), quote=nasty,
        rule="r", language="en", place=message.place,
    )  # fmt: skip
    text = write_letter(
        msgspec.structs.replace(
            view,
            readings=(msgspec.structs.replace(view.readings[0], items=(message,)),),
            assessment=Assessment(findings=(finding,)),
        ),
        "police",
    )
    assert "<script>" not in text
    assert "[a](" not in text
    assert "\u202e" not in text
    assert "⟨U+202E right-to-left override⟩" in text
    assert "\n# heading" not in text
    assert "[x](y)" not in text


def test_a_letter_there_is_not(view: CaseView) -> None:
    with pytest.raises(WrongUse):
        write_letter(view, "nonsense")
