"""Word lists found in many texts at once: one scan per list over all texts joined into one blob, offsets mapped to rows.

google-re2 where it is installed, the standard library's `re` where not: same matches, same offsets. So patterns keep to one
dialect with one meaning in both: explicit classes, no backslash classes, no flags, look-around, back-references or big repeats.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, Protocol

try:
    import re2  # type: ignore[import-untyped,unused-ignore]
except ImportError:  # the inner ring runs without it
    re2 = None

Engine = Literal["re2", "re"]
ENGINES: tuple[Engine, ...] = ("re2", "re") if re2 else ("re",)

SEPARATOR = "\x00\x00"  # between rows; two, so that the end of one match and the start of the next each have theirs
EDGE = "[^a-z0-9]"
GAP = "(?:[^a-z0-9.!?\x00]{1,3})"  # what a blank in a word list stands for

_FORBIDDEN = re.compile(r"\\[wWdDsSbBAzZ1-9]|\(\?[^:P]|\(\?P[^<]|\(\?P=|[*+?}]\+|\{\d{4,}|\{\d+,\d{4,}|\{\d+,\}")


class Pattern(Protocol):
    """What both engines have in common."""

    def finditer(self, text: str, /) -> Iterator[Any]: ...
    def fullmatch(self, text: str, /) -> Any: ...
    def search(self, text: Any, pos: int = 0, /) -> Any: ...


def compiled(pattern: str, engine: Engine | None = None) -> Pattern:
    """The pattern in the engine asked for, else the best that is there. ValueError where it leaves the dialect."""
    if fault := _FORBIDDEN.search(pattern):
        raise ValueError(f"pattern uses {fault.group()!r}, which the two engines do not read alike")
    if (engine or ENGINES[0]) == "re2":
        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        made: Pattern = re2.compile(pattern, options)
        return made
    return re.compile(pattern)


def words_pattern(entries: Iterable[str], *, edges: bool) -> str:
    """One alternation of the entries, as group 1. `edges`: only whole words (scripts that put spaces between words)."""
    joined = "|".join(entry.replace(" ", GAP) for entry in entries)
    return f"{EDGE}({joined}){EDGE}" if edges else f"({joined})"


class Blob:
    """Rows joined for scanning. Row texts hold no NUL (folding takes it out)."""

    def __init__(self, rows: Sequence[str]) -> None:
        self.text = SEPARATOR + SEPARATOR.join(rows) + SEPARATOR
        self._starts: list[int] = []
        at = len(SEPARATOR)
        for row in rows:
            self._starts.append(at)
            at += len(row) + len(SEPARATOR)

    @cached_property
    def _bytes(self) -> bytes:
        return self.text.encode()

    def row_of(self, offset: int) -> tuple[int, int]:
        """Row number and offset within it, of an offset in `text`."""
        row = bisect_right(self._starts, offset) - 1
        return row, offset - self._starts[row]

    def spans(self, pattern: Pattern) -> Iterator[tuple[int, int, int]]:
        """Row, start, end of every match's group 1, in order. The edge after one match may be the edge before the next."""
        row = -1
        begins = ends = 0
        for start, end in self._found(pattern):
            if start >= ends:
                row = bisect_right(self._starts, start, max(row, 0)) - 1
                begins = self._starts[row]
                ends = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)
            yield row, start - begins, end - begins

    def _found(self, pattern: Pattern) -> Iterator[tuple[int, int]]:
        """Code points of every group 1 in `text`. google-re2 gets bytes, so that nothing is encoded or counted twice."""
        at = 0
        if isinstance(pattern, re.Pattern):
            while (match := pattern.search(self.text, at)) is not None:
                yield match.span(1)
                at = match.end(1)
            return
        blob = self._bytes
        plain = len(blob) == len(self.text)
        counted = (0, 0)
        while (match := pattern.search(blob, at)) is not None:
            start, at = match.span(1)
            if plain:
                yield start, at
                continue
            first = counted[1] + len(blob[counted[0] : start].decode())
            last = first + len(blob[start:at].decode())
            counted = (at, last)
            yield first, last

    def rows_with(self, pattern: Pattern) -> Iterator[int]:
        """Numbers of the rows in which the pattern matches, ascending. In ASCII each row is left at its first match."""
        blob: Any = self.text if isinstance(pattern, re.Pattern) else self._bytes
        if len(blob) != len(self.text):
            yield from dict.fromkeys(row for row, _, _ in self.spans(pattern))
            return
        at = 0
        while (match := pattern.search(blob, at)) is not None:
            row, _ = self.row_of(match.start(1))
            yield row
            if row + 1 == len(self._starts):
                return
            at = self._starts[row + 1] - 1
