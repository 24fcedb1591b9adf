"""The command line: `holdfast VERB CASE [ARGS]`. One module per noun; a verb's module is loaded only when it is used.

Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 cannot open. With --json, data goes to stdout and words to stderr.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
import traceback

import click

from holdfast.cli.speech import nobody_listens, sentence
from holdfast.errors import HoldfastError, NotKept, WrongUse
from holdfast.version import VERSION

VERBS = {
    "demo": "demo",
    "new": "folder",
    "show": "folder",
    "kit": "folder",
    "add": "evidence",
    "read": "evidence",
    "search": "evidence",
    "assess": "findings",
    "accept": "findings",
    "reject": "findings",
    "answer": "answers",
    "note": "answers",
    "plan": "plan",
    "done": "plan",
    "write": "papers",
    "dossier": "papers",
    "bundle": "papers",
    "verify": "checks",
    "check": "checks",
}

STOPPED = "What was said to be sealed is still sealed."
NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Verbs(click.Group):
    """Finds a verb's command in its noun's module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"holdfast.cli.{VERBS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name=None, version=VERSION, prog_name="holdfast")
def holdfast() -> None:
    """Turns a threat into a case you control. Nothing is sent anywhere.

    In danger right now? Call your emergency number first. What to do, with no case at all: holdfast plan --place XX
    """


def main() -> None:
    """Runs a verb; every error ends in sentences a frightened person can use, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        ended = holdfast.main(prog_name="holdfast", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        ended = stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        tell(HoldfastError("\nStopped.", evidence=STOPPED, next_step="Run the same command again whenever you are ready."))
        ended = 1
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        ended = 0
    except click.ClickException as error:
        refused = wrong_use(error)
        tell(refused)
        ended = refused.exit_code
    except HoldfastError as error:
        tell(error)
        ended = error.exit_code
    except BrokenPipeError:
        nobody_listens()
        ended = 1
    except OSError as error:
        tell(disk_refused(error))
        ended = 1
    except Exception as error:
        tell(our_fault(error))
        ended = 1
    sys.exit(ended if isinstance(ended, int) else 0)


def tell(error: HoldfastError) -> None:
    """The three sentences, a line each, with whatever came from outside made harmless."""
    for words in (str(error), error.evidence, error.next_step):
        click.echo(sentence(words), err=True)


def wrong_use(error: click.ClickException) -> WrongUse:
    """What click found wrong, as our sentences: the usage of the verb is the next step."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    usage = " ".join(context.get_usage().removeprefix("Usage: ").split()) if context else "holdfast --help"
    happened = error.format_message()
    if happened.startswith("Got unexpected extra argument"):  # click quotes it: it may be somebody's words
        happened = "There is a word too many. A name with spaces needs quotation marks round it."
    return WrongUse(
        happened if happened.endswith((".", "?")) else happened + ".",
        evidence="Nothing was done and nothing was changed.",
        next_step=f"Write it like this: {usage}",
    )


def disk_refused(error: OSError) -> HoldfastError:
    """This computer would not read or write something. Its file name is left out: it may be part of the evidence."""
    why = os.strerror(error.errno) if error.errno else type(error).__name__
    if error.errno in NO_SPACE:
        return NotKept(f"This could not be written: {why}.")
    return HoldfastError(
        f"This computer would not read or write a file: {why}.",
        evidence=STOPPED,
        next_step="Check that the place you named is there and that you may write to it, then try again.",
    )


def our_fault(error: Exception) -> HoldfastError:
    """Everything else is a mistake of ours. The report is one line, and it is only shown: no file is written."""
    return HoldfastError(
        "Something went wrong inside Holdfast. This is our mistake, not yours.",
        evidence=STOPPED,
        next_step=f"Please tell us this line. It holds nothing from your messages: {without_evidence(error)}",
    )


def without_evidence(error: Exception) -> str:
    """Kind of error and our own lines it passed through. Never its text: that could quote a message."""
    ours = [
        f"{os.path.basename(frame.filename)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "holdfast" in frame.filename
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(ours))}"
