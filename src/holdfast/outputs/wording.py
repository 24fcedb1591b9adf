"""A paper's own words: one file per language, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from holdfast.errors import ContentError

Words = dict[str, Any]


@cache
def wording(language: str = "en") -> Words:
    """The catalogue of a language (`en`). Raises ContentError where there is none."""
    folder = resources.files(__package__).joinpath("words")
    file = folder.joinpath(f"{language}.toml")
    if not language.isalpha() or not file.is_file():
        raise ContentError(f"outputs/words/{language}.toml", "language", "there are no words for papers in this language yet")
    return tomllib.loads(file.read_text(encoding="utf-8"))
