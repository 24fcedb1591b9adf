"""Who said it, and what nobody said."""

from __future__ import annotations

import pytest

from holdfast.model import Furniture, Message

AT = "25/03/2024, 21:14 - "


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Maya", "Maya"),
        ("~ Maya", "Maya"),
        ("~\u202fMaya", "Maya"),
        ("~\u00a0Maya", "Maya"),
        ("\u202a+44\u00a07700\u00a0900123\u202c", "+44 7700 900123"),
        ("\u200e\u202a+1 (555)\u00a0010\u20110123\u202c", "+1 (555) 010-0123"),
        ("\u200fمايا", "مايا"),
        ("Maya :)", "Maya :)"),
        ("Zoë 👩\u200d👧 🌸", "Zoë 👩\u200d👧 🌸"),
        ("王小明", "王小明"),
        ("Dr. Okafor (work)", "Dr. Okafor (work)"),
        ("Maya - Sam", "Maya - Sam"),
    ],
)
def test_names_are_cleaned_for_people(reading, head, name):
    one, two = reading(f"{AT}{head}: hi\n{AT}{head}: there: you\n")
    assert (one.sender, two.sender) == (name, name)
    assert (one.text, two.text) == ("hi", "there: you")
    assert one.raw is None


@pytest.mark.parametrize(
    "notice",
    [
        "You were added",
        "Maya left",
        "Maya added Sam",
        "Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
        'Maya created group "Trip"',
        "Your security code with Maya changed. Tap to learn more.",
        "\u200eDisappearing messages were turned off",
    ],
)
def test_a_line_without_a_sender_is_furniture(reading, notice):
    item, _ = reading(f"{AT}{notice}\n{AT}Maya: hi\n")
    assert isinstance(item, Furniture)
    assert (item.event, item.text, item.sent.local) == ("notice", notice.lstrip("\u200e"), "2024-03-25T21:14:00")


@pytest.mark.parametrize(
    "notice",
    [
        'Maya created group "Trip: May"',
        'Maya changed the subject from "Trip" to "Trip: June"',
        "Maya changed the group description: be on time: please",
        'Sam cambió el asunto de "a: b" a "c: d"',
        "Sam hat die Gruppenbeschreibung geändert: Regel 1: nett sein",
        "Maya a changé la description du groupe: bonjour",
        "Maya изменил(а) тему: новая",
        "Maya 更改了群组说明: 你好",
        "Maya がグループ「旅行: 五月」を作成しました",
        'Maya "Gezi: Mayıs" grubunu oluşturdu',
    ],
)
def test_a_group_s_words_do_not_become_a_sender(reading, notice):
    item, *rest = reading(f"{AT}{notice}\n{AT}Maya: hi\n{AT}Sam: yo\n")
    assert isinstance(item, Furniture)
    assert item.text == notice
    assert item.doubts == ("sender_or_notice",)
    assert [message.sender for message in rest] == ["Maya", "Sam"]


def test_a_person_who_calls_himself_a_notice_is_heard(reading):
    """Words are never hidden by a display name."""
    head = "Sam created group"
    items = reading("".join(f"{AT}{head}: pay me {n}\n" for n in range(3)))
    assert [(type(item), item.sender, item.doubts) for item in items] == [(Message, head, ("sender_or_notice",))] * 3


def test_the_notice_about_encryption_under_the_name_of_a_group(reading):
    text = "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."
    item, _ = reading(f"{AT}Trip: {text}\n{AT}Maya: hi\n")
    assert isinstance(item, Furniture)
    item, _ = reading(f"[25/03/24, 21:14:05] Maya: \u200e{text}\n[25/03/24, 21:14:06] Maya: hi\n")
    assert isinstance(item, Furniture)


def test_somebody_who_types_the_notice_is_heard(reading):
    text = "Messages and calls are end-to-end encrypted. So nobody will believe you."
    items = reading("".join(f"{AT}Sam: hi {n}\n" for n in range(5)) + f"{AT}Sam: {text}\n")
    assert items[-1].sender == "Sam"
    assert items[-1].text == text


