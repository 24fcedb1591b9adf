"""Any Unicode text prints: what the fonts cannot draw, or what nobody would see, is printed as its number and name.

`⟨U+1F602 face with tears of joy⟩`. The text itself is never changed; this makes the copy that goes on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

Face = frozenset[int]

MOST_PILED = 3  # accents above or below one letter; no language piles more, and more would be drawn over the lines around
MOST_MARKS = 8  # of any kind, vowel signs included: Burmese needs six
_PILED = 200  # combining classes from here on stack (Unicode Standard, section 3.11 and UnicodeData)
_LONGEST_WORD = 64  # no break inside a wallet address or SHA-256; longer runs would leave the page
_BREAK_EVERY = 30
_SAME_IN_A_ROW = 4

_PLAIN = re.compile(r"[\n\x20-\x7e]*")
_UNBROKEN = re.compile(rf"[!-~\u00a1-\u10ff\u1200-\u1fff]{{{_LONGEST_WORD + 1},}}")
_CONTROLS = {
    0x00: "null",
    0x07: "bell",
    0x08: "backspace",
    0x0B: "line tabulation",
    0x0C: "form feed",
    0x0D: "carriage return",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
}
_JOINERS = (0x200C, 0x200D)
# Arabic and Syriac, their supplements and forms; the scripts of India and Sri Lanka: there a joiner is part of the spelling.
_JOINING = ((0x0600, 0x07BF), (0x0840, 0x0DFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))

MARKS_LEFT_OUT = "marks"


def code(character: str) -> str:
    """`U+1F602`."""
    return f"U+{ord(character):04X}"


def name(character: str, words: dict[str, str]) -> str:
    """The character's Unicode name in small letters, or what kind of nameless thing it is, in the words given."""
    known = unicodedata.name(character, "").lower() or _CONTROLS.get(ord(character), "")
    if known:
        return known
    kinds = {"Cc": "control", "Cs": "unpaired", "Co": "private_use"}
    return words[kinds.get(unicodedata.category(character), "unassigned")]


class Drawing:
    """Makes printable copies with one set of faces, and counts what could not be drawn.

    `counts`: by character, or `MARKS_LEFT_OUT`. A cluster (letter with its marks) is drawn only where one face has all of
    it, because a typesetter takes a cluster from a single face. Without faces (on a screen, in a letter) every letter can be
    drawn, and only what nobody would see is named.
    """

    def __init__(self, faces: Sequence[Face] | None, words: dict[str, str]) -> None:
        self._faces = None if faces is None else tuple(faces)
        self._words = words
        self._known: dict[str, bool] = {}
        self.counts: Counter[str] = Counter()

    def runs(self, text: str) -> list[tuple[str, bool]]:
        """The text as (characters, is it a number-and-name) in order; neighbours of one kind are joined."""
        if _PLAIN.fullmatch(text):
            return [(_breakable(text), False)] if text else []
        out: list[tuple[str, bool]] = []
        for piece, is_code in _joined(self._pieces(text)):
            out.append((piece if is_code else _breakable(piece), is_code))
        return out

    def plain(self, text: str) -> str:
        """The same as one string, never broken: for our own words, hashes and commands."""
        return text if _PLAIN.fullmatch(text) else "".join(piece for piece, _ in self._pieces(text))

    def _pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        at = 0
        while at < len(text):
            character = text[at]
            end = at + 1
            while end < len(text) and _is_mark(text[end]):
                end += 1
            marks = text[at + 1 : end]
            if self._is_shown(character, text, at):
                yield from self._marks(character, marks)
            elif marks:
                yield from self._coded(character, 1)
                yield from self._marks(None, marks)
            else:
                while end < len(text) and text[end] == character:
                    end += 1
                yield from self._coded(character, end - at)
            at = end

    def _is_shown(self, character: str, text: str, at: int) -> bool:
        if character in "\n\t ":
            return True
        if ord(character) in _JOINERS:
            return 0 < at < len(text) - 1 and _joins(text[at - 1]) and _joins(text[at + 1])
        if _is_mark(character) or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return False  # a mark comes here only when it has no letter to stand on
        return self._covered(character)

    def _covered(self, cluster: str) -> bool:
        known = self._known.get(cluster)
        if known is None:
            points = {ord(character) for character in cluster}
            known = self._known[cluster] = self._faces is None or any(points <= face for face in self._faces)
        return known

    def _marks(self, base: str | None, marks: str) -> Iterator[tuple[str, bool]]:
        """The base with the marks that can be drawn on it; the rest by number and name."""
        shown = base or ""
        after: list[str] = []
        left_out = piled = 0
        for mark in marks:
            piled += unicodedata.combining(mark) >= _PILED
            if _is_selector(mark):
                self.counts[mark] += 1
            elif base is None:
                after.append(mark)
            elif piled > MOST_PILED or len(shown) > MOST_MARKS:
                left_out += 1
            elif self._covered(shown + mark):
                shown += mark
            else:
                after.append(mark)
        if shown:
            yield ("    " if shown == "\t" else shown), False
        for mark in after[:MOST_MARKS]:
            yield from self._coded(mark, 1)
        left_out += len(after[MOST_MARKS:])
        if left_out:
            self.counts[MARKS_LEFT_OUT] += left_out
            yield f"⟨+{left_out}⟩", True

    def _coded(self, character: str, repeats: int) -> Iterator[tuple[str, bool]]:
        self.counts[character] += repeats
        shown = f"{code(character)} {name(character, self._words)}"
        if repeats < _SAME_IN_A_ROW:
            for _ in range(repeats):
                yield f"⟨{shown}⟩", True
        else:
            yield f"⟨{shown} ×{repeats}⟩", True


def direction(text: str) -> str:
    """`rtl` or `ltr`, from the first letter that has a direction."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_mark(character: str) -> bool:
    """Whatever typesetters keep in one cluster with the letter before it."""
    if character < "\u0300":
        return False
    if unicodedata.category(character) in ("Mn", "Mc", "Me"):
        return True
    return "\u1160" <= character <= "\u11ff" or character in "\uff9e\uff9f" or "\U0001f3fb" <= character <= "\U0001f3ff"


def _joins(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _JOINING)


def _joined(pieces: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    kept: list[str] = []
    kind = False
    for piece, is_code in pieces:
        if kept and is_code != kind:
            yield "".join(kept), kind
            kept = []
        kind = is_code
        kept.append(piece)
    if kept:
        yield "".join(kept), kind


def _breakable(text: str) -> str:
    """Zero-width spaces inside runs too long for a line, so that nothing leaves the page."""

    def cut(found: re.Match[str]) -> str:
        word = found.group()
        return "\u200b".join(word[at : at + _BREAK_EVERY] for at in range(0, len(word), _BREAK_EVERY))

    return _UNBROKEN.sub(cut, text)
