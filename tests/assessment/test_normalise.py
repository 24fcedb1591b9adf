"""Folding keeps the way back, and takes nothing from plain text."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.assessment.normalise import fold
from holdfast.assessment.scan import speller

MIXED = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("аеорсухѕ\u200b\u00ad\u202e\U000e0041éßİﬁ…５٥五發傳ك\u0301\u0336\x00😂")
    )
)


def holds(text: str, folded) -> None:
    for start in range(len(folded.text)):
        first, last = folded.span(start, start + 1)
        assert 0 <= first < last <= len(text)
    if folded.starts is not None:
        assert len(folded.starts) == len(folded.ends) == len(folded.text)
        assert list(folded.starts) == sorted(folded.starts)


@given(MIXED)
def test_every_folded_character_maps_back(text: str) -> None:
    holds(text, fold(text))
    holds(text, speller().respell(fold(text)))


@given(st.text(alphabet=string.ascii_lowercase + string.digits + " .,!?'\"\n-"))
def test_lower_case_ascii_is_left_alone(text: str) -> None:
    folded = fold(text)
    assert folded.text == text
    assert folded.starts is None
    assert folded.evasions == 0


@given(MIXED)
def test_folding_the_quick_way_and_with_care_agree(text: str) -> None:
    assert fold(text + "x").text == fold(text + "\u200bx").text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("S\u0435nd nud\u0435s", "send nudes"),
        ("ＳＥＮＤ ５００", "send 500"),
        ("𝐬𝐞𝐧𝐝 𝓂𝑒", "send me"),
        ("s\u200be\u200bn\u200bd", "send"),
        ("s\u0336e\u0336n\u0336d\u0336", "send"),
        ("🅿🅰🆈 ᴍᴇ", "pay me"),
        ("٥٠٠ ۵۰۰ ५००", "500 500 500"),
        ("我會把你的裸照傳給大家", "我会把你的裸照传给大家"),
        ("café Ünter", "cafe unter"),
        ("don’t", "don't"),
    ],
)
def test_disguises_come_off(written: str, meant: str) -> None:
    assert fold(written).text == meant


@pytest.mark.parametrize("word", ["привет", "йод", "أحمد", "नमस्ते", "한국어", "Ελλάδα"])
def test_words_of_one_script_keep_their_letters(word: str) -> None:
    assert fold(word).evasions == 0
    assert not any("a" <= c <= "z" for c in fold(word).text)


def test_invisible_letters_count_as_evasion_only_inside_words() -> None:
    assert fold("se\u200bnd nu\u00addes").evasions == 2
    assert fold("می\u200cخواهم 👨\u200d👩\u200d👧 fine").evasions == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("s3nd me n*des", "send me nudes"),
        ("b1tcoin", "bitcoin"),
        ("seeeend it", "send it"),
        ("i will kiiiill you", "i will kill you"),
        ("n u d e s", "nudes"),
        ("把照片发 到 群里", "把照片发到群里"),
    ],
)
def test_words_written_round_filters_are_read_as_meant(written: str, meant: str) -> None:
    assert speller().respell(fold(written)).text == meant


@pytest.mark.parametrize("word", ["b4", "gr8", "2k", "mp3", "a1b2c3", "www", "hmmm", "$500", "you@mail.example"])
def test_other_words_are_left_as_they_are(word: str) -> None:
    assert speller().respell(fold(word)).text == word
