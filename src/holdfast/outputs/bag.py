"""A strict BagIt checker (RFC 8493, and versions 0.93 to 0.97 before it), over any set of files.

Stricter than the standard where it leaves a choice: what another tool would only warn of is refused here.
docs/bundle.md lists those places.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Protocol

from holdfast.errors import Damaged

_VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_ENCODINGS = ("UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII")
_ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_DECLARATION = re.compile(r"BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: (\S+)(?:\r?\n)?")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(.+)")
_OXUM = re.compile(r"^Payload-Oxum\s*:\s*(\d{1,20})\.(\d{1,20})\s*$", re.MULTILINE)
_ESCAPES = {"%0A": "\n", "%0a": "\n", "%0D": "\r", "%0d": "\r", "%25": "%"}


class Files(Protocol):
    """A folder as papers see it: paths with `/`, and their bytes in chunks."""

    @property
    def names(self) -> frozenset[str]: ...

    def chunks(self, name: str) -> Iterable[bytes]: ...


def whole(files: Files, name: str) -> bytes:
    return b"".join(files.chunks(name))


def check_bag(files: Files) -> None:
    """Complete and valid, or Damaged naming the first file that is not: tag files first, for they name the rest."""
    version, encoding = _declaration(files)
    if "fetch.txt" in files.names:
        raise Damaged("fetch.txt", "part of the bag would have to be fetched from elsewhere")
    lists = {name: found for name in sorted(files.names) if (found := _MANIFEST.fullmatch(name))}
    if not any(found[1] is None for found in lists.values()):
        raise Damaged("manifest-sha256.txt", "there is no list of files")
    read = {name: _manifest(files, name, found, version, encoding) for name, found in lists.items() if found[1]}
    for name, listed in read.items():
        _compare(files, name, listed)
    payload = frozenset(name for name in files.names if name.startswith("data/"))
    covered: list[frozenset[str]] = []
    for name, found in lists.items():
        if found[1] is None:
            listed = _manifest(files, name, found, version, encoding)
            _compare(files, name, listed)
            covered.append(frozenset(listed))
    together = frozenset.intersection(*covered) if version == "1.0" else frozenset.union(*covered)
    for name in sorted(payload - together):
        raise Damaged(name, "it is in no list of files")
    _oxum(files, payload, encoding)


def _declaration(files: Files) -> tuple[str, str]:
    if "bagit.txt" not in files.names:
        raise Damaged("bagit.txt", "it is missing")
    found = _DECLARATION.fullmatch(whole(files, "bagit.txt").decode("utf-8", "replace"))
    if found is None or found[1] not in _VERSIONS or found[2].upper() not in _ENCODINGS:
        raise Damaged("bagit.txt", "it does not declare a bag of a known version")
    return found[1], found[2]


def _manifest(files: Files, name: str, kind: re.Match[str], version: str, encoding: str) -> dict[str, str]:
    """Path to hash, in small letters."""
    if kind[2] not in _ALGORITHMS:
        raise Damaged(name, "its kind of hash is not known here")
    listed: dict[str, str] = {}
    clashes: set[str] = set()
    lines = re.split(r"\r\n|\n|\r", whole(files, name).decode(encoding, "replace"))
    for line in lines if lines[-1] else lines[:-1]:
        found = _LINE.fullmatch(line)
        if found is None:
            raise Damaged(name, "a line of it cannot be read")
        path = _unescaped(found[2], version)
        folded = unicodedata.normalize("NFC", path).casefold()
        if not _in_scope(path, payload=kind[1] is None):
            raise Damaged(name, "it names a file outside the bag")
        if folded in clashes:
            raise Damaged(name, "it names a file twice")
        clashes.add(folded)
        listed[path] = found[1].lower()
    return listed


def _compare(files: Files, name: str, listed: Mapping[str, str]) -> None:
    algorithm = name.rpartition("-")[2].removesuffix(".txt")
    for path in sorted(listed):
        if path not in files.names:
            raise Damaged(path, "it is missing")
        digest = hashlib.new(algorithm, usedforsecurity=False)
        for chunk in files.chunks(path):
            digest.update(chunk)
        if digest.hexdigest() != listed[path]:
            raise Damaged(path, "its content has changed")


def _in_scope(path: str, *, payload: bool) -> bool:
    steps = path.split("/")
    if payload != (steps[0] == "data") or "\\" in path or any(step in ("", ".", "..") for step in steps):
        return False
    return not (steps[0].startswith(("~", "*")) or ":" in steps[0])


def _unescaped(path: str, version: str) -> str:
    """RFC 8493 escapes line ends and the percent sign; before 1.0 a percent sign stood for itself."""
    kept = _ESCAPES if version == "1.0" else {code: end for code, end in _ESCAPES.items() if end != "%"}
    return re.sub("|".join(kept), lambda found: kept[found[0]], path)


def _oxum(files: Files, payload: frozenset[str], encoding: str) -> None:
    """Payload-Oxum, where there is one: bytes and number of payload files."""
    if "bag-info.txt" not in files.names:
        return
    found = _OXUM.search(whole(files, "bag-info.txt").decode(encoding, "replace"))
    if found is None:
        return
    size = sum(len(chunk) for name in payload for chunk in files.chunks(name))
    if (size, len(payload)) != (int(found[1]), int(found[2])):
        raise Damaged("bag-info.txt", "the amount it names is not what is there")
