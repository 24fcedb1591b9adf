"""Where the words of the lists stand: rows of folded text in, hits out. One pass finds candidates, a second looks closely.

Most messages hold no word of any anchor list; they cost one scan of the joined blob and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from holdfast.assessment.grammar import Grammar, Hit
from holdfast.assessment.lexicon import Language, languages
from holdfast.assessment.matcher import ENGINES, Blob, Engine, Pattern, compiled
from holdfast.assessment.respell import Speller

_PLAIN_WORD = re.compile("[a-z]{3,}")
BATCH = 4000  # rows joined at a time: bounds memory, large enough to hide the cost of a call


class Scanner:
    """All lists of all languages, compiled for one engine, and the grammar over them."""

    def __init__(self, every: Mapping[str, Language], engine: Engine) -> None:
        self.languages = every
        self.grammar = Grammar(every.values())
        self._lists: list[tuple[Language, str, Pattern]] = [
            (language, name, compiled(language.pattern(name), engine)) for language in every.values() for name in language.lists
        ]
        self._anchors = [compiled(pattern, engine) for language in every.values() for pattern in language.anchor_patterns()]
        self._slots = {language.language: compiled(language.slot_pattern(), engine) for language in every.values()}
        self._letters = {code: re.compile(f"[{language.script}]") for code, language in every.items()}

    def candidates(self, rows: Sequence[str]) -> list[int]:
        """Numbers of the rows in which some anchor list has a word, ascending."""
        found: set[int] = set()
        for at in range(0, len(rows), BATCH):
            blob = Blob(rows[at : at + BATCH])
            for pattern in self._anchors:
                found.update(at + row for row in blob.rows_with(pattern))
        return sorted(found)

    def hits(self, rows: Sequence[str]) -> list[list[Hit]]:
        """All hits of each row, in order of their start."""
        found: list[list[Hit]] = [[] for _ in rows]
        for at in range(0, len(rows), BATCH):
            blob = Blob(rows[at : at + BATCH])
            present = {code for code, letter in self._letters.items() if letter.search(blob.text)}
            for language, name, pattern in self._lists:
                if language.language in present:
                    bit = self.grammar.bits[name]
                    for row, start, end in blob.spans(pattern):
                        found[at + row].append(Hit(start, end, name, bit, language.language))
        for hits in found:
            hits.sort()
        return found

    def spans(self, name: str, rows: Sequence[str]) -> list[tuple[int, int, int]]:
        """Row, start and end of every place where the list of that name has words, in any language."""
        blob = Blob(rows)
        return [span for _, tag, pattern in self._lists if tag == name for span in blob.spans(pattern)]

    def spoken(self, text: str) -> list[Language]:
        """The languages whose letters stand in a text; all of them where it has no letters (a bare amount)."""
        here = [language for code, language in self.languages.items() if self._letters[code].search(text)]
        return here or list(self.languages.values())

    def may_hold_slots(self, text: str, language: Language) -> bool:
        """Whether an amount, a time limit or a way of paying of this language can stand in the text at all."""
        return self._slots[language.language].search(text) is not None


@cache
def scanner(engine: Engine = ENGINES[0]) -> Scanner:
    """The scanner over every language there is a file for."""
    return Scanner(languages(), engine)


@cache
def speller() -> Speller:
    """Knows the Latin words of every list, and those worth finding behind stars."""
    words: set[str] = set()
    masked: list[str] = []
    for language in languages().values():
        masked += language.masked
        for entries in (*language.lists.values(), *language.words.values()):
            words.update(word for entry in entries for word in _spelled(entry))
    return Speller(frozenset(words | set(masked)), tuple(masked))


def _spelled(entry: str) -> Iterable[str]:
    """The plain words of an entry: once without its optional letters, once with them."""
    bare = re.sub(r"\{[^}]*\}", " ", entry)
    short = re.sub(r"\(\?:[^()]*\)\?|[a-z]\?", "", bare)
    long = re.sub(r"\(\?:([^()|]*)[^()]*\)\?", r"\1", bare)
    return _PLAIN_WORD.findall(short.replace("(?:", " ")) + _PLAIN_WORD.findall(long.replace("(?:", " ").replace("?", ""))
