"""The head of a WhatsApp message: `[12/03/24, 21:14:05] Maya: ...` (iPhone) or `12/03/2024, 21:14 - Maya: ...` (Android).

A header is its surroundings (square brackets, a dash, or a colon in exports of about 2014) and the style of its stamp. Two
lines have the same header if both are equal; whether a line is a true header is decided in `_whatsapp_runs.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from holdfast.readers._dates import ANY_MARKS, SPACE, Style, style_of

STYLES_AT_MOST = 64  # in one file; a phone has one, a joined file a few: more is somebody playing
# Anything at a line's start that could be a header; `style_of` then says whether it is.
_COULD_BE = re.compile(
    rf"\n{ANY_MARKS}(?:\[{ANY_MARKS}(?P<inside>[^\[\]\n]{{8,64}})\]{SPACE}"
    rf"|(?P<before>(?:[RHrh]|令和|平成)?\d[^\n]{{7,60}}?){ANY_MARKS}(?:(?P<dash>{SPACE}[-–—]{SPACE})|:(?= )))"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands around the stamp, and the stamp's style. `close` is "]", "-", "–", "—" or ":"."""

    close: str
    style: Style


@lru_cache(maxsize=STYLES_AT_MOST * 4)
def splitter(header: Header) -> re.Pattern[str]:
    """Cuts a text in which every line starts with LF. Groups: stamp, its first half, its second half, head ("Maya") or None.

    `split` gives what stands before the first header, then five values a header: the groups and the body.
    """
    if header.close == "]":
        before, after = rf"\[{ANY_MARKS}", rf"{ANY_MARKS}\]{SPACE}"
    elif header.close == ":":
        # With seconds, as iPhones wrote it, notices too have this form; without, a typed "12/03/2024 10:00: tea" looks alike.
        before, after = "", rf"{ANY_MARKS}: " if header.style.seconds else rf"{ANY_MARKS}:(?= [^\n]*: ) "
    else:
        before, after = "", rf"{ANY_MARKS}{SPACE}{header.close}{SPACE}"
    return re.compile(rf"\n{ANY_MARKS}{before}{header.style.pattern}{after}(?:([^:\n]{{1,120}}): )?")


def headers_in(text: str, known: dict[Header, re.Pattern[str]]) -> Iterator[tuple[int, Header, re.Match[str]]]:
    """Every line of `text` (each starting with LF) that has the form of a header, of whatever style: position, header, match.

    `known` gathers the styles met; once it holds `STYLES_AT_MOST`, no further style counts as one.
    """
    header: Header | None = None
    for could in _COULD_BE.finditer(text):
        if header is not None:  # lines of one form come together
            match = known[header].match(text, could.start())
            if match is not None:
                yield could.start(), header, match
                continue
        header = _header(could)
        if header is None:
            continue
        pattern = known.get(header)
        if pattern is None:
            if len(known) >= STYLES_AT_MOST:
                header = None
                continue
            pattern = known[header] = splitter(header)
        match = pattern.match(text, could.start())
        if match is not None:
            yield could.start(), header, match


def _header(could: re.Match[str]) -> Header | None:
    inside = could["inside"]
    if inside is not None:
        style, close = style_of(inside), "]"
    else:
        dash = could["dash"]
        style, close = style_of(could["before"]), dash[1] if dash else ":"
    return None if style is None else Header(close, style)
