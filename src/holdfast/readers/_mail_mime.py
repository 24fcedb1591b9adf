"""The parts of a mail: its MIME tree as leaves in file order, with IMAP part numbers (RFC 3501 section 6.4.5).

A walker of our own, because where a mail is ambiguous we must say so, not choose silently. Works on offsets; decodes nothing
until asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfast.readers._mail_header import Block, Field, read_block
from holdfast.readers._mail_parameters import EMPTY, Header, ending, file_name, read_header, read_type

MAX_DEPTH = 40
MAX_LEAVES = 5_000

_ENCODINGS = {"7bit", "8bit", "binary", "base64", "quoted-printable"}
_RARE_ENCODINGS = {"x-uuencode", "uuencode", "x-uue", "uue", "x-uu"}
_LOOKS_LIKE_A_PART = re.compile(rb"(?m)^--([^\r\n]{1,200})\r?\n(?i:content-[a-z-]{4,30})[ \t]{0,9}:")
_BOILERPLATE = 400
# uuencoded and yEnc files written straight into a text: some programs show an attachment, others letters.
_FILE_IN_TEXT = re.compile(rb"(?m)^(?:begin [0-7]{3,4} [^\r\n]{1,200}\r?\n[\x20-\x60]{2,70}\r?$|=ybegin [^\r\n]{0,200}size=)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part without parts of its own. `start` to `end` are offsets in the mail; `alternative` names the leaf's
    multipart/alternative (its number), "" outside one; `first` is true for the first part of its multipart."""

    number: str
    media_type: str
    start: int
    end: int
    encoding: str
    charset: str | None
    name: str
    disposition: str
    alternative: str = ""
    container: str = ""


@dataclass(slots=True)
class Tree:
    """What walking found: leaves in file order, causes of doubt, bytes not walked."""

    block: Block
    leaves: list[Leaf] = field(default_factory=list)
    causes: set[str] = field(default_factory=set)
    not_walked: int = 0


@dataclass(frozen=True, slots=True)
class _Entity:
    start: int
    end: int
    number: str
    depth: int
    default: str
    alternative: str
    container: str
    boundaries: tuple[bytes, ...]
    block: Block | None = None


def walk(data: bytes) -> Tree:
    """The tree of one mail. Never raises; at most `MAX_LEAVES` leaves, `MAX_DEPTH` deep."""
    top = read_block(data, 0, len(data))
    tree = Tree(top)
    waiting = [_Entity(0, len(data), "", 0, "text/plain", "", "", (), top)]
    while waiting:
        entity = waiting.pop()
        if len(tree.leaves) >= MAX_LEAVES:
            tree.causes.add("too_many_parts")
            tree.not_walked += entity.end - entity.start
            continue
        waiting.extend(reversed(_parts_or_leaf(data, entity, tree)))
    return tree


def _one(block: Block, name: str, causes: set[str]) -> Field | None:
    found = block.all(name)
    if len(found) > 1:
        causes.add("content_header_repeated")
    return found[0] if found else None


