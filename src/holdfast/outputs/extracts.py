"""Passages with the messages around them. Passages that stand close together share one extract of the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from holdfast.model import Place
from holdfast.outputs.demanded import amount
from holdfast.outputs.first_page import labels, speaker
from holdfast.outputs.lines import line, marked
from holdfast.outputs.passages import Passage, Shelf
from holdfast.outputs.phrases import Piece, said, where
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words

AROUND = 2  # messages printed before and after a passage
LONGEST = 30  # passages of one extract, so that a long one can be cut into volumes


def extracts(view: CaseView, found: Sequence[Passage], shelf: Shelf, words: Words) -> list[Piece]:
    """One entry for each run of messages, in order of its first passage: what was said, by whom, and around it."""
    return [_extract(view, run, shelf, words) for run in _runs(found)]


def _runs(found: Sequence[Passage]) -> list[list[Passage]]:
    """Passages whose surroundings touch, together. The passages of one part are in order in it."""
    runs: list[list[Passage]] = []
    last: dict[int, list[Passage]] = {}
    for passage in found:
        before = last.get(id(passage.spot[1])) if passage.spot else None
        if before and len(before) < LONGEST and _near(before[-1], passage):
            before.append(passage)
        else:
            runs.append([passage])
            if passage.spot:
                last[id(passage.spot[1])] = runs[-1]
    return runs


def _near(before: Passage, after: Passage) -> bool:
    if before.spot is None or after.spot is None:
        return False
    return 0 < after.spot[2] - before.spot[2] <= 2 * AROUND + 1


def _extract(view: CaseView, run: Sequence[Passage], shelf: Shelf, words: Words) -> Piece:
    spot = run[0].spot
    if spot is None:
        quotes = [each.quote for each in run[0].found]
        head = _head(view, run[0], words)
        alone = [
            {"quoted": True, "head": head if not at else None, "who": said(""), "when": None, "text": marked(text, ())}
            for at, text in enumerate(quotes)
        ]
        return {
            "where": where(run[0].place, shelf.exhibit(run[0].place), words),
            "alone": words["findings"]["not_found"],
            "lines": alone,
        }
    exhibit, part, at = spot
    here = {passage.spot[2]: passage for passage in run if passage.spot}
    first, last = max(0, at - AROUND), min(len(part), max(here) + AROUND + 1)
    lines = []
    for index in range(first, last):
        passage = here.get(index)
        spans = passage.spans if passage else ()
        over = _head(view, passage, words) if passage else None
        lines.append(line(part[index], words, spans) | {"quoted": passage is not None, "head": over})
    start, end = part[first].place, part[last - 1].place
    span = Place(file=start.file, part=start.part, unit=start.unit, first=start.first, last=max(start.last, end.last))
    return {"where": where(span, exhibit, words), "alone": "", "lines": lines}


def _head(view: CaseView, passage: Passage, words: Words) -> Piece:
    """What stands over a passage: its number, what was found and demanded, how surely, and by which rule."""
    say = words["findings"]
    asked = (f"{say['demand']} {amount(demand, words)}" for demand in passage.demands)
    return {
        "number": passage.number,
        "what": "; ".join(dict.fromkeys(part for part in (labels(passage, words), *asked) if part)),
        "speaker": speaker(passage, words),
        "findings": [
            {
                "id": finding.id,
                "label": words["label"].get(finding.label, finding.label) if len(passage.findings) > 1 else "",
                "how": ", ".join(
                    (words["form"].get(finding.form, finding.form), say.get(finding.certainty, finding.certainty))
                ),
                "state": say["accepted"] if finding.id in view.accepted else say["open"],
                "rule": finding.rule,
            }
            for finding in passage.findings
        ],
    }
