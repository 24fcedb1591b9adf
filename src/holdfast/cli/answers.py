"""Answers and notes: what the person tells us. All of it private, all of it optional."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfast import case as line
from holdfast.cli.opening import opened_case
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import aside, say
from holdfast.errors import WrongUse

if TYPE_CHECKING:
    from holdfast.case import Case, Question


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("question", required=False)
@click.argument("value", required=False)
@opening_options
def answer(case: Path, question: str | None, value: str | None, passphrase_file: Path | None, identity: Path | None) -> None:
    """A few calm questions. "I'd rather not say" is always an answer, and any answer can be changed later."""
    opened = opened_case(case, passphrase_file, identity)
    if question is not None:
        if value is None:
            raise WrongUse("An answer is missing.", next_step="Write the question's name and the answer, or neither.")
        opened.answer(question, value)
        say("Noted. It stays private.")
        if question == "place":
            say(line.place_told(value))
        return
    if not sys.stdin.isatty():
        if (waiting := opened.next_question()) is not None:
            say(f"{waiting.id}: {waiting.text}  [{' | '.join(choice.id for choice in waiting.answer)}]")
        return
    ask_all(opened)


def ask_all(opened: Case) -> None:
    """One question at a time, the most pressing first; each answer may change which comes next."""
    while (question := opened.next_question()) is not None:
        say(f"\n{question.text}")
        if question.help:
            say(question.help)
        for number, choice in enumerate(question.answer, 1):
            say(f"  {number}  {choice.text}")
        if question.many:
            say("You can give several numbers.")
        opened.answer(question.id, picked(question))
    say("\nThank you. That is all we need for now.")


def picked(question: Question) -> str:
    """Ids of the answers whose numbers were typed, with a comma between several."""
    while True:
        typed = str(click.prompt("Number", err=True)).replace(",", " ").split()
        numbers = [int(each) for each in typed if each.isdecimal() and 1 <= int(each) <= len(question.answer)]
        if numbers and len(numbers) == len(typed) and (question.many or len(numbers) == 1):
            return ",".join(question.answer[number - 1].id for number in numbers)
        aside("Please type one of the numbers above.")


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--reply", is_flag=True, help="A reply you want to write but not send: park it here instead.")
@opening_options
def note(case: Path, reply: bool, passphrase_file: Path | None, identity: Path | None) -> None:
    """Write in the diary, or park a reply instead of sending it. Type it, or give it on standard input."""
    opened = opened_case(case, passphrase_file, identity)
    if sys.stdin.isatty():
        aside("Write, then end with an empty line.")
        lines: list[str] = []
        while (typed := click.prompt("", prompt_suffix="", default="", show_default=False, err=True)) != "":
            lines.append(typed)
        words = "\n".join(lines)
    else:
        words = sys.stdin.read()
    if not words.strip():
        raise WrongUse("There was nothing to write down.")
    opened.note(words, reply=reply)
    say("Kept, private. It goes into no paper unless you say so.")
