"""The strict BagIt checker against the conformance suite, with bagit-python beside it."""

from __future__ import annotations

import logging
from pathlib import Path

import bagit
import pytest

from holdfast.errors import Damaged
from holdfast.outputs.bag import check_bag
from holdfast.outputs.bundle_verify import Folder

# Valid by the suite and refused here, on purpose.
STRICTER = {
    "bag-with-leading-dot-slash-in-manifest": "one file must have one name; the suite itself warns of it elsewhere",
    "holey-bag": "what has to be fetched is not there: a bundle is whole or it is none",
}
# Wrong by the suite and passed by bagit-python: where the oracle and the suite differ, the suite holds.
ORACLE_PASSES = {
    "bagit-with-invalid-whitespace",
    "made-with-md5sum-tools",
    "out-of-scope-file-paths-using-absolute-path-for-fetch",
    "out-of-scope-file-paths-using-shortcut-for-fetch",
    "out-of-scope-file-paths-using-unc-for-fetch",
    "relative-path",
    "same-filename-listed-twice-with-the-same-hash",
}


def problem(bag: Path) -> Damaged | None:
    try:
        check_bag(Folder(bag))
    except Damaged as damage:
        return damage
    return None


def oracle_passes(bag: Path) -> bool:
    try:
        bagit.Bag(str(bag)).validate()
    except (bagit.BagError, ValueError):
        return False
    return True


def bags(corpora: Path) -> list[tuple[str, Path]]:
    found = [
        (kind.name, bag)
        for version in sorted((corpora / "bagit").iterdir())
        for kind in sorted(version.iterdir())
        for bag in sorted(kind.iterdir())
        if bag.is_dir()
    ]
    assert len(found) >= 60
    return found


def test_the_suites_verdicts(corpora: Path) -> None:
    for kind, bag in bags(corpora):
        found = problem(bag)
        assert (found is None) == (kind == "valid" and bag.name not in STRICTER), (bag, found)


def test_the_oracle_never_refuses_what_passes_here(corpora: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL + 1, "bagit")
    for kind, bag in bags(corpora):
        if problem(bag) is None:
            assert oracle_passes(bag), bag
        elif oracle_passes(bag):
            assert bag.name in (STRICTER if kind == "valid" else ORACLE_PASSES), bag


@pytest.mark.parametrize(
    ("bag", "file"),
    [
        ("v0.97/invalid/corrupt-data-file", "data/bare-filename"),
        ("v0.97/invalid/corrupt-tag-file", "bag-info.txt"),
        ("v0.97/invalid/extra-file-in-bag", "data/bar"),
        ("v0.97/invalid/missing-baginfo", "bag-info.txt"),
        ("v0.97/invalid/missing-bagit.txt", "bagit.txt"),
        ("v0.97/valid/holey-bag", "fetch.txt"),
        ("v1.0/invalid/notAllManifestsListAllFiles", "data/missingFromManifest.txt"),
    ],
)
def test_the_file_that_is_wrong_is_named(corpora: Path, bag: str, file: str) -> None:
    found = problem(corpora / "bagit" / bag)
    assert found is not None
    assert found.file == file
