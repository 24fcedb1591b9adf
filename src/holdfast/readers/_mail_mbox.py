"""Where each mail of a mailbox file starts and ends. mboxo, mboxrd, mboxcl and mboxcl2, told apart by what the file does.

A mail starts at a `From ` line that reads like a postmark (sender, weekday or date, clock, year), stands at the start of the
file or after an empty line, and is followed by a header line. RFC 4155; the mbox family as qmail's mbox(5) describes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from holdfast.readers._mail_window import Window

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
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_APPLE = re.compile(rb"([0-9]{1,10})[ ]{0,10}\n(?=[A-Za-z][A-Za-z-]{1,40}: )")
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


def apple_mail(head: bytes) -> re.Match[bytes] | None:
    """The first line of an .emlx file: the length of the mail that follows; after it comes a property list nobody wrote."""
    return _APPLE.match(head)


def mails(window: Window) -> Iterator[Span]:
    """The mails of a file in order; between them only postmarks and empty lines. A file without postmark is one mail."""
    size = window.size
    if not size:
        return
    head = window.read_at(0, 65536)
    at = start_of_mail(head)
    if measured := apple_mail(head):
        yield Span(measured.end(), min(size, measured.end() + int(measured[1])))
        return
    if not is_mailbox(head):
        yield Span(0, size)
        return
    start = at
    while start < size:
        postmark = _line(window, start)
        body = start + len(postmark)
        by_length = _end_by_length(window, body)
        end = _next_start(window, body) if by_length is None else by_length
        # mboxcl2 does not escape: a bare `From ` line inside a mail measured by Content-Length gives it away.
        escaped = by_length is None or window.find(b"\nFrom ", body, end) < 0
        yield Span(body, _without_last_blank(window, body, end), postmark.rstrip(b"\r\n"), escaped)
        start = end


def _without_last_blank(window: Window, body: int, end: int) -> int:
    """The empty line before the next postmark belongs to the mailbox, not to the mail."""
    last = window.read_at(max(body, end - 4), end - max(body, end - 4))
    return end - 2 if last.endswith(b"\n\r\n") else end - 1 if last.endswith(b"\n\n") else end


def _line(window: Window, at: int) -> bytes:
    piece = window.read_at(at, LONGEST_POSTMARK * 4)
    stop = piece.find(b"\n")
    return piece if stop < 0 else piece[: stop + 1]


def _end_by_length(window: Window, body: int) -> int | None:
    """End by Content-Length, believed only where it lands on a postmark or the end of the file."""
    for longest in (4096, 65536):
        head = window.read_at(body, longest)
        stop = _BLANK_LINE.search(head)
        if stop is not None:
            break
    else:
        return None
    match = _LENGTH.search(head, 0, stop.end())
    if match is None:
        return None
    at = body + stop.end() + int(match[1])
    if at > window.size:
        return None
    after = window.peek(at, LONGEST_POSTMARK)
    blank = len(after) - len(after.lstrip(b"\r\n"))
    if at + blank >= window.size:
        return window.size
    if blank <= 4 and is_postmark(after[blank:].split(b"\n", 1)[0]) and (blank or window.peek(at - 1, 1) == b"\n"):
        return at + blank
    return None


def _next_start(window: Window, body: int) -> int:
    at = body
    while (found := window.find(b"\nFrom ", at, window.size)) >= 0:
        if _separates(window, found + 1, body):
            return found + 1
        at = found + 1
    return window.size


def _separates(window: Window, place: int, body: int) -> bool:
    line = window.read_at(place, LONGEST_POSTMARK * 4)
    postmark, _, following = line.partition(b"\n")
    if not is_postmark(postmark.rstrip(b"\r")):
        return False
    before = window.read_at(max(body, place - 4), place - max(body, place - 4))
    blank = before.endswith((b"\n\n", b"\n\r\n")) or before in (b"\n", b"\r\n")
    if not following.strip():
        return blank
    headers = following.split(b"\n")[:2]
    wanted = headers[:1] if blank else headers
    return all(_HEADER.match(one) or (number and one[:1] in (b" ", b"\t")) for number, one in enumerate(wanted))


def unescaped(data: bytes) -> bytes:
    """Lines `>From ` as they were before the mailbox escaped them (one `>` less)."""
    return _QUOTED.sub(rb"\1", data) if b">From " in data else data
