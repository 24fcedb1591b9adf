"""Wallets by their checksums, handles, phones, mails, bank numbers."""

from __future__ import annotations

import random
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.assessment.identifiers import identifiers
from holdfast.assessment.keccak import keccak_256
from holdfast.assessment.wallets import NONE, OK, WRONG, verdict, wallets

B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
BECH = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def base58(raw: bytes, alphabet: str = B58) -> str:
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = alphabet[rest] + text
    return alphabet[0] * (len(raw) - len(raw.lstrip(b"\0"))) + text


def base58check(version: int, payload: bytes, alphabet: str = B58) -> str:
    raw = bytes([version]) + payload
    return base58(raw + sha256(sha256(raw).digest()).digest()[:4], alphabet)


def segwit(prefix: str, version: int, program: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in program)
    bits += "0" * (-len(bits) % 5)
    values = [version] + [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    state = 1
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    for value in head + values + [0] * 6:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            state ^= generator if top >> i & 1 else 0
    state ^= 1 if version == 0 else 0x2BC830A3
    return prefix + "1" + "".join(BECH[v] for v in values + [state >> 5 * (5 - i) & 31 for i in range(6)])


def eip55(digits: str) -> str:
    digest = keccak_256(digits.encode()).hex()
    return "0x" + "".join(c.upper() if int(h, 16) >= 8 else c for c, h in zip(digits, digest, strict=False))


ADDRESSES = st.one_of(
    st.tuples(
        st.sampled_from([(0, "BTC"), (5, "BTC"), (48, "LTC"), (30, "DOGE"), (65, "TRX")]), st.binary(min_size=20, max_size=20)
    ).map(lambda t: (t[0][1], base58check(t[0][0], t[1]))),
    st.binary(min_size=20, max_size=20).map(lambda b: ("XRP", base58check(0, b, RIPPLE))),
    st.binary(min_size=20, max_size=20).map(lambda b: ("BTC", segwit("bc", 0, b))),
    st.binary(min_size=32, max_size=32).map(lambda b: ("BTC", segwit("bc", 1, b))),
    st.binary(min_size=20, max_size=20).map(lambda b: ("LTC", segwit("ltc", 0, b))),
)


@given(ADDRESSES, st.integers(0, 200), st.integers(1, 57))
def test_made_addresses_hold_and_one_wrong_letter_does_not(made: tuple[str, str], at: int, turn: int) -> None:
    coin, address = made
    (found,) = wallets(f"send it to {address}, now")
    assert (found.coin, found.address, found.checked) == (coin, address, OK)
    alphabet = BECH if "1" in address[2:4] and address[0] in "bl" else B58
    at = 4 + at % (len(address) - 4)
    wrong = address[:at] + alphabet[(alphabet.find(address[at]) + turn) % len(alphabet)] + address[at + 1 :]
    assert wrong == address or (verdict(wrong) or ("", WRONG))[1] != OK


@given(st.binary(min_size=20, max_size=20))
def test_ethereum_by_eip55(raw: bytes) -> None:
    address = eip55(raw.hex())
    judged = verdict(address)
    assert judged == ("ETH", OK if address[2:].lower() != address[2:] and address[2:].upper() != address[2:] else NONE)
    assert verdict("0x" + raw.hex()) == ("ETH", NONE)


@pytest.mark.parametrize(
    ("address", "coin"),
    [
        # Published test vectors: BIP 173, BIP 350, EIP-55.
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "BTC"),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "BTC"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ETH"),
        ("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "ETH"),
    ],
)
def test_published_vectors(address: str, coin: str) -> None:
    assert verdict(address) == (coin, OK)


@pytest.mark.parametrize(
    "address",
    [
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",  # BIP 350: bech32 where bech32m is due
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
    ],
)
def test_published_wrong_ones(address: str) -> None:
    assert verdict(address) is not None
    assert verdict(address)[1] == WRONG


def test_keccak_is_the_one_before_sha3() -> None:
    assert keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


@pytest.mark.parametrize("cut", [5, 17, 30])
@pytest.mark.parametrize("blank", [" ", "\n", " \n"])
def test_an_address_broken_over_lines_is_put_together(cut: int, blank: str) -> None:
    address = base58check(0, random.Random(cut).randbytes(20))
    text = f"pay to {address[:cut]}{blank}{address[cut:]} within 48 hours"
    (found,) = wallets(text)
    assert (found.address, found.checked) == (address, OK)
    assert text[found.start : found.end].replace(" ", "").replace("\n", "") == address


def test_solana_is_said_to_have_no_checksum() -> None:
    address = base58(bytes(range(1, 33)))
    assert [(w.coin, w.checked) for w in wallets(f"send SOL to {address}")] == [("SOL", NONE)]
    assert list(wallets(f"token {address}")) == []


@pytest.mark.parametrize(
    ("text", "kind", "value", "network"),
    [
        ("text me @leaker_99 ok", "handle", "leaker_99", None),
        ("t.me/leaker99", "handle", "leaker99", "telegram"),
        ("https://instagram.com/some.one", "handle", "some.one", "instagram"),
        ("微信号：abc_12345", "handle", "abc_12345", "wechat"),
        ("wechat id: zhang88", "handle", "zhang88", "wechat"),
        ("wa.me/923001234567", "phone", "+923001234567", "whatsapp"),
        ("call +92 300 1234567", "phone", "+923001234567", None),
        ("我的手机13812345678", "phone", "+8613812345678", None),
        ("write to bad.guy@mail.example", "mail", "bad.guy@mail.example", None),
        ("https://evil.example/pay?x=1.", "link", "https://evil.example/pay?x=1", None),
        ("GB82 WEST 1234 5698 7654 32", "iban", "GB82WEST12345698765432", None),
        ("card 4111 1111 1111 1111", "card", "************1111", None),
    ],
)
def test_identifiers(text: str, kind: str, value: str, network: str | None) -> None:
    (found,) = identifiers(text)
    assert (found.kind, found.value, found.network) == (kind, value, network)
    assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "text", ["it costs 500", "at 10:30 on 2024-03-12", "a@b", "order 1234567890", "GB00 WEST 1234 5698 7654 32", "1=1"]
)
def test_what_is_none_of_these(text: str) -> None:
    assert identifiers(text) == ()


@given(st.text(alphabet="13bcltq0x@.:/ \n5aAZ电微信+-w", max_size=300))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = identifiers(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
