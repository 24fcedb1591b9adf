"""Papers: dossier, letters, bundle. Made from the case; nothing is sent."""

from __future__ import annotations

import os
from pathlib import Path

import click

from holdfast.cli.opening import opened_case
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, data, named, say
from holdfast.errors import WrongUse


def papers_options(command: click.decorators.FC) -> click.decorators.FC:
    """--place: the country whose law and routes go into a paper."""
    return click.option("--place", help="Country as two letters; without it, the one you answered.")(command)


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@papers_options
@click.option("--full", is_flag=True, help="Print the conversations in full, not only around findings.")
@opening_options
def dossier(case: Path, out: Path, place: str | None, full: bool, passphrase_file: Path | None, identity: Path | None) -> None:
    """Write the dossier: one PDF that says what happened, with every quote and how to check it."""
    refuse_existing(out)
    volumes = opened_case(case, passphrase_file, identity).dossier(place=place, full=full)
    for volume, path in zip(volumes, volume_names(out, len(volumes)), strict=True):
        write_new(path, volume)
        say(f"The dossier is in {named(path)}.")
    say("Read it before you give it to anyone: it is not encrypted.")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@papers_options
@click.option("--json", "as_json", is_flag=True, help="Data on stdout, words on stderr.")
@opening_options
def bundle(
    case: Path, out: Path, place: str | None, as_json: bool, passphrase_file: Path | None, identity: Path | None
) -> None:
    """Write the bundle: originals, dossier and custody log in a folder that anyone can check without Holdfast."""
    refuse_existing(out)
    verdict = opened_case(case, passphrase_file, identity).bundle(out, place=place)
    if as_json:
        data(verdict)
        return
    say(f"The bundle is in {named(out)}. It was read back and checked.")
    say("It is not encrypted, and it holds your evidence: give it only to someone who needs it.")
    for sentence in verdict.says:
        aside(f"  {sentence}")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("letter", required=False)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this new file, not to the screen.")
@papers_options
@opening_options
def write(
    case: Path, letter: str | None, out: Path | None, place: str | None, passphrase_file: Path | None, identity: Path | None
) -> None:
    """Write a letter from the case. Without a name: which letters there are."""
    if out is not None:
        refuse_existing(out)
    opened = opened_case(case, passphrase_file, identity)
    if letter is None:
        for known in opened.letters():
            say(f"{known.id}: {known.title}")
        return
    text, missing = opened.write(letter, place=place)
    for part in missing:
        aside(f"Still missing, left blank for you: {part}")
    if out is None:
        say(text)
        return
    write_new(out, text.encode("utf-8", "backslashreplace"))
    say(f"The letter is in {named(out)}. Read it, fill the blanks, change what is not right.")


def write_new(out: Path, content: bytes) -> None:
    """Writes a paper under a name nobody had; what could not be written whole is taken away again."""
    refuse_existing(out)
    with out.open("xb") as paper:
        try:
            paper.write(content)
            paper.flush()
        except BaseException:
            out.unlink(missing_ok=True)
            raise


def volume_names(out: Path, volumes: int) -> list[Path]:
    """`dossier.pdf`, `dossier-2.pdf`, ..."""
    return [out, *(out.with_stem(f"{out.stem}-{number}") for number in range(2, volumes + 1))]


def refuse_existing(out: Path) -> None:
    """WrongUse unless something new can be written under this name."""
    if os.path.lexists(out):
        raise WrongUse(f"{named(out)} is already there.", next_step="Choose another name; nothing is ever overwritten.")
    if not os.path.isdir(out.parent):
        raise WrongUse(f"There is no folder {named(out.parent)}.", next_step="Make that folder first, or name another.")
