"""First pass over an export: where which style stands, what the dates say, who writes. Small however large the file.

What it finds is a list of *stretches*, consecutive headers of one form; `_whatsapp_runs.py` then says which are true.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from holdfast.readers._dates_order import Tally, orders_for
from holdfast.readers._whatsapp_body import LRM
from holdfast.readers._whatsapp_header import Header, headers_in, splitter

STRETCHES_AT_MOST = 4096  # beyond that, a line of another form is text: no two exports were joined that often
HEADS_AT_MOST = 4096  # people in a group are at most 1,024; names beyond are not counted


@dataclass(slots=True)
class Stretch:
    """Consecutive headers of one form: the first stands on line `first` (from 1), `headers` of them over `size` characters.

    `opening` and `closing` are (date, clock) of the first and the last; `after_crlf` counts bodies that end in CR LF; `widths`
    counts printed dates by length; `marked` says that the app's marks (U+200E) occur.
    """

    header: Header
    first: int
    opening: tuple[str, str]
    closing: tuple[str, str]
    tally: Tally
    headers: int = 0
    size: int = 0
    after_crlf: int = 0
    widths: Counter[int] = field(default_factory=Counter)
    marked: bool = False

    def add(self, stamps: list[str], dates: list[str], clocks: list[str], bodies: list[str], text_size: int) -> None:
        """Count headers in file order, with the bodies after them."""
        self.headers += len(stamps)
        self.size += text_size
        if dates[0] == self.closing[0]:
            changes = [date for date, _ in groupby(dates)][1:]
        else:
            changes = [date for date, _ in groupby(dates)]
        self.tally.add(changes)
        self.widths.update(map(len, dates))
        self.after_crlf += sum(body.endswith("\r") for body in bodies) if "\r" in bodies[-1] or "\r" in bodies[0] else 0
        self.closing = dates[-1], clocks[-1]


@dataclass(slots=True)
class Survey:
    """All stretches in file order; how often each head ("Maya") stands before a body, and before a body the app marked."""

    lines: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    heads: Counter[str | None] = field(default_factory=Counter)
    marked_heads: Counter[str | None] = field(default_factory=Counter)

    def _count(self, heads: list[str | None], bodies: list[str], marked: bool) -> None:
        if len(self.heads) < HEADS_AT_MOST:
            self.heads.update(heads)
        if marked and len(self.marked_heads) < HEADS_AT_MOST:
            self.marked_heads.update(h for h, body in zip(heads, bodies, strict=True) if body.startswith(LRM))


def survey(blocks: Iterable[str]) -> Survey:
    """The whole file, once."""
    found = Survey()
    known: dict[Header, re.Pattern[str]] = {}
    for block in blocks:
        first = found.lines + 1
        found.lines += block.count("\n")
        if not _goes_on(found, block, known):
            _look_at_each(found, block, first, known)
    return found


def _goes_on(found: Survey, block: str, known: dict[Header, re.Pattern[str]]) -> bool:
    """The usual block: every header in it has the form of the last one. Counts it, or says no and counts nothing."""
    if not found.stretches:
        return False
    current = found.stretches[-1]
    parts = splitter(current.header).split(block)
    bodies = parts[5::5]
    inner = [parts[0], *(body[body.index("\n") :] for body in bodies if "\n" in body)]
    if any(next(headers_in(text, known), None) for text in inner):
        return False
    marked = LRM in block
    current.marked |= marked
    if bodies:
        late = current.header.style.clock_first
        dates, clocks = (parts[3::5], parts[2::5]) if late else (parts[2::5], parts[3::5])
        current.add(parts[1::5], dates, clocks, bodies, len(block))
        found._count(parts[4::5], bodies, marked)
    else:
        current.size += len(block)
    return True


def _look_at_each(found: Survey, block: str, first: int, known: dict[Header, re.Pattern[str]]) -> None:
    matches = list(headers_in(block, known))
    line, position = first, 0
    if found.stretches and matches:
        found.stretches[-1].size += matches[0][0]
    for (start, header, match), after in zip_longest(matches, matches[1:]):
        end = after[0] if after else len(block)
        line, position = line + block.count("\n", position, start), start
        stamp, one, two, head = match.groups()
        date, clock = (two, one) if header.style.clock_first else (one, two)
        if not found.stretches or found.stretches[-1].header != header:
            if len(found.stretches) >= STRETCHES_AT_MOST:
                continue
            tally = Tally(orders_for(header.style))
            found.stretches.append(Stretch(header, line, (date, clock), ("", ""), tally))
        body = block[match.end() : end]
        current = found.stretches[-1]
        current.marked |= LRM in body
        current.add([stamp], [date], [clock], [body], end - start)
        found._count([head], [body], current.marked)
