"""The word lists and rules of one language: one TOML file in content/signals/, checked when it is loaded.

Adding a language is adding a file. An entry of a list is a phrase in the dialect of `matcher`; a blank stands for one to three
characters between words; `{name}` stands for the word list of that name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec

from holdfast.assessment.matcher import words_pattern
from holdfast.assessment.normalise import fold
from holdfast.errors import ContentError
from holdfast.model import LABELS

_REFERENCE = re.compile(r"\{([a-z_]+)\}")
ANCHORS_TOGETHER = 20  # lists in one pattern: measured, 60 ran fifty times slower than three times 20
Texts = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what a signals file holds: unknown keys are mistakes."""


class Rule(Strict, frozen=True, kw_only=True):
    """A way of threatening: `parts` in this order within one sentence, at most `gap` characters apart.

    A part is one list, or several joined by "|". `needs`: each must stand somewhere near, by the same speaker. `clear_with`:
    what turns a possible finding into a clear one.
    """

    id: str
    label: str
    form: Literal["direct", "conditional", "veiled"] = "direct"
    certainty: Literal["clear", "possible"] = "clear"
    parts: Texts
    gap: int = 40
    needs: tuple[str, ...] = ()
    clear_with: str = ""


class Guard(Strict, frozen=True, kw_only=True):
    """What speaks against a finding: `drop` takes it away, `possible` lowers it. `spared_by`: lists that keep it as it was.

    `where`: inside the found words, `before` them (within `reach` characters of the same sentence), in the same `sentence`,
    or anywhere in the `message` (within 800 characters). `labels` empty: all.
    """

    name: str
    list: str
    where: Literal["inside", "before", "sentence", "message"]
    effect: Literal["drop", "possible"]
    reach: int = 60
    labels: tuple[str, ...] = ()
    spared_by: str = ""


class DemandRule(Strict, frozen=True, kw_only=True):
    """Something wanted that is not an amount of money: the list that says it. `weight`: `weak` counts only beside a threat."""

    kind: str
    list: str


class Money(Strict, frozen=True, kw_only=True):
    """How money is said: number words, multipliers, currency words and payment rails (ids of content/payments).

    A currency is an ISO 4217 code or a coin; "USD?" is probable, "INR?PKR" one of several. `settles`: words elsewhere in the
    message that settle such a doubt. `asks`: words before which a bare number is an amount, unless a word follows that is not
    in `after`.
    """

    numbers: dict[str, int] = {}
    multipliers: dict[str, int] = {}
    currencies: dict[str, str] = {}
    settles: dict[str, str] = {}
    rails: dict[str, tuple[str, ...]] = {}
    asks: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Time(Strict, frozen=True, kw_only=True):
    """How a time limit is said: a duration (number and unit) or a moment (day, weekday, part of day, clock), beside a cue.

    Keys are patterns. `clock` has the groups hour, minute and am/pm (or half); `sure_clock` is one that
    no bare number is taken for (empty: the same), `at` comes before a bare one. `before_words`: cues after which a bare day is
    not included. `alone`: moments that need no cue when a demand stands beside them.
    Parts of the day are am, noon, pm, evening, night, midnight.
    """

    joiner: str = ""
    at: str = ""
    duration_before: tuple[str, ...] = ()
    duration_after: tuple[str, ...] = ()
    moment_before: tuple[str, ...] = ()
    moment_after: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    clock: str = ""
    sure_clock: str = ""
    before_words: tuple[str, ...] = ()
    numbers: dict[str, float] = {}
    units: dict[str, int] = {}
    days: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    parts: dict[str, Literal["am", "noon", "pm", "evening", "night", "midnight"]] = {}


class Language(Strict, frozen=True, kw_only=True, eq=False):
    """One file. `spaces`: whether words are parted by spaces. `script`: a character class of its letters. `anchors`:
    the lists looked for first; every rule needs one of them. `masked`: words found behind stars (n*des)."""

    language: str
    spaces: bool
    script: str
    anchors: Texts
    masked: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    lists: dict[str, Texts]
    rule: tuple[Rule, ...]
    guard: tuple[Guard, ...] = ()
    demand: tuple[DemandRule, ...] = ()
    money: Money = Money()
    time: Time = Time()

    def pattern(self, name: str) -> str:
        """The pattern of a list, its words as group 1."""
        return words_pattern((self.expanded(entry) for entry in self.lists[name]), edges=self.spaces)

    def anchor_patterns(self) -> tuple[str, ...]:
        """Patterns for the words of all anchor lists: several, as one of all is too large for the fast engine's cache."""
        groups = (self.anchors[at : at + ANCHORS_TOGETHER] for at in range(0, len(self.anchors), ANCHORS_TOGETHER))
        return tuple(
            words_pattern(
                dict.fromkeys(self.expanded(entry) for name in group for entry in self.lists[name]), edges=self.spaces
            )
            for group in groups
        )

    def slot_pattern(self) -> str:
        """One pattern without which a text holds no amount, time limit or way of paying of this language."""
        money, time = self.money, self.time
        words = [*money.numbers, *money.multipliers, *time.numbers, *time.days, *time.weekdays, *time.parts]
        return "|".join(dict.fromkeys(["[0-9]", *words, *(word for rail in money.rails.values() for word in rail)]))

    def expanded(self, entry: str) -> str:
        """The entry with every `{name}` replaced by that word list, as a group."""
        while found := _REFERENCE.search(entry):
            inner = "|".join(self.words[found.group(1)])
            entry = entry.replace(found.group(), f"(?:{inner})")
        return entry


def load(name: str, text: str) -> Language:
    """A signals file, checked: keys, names, patterns. ContentError names file and key."""
    try:
        language = msgspec.convert(tomllib.loads(text), Language)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise ContentError(name, "", str(error)) from None
    tags = set(language.lists)
    for rule in language.rule:
        if rule.label not in LABELS:
            raise ContentError(name, rule.id, f"{rule.label} is not a label")
        for part in (*rule.parts, *rule.needs, rule.clear_with):
            _known(name, rule.id, part, tags)
        if not any(set(part.split("|")) <= set(language.anchors) for part in (*rule.parts, *rule.needs)):
            raise ContentError(name, rule.id, "no part of it is made of anchor lists: it would never be looked for")
    for guard in language.guard:
        _known(name, guard.name, guard.list, tags)
        _known(name, guard.name, guard.spared_by, tags)
    for anchor in language.anchors:
        _known(name, "anchors", anchor, tags)
    for demand in language.demand:
        _known(name, demand.kind, demand.list, tags)
    for key in tags:
        for entry in language.lists[key]:
            if fold(entry).text != entry:
                raise ContentError(name, key, f"{entry!r} is not folded text: it would never match")
    return language


SLOT_TAGS = frozenset({"money", "deadline", "wallet"})  # tags that slots give, not lists


def _known(name: str, key: str, part: str, tags: set[str]) -> None:
    for tag in part.split("|") if part else ():
        if tag not in tags and tag not in SLOT_TAGS:
            raise ContentError(name, key, f"no list is called {tag}")


@cache
def languages() -> Mapping[str, Language]:
    """Every language there is a file for, by its code."""
    folder = files("holdfast.content.signals")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    loaded = (load(name, (folder / name).read_text(encoding="utf-8")) for name in names)
    return {language.language: language for language in loaded}
