"""The text of a mail a person sees, out of its leaves: plain text where there is any, else the page as text.

All inline text that mail programs show one under the other belongs to it. Of two alternatives the plain one is the text; when
they say different things, that is a doubt, and the other one stays a part of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from holdfast.readers._html_text import seen_text, unescape_numeric
from holdfast.readers._mail_charset import to_text
from holdfast.readers._mail_mbox import unescaped
from holdfast.readers._mail_mime import Leaf, Tree
from holdfast.readers._mail_transfer import IDENTITY, decode_transfer, never_encoded

MAX_TEXT = 8 << 20  # bytes of text in one mail; what is beyond is named, not read
MAX_TEXT_LEAVES = 200
MAX_SAMPLE = 4 << 20  # bytes of an attachment that are looked at for odd encoding
_ENCRYPTED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_CUT_SHORT = {"base64_padding", "base64_pieces", "qp_bad_code"}

_WORD = re.compile(r"[^\W\d_]{2,40}")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}", re.IGNORECASE)
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
_SIGN = re.compile(r"[^\W_]")
_META = re.compile(rb"(?i)<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([a-z0-9_:.-]{1,40})")
_DAMAGE = frozenset({"base64_junk", "base64_pieces", "base64_padding", "qp_bad_code", "uu_bad_line", "uu_without_begin"})


@dataclass(frozen=True, slots=True)
class Body:
    """`text` and what it cost: `raw` where it was repaired, `doubts`, causes of ambiguity, leaves that are the body (by index),
    how many bytes of text were not read."""

    text: str
    raw: str | None
    doubts: tuple[str, ...]
    causes: frozenset[str]
    used: frozenset[int]
    not_read: int


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    raw: str | None
    doubts: frozenset[str]
    pictures: int = 0
    cut: int = 0


def leaf_bytes(data: bytes, leaf: Leaf, escaped: bool) -> tuple[bytes, frozenset[str]]:
    """Decoded bytes of a leaf, `data` being what stands between its offsets."""
    encoded = unescaped(data) if escaped else data
    decoded, causes = decode_transfer(encoded, leaf.encoding)
    if leaf.encoding == "base64" and leaf.media_type.startswith("text/") and never_encoded(encoded, decoded):
        return encoded, causes | {"base64_words"}
    return decoded, causes


def body_of(data: bytes, tree: Tree, escaped: bool) -> Body:
    """Chooses and reads the body. Never raises."""
    chosen, others = _choose(tree.leaves)
    doubts: set[str] = set()
    causes: set[str] = set()
    pieces: list[_Read] = []
    not_read, left = 0, MAX_TEXT
    reads: dict[int, _Read] = {}

    def read(index: int) -> _Read:
        nonlocal not_read, left
        if index not in reads:
            leaf = tree.leaves[index]
            end = min(leaf.end, leaf.start + left)
            # A tag costs about as much time as forty letters.
            left = max(0, left - (end - leaf.start) - 40 * data.count(b"<", leaf.start, end))
            found, odd = _read_leaf(data[leaf.start : end], leaf, escaped)
            not_read += leaf.end - end + found.cut
            causes.update(odd)
            reads[index] = found
        return reads[index]

    used: set[int] = set()
    for index in chosen:
        piece = read(index)
        page = others.get(index)
        used.add(index)
        if page is not None:
            other = read(page)
            if _says_more(piece.text, other.text):
                doubts.add("alternatives_differ")
                # A stub ("your program cannot show this mail") is not what anyone saw.
                few, many = _words(piece.text).total(), _words(other.text).total()
                if few * 8 <= many and few <= 40:
                    used.discard(index)
                    used.add(page)
                    piece = other
            elif "hidden_text" in other.doubts:
                # The page says the same and more that nobody sees: it stays a part of its own.
                doubts.add("hidden_text")
            else:
                used.add(page)
        doubts |= piece.doubts
        pieces.append(piece)
    for index, leaf in enumerate(tree.leaves):
        if index not in reads and leaf.encoding not in IDENTITY:
            sample = data[leaf.start : min(leaf.end, leaf.start + MAX_SAMPLE)]
            found = decode_transfer(sample, leaf.encoding)[1]
            causes.update(found - _CUT_SHORT if leaf.end - leaf.start > MAX_SAMPLE else found)
    shown = [piece for piece in pieces if piece.text.strip()]
    text = "\n\n".join(piece.text.strip("\n") for piece in shown) if len(shown) > 1 else (shown[0].text if shown else "")
    repaired = [piece for piece in pieces if piece.raw is not None]
    raw = "\n\n".join(piece.text if piece.raw is None else piece.raw for piece in pieces) if repaired else None
    pictures = sum(piece.pictures for piece in pieces) + sum(leaf.media_type.startswith("image/") for leaf in tree.leaves)
    if not text.strip() and pictures:
        doubts.add("text_in_picture")
    if not text.strip() and any(leaf.media_type in _ENCRYPTED for leaf in tree.leaves):
        doubts.add("encrypted")
    if not_read:
        doubts.add("text_cut")
    return Body(text, raw, tuple(sorted(doubts)), frozenset(causes), frozenset(used), not_read)


def _is_text(leaf: Leaf) -> bool:
    return leaf.media_type in ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/markdown")


def _inline(leaf: Leaf) -> bool:
    return _is_text(leaf) and leaf.disposition != "attachment" and not leaf.name


def _choose(leaves: list[Leaf]) -> tuple[list[int], dict[int, int]]:
    """Leaves that make the body, in order, and for each the alternative that says the same as a page."""
    chosen: list[int] = []
    others: dict[int, int] = {}
    by_alternative: dict[str, int] = {}
    for index, leaf in enumerate(leaves):
        if len(chosen) >= MAX_TEXT_LEAVES:
            break
        if not _inline(leaf) or leaf.media_type == "text/x-amp-html":
            continue
        if leaf.alternative:
            before = by_alternative.get(leaf.alternative)
            if before is None:
                by_alternative[leaf.alternative] = index
                chosen.append(index)
            elif leaves[before].media_type != "text/plain" and leaf.media_type == "text/plain":
                chosen[chosen.index(before)] = index
                others[index] = before
                by_alternative[leaf.alternative] = index
            elif leaf.media_type != leaves[before].media_type and before not in others:
                others[before] = index
            continue
        chosen.append(index)
    if not chosen:
        # Nothing else is there to be shown: a text with a name, or the only leaf if it is any kind of text.
        named = (index for index, leaf in enumerate(leaves) if _is_text(leaf) and leaf.disposition != "attachment")
        chosen = list(named)[:1]
        if not chosen and len(leaves) == 1 and leaves[0].media_type.startswith("text/") and not _is_file(leaves[0]):
            chosen = [0]
    return chosen, others


def _is_file(leaf: Leaf) -> bool:
    return leaf.disposition == "attachment" and bool(leaf.name)


def _read_leaf(data: bytes, leaf: Leaf, escaped: bool) -> tuple[_Read, frozenset[str]]:
    doubts: set[str] = set()
    plain, causes = leaf_bytes(data, leaf, escaped)
    if causes & _DAMAGE:
        doubts.add("damaged_encoding")
    if leaf.encoding.startswith("?"):
        doubts.add("unknown_encoding")
    charset = leaf.charset
    if leaf.media_type == "text/html" and not charset and (meta := _META.search(plain[:4096])):
        charset = meta[1].decode("ascii")
    text, found, raw = to_text(plain, charset)
    doubts.update(found)
    if leaf.encoding == "7bit" and "charset_guessed" not in found and not plain.isascii():
        causes = causes | {"eight_bit_in_7bit"}
    text = text.replace("\r\n", "\n")
    if escaped and leaf.encoding in IDENTITY and b">From " in data:
        raw = to_text(data, charset)[0].replace("\r\n", "\n")
    if leaf.media_type == "text/html":
        seen = seen_text(text)
        if seen.hidden:
            doubts.add("hidden_text")
        if seen.twice:
            doubts.add("entities_in_plain_text")
        if seen.hidden or seen.twice or raw is not None or doubts:
            raw = text if raw is None else raw
        return _Read(seen.text, raw, frozenset(doubts), seen.pictures, seen.cut), causes
    if "&#" in text:
        again = unescape_numeric(text)
        if again != text:
            doubts.add("entities_in_plain_text")
            text, raw = again, text if raw is None else raw
    if raw is None and "damaged_encoding" in doubts:
        raw = data.decode("latin-1").replace("\r\n", "\n")
    return _Read(text, raw, frozenset(doubts)), causes


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_LINK.sub(" ", text).lower()))


def _says_more(text: str, other: str) -> bool:
    """Whether one of two alternatives says materially more than the other: a tenth of its words, at least five."""
    if text.split() == other.split():
        return False
    first, second = _words(text), _words(other)
    # Scripts without spaces make one word of a clause: compare their characters.
    if _EAST_ASIAN.search(text) or _EAST_ASIAN.search(other):
        first, second = (Counter(_SIGN.findall(_LINK.sub("", one))) for one in (text, other))
    for more, less in ((first, second), (second, first)):
        extra = sum((more - less).values())
        if extra >= 5 and extra * 10 >= sum(more.values()):
            return True
    return False
