"""A body is written by somebody else. Lines in it that look like headers, and exports that really were joined."""

from __future__ import annotations

import pytest

from holdfast.model import Furniture, Message

IPHONE = "[12/03/2024, 21:14:05] Maya: I agree to pay"


def android(count: int, month: int = 3, start: int = 0) -> str:
    return "".join(
        f"{13 + n // 30}/{month:02}/2024, {10 + (start + n) % 12}:{n % 60:02} - {('Maya', 'Sam')[n % 2]}: line {n}\n"
        for n in range(count)
    )


def iphone(count: int, day: int = 14, month: int = 4) -> str:
    return "".join(
        f"[{day}/{month:02}/2024, 10:{n % 60:02}:{n % 60:02}] {('Maya', 'Sam')[n % 2]}: i{n}\n" for n in range(count)
    )


def ordered(count: int, month: int = 3) -> str:
    return "".join(
        f"{13 + n // 60}/{month:02}/2024, 10:{n % 60:02} - {('Maya', 'Sam')[n % 2]}: line {n}\n" for n in range(count)
    )


@pytest.mark.parametrize("around", [1, 3, 40])
def test_a_line_of_another_form_is_text_of_the_message_before(reading, around):
    items = reading(ordered(around) + f"14/03/2024, 11:00 - Sam: see:\n{IPHONE}\nbye\n" + ordered(around, month=4))
    assert len(items) == 2 * around + 1
    quoting = items[around]
    assert quoting.text == f"see:\n{IPHONE}\nbye"
    assert quoting.sender == "Sam"
    assert quoting.doubts == ("imitates_header",)
    assert not any("imitates_header" in item.doubts for item in items if item is not quoting)


def test_the_last_message_can_hold_one_too(reading):
    items = reading(ordered(5) + f"14/03/2024, 11:00 - Sam: see:\n{IPHONE}\n")
    assert len(items) == 6
    assert items[-1].doubts == ("imitates_header",)


def test_android_lines_inside_an_iphone_export_are_text(reading):
    items = reading(iphone(6) + "[15/04/2024, 10:00:00] Sam: look\n12/03/2024, 21:14 - Maya: yes\n" + iphone(6, day=16))
    assert len(items) == 13
    assert items[6].text == "look\n12/03/2024, 21:14 - Maya: yes"
    assert items[6].doubts == ("imitates_header",)


def test_a_pasted_conversation_is_text(reading):
    """Twelve lines, all from before the message they were pasted into."""
    items = reading(ordered(30) + "14/03/2024, 11:00 - Sam: proof!\n" + iphone(12, day=1, month=3) + ordered(30, month=5))
    assert len(items) == 61
    assert items[30].doubts == ("imitates_header",)
    assert items[30].text.count("\n") == 12


def test_a_pasted_conversation_at_the_very_end_is_text(reading):
    items = reading(ordered(30) + "14/03/2024, 11:00 - Sam: proof!\n" + iphone(5, day=1, month=3))
    assert len(items) == 31
    assert items[30].doubts == ("imitates_header",)


@pytest.mark.parametrize(("first", "second"), [(12, 12), (500, 12), (3, 200), (5, 3), (2, 2), (1, 50)])
def test_two_exports_joined_are_two_runs(reading, first, second):
    items = reading(ordered(first) + iphone(second))
    assert [type(item) for item in items] == [Message] * (first + second)
    assert items[first].text == "i0"
    assert items[first].sent.local == "2024-04-14T10:00:00"


def test_the_same_chat_exported_twice_is_two_runs(reading):
    """The second begins before the first ends: long enough to be true all the same."""
    items = reading(ordered(20) + iphone(20, day=13, month=3))
    assert len(items) == 40


def test_three_exports_joined_are_three_runs(reading):
    items = reading(ordered(30) + iphone(30) + ordered(30, month=5))
    assert len(items) == 90


def test_what_no_message_can_hold_is_true(reading):
    """Longer than the longest message, though it goes back in time and comes back."""
    many = "".join(f"[1/03/2024, 10:{n % 60:02}:00] Maya: {'word ' * 20}{n}\n" for n in range(700))
    items = reading(ordered(2000) + many + ordered(2000, month=6))
    assert len(items) == 4700
    assert not any("imitates_header" in item.doubts for item in items if "word" in item.text)