def _parts_or_leaf(data: bytes, entity: _Entity, tree: Tree) -> list[_Entity]:
    block = entity.block or read_block(data, entity.start, entity.end)
    causes = tree.causes
    # In the mail's own header such oddities are old news; round the content fields they decide what is seen.
    causes.update(block.causes if entity.number else block.causes & _TOP_CAUSES)
    given = _one(block, "content-type", causes)
    kinds = [read_type(one) for one in block.all("content-type")[:20]]
    kind = kinds[0] if kinds else EMPTY
    laid = _one(block, "content-disposition", causes)
    disposition = read_header(laid) if laid else EMPTY
    sent = _one(block, "content-transfer-encoding", causes)
    transfer = read_header(sent) if sent else EMPTY
    causes.update(kind.causes, transfer.causes)
    if sent is not None and b";" in sent.raw:
        causes.add("encoding_with_parameters")
    causes.update(f"name_{cause}" if cause in _NAME_ONLY else cause for cause in disposition.causes)
    encoding = _encoding(transfer, causes)
    media_type = kind.value if re.fullmatch(r"[^\s/;]+/[^\s/;]+", kind.value) else ("text/plain" if given else entity.default)
    _names(kind, disposition, causes)
    declared = media_type.startswith("multipart/") or any(one.boundaries for one in kinds)
    # Of several boundaries that can be read out of it, the one that is there: what one program hides another shows.
    boundary = _present(data, block.body, entity.end, [one for each in kinds for one in each.boundaries], declared)
    if boundary and boundary != (kind.get("boundary") or "").encode("utf-8", "replace"):
        causes.add("boundary_not_found")
    if boundary and not media_type.startswith("multipart/"):
        media_type = next((one.value for one in kinds if one.value.startswith("multipart/")), "multipart/mixed")
        causes.add("boundary_without_multipart")
    if media_type.startswith("multipart/"):
        if encoding not in ("", "7bit", "8bit", "binary"):
            causes.add("encoded_multipart")
        if entity.depth >= MAX_DEPTH:
            causes.add("too_deep")
        elif boundary:
            parts = _split(data, block.body, entity, boundary, media_type, causes)
            if parts:
                return parts
        else:
            causes.add("boundary_not_found" if any(one.boundaries for one in kinds) else "no_boundary")
        # What cannot be taken apart is text: nobody's words are lost to a missing boundary.
        media_type = "text/plain" if media_type.startswith("multipart/") else media_type
    _leaf(data, entity, block, media_type, kind, disposition, encoding, tree)
    return []


_TOP_CAUSES = frozenset(
    {
        "boundary_in_header",
        "header_in_fold",
        "lone_cr_in_header",
        "nul_in_header",
        "line_without_colon",
        "space_before_colon",
        "too_many_headers",
    }
)
_NAME_ONLY = frozenset({"rfc2231", "escape", "comment"})


def _encoding(transfer: Header, causes: set[str]) -> str:
    value = transfer.value.strip()
    if transfer is EMPTY:
        return ""
    if value in _RARE_ENCODINGS:
        causes.add("rare_encoding")
        return value
    if value in _ENCODINGS:
        return value
    causes.add("unknown_encoding" if value else "empty_encoding")
    for known, meant in (("base64", "base64"), ("quoted-printable", "quoted-printable"), ("uue", "uuencode")):
        if known in re.sub(r"[^a-z0-9-]", "", value) and "," not in value and value.count(known) == 1:
            return meant
    return value if value in ("", "7bit", "8bit", "binary") else f"?{value}"


def _present(data: bytes, start: int, end: int, boundaries: list[str], declared: bool) -> bytes:
    """The first of `boundaries` that is there; where parts are declared and none is, what stands where one should be."""
    for one in dict.fromkeys(boundaries):
        boundary = one.encode("utf-8", "replace")
        if data.startswith(b"--" + boundary, start) or data.find(b"\n--" + boundary, start, end) >= 0:
            return boundary
    found = _LOOKS_LIKE_A_PART.search(data, start, min(end, start + (1 << 20))) if declared else None
    return found[1].rstrip() if found else b""


def _names(kind: Header, disposition: Header, causes: set[str]) -> None:
    first, second = kind.get("name"), disposition.get("filename")
    if first and second and first != second and ending(first) != ending(second):
        causes.add("two_names")


