"""Bytes from people who wish harm: nothing raises, nothing is lost, and time grows with size, not with its square."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.model import Gap, Message
from holdfast.readers import Options, Part
from holdfast.readers._html_text import seen_text
from holdfast.readers.mail import READER

MADE_OF = st.sampled_from(
    [
        b"From: ", b"To: ", b"Subject: ", b"Date: ", b"Received: ", b"Content-Type: ", b"text/plain", b"text/html",
        b"multipart/mixed", b"multipart/alternative", b"message/rfc822", b"; boundary=b", b'; boundary="', b"; charset=",
        b"utf-8", b"utf-7", b"iso-2022-jp", b"gb2312", b"unicode_escape", b"--b\n", b"--b--\n", b"--", b"\n", b"\r",
        b"\r\n", b"\n\n", b" ", b"\t", b"\0", b"=", b"=?", b"?=", b"=?utf-8?q?", b"=?utf-8?b?", b"?", b"<", b">",
        b"<a href=", b"<style>", b"<!--", b"-->", b"&#", b"&amp;", b";", b":", b",", b'"', b"'", b"(", b")", b"\\", b"@",
        b"a@b.example", b"Group:;", b"Tue, 5 Mar 2024 10:00:00 +0000", b"From a@b Tue Mar  5 10:00:00 2024\n", b">From ",
        b"Content-Transfer-Encoding: ", b"base64", b"quoted-printable", b"x-uuencode", b"begin 644 x\n", b"end\n", b"QUJD",
        b"=41", b"Content-Disposition: attachment; filename", b"*0*=", b"*=", b"utf-8''", b"%41", b"\xff", b"\xc3\xa9",
        b"\x1b$B", b"+2AA-", b"Content-Length: 5\n", b"\xef\xbb\xbf", b"x" * 80, b"Reply-To: ", b"Authentication-Results: ",
        b"spf=fail",
    ]
)  # fmt: skip
ANY = st.one_of(st.binary(max_size=300), st.lists(MADE_OF, max_size=60).map(b"".join))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=ANY)
def test_no_bytes_raise_and_every_mail_is_accounted_for(mails, data: bytes) -> None:
    check(mails, data)


@pytest.mark.proof
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=ANY)
def test_no_bytes_raise_at_length(mails, data: bytes) -> None:
    check(mails, data)


def check(mails, data: bytes) -> None:
    assert mails.claims(data) in (True, False)
    items = mails.items(data, me=frozenset({"a@b.example", "Sam"}))
    msgspec.json.encode(items)
    assert all(isinstance(item, Message | Gap) for item in items)
    assert bool(items) == bool(data)
    listed = [one.part for item in items if isinstance(item, Message) for one in item.attachments]
    children = mails.children(data)
    assert [child.part for child in children] == listed
    for child in children:
        assert len(child.read_at(0, child.size + 5)) == child.size
        assert child.read_at(child.size, 5) == b""


HEAD = b"From: a@b.example\nSubject: x\n"
PAGE = HEAD + b"Content-Type: text/html\n\n"
COSTLY = {
    "parts": (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n\n"),
    "boundaries that are none": (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n", b"--bx\n"),
    "multiparts in multiparts": (b"", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "headers": (HEAD, b"Received: from x by y\n"),
    "folds": (HEAD + b"X: y", b"\n "),
    "carriage returns": (HEAD, b"\r"),
    "receivers": (HEAD + b"Cc: ", b"a@b.example,"),
    "quotes": (HEAD + b"To: ", b'"'),
    "brackets": (HEAD + b"To: ", b"("),
    "colons": (HEAD + b"To: ", b":"),
    "encoded words": (HEAD + b"Subject: ", b"=?utf-8?q?a?= "),
    "words that never end": (HEAD + b"Subject: ", b"=?utf-8?q?"),
    "parameters": (HEAD + b"Content-Type: text/plain", b";a=b"),
    "pieces of a parameter": (HEAD + b"Content-Type: text/plain", b";\n name*0=b"),
    "quoted-printable": (HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n", b"=4 ="),
    "base64": (HEAD + b"Content-Transfer-Encoding: base64\n\n", b"A=\n"),
    "uuencode": (HEAD + b"Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n", b"!\n"),
    "postmarks that are none": (b"From a@b.example Tue Mar  5 10:00:00 2024\nSubject: x\n\n", b"\nFrom here\n"),
    "lengths that lie": (b"", b"From a@b.example Tue Mar  5 10:00:00 2024\nContent-Length: 999999\n\ny\n\n"),
    "small mails": (b"", b"From a@b.example Tue Mar  5 10:00:00 2024\nSubject: x\n\ny\n\n"),
    "escaped lines": (b"From a@b.example Tue Mar  5 10:00:00 2024\nSubject: x\n\n", b">>>From \n"),
    "tags": (PAGE, b"<p>"),
    "tags that never end": (PAGE, b"<a b='"),
    "stray quotes": (PAGE, b"<a b=' >"),
    "comments": (PAGE, b"<!--"),
    "end tags": (PAGE, b"</b>"),
    "styles": (PAGE, b"<style>.a{color:red}</style>"),
    "rules": (PAGE + b"<style>", b".a{display:none}"),
    "links": (PAGE, b"<a href=http://x.example>y</a>"),
    "entities": (PAGE, b"&#1;&"),
    "numbers": (PAGE + b"&#", b"9"),
    "angle brackets": (PAGE, b"<"),
}


@pytest.mark.parametrize("name", COSTLY)
def test_time_grows_with_size(mails, name: str) -> None:
    start, unit = COSTLY[name]

    def seconds(size: int) -> float:
        data = start + unit * ((size - len(start)) // len(unit))
        began = time.process_time()
        mails.items(data)
        return time.process_time() - began

    seconds(1 << 14)
    small, large = seconds(1 << 16), seconds(1 << 19)
    # Eight times the size: linear is 8, a square 64. Small times are noise.
    assert large < 0.25 or large < 24 * max(small, 0.004), (small, large)


@pytest.mark.proof
@pytest.mark.parametrize("name", COSTLY)
def test_25_megabytes_never_stand_still(mails, name: str) -> None:
    start, unit = COSTLY[name]
    data = start + unit * (((25 << 20) - len(start)) // len(unit))
    before = time.process_time()
    for item in READER.read(Part(file="f", part=(), source=mails.part(data).source), Options()):
        now = time.process_time()
        assert isinstance(item, Message)
        assert now - before < 20
        before = now


def test_what_is_beyond_a_limit_is_counted(mails) -> None:
    many = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000
    message = mails.one(many)
    assert "not_all_read" in message.doubts
    assert "bytes of this mail were not read" in message.why
    long = mails.one(HEAD + b"\n" + b"words and " * 1_000_000)
    assert {"text_cut", "not_all_read"} <= set(long.doubts)
    assert len(long.text) >= 8 << 20
    assert seen_text("<b>" * 250_000).cut > 0
