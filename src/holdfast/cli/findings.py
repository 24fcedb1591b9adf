"""Findings: what was said, what is demanded, by when. A person accepts or rejects each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfast import case as line
from holdfast.cli.opening import opened_case
from holdfast.cli.reading import reading_options
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, count, data, named, say, shown, time_shown
from holdfast.errors import WrongUse
from holdfast.model import Assessment, Demand, Finding, Moment, Signal

if TYPE_CHECKING:
    from holdfast.case import Case, DateOrder


LANGUAGES = {"en": "English", "zh": "Chinese"}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout: docs/json-contract.md.")
@opening_options
def assess(
    paths: tuple[Path, ...],
    me: tuple[str, ...],
    date_order: DateOrder | None,
    zone: str | None,
    as_json: bool,
    passphrase_file: Path | None,
    identity: Path | None,
) -> None:
    """What is threatened and demanded, by when, by whom, with every quote cited. Of a case, or of any files."""
    line.refuse_missing(paths)
    cases = [path for path in paths if line.Case.is_there(path)]
    if cases and len(paths) > 1:
        raise WrongUse(f"{named(cases[0])} is a case, and a case is assessed alone.", next_step="Add the files to it first.")
    if cases:
        assessment = opened_case(paths[0], passphrase_file, identity).assess()
    else:
        assessment = line.assess(paths, line.options(me=me, date_order=date_order, zone=zone))
    if as_json:
        data(assessment)
    else:
        tell(assessment)


def tell(assessment: Assessment) -> None:
    """An assessment in words: what was found, what was not, what could not be read. Never a verdict."""
    said = {moment.finding: moment for moment in assessment.chronology if moment.what == "finding" and moment.finding}
    for finding in assessment.findings:
        say(told_finding(finding, said.get(finding.id)))
    if not assessment.findings:
        known = " and ".join(LANGUAGES.get(code, code) for code in line.languages())
        say("Nothing found in what was read. That does not mean there is nothing.")
        say(f"Holdfast looks for threats in {known} so far, and it does not understand everything.")
    if assessment.demands:
        say("\nWhat is demanded")
        for demand in assessment.demands:
            say("  " + told_demand(demand))
    if assessment.identifiers:
        say("\nNamed in the messages")
        for found in assessment.identifiers:
            say(f"  {found.kind}: {shown(found.value)} ({found.checked})")
    tell_signals(assessment.signals)
    if assessment.not_read:
        say(f"\n{count(len(assessment.not_read), 'part')} could not be read:")
        for gap in assessment.not_read[:20]:
            say(f"  {shown(' > '.join((gap.place.file, *gap.place.part)))}: {gap.why}")
    unknown = sum(finding.speaker == "unknown" for finding in assessment.findings)
    if unknown:
        aside(f"\n{count(unknown, 'finding')}: we do not know who is speaking. Say which name is yours with --me.")


def tell_signals(signals: tuple[Signal, ...]) -> None:
    """What they showed and what they only say; what was looked for and not seen in one line."""
    words = {"shown": "shown in the messages", "claimed": "only claimed"}
    seen = [signal for signal in signals if signal.state in words]
    if seen:
        say("\nWhat they showed, and what they only say")
        for signal in seen:
            say(f"  {signal.name.replace('_', ' ')}: {words[signal.state]}")
    unseen = [signal.name.replace("_", " ") for signal in signals if signal.state not in words]
    if unseen:
        say(f"\nLooked for and not seen: {', '.join(unseen)}.")


def told_finding(finding: Finding, moment: Moment | None) -> str:
    label = finding.label.replace("_", " ")
    sure = "" if finding.certainty == "clear" else ", possible"
    guards = f" ({', '.join(finding.guards)})" if finding.guards else ""
    when = f"{time_shown(moment.sent)}  {shown(moment.sender or '?')}: " if moment else ""
    where = f"   {finding.place.file} {finding.place.unit} {finding.place.first}" if finding.place else ""
    return f"{finding.id}  {label}, {finding.form}{sure}{guards}\n       {when}“{shown(finding.quote)}”{where}"


def told_demand(demand: Demand) -> str:
    amount = " ".join(piece for piece in (demand.amount, demand.currency) if piece)
    by = ""
    if demand.deadline is not None:
        at = f" ({demand.deadline.at.replace('T', ' ')})" if demand.deadline.at else ""
        by = f", they say: “{shown(demand.deadline.quote)}”{at}"
    rail = f", by {demand.rail.replace('_', ' ')}" if demand.rail else ""
    doubt = f" [{demand.doubt}]" if demand.doubt else ""
    return f"{demand.kind.replace('_', ' ')}{': ' + amount if amount else ''}{rail}{by}{doubt}   “{shown(demand.quote)}”"


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("finding")
@opening_options
def accept(case: Path, finding: str, passphrase_file: Path | None, identity: Path | None) -> None:
    """Say that a finding is right. It stays private until a paper is made."""
    judge(opened_case(case, passphrase_file, identity), finding, accepted=True)


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("finding")
@opening_options
def reject(case: Path, finding: str, passphrase_file: Path | None, identity: Path | None) -> None:
    """Say that a finding is wrong. It is left out of papers; the message itself stays."""
    judge(opened_case(case, passphrase_file, identity), finding, accepted=False)


def judge(opened: Case, finding: str, *, accepted: bool) -> None:
    if not opened.judge(finding, accepted=accepted):
        raise WrongUse(f"There is no finding {finding} in this case.", next_step="See the numbers with: holdfast assess CASE")
    say(f"{finding}: {'accepted' if accepted else 'left out of papers'}.")