def _split(data: bytes, body: int, entity: _Entity, boundary: bytes, media_type: str, causes: set[str]) -> list[_Entity]:
    """Parts between delimiter lines `--boundary`, to `--boundary--` or the end of the entity."""
    if boundary in entity.boundaries:
        causes.add("same_boundary_inside")
    elif any(one.startswith(boundary) or boundary.startswith(one) for one in entity.boundaries):
        causes.add("similar_boundary_inside")
    delimiter = b"--" + boundary
    starts: list[tuple[int, int]] = []
    loose: list[tuple[int, int]] = []
    closed = False
    at = data.find(delimiter, body, entity.end)
    while at >= 0 and len(starts) <= MAX_LEAVES and len(loose) <= MAX_LEAVES:
        stop = data.find(b"\n", at, entity.end)
        stop = entity.end if stop < 0 else stop + 1
        rest = data[at + len(delimiter) : min(stop, at + len(delimiter) + 200)].rstrip(b"\r\n")
        before = data[at - 1 : at] if at else b"\n"
        if before == b"\n" or at == body:
            if rest.startswith(b"--") and not rest[2:].strip(b" \t"):
                closed = True
                starts.append((at, -1))
                break
            if not rest.strip(b" \t"):
                if rest:
                    causes.add("space_after_boundary")
                starts.append((at, stop))
            else:
                causes.add("boundary_with_more")
                loose.append((at, stop))
        elif before == b"\r" or data[max(body, at - 8) : at].strip(b" \t\x0b\x0c") in (b"", b"\n"):
            causes.add("boundary_not_at_line_start")
        at = data.find(delimiter, max(stop, at + 1), entity.end)
    if not [one for one in starts if one[1] >= 0] and loose:
        starts = loose
        closed = False
    if not [one for one in starts if one[1] >= 0]:
        causes.add("boundary_not_found")
        return []
    if not closed:
        causes.add("boundary_not_closed")
    if starts[0][0] - body > _BOILERPLATE or b"content-type:" in data[body : starts[0][0]].lower():
        causes.add("text_outside_parts")
    if closed:
        _after_the_end(data, starts[-1][0] + len(delimiter) + 2, entity, delimiter, causes)
    # RFC 2046 5.1.5: parts of a digest are mails unless they say otherwise.
    default = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
    container = media_type
    alternative = (entity.number or "0") if media_type == "multipart/alternative" else entity.alternative
    parts = []
    for number, (_, content) in enumerate(starts, 1):
        if content < 0:
            break
        following = starts[number][0] if number < len(starts) else entity.end
        end = following
        if number < len(starts):
            # The line end before a delimiter belongs to the delimiter.
            end -= 1 if data[end - 1 : end] == b"\n" else 0
            end -= 1 if data[end - 1 : end] == b"\r" else 0
        label = f"{entity.number}.{number}" if entity.number else str(number)
        known = (*entity.boundaries, boundary)
        parts.append(_Entity(content, max(content, end), label, entity.depth + 1, default, alternative, container, known))
    return parts


def _after_the_end(data: bytes, at: int, entity: _Entity, delimiter: bytes, causes: set[str]) -> None:
    rest = data[at : min(entity.end, at + 65536)]
    if delimiter in rest:
        causes.add("parts_after_the_end")
    elif len(rest.strip()) > _BOILERPLATE:
        causes.add("text_outside_parts")


def _hidden_in(data: bytes, start: int, end: int, media_type: str, encoding: str) -> Iterator[str]:
    """Signs that a leaf holds more than it says: parts nobody declared, a header after an empty line, a file in the text."""
    if encoding not in ("", "7bit", "8bit", "binary"):
        return
    if b"\0" in data[start : min(end, start + (1 << 20))]:
        yield "binary_without_encoding"
    if not media_type.startswith("text/"):
        return
    head = data[start : min(end, start + 2000)].lstrip()
    if re.match(rb"(?i)content-(?:type|transfer-encoding|disposition)[ \t]{0,9}:", head):
        yield "header_after_blank_line"
    if re.match(rb"--[^\r\n]{1,200}\r?\n(?i:content-[a-z-]{4,30})[ \t]{0,9}:", head):
        yield "undeclared_parts"
    if _FILE_IN_TEXT.search(data, start, end):
        yield "file_in_text"


def _leaf(
    data: bytes, entity: _Entity, block: Block, media_type: str, kind: Header, disposition: Header, encoding: str, tree: Tree
) -> None:
    if media_type == "message/rfc822" and encoding not in ("", "7bit", "8bit", "binary"):
        tree.causes.add("encoded_mail")
    if media_type == "message/global":
        tree.causes.add("rare_message_type")
    tree.causes.update(_hidden_in(data, block.body, entity.end, media_type, encoding))
    tree.leaves.append(
        Leaf(
            number=entity.number or "1",
            media_type=media_type,
            start=block.body,
            end=entity.end,
            encoding=encoding,
            charset=kind.get("charset"),
            name=file_name(disposition, kind),
            disposition=disposition.value,
            alternative=entity.alternative,
            container=entity.container,
        )
    )
