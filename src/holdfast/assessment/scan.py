"""Where the words of the lists stand: rows of folded text in, hits out. One pass finds candidates, a second looks closely.

Most messages hold no word of any anchor list; they cost one scan of the joined blob and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from holdfast.assessment.lexicon import Language, languages
from holdfast.assessment.matcher import ENGINES, Blob, Engine, Pattern, compiled
from holdfast.assessment.respell import Speller

_PLAIN_WORD = re.compile("[a-z]{3,}")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Words of one list, `start` to `end` in the folded row. `language` is the list's; slots have none and suit all."""

    start: int
    end: int
    tag: str
    language: str = ""


class Scanner:
    """All lists of all languages, compiled for one engine."""

    def __init__(self, every: Mapping[str, Language], engine: Engine) -> None:
        self.engine = engine
        self.languages = every
        self._lists: list[tuple[Language, str, Pattern]] = [
            (language, name, compiled(language.pattern(name), engine)) for language in every.values() for name in language.lists
        ]
        self._letters = {code: re.compile(f"[{language.script}]") for code, language in every.items()}

    def candidates(self, rows: Sequence[str]) -> list[int]:
        """Numbers of the rows in which some anchor list has a word, ascending."""
        blob = Blob(rows)
        found: set[int] = set()
        for language, name, pattern in self._lists:
            if name in language.anchors:
                found.update(row for row, _, _ in blob.spans(pattern))
        return sorted(found)

    def hits(self, rows: Sequence[str]) -> list[list[Hit]]:
        """All hits of each row, in order of their start."""
        blob = Blob(rows)
        found: list[list[Hit]] = [[] for _ in rows]
        present = {code for code, letter in self._letters.items() if letter.search(blob.text)}
        for language, name, pattern in self._lists:
            if language.language in present:
                for row, start, end in blob.spans(pattern):
                    found[row].append(Hit(start, end, name, language.language))
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

    def language_of(self, text: str) -> str:
        """The language whose letters the text has most of. For display only."""
        return max(self._letters, key=lambda code: len(self._letters[code].findall(text)))


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
