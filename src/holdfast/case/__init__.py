"""The whole line: who calls whom, from a file on disk to a paper. Rooms know nothing of each other; this does.

Names are loaded when first asked for: a plan for this minute must not wait for a vault, a reader or a typesetter.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.case.adding import Added
    from holdfast.case.case import Case
    from holdfast.case.checking import check_content, is_known, verify_bundle, verify_folder
    from holdfast.case.planning import place_told, plan, plan_text
    from holdfast.case.without import assess, confinement, languages, options, read, read_lines, refuse_missing
    from holdfast.content.schema import Letter, Question
    from holdfast.intake.keeping import AgeGroup, ShowsMinor
    from holdfast.readers import DateOrder
    from holdfast.vault import Kit

_WHERE = {
    "Added": "case.adding",
    "AgeGroup": "intake.keeping",
    "Case": "case.case",
    "DateOrder": "readers",
    "Kit": "vault",
    "Letter": "content.schema",
    "Question": "content.schema",
    "ShowsMinor": "intake.keeping",
    "assess": "case.without",
    "check_content": "case.checking",
    "confinement": "case.without",
    "is_known": "case.checking",
    "languages": "case.without",
    "options": "case.without",
    "place_told": "case.planning",
    "plan": "case.planning",
    "plan_text": "case.planning",
    "read": "case.without",
    "read_lines": "case.without",
    "refuse_missing": "case.without",
    "verify_bundle": "case.checking",
    "verify_folder": "case.checking",
}

__all__ = [
    "Added",
    "AgeGroup",
    "Case",
    "DateOrder",
    "Kit",
    "Letter",
    "Question",
    "ShowsMinor",
    "assess",
    "check_content",
    "confinement",
    "is_known",
    "languages",
    "options",
    "place_told",
    "plan",
    "plan_text",
    "read",
    "read_lines",
    "refuse_missing",
    "verify_bundle",
    "verify_folder",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'holdfast.case' has no attribute {name!r}")
    return getattr(importlib.import_module(f"holdfast.{_WHERE[name]}"), name)
