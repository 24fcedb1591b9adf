"""From the dossier's data to PDF: the fonts, the characters they can draw, and typst. Same data, same bytes.

Nothing here is fetched: fonts come with the package, Chinese, Japanese and Korean ones from `justmytype_intl_cjk`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib import import_module, resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from holdfast.errors import HoldfastError
from holdfast.outputs.characters import MARKS_LEFT_OUT, Drawing, Face, code, direction, name

MOST_PAGES = 500
_COST_OF_A_VOLUME = 300 * 4500  # characters: 300 pages of about 4,500, so that few volumes need a second cut
_COST_OF_A_TEXT = 60  # white around each piece of text, in characters

# Noto Sans is asked first, symbols last; between them the order does not matter: scripts do not overlap.
_FIRST = "Noto Sans"
_MONOSPACED = "DejaVu Sans Mono (of typst)"
_LAST = ("Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math")
_EAST = {"zh": "Noto Sans SC", "zh-hant": "Noto Sans TC", "ja": "Noto Sans JP", "ko": "Noto Sans KR"}
_PAGE_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b")


class Font(NamedTuple):
    """One family: what it can draw, and what to print about it."""

    family: str
    version: str
    face: Face


class Paper(NamedTuple):
    """A finished dossier: one PDF per volume, its pages, and how often what could not be drawn."""

    volumes: tuple[bytes, ...]
    pages: int
    not_drawn: int


def typeset(data: dict[str, Any]) -> Paper:
    """`dossier_data(...)` as PDF/A-3a and PDF/UA-1, in volumes of at most 500 pages under one numbering."""
    families = fonts()
    drawing = Drawing([font.face for font in families], data["words"]["shown"])
    sections = [_printed(section, drawing) for section in data["sections"]]
    head = _printed(data["head"], drawing)
    head["versions"].append(["typst", version("typst")])
    # Counted before the list itself is printed, so that it lists the evidence and not itself.
    listed = sorted(drawing.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    sections += [_printed(section, drawing) for section in _last_sections(data["words"], listed, families)]
    shared = {
        "head": head,
        "words": data["words"],
        "faces": _face_lists(),
    }
    exact = json.dumps({"exact": data["exact"], "printed": data["sections"]}, ensure_ascii=True, separators=(",", ":"))
    clock = datetime.fromisoformat(data["head"]["made_at"])
    made = int((clock if clock.tzinfo else clock.replace(tzinfo=UTC)).timestamp())
    volumes: list[bytes] = []
    page = 1
    waiting = list(_cut(sections))
    while waiting:
        part = waiting.pop(0)
        volume = {"number": len(volumes) + 1, "first_page": page, "last": not waiting}
        pdf = _compile(shared | {"sections": part, "volume": volume}, exact if not volumes else "", made)
        count = page_count(pdf)
        if count > MOST_PAGES:
            waiting[:0] = _halves(part)
            continue
        volumes.append(pdf)
        page += count
    return Paper(tuple(volumes), page - 1, sum(drawing.counts.values()))


@cache
def fonts() -> tuple[Font, ...]:
    """The families papers are set in, in the order they are asked. Read from the package's own files only."""
    found: dict[str, tuple[str, Face]] = {}
    for folder in _folders():
        for file in sorted(folder.rglob("*.ttf")):
            with TTFont(file, lazy=True) as font:
                family, release = str(font["name"].getDebugName(1)), str(font["name"].getDebugName(5))
                family = family.removesuffix(" Thin")  # a variable font is named after its thinnest weight
                points = frozenset(font.getBestCmap())
                found[family] = (_number(release), points & found[family][1] if family in found else points)
    east = list(_EAST.values())
    families = sorted(
        found, key=lambda family: (family in _LAST, family != _FIRST, east.index(family) + 1 if family in east else 0, family)
    )
    return tuple(Font(family, found[family][0], found[family][1]) for family in families)


def page_count(pdf: bytes) -> int:
    """Pages of a PDF made here, from its page tree."""
    found = _PAGE_COUNT.search(pdf)
    if found is None:
        raise HoldfastError("The pages of a paper could not be counted.")
    return int(found[1] or found[2])


def _number(release: str) -> str:
    found = re.search(r"\d+\.\d+", release)
    return found[0] if found else release


@cache
def _folders() -> tuple[Path, ...]:
    own = Path(str(resources.files("holdfast.outputs"))) / "fonts"
    try:
        package = import_module("justmytype_intl_cjk")
    except ImportError:  # then Chinese, Japanese and Korean are printed by number and name, and the paper says so
        return (own,)
    return (own, Path(str(package.__file__)).parent / "fonts")


@cache
def _typst_fonts() -> typst.Fonts:
    # The monospaced face of hashes and commands is one that typst itself carries.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(each) for each in _folders()])


