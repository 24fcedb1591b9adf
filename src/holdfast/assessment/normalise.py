"""Text -> folded text with a way back: every folded character knows which characters of the original it came from.

Folding makes the same words look the same: NFKC, lower case, Latin letters without marks, digits of every script as 0-9,
look-alike letters inside mixed-script words, traditional Chinese as simplified, Arabic and Urdu letter forms unified.
Invisible characters are dropped; where they split a word they count as evasion, which is itself a sign of mass mail.
Lower-case ASCII comes back unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from holdfast.assessment import scripts

# Zero-width, bidi, soft hyphen, tags, variation selectors, Arabic tatweel and harakat: nobody reads them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\U0001bca0-\U0001bca3\U000e0000-\U000e0fff\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_QUIET = re.compile("[\ufe00-\ufe0f\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")  # everyday writing, never evasion
# What the quick path cannot do: anything that may change the length or needs a look at its neighbours.
_NEEDS_CARE = re.compile(
    "[\x00\u00aa-\u05ff\u0600-\u06ff\u1100-\u11ff\u1c80-\u1fff\u2000-\u200f\u2028-\u206f\u3164\ufb00-\uff00\uff5f-\uffff\U0001d000-\U0001d7ff\U000e0000-\U000e0fff]"
)
_OVERLAY = frozenset("\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e5\u20e6")  # strikes drawn through letters
_LETTER_RUN = re.compile("[a-z\u0370-\u03ff\u0400-\u052f]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. `starts[i]`, `ends[i]` bound the original characters that character i stands for; None: the same."""

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None
    evasions: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original for folded `start` to `end` (a non-empty range)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """The folded text of `text`. Linear; never raises, also for lone surrogates."""
    if text.isascii():
        return Folded(text.lower().replace("\x00", " "))
    if not _NEEDS_CARE.search(text):
        quick = text.translate(scripts.SAME_LENGTH).lower()
        if unicodedata.is_normalized("NFKC", quick):
            return Folded(quick)
    return _with_care(text)


def _with_care(text: str) -> Folded:
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    evasions = 0
    for start, end, cluster, hidden in _clusters(text):
        evasions += hidden
        for char in _plain(cluster):
            chars.append(char)
            starts.append(start)
            ends.append(end)
    folded, swapped = _same_script("".join(chars))
    return Folded(folded, starts, ends, evasions + swapped)


def _clusters(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Start, end, what is visible there, and how many invisible characters split a word right before it."""
    at, size, hidden = 0, len(text), 0
    before = ""
    while at < size:
        char = text[at]
        if _INVISIBLE.match(char):
            hidden += not _QUIET.match(char) and before.isalpha() and not scripts.is_joining(before)
            at += 1
            continue
        end = at + 1
        cluster = char
        while end < size and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            cluster += text[end] if len(cluster) < 8 else ""  # longer stacks are decoration
            end += 1
        yield at, end, cluster, hidden if char.isalpha() else 0
        hidden = 0
        before = char
        at = end


def _plain(cluster: str) -> str:
    """One visible cluster, folded. A NUL becomes a space, so that it can part rows."""
    if cluster.isascii():
        return cluster.lower().replace("\x00", " ")
    shown = unicodedata.normalize("NFKC", "".join(c for c in cluster if c not in _OVERLAY) or " ")
    base = unicodedata.normalize("NFD", shown)
    if base[0].isascii() or scripts.is_latin(base[0]):
        shown = "".join(c for c in base if not unicodedata.combining(c)) or " "
    folded = "".join(scripts.SAME_LENGTH_CHARS.get(c, c) for c in shown.casefold())
    return _INVISIBLE.sub("", folded).replace("\x00", " ") or " "


def _same_script(text: str) -> tuple[str, int]:
    """Words that mix Latin with Cyrillic or Greek written in the script most of their letters have, and how many changed.

    In a text that is mainly Latin, a foreign word made of nothing but look-alikes is taken as Latin too.
    """
    if text.isascii():
        return text, 0
    latin = sum("a" <= c <= "z" for c in text)
    other = sum("\u0370" <= c <= "\u052f" for c in text)
    if not other:
        return text, 0
    changed = 0

    def settle(match: re.Match[str]) -> str:
        nonlocal changed
        word = match.group()
        own = sum("a" <= c <= "z" for c in word)
        foreign = len(word) - own
        if not foreign or (not own and latin <= other):
            return word
        as_latin = word.translate(scripts.TO_LATIN)
        if own >= foreign or as_latin.isascii():
            settled = as_latin if own or as_latin.isascii() else word
        else:
            settled = word.translate(scripts.TO_CYRILLIC)
        changed += settled != word
        return settled

    return _LETTER_RUN.sub(settle, text), changed
