"""Messages as printed: whole or cut around their passages, the passages marked, the text itself unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from holdfast.model import Message
from holdfast.outputs.phrases import Piece, named, said, when
from holdfast.outputs.wording import Words

LONG = 900  # characters of one message that are printed around its passages, before it is cut
NEAR = 300  # characters kept on each side of a passage in a long message

_SPACE = re.compile(r"\s+")

Spans = tuple[tuple[int, int], ...]


def line(message: Message, words: Words, spans: Iterable[tuple[int, int]] = (), *, whole: bool = False) -> Piece:
    """One message as printed: who, when, what; its passages marked. A long one is cut around them unless `whole`."""
    spans = tuple(spans)
    events = []
    if message.event is not None:
        events.append(said(words["event"].get(message.event, message.event)))
    for attachment in message.attachments:
        key = "missing" if attachment.missing else "attachment"
        events.append(named(words["event"][key].format(name=attachment.name)))
    named_doubts = words["doubt"]
    events += [said(named_doubts.get(doubt, doubt.replace("_", " "))) for doubt in message.doubts]
    return {
        "quoted": bool(spans),
        "who": named(message.sender or words["first"]["unknown_speaker"]),
        "when": when(message.sent, words),
        "text": marked(message.text, spans) if whole else cut(message.text, spans, words),
        "subject": said(message.subject or ""),
        "events": events,
    }


def continued(text: str, piece: int) -> list[Piece]:
    """The rest of a message that is longer than `piece` characters, in pieces of that length."""
    return [
        {"quoted": False, "who": said(""), "when": None, "text": said(text[at : at + piece])}
        for at in range(piece, len(text), piece)
    ]


def quote(text: str, spans: Spans, words: Words, *, most: int, all_spans: bool = True) -> Piece:
    """A message as a quote: on one line, its passages marked, cut around them where it is longer than `most` characters.

    `most` is for letters of Latin width; of Chinese, Japanese and Korean ones it is half. Many passages make a long quote
    all the same; without `all_spans` it then ends after about `most`.
    """
    if 2 * sum(map(_is_wide, text[:most])) > len(text[:most]):
        most //= 2
    runs = []
    shown = 0
    for run, kind in cut(text, spans, words, most=most, near=most // 3, omitted="…")["said"]:
        if shown > most and not all_spans:
            runs.append([" …", None])
            break
        runs.append([_SPACE.sub(" ", run), kind])
        shown += len(run)
    return {"said": runs}


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Piece:
    """The text with its passages marked; passages that overlap are one."""
    merged: list[list[int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    runs: list[list[object]] = []
    at = 0
    for start, end in merged:
        if start > at:
            runs.append([text[at:start], False])
        runs.append([text[start:end], True])
        at = end
    if at < len(text):
        runs.append([text[at:], False])
    return {"said": runs}


def cut(text: str, spans: Spans, words: Words, *, most: int = LONG, near: int = NEAR, omitted: str = "") -> Piece:
    """The text, cut around its passages where it is longer than `most`. For what is left out stands `omitted`, or how much."""
    if len(text) <= most:
        return marked(text, spans)
    # A quote may itself be a whole long message: then its beginning and its end are kept.
    keep = [(max(0, edge - near), min(len(text), edge + near)) for span in spans for edge in span] or [(0, 2 * near)]
    merged: list[list[int]] = []
    for start, end in sorted(keep):
        if merged and start <= merged[-1][1] + near // 4:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([_word_start(text, start), end])
    for window in merged:
        window[1] = _word_end(text, window[1])
    runs: list[list[object]] = []
    at = 0
    for start, end in [*merged, [len(text), len(text)]]:
        if start > at:
            runs.append([f" {omitted} " if omitted else words["findings"]["cut"].format(count=f"{start - at:,}"), None])
        inside = [(max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start]
        runs.extend(marked(text[start:end], inside)["said"])
        at = end
    return {"said": runs}


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _word_start(text: str, at: int) -> int:
    """`at`, moved on to the start of a word if one begins soon; where there are no spaces it stays."""
    space = text.find(" ", at, at + 20) if at else -1
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    space = text.rfind(" ", at - 20, at) if at < len(text) else -1
    return at if space < 0 else space
