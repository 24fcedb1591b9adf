"""The plan: what to do now, today, this week, here. With a case or with none."""

from __future__ import annotations

from pathlib import Path

import click

from holdfast import case as line
from holdfast.cli.clock import day as day_given
from holdfast.cli.opening import opened_case
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, data, say
from holdfast.errors import WrongUse


@click.command()
@click.argument("case", required=False, type=click.Path(path_type=Path))
@click.option("--place", help="Country as two letters, like pk, gb, us, cn. Without one: services that work across borders.")
@click.option("--lang", default="en", show_default=True, help="Language of the plan.")
@click.option("--day", help="Plan for this day (YYYY-MM-DD); without it, today.")
@click.option("--markdown", is_flag=True, help="As a text to print or send, with numbered sources.")
@click.option("--json", "as_json", is_flag=True, help="Data on stdout.")
@opening_options
def plan(
    case: Path | None,
    place: str | None,
    lang: str,
    day: str | None,
    markdown: bool,
    as_json: bool,
    passphrase_file: Path | None,
    identity: Path | None,
) -> None:
    """What to do now, today, this week. Works with no case and no passphrase: holdfast plan --place pk"""
    on = day_given(day)
    if lang != "en":
        aside("The plan is in English only, so far.")
    made = (
        line.plan(place=place or "xx", language=lang, day=on)
        if case is None
        else opened_case(case, passphrase_file, identity).plan(place=place, language=lang, day=on)
    )
    if as_json:
        data(made)
    else:
        say(line.plan_text(made, markdown=markdown))


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("step")
@opening_options
def done(case: Path, step: str, passphrase_file: Path | None, identity: Path | None) -> None:
    """Mark a step of the plan as done."""
    opened = opened_case(case, passphrase_file, identity)
    if not opened.done(step):
        raise WrongUse(f"There is no step {step}.", next_step="See the names of the steps with: holdfast plan CASE --json")
    say("Well done. It is marked in your plan.")
