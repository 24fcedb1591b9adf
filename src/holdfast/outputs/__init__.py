"""Papers: what a case hands over. The dossier, the bundle, letters, the plan on paper.

Everything here is a function of a `CaseView` up to the typesetter. Setting type and touching folders happens only in
`typeset`, `bundle` and `bundle_verify`; they are loaded when first asked for, so that the rest runs where they cannot.
"""

from __future__ import annotations

from holdfast.errors import HoldfastError
from holdfast.outputs.dossier import dossier_data
from holdfast.outputs.letters import letters, missing_parts, write_letter
from holdfast.outputs.script import verify_script_sha256
from holdfast.outputs.view import CaseView, Reading

__all__ = [
    "CaseView",
    "Reading",
    "dossier_data",
    "dossier_pdf",
    "dossier_volumes",
    "letters",
    "missing_parts",
    "verify_script_sha256",
    "write_letter",
]


def dossier_volumes(view: CaseView, *, full: bool = False, language: str = "en") -> tuple[bytes, ...]:
    """The dossier as PDF, one file per volume of at most 500 pages, under one numbering."""
    from holdfast.outputs.typeset import typeset

    return typeset(dossier_data(view, full=full, language=language)).volumes


def dossier_pdf(view: CaseView, *, full: bool = False, language: str = "en") -> bytes:
    """The dossier as one PDF. HoldfastError if it is longer than one volume: then ask for `dossier_volumes`."""
    volumes = dossier_volumes(view, full=full, language=language)
    if len(volumes) > 1:
        raise HoldfastError(
            f"This dossier is longer than 500 pages: it comes in {len(volumes)} volumes.",
            next_step="Make the bundle: it holds all volumes. Or make the dossier without the full conversations.",
        )
    return volumes[0]
