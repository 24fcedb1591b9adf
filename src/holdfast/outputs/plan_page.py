"""The plan on paper and in the terminal: one structure, two renderings. Sources are numbered notes, so the text stays calm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from holdfast.model import Cited, Contact, OffenceMatch, Plan, PlannedStep
from holdfast.outputs.laws import covers, grouped
from holdfast.outputs.laws import title as law_title
from holdfast.outputs.wording import wording

FIRST = 3  # things on the first screen: more than three cannot be held in a frightened mind
NOT_CHECKED = "not yet checked"
OWN_ADVICE = f"our own advice, {NOT_CHECKED}"
NOT_SURE = "checked, but not sure"
LATER = (("today", "Today"), ("this_week", "This week"), ("later", "Later"))
AUDIENCE = {"adult": "for adults", "minor": "for people under 18", "women": "for women"}
BASIS = {
    "primary": "the body's own page or the text of the law",
    "secondary": "someone else's account",
    "cross_checked": "several public lists agree; the official page was not opened",
    "recalled": "nobody has read a page for this",
    "official-copy": "the company's own page, in a stored copy",
    "official-archive": "the company's own text, as archived",
    "dataset": "a public list that is kept up",
    "general-knowledge": "general knowledge; no page was read",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the page: a heading of level 1 to 3, a paragraph, or a point of a list at a depth from 0."""

    kind: Literal["heading", "paragraph", "point"]
    text: str
    level: int = 0


def plan_markdown(plan: Plan) -> str:
    """The plan as Markdown, ends with one newline."""
    return "\n".join(_markdown(blocks(plan))).strip() + "\n"


def plan_text(plan: Plan, width: int = 78) -> str:
    """The plan as plain text of at most `width` columns (addresses are never broken), ends with one newline."""
    return "\n".join(_text(blocks(plan), width)).strip() + "\n"


def blocks(plan: Plan) -> tuple[Block, ...]:
    """The page: who to call, now, today, this week, later, law, proof, what was not checked, sources."""
    notes = _Notes()
    page = [Block("heading", f"Your plan: {plan.place_name}", 1)]
    page.append(Block("paragraph", "One thing after another. You can stop and come back. Nothing here is sent anywhere."))
    page.append(Block("heading", "People to call", 2))
    page.append(Block("paragraph", "In danger, or if you think of hurting yourself. You need not explain everything."))
    page.extend(_contact(contact, notes, 0) for contact in plan.emergency)
    page.extend(_steps(plan, notes))
    page.extend(_laws(plan.offences, plan.day, notes))
    page.append(Block("heading", "What helps as proof", 2))
    page.extend(Block("point", line) for line in plan.evidence_notes)
    page.extend(_unchecked(plan))
    page.append(Block("heading", "Where this comes from", 2))
    page.append(Block("paragraph", "General information, not legal advice. The day is the day somebody last read the page."))
    page.extend(notes.blocks())
    return tuple(page)


class _Notes:
    """Numbers for sources, in the order they are first used."""

    def __init__(self) -> None:
        self._numbers: dict[Cited, int] = {}

    def mark(self, cited: Cited, unchecked: str = NOT_CHECKED) -> str:
        """The note's number and, where somebody must know it at once, how sure it is: ` [4]`, ` (not yet checked) [4]`."""
        number = self._numbers.setdefault(cited, len(self._numbers) + 1)
        sure = "" if cited.checked else f" ({unchecked})"
        return f"{sure} [{number}]"

    def blocks(self) -> Iterator[Block]:
        """One paragraph for each source."""
        for cited, number in self._numbers.items():
            read = f"read {cited.checked}" if cited.checked else NOT_CHECKED
            basis = BASIS.get(cited.basis, cited.basis)
            parts = [f"[{number}] {cited.source} ({read}; {basis}; confidence {cited.confidence})."]
            if cited.official:
                parts.append(f"Official: {cited.official}")
            if cited.note:
                parts.append(cited.note)
            yield Block("paragraph", " ".join(parts))


def _steps(plan: Plan, notes: _Notes) -> Iterator[Block]:
    numbered = [(number, step) for number, step in enumerate(plan.steps, start=1)]
    now = [pair for pair in numbered if pair[1].urgency == "now"]
    known = {contact.id for contact in plan.emergency}
    sections = [("Now", now[:FIRST]), ("Then, as soon as you can", now[FIRST:])]
    sections += [(title, [pair for pair in numbered if pair[1].urgency == urgency]) for urgency, title in LATER]
    for title, pairs in sections:
        if pairs:
            yield Block("heading", title, 2)
        for number, step in pairs:
            yield from _step(number, step, notes, known)


