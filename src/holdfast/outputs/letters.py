"""Letters, filled from the case and checked: a part that is missing is a clear blank, and the person is told of it first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from holdfast.content import load
from holdfast.content.letter import Letter
from holdfast.errors import ContentError, WrongUse
from holdfast.model import Actor, Demand, When
from holdfast.outputs.characters import Drawing
from holdfast.outputs.demanded import amount, limit_words, same_thing, sums
from holdfast.outputs.first_page import clause, labels
from holdfast.outputs.laws import covers, days_said, grouped, may, title
from holdfast.outputs.lines import quote
from holdfast.outputs.listings import identifier_kind
from holdfast.outputs.passages import Passage, Shelf, passages, said_by
from holdfast.outputs.phrases import Piece, could_be, local_time
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words, wording

Thing = TypeVar("Thing")
MOST_QUOTES = 20
MOST_TIMES = 5
LONG_MESSAGE = 700  # characters; a longer message is cut around what was found in it
LONG_CLAUSE = 200
_BLANK = re.compile(r"\{([a-z_]+)\}")
_MARKUP = re.compile(r"([\\`*{}\[\]<>#|~]|(?<![^\W_])_|_(?![^\W_]))")  # an underscore inside a name is no markup


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
    if words["letter"]["unsettled"] in body:
        missing.append(words["letter"]["writer"])
    return "\n".join([*_note(missing, place, words), body, ""])


def missing_parts(view: CaseView, letter_id: str, place: str = "", *, parts: Mapping[str, str] | None = None) -> list[str]:
    """Names of the required parts that neither the case nor the person has given yet."""
    filled = _case_parts(view, place, wording()) | dict(parts or {})
    return [name for name in load().letters[letter_id].requires if not filled.get(name)]


def _case_parts(view: CaseView, place: str, words: Words) -> dict[str, str]:
    """What the case itself can say. An empty text is a part it cannot give."""
    shelf = Shelf(view)
    found = passages(view, shelf)
    threats = [passage for passage in found if passage.findings]
    sent = [passage.message.sent for passage in threats if passage.message]
    times = [local_time(each) for each in sent if each is not None and each.local is not None]
    say = words["letter"]
    return {
        "case_ref": view.case_ref,
        "today": view.made_at[:10],
        "place": _place_name(view, place),
        "fingerprint": view.fingerprint,
        "who": _list(_threatening(view, found), lambda actor: _plain(actor.name, words)),
        "when": " – ".join(dict.fromkeys((times[0], times[-1]))) if times else "",
        "said": _said(threats, words),
        "demands": _demands(found, words) or say["no_demands"],
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
        "offences": _laws(view, found, words) or say["no_offences"],
    }


def _threatening(view: CaseView, found: tuple[Passage, ...]) -> list[Actor]:
    """Whoever is quoted in the letter; where nobody is, everybody but the person."""
    others = [actor for actor in view.assessment.actors if not actor.from_me]
    spoken = said_by(found)
    return [actor for actor in others if spoken[actor.name]] or others


def _said(threats: list[Passage], words: Words) -> str:
    """A numbered line for each message with findings: when, who, its words, what was found. Said again: the same line."""
    say = words["letter"]
    repeats: dict[object, list[Passage]] = {}
    for passage in threats:
        message = passage.message
        repeats.setdefault((message.sender, message.text) if message else passage.number, []).append(passage)
    lines: list[str] = []
    for first, *again in list(repeats.values())[:MOST_QUOTES]:
        notes = [labels(first, words)]
        if again:
            times = ", ".join(_time(each.message.sent, words) for each in again[:MOST_TIMES] if each.message)
            notes.append(say["again"].format(times=times + (" …" if len(again) > MOST_TIMES else "")))
        mark = f" **{say[first.writer]}**" if first.writer else ""
        quoted = _plain(_whole(first, words), words)
        lines.append(f"{len(lines) + 1}. {_source(first, words)}: “{quoted}” ({'; '.join(notes)}){mark}")
    if len(repeats) > MOST_QUOTES:
        lines += ["", say["more"].format(count=len(repeats) - MOST_QUOTES)]
    return "\n".join(lines)


def _whole(passage: Passage, words: Words) -> str:
    message = passage.message
    if message is None:
        return " … ".join(dict.fromkeys(each.quote for each in passage.findings))
    return _text(quote(message.text, passage.spans, words, most=LONG_MESSAGE))


def _source(passage: Passage, words: Words) -> str:
    """`2024-03-12 21:15, Rehan K (EX-0001)`."""
    message = passage.message
    time = _time(message.sent if message else None, words)
    who = (message.sender if message else None) or words["first"]["unknown_speaker"]
    exhibit = f" ({passage.spot[0]})" if passage.spot else ""
    return f"{_plain(time, words)}, {_plain(who, words)}{exhibit}"


def _time(sent: When | None, words: Words) -> str:
    if sent is None:
        return str(words["letter"]["untimed"])
    if sent.local is None and sent.readings:
        return f"{sent.printed} ({could_be(sent, words)})"
    return local_time(sent) if sent.local else sent.printed


def _demands(found: tuple[Passage, ...], words: Words) -> str:
    """One line for each message that demands something new, with its time limit; the sums at the end."""
    seen: set[object] = set()
    lines = []
    for passage in found:
        new = []
        for demand in passage.demands:
            key = (same_thing(demand), demand.deadline.quote if demand.deadline else "")
            if key not in seen:
                seen.add(key)
                new.append(demand)
        if new:
            asked = "; ".join(_asked(demand, words) for demand in new)
            said = _text(clause(passage, new[0], words, LONG_CLAUSE))
            lines.append(f"- {asked}. {_source(passage, words)}: “{_plain(said, words)}”")
    total = sums([demand for passage in found for demand in passage.demands], words)
    return "\n".join([*lines, *(["", total] if total else [])])


def _asked(demand: Demand, words: Words) -> str:
    doubt = f" ({demand.doubt})" if demand.doubt else ""
    if demand.deadline is None:
        return f"{amount(demand, words)}{doubt}"
    limit = f"{words['first']['limit']} “{_plain(demand.deadline.quote, words)}” ({limit_words(demand.deadline, words)})"
    return f"{amount(demand, words)}{doubt}, {limit}"


def _laws(view: CaseView, found: tuple[Passage, ...], words: Words) -> str:
    """The laws, under the part of the place they belong to where there is more than one."""
    groups = grouped(view.offences, words)
    days = days_said(found)
    lines = []
    for name, laws in groups:
        if len(groups) > 1:
            lines += ["", f"**{name}**", ""]
        for law in laws:
            checked = _checked(law.cited.checked, words)
            sure = may(law, days, words)
            doubt = "" if sure == words["offences"]["may"] else f" {sure.capitalize()}."
            source = f"{words['offences']['source']}: {law.cited.source}; {checked}"
            lines.append(f"- {title(law)}: {covers(law)}{doubt} ({source})")
    return "\n".join(lines).strip()


def _text(piece: Piece) -> str:
    return "".join(run for run, _ in piece["said"])


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
