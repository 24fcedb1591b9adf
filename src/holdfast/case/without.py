"""What works without a case, a passphrase or a trace: read, assess, plan, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from holdfast import assessment, confine, content, guidance
from holdfast.confine import Balance, Pool
from holdfast.content import Problem
from holdfast.errors import WrongUse
from holdfast.model import Assessment, Item, PartHead, Plan, Summary, Verdict
from holdfast.outputs.bundle_verify import verify_bundle as check_bundle
from holdfast.outputs.plan_page import plan_markdown
from holdfast.outputs.plan_page import plan_text as plan_words
from holdfast.readers import DateOrder, Options
from holdfast.vault import FolderStore, verify


def options(*, me: Iterable[str] = (), date_order: DateOrder | None = None, zone: str | None = None) -> Options:
    """Answers for readers. WrongUse for a time zone there is not."""
    if zone is not None and not confine.is_zone(zone):
        raise WrongUse(f"There is no time zone named {zone}.", next_step="Write it like Asia/Karachi or Europe/London.")
    return Options(me=frozenset(me), date_order=date_order, zone=zone)


def refuse_missing(paths: Iterable[Path]) -> None:
    """WrongUse for the first path that is not there, before anything else happens."""
    for path in paths:
        if not path.exists():
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


def plan(*, place: str, day: date, language: str = "en") -> Plan:
    """What to do now, today, this week, for anyone in that place."""
    return guidance.plan(content.load(), place=place, day=day, language=language)


def plan_text(made: Plan, *, markdown: bool) -> str:
    """A plan as words for a screen, or as markdown with numbered sources."""
    return plan_markdown(made) if markdown else plan_words(made)


def confinement() -> list[str]:
    """What holds on this computer around the process that reads foreign files."""
    return confine.confinement().splitlines()


def check_content(*, only: str | None, today: date) -> list[Problem]:
    """What in our own knowledge is wrong, stale, unchecked or contradictory, worst first."""
    return content.check(only, today)


def verify_folder(folder: Path, *, anchor: str | None) -> Verdict:
    """What can be said of a case without any key: names, order and signatures."""
    return verify(FolderStore(folder), anchor=anchor)


def verify_bundle(folder: Path, *, anchor: str | None, fingerprint: str | None = None) -> Verdict:
    """Is a bundle still as it was made, and by the key somebody told us of."""
    return check_bundle(folder, anchor=anchor, fingerprint_given=fingerprint)
