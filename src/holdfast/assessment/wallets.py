"""Wallet addresses and what their checksums say. A good checksum means "typed without a slip", never "real" or "theirs".

Sources: Base58Check (Bitcoin wiki), BIP 173 and BIP 350 (bech32, bech32m), EIP-55, the coins' own chain parameters for version
bytes, XRPL "Base58 Encodings", Monero "address format" (block base58, keccak). Solana addresses carry no checksum at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from holdfast.assessment.keccak import keccak_256

OK, WRONG, NONE = "checksum ok", "checksum wrong", "no checksum"
_BITCOIN58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VERSIONS = {0: "BTC", 5: "BTC", 48: "LTC", 50: "LTC", 30: "DOGE", 22: "DOGE", 65: "TRX"}
_FIRST = {"1": "BTC", "3": "BTC", "L": "LTC", "M": "LTC", "D": "DOGE", "A": "DOGE", "9": "DOGE", "T": "TRX", "r": "XRP"}
_BLOCK_SIZES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}  # Monero: characters of a block -> bytes

_B58 = "[1-9A-HJ-NP-Za-km-z]"
_SHAPES = re.compile(
    f"(?P<eth>0x[0-9a-fA-F]{{40}})|(?P<bech>(?:bc1|ltc1)[02-9ac-hj-np-z]{{11,87}}|(?:BC1|LTC1)[02-9AC-HJ-NP-Z]{{11,87}})"
    f"|(?P<xmr>[48]{_B58}{{94}}(?:{_B58}{{11}})?)|(?P<b58>[13LMDA9Tr]{_B58}{{24,34}})"
)
_BROKEN = re.compile(r"(?:0x|0X|bc1|BC1|ltc1|[13LMDATr48])[0-9A-Za-z]{3,110}(?:\s{1,3}[0-9A-Za-z]{2,110}){1,4}")
_SOL = re.compile(f"{_B58}{{43,44}}")
_SOL_WORD = re.compile("(?i)solana|phantom|[^a-z]sol[^a-z]")


@dataclass(frozen=True, slots=True)
class Wallet:
    """An address found: coin, the address without blanks, what its checksum says, `start` to `end` in the text."""

    coin: str
    address: str
    checked: str
    start: int
    end: int


def wallets(text: str) -> Iterator[Wallet]:
    """Every address in a text, in order of kind: whole ones, then those broken over blanks or lines, then Solana's."""
    taken = bytearray(len(text))
    for match in _SHAPES.finditer(text):
        start, end = match.span()
        if not _alone(text, start, end):
            continue
        judged = verdict(match.group())
        if judged is None or (judged[1] == WRONG and not _looks_meant(match.group())):
            continue
        if judged[1] == WRONG and (longer := _rejoined(text, start)) is not None:
            _take(taken, longer.start, longer.end)
            yield longer
            continue
        _take(taken, start, end)
        yield Wallet(judged[0], match.group(), judged[1], start, end)
    for match in _BROKEN.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        whole = _rejoined(text, match.start()) if _alone(text, match.start(), match.end()) else None
        if whole is not None:
            _take(taken, whole.start, whole.end)
            yield whole
    if _SOL_WORD.search(f" {text} "):
        for match in _SOL.finditer(text):
            start, end = match.span()
            if _alone(text, start, end) and not any(taken[start:end]) and _solana(match.group()):
                yield Wallet("SOL", match.group(), NONE, start, end)


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = bytes([1]) * (end - start)


def verdict(address: str) -> tuple[str, str] | None:
    """Coin and what the checksum says, or None where it has the shape of no address."""
    if address[:2] in ("0x", "0X") and len(address) == 42:
        return "ETH", _eip55(address[2:])
    if address[:3].lower() == "bc1" or address[:4].lower() == "ltc1":
        return ("BTC" if address[0] in "bB" else "LTC"), OK if _segwit(address) else WRONG
    if len(address) in (95, 106) and address[0] in "48":
        return "XMR", OK if _monero(address) else WRONG
    if address[0] == "r":
        raw = _base58(address, _RIPPLE58)
        good = raw is not None and len(raw) == 25 and raw[0] == 0 and _checked(raw)
        return "XRP", OK if good else WRONG
    raw = _base58(address, _BITCOIN58)
    if raw is not None and len(raw) == 25 and raw[0] in _VERSIONS and _checked(raw):
        return _VERSIONS[raw[0]], OK
    coin = _FIRST.get(address[0])
    return (coin, WRONG) if coin else None


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _looks_meant(address: str) -> bool:
    """A wrong checksum is only worth saying of what can hardly be anything else: long, with digits and both cases."""
    if address[:2] == "0x" or address[:3].lower() in ("bc1", "ltc"):
        return len(address) >= 26
    mixed = any(c.isdigit() for c in address) and any(c.isupper() for c in address) and any(c.islower() for c in address)
    return mixed and (33 <= len(address) <= 35 or len(address) > 90)


def _rejoined(text: str, start: int) -> Wallet | None:
    """An address that only becomes one when blanks or line ends inside it are taken out: its checksum must be good."""
    match = _BROKEN.match(text, start)
    if match is None:
        return None
    pieces = list(re.finditer(r"[0-9A-Za-z]+", match.group()))
    for count in range(2, len(pieces) + 1):
        joined = "".join(piece.group() for piece in pieces[:count])
        if not _SHAPES.fullmatch(joined):
            continue
        judged = verdict(joined)
        if judged is not None and (judged[1] == OK or (judged[0] == "ETH" and judged[1] == NONE)):
            return Wallet(judged[0], joined, judged[1], start, start + pieces[count - 1].end())
    return None


def _base58(text: str, alphabet: str) -> bytes | None:
    number = 0
    for char in text:
        value = alphabet.find(char)
        if value < 0:
            return None
        number = number * 58 + value
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return bytes(len(text) - len(text.lstrip(alphabet[0]))) + body


def _checked(raw: bytes) -> bool:
    return sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def _segwit(address: str) -> bool:
    if address.lower() != address and address.upper() != address:
        return False
    prefix, _, data = address.lower().rpartition("1")
    values = [_BECH32.find(char) for char in data]
    if len(address) > 90 or min(values) < 0 or len(values) < 8:
        return False
    check = 1
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    for value in expanded + values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    version, program = values[0], values[1:-6]
    size, spare = divmod(len(program) * 5, 8)
    if version > 16 or not 2 <= size <= 40 or spare > 4 or (version == 0 and size not in (20, 32)):
        return False
    if spare and program[-1] & ((1 << spare) - 1):
        return False
    return check == (1 if version == 0 else 0x2BC830A3)


def _eip55(digits: str) -> str:
    if digits.lower() == digits or digits.upper() == digits:
        return NONE
    digest = keccak_256(digits.lower().encode()).hex()
    good = all(not c.isalpha() or c.isupper() == (int(h, 16) >= 8) for c, h in zip(digits, digest, strict=False))
    return OK if good else WRONG


def _monero(address: str) -> bool:
    raw = b""
    for at in range(0, len(address), 11):
        block = address[at : at + 11]
        size = _BLOCK_SIZES.get(len(block))
        number = 0
        for char in block:
            number = number * 58 + _BITCOIN58.find(char)
        if size is None or number >= 1 << (8 * size):
            return False
        raw += number.to_bytes(size, "big")
    return raw[0] in (18, 19, 42) and keccak_256(raw[:-4])[:4] == raw[-4:]


def _solana(address: str) -> bool:
    raw = _base58(address, _BITCOIN58)
    return raw is not None and len(raw) == 32
