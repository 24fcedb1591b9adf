"""What works without a case, a passphrase or a trace: reading exports and assessing them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from holdfast import assessment, confine
from holdfast.confine import Balance, Pool
from holdfast.errors import WrongUse
from holdfast.model import Assessment, Item, PartHead, Summary
from holdfast.readers import DateOrder, Options


def options(*, me: Iterable[str] = (), date_order: DateOrder | None = None, zone: str | None = None) -> Options:
    """Answers for readers. WrongUse for a time zone there is not."""
    if zone is not None and not confine.is_zone(zone):
        raise WrongUse(f"There is no time zone named {zone}.", next_step="Write it like Asia/Karachi or Europe/London.")
    return Options(me=frozenset(me), date_order=date_order, zone=zone)


def refuse_missing(paths: Iterable[Path]) -> None:
    """WrongUse for the first path that is not there, before anything else happens."""
    for path in paths:
        if not os.path.exists(path):  # unlike Path.exists it has an answer for every name, however long
            raise WrongUse(f"There is nothing at {path.name}.", next_step="Check the name; drag the file here if you can.")


def read(paths: Iterable[Path], given: Options) -> Iterator[PartHead | Item | Summary]:
    """Everything in the files, in order, and a summary at the very end."""
    balance = Balance()
    with Pool() as pool:
        for batch in confine.read_batches(paths, given, pool=pool):
            balance.add(batch)
            yield from batch
    yield balance.summary()


def read_lines(paths: Iterable[Path], given: Options) -> Iterator[bytes]:
    """The same as JSON Lines: docs/json-contract.md."""
    with Pool() as pool:
        yield from confine.read_lines(paths, given, pool=pool)


def assess(paths: Iterable[Path], given: Options) -> Assessment:
    """What is threatened and demanded in the files."""
    return assessment.assess(item for item in read(paths, given) if not isinstance(item, PartHead | Summary))


def languages() -> tuple[str, ...]:
    """Codes of the languages in which threats are looked for."""
    return tuple(assessment.languages())


def confinement() -> list[str]:
    """What holds on this computer around the process that reads foreign files."""
    return confine.confinement().splitlines()