def test_a_doubtful_run_says_so_on_each_message(reading):
    items = reading(ordered(5) + iphone(3))
    assert [("imitates_header" in item.doubts) for item in items] == [False] * 5 + [True] * 3


def test_a_line_of_the_same_form_is_a_header_and_doubtful_where_time_is_out_of_step(reading):
    items = reading(ordered(10) + "01/02/2024, 09:00 - Maya: I agree to pay\n" + ordered(10, month=4))
    assert len(items) == 21
    assert items[10].sender == "Maya"
    assert items[10].doubts == ("out_of_order", "imitates_header")
    assert [item.doubts for item in items if item is not items[10]] == [()] * 20


def test_a_line_from_the_future_is_the_odd_one(reading):
    items = reading(ordered(10) + "01/12/2024, 09:00 - Maya: I agree to pay\n" + ordered(10, month=4))
    assert "imitates_header" in items[10].doubts
    assert items[11].doubts == ("out_of_order",)


def test_time_that_goes_back_and_stays_there_is_only_out_of_order(reading):
    items = reading(ordered(10, month=5) + ordered(10, month=4))
    assert [item.doubts for item in items[9:12]] == [(), ("out_of_order",), ()]
    assert [item.text for item in items] == [f"line {n}" for n in range(10)] * 2


def test_equal_minutes_and_small_steps_back_are_nothing(reading):
    chat = "25/03/24, 21:15 - Maya: a\n25/03/24, 21:15 - Sam: b\n25/03/24, 21:14 - Maya: c\n25/03/24, 21:15 - Sam: d\n"
    assert [item.doubts for item in reading(chat)] == [()] * 4


def test_a_header_after_a_bare_line_feed_in_a_file_of_crlf_is_doubtful(reading):
    chat = ordered(12).replace("\n", "\r\n") + "14/03/2024, 10:00 - Sam: ok\n14/03/2024, 10:00 - Maya: I agree\r\n"
    items = reading(chat + ordered(12, month=4).replace("\n", "\r\n"))
    assert items[13].text == "I agree"
    assert items[13].doubts == ("imitates_header",)
    assert items[12].doubts == ()


def test_digits_padded_otherwise_are_doubtful(reading):
    items = reading(ordered(60) + "14/3/2024, 11:00 - Maya: I agree\n" + ordered(60, month=4))
    assert items[60].doubts == ("imitates_header",)
    assert sum(bool(item.doubts) for item in items) == 1


def test_a_new_name_once_after_several_lines_is_doubtful(reading):
    chat = ordered(30) + "14/03/2024, 11:00 - Sam: well\nas I said\n14/03/2024, 11:00 - Officer Lee: we have your file\n"
    items = reading(chat + ordered(30, month=4))
    assert items[31].doubts == ("imitates_header",)


def test_nobody_is_doubted_in_a_plain_chat(reading):
    chat = "".join(
        f"{13 + n // 60}/03/2024, 10:{n % 60:02} - {('Maya', 'Sam')[n % 2]}: one\ntwo {n}\n\nthree\n" for n in range(200)
    )
    items = reading(chat)
    assert len(items) == 200
    assert not any(item.doubts for item in items)


def test_forms_that_change_with_every_line_are_read_in_one_pass(reading):
    """Somebody playing: thousands of changes of form, all kept, none lost."""
    forms = [
        "{d}/03/2024, 10:00 - A: x\n",
        "[{d}/03/24, 10:00:00] B: y\n",
        "2024-03-{d} 10:00 - C: z\n",
        "{d}.03.24, 10:00 - D: w\n",
    ]
    items = reading("".join(forms[n * 7 % 4].format(d=10 + n % 20) for n in range(20_000)))
    assert items[-1].place.last == 20_000


def test_text_before_the_first_header_is_a_gap_and_blank_lines_are_furniture(reading):
    gap, message = reading("WhatsApp chat, saved by Maya\n\n25/03/24, 21:14 - Maya: a\n")
    assert "first date" in gap.why
    assert (gap.place.first, gap.place.last, message.text) == (1, 2, "a")
    blank, message = reading("\n \n25/03/24, 21:14 - Maya: a\n")
    assert isinstance(blank, Furniture)
    assert message.place.first == 3