def _compile(data: dict[str, Any], exact: str, made: int) -> bytes:
    try:
        return typst.compile(
            resources.files("holdfast.outputs").joinpath("dossier.typ").read_bytes(),
            font_paths=_typst_fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=True, separators=(",", ":")), "exact": exact},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=made,
        )
    except typst.TypstError:
        # Its message may quote the evidence, so it goes no further.
        raise HoldfastError(
            "The dossier could not be typeset.", evidence="Your case is unchanged. No paper was made."
        ) from None


# --- the printed copy -------------------------------------------------------------------------------------------------


def _printed(value: Any, drawing: Drawing) -> Any:
    """The same data, with foreign text as runs of [characters, kind] in their direction and face."""
    if isinstance(value, str):
        return drawing.plain(value)
    if isinstance(value, list):
        return [_printed(each, drawing) for each in value]
    if not isinstance(value, dict):
        return value
    if "said" in value and isinstance(value["said"], list):
        return _runs(value["said"], drawing)
    return {key: _printed(each, drawing) for key, each in value.items()}


def _runs(said: list[list[Any]], drawing: Drawing) -> dict[str, Any]:
    whole = "".join(text for text, marked in said if marked is not None)
    way, face = direction(whole), _face(whole)
    # Numbers and names, and words of ours, run from left to right inside a line that runs the other way.
    before, after = ("\u2066", "\u2069") if way == "rtl" else ("", "")
    runs = []
    for text, marked in said:
        kind = {True: "marked", False: "", None: "note"}[marked]
        for piece, is_code in drawing.runs(text):
            kind_of = "code" if is_code else kind
            runs.append([f"{before}{piece}{after}" if kind_of in ("code", "note") else piece, kind_of])
    lang = {"zh-hant": "zh", "plain": "und"}.get(face, face)
    return {"said": runs, "dir": way, "face": face, "lang": lang}


def _face(text: str) -> str:
    """Which list of families the text is set in: four for the shapes of Han characters, one for all else."""
    if text.isascii():
        return "plain"
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return "ja"
    if any("\uac00" <= character <= "\ud7a3" for character in text):
        return "ko"
    han = "".join(character for character in text if "\u4e00" <= character <= "\u9fff")
    if not han:
        return "plain"
    return "zh-hant" if not _encodes(han, "gb2312") and _encodes(han, "big5") else "zh"


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _face_lists() -> dict[str, list[str]]:
    families = [font.family for font in fonts()]
    lists = {"plain": families}
    for key, east in _EAST.items():
        lists[key] = [_FIRST, *(family for family in (east,) if family in families), *families[1:]]
    return lists


def _last_sections(words: Any, listed: list[tuple[str, int]], families: tuple[Font, ...]) -> Iterator[Any]:
    say = words["shown"]
    entries = [
        {"code": "", "name": say["marks"], "count": f"{count:,}"}
        if character == MARKS_LEFT_OUT
        else {"code": code(character), "name": name(character, say), "count": f"{count:,}"}
        for character, count in listed
    ]
    yield {
        "kind": "shown",
        "title": say["title"],
        "intro": say["intro"] if entries else "",
        "none": "" if entries else say["none"],
        "entries": entries,
    }
    given = [*(f"{font.family} {font.version}" for font in families), _MONOSPACED]
    yield {"kind": "made_with", "title": words["made_with"]["title"], "intro": "", "none": "", "entries": [], "fonts": given}


# --- volumes ----------------------------------------------------------------------------------------------------------


def _cut(sections: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Sections in volumes of about equal cost, cut between entries."""
    volume: list[dict[str, Any]] = []
    cost = 0
    for section in sections:
        first, continued = 0, False
        for at, entry in enumerate(section.get("entries", ())):
            cost += _cost(entry)
            if cost > _COST_OF_A_VOLUME and at > first:
                yield [*volume, _slice(section, first, at, continued)]
                volume, cost, first, continued = [], _cost(entry), at, True
        volume.append(_slice(section, first, None, continued) if "entries" in section else section)
    yield volume


def _slice(section: dict[str, Any], first: int, last: int | None, continued: bool) -> dict[str, Any]:
    cut = section | {"entries": section["entries"][first:last]}
    return cut | ({"continued": True, "intro": ""} if continued else {})


def _halves(volume: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """A volume that came out too long, in two."""
    entries = [len(section.get("entries", ())) for section in volume]
    longest = max(range(len(volume)), key=lambda place: entries[place])
    if entries[longest] < 2:
        raise HoldfastError("One entry of the dossier is longer than a volume.")
    middle = entries[longest] // 2
    continued = volume[longest].get("continued", False)
    return [
        [*volume[:longest], _slice(volume[longest], 0, middle, continued)],
        [_slice(volume[longest], middle, None, True), *volume[longest + 1 :]],
    ]


def _cost(entry: Any) -> int:
    """Characters an entry takes, roughly."""
    if isinstance(entry, str):
        return len(entry)
    if isinstance(entry, dict):
        return (
            _COST_OF_A_TEXT + sum(len(text) for text, _ in entry["said"])
            if "said" in entry
            else sum(map(_cost, entry.values()))
        )
    return sum(map(_cost, entry)) if isinstance(entry, list) else 0
