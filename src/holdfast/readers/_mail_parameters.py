"""Content-Type, Content-Disposition and Content-Transfer-Encoding: value and parameters, and how sure their reading is.

RFC 2045 section 5, RFC 2183, RFC 2231 (continuations, charsets). Everything another program could read otherwise leaves a
cause; nothing is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from holdfast.readers._mail_charset import to_text
from holdfast.readers._mail_header import Field, decode_words, printable

MAX_PARAMETERS = 1000

_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}")
_KEY = re.compile(r"([A-Za-z0-9_.-]{1,60}?)(?:\*([0-9]{1,4}))?(\*)?")
_BOUNDARY = re.compile(r"(?i)boundary\s{0,9}=\s{0,9}(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))")
_BOUNDARY_CHARS = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")


@dataclass(frozen=True, slots=True)
class Header:
    """`value` is lower case without parameters; `parameters` by lower-case name, decoded; `causes` as in `_mail_why.py`;
    `boundaries` every boundary that can be read out of it, the likeliest first."""

    value: str
    parameters: dict[str, str]
    causes: frozenset[str] = frozenset()
    boundaries: tuple[str, ...] = ()

    def get(self, name: str) -> str | None:
        return self.parameters.get(name)


EMPTY = Header("", {})


def read_header(one: Field) -> Header:
    """The parsed header. Never raises."""
    causes: set[str] = set()
    raw = one.raw.rstrip(b"\r\n")
    if b"\n" in raw and any(not line.strip() for line in raw.split(b"\n")):
        causes.add("blank_fold")
    if re.search(rb"[\x0b\x0c]", raw):
        causes.add("odd_space")
    # RFC 5322 2.1.1 allows 998 bytes in a line; some programs read no further.
    if any(len(line) > 998 for line in raw.split(b"\n")):
        causes.add("overlong_line")
    unfolded = one.unfolded()
    text = unfolded.decode("utf-8", "replace")
    pieces = _split(text, causes)
    value = pieces[0].strip() if pieces else ""
    if "=?" in value:
        causes.add("encoded_word_type")
        value = decode_words(value)[0]
    parameters = _parameters(pieces[1 : MAX_PARAMETERS + 1], causes)
    return Header(re.sub(r"\s+", "", value).lower() if "/" in value else value.lower(), parameters, frozenset(causes))


def read_type(one: Field) -> Header:
    """A Content-Type: also says whether the type itself is well formed."""
    header = read_header(one)
    causes = set(header.causes)
    text = one.unfolded().decode("utf-8", "replace")
    start = text.split(";", 1)[0]
    value = header.value
    if not _TYPE.fullmatch(start.strip()):
        causes.add("malformed_type")
        # "application/pdf name=..." without its semicolon: the type is what stands before the blank.
        first = start.split()[0] if start.strip() else ""
        value = first.lower() if _TYPE.fullmatch(first) else value
    if "boundary" in header.parameters and not _BOUNDARY_CHARS.fullmatch(header.parameters["boundary"]):
        causes.add("malformed_boundary")
    if header.parameters.get("boundary", "").strip(" \t'") != header.parameters.get("boundary", ""):
        causes.add("space_in_boundary")
    if re.search(r"(?i)boundary[*0-9]*\s*=", text) and "boundary" not in header.parameters:
        causes.add("hidden_boundary")
    if "boundary" in header.parameters and not header.value.startswith("multipart/"):
        causes.add("boundary_without_multipart")
    if "boundary=" in header.parameters.get("boundary", "").lower():
        causes.add("hidden_boundary")
    if not header.value.startswith("multipart/") and "boundary" not in header.parameters:
        causes &= _MATTERS_WITHOUT_PARTS
    return Header(value, header.parameters, frozenset(causes), _boundaries(header, text))


def _boundaries(header: Header, text: str) -> tuple[str, ...]:
    found = [header.parameters.get("boundary", "")]
    for match in _BOUNDARY.finditer(text):
        found += [match[1] or "", match[2] or ""]
    return tuple(dict.fromkeys(one for one in found if one))[:20]


# What else is odd in the type of a single part changes nothing that anyone sees.
_MATTERS_WITHOUT_PARTS = {
    "encoded_word_type", "malformed_type", "unclosed_quote", "repeated_parameter", "parameter_given_twice", "text_after_quote",
    "hidden_boundary", "parameter_pieces_missing", "parameter_pieces_out_of_order", "odd_space", "blank_fold", "overlong_line",
    "needless_name_code",
}  # fmt: skip


def _split(text: str, causes: set[str]) -> list[str]:
    """Pieces between semicolons, comments (left out), quoted strings (kept) and escapes respected."""
    pieces: list[str] = []
    current: list[str] = []
    depth = 0
    quoted = False
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and (quoted or depth) and at + 1 < len(text):
            if quoted:
                current.append(text[at : at + 2])
                if text[at + 1] not in '"\\':
                    causes.add("needless_escape")
                causes.add("escape")
            at += 2
            continue
        if quoted:
            current.append(char)
            if char == '"':
                quoted = False
        elif depth:
            depth += (char == "(") - (char == ")")
        elif char == '"':
            quoted = True
            current.append(char)
        elif char == "(":
            depth = 1
            causes.add("comment")
            current.append(" ")
        elif char == ";":
            pieces.append("".join(current))
            current = []
        else:
            if char == "\\":
                causes.add("escape")
            current.append(char)
        at += 1
    if quoted or depth:
        causes.add("unclosed_quote")
    pieces.append("".join(current))
    return pieces


def _parameters(pieces: list[str], causes: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    pieces_of: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces:
        name, equals, value = piece.partition("=")
        if not equals:
            if piece.strip():
                causes.add("parameter_without_value")
            continue
        if name.rstrip() != name or value[:1].isspace():
            causes.add("space_at_equals")
        key = _KEY.fullmatch(name.strip())
        if key is None:
            causes.add("malformed_parameter")
            key = _KEY.fullmatch(re.sub(r"[^A-Za-z0-9_.*-]", "", name)[:60])
            if key is None or not key[1]:
                continue
        plain = _unquoted(value.strip(), causes)
        base = key[1].lower()
        if base == "boundary" and plain[:1] == plain[-1:] == "'":
            causes.add("single_quotes")
        if base == "boundary" and " " in plain and '"' not in value:
            causes.add("space_in_boundary")
        if key[2] is not None or key[3]:
            causes.add("rfc2231_boundary" if base == "boundary" else "rfc2231")
            part = pieces_of.setdefault(base, {})
            number = int(key[2] or 0)
            if number in part:
                causes.add("repeated_parameter")
            else:
                part[number] = (plain, bool(key[3]))
        elif base in found:
            causes.add("repeated_parameter")
        else:
            if "=?" in plain:
                if base == "boundary":
                    causes.add("encoded_word_boundary")
                else:
                    plain = decode_words(plain)[0]
            found[base] = plain
    for base, numbered in pieces_of.items():
        joined = _joined(numbered, causes)
        # A plain name beside its coded form is how names are written for old programs: the ending must agree.
        if base in found and found[base] != joined and (base == "boundary" or ending(found[base]) != ending(joined)):
            causes.add("parameter_given_twice")
        if base in ("name", "filename") and re.fullmatch(r"[A-Za-z0-9._-]{0,60}", joined):
            causes.add("needless_name_code")
        if base != "boundary" or base not in found:
            found[base] = joined
    return found


def _unquoted(value: str, causes: set[str]) -> str:
    if value.startswith('"'):
        end = 1
        while end < len(value) and value[end] != '"':
            end += 2 if value[end] == "\\" else 1
        if value[end + 1 :].strip():
            causes.add("text_after_quote")
        return re.sub(r"\\(.)", r"\1", value[1:end])
    if '"' in value:
        causes.add("text_after_quote")
        value = value.replace('"', "")
    return value


def ending(name: str) -> str:
    """The ending of a file name, which decides what opens it."""
    return name.rpartition(".")[2].lower().strip()


def _joined(numbered: dict[int, tuple[str, bool]], causes: set[str]) -> str:
    """RFC 2231: pieces in order of their numbers; the first may name a charset."""
    numbers = sorted(numbered)
    if numbers != list(range(len(numbers))):
        causes.add("parameter_pieces_missing")
    if list(numbered) != numbers:
        causes.add("parameter_pieces_out_of_order")
    charset = None
    data = []
    for number in numbers:
        value, coded = numbered[number]
        if coded and number == numbers[0] and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        if coded:
            data.append(unquote_to_bytes(value))
        else:
            data.append(value.encode("utf-8", "replace"))
    return to_text(b"".join(data), charset or "utf-8")[0]


def file_name(disposition: Header, kind: Header) -> str:
    """Name of an attachment as shown: from Content-Disposition, else Content-Type; path separators and controls kept out."""
    name = disposition.get("filename") or kind.get("name") or ""
    return printable(name)
