"""Who is me is said by the person, never assumed."""

from __future__ import annotations

import pytest

from holdfast.model import Message, Place
from holdfast.readers import same_person, with_me


def said(sender: str | None, *, doubts: tuple[str, ...] = (), from_me: bool | None = None) -> Message:
    place = Place(file="a", unit="line", first=1, last=1)
    return Message(place=place, text="x", sender=sender, doubts=doubts, from_me=from_me)


@pytest.mark.parametrize(
    ("sender", "own"),
    [
        ("Maya", "maya"),
        ("Maya R 🌸", "Maya R"),
        ("+44 7700 900123", "07700 900123"),
        ("\u202a+44 7700 900123\u202c", "+447700900123"),
        ('"Maya R." <maya.r@inbox.example>', "Maya.R@inbox.example"),
        ("玛雅", "玛雅"),
    ],
)
def test_small_differences_of_spelling_do_not_matter(sender: str, own: str) -> None:
    assert same_person(sender, [own])


@pytest.mark.parametrize(
    ("sender", "own"),
    [("Mayan", "Maya"), ("Danny", "Maya"), ("12345", "12345678"), ("+44 7700 900123", "+44 7700 900124"), ("🌸", "Maya")],
)
def test_other_people_are_not_me(sender: str, own: str) -> None:
    assert not same_person(sender, [own])


def test_others_are_others_only_where_the_person_was_recognised() -> None:
    assert [item.from_me for item in with_me([said("Maya"), said("Danny"), said(None)], ["Maya"])] == [True, False, None]
    assert [item.from_me for item in with_me([said("Maya R"), said("Danny")], ["Mia"])] == [None, None]


def test_a_mail_that_only_shows_my_address_is_not_mine() -> None:
    forged = said("me <maya.r@inbox.example>", doubts=("own_address_forged",))
    assert [item.from_me for item in with_me([forged], ["maya.r@inbox.example"])] == [None]


def test_what_the_export_says_wins() -> None:
    assert [item.from_me for item in with_me([said("Maya", from_me=False)], ["Maya"])] == [False]
