"""A case as a folder: make one, look into it, check the recovery kit."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfast import case as line
from holdfast.cli.clock import now
from holdfast.cli.opening import opened_case
from holdfast.cli.secrets import identity_from, new_passphrase_from, opening_options
from holdfast.cli.speech import aside, count, data, named, say, shown, time_shown
from holdfast.errors import WrongUse
from holdfast.model import Gap, Message

if TYPE_CHECKING:
    from holdfast.case import AgeGroup, Case, Kit

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
    line.Case.refuse_unless_new(case)
    asking = sys.stdin.isatty()
    if not asking and passphrase_file is None:
        raise WrongUse("There is nobody to ask for a passphrase.", next_step="Give a file with --passphrase-file.")
    if not asking and kit_file is None:
        raise WrongUse("There is nobody to show the recovery kit to.", next_step="Name a new file for it with --kit-file.")
    if kit_file is not None:
        refuse_unless_new_file(kit_file)
    if age is None and asking:
        age = age_asked()
    aside(BOTH_LOST)
    passphrase = new_passphrase_from(passphrase_file)
    kit = line.Kit.generate()
    typed = kit_written(kit, kit_file) if kit_file is not None else kit_typed_back(kit)
    try:
        made = line.Case.new(case, passphrase=passphrase, kit=kit, age_group=age or "unsure", clock=now)
    except BaseException:
        if kit_file is not None:  # the paper of a case there is not would only mislead
            kit_file.unlink(missing_ok=True)
        raise
    line.Case.open(case, identity=typed, clock=now)  # the kit as it was typed or written, not as we remember it
    if as_json:
        data({"case": case.name, "vault": made.vault.id, "age": made.vault.age_group, "anchor": made.vault.anchor()})
        return
    say(f"Your case is ready in {named(case)}. The recovery kit was tried: it opens the case.")
    if made.vault.age_group != "adult":
        say("Pictures and videos will only be noted, not copied. Text, mail and voice are kept.")
        if age is None:
            say("That is because no age was given. A script says --adult, --minor or --unsure.")
    say("This is your anchor. Write it down somewhere else too: it can show later that nothing was taken away.")
    say(f"  {made.vault.anchor()}")
    say("Next: add what you have.   holdfast add CASE FILE...")


def age_asked() -> AgeGroup:
    """The age group, by number. It may be left open, and then more is protected."""
    aside("How old is the person this is about? It decides what may be kept of pictures. Nothing else.")
    for number, words in enumerate(AGES, 1):
        aside(f"  {number}  {words}")
    numbers = [str(number) for number in range(1, len(AGES) + 1)]
    typed = click.prompt("Number", type=click.Choice(numbers), default=numbers[-1], show_choices=False, err=True)
    return list(AGES.values())[int(typed) - 1]


def refuse_unless_new_file(file: Path) -> None:
    if os.path.lexists(file):
        raise WrongUse(f"{named(file)} is already there.", next_step="Name a file that does not exist yet.")
    if not os.path.isdir(file.parent):
        raise WrongUse(f"There is no folder {named(file.parent)}.", next_step="Make that folder first, or name another.")


def kit_written(kit: Kit, file: Path) -> str:
    """Writes the kit to a new file only its owner can read, and gives back what then stands in it."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongUse(f"{named(file)} is already there.", next_step="Name a file that does not exist yet.") from error
    with os.fdopen(handle, "w", encoding="utf-8") as paper:
        paper.write(kit.paper())
    aside(f"The recovery kit is in {named(file)}. Print it, give it to someone you trust, then delete the file.")
    return identity_from(file)


def kit_typed_back(kit: Kit) -> str:
    """Shows the kit and asks for it back until it is right: a kit nobody could copy is no kit."""
    click.echo(kit.paper(), err=True)
    aside('Write it down by hand. Then type the letters under "Key" back, so we know they can be read. Spaces do not matter.')
    while True:
        typed = str(click.prompt("Recovery kit", err=True))
        if kit.matches(typed):
            wipe_screen()
            return typed
        aside("That is not the same. Capital letters, spaces and dashes do not matter. Look for a letter that was swapped.")


def kit_asked() -> str:
    """The key as it is typed from paper; it is seen while it is typed, and then no more."""
    typed = str(click.prompt("Recovery kit", err=True))
    wipe_screen()
    return typed


def wipe_screen() -> None:
    """Clears the terminal, with what had scrolled out of sight, where a person sits at one."""
    click.clear()
    if sys.stderr.isatty() and os.name != "nt":
        click.echo("\x1b[3J\x1b[2J\x1b[H", nl=False, err=True)


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
    say(f"Anchor, the line that shows later that nothing was taken away: {opened.vault.anchor()}")


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
    line.Case.refuse_unless_there(case)
    typed = identity_from(kit_file) if kit_file else kit_asked()
    line.Case.open(case, identity=typed, clock=now)
    say("This recovery kit opens the case.")
