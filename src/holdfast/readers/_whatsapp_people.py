"""Who a head is: "Maya", "~ Maya", "‪+44 7700 900123‬" are people; "Maya changed the subject to "a" is half a notice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from holdfast.readers._contract import Options
from holdfast.readers._dates import MARKS
from holdfast.readers._whatsapp_notices import GROUP_ACTS
from holdfast.readers._whatsapp_phrases import folded, phrases
from holdfast.readers._whatsapp_survey import Survey
from holdfast.readers._whatsapp_text import mended
from holdfast.readers._who import same_person

LONG_NAME = 60  # characters; WhatsApp's own names end at 25, a group's at 100
WORDS = 7  # of a name, at most, and one
KEPT = 65_536  # heads remembered; beyond, they are worked out again
_ACTS = tuple(phrases(GROUP_ACTS))
_PHONE = re.compile(r"\+?[\d\s()./\-\u2010-\u2013]{7,}")
_SENTENCES = re.compile(
    r"(?:\S+ ){3,8}\S*[^\W\d_]{3}[.!?] \S|[。！？]\S"
)  # "This chat is with a business. Learn more: https://..."
_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_QUOTES = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("„", "“"))


@dataclass(frozen=True, slots=True)
class Who:
    """A sender as shown. `from_me` is None while nobody knows. `doubtful`: it may be a notice instead."""

    name: str
    from_me: bool | None
    doubtful: bool = False


@dataclass(slots=True)
class People:
    """The heads of one file. `known` holds those that are plainly people."""

    found: Survey
    me: frozenset[str]
    known: dict[str | None, Who] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, found: Survey, options: Options) -> People:
        reached = any(same_person(clean_name(head), options.me) for head in found.heads if head)
        return cls(found, options.me if reached else frozenset())  # if nobody here goes by these names, nobody knows who is who

    def who(self, head: str, line: str) -> Who | None:
        """The sender, or None where head and line together are a notice. `line` is head and body, first line only."""
        if head in self.known:
            return self.known[head]
        name = clean_name(head)
        seen = self.found.heads[head]
        acts = _acts(line if _open_quote(head) else head)
        if seen < 2 and (acts or _SENTENCES.search(head)):
            return None
        who = Who(name, self._from_me(name), acts or len(name) > LONG_NAME or "://" in head or (seen < 2 and _open_quote(head)))
        if not who.doubtful:
            if len(self.known) >= KEPT:
                self.known.clear()
            self.known[head] = who
        return who

    def never_typed(self, head: str) -> bool:
        """Whether everything after this head was written by the app: then it can be the name of a group."""
        return self.found.heads[head] == self.found.marked_heads[head]

    def begins_with_a_name(self, text: str) -> bool:
        """Whether the text begins with the name of somebody in this chat ("Sam added Maya")."""
        if not self.names:
            self.names.update(clean_name(head) for head in self.found.heads if head)
        words = text.lstrip("~ \u00a0\u202f").split(" ")[:WORDS]
        return any(" ".join(words[:n]) in self.names for n in range(1, len(words)))

    def _from_me(self, name: str) -> bool | None:
        return same_person(name, self.me) if self.me else None


def clean_name(head: str) -> str:
    """The name as a person knows it: no direction marks around it, no "~" of an unknown contact, plain spaces."""
    name = mended(head).strip(MARKS + " \u00a0\u202f")
    if name.startswith("~"):
        name = name[1:].strip(MARKS + " \u00a0\u202f")
    if _PHONE.fullmatch(name.translate(_NO_MARKS)):
        name = name.translate(_NO_MARKS).replace("\u2011", "-")
    return re.sub("[\u00a0\u202f]", " ", name)


def _acts(text: str) -> bool:
    line = folded(text)
    return len(line) > 6 and any(act in line for act in _ACTS)


def _open_quote(head: str) -> bool:
    if head.count('"') % 2:
        return True
    return any(head.count(opening) > head.count(closing) for opening, closing in _QUOTES)
