"""Checks that need no key: a case from outside, a bundle, our own knowledge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from holdfast import content
from holdfast.content import Problem
from holdfast.errors import CannotOpen
from holdfast.model import Verdict
from holdfast.outputs.bundle_verify import verify_bundle as check_bundle
from holdfast.vault import FolderStore, verify

# A bundle from which some of these were taken away is still one, and damaged; a folder with none of them never was.
_OF_A_BUNDLE = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data", "seal", "meta")


def check_content(*, only: str | None, today: date) -> list[Problem]:
    """What in our own knowledge is wrong, stale, unchecked or contradictory, worst first."""
    return content.check(only, today)


def is_known(ident: str) -> bool:
    """Whether our own knowledge has a file of that name."""
    held = content.load()
    return any(ident in shelf for shelf in (held.countries, held.platforms, held.payments, held.security))


def verify_folder(folder: Path, *, anchor: str | None) -> Verdict:
    """What can be said of a case without any key: names, order and signatures."""
    return verify(FolderStore(folder), anchor=anchor)


def verify_bundle(folder: Path, *, anchor: str | None, fingerprint: str | None = None) -> Verdict:
    """Is a bundle still as it was made, and by the key somebody told us of. CannotOpen where there never was one."""
    if not any((folder / name).exists() for name in _OF_A_BUNDLE):
        raise CannotOpen(
            f"{folder.name} is neither a case nor a bundle.",
            evidence="Nothing was checked, and nothing was changed.",
            next_step="Give the folder of a case, or the folder that bundle wrote.",
        )
    return check_bundle(folder, anchor=anchor, fingerprint_given=fingerprint)
