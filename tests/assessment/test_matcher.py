"""Two engines, one answer."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.assessment import assess_text
from holdfast.assessment.grammar import Row
from holdfast.assessment.lexicon import languages, load
from holdfast.assessment.matcher import ENGINES, Blob, compiled
from holdfast.assessment.normalise import fold
from holdfast.assessment.scan import scanner
from holdfast.errors import ContentError

both_engines = pytest.mark.skipif(len(ENGINES) < 2, reason="google-re2 is not installed")
WORDS = [word for language in languages().values() for entries in language.words.values() for word in entries if word.isalnum()]


@pytest.mark.parametrize(
    "pattern", [r"\w+", r"a\b", r"(?i)a", r"(?=a)", r"(?<!a)b", r"(a)\1", "a{1001}", r"\d", "a++", "a{2,}"]
)
def test_what_engines_read_differently_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="two engines"):
        compiled(pattern)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_list_compiles(engine: str) -> None:
    assert scanner(engine).languages.keys() == languages().keys()


@both_engines
def test_both_engines_find_the_same_on_every_line(every_line: list[str]) -> None:
    rows = [fold(line).text for line in every_line]
    assert scanner("re2").hits(rows) == scanner("re").hits(rows)
    assert scanner("re2").candidates(rows) == scanner("re").candidates(rows)
    assert [assess_text(line, engine="re2") for line in every_line[::5]] == [
        assess_text(line, engine="re") for line in every_line[::5]
    ]


@both_engines
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS), st.sampled_from(["i'll", "send", "your", "pics", "发给", "。", "🙂", "\n", "500", "é"])
        )
    ),
    st.sampled_from(["", " ", "  "]),
)
def test_both_engines_find_the_same_in_any_mixture(words: list[str], joint: str) -> None:
    rows = [fold(joint.join(words)).text, fold(joint.join(reversed(words))).text]
    assert scanner("re2").hits(rows) == scanner("re").hits(rows)
    assert scanner("re2").candidates(rows) == scanner("re").candidates(rows)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(alphabet="ab发 \n"), min_size=1, max_size=8))
def test_matches_never_cross_rows(rows: list[str]) -> None:
    blob = Blob(rows)
    for engine in ENGINES:
        pattern = compiled("[^a-z0-9](a|b b)[^a-z0-9]", engine)
        found = list(blob.spans(pattern))
        assert all(rows[row][start:end] in ("a", "b b") for row, start, end in found)
        assert list(blob.rows_with(pattern)) == sorted({row for row, _, _ in found})


def test_candidates_hold_every_row_with_a_finding(every_line: list[str]) -> None:
    random.Random(7).shuffle(every_line)
    rows = [fold(line).text for line in every_line]
    lists = scanner()
    alone = {row for row, hits in enumerate(lists.hits(rows)) if lists.grammar.spots(Row(rows[row], hits))}
    assert alone <= set(lists.candidates(rows))


BASE = """
language = "xx"
spaces = true
script = "a-z"
anchors = ["a"]
[lists]
a = ["one"]
[[rule]]
id = "r"
label = "violence"
parts = ["a"]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('label = "violence"', 'label = "murder"'),
        ('parts = ["a"]', 'parts = ["b"]'),
        ('a = ["one"]', 'a = ["One"]'),
        ("spaces = true", "spaces = true\nspeed = 3"),
        ('anchors = ["a"]', 'anchors = ["money"]'),
    ],
)
def test_a_mistake_in_a_signals_file_is_named(old: str, new: str) -> None:
    assert load("xx.toml", BASE).rule[0].id == "r"
    with pytest.raises(ContentError):
        load("xx.toml", BASE.replace(old, new))
