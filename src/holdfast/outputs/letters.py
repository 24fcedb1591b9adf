"""Letters, filled from the case and checked: a part that is missing is a clear blank, and the person is told of it first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from holdfast.content import load
from holdfast.content.letter import Letter
from holdfast.errors import ContentError, WrongUse
from holdfast.model import Demand, Finding
from holdfast.outputs.characters import Drawing
from holdfast.outputs.first_page import amount, demands_shown, limit_words
from holdfast.outputs.listings import identifier_kind
from holdfast.outputs.passages import Shelf, shown, snippet
from holdfast.outputs.phrases import local_time
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words, wording

Thing = TypeVar("Thing")
MOST_QUOTES = 20
LONG_MESSAGE = 600  # characters; of a longer message only the passages are quoted
_BLANK = re.compile(r"\{([a-z_]+)\}")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def letters() -> list[Letter]:
    """All letters there are, by id."""
    return sorted(load().letters.values(), key=lambda letter: letter.id)


def write_letter(view: CaseView, letter_id: str, place: str = "", *, parts: Mapping[str, str] | None = None) -> str:
    """The letter as Markdown. `place` is a country (`pk`); `parts` are what the person filled in, by name (`your_name`).

    A note for the person stands first, with everything that is still missing and where the letter can go. WrongUse for a
    letter there is not; ContentError for one that names a part nobody knows.
    """
    letter = load().letters.get(letter_id)
    if letter is None:
        raise WrongUse(f"There is no letter called {letter_id}.", next_step="Ask for the list of letters.")
    words = wording()
    filled = _case_parts(view, place, words) | {name: _plain(text, words) for name, text in (parts or {}).items()}
    known = filled.keys() | words["letter"]["blank"].keys()
    if unknown := [name for name in (*_BLANK.findall(letter.body), *letter.requires) if name not in known]:
        raise ContentError(f"letters/{letter.id}.md", unknown[0], "no part of a case has this name")
    blanks = words["letter"]["blank"]
    body = _BLANK.sub(
        lambda found: filled.get(found[1], "") or f"[{blanks.get(found[1], words['letter']['none'])}]", letter.body
    )
    missing = [blanks.get(name, name) for name in letter.requires if not filled.get(name)]
    return "\n".join([*_note(missing, place, words), body, ""])


def missing_parts(view: CaseView, letter_id: str, place: str = "", *, parts: Mapping[str, str] | None = None) -> list[str]:
    """Names of the required parts that neither the case nor the person has given yet."""
    filled = _case_parts(view, place, wording()) | dict(parts or {})
    return [name for name in load().letters[letter_id].requires if not filled.get(name)]


def _case_parts(view: CaseView, place: str, words: Words) -> dict[str, str]:
    """What the case itself can say. An empty text is a part it cannot give."""
    shelf = Shelf(view)
    findings = shown(view)
    spots = [shelf.find(finding) for finding in findings]
    dated = [sent for spot in spots if spot and (sent := spot[1][spot[2]].sent) is not None and sent.local is not None]
    times = [local_time(sent) for sent in sorted(dated, key=lambda sent: sent.local or "")]
    say = words["letter"]
    return {
        "case_ref": view.case_ref,
        "today": view.made_at[:10],
        "place": _place_name(view, place),
        "fingerprint": view.fingerprint,
        "who": _list((actor.name for actor in view.assessment.actors if not actor.from_me), lambda name: _plain(name, words)),
        "when": f"{times[0]} – {times[-1]}" if times else "",
        "said": _said(view, shelf, words),
        "demands": _list(demands_shown(view), lambda demand: _demand_line(demand, shelf, words)) or say["no_demands"],
        "identifiers": _list(
            {(found.kind, found.value): found for found in view.assessment.identifiers}.values(),
            lambda found: f"{identifier_kind(found, words)}: {_plain(found.value, words)}",
        )
        or say["no_identifiers"],
        "exhibits": _list(
            view.exhibits,
            lambda exhibit: (
                f"{exhibit.number}, {_plain(exhibit.name, words)}, SHA-256 {exhibit.sha256}"
                + ("" if exhibit.kept else f" ({say['observed']})")
            ),
        ),
        "offences": _list(
            view.offences,
            lambda offence: (
                f"{offence.instrument}, {offence.section}: {offence.covers} "
                f"({words['offences']['source']}: {offence.cited.source}; {_checked(offence.cited.checked, words)})"
            ),
        )
        or say["no_offences"],
    }


def _said(view: CaseView, shelf: Shelf, words: Words) -> str:
    """One line for each message with findings: when, who, its words, what was found in them."""
    found: dict[tuple[int, int], list[Finding]] = {}
    lines = []
    for finding in shown(view):
        spot = shelf.find(finding)
        if spot is None:
            lines.append(f"- “{_plain(finding.quote, words)}” ({words['label'].get(finding.label, finding.label)})")
        else:
            found.setdefault((id(spot[1]), spot[2]), []).append(finding)
    for findings in found.values():
        exhibit, part, at = shelf.find(findings[0]) or ("", [], 0)
        message = part[at]
        sent = message.sent
        time = (local_time(sent) if sent.local else sent.printed) if sent else words["when"]["unknown"]
        labels = ", ".join(dict.fromkeys(words["label"].get(each.label, each.label) for each in findings))
        text = message.text
        if len(text) > LONG_MESSAGE:
            text = " […] ".join(dict.fromkeys(each.quote for each in findings))
        who = message.sender or words["first"]["unknown_speaker"]
        lines.append(f"- {_plain(time, words)}, {_plain(who, words)}: “{_plain(text, words)}” ({labels}; {exhibit})")
    if len(lines) > MOST_QUOTES:
        lines[MOST_QUOTES:] = [f"- {words['first']['more'].format(count=len(lines) - MOST_QUOTES)}"]
    return "\n".join(lines)


def _demand_line(demand: Demand, shelf: Shelf, words: Words) -> str:
    limit = f"; {limit_words(demand.deadline, words)}" if demand.deadline else ""
    doubt = f" ({demand.doubt})" if demand.doubt else ""
    quote = "".join(run for run, _ in snippet(demand.quote, demand.place, shelf, demand.start)["said"])
    return f"{amount(demand, words)}{doubt}: “{_plain(quote, words)}”{limit}"


def _note(missing: list[str], place: str, words: Words) -> list[str]:
    """For the person, before the letter: what is missing, and where it can go."""
    say = words["letter"]
    lines = [f"> **{say['before']}**", ">"]
    if missing:
        lines += [f"> {say['fill_in']}", *(f"> - {part}" for part in missing), ">"]
    country = load().countries.get(place)
    routes = [route for route in country.report_to if route.kind in ("police", "cyber_unit")] if country else []
    if routes:
        lines += [f"> {say['where']}"]
        for route in routes:
            ways = ", ".join(way for way in (route.phone, route.url) if way)
            lines.append(f"> - {route.name}: {ways} ({route.source}; {_checked(route.checked, words)})")
        lines.append(">")
    return [*lines, f"> {say['remove']}", ""]


def _checked(day: str, words: Words) -> str:
    say = words["offences"]
    return str(say["checked"].format(day=day) if day else say["unchecked"])


def _place_name(view: CaseView, place: str) -> str:
    if view.plan and view.plan.place == place:
        return view.plan.place_name
    country = load().countries.get(place)
    return country.name if country else view.plan.place_name if view.plan else ""


def _list(things: Iterable[Thing], line: Callable[[Thing], str]) -> str:
    return "\n".join(f"- {line(thing)}" for thing in things)


def _plain(untrusted: str, words: Words) -> str:
    """Foreign text on one line of Markdown: no markup works, and nothing in it is invisible."""
    one_line = " ".join(untrusted.split())
    return _MARKUP.sub(r"\\\1", Drawing(None, words["shown"]).plain(one_line))
