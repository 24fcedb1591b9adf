"""Any Unicode text prints, and nothing disappears without being counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.outputs.characters import MARKS_LEFT_OUT, Drawing, direction
from holdfast.outputs.wording import wording

LATIN = frozenset(range(0x20, 0x250)) | {0x300, 0x301, 0x302, 0x303, 0x304, 0x305, 0x27E8, 0x27E9}
ARABIC = frozenset(range(0x600, 0x700)) | {0x20, 0x200C}


def drawing() -> Drawing:
    return Drawing((LATIN, ARABIC), wording()["shown"])


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("pay me 😂", "pay me ⟨U+1F602 face with tears of joy⟩"),
        ("a\u202egnp", "a⟨U+202E right-to-left override⟩gnp"),
        ("k\u200bill", "k⟨U+200B zero width space⟩ill"),
        ("\ud83d", "⟨U+D83D half of a broken character⟩"),
        ("a\x00b\x1b[2J", "a⟨U+0000 null⟩b⟨U+001B escape⟩[2J"),
        ("\ue000", "⟨U+E000 character without a public meaning⟩"),
        ("\U0010ffff", "⟨U+10FFFF character without a name⟩"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "a⟨U+200C zero width non-joiner⟩b"),
        ("😂" * 7, "⟨U+1F602 face with tears of joy ×7⟩"),
        ("e\u0301", "e\u0301"),
        ("\u0301", "⟨U+0301 combining acute accent⟩"),
        ("a\u0610", "a⟨U+0610 arabic sign sallallahou alayhe wassallam⟩"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, printed: str) -> None:
    assert drawing().plain(text) == printed


def test_marks_piled_on_a_letter_are_counted() -> None:
    made = drawing()
    assert made.plain("a" + "\u0301" * 50) == "a" + "\u0301" * 3 + "⟨+47⟩"
    assert made.counts == {MARKS_LEFT_OUT: 47}


def test_colour_selectors_are_counted_but_not_printed() -> None:
    made = drawing()
    assert made.plain("x\ufe0f") == "x"
    assert made.counts == {"\ufe0f": 1}


def test_a_word_longer_than_a_line_may_break_and_a_hash_may_not() -> None:
    assert drawing().runs("f" * 64) == [("f" * 64, False)]
    (shown, _), *rest = drawing().runs("x" * 5000)
    assert not rest
    assert shown.replace("\u200b", "") == "x" * 5000
    assert max(map(len, shown.split("\u200b"))) <= 30
    assert drawing().plain("x" * 5000) == "x" * 5000


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_only_drawable_characters_are_left(text: str) -> None:
    made = drawing()
    for piece, is_code in made.runs(text):
        if not is_code:
            assert {ord(character) for character in piece} <= LATIN | ARABIC | {0x0A, 0x200B}


@given(st.text(st.characters(codec=None, exclude_categories=(), exclude_characters="\t\u200b"), max_size=60))
def test_every_character_is_printed_or_counted(text: str) -> None:
    made = drawing()
    kept = "".join(piece for piece, is_code in made.runs(text) if not is_code).replace("\u200b", "")
    assert len(kept) + made.counts.total() == len(text)


@pytest.mark.parametrize(
    ("text", "way"), [("سلام hello", "rtl"), ("hello سلام", "ltr"), ("123 شلوم", "rtl"), ("", "ltr"), ("שלום", "rtl")]
)
def test_direction_is_that_of_the_first_letter(text: str, way: str) -> None:
    assert direction(text) == way
