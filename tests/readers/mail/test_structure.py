"""Where mail programs would disagree, the mail says so; where they agree, it does not."""

from __future__ import annotations

import base64

import pytest

from holdfast.readers import _mail_why
from holdfast.readers._mail_mime import walk
from holdfast.readers._mail_why import ambiguous, why_ambiguous

TOP = b"From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Tue, 5 Mar 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
PARTS = b"--cut\nContent-Type: text/plain\n\nhello\n--cut\nContent-Type: image/png; name=a.png\n\npng\n--cut--\n"
MIXED = TOP + b"Content-Type: multipart/mixed; boundary=cut\n\n" + PARTS


def part(lines: bytes) -> bytes:
    return TOP + b"Content-Type: multipart/mixed; boundary=cut\n\n--cut\n" + lines + b"\n--cut--\n"


ORDINARY = {
    "two parts": MIXED,
    "quoted boundary": MIXED.replace(b"boundary=cut", b'boundary="cut"'),
    "boundary on its own line": MIXED.replace(b"; boundary", b";\n\tboundary"),
    "a preamble": MIXED.replace(b"\n\n--cut", b"\n\nThis is a multi-part message in MIME format.\n\n--cut", 1),
    "capitals": MIXED.replace(b"multipart/mixed", b"Multipart/Mixed"),
    "windows": MIXED.replace(b"\n", b"\r\n"),
    "base64 in lines": part(
        b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(bytes(range(256)))
    ),
    "quoted-printable": part(b"Content-Transfer-Encoding: quoted-printable\n\nsch=C3=B6n und lang =\nweiter\n"),
    "a coded file name": part(b"Content-Type: a/b\nContent-Disposition: attachment; filename*=utf-8''na%C3%AFve.pdf\n\nx\n"),
    "both kinds of file name": part(
        b"Content-Type: a/b\nContent-Disposition: attachment; filename=naive.pdf; filename*=utf-8''na%C3%AFve.pdf\n\nx\n"
    ),
    "an outlook boundary": MIXED.replace(b"cut", b"----=_NextPart_000_0011_01DA6E2B.7C0B1C30"),
    "format flowed": TOP + b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nhello\n",
    "no mime at all": b"From: a@b.example\nSubject: s\n\nhello\n",
}

