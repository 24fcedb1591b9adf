"""The dossier: what it says, what it must not say, and that it is the same twice."""

from __future__ import annotations

import io
import json

import msgspec
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.model import Assessment
from holdfast.outputs import typeset as typesetter
from holdfast.outputs.dossier import dossier_data
from holdfast.outputs.typeset import Paper, fonts, page_count, typeset
from holdfast.outputs.view import CaseView


@pytest.fixture(scope="session")
def paper(view: CaseView) -> Paper:
    return typeset(dossier_data(view))


@pytest.fixture(scope="session")
def words(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.volumes[0])).pages)


def test_the_same_case_gives_the_same_bytes(view: CaseView, paper: Paper) -> None:
    assert typeset(dossier_data(view)) == paper


def test_page_one_says_who_what_and_by_when(paper: Paper) -> None:
    first = pypdf.PdfReader(io.BytesIO(paper.volumes[0])).pages[0].extract_text()
    for said in (
        "Rehan K",
        "threat to share private pictures",
        "money: 500 USD",
        "2024-03-13 21:00",
        "Please register this report",
    ):
        assert said in first


@pytest.mark.parametrize(
    "said",
    [
        "EX-0001",
        "app export, Android phone",
        "把照片发给你公司所有人",
        "⟨U+1F602 face with tears of joy⟩",
        "U+202E right-to-left override",
        "not yet checked",
        "private entry",
        "2" * 64,
        "sha256sum -c manifest-sha256.txt",
        "pictures are not read here",
        "Observed only",
        "Noto Sans",
    ],
)
def test_the_dossier_says(words: str, said: str) -> None:
    assert said in words


def test_every_page_has_the_case_and_its_number(paper: Paper) -> None:
    pages = pypdf.PdfReader(io.BytesIO(paper.volumes[0])).pages
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert "HF-7Q2K" in text
        assert f"page {number} of {len(pages)}" in text
    assert paper.pages == len(pages)


def test_nothing_private_is_printed_or_attached(view: CaseView, paper: Paper, words: str, canary: str) -> None:
    assert canary not in words
    attached = pypdf.PdfReader(io.BytesIO(paper.volumes[0])).attachments
    assert canary.encode() not in attached["case.json"][0]
    assert canary not in json.dumps(dossier_data(view))


def test_what_the_person_put_aside_is_nowhere(view: CaseView, words: str) -> None:
    data = dossier_data(view)
    assert "reputation" not in json.dumps([data["sections"], data["exact"]])
    assert [finding["id"] for finding in data["exact"]["assessment"]["findings"]] == ["F1", "F2", "F3", "F4"]


def test_the_exact_text_is_attached(view: CaseView, paper: Paper) -> None:
    attached = pypdf.PdfReader(io.BytesIO(paper.volumes[0])).attachments["case.json"][0]
    exact = json.loads(attached)
    assert exact["exact"]["assessment"]["findings"][1]["quote"] == "تصویریں سب کو بھیج دوں گا"
    assert "😂😂" in json.dumps(exact["printed"], ensure_ascii=False)


def test_quotes_stand_between_the_messages_around_them(view: CaseView) -> None:
    section = next(section for section in dossier_data(view)["sections"] if section["kind"] == "findings")
    first = section["entries"][0]
    assert [line["text"]["said"][0][0] for line in first["lines"]][:1] == ["hi i have your videos"]
    quoted = next(line for line in first["lines"] if line["quoted"])
    assert quoted["text"]["said"] == [["send 500 dollars by tomorrow 9pm or i post them to your family", True]]
    assert [finding["id"] for finding in quoted["head"]["findings"]] == ["F1", "F4"]
    assert quoted["head"]["what"] == (
        "threat to share private pictures; blackmail with sexual pictures; demand for money: 500 USD"
    )


def test_an_empty_case_makes_a_paper_that_promises_nothing(view: CaseView) -> None:
    empty = msgspec.structs.replace(
        view, exhibits=(), readings=(), assessment=Assessment(), offences=(), log=(), plan=None, accepted=(), rejected=()
    )
    text = pypdf.PdfReader(io.BytesIO(typeset(dossier_data(empty)).volumes[0])).pages[0].extract_text()
    assert "No messages were read, so nothing could be found in them." in text
    assert "No demand found in what was read." in text
    assert "safe" not in text


