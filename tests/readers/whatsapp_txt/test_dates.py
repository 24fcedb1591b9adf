"""Dates: every printed form, the order of day and month, and what stays open."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest

from holdfast.readers._dates import style_of
from holdfast.readers._dates_dayparts import FAMILIES, hour_of

# Stamp as printed in a header that decides itself; the local time it means. Header forms of both phones.
STAMPS = [
    ("25/03/2024, 21:14", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14 PM", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14 pm", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14\u202fPM", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14\u00a0p.m.", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14\u2009PM", "2024-03-25T21:14:00"),
    ("3/25/24, 9:14_PM", "2024-03-25T21:14:00"),
    ("25.03.24, 21:14", "2024-03-25T21:14:00"),
    ("25/03/24, 21:14:05", "2024-03-25T21:14:05"),
    ("2024-03-25, 21:14:05", "2024-03-25T21:14:05"),
    ("2024/3/5 21:14:05", "2024-03-05T21:14:05"),
    ("25-03-24 21:14:05", "2024-03-25T21:14:05"),
    ("25-03-2024 21:14", "2024-03-25T21:14:00"),
    ("25.3.2018 klo 21.25.15", "2018-03-25T21:25:15"),
    ("25. 3. 2018. 21:25:15", "2018-03-25T21:25:15"),
    ("25. 3. 2018 21:25", "2018-03-25T21:25:00"),
    ("25.03.2024 21.14", "2024-03-25T21:14:00"),
    ("2024. 03. 25. 21:14", "2024-03-25T21:14:00"),
    ("2024. 3. 25. 오후 9:14", "2024-03-25T21:14:00"),
    ("24. 3. 5. 오후 9:14:05", "2024-03-05T21:14:05"),
    ("2024.03.25. 21:14", "2024-03-25T21:14:00"),
    ("25.03.24\u202fг., 21:14", "2024-03-25T21:14:00"),
    ("25.03.24 г., 21:14 ч.", "2024-03-25T21:14:00"),
    ("2024-03-25 21 h 14 min 05 s", "2024-03-25T21:14:05"),
    ("2024-03-25 21 h 14", "2024-03-25T21:14:00"),
    ("25/3/24 1:55:00 p. m.", "2024-03-25T13:55:00"),
    ("25/3/24 00:08 a. m.", "2024-03-25T00:08:00"),
    ("25/3/24 12:08 a. m.", "2024-03-25T00:08:00"),
    ("25/3/24 12:08 p. m.", "2024-03-25T12:08:00"),
    ("25/3/24 0:08 p. m.", "2024-03-25T12:08:00"),
    ("25/3/24, 9:14 de la noche", "2024-03-25T21:14:00"),
    ("2024/3/25 凌晨12:08:01", "2024-03-25T00:08:01"),
    ("2024/3/25 早上8:08:01", "2024-03-25T08:08:01"),
    ("2024/3/25 上午11:08:01", "2024-03-25T11:08:01"),
    ("2024/3/25 中午12:08:01", "2024-03-25T12:08:01"),
    ("2024/3/25 下午9:08:01", "2024-03-25T21:08:01"),
    ("2024/3/25 晚上 9:08", "2024-03-25T21:08:00"),
    ("2024/03/25 午後0:08", "2024-03-25T12:08:00"),
    ("25\u200f/3\u200f/2024، 9:14 م", "2024-03-25T21:14:00"),
    ("٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٤ ص", "2024-03-25T09:14:00"),
    ("25/3/2024، 9:14 بعد الظهر", "2024-03-25T21:14:00"),
    ("25/3/24, 9:14 अपराह्न", "2024-03-25T21:14:00"),
    ("२५/३/२४, ९:१४ रात", "2024-03-25T21:14:00"),
    ("25/3/24 9:14 PM", "2024-03-25T21:14:00"),
    ("২৫/৩/২৪ ৯:১৪ PM", "2024-03-25T21:14:00"),
    ("25/03/2024 9:14 CH", "2024-03-25T21:14:00"),
    ("25/03/2024 9:14 SA", "2024-03-25T09:14:00"),
    ("25/3/2567 9:14 หลังเที่ยง", "2024-03-25T21:14:00"),
    ("25/3/2567 21:14", "2024-03-25T21:14:00"),
    ("25/3/24, 9:14 μ.μ.", "2024-03-25T21:14:00"),
    ("25/3/24, 9:14 μμ", "2024-03-25T21:14:00"),
    ("25/3/24, 9:14 π.μ.", "2024-03-25T09:14:00"),
    ("2024. 03. 25. de. 9:14", "2024-03-25T09:14:00"),
    ("2024. 03. 25. du. 9:14", "2024-03-25T21:14:00"),
    ("25.03.2024 ÖS 9:14", "2024-03-25T21:14:00"),
    ("２５/３/２４, ９:１４", "2024-03-25T09:14:00"),
    ("21:14, 25/03/2024", "2024-03-25T21:14:00"),
    ("9:14 PM, 3/25/2024", "2024-03-25T21:14:00"),
    ("25/3/24 kl. 21.14", "2024-03-25T21:14:00"),
    ("25/3/24, 21:14 Uhr", "2024-03-25T21:14:00"),
    ("3/25/2567 BE, 21:14:05", "2024-03-25T21:14:05"),
    ("3/25/R6, 21:14:05", "2024-03-25T21:14:05"),
    ("R6/3/25 21:14:05", "2024-03-25T21:14:05"),
    ("令和6/3/25 21:14", "2024-03-25T21:14:00"),
    ("平成30/3/25 21:14", "2018-03-25T21:14:00"),
]


@pytest.mark.parametrize(("stamp", "local"), STAMPS, ids=[ascii(stamp) for stamp, _ in STAMPS])
@pytest.mark.parametrize("form", ["[{}] Maya: hi\n", "\u200e[{}] Maya: hi\n", "{} - Maya: hi\n", "\ufeff{}: Maya: hi\n"])
def test_every_printed_form_is_read(reading, stamp, local, form):
    [message] = reading(form.format(stamp))
    assert (message.sender, message.text) == ("Maya", "hi")
    assert message.sent.printed == stamp
    assert message.sent.local == local
    assert message.sent.utc is None
    assert "date_order" not in message.doubts


@pytest.mark.parametrize("line", ["12/03 - Maya: hi", "12/2024, 21:14 - Maya: hi", "12/03/2024 - Maya: hi", "21:14 - Maya: hi"])
def test_half_a_date_is_no_date(reading, line):
    [gap] = reading(line)
    assert "No date" in gap.why


def lines(*dates: str) -> str:
    return "".join(f"{date}, 10:0{n % 10} - Maya: {n}\n" for n, date in enumerate(dates))


def known(items):
    return [(item.sent.local and item.sent.local[:10], item.sent.how_known) for item in items]


def test_nothing_decides_and_nothing_is_guessed(reading):
    first, second = reading(lines("1/3/24", "2/3/24"))
    assert first.sent.local is None
    assert first.sent.how_known == "undecided"
    assert first.sent.readings == ("2024-01-03T10:00:00", "2024-03-01T10:00:00")
    assert first.doubts == second.doubts == ("date_order",)


def test_one_value_above_twelve_decides_its_run(reading):
    items = reading(lines("1/3/24", "13/3/24", "2/4/24"))
    assert known(items) == [("2024-03-01", "style_run"), ("2024-03-13", "file"), ("2024-04-02", "style_run")]
    items = reading(lines("3/1/24", "3/13/24"))
    assert known(items) == [("2024-03-01", "style_run"), ("2024-03-13", "file")]


def test_the_same_day_in_both_orders_needs_no_decision(reading):
    assert known(reading(lines("5/5/24"))) == [("2024-05-05", "file")]


def test_order_decides_when_one_reading_goes_forward_and_the_other_breaks(reading):
    items = reading(lines("10/1/24", "11/1/24", "1/2/24", "3/2/24", "1/3/24"))
    assert known(items)[2] == ("2024-02-01", "order")
    items = reading(lines("1/10/24", "1/11/24", "2/1/24", "2/3/24", "3/1/24"))
    assert known(items)[2] == ("2024-02-01", "order")


def test_order_decides_nothing_when_both_readings_go_forward(reading):
    assert {how for _, how in known(reading(lines("1/1/24", "1/2/24", "2/3/24")))} == {"file", "undecided"}


def test_a_person_decides_what_the_file_leaves_open(reading):
    assert known(reading(lines("1/3/24"), date_order="dmy")) == [("2024-03-01", "person")]
    assert known(reading(lines("1/3/24"), date_order="mdy")) == [("2024-01-03", "person")]
    assert known(reading(lines("24/3/5"), date_order="ymd")) == [("2024-03-05", "person")]


def test_a_person_does_not_overrule_the_file(reading):
    items = reading(lines("1/3/24", "25/3/24"), date_order="mdy")
    assert known(items) == [("2024-03-01", "style_run"), ("2024-03-25", "file")]


def test_dots_and_dashes_are_written_day_first_everywhere(reading):
    assert known(reading("1.3.2024, 10:00 - Maya: a\n")) == [("2024-03-01", "style_run")]
    assert known(reading("01-03-2024 10:00 - Maya: a\n")) == [("2024-03-01", "style_run")]


def test_two_runs_are_decided_apart(reading):
    one = "".join(f"{day}/3/24, 10:00 - Maya: {day}\n" for day in range(11, 25))
    two = "".join(f"[4/{day}/24, 10:00:00] Maya: {day}\n" for day in range(11, 25))
    items = reading(one + two)
    assert [item.sent.local[:10] for item in items] == [f"2024-03-{d}" for d in range(11, 25)] + [
        f"2024-04-{d}" for d in range(11, 25)
    ]


def test_one_typed_line_does_not_turn_all_dates_round(reading):
    chat = lines("1/3/24", "2/3/24", "5/3/24", "6/3/24") + "3/25/24, 10:00 - Maya: typed\n" + lines("7/3/24", "8/3/24")
    items = reading(chat)
    assert {item.sent.how_known for item in items if item.text != "typed"} == {"undecided"}


def test_two_digits_of_the_year_may_come_first(reading):
    assert known(reading(lines("24/3/5", "24/3/9", "24/3/17"))) == [
        ("2024-03-05", "style_run"),
        ("2024-03-09", "style_run"),
        ("2024-03-17", "style_run"),
    ]
    assert known(reading(lines("31/2/24"))) == [(None, "undecided")]
    assert known(reading(lines("28/2/24", "31/2/24"))) == [("2024-02-28", "file"), (None, "undecided")]


def test_impossible_dates_have_no_time(reading):
    items = reading(lines("25/2/24", "31/2/24", "32/2/24", "1/3/24"))
    assert [item.sent.local is None for item in items] == [False, True, True, False]
    assert items[1].doubts == ("impossible_date",)
    assert items[1].sent.readings == ()
    assert items[3].sent.local == "2024-03-01T10:03:00"


def test_the_twenty_fourth_hour_is_one_midnight_or_the_other(reading):
    [message] = reading("25/3/24, 24:05 - Maya: a\n")
    assert (message.sent.local, message.doubts) == (None, ("impossible_time",))
    assert message.sent.readings == ("2024-03-25T00:05:00", "2024-03-26T00:05:00")


def test_days_in_a_row_with_the_year_first_are_no_anniversaries(reading):
    items = reading(lines("16/8/23", "16/8/24", "16/8/26"))
    assert known(items) == [("2016-08-23", "order"), ("2016-08-24", "order"), ("2016-08-26", "order")]
    assert known(reading(lines("16/8/23", "16/8/24"))) == [("2023-08-16", "file"), ("2024-08-16", "file")]


def written(rng: random.Random, order: str) -> tuple[str, list[str]]:
    """An invented chat as a phone would export it, with a few lines out of order: its text and its true local times."""
    count, days = int(10 ** rng.uniform(0, 2.2)), 10 ** rng.uniform(0, 3.2)
    start = datetime(rng.randrange(2012, 2026), rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(24))
    bursts = [rng.random() * days * 86400 for _ in range(max(1, count // rng.choice([3, 8, 30])))]
    times = sorted(start + timedelta(seconds=int(rng.choice(bursts) + rng.expovariate(1 / 900))) for _ in range(count))
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        times.insert(rng.randrange(count), times.pop(rng.randrange(count)))
    year, field = rng.choice(["%Y", "%y"]), rng.choice(["{:02}", "{}"])
    rows = []
    for time in times:
        day, month = field.format(time.day), field.format(time.month)
        first = f"{day}/{month}" if order == "dmy" else f"{month}/{day}"
        rows.append(f"{first}/{time.strftime(year)}, {time:%H:%M} - Maya: hi\n")
    return "".join(rows), [f"{time:%Y-%m-%dT%H:%M}:00" for time in times]


def never_wrong(reading, seed: int, chats: int) -> None:
    rng = random.Random(seed)
    for _ in range(chats):
        text, times = written(rng, rng.choice(["dmy", "mdy"]))
        for item, time in zip(reading(text), times, strict=True):
            assert time in (item.sent.local, *item.sent.readings), (item.sent, text[:200])


def test_a_date_is_right_or_open_and_never_wrong(reading):
    never_wrong(reading, seed=7, chats=150)


@pytest.mark.proof
def test_no_date_of_many_chats_is_wrong(reading):
    never_wrong(reading, seed=8, chats=6000)


@pytest.mark.parametrize("clock", ["25:00", "13:00 PM", "24:00"])
def test_impossible_times_are_not_repaired(reading, clock):
    [message] = reading(f"25/3/24, {clock} - Maya: a\n")
    if clock == "13:00 PM":  # a clock of 24 hours with a day part: seen, and clear
        assert message.sent.local == "2024-03-25T13:00:00"
    else:
        assert message.sent.local is None
        assert "impossible_time" in message.doubts


@pytest.mark.parametrize("stamp", ["۱۴۰۳/۱/۵،\u200f ۲۱:۱۴", "1403/1/5, 21:14", "15/9/1445, 21:14", "113/3/25 21:14"])
def test_other_calendars_are_said_not_converted(reading, stamp):
    [message] = reading(f"{stamp} - Maya: a\n")
    assert message.sent.local is None
    assert message.doubts == ("other_calendar",)


def test_a_thai_year_of_two_digits_is_said(reading):
    [message] = reading("25/3/67, 21:14 - Maya: a\n")
    assert message.sent.local == "2024-03-25T21:14:00"
    assert message.doubts == ("buddhist_era",)


def test_the_zone_comes_only_from_the_person(reading):
    chat = (
        "27/10/2024, 01:30 - Maya: a\n27/10/2024, 02:30 - Maya: b\n27/10/2024, 03:30 - Maya: c\n31/03/2024, 02:30 - Maya: d\n"
    )
    assert {(item.sent.utc, item.sent.zone) for item in reading(chat)} == {(None, None)}
    before, twice, after, never = reading(chat, zone="Europe/Berlin")
    assert (before.sent.utc, before.sent.zone) == ("2024-10-26T23:30:00Z", "Europe/Berlin")
    assert after.sent.utc == "2024-10-27T02:30:00Z"
    assert (twice.sent.local, twice.sent.utc, "time_repeated" in twice.doubts) == ("2024-10-27T02:30:00", None, True)
    assert twice.sent.readings == ("2024-10-27T02:30:00+02:00", "2024-10-27T02:30:00+01:00")
    assert (never.sent.local, never.sent.utc, "time_skipped" in never.doubts) == ("2024-03-31T02:30:00", None, True)


@pytest.mark.parametrize("zone", ["Nowhere/Town", "../../etc/passwd", "/etc/passwd", "\x00", ""])
def test_a_zone_that_is_none_leaves_the_zone_open(reading, zone):
    [message] = reading(lines("25/3/24"), zone=zone)
    assert (message.sent.local, message.sent.zone) == ("2024-03-25T10:00:00", None)


def test_a_day_part_nobody_here_knows_leaves_both_halves_of_the_day_open(reading):
    for at in ("25/3/24, 9:14 zzorgen - ", "25/3/24 zzorgen 9:14 - ", "[25/3/24, 9:14 zzorgen] "):
        one, two = reading(f"{at}Maya: hi\n{at.replace('zzorgen', 'xxavond')}Sam: yo\n")
        assert (one.sender, one.text, two.sender, two.text) == ("Maya", "hi", "Sam", "yo")
        assert one.sent.local is None
        assert one.sent.readings == ("2024-03-25T09:14:00", "2024-03-25T21:14:00")
        assert one.doubts == ("unknown_daypart",)
    [late] = reading("25/3/24, 21:14 zzorgen - Maya: hi\n")
    assert late.sent.local == "2024-03-25T21:14:00"


def test_no_word_stands_in_two_families():
    assert [word for word, times in Counter(word for family in FAMILIES for word in family).items() if times > 1] == []


@pytest.mark.parametrize("number", range(len(FAMILIES)))
def test_every_hour_has_at_most_one_reading(number):
    """Each word of each family reads some hours, and never an hour outside its part of the day."""
    for word, (start, end) in FAMILIES[number].items():
        hours = [hour_of(hour, word, number) for hour in range(13)]
        assert any(hour is not None for hour in hours)
        if (start, end) in ((0, 12), (12, 24)):
            assert hours == [start, *range(start + 1, start + 12), start]


@pytest.mark.parametrize(
    "stamp", ["", "1", "/" * 64, "1/1/1", "9" * 64, "1/1/24, 1:11" + "p" * 60, "²/3/24, 10:00", "1/1/24, 1:1"]
)
def test_what_is_no_stamp_has_no_style(stamp):
    assert style_of(stamp) is None


def test_notices_are_exported_out_of_order_and_decide_nothing_by_it(reading):
    notice = "9/3/24, 10:00 - Messages and calls are end-to-end encrypted.\n"
    items = reading(notice + lines("10/1/24", "11/1/24", "1/2/24", "3/2/24", "1/3/24"))
    assert known(items)[3] == ("2024-02-01", "order")
    assert not any(item.doubts for item in items)
    items = reading("25/3/24, 10:00 - Maya left\n" + lines("1/3/24", "2/3/24"))
    assert known(items)[1] == ("2024-03-01", "style_run")
