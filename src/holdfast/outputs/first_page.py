"""Page one of the dossier: two minutes of reading. Who speaks, what was said, what is demanded and by when, what exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from holdfast.model import Actor, Demand
from holdfast.outputs.demanded import amount, limit_words, same_thing, sums
from holdfast.outputs.lines import quote
from holdfast.outputs.passages import Passage, Shelf, said_by
from holdfast.outputs.phrases import Piece, counted, named, shortened, when, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

MOST = 5  # messages; the rest is in the pages behind
MOST_DEMANDS = 4
MOST_PEOPLE = 4
LONGEST_QUOTE = 360  # characters of one message on page one
LONGEST_CLAUSE = 160


def first_page(view: CaseView, shelf: Shelf, found: Sequence[Passage], words: Words, gaps: int) -> Piece:
    """The lines under each heading of page one."""
    say = words["first"]
    threats = [passage for passage in found if passage.findings]
    chosen = _chosen(threats)
    asked = _asked(found)
    judged = [finding.id in view.accepted for passage in threats for finding in passage.findings]
    noted = sum(not exhibit.kept for exhibit in view.exhibits)
    return {
        "kind": "first",
        "lead": say["lead"],
        "place": view.plan.place_name if view.plan else "",
        "people": _block(say, "who", _who(view, found, words), MOST_PEOPLE),
        "threatened": _block(say, "threatened", [threat(passage, shelf, words) for passage in chosen], MOST)
        | ({} if view.messages() or threats else {"none": say["unread_none"]})
        | {"more": _more(threats, chosen, words), "labels": _labels(threats, words) if len(threats) > len(chosen) else ""},
        "demanded": _block(say, "demanded", [_demand(*each, chosen, shelf, words) for each in asked], MOST_DEMANDS)
        | {"sums": sums([demand for _, demand, _ in asked], words)},
        "exists": say["exists_text"].format(exhibits=len(view.exhibits), messages=f"{view.messages():,}", gaps=gaps),
        "observed": say["observed"].format(count=noted) if noted else "",
        "only_found": say["only_found"] if found else "",
        "confirmed": say["confirmed_of"].format(accepted=sum(judged), all=len(judged)) if judged else "",
        "asked": say["asked_lines"],
    }


def threat(passage: Passage, shelf: Shelf, words: Words, most: int = LONGEST_QUOTE) -> Piece:
    """A passage as one block: what was found, in the whole message, by whom and when."""
    message = passage.message
    say = words["first"]
    return {
        "number": passage.number,
        "head": labels(passage, words),
        "who": named((message.sender if message else "") or say["unknown_speaker"]),
        "speaker": speaker(passage, words),
        "quote": quote(message.text, passage.spans, words, most=most)
        if message
        else shortened(" … ".join(finding.quote for finding in passage.findings), most),
        "when": when(message.sent if message else None, words),
        "where": where(passage.place, shelf.exhibit(passage.place), words),
    }


def labels(passage: Passage, words: Words) -> str:
    """What was found in a passage, each label once: `blackmail with sexual pictures; threat to share private pictures`."""
    return "; ".join(dict.fromkeys(words["label"].get(each.label, each.label) for each in passage.findings))


def speaker(passage: Passage, words: Words) -> str:
    """A mark for words that are not certainly the other side's. Empty where they are."""
    return str(words["speaker"][passage.writer]) if passage.writer else ""


def _block(say: Words, key: str, lines: list[Piece], most: int) -> Piece:
    rest = len(lines) - most
    return {
        "title": say[key],
        "none": "" if lines else say[f"{key}_none"],
        "lines": lines[:most],
        "more": say["more"].format(count=rest) if rest > 0 else "",
    }


def _who(view: CaseView, found: Sequence[Passage], words: Words) -> list[Piece]:
    say = words["first"]
    spoken = said_by(found)
    actors = sorted(view.assessment.actors, key=lambda actor: (actor.from_me is True, -spoken[actor.name], -actor.messages))
    return [
        {
            "said": named(actor.name),
            "me": say["me"] if actor.from_me else "",
            "note": _how_much(actor, spoken[actor.name], words),
        }
        for actor in actors
    ]


def _how_much(actor: Actor, spoken: int, words: Words) -> str:
    written = counted(actor.messages, "message", words)
    return f"{written}, {counted(spoken, 'passage', words)}" if spoken else written


def _chosen(threats: Sequence[Passage]) -> list[Passage]:
    """The passages for page one, in order of time: one for every kind of threat first, then the newest."""
    picked: dict[int, Passage] = {}
    seen: set[str] = set()
    clear_first = sorted(threats, key=lambda passage: all(finding.certainty != "clear" for finding in passage.findings))
    for passage in clear_first:
        kinds = {finding.label for finding in passage.findings}
        if not kinds <= seen and len(picked) < MOST:
            seen |= kinds
            picked[passage.number] = passage
    for passage in reversed(threats):
        if len(picked) < MOST:
            picked.setdefault(passage.number, passage)
    return [picked[number] for number in sorted(picked)]


def _more(threats: Sequence[Passage], chosen: Sequence[Passage], words: Words) -> str:
    rest = len(threats) - len(chosen)
    return str(words["first"]["more"].format(count=rest)) if rest else ""


def _labels(threats: Sequence[Passage], words: Words) -> str:
    counts = Counter(label for passage in threats for label in {finding.label for finding in passage.findings})
    listed = (
        f"{words['label'].get(label, label)} ({counted(count, 'message', words)})" for label, count in counts.most_common()
    )
    return str(words["first"]["all_labels"].format(listed="; ".join(listed)))


def _asked(found: Sequence[Passage]) -> list[tuple[Passage, Demand, int]]:
    """Each demand once, where it was said first, and how often it was said. A repeat with a new time limit is its own line."""
    first: dict[object, tuple[Passage, Demand]] = {}
    times: Counter[object] = Counter()
    for passage in found:
        for demand in passage.demands:
            limit = demand.deadline
            key = (same_thing(demand), (limit.at or limit.quote) if limit else None)
            first.setdefault(key, (passage, demand))
            times[key] += 1
    return [(passage, demand, times[key]) for key, (passage, demand) in first.items()]


def _demand(passage: Passage, demand: Demand, times: int, chosen: Sequence[Passage], shelf: Shelf, words: Words) -> Piece:
    say = words["first"]
    block = threat(passage, shelf, words, LONGEST_CLAUSE)
    notes = [demand.doubt or "", say["times"].format(count=times) if times > 1 else ""]
    return block | {
        "head": amount(demand, words),
        "note": "; ".join(note for note in notes if note),
        "limit": shortened(demand.deadline.quote) if demand.deadline else None,
        "limit_note": limit_words(demand.deadline, words) if demand.deadline else "",
        "quote": None if passage in chosen else clause(passage, demand, words),
    }


def clause(passage: Passage, demand: Demand, words: Words, most: int = LONGEST_CLAUSE) -> Piece:
    """A demand's words with enough of its message around them to be understood; only the demand is marked."""
    message = passage.message
    if message is None or message.text[demand.start : demand.end] != demand.quote:
        return shortened(demand.quote, most)
    return quote(message.text, ((demand.start, demand.end),), words, most=most)
