"""Bech32 against BIP 173's own examples, and against every single mistake in writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.vault import bech32

VALID = (
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "?1ezyfcl",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
)
INVALID = {
    "pzry9x0s0muk": "short",
    "1pzry9x0s0muk": "short",
    "x1b4n0q5v": "letters",
    "li1dgmt3": "short",
    "de1lg7wt\xff": "letters",
    "A1G7SGD8": "checksum",
    "10a06t8": "short",
    "1qzzfhee": "short",
    "A12uEL5L": "capital",
}
"""BIP 173, "Test vectors", those that do not rest on its length limit, which age does not have."""


@pytest.mark.parametrize("text", VALID)
def test_valid_examples(text: str) -> None:
    name, content = bech32.decode(text)
    assert bech32.encode(name, content) == text.lower()


@pytest.mark.parametrize(("text", "why"), INVALID.items())
def test_invalid_examples(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        bech32.decode(text)


def test_padding_that_is_not_zero_or_a_whole_letter_is_refused() -> None:
    one_byte = bech32.encode("age", b"\x00")
    assert bech32.decode(one_byte) == ("age", b"\x00")
    for fives in ([0, 1], [0, 0, 0]):
        check = bech32._checksum(bech32._spread("age") + fives + [0] * 6) ^ 1
        fives = fives + [(check >> shift) & 31 for shift in (25, 20, 15, 10, 5, 0)]
        with pytest.raises(ValueError, match="bits"):
            bech32.decode("age1" + "".join(bech32._ALPHABET[five] for five in fives))


@given(st.binary(max_size=200), st.sampled_from(["age", "age-secret-key-", "x1y"]))
def test_round_trip(content: bytes, name: str) -> None:
    text = bech32.encode(name, content)
    assert bech32.decode(text) == (name, content)
    assert bech32.decode(text.upper()) == (name, content)


def test_every_single_wrong_letter_is_noticed() -> None:
    text = bech32.encode("age", bytes(range(32)))
    tried = 0
    for at in range(4, len(text)):
        for letter in set("qpzry9x8gf2tvdw0s3jn54khce6mua7l") - {text[at]}:
            tried += 1
            with pytest.raises(ValueError, match="checksum"):
                bech32.decode(text[:at] + letter + text[at + 1 :])
    assert tried == 58 * 31
