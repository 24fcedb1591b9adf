"""From the bytes of a content file to its struct, or a ContentError that names file and key."""

from __future__ import annotations

import re
import tomllib
from typing import Any, TypeVar

import msgspec

from holdfast.errors import ContentError

Shape = TypeVar("Shape")
_WHERE = re.compile(r"^(?P<why>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)
_NAMED = re.compile(r"`([^`]+)`")


def read_toml(file: str, data: bytes, shape: type[Shape]) -> Shape:
    """The struct in `data`. ContentError for bad TOML, an unknown or missing key, a wrong value; never anything else."""
    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ContentError(file, "whole file", f"not UTF-8 at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise ContentError(file, "whole file", f"not TOML: {error}") from None
    return as_shape(file, table, shape)


def read_letter(file: str, data: bytes, shape: type[Shape]) -> Shape:
    """The struct of a letter: TOML head between lines of +++, the rest is its `body`."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    head, found, body = text.removeprefix("+++\n").partition("\n+++\n")
    if not text.startswith("+++\n") or not found:
        raise ContentError(file, "whole file", "no head between two lines of +++")
    try:
        table = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(file, "head", f"not TOML: {error}") from None
    return as_shape(file, {**table, "body": body.strip()}, shape)


def as_shape(file: str, table: dict[str, Any], shape: type[Shape]) -> Shape:
    """The table as a struct; the error names the key in full: `offence[3].checked`."""
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError as error:
        raise ContentError(file, *_key_and_why(str(error))) from None


def _key_and_why(message: str) -> tuple[str, str]:
    match = _WHERE.match(message)
    why, path = (match["why"], match["path"] or "") if match else (message, "")
    named = _NAMED.search(why)
    # msgspec points at the object for unknown, missing and our own complaints; the key itself is named in the words.
    inside = named[1] if named and (why.startswith(("Object ", "`")) or not path) else ""
    return ".".join(part for part in (path, inside) if part) or "whole file", why
