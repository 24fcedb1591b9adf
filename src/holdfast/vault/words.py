"""Words for searching: the same text always gives the same words, for the index and for the scan without one.

Capitals, accents, Arabic vowel signs, zero-width characters and full-width forms do not matter; digits of all scripts are
equal.
Scripts written without spaces, and symbols such as emoji, are cut into single characters, so one or two of them can be found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 4096
"""Words are cut off after this many code points: far more than any word, less than what SQLite would cut itself."""

# Unicode blocks of scripts whose words are not set apart by spaces (Unicode Standard, chapters 16 and 18).
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),  # Hangul: written with spaces, but particles cling to words
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
# Marks that readers of the script leave out when they search: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels.
_LEFT_OUT = (
    (0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0xFE00, 0xFE0F),
)  # fmt: skip
# Arabic keyboards and Urdu or Persian ones write these letters with different code points.
_SAME_LETTER = {"\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0647": "\u06c1"}
_BREAKS = ("Z", "P", "Cc", "Cs")
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; with `prefix` the last one may go on."""

    words: str
    prefix: bool

    def within(self, words: str) -> bool:
        """Whether the phrase is in a text, given as `words_of` gives it."""
        return f" {self.words}{'' if self.prefix else ' '}" in f" {words} "


def words_of(text: str) -> str:
    """The words of a text, folded, with one space between them."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    words = text.translate(_FOLDING).split()
    if len(text) > LONGEST:
        words = [word[:LONGEST] for word in words]
    return " ".join(words)


def phrases_of(query: str) -> tuple[Phrase, ...]:
    """What a person typed: all of it must be there. "two words" in quotes follow each other; a star at the end: goes on."""
    found = []
    for quoted, bare in _QUOTED.findall(query):
        words = words_of(quoted or bare)
        if words:
            found.append(Phrase(words, prefix=bare.endswith("*") and words[-1].isalnum()))
    return tuple(found)


def _folded(letter: str) -> str:
    code, kind = ord(letter), unicodedata.category(letter)
    if kind == "Cf" or _in(code, _LEFT_OUT):
        return ""
    if kind.startswith(_BREAKS):
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if code < 0x80:
        return letter.lower() if letter.isalnum() else " "
    if kind.startswith("S") or _in(code, _WITHOUT_SPACES):
        return f" {letter} "
    plain = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(_SAME_LETTER.get(each, each) for each in plain if not _in(ord(each), _LEFT_OUT))


def _in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