def _step(number: int, step: PlannedStep, notes: _Notes, known: set[str]) -> Iterator[Block]:
    yield Block("heading", f"{number}. {step.title}{' (done)' if step.done else ''}", 3)
    yield Block("paragraph", step.body + notes.mark(step.cited, OWN_ADVICE))
    if step.why:
        yield Block("paragraph", f"Why this is here: {'; '.join(step.why)}.")
    # Whoever stands under "People to call" is only named again, so that nobody has to read a number twice.
    again = [contact.name for contact in step.contacts if contact.id in known]
    if again:
        yield Block("point", f"See above: {', '.join(again)}")
    yield from (_contact(contact, notes, 0) for contact in step.contacts if contact.id not in known)
    for detail, cited in zip(step.details, step.details_cited, strict=True):
        heading, *lines = detail.split("\n")
        yield Block("point", heading + notes.mark(cited))
        yield from (Block("point", line, 1) for line in lines)


def _contact(contact: Contact, notes: _Notes, level: int) -> Block:
    reached = ", ".join(part for part in (contact.phone, contact.url) if part)
    name = f"{contact.name}: {reached or contact.how}" if reached or contact.how else contact.name
    extra = [part for part in (contact.hours, AUDIENCE.get(contact.audience, "")) if part]
    if contact.cited.checked and contact.cited.confidence == "low":
        extra.append(NOT_SURE)
    about = f" ({'; '.join(extra)})" if extra else ""
    how = f". {contact.how}" if reached and contact.how else ""
    return Block("point", f"{name}{about}{notes.mark(contact.cited)}{how}", level)


def _laws(offences: Iterable[OffenceMatch], day: str, notes: _Notes) -> Iterator[Block]:
    listed = list(offences)
    yield Block("heading", "Laws that may apply", 2)
    if not listed:
        yield Block(
            "paragraph", "We have no law on file for this place. That says nothing about whether one exists: ask a lawyer."
        )
        return
    yield Block("paragraph", f"As they stood on {day}, or on the day of the messages. Only a court can say which one fits.")
    groups = grouped(listed, wording())
    for name, laws in groups:
        if len(groups) > 1:
            yield Block("heading", name, 3)
        for offence in laws:
            yield from _law(offence, notes)


def _law(offence: OffenceMatch, notes: _Notes) -> Iterator[Block]:
    yield Block("point", f"{law_title(offence)}{notes.mark(offence.cited)}")
    yield Block("point", covers(offence), 1)
    if offence.max_penalty:
        yield Block("point", f"At most: {offence.max_penalty}", 1)
    if offence.in_force == "may":
        yield Block("point", f"May apply: {offence.why}", 1)
    if offence.findings:
        yield Block("point", f"Matched with {', '.join(offence.findings)}", 1)


def _unchecked(plan: Plan) -> Iterator[Block]:
    if not plan.unchecked:
        return
    yield Block("heading", "What we have not checked", 2)
    rows = "one entry" if plan.unchecked == 1 else f"{plan.unchecked} entries"
    yield Block(
        "paragraph",
        f"For {rows} on this page nobody has read an official page yet. They are marked ({NOT_CHECKED}). They may be right. "
        "Make sure of a number or address before you rely on it, and do not let this stop you from asking for help.",
    )


def _markdown(page: Iterable[Block]) -> Iterator[str]:
    before = ""
    for block in page:
        text = block.text.replace("\\", "\\\\").replace("*", "\\*").replace("<", "\\<")
        if block.kind != "point" or before != "point":
            yield ""
        match block.kind:
            case "heading":
                yield f"{'#' * block.level} {text}"
            case "point":
                yield f"{'  ' * block.level}- {text}"
            case "paragraph":
                yield text
        before = block.kind


def _text(page: Iterable[Block], width: int) -> Iterator[str]:
    before = ""
    for block in page:
        if block.kind != "point" or before != "point":
            yield ""
        if block.kind == "heading" and block.level < 3:
            title = block.text.upper() if block.level == 1 else block.text
            yield from (title, ("=" if block.level == 1 else "-") * min(width, len(title)))
        else:
            first = {"heading": "", "paragraph": "  ", "point": f"  {'  ' * block.level}- "}[block.kind]
            yield from _wrapped(block.text, first, width)
        before = block.kind


def _wrapped(text: str, first: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, as a terminal counts them: a Chinese character takes two."""
    line, columns = first, len(first)
    for word in text.split():
        long = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in word)
        if columns + long > width and line.strip(" -"):
            yield line.rstrip()
            line, columns = " " * len(first), len(first)
        line += word + " "
        columns += long + 1
    yield line.rstrip()
