"""Where a passphrase comes from: asked, or the first line of a file. Never the command line, never the environment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from holdfast.errors import CannotOpen, WrongUse

Command = TypeVar("Command", bound=Callable[..., Any])
FEWEST_CHARACTERS = 10
KEY_BEGINS = "AGE-SECRET-KEY-"


def opening_options(command: Command) -> Command:
    """--passphrase-file and --identity, the same on every verb that opens a case."""
    command = click.option(
        "--identity", type=click.Path(path_type=Path), help="File with the recovery kit's key or a case identity."
    )(command)
    return click.option(
        "--passphrase-file", type=click.Path(path_type=Path), help="File whose first line is the passphrase (for scripts)."
    )(command)


def passphrase_from(file: Path | None, *, new: bool = False) -> bytes:
    """The passphrase as UTF-8 bytes."""
    if file is not None:
        return _first_line(file)
    if not new:
        return str(click.prompt("Passphrase", hide_input=True, err=True)).encode()
    click.echo("Choose a passphrase. Six random words are good: long, and easy to remember.", err=True)
    while True:
        typed = str(click.prompt("Passphrase", hide_input=True, confirmation_prompt="The same again", err=True))
        if len(typed) >= FEWEST_CHARACTERS:
            return typed.encode()
        click.echo(f"That is too short to protect you. Use at least {FEWEST_CHARACTERS} characters.", err=True)


def identity_from(file: Path) -> str:
    """The key in an identity file, or on a recovery kit as it was printed: from its first word to the next empty line."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotOpen(f"The identity file could not be read: {file.name}.") from error
    _, key, rest = text.replace("\r\n", "\n").partition(KEY_BEGINS)
    return key + rest.split("\n\n", 1)[0] if key else text.strip()


def _first_line(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CannotOpen(f"The passphrase file could not be read: {file.name}.") from error
    line = content.split(b"\n", 1)[0].removesuffix(b"\r")
    if not line:
        raise WrongUse("The passphrase file is empty.")
    return line
