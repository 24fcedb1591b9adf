"""The command line: `holdfast VERB CASE [ARGS]`. One module per noun; a verb's module is loaded only when it is used.

Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 cannot open. With --json, data goes to stdout and words to stderr.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback

import click

from holdfast.errors import HoldfastError

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

OUR_FAULT = (
    "Something went wrong inside Holdfast. This is our mistake, not yours.\n"
    "What was said to be sealed is still sealed.\n"
    "Please tell us the line below. It holds nothing from your messages."
)


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
@click.version_option(package_name=None, version="0.1.0", prog_name="holdfast")
def holdfast() -> None:
    """Turns a threat into a case you control. Nothing is sent anywhere.

    In danger right now? Call your emergency number first. What to do, with no case at all: holdfast plan --place XX
    """


def main() -> None:
    """Runs a verb; every error ends in sentences a frightened person can use, never in a traceback."""
    try:
        holdfast.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was said to be sealed is still sealed.", err=True)
        sys.exit(1)
    except HoldfastError as error:
        click.echo(error.sentences(), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        click.echo(OUR_FAULT, err=True)
        click.echo(without_evidence(error), err=True)
        sys.exit(1)


def without_evidence(error: Exception) -> str:
    """Kind of error and our own lines it passed through. Never its text: that could quote a message."""
    ours = [
        f"{os.path.basename(frame.filename)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "holdfast" in frame.filename
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(ours))}"