def test_a_group_s_notices_on_an_iphone(reading):
    chat = (
        "[25/03/24, 21:14:05] Trip: \u200eMaya created this group\n[25/03/24, 21:14:06] Trip: \u200eYou were added by Sam\n"
        "[25/03/24, 21:14:07] Maya: hi\n[25/03/24, 21:14:08] Maya: \u200eMaya changed this group's icon\n"
    )
    assert [type(item) for item in reading(chat)] == [Furniture, Furniture, Message, Furniture]


def test_who_is_me_comes_from_the_person(reading):
    chat = f"{AT}Maya: hi\n{AT}\u202a+44 7700 900123\u202c: yo\n{AT}Sam: hm\n"
    assert [item.from_me for item in reading(chat)] == [None, None, None]
    assert [item.from_me for item in reading(chat, me=frozenset({"maya"}))] == [True, False, False]
    assert [item.from_me for item in reading(chat, me=frozenset({"+447700900123"}))] == [False, True, False]
    assert [item.from_me for item in reading(chat, me=frozenset({"Nobody here"}))] == [None, None, None]


def test_you_deleted_proves_who_is_me_for_that_message_only(reading):
    chat = f"{AT}Maya: hi\n{AT}Maya: You deleted this message\n{AT}Sam: This message was deleted\n"
    items = reading(chat)
    assert [(item.from_me, item.event) for item in items] == [(None, None), (True, "deleted"), (None, "deleted")]
    assert reading(chat, me=frozenset({"Sam"}))[1].from_me is False


def test_two_people_of_one_name_stay_one_name(reading):
    assert {item.sender for item in reading(f"{AT}Maya: a\n{AT}~ Maya: b\n")} == {"Maya"}


@pytest.mark.parametrize(("line", "text"), [("Maya:.", "."), ("Maya:", ""), ("Maya: ", ""), ("Maya: .", ".")])
def test_an_empty_body_is_media_seen_once_or_expired(reading, line, text):
    first, empty, last = reading(f"{AT}Maya: hi\n{AT}{line}\n{AT}Maya: bye\n")
    assert (empty.sender, empty.text, empty.event) == ("Maya", text, "media")
    assert empty.attachments[0].missing
    assert empty.doubts == first.doubts == last.doubts == ()


def test_two_sentences_are_no_name(reading):
    notice = "25/03/2024, 21:14 - This chat is with a shop. Learn more: https://example.org\n"
    chat = notice + "25/03/2024, 21:15 - Prof. Dr. Ann Mary J. Lee: hi\n"
    notice, message = reading(chat)
    assert isinstance(notice, Furniture)
    assert message.sender == "Prof. Dr. Ann Mary J. Lee"


@pytest.mark.parametrize(
    "notice",
    ["You were added", "You blocked this contact", "Bloqueaste a este contacto.", "Sam Okafor added Maya", "You turned off x"],
)
def test_what_the_app_tells_the_reader_nobody_said(reading, notice):
    at = "[25/03/24, 21:14:05] "
    chat = f"{at}Flat 4: \u200e{notice}\n{at}Sam Okafor: hi\n{at}Maya: {notice}\n"
    furniture, _, typed = reading(chat)
    assert isinstance(furniture, Furniture)
    assert (typed.sender, typed.text) == ("Maya", notice)


def test_notices_of_old_iphones_have_no_sender_and_no_brackets(reading):
    rows = ["Maya created this group", "Maya: hello", "You changed this group's icon", "Sam: ok", "12/03/2024 10:00: tea"]
    items = reading("".join(f"7/1{n}/16, 4:56:5{n} PM: {row}\n" for n, row in enumerate(rows[:4], 3)) + rows[4] + "\n")
    assert [getattr(item, "sender", None) for item in items] == [None, "Maya", None, "Sam"]
    assert items[3].text == "ok\n12/03/2024 10:00: tea"


def test_what_the_app_tells_the_reader_is_known_without_marks_by_its_tap(reading):
    at = "[25/03/24, 21:14:05] "
    notice, typed = reading(
        f"{at}Maya: You turned off disappearing messages. Tap to change.\n{at}Maya: You turned off the light\n"
    )
    assert isinstance(notice, Furniture)
    assert notice.doubts == ("sender_or_notice",)
    assert isinstance(typed, Message)