def test_an_exhibit_that_was_only_noted_is_not_said_to_be_read(view: CaseView) -> None:
    noted = tuple(msgspec.structs.replace(exhibit, kept=False) for exhibit in view.exhibits)
    sections = dossier_data(msgspec.structs.replace(view, exhibits=noted, readings=()))["sections"]
    gaps = next(section for section in sections if section["kind"] == "gaps")
    assert [entry["where"]["exhibit"] for entry in gaps["entries"]] == ["EX-0001", "EX-0002", "EX-0003"]
    assert gaps["none"] == ""
    assert sections[0]["observed"].startswith("Of the exhibits, 3 only noted")


def test_the_pages_of_a_paper_are_counted_right(paper: Paper) -> None:
    assert page_count(paper.volumes[0]) == len(pypdf.PdfReader(io.BytesIO(paper.volumes[0])).pages)


def test_a_long_dossier_comes_in_volumes_under_one_numbering(view: CaseView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetter, "MOST_PAGES", 4)
    long = msgspec.structs.replace(view, exhibits=view.exhibits * 20)
    made = typeset(dossier_data(long, full=True))
    assert len(made.volumes) > 1
    counts = [len(pypdf.PdfReader(io.BytesIO(volume)).pages) for volume in made.volumes]
    assert max(counts) <= 4
    assert sum(counts) == made.pages
    second = pypdf.PdfReader(io.BytesIO(made.volumes[1])).pages[0].extract_text()
    assert f"volume 2, page {counts[0] + 1}" in second


def test_a_message_of_many_pages_is_printed_in_pieces(view: CaseView) -> None:
    text = "".join(f"{number:06} " for number in range(10_000))
    message = msgspec.structs.replace(view.readings[0].items[1], text=text)
    long = msgspec.structs.replace(view, readings=(msgspec.structs.replace(view.readings[0], items=(message,)),))
    section = dossier_data(long, full=True)["sections"][-1]
    pieces = [entry["line"]["text"]["said"] for entry in section["entries"]]
    assert len(pieces) == 4
    assert "".join(run[0] for piece in pieces for run in piece) == text


def test_fonts_are_the_packages_own() -> None:
    families = [font.family for font in fonts()]
    assert families[0] == "Noto Sans"
    assert {"Noto Naskh Arabic", "Noto Sans SC", "Noto Sans Math"} <= set(families)


def test_without_the_chinese_fonts_chinese_is_named_not_lost(view: CaseView, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    cached = (typesetter.fonts, typesetter._folders, typesetter._typst_fonts, typesetter._face_lists)
    monkeypatch.setattr(typesetter, "import_module", missing)
    for each in cached:
        each.cache_clear()
    try:
        made = typeset(dossier_data(view))
    finally:
        for each in cached:
            each.cache_clear()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.volumes[0])).pages)
    assert "⟨U+628A cjk unified ideograph-628a⟩" in " ".join(text.split())
    assert "Noto Sans SC" not in text


HOSTILE = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=()), max_size=80),
    st.text("a\u0301\u0610\u064b\u0941\u094d\u0915\u0e33\u200d\u200c\ufe0f😂👩🏽\u20e3\u1112\u1161\u11ab\u115f﷽", max_size=40),
)


def hostile_paper(view: CaseView, texts: list[str]) -> Paper:
    message = next(item for item in view.readings[0].items if hasattr(item, "text") and item.text)
    messages = tuple(msgspec.structs.replace(message, text=text, sender=text[:20]) for text in texts)
    reading = msgspec.structs.replace(view.readings[0], items=messages)
    return typeset(dossier_data(msgspec.structs.replace(view, readings=(reading,)), full=True))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(HOSTILE, min_size=20, max_size=40))
def test_any_text_goes_through_the_real_typesetter(view: CaseView, texts: list[str]) -> None:
    assert hostile_paper(view, texts).volumes


HARD = {
    "latin": "x" * 5000,
    "arabic": "خ" * 5000,
    "han": "字" * 5000,
    "marks": "a" + "\u0301" * 5000,
    "nul": "\x00" * 5000,
    "emoji": "😂👍" * 2500,
    "surrogates": "\ud83d" * 100,
    "markup": "#eval(1) $x$ *b* @x <y> [z] \\u{41} // `c`",
    "overrides": "\u202e" * 50,
    "lines": "\n" * 5000,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_lines_print(view: CaseView, text: str) -> None:
    assert hostile_paper(view, [text, "before " + text + " after"]).pages >= 1
