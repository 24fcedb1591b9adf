"""Bech32 (BIP 173) without its length limit, as age writes keys: a name, "1", the bytes in fives, a checksum of six."""

from __future__ import annotations

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)  # BIP 173, "Checksum"


def encode(name: str, content: bytes) -> str:
    """Lower-case text of `content` under the lower-case `name`."""
    fives = _regroup(content, 8, 5)
    if rest := len(content) * 8 % 5:  # the last, partial group is filled up with zero bits
        fives.append((content[-1] << (5 - rest)) & 31)
    check = _checksum(_spread(name) + fives + [0] * 6) ^ 1
    fives += [(check >> shift) & 31 for shift in (25, 20, 15, 10, 5, 0)]
    return name + "1" + "".join(_ALPHABET[five] for five in fives)


def decode(text: str) -> tuple[str, bytes]:
    """Name (lower case) and content. ValueError for mixed case, foreign letters, a wrong checksum or padding that is not zero.

    The error never repeats the text: it may be a secret key.
    """
    if text != text.lower() and text != text.upper():
        raise ValueError("mixes capital and small letters")
    lowered = text.lower()
    name, one, letters = lowered.rpartition("1")
    if not one or not name or len(letters) < 6:
        raise ValueError("is too short")
    if not all(33 <= ord(letter) <= 126 for letter in name) or not all(letter in _VALUE for letter in letters):
        raise ValueError("has letters that do not belong there")
    fives = [_VALUE[letter] for letter in letters]
    if _checksum(_spread(name) + fives) != 1:
        raise ValueError("has a wrong checksum: a letter was mistyped or is missing")
    fives = fives[:-6]
    rest = len(fives) * 5 % 8
    if rest >= 5 or (rest and fives[-1] & ((1 << rest) - 1)):
        raise ValueError("ends in bits that do not belong there")
    return name, bytes(_regroup(bytes(fives), 5, 8))


def _regroup(values: bytes, width: int, wanted: int) -> list[int]:
    """Whole groups of `wanted` bits out of values of `width` bits; bits that fill no group are left out."""
    bits = waiting = 0
    out: list[int] = []
    for value in values:
        bits = (bits << width | value) & 0xFFF
        waiting += width
        while waiting >= wanted:
            waiting -= wanted
            out.append((bits >> waiting) & ((1 << wanted) - 1))
    return out


def _spread(name: str) -> list[int]:
    return [ord(letter) >> 5 for letter in name] + [0] + [ord(letter) & 31 for letter in name]


def _checksum(fives: list[int]) -> int:
    value = 1
    for five in fives:
        top = value >> 25
        value = (value & 0x1FFFFFF) << 5 ^ five
        for bit, generator in enumerate(_GENERATOR):
            if top >> bit & 1:
                value ^= generator
    return value
