"""Opening a case for a verb: with whichever key was given, or by asking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from holdfast import case as line
from holdfast.cli.clock import now
from holdfast.cli.secrets import identity_from, passphrase_from

if TYPE_CHECKING:
    from holdfast.case import Case


def opened_case(case: Path, passphrase_file: Path | None, identity: Path | None) -> Case:
    """The case, opened with whichever key was given; asks for the passphrase when none was."""
    line.Case.refuse_unless_there(case)
    if identity is not None:
        return line.Case.open(case, identity=identity_from(identity), clock=now)
    return line.Case.open(case, passphrase=passphrase_from(passphrase_file), clock=now)
