"""The paper itself: one page to begin with, hashes that can be copied, nothing personal in what a folder view shows."""

from __future__ import annotations

import io
import re

import msgspec
import pypdf
import pytest

from holdfast.model import Finding, Message
from holdfast.outputs.dossier import dossier_data
from holdfast.outputs.typeset import typeset
from holdfast.outputs.view import CaseView


def printed(view: CaseView) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(typeset(dossier_data(view)).volumes[0]))


@pytest.fixture(scope="session")
def paper(view: CaseView) -> pypdf.PdfReader:
    return printed(view)


def threatened(view: CaseView, count: int, text: str) -> CaseView:
    """The case with `count` messages of this text, each with one finding over all of it."""
    first = next(item for item in view.readings[0].items if isinstance(item, Message))
    labels = ("image_leak", "sextortion", "violence", "stalking", "doxxing", "reputation", "impersonation")
    chat = tuple(
        msgspec.structs.replace(
            first, text=text, place=msgspec.structs.replace(first.place, first=line, last=line), sender="a_very_long_name" * 3
        )
        for line in range(1, count + 1)
    )
    findings = tuple(
        Finding(
            id=f"F{message.place.first}", label=labels[message.place.first % len(labels)], form="direct", certainty="clear",
            speaker="unknown", start=0, end=len(text), quote=text, rule="r", language="en", place=message.place,
        )
        for message in chat
    )  # fmt: skip
    assessment = msgspec.structs.replace(view.assessment, findings=findings, demands=(), chronology=())
    reading = msgspec.structs.replace(view.readings[0], items=chat)
    return msgspec.structs.replace(view, readings=(reading,), assessment=assessment, accepted=(), rejected=())


@pytest.mark.parametrize("text", ["I will send your pictures to everyone you know. " * 9, "我把照片发给你公司所有人" * 30])
def test_page_one_is_one_page_whatever_was_found(view: CaseView, text: str) -> None:
    first, second = (" ".join(page.extract_text().split()) for page in printed(threatened(view, 40, text)).pages[:2])
    assert "What is asked of you" in first
    assert "and 35 more" in first
    assert "We do not know yet who wrote this" in first
    assert "In this dossier" in second
    assert "What happened, in order" in second


def test_hashes_are_copied_whole(view: CaseView, paper: pypdf.PdfReader) -> None:
    copied = set(re.findall(r"\b[0-9a-f]{64}\b", "\n".join(page.extract_text() for page in paper.pages)))
    expected = {exhibit.sha256 for exhibit in view.exhibits}
    expected |= {part.sha256 for exhibit in view.exhibits for part in exhibit.parts}
    expected |= {line.leaf for line in view.log}
    assert expected <= copied


def test_what_a_folder_view_shows_is_neutral(paper: pypdf.PdfReader) -> None:
    assert paper.metadata is not None
    assert paper.metadata.title == "Dossier HF-7Q2K"
    assert {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate"} == set(paper.metadata)
    assert paper.metadata.author == "Holdfast"


def test_it_can_be_found_and_read_aloud(paper: pypdf.PdfReader) -> None:
    titles = [entry.title for entry in paper.outline if not isinstance(entry, list)]
    assert titles[:2] == ["Dossier HF-7Q2K", "What happened, in order"]
    assert "Laws that may apply" in titles
    assert paper.trailer["/Root"]["/Lang"] == "en"
    content = paper.pages[0].get_contents()
    assert content is not None
    assert {b"en", b"zh"} <= set(re.findall(rb"/Lang ?\(([a-z]+)", content.get_data()))
