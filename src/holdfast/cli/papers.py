"""Papers: dossier, letters, bundle. Made from the case; nothing is sent."""

from __future__ import annotations

from pathlib import Path

import click

from holdfast.cli.folder import opened_case
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, data, say
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
        refuse_existing(path)
        path.write_bytes(volume)
        say(f"The dossier is in {path.name}.")
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
    say(f"The bundle is in {out.name}. It was read back and checked.")
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
    refuse_existing(out)
    out.write_text(text, encoding="utf-8")
    say(f"The letter is in {out.name}. Read it, fill the blanks, change what is not right.")


def volume_names(out: Path, volumes: int) -> list[Path]:
    """`dossier.pdf`, `dossier-2.pdf`, ..."""
    return [out, *(out.with_stem(f"{out.stem}-{number}") for number in range(2, volumes + 1))]


def refuse_existing(out: Path) -> None:
    if out.exists():
        raise WrongUse(f"{out.name} is already there.", next_step="Choose another name; nothing is ever overwritten.")
