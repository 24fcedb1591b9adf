"""What is quoted: the whole sentence or clause around the words a rule saw, never a fragment, never more than one message."""

from __future__ import annotations

import re

LONGEST = 320  # code points of a sentence that is quoted whole; a longer one is cut at its commas
WRAPPED = 55  # a line at least this long ends because the mail was wrapped, not because the thought did
_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|[。！？]+[”’」』）]*|\n+")
_CLAUSE = re.compile(
    r"[;；，、:]|,(?=\s)|\s[-–—]\s|\s(?=(?:or else|or|otherwise|unless|before i|and then|then i)\s)", re.IGNORECASE
)
_BLANK = " \t\n\r\u00a0\u3000,，、;；"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence or sentences that `start` to `end` stand in; of a very long one, the clauses."""
    first, last = _between(text, start, end, _END, LONGEST)
    if last - first > LONGEST:
        first, last = _between(text, start, end, _CLAUSE, LONGEST)
    return _bare(text, first, last, start, end)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the clause that `start` to `end` stand in: “send me £600 by Friday 6pm”."""
    first, last = sentence_around(text, start, end)
    before, after = _between(text[first:last], start - first, end - first, _CLAUSE, LONGEST)
    return _bare(text, first + before, first + after, start, end)


def _between(text: str, start: int, end: int, ends: re.Pattern[str], reach: int) -> tuple[int, int]:
    """From the last break before `start` to the first at or after `end`, looking `reach` code points either way."""
    low, high = max(0, start - reach), min(len(text), end + reach)
    first = low if low == 0 else _word_start(text, low)
    for found in ends.finditer(text, low, start):
        if not _wrapped(text, found):
            first = found.end()
    for found in ends.finditer(text, end, high):
        if not _wrapped(text, found):
            stop = found.end() if ends is _END else found.start()
            return first, stop
    # The end of the message, or the end of the last whole word in reach.
    return first, high if high == len(text) else _word_end(text, high, end)


def _wrapped(text: str, found: re.Match[str]) -> bool:
    """Whether the break is only a line wrapped by a mail program."""
    if found.group() != "\n":
        return False
    line = text.rfind("\n", 0, found.start()) + 1
    return found.start() - line >= WRAPPED and text[found.end() : found.end() + 1] not in (">", "-", "*", "")


def _word_start(text: str, at: int) -> int:
    blank = text.find(" ", at, at + 40)
    return blank + 1 if blank >= 0 else at


def _word_end(text: str, at: int, least: int) -> int:
    blank = text.rfind(" ", max(least, at - 40), at)
    return blank if blank >= 0 else at


def _bare(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Without blanks and commas at the edges; never less than the words that were seen."""
    first, last = min(first, start), max(last, end)
    while first < start and text[first] in _BLANK:
        first += 1
    while last > end and text[last - 1] in _BLANK:
        last -= 1
    return first, last
