"""The whole line: who calls whom, from a file on disk to a paper. Rooms know nothing of each other; this does."""

from holdfast.case.adding import Added
from holdfast.case.case import Case
from holdfast.case.without import (
    assess,
    check_content,
    confinement,
    options,
    plan,
    plan_text,
    read,
    read_lines,
    refuse_missing,
    verify_bundle,
    verify_folder,
)
from holdfast.content.schema import Letter, Question
from holdfast.intake.keeping import AgeGroup, ShowsMinor
from holdfast.readers import DateOrder
from holdfast.vault import Kit

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
    "options",
    "plan",
    "plan_text",
    "read",
    "read_lines",
    "refuse_missing",
    "verify_bundle",
    "verify_folder",
]
