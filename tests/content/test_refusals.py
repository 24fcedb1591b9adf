"""Wrong content is refused by name: the file, the key, and why. One spoilt key at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from holdfast.content.reading import as_shape, read_letter, read_toml
from holdfast.content.schema import Country, Letter, Payment, Platform, Question, Security, Step
from holdfast.content.step import order_problem
from holdfast.errors import ContentError

SHAPES: dict[str, type[Any]] = {
    "country": Country,
    "platform": Platform,
    "payment": Payment,
    "security": Security,
    "step": Step,
    "question": Question,
}
Table = dict[str, Any]


def put(*path: str | int, value: object) -> Callable[[Table], None]:
    """Sets one key, however deep."""

    def spoil(table: Table) -> None:
        inner: Any = table
        for piece in path[:-1]:
            inner = inner[piece]
        inner[path[-1]] = value

    return spoil


def drop(*path: str | int) -> Callable[[Table], None]:
    def spoil(table: Table) -> None:
        inner: Any = table
        for piece in path[:-1]:
            inner = inner[piece]
        del inner[path[-1]]

    return spoil


SPOILT = [
    ("country", put("colour", value="red"), "colour", "unknown"),
    ("country", put("offence", 2, "severity", value=9), "offence[2].severity", "unknown"),
    ("country", put("support", 0, "email", value="x"), "support[0].email", "unknown"),
    ("country", drop("offence", 0, "source"), "offence[0].source", "missing"),
    ("country", put("offence", 0, "source", value=""), "offence[0].source", "length"),
    ("country", drop("report_to", 1, "checked"), "report_to[1].checked", "missing"),
    ("country", put("offence", 0, "checked", value="20 November 2026"), "offence[0]", "day"),
    ("country", put("offence", 0, "checked", value="2026-02-30"), "offence[0]", "day"),
    ("country", put("offence", 0, "checked", value="2026-11-21"), "offence[0]", "after `reviewed`"),
    ("country", put("offence", 0, "checked", value=""), "offence[0].checked", "says it was read"),
    ("country", put("turns_against", "basis", value="recalled"), "turns_against.checked", "recalled"),
    ("country", put("emergency", "basis", value="hearsay"), "emergency.basis", "hearsay"),
    ("country", put("emergency", "confidence", value="certain"), "emergency.confidence", "certain"),
    ("country", put("emergency", "police", value=999), "emergency.police", "str"),
    ("country", put("offence", 0, "kind", value="sin"), "offence[0].kind", "sin"),
    ("country", put("offence", 0, "conduct", value=["rudeness"]), "offence[0].conduct", "rudeness"),
    ("country", put("offence", 0, "conduct", value=[]), "offence[0].conduct", "length"),
    ("country", put("offence", 0, "in_force_from", value="2024-13-01"), "offence[0]", "month"),
    ("country", put("offence", 0, "in_force_from", value="2024"), "offence[0]", "not a day"),
    ("country", put("offence", 0, "in_force_until", value="soon"), "offence[0]", "not a day"),
    (
        "country",
        put("offence", 0, "in_force_from", value={"on": "2018-05", "precision": "year"}),
        "offence[0].in_force_from",
        "precision",
    ),
    (
        "country",
        put("offence", 0, "in_force_from", value={"on": "2018", "precision": "decade"}),
        "offence[0].in_force_from.precision",
        "decade",
    ),
    ("country", put("offence", 1, "id", value="gb.66B4"), "offence", "used twice"),
    ("country", put("support", 0, "id", value="gb.police"), "support[0]", "used twice"),
    ("country", put("support", 0, "id", value="us.rph"), "support[0]", "does not begin"),
    ("country", put("support", 0, "audience", value="everyone"), "support[0].audience", "everyone"),
    ("country", put("review_by", value="2026-11-20"), "review_by", "not after"),
    ("country", put("schema", value=2), "schema", "2"),
    ("country", put("iso", value="GB"), "iso", "matching regex"),
    ("country", drop("evidence"), "evidence", "missing"),
    ("platform", put("report", 0, "steps", value=[]), "report[0].steps", "length"),
    ("platform", put("report", 1, "id", value="chat-or-person"), "report", "used twice"),
    ("platform", put("report", 0, "confidence", value="high"), "report[0].confidence", "secondary"),
    ("platform", put("security", "privacy", 1, "confidence", value="medium"), "security.privacy[1].confidence", "general"),
    ("platform", put("block", "basis", value="primary"), "block.basis", "primary"),
    ("platform", put("block", "seen", value="summer"), "block", "not a day"),
    ("platform", put("take_it_down_act", "status", value="maybe"), "take_it_down_act.status", "maybe"),
    ("platform", drop("save_first"), "save_first", "missing"),
    ("payment", put("step", 0, "fee", value="5"), "step[0].fee", "unknown"),
    ("payment", drop("keep"), "keep", "missing"),
    ("security", put("item", 1, "id", value="stopncii"), "item", "used twice"),
    ("security", put("pdq", "bits", value="256"), "pdq.bits", "int"),
    ("step", put("attach", value=["platform.delete"]), "attach[0]", "matching regex"),
    ("step", put("urgency", value="at once"), "urgency", "at once"),
    ("step", put("act", value="attack"), "act", "attack"),
    ("step", put("when", value={"not": ["x"]}), "when.not", "unknown"),
    ("step", put("when", value={"any": ["a or b"]}), "when.any[0]", "matching regex"),
    ("question", put("answer", value=[{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]), "answer", "rather_not_say"),
    ("question", put("answer", 1, "id", value="crypto"), "answer", "used twice"),
]


@pytest.mark.parametrize(("kind", "spoil", "key", "why"), SPOILT, ids=[f"{kind}-{key}-{why}" for kind, _, key, why in SPOILT])
def test_a_spoilt_file_is_refused_by_name(
    tables: dict[str, Table], kind: str, spoil: Callable[[Table], None], key: str, why: str
) -> None:
    table = tables[kind]
    as_shape("whole.toml", table, SHAPES[kind])
    spoil(table)
    with pytest.raises(ContentError) as caught:
        as_shape("spoilt.toml", table, SHAPES[kind])
    assert caught.value.file == "spoilt.toml"
    assert caught.value.key.startswith(key), str(caught.value)
    assert why.lower() in str(caught.value).lower()


@pytest.mark.parametrize("data", [b"iso = ", b"\xff\xfe", b"a = 1\na = 2"], ids=["cut", "not UTF-8", "twice"])
def test_a_file_that_is_not_toml_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(ContentError, match=r"^cut\.toml: whole file: "):
        read_toml("cut.toml", data, Country)


def test_a_letter_has_a_head_and_a_body() -> None:
    head = b'+++\nid = "police_complaint"\ntitle = "Complaint"\naudience = "police"\nrequires = ["name"]\n+++\n'
    letter = read_letter("letter.md", head + b"Dear officer,\n\n+++\n", Letter)
    assert (letter.id, letter.body) == ("police_complaint", "Dear officer,\n\n+++")
    for wrong in (b"Dear officer", head.replace(b"title", b"titel") + b"x", head, b"+++\nid =\n+++\nx"):
        with pytest.raises(ContentError):
            read_letter("letter.md", wrong, Letter)


def step(ident: str, *before: str) -> Step:
    return Step(
        id=ident,
        title="t",
        body="b",
        urgency="now",
        before=before,
        source="s",
        checked="2026-11-20",
        basis="primary",
        confidence="high",
    )


def test_an_order_that_goes_in_a_circle_is_found() -> None:
    assert order_problem((step("a", "b"), step("b", "c"), step("c"))) is None
    assert order_problem((step("a", "b"), step("b", "c"), step("c", "a"))) is not None
    assert order_problem((step("a", "a"),)) is not None
    found = order_problem((step("a", "nowhere"),))
    assert found is not None
    assert found[0] == "a"
    assert "nowhere" in found[1]
