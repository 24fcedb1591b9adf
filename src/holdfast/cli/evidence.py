"""Evidence: add it to a case, search it, or just read any export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfast import case as line
from holdfast.cli.opening import opened_case
from holdfast.cli.reading import reading_options, tell_items
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, count, data, nobody_listens, say, shown, time_shown
from holdfast.errors import WrongUse
from holdfast.model import Exhibit

if TYPE_CHECKING:
    from holdfast.case import Added, DateOrder, ShowsMinor


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--origin", default="", help="How you got it: your phone, a friend's screenshot, a download.")
@click.option(
    "--shows-minor",
    type=click.Choice(["yes", "no", "not-sure"]),
    help="Do the pictures show someone under 18 naked or in a sexual act? Asked of pictures and videos only.",
)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Data on stdout, words on stderr.")
@opening_options
def add(
    case: Path,
    paths: tuple[Path, ...],
    origin: str,
    shows_minor: ShowsMinor | None,
    me: tuple[str, ...],
    date_order: DateOrder | None,
    zone: str | None,
    as_json: bool,
    passphrase_file: Path | None,
    identity: Path | None,
) -> None:
    """Seal files or folders into a case and read them. Keep the originals where they are."""
    line.refuse_missing(paths)
    opened = opened_case(case, passphrase_file, identity)
    options = line.options(me=me, date_order=date_order, zone=zone)
    refused, heard = 0, True
    for added in opened.add(paths, origin=origin, shows_minor=shows_minor, options=options):
        refused += added.exhibit is None
        try:
            if heard:
                tell_added(added, as_json)
        except BrokenPipeError:  # nobody listens any more; everything that was named is still added
            heard = False
            nobody_listens()
    if not opened.me() and not me:
        names = opened.people()
        if names:
            aside("Which of these is you? Then findings can tell your words from theirs:")
            aside("  " + ", ".join(shown(name) for name in names[:12]))
            if sys.stdin.isatty():
                answer = click.prompt("You (Enter to leave open)", default="", show_default=False, err=True)
                if answer:
                    opened.answer("me", answer)
            else:
                aside('  holdfast answer CASE me "NAME"')
    if refused:
        sys.exit(1)


def tell_added(added: Added, as_json: bool) -> None:
    """One file of an `add`: a line on stdout, remarks beside it."""
    if as_json:
        data(added)
        return
    name = shown(added.name)
    if added.exhibit is None:
        aside(f"not added  {name}: {added.refused}")
        return
    say(told(added, added.exhibit, name))
    for remark in added.remarks:
        aside(f"  {remark}")


def told(added: Added, exhibit: Exhibit, name: str) -> str:
    """One file of an `add`, in a line."""
    if not added.new and not added.read:
        return f"already {'sealed' if exhibit.kept else 'noted'} as {exhibit.number}  {name}; nothing added"
    kept = f"already {exhibit.number}" if not added.new else f"{'sealed' if exhibit.kept else 'noted '} {exhibit.number}"
    if not added.read:
        return f"{kept}  {name}"
    if added.title is None:
        return f"{kept}  {name}  (a kind of file this version cannot read yet)"
    again = "read now: " if not added.new else ""
    gaps = f", {count(added.gaps, 'part')} could not be read" if added.gaps else ""
    return f"{kept}  {name}  ({added.title})  {again}{count(added.messages, 'message')}{gaps}"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout: docs/json-contract.md.")
def read(paths: tuple[Path, ...], me: tuple[str, ...], date_order: DateOrder | None, zone: str | None, as_json: bool) -> None:
    """Read any export, completely, without a case. Nothing is kept."""
    line.refuse_missing(paths)
    options = line.options(me=me, date_order=date_order, zone=zone)
    if as_json:
        for row in line.read_lines(paths, options):
            sys.stdout.buffer.write(row)
        sys.stdout.buffer.flush()
        return
    tell_items(line.read(paths, options))


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("words")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Data on stdout.")
@opening_options
def search(case: Path, words: str, limit: int, as_json: bool, passphrase_file: Path | None, identity: Path | None) -> None:
    """Find words in everything that was read. Words stay together in quotes; a star at the end finds beginnings."""
    if not words.strip(' "*'):
        raise WrongUse("There are no words to look for.", next_step="Write one word or more, like: holdfast search CASE money")
    opened = opened_case(case, passphrase_file, identity)
    found = opened.search(words, limit=limit)
    for message in found:
        if as_json:
            data(message)
        else:
            where = f"{message.place.file} {message.place.unit} {message.place.first}"
            say(f"{where}  {time_shown(message.sent)}  {shown(message.sender or '?')}: {shown(message.text)}")
    if not found and not as_json:
        say("Not found in what was read.")
