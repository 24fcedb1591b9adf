"""A letter: one .md file each in letters/, a TOML head between two lines of +++, then the text."""

from __future__ import annotations

from typing import Literal

from holdfast.content.evidence import Strict, Text
from holdfast.content.step import Name


class Letter(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who it is for, which parts of the case it needs, and its text."""

    id: Name
    title: Text
    audience: Literal["police", "platform", "regulator", "bank", "trusted", "offender", "lawyer", "employer", "other"]
    requires: tuple[Text, ...] = ()
    body: Text
