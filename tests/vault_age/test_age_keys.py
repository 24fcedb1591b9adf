"""Keys as text: one spelling in, the same out, and a secret never where it was not asked for."""

from __future__ import annotations

import shutil
import subprocess
import traceback
from collections.abc import Callable

import pyrage
import pytest

from holdfast.vault import bech32
from holdfast.vault.age import BadKey, Identity, Passphrase, PqIdentity, Recipient, parse_identities

PQ = bech32.encode("age-secret-key-pq-", bytes(range(32))).upper()


def test_a_key_reads_as_it_was_written() -> None:
    identity = Identity.generate()
    again = Identity.parse(identity.encode())
    assert again.encode() == identity.encode()
    assert again.recipient == identity.recipient == Recipient.parse(str(identity.recipient))
    assert len({identity.recipient, again.recipient, Identity.generate().recipient}) == 2


def test_pyrage_sees_the_same_keys() -> None:
    identity = Identity.generate()
    theirs = pyrage.x25519.Identity.from_str(identity.encode())
    assert str(theirs) == identity.encode()
    assert str(theirs.to_public()) == str(identity.recipient)


@pytest.mark.skipif(shutil.which("age-keygen") is None, reason="the age-keygen tool is not here")
def test_an_identity_file_of_the_age_tool_is_read() -> None:
    text = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    (identity,) = parse_identities(text)
    assert isinstance(identity, Identity)
    assert f"# public key: {identity.recipient}" in text


def test_an_identity_file_may_hold_several_kinds() -> None:
    one = Identity.generate()
    kinds = parse_identities(f"# made today\n\n  {one.encode()}\r\n{PQ}\n")
    assert [type(kind) for kind in kinds] == [Identity, PqIdentity]
    for empty in ("", "# nothing but a comment\n"):
        with pytest.raises(BadKey):
            parse_identities(empty)


def test_a_secret_shows_nowhere_but_in_encode() -> None:
    identity, passphrase, pq = Identity.generate(), Passphrase(b"correct horse battery"), PqIdentity.parse(PQ)
    for shown in (identity, passphrase, pq, [identity, passphrase, pq], {"key": identity}):
        for text in (repr(shown), str(shown), f"{shown}"):
            assert identity.encode()[15:].lower() not in text.lower()
            assert PQ[20:].lower() not in text.lower()
            assert "horse" not in text


SPOILT: dict[str, Callable[[str], str]] = {
    "small letters": str.lower,
    "last letter gone": lambda text: text[:-1],
    "one letter more": lambda text: text + "Q",
    "a letter no key has": lambda text: text[:30] + "B" + text[31:],
    "a space in front": lambda text: " " + text,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_mistyped_secret_is_refused_without_repeating_it(how: str) -> None:
    spoil = SPOILT[how]
    for kind, text in ((Identity, Identity.generate().encode()), (PqIdentity, PQ)):
        try:
            kind.parse(spoil(text))
        except BadKey as error:
            said = "".join(traceback.format_exception_only(error)) + str(error.__cause__)
        else:
            pytest.fail("a spoiled key was taken")
        assert text[25:40].lower() not in said.lower()


def test_each_kind_of_key_is_taken_only_for_what_it_is() -> None:
    secret, public = Identity.generate().encode(), str(Identity.generate().recipient)
    wrong = [(Identity.parse, public), (Identity.parse, PQ), (PqIdentity.parse, secret), (Recipient.parse, secret)]
    wrong += [(Recipient.parse, bech32.encode("age1pq", bytes(32))), (Recipient.parse, public.upper())]
    wrong += [(Recipient.parse, bech32.encode("age", bytes(31))), (Recipient.parse, "")]
    for parse, text in wrong:
        with pytest.raises(BadKey):
            parse(text)


@pytest.mark.parametrize("point", [bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"])
def test_a_recipient_everybody_could_read_for_is_refused(point: bytes) -> None:
    with pytest.raises(BadKey, match="not a usable key"):
        Recipient.parse(bech32.encode("age", point))


def test_a_passphrase_is_not_empty_and_its_cost_is_one_we_would_open() -> None:
    for secret, cost in ((b"", 18), (b"x", 0), (b"x", 23)):
        with pytest.raises(ValueError, match="not empty"):
            Passphrase(secret, cost)
