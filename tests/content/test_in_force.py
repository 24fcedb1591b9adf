"""The law of the day: yes, no, and may where nobody knows the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.content import load
from holdfast.content.dates import RoughDate, first_day, last_day
from holdfast.content.schema import Offence


def offence(ident: str) -> Offence:
    country = load().countries[ident.partition(".")[0]]
    return next(row for row in country.offence if row.id == ident)


@pytest.mark.parametrize(
    ("ident", "day", "verdict"),
    [
        ("gb.33cjca", "2024-01-30", "yes"),
        ("gb.33cjca", "2024-01-31", "no"),
        ("gb.33cjca", "2018-06-01", "may"),  # sharing was covered, threats only since 2021
        ("gb.33cjca", "2015-04-12", "no"),
        ("gb.66B4", "2024-01-30", "no"),
        ("gb.66B4", "2024-01-31", "yes"),
        ("gb.osa181", "2024-01-30", "no"),
        ("gb.nir", "2019-01-01", "may"),
        ("gb.nir", "2023-01-01", "yes"),
        ("gb.takedown48", "2026-11-20", "may"),
        ("gb.takedown48", "2026-04-28", "no"),
        ("cn.ps42old", "2025-12-31", "yes"),
        ("cn.ps42old", "2026-01-01", "no"),
        ("cn.ps50", "2025-12-31", "no"),
        ("cn.ps50", "2026-01-01", "yes"),
        ("cn.ps49old", "2025-12-31", "yes"),
        ("cn.ps58", "2026-01-01", "yes"),
        ("cn.cl274", "1997-06-01", "may"),
        ("cn.cl274", "2026-01-01", "yes"),
        ("in.ipc384", "2024-06-30", "yes"),
        ("in.ipc384", "2024-07-01", "no"),
        ("in.bns308", "2024-06-30", "no"),
        ("in.bns308", "2024-07-01", "yes"),
        ("in.bns351", "2024-07-01", "yes"),
        ("in.itrules", "2026-02-19", "no"),
        ("us.tida_platform", "2026-05-18", "no"),
        ("us.tida_platform", "2026-05-19", "yes"),
        ("us.tida_threat", "2025-05-19", "yes"),
        ("pk.peca21", "2016-08-17", "no"),
        ("pk.peca2025", "2025-01-15", "may"),
        ("pk.peca2025", "2025-02-01", "yes"),
        ("de.253", "2020-01-01", "may"),  # start unknown
        ("de.draft", "2026-02-01", "no"),
        ("de.draft", "2026-11-20", "may"),
    ],
)
def test_the_law_of_that_day(ident: str, day: str, verdict: str) -> None:
    assert offence(ident).in_force_on(date.fromisoformat(day)) == verdict


ON = {
    "day": st.dates(date(1850, 1, 1), date(2030, 12, 31)).map(str),
    "month": st.dates(date(1850, 1, 1), date(2030, 12, 31)).map(lambda day: str(day)[:7]),
    "year": st.integers(1850, 2030).map(str),
}
rough = st.sampled_from(sorted(ON)).flatmap(lambda p: ON[p].map(lambda on: RoughDate(on=on, precision=p)))  # type: ignore[arg-type]


@given(rough, st.integers(-800, 800))
def test_inside_the_doubt_it_may_outside_it_is_sure(start: RoughDate, away: int) -> None:
    day = first_day(start.on) + timedelta(days=away)
    verdict = start.begun_on(day)
    assert verdict == ("no" if day < first_day(start.on) else "yes" if day >= last_day(start.on) else "may")


@given(st.one_of(rough, st.just(RoughDate(precision="unknown"))), st.dates(date(1840, 1, 1), date(2040, 1, 1)))
def test_time_never_makes_a_started_rule_less_sure(start: RoughDate, day: date) -> None:
    order = ("no", "may", "yes")
    assert order.index(start.begun_on(day)) <= order.index(start.begun_on(day + timedelta(days=1)))


def test_an_unknown_start_is_never_yes_and_never_no() -> None:
    assert {RoughDate(precision="unknown").begun_on(day) for day in (date(1700, 1, 1), date(2026, 1, 1))} == {"may"}


def test_no_row_is_in_force_before_it_starts() -> None:
    for iso, country in load().countries.items():
        for row in country.offence:
            if row.in_force_until is not None:
                day = date.fromisoformat(row.in_force_until)
                assert row.in_force_on(day) != "no", (iso, row.id)
                assert row.in_force_on(day + timedelta(days=1)) == "no", (iso, row.id)
