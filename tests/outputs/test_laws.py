"""Laws in papers: the most fitting first, under the part of the country they belong to, with their sources."""

from __future__ import annotations

import msgspec

from holdfast.content import load
from holdfast.model import Cited, OffenceMatch
from holdfast.outputs.laws import PARTS, covers, fitting_first, grouped, offence_entries, title
from holdfast.outputs.wording import wording

WORDS = wording()


def matched(place: str) -> list[OffenceMatch]:
    """Every law of a place, as if all of them were met."""
    return [
        OffenceMatch(
            id=law.id, jurisdiction=place, instrument=law.instrument, section=law.section, kind=law.kind, covers=law.covers,
            max_penalty=law.max_penalty, in_force="yes", day=None, why="", findings=("F1",),
            cited=Cited(source=law.source, checked=law.checked, basis=law.basis, confidence=law.confidence),
        )
        for law in load().countries[place].offence
    ]  # fmt: skip


def test_each_part_of_a_country_has_its_heading_and_nothing_is_lost() -> None:
    laws = matched("gb")
    groups = grouped(laws, WORDS)
    headings = [name for name, _ in groups]
    assert len(headings) == len(set(headings))
    assert set(PARTS["gb"]) < set(headings)
    assert headings[0] == "England and Wales"
    assert headings[-1].startswith("United Kingdom")
    assert sorted(law.id for _, group in groups for law in group) == sorted(law.id for law in laws)
    assert not any(covers(law).startswith("Scotland:") for law in laws)


def test_the_most_fitting_law_stands_first_and_the_duties_of_services_last() -> None:
    first = [group[0].id for _, group in grouped(matched("gb"), WORDS)]
    assert first[0] == "gb.66B4"
    assert fitting_first(matched("us"))[0].id == "us.tida_threat"
    for place in load().countries:
        kinds = [law.kind for law in fitting_first(matched(place)) if place not in PARTS]
        assert kinds == sorted(kinds, key=["crime", "administrative", "civil", "platform_duty"].index)


def test_one_law_one_heading_elsewhere() -> None:
    assert [name for name, _ in grouped(matched("pk"), WORDS)] == ["Pakistan"]
    assert [entry["group"] for entry in offence_entries(matched("pk"), {}, WORDS)][:2] == ["Pakistan", ""]


def test_a_section_is_named_once() -> None:
    (law,) = [law for law in matched("us") if law.id == "us.873"]
    assert title(law) == law.instrument
    (law,) = [law for law in matched("gb") if law.id == "gb.blackmail"]
    assert title(law) == "Theft Act 1968, 21"


def test_every_law_has_its_source_and_says_whether_somebody_checked_it() -> None:
    for place in load().countries:
        for entry in offence_entries(matched(place), {}, WORDS):
            assert entry["source"]
            assert entry["unchecked"] == (entry["checked"] == "not yet checked")


def test_a_day_that_is_not_known_is_never_said_to_be_the_day_it_was_said() -> None:
    law = msgspec.structs.replace(matched("pk")[0], day="2026-11-20", findings=tuple(f"F{number}" for number in range(30)))
    (known,) = offence_entries([law], {"F3": "2026-11-20"}, WORDS)
    (assumed,) = offence_entries([law], {"F3": "2024-01-01", "F99": "2026-11-20"}, WORDS)
    assert (known["may"], known["day"]) == ("may apply", "said on 2026-11-20")
    assert (assumed["may"], assumed["day"]) == (
        "may apply; a date is not sure",
        "the day it was said is not known; looked up for 2026-11-20",
    )
    assert known["findings"].endswith("F9 and 20 more")
