"""The dossier as data: a pure function of the case. `typeset.py` makes paper of it.

`{"head", "words", "sections", "exact"}`: sections are kinds the template knows, in order; each holds `entries`, so that a
long one can be cut into volumes. Foreign text stays as it is; what cannot be drawn is the typesetter's matter.
"""

from __future__ import annotations

from typing import Any

import msgspec

from holdfast.model import Message
from holdfast.outputs import listings
from holdfast.outputs.extracts import extracts
from holdfast.outputs.first_page import first_page
from holdfast.outputs.laws import days_said, offence_entries
from holdfast.outputs.lines import continued, line
from holdfast.outputs.passages import Shelf, findings_by_sender, passages
from holdfast.outputs.phrases import Piece, clock, where
from holdfast.outputs.script import verify_script_sha256
from holdfast.outputs.view import CaseView
from holdfast.outputs.wording import Words, wording

LONGEST_PIECE = 20_000  # characters of one message in one piece: about five pages, so that a volume can always be cut


def dossier_data(view: CaseView, *, full: bool = False, language: str = "en") -> dict[str, Any]:
    """The whole dossier. `full` adds every message that was read; otherwise only those around findings are printed."""
    words = wording(language)
    shelf = Shelf(view)
    found = passages(view, shelf)
    gaps = listings.gaps_of(view, words)
    sections = [
        first_page(view, shelf, found, words, len(gaps)),
        _section("chronology", words, listings.chronology(view, found, shelf, words)),
        _section("findings", words, extracts(view, found, shelf, words)),
        _section("signals", words, listings.signals(view, shelf, words)),
        _section("actors", words, listings.actors(view, found, words)),
        _section("identifiers", words, listings.identifiers(view, shelf, words)),
        _section("exhibits", words, listings.exhibits(view, words)),
        _gaps(view, gaps, shelf, words),
        _section("offences", words, offence_entries(view.offences, days_said(found), words)),
        _section("custody", words, listings.custody(view, words)),
        _verify(view, words),
        _section("glossary", words, [{"word": word, "means": means} for word, means in words["glossary"]["words"].items()]),
    ]
    if full:
        sections.append(_section("conversations", words, _conversations(view, words)))
    return {
        "head": {
            "title": words["page"]["title"],
            "case_ref": view.case_ref,
            "made_at": view.made_at,
            "made": clock(view.made_at),
            "fingerprint": view.fingerprint,
            "versions": [list(version) for version in view.versions],
        },
        "words": words,
        "sections": sections,
        "exact": exact(view, shelf),
    }


def exact(view: CaseView, shelf: Shelf) -> dict[str, Any]:
    """What travels beside the paper as data: the assessment as it goes on paper, exhibits, and how it was made."""
    rejected = frozenset(view.rejected)
    quoted = findings_by_sender(view, shelf)
    kept = view.assessment
    assessment = msgspec.structs.replace(
        kept,
        findings=tuple(finding for finding in kept.findings if finding.id not in rejected),
        demands=tuple(demand for demand in kept.demands if demand.finding not in rejected),
        chronology=tuple(moment for moment in kept.chronology if moment.finding not in rejected),
        actors=tuple(msgspec.structs.replace(actor, findings=quoted[actor.name]) for actor in kept.actors),
    )
    return {
        "schema": 1,
        "case_ref": view.case_ref,
        "made_at": view.made_at,
        "fingerprint": view.fingerprint,
        "anchor": view.anchor,
        "versions": dict(view.versions),
        "exhibits": msgspec.to_builtins(view.exhibits),
        "assessment": msgspec.to_builtins(assessment),
        "accepted": [finding.id for finding in assessment.findings if finding.id in view.accepted],
        "offences": msgspec.to_builtins(view.offences),
    }


def _section(kind: str, words: Words, entries: list[Piece]) -> Piece:
    say = words[kind]
    none = "" if entries else say.get("none", "")
    intro = "" if none and kind not in ("gaps", "offences") else say.get("intro", "")
    return {"kind": kind, "title": say["title"], "intro": intro, "none": none, "entries": entries}


def _gaps(view: CaseView, found: tuple[Any, ...], shelf: Shelf, words: Words) -> Piece:
    section = _section("gaps", words, listings.gaps(found, shelf, words))
    rest = len(found) - listings.MOST_GAPS
    return section | {
        "more": words["gaps"]["more"].format(count=f"{rest:,}") if rest > 0 else "",
        "doubts": listings.doubts(view, words),
    }


def _verify(view: CaseView, words: Words) -> Piece:
    say = words["verify"]
    return _section("verify", words, []) | {
        "steps": [
            {"say": say["files"], "commands": ["sha256sum -c tagmanifest-sha256.txt", "sha256sum -c manifest-sha256.txt"]},
            {
                "say": say["seal"],
                "commands": [
                    "openssl dgst -sha256 -verify seal/signer.pub -signature seal/checkpoint.sig seal/checkpoint.txt",
                ],
            },
            {
                "say": say["tied"],
                "commands": ["sha256sum tagmanifest-sha256.txt", "grep export-tagmanifest-sha256 seal/checkpoint.txt"],
            },
            {"say": say["key"], "commands": ["openssl pkey -pubin -in seal/signer.pub -outform DER | sha256sum"]},
            {"say": say["script"], "commands": ["sha256sum verify.py", "python3 verify.py"]},
        ],
        "script_sha256": verify_script_sha256(),
        "fingerprint": view.fingerprint,
        "anchor": view.anchor,
        "verdict": say[f"verdict_{view.verdict.state}"],
        "says": list(view.verdict.says),
        "damage": list(view.verdict.damage),
    }


def _conversations(view: CaseView, words: Words) -> list[Piece]:
    entries: list[Piece] = []
    for reading in view.readings:
        part: tuple[str, ...] | None = None
        for item in reading.items:
            if isinstance(item, Message):
                head = where(item.place, reading.exhibit, words) if item.place.part != part else None
                part = item.place.part
                first = msgspec.structs.replace(item, text=item.text[:LONGEST_PIECE])
                entries.append({"head": head, "line": line(first, words, whole=True)})
                entries += [{"head": None, "line": piece} for piece in continued(item.text, LONGEST_PIECE)]
    return entries
