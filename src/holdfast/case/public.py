"""The functions of the package, for programs: paths and names in, values out. The command line calls the same rooms."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from holdfast import case as line
from holdfast.model import Assessment, Item, PartHead, Plan, Summary, Verdict
from holdfast.readers import DateOrder

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def read(
    paths: Paths, *, me: Iterable[str] = (), date_order: DateOrder | None = None, zone: str | None = None
) -> Iterator[PartHead | Item | Summary]:
    """Everything in files and folders: for each part its head, then its items in file order; one summary at the very end.

    Bytes are parsed in confined processes. Raises WrongUse for a path that is not there; never for what a file holds.
    """
    given = _paths(paths)
    line.refuse_missing(given)
    return line.read(given, line.options(me=me, date_order=date_order, zone=zone))


def assess(paths: Paths, *, me: Iterable[str] = (), date_order: DateOrder | None = None, zone: str | None = None) -> Assessment:
    """What is threatened and demanded in files and folders. An empty result means nothing was found, never "safe"."""
    given = _paths(paths)
    line.refuse_missing(given)
    return line.assess(given, line.options(me=me, date_order=date_order, zone=zone))


def plan(place: str = "xx", *, day: date, language: str = "en") -> Plan:
    """What to do now, today, this week, for anyone in a place (`pk`, `us-ca`), with the law of that day."""
    return line.plan(place=place, day=day, language=language)


def verify(folder: str | os.PathLike[str], *, anchor: str | None = None) -> Verdict:
    """Is a bundle, or what can be seen of a case without its key, still as it was. `Case.verify` looks inside a case."""
    path = Path(folder)
    line.refuse_missing([path])
    check = line.verify_folder if line.Case.is_there(path) else line.verify_bundle
    return check(path, anchor=anchor)


def _paths(given: Paths) -> list[Path]:
    return [Path(given)] if isinstance(given, str | os.PathLike) else [Path(path) for path in given]
