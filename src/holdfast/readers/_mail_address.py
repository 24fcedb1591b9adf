"""Addresses in From, To and the like: names and addresses, also of headers no standard allows (RFC 5322 3.4, 4.4).

Never raises, keeps what it cannot take apart as it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from holdfast.readers._mail_header import Field, decode_words, printable, shown

MAX_ADDRESSES = 2_000


@dataclass(frozen=True, slots=True)
class Address:
    """`name` as a person sees it, `address` as written without comments; either may be ""."""

    name: str
    address: str

    def __str__(self) -> str:
        if self.name and self.address and self.name != self.address:
            return f"{self.name} <{self.address}>"
        return self.address or self.name

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower().strip("[]. ") if "@" in self.address else ""


def addresses(one: Field, fallback: str | None = None) -> list[Address]:
    """The addresses of one header, groups opened. At most `MAX_ADDRESSES`."""
    raw = one.unfolded()
    text = raw.decode("ascii") if raw.isascii() else shown_raw(raw, fallback)
    found: list[Address] = []
    held = ""
    for piece in _pieces(text):
        address = _address(piece)
        if address is None:
            continue
        # `Public, Joe <joe@x>` without quotes: the name was cut at its comma.
        if not address.address and not held and piece.strip():
            held = address.name
            continue
        if held:
            if address.name and address.address:
                address = Address(f"{held}, {address.name}", address.address)
            else:
                found.append(Address(held, ""))
            held = ""
            if not address.address:
                held = address.name
                continue
        found.append(address)
        if len(found) >= MAX_ADDRESSES:
            break
    if held:
        found.append(Address(held, ""))
    return found


def shown_raw(raw: bytes, fallback: str | None) -> str:
    """Raw 8-bit header as text with its encoded words still encoded (they are decoded per name)."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return shown(raw, fallback)


def _pieces(text: str) -> list[str]:
    """Cut at commas (and semicolons between addresses) outside quotes, comments and angle brackets; group names left out."""
    pieces: list[str] = []
    current: list[str] = []
    quoted = False
    depth = angle = 0
    at = 0
    for at, char in enumerate(text):
        escaped = at > 0 and text[at - 1] == "\\"
        if quoted:
            quoted = char != '"' or escaped
        elif char == '"' and not escaped and text.find('"', at + 1) > 0:
            quoted = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif not depth:
            if char == "<":
                angle = 1
            elif char == ">":
                angle = 0
            elif char in ",;" and not angle:
                pieces.append("".join(current))
                current = []
                continue
            elif char == ":" and not angle and "@" not in "".join(current[-200:]):
                current = []
                continue
        current.append(char)
    pieces.append("".join(current))
    return pieces


def _address(piece: str) -> Address | None:
    bare, comment = _without_comments(piece)
    before, angle, after = bare.partition("<")
    if angle:
        address = after.partition(">")[0]
        address = address.rpartition(":")[2] if address.startswith("@") else address
        name = _name(before) or _name(after.partition(">")[2]) or _name(comment)
    elif "@" in bare:
        words = bare.split()
        holders = [number for number, word in enumerate(words) if "@" in word]
        if len(words) > 1 and len(holders) == 1 and len(words[holders[0]]) > 3 and not words[holders[0]].startswith("@"):
            address = words[holders[0]]
            if address.endswith(("@", ".")) or words[holders[0] + 1 :][:1] == ["."]:
                address, name = "".join(words), _name(comment)
            else:
                name = _name(" ".join(words[: holders[0]])) or _name(comment)
                if holders[0] + 1 < len(words):
                    address, name = "".join(words), _name(comment)
        else:
            address, name = "".join(words), _name(comment)
    else:
        address, name = "", _name(bare) or _name(comment)
    address = "".join(address.split()).strip("\"'") if '"' not in address[1:-1] else address.strip()
    if "=?" in address:
        address = decode_words(address)[0]
    return Address(name, address) if name or address else None


def _name(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if "=?" in text:
        text = decode_words(text)[0]
    return printable(" ".join(text.strip().strip('"').split()))


def _without_comments(text: str) -> tuple[str, str]:
    kept: list[str] = []
    comment: list[str] = []
    depth = 0
    quoted = False
    for char in text:
        if char == '"' and not depth:
            quoted = not quoted
        if char == "(" and not quoted:
            depth += 1
            if depth == 1:
                continue
        if char == ")" and depth:
            depth -= 1
            if not depth:
                comment.append(" ")
            continue
        (comment if depth else kept).append(char)
    return "".join(kept), "".join(comment).strip()
