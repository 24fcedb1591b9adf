"""The custody log as it travels: one line an entry, whole or only its leaf hash. From these lines the tree's root is made.

`{"entry":ENTRY,"leaf":"HEX","seq":1}`, or for a private entry `{"leaf":"HEX","seq":2}`. ENTRY stands byte for byte as it was
hashed: the leaf is SHA-256 of a zero byte and these bytes (RFC 6962).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from holdfast.errors import Damaged
from holdfast.model import LogLine
from holdfast.vault.tree import leaf_hash

CUSTODY = "meta/custody.jsonl"
_LINE = re.compile(rb'\{(?:"entry":(\{.*\}),)?"leaf":"([0-9a-f]{64})","seq":(\d{1,10})\}\n')


class Disclosed(NamedTuple):
    """What the lines hold: all leaf hashes, and SHA-256 by exhibit number."""

    leaves: tuple[bytes, ...]
    exhibits: dict[str, str]


def custody_lines(log: tuple[LogLine, ...], entry_bytes: Callable[[int], bytes]) -> Iterator[bytes]:
    """One line for each entry. Only custody entries are asked for their bytes. Damaged if one is not what its leaf names."""
    for number, line in enumerate(log, 1):
        if line.seq != number:
            raise Damaged(CUSTODY, f"entry {number} of the log is not there")
        entry = b""
        if line.kind == "custody":
            content = entry_bytes(line.seq)
            if leaf_hash(content).hex() != line.leaf or b"\n" in content:
                raise Damaged(CUSTODY, f"entry {number} is not the one its leaf hash names")
            entry = b'"entry":' + content + b","
        yield b"{" + entry + f'"leaf":"{line.leaf}","seq":{line.seq}}}\n'.encode()


def disclosed(content: bytes) -> Disclosed:
    """The lines, checked: every entry shown is the one its leaf names and follows from the one before. Else Damaged."""
    leaves: list[bytes] = []
    exhibits: dict[str, str] = {}
    before: bytes | None = None
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        found = _LINE.fullmatch(line)
        if found is None or int(found[3]) != number:
            raise Damaged(CUSTODY, f"line {number} cannot be read")
        entry, leaf = found[1], bytes.fromhex(found[2].decode())
        if entry is not None:
            said = _parsed(entry, number)
            if leaf_hash(entry) != leaf or said.get("seq") != number:
                raise Damaged(CUSTODY, f"entry {number} is not the one its leaf hash names")
            if before is not None and said.get("prev") != hashlib.sha256(before).hexdigest():
                raise Damaged(CUSTODY, f"entry {number} does not follow from the one before")
            exhibit = said.get("exhibit")
            if isinstance(exhibit, dict):
                exhibits[str(exhibit.get("number"))] = str(exhibit.get("sha256"))
        before = entry
        leaves.append(leaf)
    return Disclosed(tuple(leaves), exhibits)


def _parsed(entry: bytes, number: int) -> dict[str, object]:
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Damaged(CUSTODY, f"entry {number} cannot be read")
    return said
