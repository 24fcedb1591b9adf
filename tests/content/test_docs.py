"""If it is a key of content, it stands in docs/content.md."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from holdfast.content import country, payment, platform, question, security, step
from holdfast.content.dates import RoughDate
from holdfast.content.schema import Letter
from holdfast.guidance import OWN_FACTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "content.md").read_text(encoding="utf-8")
SHAPES = [
    shape
    for module in (country, payment, platform, question, security, step)
    for shape in vars(module).values()
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
]


@pytest.mark.parametrize("shape", [*SHAPES, RoughDate, Letter], ids=lambda shape: shape.__name__)
def test_every_key_stands_in_the_page(shape: type[msgspec.Struct]) -> None:
    missing = [name for name in shape.__struct_fields__ if name not in PAGE]
    assert not missing


def test_every_fact_of_guidance_stands_in_the_page() -> None:
    assert [name for name in OWN_FACTS if f"`{name}`" not in PAGE] == []
