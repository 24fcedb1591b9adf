"""Words written so that filters miss them, read as meant: s3nd, n*des, b1tcoin, p a y, pleeease.

Only ever towards a word the lists know; anything else stays as it is. Works on folded text and keeps its way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import product

from holdfast.assessment.normalise import Folded

_ODD = re.compile(
    r"([a-z])\1\1|[a-z][0-9@$!*#|]|[0-9@$!*#|][a-z]|(?<![a-z])[a-z][ .*_-][a-z][ .*_-][a-z](?![a-z])"
    r"|[\u3400-\u9fff][ *_.·-]{1,2}[\u3400-\u9fff]"
)
_WORD = re.compile(r"[a-z0-9@$!*#|]{3,24}")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?:[ .*_-][a-z]){2,11}(?![a-z0-9])")
_SPLIT_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ *_.·-]{1,2}(?=[\u3400-\u9fff])")
_LEET = str.maketrans("013457@$!8|", "oieastasibl")
_LEET_L = str.maketrans("013457@$!8|", "oleastaslbl")
_RUN = re.compile(r"([a-z])\1{2,}")


class Speller:
    """Knows the words of the lists. `masked` are those worth finding behind stars."""

    def __init__(self, words: frozenset[str], masked: Sequence[str]) -> None:
        self._words = words
        self._masked = masked

    @cached_property
    def _behind_stars(self) -> Mapping[str, str]:
        """Every way to hide inner letters of a masked word with stars: never the first letter, never all."""
        ways: dict[str, str] = {}
        for word in self._masked:
            for mask in product((False, True), repeat=len(word) - 1):
                if 0 < sum(mask) <= (3 if len(word) == 4 else len(word) - 2):
                    hidden = "".join("*" if hide else char for char, hide in zip(word[1:], mask, strict=True))
                    ways.setdefault(word[0] + hidden, word)
        return ways

    def respell(self, folded: Folded) -> Folded:
        """The same text with such words as meant."""
        if not _ODD.search(folded.text):
            return folded
        edits: list[tuple[int, int, str]] = []
        for match in _SPACED.finditer(folded.text):
            word = re.sub("[^a-z]", "", match.group())
            if word in self._words:
                edits.append((match.start(), match.end(), word))
        edits += [(m.start(), m.end(), "") for m in _SPLIT_HAN.finditer(folded.text) if "\n" not in m.group()]
        for match in _WORD.finditer(folded.text):
            word = match.group()
            meant = self._meant(word.rstrip("!"))
            if meant is not None:
                edits.append((match.start(), match.start() + len(word.rstrip("!")), meant))
        return _edited(folded, sorted(edits)) if edits else folded

    def _meant(self, word: str) -> str | None:
        if word in self._words or not any("a" <= c <= "z" for c in word):
            return None
        if not word.isalpha():
            if "*" in word or "#" in word:
                return self._behind_stars.get(word.replace("#", "*"))
            for table in (_LEET, _LEET_L):
                if (plain := word.translate(table)) in self._words:
                    return plain
        if _RUN.search(word):
            for kept in (r"\1", r"\1\1"):
                if (plain := _RUN.sub(kept, word)) in self._words:
                    return plain
        return None


def _edited(folded: Folded, edits: Sequence[tuple[int, int, str]]) -> Folded:
    """The text with pieces replaced; each new piece stands for the whole old one, letter for letter where equally long."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(start: int, end: int) -> None:
        pieces.append(folded.text[start:end])
        starts.extend(range(start, end) if folded.starts is None else folded.starts[start:end])
        ends.extend(range(start + 1, end + 1) if folded.ends is None else folded.ends[start:end])

    at = changed = 0
    for start, end, new in edits:
        if start < at:
            continue
        keep(at, start)
        pieces.append(new)
        first, last = folded.span(start, end)
        if len(new) == end - start:
            starts.extend(folded.span(i, i + 1)[0] for i in range(start, end))
            ends.extend(folded.span(i, i + 1)[1] for i in range(start, end))
        else:
            starts.extend([first] * len(new))
            ends.extend([last] * len(new))
        changed += bool(new)
        at = end
    keep(at, len(folded.text))
    return Folded("".join(pieces), starts, ends, folded.evasions + changed)
