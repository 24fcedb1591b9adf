"""Where a passphrase comes from: asked, or the first line of a file. Never the command line, never the environment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from holdfast.cli.speech import aside, named
from holdfast.errors import CannotOpen, WrongUse

Command = TypeVar("Command", bound=Callable[..., Any])
FEWEST_CHARACTERS = 10
KEY_BEGINS = "AGE-SECRET-KEY-"
LONGEST_FILE = 1 << 16  # bytes; a passphrase or a kit is far shorter, and a wrong file must not fill the memory
TOO_SHORT = f"That is too short to protect you. Use at least {FEWEST_CHARACTERS} characters."


def opening_options(command: Command) -> Command:
    """--passphrase-file and --identity, the same on every verb that opens a case."""
    command = click.option(
        "--identity", type=click.Path(path_type=Path), help="File with the recovery kit's key or a case identity."
    )(command)
    return click.option(
        "--passphrase-file", type=click.Path(path_type=Path), help="File whose first line is the passphrase (for scripts)."
    )(command)


def passphrase_from(file: Path | None) -> bytes:
    """The passphrase of a case that is there, as UTF-8 bytes."""
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        raise WrongUse(
            "The passphrase is needed, and nobody is here to ask.",
            next_step="A script gives a file with --passphrase-file or --identity.",
        )
    return _bytes_of(str(click.prompt("Passphrase", hide_input=True, err=True)))


def new_passphrase_from(file: Path | None) -> bytes:
    """A passphrase for a new case, long enough to protect it, as UTF-8 bytes."""
    if file is not None:
        line = _first_line(file)
        if len(line.decode("utf-8", "replace")) < FEWEST_CHARACTERS:
            raise WrongUse(TOO_SHORT, next_step="Write a longer one into the file: six random words are good.")
        return line
    aside("Choose a passphrase. Six random words are good: long, and easy to remember.")
    aside("You will not see it while you type.")
    while True:
        typed = str(click.prompt("Passphrase", hide_input=True, err=True))
        if len(typed) < FEWEST_CHARACTERS:
            aside(TOO_SHORT)
            continue
        if typed == click.prompt("The same again", hide_input=True, err=True):
            return _bytes_of(typed)
        aside("The two are not the same. Please start again.")


def identity_from(file: Path) -> str:
    """The key in an identity file, or on a recovery kit as it was printed: from its first word to the next empty line."""
    try:
        text = _begin(file, "file with the key").decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotOpen(
            f"There is no key in {named(file)}.", next_step="Give the file that holds the recovery kit, as it was written."
        ) from error
    _, key, rest = text.replace("\r\n", "\n").partition(KEY_BEGINS)
    return key + rest.split("\n\n", 1)[0] if key else text.strip()


def _first_line(file: Path) -> bytes:
    line = _begin(file, "passphrase file").split(b"\n", 1)[0].removesuffix(b"\r").removeprefix(b"\xef\xbb\xbf")
    if not line:
        raise WrongUse("The passphrase file is empty.", next_step="Write the passphrase into its first line.")
    return line


def _begin(file: Path, what: str) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST_FILE)
    except (OSError, ValueError) as error:
        raise CannotOpen(
            f"The {what} could not be read: {named(file)}.", next_step="Check where that file lies and try again."
        ) from error


def _bytes_of(typed: str) -> bytes:
    # What a keyboard gave that is no text comes as lone surrogates; they go back to the bytes they were.
    return typed.encode("utf-8", "surrogateescape")
