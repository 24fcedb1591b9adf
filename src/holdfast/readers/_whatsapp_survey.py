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
CHANGES_AT_MOST = 8  # of form in one block, before every line is looked at by itself
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
    said_last: str = ""
    widths: Counter[int] = field(default_factory=Counter)
    marked: bool = False

    def add(self, dates: list[str], clocks: list[str], heads: list[str | None], bodies: list[str]) -> None:
        """Count headers in file order, with the bodies after them.

        Notices (no head) are exported out of order: what their dates can be counts, not what they follow.
        """
        self.headers += len(dates)
        said = dates if None not in heads else [date for date, head in zip(dates, heads, strict=True) if head is not None]
        if said:
            changes = [date for date, _ in groupby(said)]
            self.tally.add(changes[1:] if changes[0] == self.said_last else changes)
            self.said_last = said[-1]
        if len(said) < len(dates):
            self.tally.weigh(set(dates).difference(said))
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

    def count(self, heads: list[str | None], bodies: list[str], marked: bool) -> None:
        if len(self.heads) < HEADS_AT_MOST:
            self.heads.update(heads)
        if marked and len(self.marked_heads) < HEADS_AT_MOST:
            self.marked_heads.update(h for h, body in zip(heads, bodies, strict=True) if body.startswith(LRM))


def survey(blocks: Iterable[str]) -> Survey:
    """The whole file, once."""
    found = Survey()
    known: dict[Header, re.Pattern[str]] = {}
    for block in blocks:
        line, rest = found.lines + 1, block
        found.lines += block.count("\n")
        for _ in range(CHANGES_AT_MOST):
            change = _count_until_change(found, rest, known)
            if change is None:
                break
            start, match = change
            line, rest = line + rest.count("\n", 0, start), rest[start:]
            _open(found, match, line)
        else:
            _count_each(found, rest, line, known)
    return found


Change = tuple[int, tuple[Header, re.Match[str]]]


def _count_until_change(found: Survey, text: str, known: dict[Header, re.Pattern[str]]) -> Change | None:
    """Counts the headers of the last form up to the first of another; gives that one, if there is one."""
    if not found.stretches:
        return _first_of_another(None, text, known)
    current = found.stretches[-1]
    parts = splitter(current.header).split(text)
    inner = [parts[0], *(body[body.index("\n") :] for body in parts[5::5] if "\n" in body)]
    change = None
    if len(found.stretches) < STRETCHES_AT_MOST and any(next(headers_in(one, known), None) for one in inner):
        change = _first_of_another(current.header, text, known)
        if change is not None:
            text = text[: change[0]]
            parts = splitter(current.header).split(text)
    current.size += len(text)
    if len(parts) > 1:
        late = current.header.style.clock_first
        dates, clocks = (parts[3::5], parts[2::5]) if late else (parts[2::5], parts[3::5])
        marked = LRM in text
        current.marked |= marked
        current.add(dates, clocks, parts[4::5], parts[5::5])
        found.count(parts[4::5], parts[5::5], marked)
    return change


def _first_of_another(current: Header | None, text: str, known: dict[Header, re.Pattern[str]]) -> Change | None:
    """The first header in the text whose form is not `current`."""
    end = 0
    if current is not None:
        for match in splitter(current).finditer(text):
            if text.find("\n", end, match.start()) >= 0:
                other = next(headers_in(text[end : match.start()], known), None)
                if other is not None:
                    return end + other[0], other[1:]
            end = match.end()
    other = next(headers_in(text[end:], known), None)
    return None if other is None else (end + other[0], other[1:])


def _open(found: Survey, match: tuple[Header, re.Match[str]], line: int) -> Stretch:
    header, (_, one, two, _) = match[0], match[1].groups()
    opening = (two, one) if header.style.clock_first else (one, two)
    found.stretches.append(Stretch(header, line, opening, ("", ""), Tally(orders_for(header.style))))
    return found.stretches[-1]


def _count_each(found: Survey, text: str, line: int, known: dict[Header, re.Pattern[str]]) -> None:
    """Header by header: for blocks in which forms change all the time."""
    matches = list(headers_in(text, known))
    position = 0
    for (start, header, match), after in zip_longest(matches, matches[1:]):
        end = after[0] if after else len(text)
        line, position = line + text.count("\n", position, start), start
        current = found.stretches[-1]
        if current.header != header:
            if len(found.stretches) >= STRETCHES_AT_MOST:
                continue
            current = _open(found, (header, match), line)
        _, one, two, head = match.groups()
        date, clock = (two, one) if header.style.clock_first else (one, two)
        body = text[match.end() : end]
        current.size += end - start
        current.marked |= LRM in body
        current.add([date], [clock], [head], [body])
        found.count([head], [body], current.marked)
