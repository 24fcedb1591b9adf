"""A copy of one place's knowledge in memory, to be spoilt."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from importlib.resources import files
from typing import Any

import pytest

Tables = dict[str, dict[str, Any]]
FILES = {
    "country": "countries/gb.toml",
    "platform": "platforms/wechat.toml",
    "payment": "payments/bank-transfer.toml",
    "security": "security/hash-tools.toml",
    "step": "steps/050-keep_everything.toml",
    "question": "questions/052-how_paid.toml",
}


@pytest.fixture(scope="session")
def whole() -> Tables:
    """One file of each kind as plain tables. Copy before changing."""
    root = files("holdfast.content")
    return {kind: tomllib.loads((root / name).read_text(encoding="utf-8")) for kind, name in FILES.items()}


@pytest.fixture
def tables(whole: Tables) -> Tables:
    return deepcopy(whole)
