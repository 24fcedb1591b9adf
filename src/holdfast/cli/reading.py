"""What every verb that reads exports shares: the answers a reader may need, and how items are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from holdfast.cli.speech import count, say, shown, time_shown
from holdfast.model import Furniture, Gap, Item, Message, PartHead, Summary

Command = TypeVar("Command", bound=Callable[..., Any])


def reading_options(command: Command) -> Command:
    """--me, --date-order, --zone: the same everywhere."""
    command = click.option("--zone", help="Time zone of the phone that made the export, like Asia/Karachi.")(command)
    command = click.option(
        "--date-order",
        type=click.Choice(["dmy", "mdy", "ymd"]),
        help="How its dates are written: day, month, year in which order.",
    )(command)
    return click.option("--me", multiple=True, help="Your own name, number or address in the export. May be repeated.")(command)


def tell_items(items: Iterable[PartHead | Item | Summary]) -> None:
    """A reading, in words."""
    for item in items:
        if isinstance(item, PartHead):
            inside = " > ".join(shown(step) for step in item.part)
            say(f"\n{shown(item.file)}{' > ' + inside if inside else ''}   [{item.reader or 'read by nobody'}]")
        elif isinstance(item, Message):
            mark = f"   [{', '.join(item.doubts)}]" if item.doubts else ""
            say(f"  {time_shown(item.sent)}  {shown(item.sender or '?')}: {shown(item.text)}{mark}")
        elif isinstance(item, Gap):
            say(f"  (not read: {item.why})")
        elif isinstance(item, Furniture) and item.text.strip():
            say(f"  {time_shown(item.sent)}  * {shown(item.text)}")
        elif isinstance(item, Summary):
            people, files = count(len(item.people), "person", "people"), count(item.files, "file")
            say(f"\n{count(item.messages, 'message')} by {people} in {files}.")
            say(f"{count(item.doubts, 'message')} with a doubt; {count(item.gaps, 'part')} not read.")
