"""A case as a folder: make one, look into it, check the recovery kit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from holdfast.case import AgeGroup, Case, Kit
from holdfast.cli.clock import now
from holdfast.cli.secrets import identity_from, opening_options, passphrase_from
from holdfast.cli.speech import aside, count, data, say, shown, time_shown
from holdfast.errors import WrongUse
from holdfast.model import Gap, Message

AGES: dict[str, AgeGroup] = {"18 or older": "adult", "under 18": "minor", "I'd rather not say": "unsure"}
BOTH_LOST = "If the passphrase and the recovery kit are both lost, this case is lost. Nobody can open it, we cannot either."


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--adult", "age", flag_value="adult", help="The person is 18 or older.")
@click.option("--minor", "age", flag_value="minor", help="The person is under 18.")
@click.option("--unsure", "age", flag_value="unsure", help="Not known.")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="File whose first line is the passphrase.")
@click.option("--kit-file", type=click.Path(path_type=Path), help="Write the recovery kit to this new file, for printing.")
@click.option("--json", "as_json", is_flag=True, help="Data on stdout, words on stderr.")
def new(case: Path, age: AgeGroup | None, passphrase_file: Path | None, kit_file: Path | None, as_json: bool) -> None:
    """Make a case: an encrypted folder with a passphrase and a recovery kit on paper."""
    Case.refuse_unless_new(case)
    asking = sys.stdin.isatty()
    if age is None and asking:
        aside("How old is the person this is about? It decides what may be kept of pictures. Nothing else.")
        answer = click.prompt("Age", type=click.Choice(list(AGES)), default="I'd rather not say", err=True)
        age = AGES[answer]
    if passphrase_file is None and not asking:
        raise WrongUse("There is nobody to ask for a passphrase.", next_step="Give a file with --passphrase-file.")
    aside(BOTH_LOST)
    passphrase = passphrase_from(passphrase_file, new=True)
    kit = Kit.generate()
    typed = kit_written(kit, kit_file) if kit_file is not None or not asking else kit_typed_back(kit)
    made = Case.new(case, passphrase=passphrase, kit=kit, age_group=age or "unsure", clock=now)
    Case.open(case, identity=typed, clock=now)  # the kit as it was typed or written, not as we remember it
    if as_json:
        data({"case": case.name, "vault": made.vault.id, "age": made.vault.age_group, "anchor": made.vault.anchor()})
        return
    say(f"Your case is ready in {case.name}. The recovery kit was tried: it opens the case.")
    if made.vault.age_group != "adult":
        say("Pictures and videos will only be noted, not copied. Text, mail and voice are kept.")
        if age is None:
            say("That is because no age was given. A script says --adult, --minor or --unsure.")
    say("Keep this line somewhere else too; it shows later that nothing was taken away:")
    say(f"  {made.vault.anchor()}")
    say("Next: add what you have.   holdfast add CASE FILE...")


def kit_written(kit: Kit, file: Path | None) -> str:
    """Writes the kit to a new file only its owner can read, and gives back what then stands in it."""
    if file is None:
        raise WrongUse("There is nobody to show the recovery kit to.", next_step="Name a new file for it with --kit-file.")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongUse(f"{file.name} is already there.", next_step="Name a file that does not exist yet.") from error
    with os.fdopen(handle, "w", encoding="utf-8") as paper:
        paper.write(kit.paper())
    aside(f"The recovery kit is in {file.name}. Print it, give it to someone you trust, then delete the file.")
    return identity_from(file)


def kit_typed_back(kit: Kit) -> str:
    """Shows the kit and asks for it back until it is right: a kit nobody could copy is no kit."""
    click.echo(kit.paper(), err=True)
    aside("Write this down by hand, or print it. Then type the long line back, so we know it can be read.")
    while True:
        typed = str(click.prompt("Recovery kit", err=True))
        if kit.matches(typed):
            click.clear()
            return typed
        aside("That is not the same. Capital letters, spaces and dashes do not matter. Look for a letter that was swapped.")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("exhibit", required=False)
@click.option("--log", "with_log", is_flag=True, help="Show the custody log.")
@click.option("--json", "as_json", is_flag=True, help="Data on stdout.")
@opening_options
def show(
    case: Path, exhibit: str | None, with_log: bool, as_json: bool, passphrase_file: Path | None, identity: Path | None
) -> None:
    """What is in a case; with an exhibit's number, its messages."""
    opened = opened_case(case, passphrase_file, identity)
    if exhibit is not None:
        show_exhibit(opened, exhibit, as_json)
        return
    if as_json:
        log = opened.log() if with_log else ()
        data({"vault": opened.vault.id, "anchor": opened.vault.anchor(), "exhibits": opened.exhibits(), "log": log})
        return
    for found in opened.exhibits():
        kept = "" if found.kept else "   (noted, not kept)"
        say(f"{found.number}  {shown(found.name)}  {count(found.size, 'byte')}  sha256 {found.sha256}{kept}")
    if with_log:
        for line in opened.log():
            note = shown(line.note) if line.kind == "custody" else ""
            say(f"{line.seq:>5}  {line.time}  {line.kind:<7}  {line.action}  {note}")
    say(f"Anchor: {opened.vault.anchor()}")


def show_exhibit(opened: Case, number: str, as_json: bool) -> None:
    for item in opened.items(number):
        if as_json:
            data(item)
        elif isinstance(item, Message):
            mark = f"   [{', '.join(item.doubts)}]" if item.doubts else ""
            say(f"{item.place.first:>6}  {time_shown(item.sent)}  {shown(item.sender or '?')}: {shown(item.text)}{mark}")
        elif isinstance(item, Gap):
            say(f"{item.place.first:>6}  (not read: {item.why})")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("kit_file", type=click.Path(path_type=Path), required=False)
def kit(case: Path, kit_file: Path | None) -> None:
    """Try a recovery kit: does it still open this case? Nothing is changed."""
    typed = identity_from(kit_file) if kit_file else str(click.prompt("Recovery kit", err=True))
    Case.open(case, identity=typed, clock=now)
    say("This recovery kit opens the case.")


def opened_case(case: Path, passphrase_file: Path | None, identity: Path | None) -> Case:
    """The case, opened with whichever key was given; asks for the passphrase when none was."""
    Case.refuse_unless_there(case)
    if identity is not None:
        return Case.open(case, identity=identity_from(identity), clock=now)
    return Case.open(case, passphrase=passphrase_from(passphrase_file), clock=now)
