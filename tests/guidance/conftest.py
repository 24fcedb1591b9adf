"""Knowledge once for all, and plans to order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from holdfast.content import Content, load
from holdfast.guidance import plan
from holdfast.model import Fact, Plan

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def content() -> Content:
    return load()


@pytest.fixture(scope="session")
def made(content: Content) -> Callable[..., Plan]:
    """`made("pk", "under_18", platforms=["wechat"])`: a plan for a place from names of facts."""

    def make(place: str, *names: str, **rest: Any) -> Plan:
        facts = tuple(Fact(name=name, because=("f1",)) for name in names)
        return plan(content, place=place, day=rest.pop("day", DAY), facts=facts, **rest)

    return make
