"""Tables between scripts: look-alikes, digits, letter forms, traditional and simplified Chinese. All one to one.

Look-alikes are the Cyrillic and Greek small letters that Unicode's confusables.txt (UTS #39, section 4) gives the skeleton of a
Latin letter, and capitals of the same kind by their small letter. Arabic and Urdu pairs are those the two keyboards swap.
"""

from __future__ import annotations

import sys
import unicodedata
from importlib.resources import files

_LOOK_ALIKES = "аaеeёeоoрpсcуyхxіiїiјjѕsһhԁdԛqԝwьbвbгrтtмmкkнhпnиuӏlүyαaεeιiκkνvοoρpτtυuχxηnγyβbωwσoμu"
_CYRILLIC_FOR = "aаeеoоpрcсyуxхkкmмtтhнbвiі"
_SMALL_CAPITALS = "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz"
_MARKS = '’\'‘\'ʼ\'´\'“"”"„"«"»"–-—-−-。.、,「"」"『"』"《"》"【[】]〔[〕]'
_ARABIC = "يیىیكکہهۀهةه"


def _pairs(text: str) -> dict[int, str]:
    return {ord(text[i]): text[i + 1] for i in range(0, len(text), 2)}


def _chinese() -> dict[int, str]:
    """Traditional to simplified, from the data file: lines in pairs, one under the other."""
    text = (files("holdfast.content.signals") / "traditional.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {ord(old): new for old, new in zip("".join(lines[::2]), "".join(lines[1::2]), strict=True)}


def _digits() -> dict[int, str]:
    """Decimal digits of every script but those NFKC unfolds anyway."""
    every = (chr(code) for code in range(0x660, sys.maxunicode + 1))
    return {ord(c): str(unicodedata.decimal(c)) for c in every if unicodedata.category(c) == "Nd"}


_FULL_WIDTH = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
_NEGATIVE = {base + i: chr(97 + i) for base in (0x1F150, 0x1F170) for i in range(26)}  # white letters in black discs, squares
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # no engine can encode them

TO_LATIN = _pairs(_LOOK_ALIKES)
TO_CYRILLIC = _pairs(_CYRILLIC_FOR)
SAME_LENGTH = (
    _LONE_SURROGATES
    | _digits()
    | _FULL_WIDTH
    | _NEGATIVE
    | _pairs(_SMALL_CAPITALS)
    | _pairs(_MARKS)
    | _pairs(_ARABIC)
    | _chinese()
)
SAME_LENGTH_CHARS = {chr(code): char for code, char in SAME_LENGTH.items()}


def is_latin(char: str) -> bool:
    """Whether marks may be taken off this letter: Latin ones only, elsewhere they make other letters."""
    return "a" <= char.lower() <= "z" or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff"


def is_joining(char: str) -> bool:
    """Letters of scripts in which zero-width joiners are spelling, not hiding: Arabic to Khmer, and emoji."""
    return "\u0600" <= char <= "\u17ff" or char >= "\U0001f000"
