"""Which place a plan is for, from what a person typed: `pk`, `us-ca`, `UK`, `Pakistan`."""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.content import Content
from holdfast.content.schema import Country, State

# The 27 members of the European Union (its own list of countries, 2020 on).
UNION = frozenset(
    {
        "at", "be", "bg", "hr", "cy", "cz", "dk", "ee", "fi", "fr", "de", "gr", "hu", "ie",
        "it", "lv", "lt", "lu", "mt", "nl", "pl", "pt", "ro", "sk", "si", "es", "se",
    }
)  # fmt: skip
COMMON_NAMES = {"uk": "gb", "usa": "us", "uae": "ae", "prc": "cn", "el": "gr"}
INTERNATIONAL = "xx"


@dataclass(frozen=True, slots=True)
class Where:
    """A place with what is known about it. `known` false: nothing is collected for it, `country` is the international file."""

    code: str
    name: str
    country: Country
    known: bool
    world: Country
    union: Country | None = None
    state: State | None = None

    @property
    def iso(self) -> str:
        """ISO code of the country typed, also where nothing is collected for it."""
        return self.code.partition("-")[0]

    def covers(self, limit: str) -> bool:
        """Whether a row limited to `limit` (ISO code in capitals, EU, `*` or empty) holds here."""
        return limit in ("", "*", self.iso.upper()) or (limit == "EU" and self.union is not None)


def where(content: Content, place: str) -> Where:
    """The place for what was typed; never an error: what nobody knows becomes the international plan that says so."""
    typed = place.strip().lower()
    world = content.countries[INTERNATIONAL]
    code = COMMON_NAMES.get(typed, typed)
    head, _, tail = code.partition("-")
    head = COMMON_NAMES.get(head, head)
    if head not in content.countries:
        named = _by_name(content, typed)
        if named is None:
            union = content.countries["eu"] if head in UNION else None
            shown = "".join(letter for letter in place.strip()[:40] if letter.isprintable()) or "no place given"
            return Where(head or INTERNATIONAL, f"{shown} (nothing collected yet)", world, False, world, union)
        head, tail = named, ""
    country = content.countries[head]
    state = next((row for row in country.state if row.code == tail.upper()), None)
    union = content.countries["eu"] if head in UNION else None
    name = f"{country.name}, {state.name}" if state else country.name
    return Where(f"{head}-{tail}" if state else head, name, country, head != INTERNATIONAL, world, union, state)


def _by_name(content: Content, typed: str) -> str | None:
    """ISO code of the country with this English name, asked for only when no code fits: it reads every file."""
    return next((iso for iso, country in content.countries.items() if country.name.lower() == typed), None) if typed else None
