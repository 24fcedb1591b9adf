"""How chat exports print a time: the styles, told from one printed stamp.

A *style* is everything about a stamp that stays the same from message to message on one phone: which of date and clock comes
first, separators, how many digits, seconds or none, where the day part stands, which digits. A *run* is a stretch of
messages of one style; what no single stamp can tell (is 3/4 in March or in April?) is decided per run, in `_dates_order.py`.
Forms come from Unicode CLDR (short and medium date and time of all locales) and from exports seen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from holdfast.readers._dates_dayparts import family_of, family_pattern

MARKS = "\u200e\u200f\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPACE = "[ \u00a0\u202f\u2009_]"
ANY_MARKS = f"[{MARKS}]*"
LONGEST_STAMP = 64

_NO_MARKS = dict.fromkeys(map(ord, MARKS))
_WORD = r"[^\W\d_][^\d,،\[\]:/]{0,24}?"
# Years of another count: Japanese reigns before the year (R6, 令和6), Thai and other eras after it (2567 BE).
_REIGN = r"(?:[RHrh]|令和|平成)"
_ERA = r"(?: ?(?:BE|B\.E\.|พ\.ศ\.|AH|AP|Saka|Minguo|AD|CE))"
_DATE = (
    rf"(?P<reign>{_REIGN}?)(?P<f1>\d{{1,4}})(?P<s1> ?[/.\-] ?)(?P<f2>\d{{1,2}})(?P<s2> ?[/.\-] ?{_REIGN}?)(?P<f3>\d{{1,4}})"
    rf"(?P<tail>\.?(?: ?г\.?)?{_ERA}?)"
)
_CLOCK = (
    rf"(?:(?P<before>{_WORD})(?P<gap> ?))?(?P<hour>\d{{1,2}})(?P<c1>:|\.| ?h ?)(?P<minute>\d\d)"
    rf"(?:(?P<c2>:|\.| ?min ?)(?P<second>\d\d)(?P<unit> s)?)?(?:(?P<rest> ?)(?P<after>{_WORD}\.?))?"
)
# Words between date and clock: Finnish, Danish, German, French, Spanish, Italian, Portuguese, Slavic, Vietnamese, Dutch.
_BETWEEN = r"(?:klo|kl\.?|um|à|a las|a la|alle|às|в|у|u|ob|o|lúc|om|at)"
_JOINT = rf"(?P<joint>[,،、]? ?(?:{_BETWEEN} )?)"
_DATE_FIRST = re.compile(rf"{_DATE}{_JOINT}{_CLOCK}")
_CLOCK_FIRST = re.compile(rf"{_CLOCK}(?P<joint>[,،]? ){_DATE}")


@dataclass(frozen=True, slots=True)
class Style:
    """How one phone prints a time. `widths` are 4, 3 or 2 (one or two digits); spaces in separators stand for any space.

    `daypart` is where the word stands (before, after, or ""), `family` which words (None: a clock of 24 hours), `zero` the zero
    of its digits; `marked` says that direction marks stand inside.
    """

    clock_first: bool
    widths: tuple[int, int, int]
    separators: tuple[str, str, str]
    joint: str
    clock: tuple[str, str, str]
    daypart: str
    family: int | None
    zero: str
    marked: bool
    reign: str = ""  # before the first field: "R" of R6/3/25

    @property
    def seconds(self) -> bool:
        return bool(self.clock[1])

    @property
    def year_first(self) -> bool:
        return self.widths[0] == 4 or bool(self.reign)

    @property
    def pattern(self) -> str:
        """A pattern of exactly this style with three groups: stamp, date, clock."""
        first, last = self.zero, chr(ord(self.zero) + 9)
        digit, upto5 = f"[{first}-{last}]", f"[{first}-{chr(ord(first) + 5)}]"
        fields = [f"{digit}{{{width}}}" if width > 2 else f"{digit}{{1,2}}" for width in self.widths]
        literal = self._marked if self.marked else _literal
        date = literal(self.reign) + "".join(field + literal(sep) for field, sep in zip(fields, self.separators, strict=True))
        clock = f"{digit}{{1,2}}{literal(self.clock[0])}{upto5}{digit}"
        if self.seconds:
            clock += f"{literal(self.clock[1])}[{first}-{chr(ord(first) + 6)}]{digit}{literal(self.clock[2])}"
        if self.family is not None:
            word = family_pattern(self.family)
            gap = f"{SPACE}?"  # 下午9:14 and 下午 9:14, 9:14PM and 9:14 PM: phones change it with an update
            clock = word + gap + clock if self.daypart == "before" else clock + gap + word
        if self.marked:
            date, clock = ANY_MARKS + date, ANY_MARKS + clock
        whole = (clock, date) if self.clock_first else (date, clock)
        return f"(({whole[0]}){literal(self.joint)}({whole[1]}))"

    def _marked(self, text: str) -> str:
        return ANY_MARKS + "".join(_literal(c) + ANY_MARKS for c in text)


def _literal(text: str) -> str:
    return "".join(SPACE if c == " " else re.escape(c) for c in text)


def plain(text: str) -> str:
    """A stamp for parsing: compatibility forms folded, direction marks gone, digits of every script as ASCII."""
    folded = unicodedata.normalize("NFKC", text.translate(_NO_MARKS)).replace("_", " ")
    return folded if folded.isascii() else "".join(_ascii(c) for c in folded)


def _ascii(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


@lru_cache(maxsize=4096)
def style_of(stamp: str) -> Style | None:
    """The style of a printed stamp (at most 64 characters), or None if it is not one."""
    if len(stamp) > LONGEST_STAMP:
        return None
    text = plain(stamp.strip(MARKS))
    clock_first = False
    match = _DATE_FIRST.fullmatch(text)
    if match is None:
        match, clock_first = _CLOCK_FIRST.fullmatch(text), True
    if match is None or not match["joint"]:
        return None
    widths = [len(match[name]) for name in ("f1", "f2", "f3")]
    reigns = bool(match["reign"]) + match["s2"].strip()[-1:].isalpha()
    if reigns > 1 or (not reigns and max(widths[0], widths[2]) < 2):
        return None
    words = [word for word in (match["before"], match["after"]) if word]
    family = family_of(words[0]) if words else None
    if len(words) > 1 or (words and family is None):
        return None
    digits = next(c for c in stamp if c.isdecimal())
    style = Style(
        clock_first=clock_first,
        widths=(max(2, widths[0]), 2, max(2, widths[2])),
        separators=(match["s1"], match["s2"], match["tail"]),
        joint=match["joint"],
        clock=(match["c1"], match["c2"] or "", match["unit"] or ""),
        daypart=("before" if match["before"] else "after") if words else "",
        family=family,
        zero=chr(ord(digits) - unicodedata.decimal(digits)),
        marked=any(c in MARKS for c in stamp),
        reign=match["reign"],
    )
    return style if re.fullmatch(style.pattern, stamp) else None
