"""What charset bytes are in when nobody says so: by where letters in use lie in each.

A guess, and said to be one. Ranges: GB 2312 level 1 (leads B0-D7), Big5 level 1 (leads A4-C6), KS X 1001 Hangul (leads B0-C8),
kana and kanji of Shift JIS and EUC-JP, Windows-1251 and KOI8-R small letters (E0-FF, C0-DF).
"""

from __future__ import annotations

import re

SAMPLE = 1 << 16  # bytes that are looked at
LATIN = 0.3  # share of bytes beyond ASCII among letters; in languages of Latin script it is far below
MOSTLY = 0.8
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_RUN = re.compile(rb"[\x80-\xff]+")
RUN = 2.5  # letters beyond ASCII in a row: words of Cyrillic letters are longer, accents stand alone
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


def charset_of(data: bytes) -> str:
    """The codec that fits best; `cp1252` where the letters are mostly Latin or nothing fits."""
    sample = data[:SAMPLE]
    high = len(_HIGH.findall(sample))
    if high < LATIN * max(1, len(_LETTER.findall(sample))):
        return "cp1252"
    shares = {codec: share for codec in _RANGES if (share := _share(data, sample, codec)) >= MOSTLY}
    if shares:
        return max(shares, key=lambda codec: (round(shares[codec], 1), -list(_RANGES).index(codec)))
    letters = [byte for byte in sample if byte >= 0xC0]
    if len(letters) >= MOSTLY * high >= RUN * MOSTLY * len(_RUN.findall(sample)):
        small = sum(byte >= 0xE0 for byte in letters)
        return "cp1251" if small * 2 > len(letters) else "koi8_r"
    return "cp1252"


# Leads of letters in daily use, the narrowest first: what fits a narrow range fits a wide one by chance.
_RANGES: dict[str, tuple[range, ...]] = {
    "cp932": (range(0x82, 0x84), range(0x88, 0x98)),
    "euc_jp": (range(0xA1, 0xA2), range(0xA4, 0xA6), range(0xB0, 0xD8)),
    "cp949": (range(0xB0, 0xC9),),
    "gb18030": (range(0xB0, 0xD8), range(0xA1, 0xA4)),
    "cp950": (range(0xA4, 0xC7), range(0xA1, 0xA4)),
}


_KANA = {"cp932": (0x82, 0x83), "euc_jp": (0xA4, 0xA5)}


def _share(data: bytes, sample: bytes, codec: str) -> float:
    """How many of the letters lie where letters in use lie, from 0 to 1; 0 where the bytes are not in this charset."""
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return 0
    pairs = _PAIR.findall(sample)
    if not pairs:
        return 0
    if codec == "cp949" and any(pair[0] < 0xA1 or pair[1] < 0xA1 for pair in pairs):
        return 0
    if codec in _KANA and sum(pair[0] in _KANA[codec] for pair in pairs) * 5 < len(pairs):
        return 0
    used = sum(any(pair[0] in one for one in _RANGES[codec]) for pair in pairs)
    if codec == "gb18030":
        used -= sum(pair[1] < 0xA1 for pair in pairs)
    return used / len(pairs)