ODD = {
    "two content types": MIXED.replace(b"Content-Type: multipart", b"Content-Type: text/plain\nContent-Type: multipart", 1),
    "two boundaries": MIXED.replace(b"boundary=cut", b"boundary=other; boundary=cut"),
    "a comment": MIXED.replace(b"boundary=cut", b"(boundary=other) boundary=cut"),
    "an escape": MIXED.replace(b"boundary=cut", b'boundary="c\\ut"'),
    "a coded boundary": MIXED.replace(b"boundary=cut", b"boundary*=''cut"),
    "pieces of a boundary": MIXED.replace(b"boundary=cut", b"boundary*0=c; boundary*1=ut"),
    "an encoded word": MIXED.replace(b"boundary=cut", b"boundary==?utf-8?q?cut?="),
    "boundary never closed": MIXED.replace(b"--cut--", b""),
    "boundary not there": MIXED.replace(b"--cut", b"--tuc"),
    "no boundary": MIXED.replace(b"; boundary=cut", b""),
    "parts after the end": MIXED + b"--cut\n\nmore\n--cut--\n",
    "boundary with more": MIXED.replace(b"--cut\nContent-Type: image", b"--cutx\nContent-Type: image"),
    "same boundary inside": part(b"Content-Type: multipart/mixed; boundary=cut\n\n--cut\n\nx\n--cut--\n"),
    "undeclared parts": TOP + b"\n" + PARTS,
    "type without slash": MIXED.replace(b"multipart/mixed", b"multipart"),
    "text with a boundary": MIXED.replace(b"multipart/mixed", b"text/plain"),
    "a header in a fold": MIXED.replace(b"Subject: s", b"Subject: s\n Content-Type: text/plain"),
    "a lone cr in the header": MIXED.replace(b"Subject: s", b"Subject: s\rContent-Type: text/plain"),
    "space before colon": MIXED.replace(b"Content-Type: multi", b"Content-Type : multi"),
    "junk in the header": MIXED.replace(b"MIME-Version", b"junk\nMIME-Version"),
    "unknown encoding": part(b"Content-Transfer-Encoding: x-strange\n\nx\n"),
    "two encodings": part(b"Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 8bit\n\naGVsbG8=\n"),
    "junk in base64": part(b"Content-Transfer-Encoding: base64\n\naGVs!bG8=\n"),
    "padding inside base64": part(b"Content-Transfer-Encoding: base64\n\naGVsbG8=aGVsbG8=\n"),
    "missing padding": part(b"Content-Transfer-Encoding: base64\n\naGVsbG8\n"),
    "uuencoded file in the text": part(b"\nbegin 644 a.zip\n#0V%T\n`\nend\n"),
    "bad quoted-printable": part(b"Content-Transfer-Encoding: quoted-printable\n\nx =ZZ y\n"),
    "encoded mail": part(b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(MIXED)),
    "two names": part(b"Content-Type: a/b; name=a.txt\nContent-Disposition: attachment; filename=a.exe\n\nx\n"),
    "name given twice": part(b"Content-Type: a/b\nContent-Disposition: attachment; filename=a.txt; filename=a.exe\n\nx\n"),
    "coded and plain name differ": part(
        b"Content-Type: a/b\nContent-Disposition: attachment; filename=a.txt; filename*=utf-8''b.exe\n\nx\n"
    ),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_mails_are_not_called_ambiguous(mails, name: str) -> None:
    message = mails.one(ORDINARY[name])
    assert "structure_ambiguous" not in message.doubts, message.why


@pytest.mark.parametrize("name", ODD)
def test_odd_mails_are_called_ambiguous(mails, name: str) -> None:
    message = mails.one(ODD[name])
    assert "structure_ambiguous" in message.doubts
    assert message.why is not None
    assert message.why.startswith("Mail programs may show this mail differently: ")


def test_no_text_is_lost_to_an_odd_structure(mails) -> None:
    for name in ("boundary never closed", "boundary not there", "no boundary", "undeclared parts", "type without slash"):
        assert "hello" in mails.one(ODD[name]).text, name


def test_numbers_of_parts_are_those_of_imap(mails) -> None:
    data = (
        TOP + b"Content-Type: multipart/mixed; boundary=A\n\n--A\nContent-Type: multipart/alternative; boundary=B\n\n"
        b"--B\n\nhi\n--B\nContent-Type: text/html\n\n<p>hi</p>\n--B--\n--A\nContent-Type: a/b\n\nx\n"
        b"--A\nContent-Type: message/rfc822\n\nSubject: in\n\nin\n--A--\n"
    )
    assert [(leaf.number, leaf.media_type) for leaf in walk(data).leaves] == [
        ("1.1", "text/plain"), ("1.2", "text/html"), ("2", "a/b"), ("3", "message/rfc822"),
    ]  # fmt: skip
    assert [leaf.number for leaf in walk(TOP + b"\nhello").leaves] == ["1"]


def test_every_cause_the_code_can_give_has_words() -> None:
    """A cause nobody put into words would never be said."""
    assert why_ambiguous(["two_names"]).endswith("written in an unusual way.")
    assert ambiguous(["qp_bad_code", "name_comment"]) == {"qp_bad_code"}
    said = [cause for causes in _mail_why._SAID.values() for cause in causes.split()]
    assert len(said) == len(set(said))


def test_a_mail_that_is_nothing_but_a_file_has_an_attachment_and_no_text(mails, bytes_of):
    head = b"From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n"
    data = head + b'Content-Type: text/plain\nContent-Disposition: attachment; filename="list.csv"\n\na;b\n'
    message = mails.one(data)
    assert (message.text, [(one.name, one.media_type) for one in message.attachments]) == ("", [("list.csv", "text/plain")])
    assert [bytes_of(child) for child in mails.children(data)] == [b"a;b\n"]
    shown = mails.one(head + b'Content-Type: text/plain; name="list.csv"\n\na;b\n')
    assert (shown.text, shown.attachments) == ("a;b\n", ())


def test_a_type_whose_semicolon_is_missing_is_still_the_type(mails):
    head = b"From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n"
    part = b'Content-Type: application/pdf name="bill.pdf"\nContent-Disposition: attachment; filename="bill.pdf"\n\nx\n'
    data = head + b"Content-Type: multipart/mixed; boundary=q\n\n--q\n\nhi\n--q\n" + part + b"--q--\n"
    [attachment] = mails.one(data).attachments
    assert (attachment.name, attachment.media_type) == ("bill.pdf", "application/pdf")
