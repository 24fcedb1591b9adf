"""Second pass over an export: from the lines of one run to items, in file order, every line once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from operator import le

from holdfast.model import Attachment, Furniture, Item, Message, Place, When
from holdfast.readers._contract import Part
from holdfast.readers._dates_reading import Calendar, Dated, Doubts
from holdfast.readers._whatsapp_body import (
    FIRSTS,
    LASTS,
    LEADING,
    LRM,
    OPENINGS,
    Body,
    body_of,
    call_in,
    is_about_sender,
    is_encryption_notice,
    is_to_the_reader,
    media_type_of,
    nothing_bare,
    offers_a_tap,
)
from holdfast.readers._whatsapp_header import headers_in, splitter
from holdfast.readers._whatsapp_people import People, Who
from holdfast.readers._whatsapp_runs import Run
from holdfast.readers._whatsapp_text import as_windows, as_written, is_clean, mended

TRIVIAL = timedelta(seconds=60)  # a clock may differ by so much between two phones
NO_HEAD = re.compile(r"([^\n]{1,120}?):(?: |(?=\.?\r?(?:\n|\Z)))")  # names with a colon ("Maya :)"), and "Maya:" alone
FEW = 20  # headers: in a short chat, somebody who writes once is nobody odd


@dataclass(slots=True)
class Pending:
    """The last header seen, whose body may go on in the next block."""

    dated: Dated
    head: str | None
    body: list[str]


@dataclass(slots=True)
class RunReading:
    """Turns the blocks of one run into items. `line` is the line of the next item."""

    part: Part
    run: Run
    people: People
    calendar: Calendar
    line: int
    pending: Pending | None = None
    windows: bool = False
    before: str = ""
    plain: bool = False
    _siblings: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.part.part:
            self._siblings = self.part.part[-1].rpartition("/")[0]

    def read(self, block: str) -> Iterator[Item]:
        """Items that are complete with this block (lines each preceded by LF)."""
        parts = splitter(self.run.header).split(block)
        if self.pending is not None:
            self.pending.body.append(parts[0])
        if len(parts) == 1:
            return
        swapped = self.run.header.style.clock_first
        dates, clocks = (parts[3::5], parts[2::5]) if swapped else (parts[2::5], parts[3::5])
        dated = self.calendar.when(parts[1::5], dates, clocks)
        heads: list[str | None] = parts[4::5]
        bodies: list[str] = parts[5::5]
        if self.pending is not None:
            dated.insert(0, self.pending.dated)
            heads.insert(0, self.pending.head)
            bodies.insert(0, "".join(self.pending.body))
            dates.insert(0, "")
        self._suspect(dated, heads, bodies, dates)
        self.pending = Pending(dated.pop(), heads.pop(), [bodies.pop()])
        yield from self._items(dated, heads, bodies)

    def end(self, *, last: bool, open_end: bool) -> Iterator[Item]:
        """The item still pending. `last`: the file ends here; `open_end`: without a line end."""
        if self.pending is None:
            return
        body, blank = "".join(self.pending.body), 0
        if last:
            kept = len(body.rstrip("\r\n"))
            cut = body.find("\n", kept)
            if cut >= 0:
                body, blank = body[:cut], body.count("\n", cut)
            elif open_end and body.endswith("\r"):
                body += "\r"  # no line end follows: this CR is text, and `_careful` takes one away
        sent, doubts = self.pending.dated
        if last and open_end and self.pending.head is None:  # a name cut off in the middle reads like a notice
            doubts = _with(doubts, "sender_or_notice")
        yield self._careful((sent, doubts), self.pending.head, body, lines=body.count("\n") + 1)
        if blank:
            yield Furniture(place=self._place(blank), event="blank")

    def _items(self, dated: list[Dated], heads: list[str | None], bodies: list[str]) -> Iterator[Item]:
        """Plain one-line text goes the short way; `_careful` gives the same for it, and a test holds them equal."""
        known, file, way = self.people.known.get, self.part.file, self.part.part
        short = not self.windows and is_clean("".join(bodies))
        bracketed = not self.run.marked and self.run.header.close == "]"
        line = self.line
        for (sent, doubts), head, written in zip(dated, heads, bodies, strict=True):
            who = known(head)
            body = written[:-1] if written[-1:] == "\r" else written
            if (
                who is not None
                and short
                and "\n" not in body
                and body[-1:] not in LASTS
                and body[:1] not in FIRSTS
                and body[:4] not in OPENINGS
                and "://" not in body
                and not (bracketed and not nothing_bare(body))
            ):
                place = Place(file=file, part=way, unit="line", first=line, last=line)
                line += 1
                self.plain = True
                yield Message(place=place, text=body, sender=who.name, from_me=who.from_me, sent=sent, doubts=doubts)
            else:
                self.line = line
                yield self._careful((sent, doubts), head, written, lines=written.count("\n") + 1)
                line = self.line
        self.line = line

    def _place(self, lines: int) -> Place:
        first, self.line = self.line, self.line + lines
        return self.part.place("line", first, self.line - 1)

    def _careful(self, dated: Dated, head: str | None, body: str, *, lines: int) -> Item:
        sent, doubts = dated
        place = self._place(lines)
        if self.run.quotes and "\n" in body and next(headers_in(body[body.index("\n") :], {}), None):
            doubts = _with(doubts, "imitates_header")
        written = body.replace("\r\n", "\n").removesuffix("\r")
        if not is_clean(written) or (self.windows and not written.isascii()):
            doubts = _with(doubts, "bad_bytes")
        if head is None:
            found = NO_HEAD.match(written)
            if found is None:
                return self._notice(place, sent, doubts, written)
            head, rest = found[1], written[found.end() :]
        else:
            rest = written
        who = self.people.who(head, f"{head}: {rest.partition(chr(10))[0]}")
        if who is None:
            return self._notice(place, sent, _with(doubts, "sender_or_notice"), f"{head}: {rest}")
        if self._is_notice(head, rest):
            return self._notice(place, sent, doubts, f"{head}: {rest}")
        if self.run.header.close == "]" and self._is_about_people(rest):
            doubts = doubts if self.run.marked else _with(doubts, "sender_or_notice")
            return self._notice(place, sent, doubts, f"{head}: {rest}")
        body_read = body_of(mended(rest), iphone=self.run.header.close == "]", marks=self.run.marked)
        if body_read.app and self._is_app_notice(head, who, body_read.text):
            return self._notice(place, sent, _with(doubts, "sender_or_notice"), f"{head}: {rest}")
        if who.doubtful or body_read.app:
            doubts = _with(doubts, "sender_or_notice")
        return self._message(place, sent, doubts, who, rest, body_read)

    def _message(self, place: Place, sent: When, doubts: Doubts, who: Who, rest: str, read: Body) -> Message:
        written = as_windows(rest) if self.windows else as_written(rest)
        files = tuple(self._attachment(name) for name in read.files)
        return Message(
            place=place,
            text=read.text,
            sender=who.name,
            from_me=True if read.by_me and who.from_me is None else who.from_me,
            sent=sent,
            raw=written if written != read.text else None,
            event=read.event,
            attachments=(*files, Attachment(name="", missing=True)) if read.unnamed else files,
            edited=read.edited,
            doubts=doubts,
        )

    def _notice(self, place: Place, sent: When, doubts: Doubts, written: str) -> Furniture:
        text = mended(written).lstrip(LEADING)
        return Furniture(place=place, text=text, event="call" if call_in(text) else "notice", sent=sent, doubts=doubts)

    def _is_notice(self, head: str, rest: str) -> bool:
        """The notice about encryption, under the name of the chat: anybody can type it, so only where the app puts it."""
        if not is_encryption_notice(rest):
            return False
        return rest.startswith(LRM) or (not self.run.marked and (self.people.found.heads[head] == 1 or not self.plain))

    def _is_about_people(self, rest: str) -> bool:
        """A notice an iPhone puts under somebody's name: where the app marks its words, only if it is marked."""
        if self.run.marked:
            return rest.startswith(LRM) and is_about_sender(rest)
        return is_about_sender(rest) or offers_a_tap(rest)

    def _is_app_notice(self, head: str, who: Who, text: str) -> bool:
        """A sentence of the app that nobody sent: about this person or the reader, or under the name of a group."""
        if is_to_the_reader(text):
            return True
        after = text.lstrip("~ \u00a0\u202f").removeprefix(who.name)
        if after != text.lstrip("~ \u00a0\u202f") and not after[:1].isalnum():
            return True
        if not self.people.never_typed(head):
            return False
        return self.people.begins_with_a_name(text) or (len(text.split()) > 3 or len(text) > 24)

    def _attachment(self, name: str) -> Attachment:
        sibling = None
        if not re.search(r"[/\\]|\A\.*\Z", name):
            sibling = self.part.sibling(f"{self._siblings}/{name}" if self._siblings else name)
        if sibling is None:
            return Attachment(name=name, media_type=media_type_of(name), missing=True)
        return Attachment(name=name, part=sibling.part, media_type=media_type_of(name))

    def _suspect(self, dated: list[Dated], heads: list[str | None], bodies: list[str], dates: list[str]) -> None:
        """Marks headers that a body could have imitated, and times that go back."""
        run, found = self.run, self.people.found
        new = 0 if self.pending is None else 1  # the pending one was looked at with its own block, but for its time
        times = [sent.local or "" for sent, _ in dated]
        if None in heads:  # notices are exported out of order: each takes the time before it
            for n, head in enumerate(heads):
                if head is None:
                    times[n] = times[n - 1] if n else self.before
        if not all(map(le, times, islice(times, 1, None))) or times[0] < self.before:
            self._suspect_times(dated, [self.before, *times])
        self.before = times[-1]
        odd: set[int] = set()
        if run.doubtful:
            odd.update(range(new, len(dated)))
        if run.padded:
            odd.update(n for n in range(new, len(dated)) if len(dates[n]) != run.padded)
        if run.crlf:
            odd.update(n for n in range(max(new, 1), len(dated)) if not bodies[n - 1].endswith("\r"))
        if run.headers >= FEW and any("\n" in body for body in bodies):
            many = ["\n" in body for body in bodies]
            odd.update(n for n in range(max(new, 1), len(dated)) if many[n - 1] and heads[n] and found.heads[heads[n]] == 1)
        for n in odd:
            dated[n] = dated[n][0], _with(dated[n][1], "imitates_header")

    def _suspect_times(self, dated: list[Dated], times: list[str]) -> None:
        """`times` begins with the time before the first of `dated`. A single time out of step, forward or back, is odd."""
        for n in range(1, len(times)):
            here, earlier = times[n], times[n - 1]
            if not here or not earlier or not _back(earlier, here):
                continue
            ahead = times[n + 1] if n + 1 < len(times) else ""
            two_before = times[n - 2] if n > 1 else ""
            if ahead >= earlier:
                doubts: Doubts = ("out_of_order", "imitates_header")
            elif two_before and two_before <= here and n > 1:
                self._doubt(dated, n - 2, ("imitates_header",))
                doubts = ("out_of_order",)
            else:
                doubts = ("out_of_order",)
            self._doubt(dated, n - 1, doubts)

    def _doubt(self, dated: list[Dated], n: int, doubts: Doubts) -> None:
        for doubt in doubts:
            dated[n] = dated[n][0], _with(dated[n][1], doubt)


def _with(doubts: Doubts, doubt: str) -> Doubts:
    return doubts if doubt in doubts else (*doubts, doubt)


def _back(earlier: str, later: str) -> bool:
    return later < earlier and datetime.fromisoformat(earlier) - datetime.fromisoformat(later) > TRIVIAL
