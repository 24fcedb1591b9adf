"""Where each mail of a mailbox file starts and ends. mboxo, mboxrd, mboxcl and mboxcl2, told apart by what the file does.

A mail starts at a `From ` line that reads like a postmark (sender, weekday or date, clock, year), stands at the start of the
file or after an empty line, and is followed by a header line. RFC 4155; the mbox family as qmail's mbox(5) describes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.readers._contract import CHUNK, Part

LONGEST_POSTMARK = 400
MAX_MAIL = 100 << 20  # bytes; most services refuse mails above 25 to 50 MB; reading one takes up to three times its size

_SENDER = re.compile(rb"From (?:\"[^\"]{0,100}\"@?)?([^\s]{0,200})[ \t]+(.{10,160})")
_CLOCK = re.compile(rb"[0-2]?[0-9]:[0-5][0-9]")
_YEAR = re.compile(rb"(?<![0-9])(?:19[7-9]|20[0-9])[0-9](?![0-9])")
_DAY = re.compile(
    rb"(?i)(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ \t]+)?(?:[0-9]{1,2}[ -])?"
    rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]"
)
_HEADER = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,80}[ \t]{0,8}:|>?From ")
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*([0-9]{1,12})[ \t]*\r?$")
_QUOTED = re.compile(rb"(?m)^>(>*From )")


@dataclass(frozen=True, slots=True)
class Span:
    """One mail of a file: bytes `start` to `end`, its postmark line (without line end, b"" where there is none). `escaped`
    says whether `>From ` in its lines stands for `From `."""

    start: int
    end: int
    postmark: bytes = b""
    escaped: bool = False

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def too_large(self) -> bool:
        return self.size > MAX_MAIL


def is_postmark(line: bytes) -> bool:
    """Whether a line separates mails: `From SENDER DATE`, not a sentence that starts with "From"."""
    if not line.startswith(b"From "):
        return False
    match = _SENDER.match(line[:LONGEST_POSTMARK].rstrip())
    if match is None:
        return False
    sender, rest = match.groups()
    if not (_CLOCK.search(rest) and _YEAR.search(rest)):
        return False
    # A bare word may be a local user's name, but then the date must follow at once.
    return bool(_DAY.match(rest.lstrip()) or (b"@" in sender and _DAY.search(rest)))


def start_of_mail(head: bytes) -> int:
    """Offset of the first byte that is no byte order mark and no empty line."""
    at = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    while head[at : at + 1] in (b"\r", b"\n"):
        at += 1
    return at


def is_mailbox(head: bytes) -> bool:
    at = start_of_mail(head)
    return is_postmark(head[at : at + LONGEST_POSTMARK].split(b"\n", 1)[0].rstrip(b"\r"))


def mails(part: Part) -> Iterator[Span]:
    """The mails of a file in order; between them only postmarks and empty lines. A file without postmark is one mail."""
    size = part.size
    if not size:
        return
    head = part.read_at(0, 65536)
    at = start_of_mail(head)
    if not is_mailbox(head):
        yield Span(0, size)
        return
    start = at
    while start < size:
        postmark = _line(part, start)
        body = start + len(postmark)
        end = _end_by_length(part, body, size)
        by_length = end is not None
        if end is None:
            end = _next_start(part, body, size)
        escaped = not (by_length and _holds_bare_from(part, body, end))
        yield Span(body, _without_last_blank(part, body, end), postmark.rstrip(b"\r\n"), escaped)
        start = end


def _without_last_blank(part: Part, body: int, end: int) -> int:
    """The empty line before the next postmark belongs to the mailbox, not to the mail."""
    last = part.read_at(max(body, end - 4), end - max(body, end - 4))
    return end - 2 if last.endswith(b"\n\r\n") else end - 1 if last.endswith(b"\n\n") else end


def _line(part: Part, at: int) -> bytes:
    piece = part.read_at(at, LONGEST_POSTMARK * 4)
    stop = piece.find(b"\n")
    return piece if stop < 0 else piece[: stop + 1]


def _end_by_length(part: Part, body: int, size: int) -> int | None:
    """End by Content-Length, believed only where it lands on a postmark or the end of the file."""
    head = part.read_at(body, 65536)
    stop = re.search(rb"\r?\n\r?\n", head)
    if stop is None:
        return None
    match = _LENGTH.search(head, 0, stop.end())
    if match is None:
        return None
    at = body + stop.end() + int(match[1])
    if at > size:
        return None
    after = part.read_at(at, LONGEST_POSTMARK)
    blank = len(after) - len(after.lstrip(b"\r\n"))
    if at + blank >= size:
        return size
    if blank <= 4 and is_postmark(after[blank:].split(b"\n", 1)[0]) and (blank or part.read_at(at - 1, 1) == b"\n"):
        return at + blank
    return None


def _next_start(part: Part, body: int, size: int) -> int:
    at = body
    overlap = b""
    while at < size:
        chunk = part.read_at(at, CHUNK)
        if not chunk:
            break
        window = overlap + chunk
        base = at - len(overlap)
        found = window.find(b"\nFrom ")
        while found >= 0:
            place = base + found + 1
            if place > body and _separates(part, place, body):
                return place
            found = window.find(b"\nFrom ", found + 1)
        overlap = window[-6:]
        at += len(chunk)
    return size


def _separates(part: Part, place: int, body: int) -> bool:
    line = part.read_at(place, LONGEST_POSTMARK * 4)
    postmark, _, following = line.partition(b"\n")
    if not is_postmark(postmark.rstrip(b"\r")):
        return False
    before = part.read_at(max(body, place - 4), place - max(body, place - 4))
    blank = before.endswith((b"\n\n", b"\n\r\n")) or before in (b"\n", b"\r\n")
    if not following.strip():
        return blank
    headers = following.split(b"\n")[:2]
    wanted = headers[:1] if blank else headers
    return all(_HEADER.match(one) or (number and one[:1] in (b" ", b"\t")) for number, one in enumerate(wanted))


def _holds_bare_from(part: Part, body: int, end: int) -> bool:
    """mboxcl2 does not escape: a bare `From ` line inside a mail measured by Content-Length gives it away."""
    at = body
    overlap = b""
    while at < end:
        chunk = part.read_at(at, min(CHUNK, end - at))
        if not chunk:
            return False
        window = overlap + chunk
        if b"\nFrom " in window:
            return True
        overlap = window[-6:]
        at += len(chunk)
    return False


def unescaped(data: bytes) -> bytes:
    """Lines `>From ` as they were before the mailbox escaped them (one `>` less)."""
    return _QUOTED.sub(rb"\1", data) if b">From " in data else data
