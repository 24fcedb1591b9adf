"""How the command line speaks: words to people, data to programs, and foreign text made harmless first."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

import click
import msgspec

from holdfast.model import When

# Control and format characters could move the cursor, hide text or turn it round: they are shown as their number instead.
# Joiners stay: many scripts and emoji need them.
KEPT_FORMAT = frozenset("\u200c\u200d")
LONGEST_NAME = 100
LONGEST_SENTENCE = 300
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def shown(untrusted: str) -> str:
    """Foreign text, safe to print on one line of a terminal."""
    return "".join(
        f"⟨U+{ord(character):04X}⟩" if unicodedata.category(character) in HIDDEN and character not in KEPT_FORMAT else character
        for character in untrusted.replace("\r\n", "\n").replace("\n", " ⏎ ")
    )


def named(path: Path) -> str:
    """A file by its name, not its whole path, short enough for a sentence and safe to print."""
    name = shown(path.name or str(path))
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def sentence(words: str) -> str:
    """A sentence of ours that may carry a name from outside: on one line, harmless, and never longer than a screen."""
    safe = shown(words.strip())
    return safe if len(safe) <= LONGEST_SENTENCE else f"{safe[:LONGEST_SENTENCE]}…"


def time_shown(when: When | None) -> str:
    """A time as far as it is known: doubt is shown, never guessed away."""
    if when is None:
        return "no time"
    if when.local:
        return when.local.replace("T", " ")
    if when.readings:
        return " or ".join(reading.replace("T", " ") for reading in when.readings)
    return f"{shown(when.printed)} (not understood)"


def say(words: str = "") -> None:
    """Words for people, on stdout."""
    click.echo(words)


def aside(words: str) -> None:
    """Progress and remarks, on stderr: never in the way of data."""
    click.echo(words, err=True)


def nobody_listens() -> None:
    """Whoever read our stdout has gone: what else is written to it goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data(value: Any) -> None:
    """One value as one line of JSON on stdout."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 message`, `3 messages`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
