"""Sender, subject, time and the headers that show where a mail came from."""

from __future__ import annotations

import pytest

DATE = b"Date: Tue, 5 Mar 2024 10:00:00 +0000\n"


def with_header(line: bytes) -> bytes:
    return b"From: a@b.example\n" + line + b"\nMIME-Version: 1.0\n\ntext\n"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (b"=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        (b"=?UTF-8?B?44GZ44G/?= =?UTF-8?B?44G+44Gb44KT?=", "すみません"),
        (b"=?utf-8?b?5LiJ5aSp?=\n =?utf-8?b?5LmL5YaF?= paid", "三天之内 paid"),
        (b"=?gb2312?B?1cXPyMn6?=", "张先生"),
        (b"=?iso-8859-1?q?=A1Hola,_se=F1or!?=", "¡Hola, señor!"),
        (b"=?utf-8?b?5LiJ5Q==?= =?utf-8?b?pKk=?=", "三天"),
        (b"=?utf-8*en?q?hi?= there", "hi there"),
        (b"Re: =?utf-8?q?spaces in it?=", "Re: spaces in it"),
        (b"=?utf-8?B?aGVsbG8?=", "hello"),
        ("Größe und 三天".encode(), "Größe und 三天"),
        ("Größe".encode("latin-1"), "Größe"),
        (b"folded\n\tonce", "folded\tonce".replace("\t", " ")),
        (b"nul\0 here", "nul\ufffd here"),
    ],
)
def test_subjects(mails, line: bytes, shown: str) -> None:
    assert mails.one(with_header(b"Subject: " + line)).subject == shown


@pytest.mark.parametrize("line", [b"=?utf-8?B?aGVsb", b"=?utf-8?q?un", b"=?utf-8?X?abc?=", b"=?no-such-set?B?aGVsbG8=?="])
def test_broken_subjects_are_kept(mails, line: bytes) -> None:
    message = mails.one(with_header(b"Subject: " + line))
    assert message.subject in (line.decode(), "hello")


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        (b"a@b.example", "a@b.example"),
        (b"<a@b.example>", "a@b.example"),
        (b"Sam <a@b.example>", "Sam <a@b.example>"),
        (b'"Sam, the one" <a@b.example>', "Sam, the one <a@b.example>"),
        (b"Sam, the one <a@b.example>", "Sam, the one <a@b.example>"),
        (b"=?utf-8?q?S=C3=A4m=2C_B?= <a@b.example>", "Säm, B <a@b.example>"),
        (b"a@b.example (Sam)", "Sam <a@b.example>"),
        (b"a@b.example, c@d.example", "a@b.example, c@d.example"),
        (b"Team: a@b.example, c@d.example;", "a@b.example, c@d.example"),
        ("Сэм <сэм@пример.example>".encode(), "Сэм <сэм@пример.example>"),
        (b"just a name", "just a name"),
        (b'"unclosed <a@b.example>', "unclosed <a@b.example>"),
        (b"<>", None),
        (b"", None),
        (b'"a@x.example" <c@d.example>', "a@x.example <c@d.example>"),
    ],
)
def test_senders(mails, line: bytes, sender: str | None) -> None:
    message = mails.one(b"From: " + line + b"\nSubject: x\n" + DATE + b"\ntext\n")
    assert message.sender == sender
    assert ("no_sender" in message.doubts) == (sender is None)


@pytest.mark.parametrize(
    ("printed", "local", "utc", "zone"),
    [
        ("Tue, 5 Mar 2024 21:14:00 +0500", "2024-03-05T21:14:00", "2024-03-05T16:14:00Z", "+05:00"),
        ("5 Mar 2024 21:14 -0330", "2024-03-05T21:14:00", "2024-03-06T00:44:00Z", "-03:30"),
        ("Tue, 05 Mar 24 21:14:00 GMT", "2024-03-05T21:14:00", "2024-03-05T21:14:00Z", "+00:00"),
        ("Tue, 5 Mar 2024 21:14:00 EST", "2024-03-05T21:14:00", "2024-03-06T02:14:00Z", "-05:00"),
        ("Tue, 5 Mar 2024 21:14:00 +0000 (UTC)", "2024-03-05T21:14:00", "2024-03-05T21:14:00Z", "+00:00"),
        ("Tue, 5 Mar 2024 21:14:00 -0000", "2024-03-05T21:14:00", None, None),
        ("Tue, 5 Mar 2024 21:14:00", "2024-03-05T21:14:00", None, None),
        ("Tue, 5 Mar 2024 21:14:00 CET", "2024-03-05T21:14:00", None, None),
        ("Tue, 5 Mar 2024 21:14:00 +9900", "2024-03-05T21:14:00", None, None),
        ("Tue Mar  5 21:14:00 2024", "2024-03-05T21:14:00", None, None),
        ("2024-03-05T21:14:00+05:00", "2024-03-05T21:14:00", "2024-03-05T16:14:00Z", "+05:00"),
        ("(odd) Tue,5 Mar 2024 21:14:00 +0500", "2024-03-05T21:14:00", "2024-03-05T16:14:00Z", "+05:00"),
        ("Sat, 1 Jan 99 00:00:00 +0000", "1999-01-01T00:00:00", "1999-01-01T00:00:00Z", "+00:00"),
    ],
)
def test_dates(mails, printed: str, local: str, utc: str | None, zone: str | None) -> None:
    sent = mails.one(with_header(b"Date: " + printed.encode())).sent
    assert (sent.printed, sent.local, sent.utc, sent.zone, sent.how_known) == (printed, local, utc, zone, "file")


@pytest.mark.parametrize(
    "printed", ["Tue, 35 Mar 2024 21:14:00 +0500", "yesterday", "5 Foo 2024 10:00:00 +0000", "31 Feb 2024 25:00"]
)
def test_bad_dates_are_kept_as_printed_and_nothing_is_put_in_their_place(mails, printed: str) -> None:
    received = b"Received: from x by y; Wed, 6 Mar 2024 08:00:00 +0000\n"
    message = mails.one(received + with_header(b"Date: " + printed.encode()))
    assert (message.sent.printed, message.sent.local, message.sent.how_known) == (printed, None, "undecided")
    assert "date_not_understood" in message.doubts
    assert "Wed, 6 Mar 2024 08:00:00 +0000" in message.why


def test_a_date_in_figures_stays_open_until_a_person_says(mails) -> None:
    data = with_header(b"Date: 03/05/2024 21:14")
    sent = mails.one(data).sent
    assert (sent.how_known, sent.readings) == ("undecided", ("2024-05-03T21:14:00", "2024-03-05T21:14:00"))
    assert mails.one(data, date_order="mdy").sent.local == "2024-03-05T21:14:00"
    known = mails.one(data, date_order="mdy", zone="Asia/Karachi").sent
    assert (known.utc, known.zone, known.how_known) == ("2024-03-05T16:14:00Z", "Asia/Karachi", "person")


def test_where_a_mail_came_from_is_shown_in_file_order(mails) -> None:
    data = (
        b"Return-Path: <a@b.example>\nReceived: from one\n by two; Tue, 5 Mar 2024 10:00:02 +0000\nReceived: from zero by one\n"
        b"X-Originating-IP: [192.0.2.7]\nX-GM-THRID: 17\nX-Gmail-Labels: =?UTF-8?Q?Sp=C3=A4m?=\n"
        b"Authentication-Results: mx; spf=fail\nARC-Seal: i=1\nFrom: a@b.example\n"
        b"Bcc: e@f.example\nIrrelevant: 1\nMessage-ID: <1@b.example>\n\nx\n"
    )
    message = mails.one(data)
    assert [name for name, _ in message.headers] == [
        "Return-Path", "Received", "Received", "X-Originating-IP", "X-GM-THRID", "X-Gmail-Labels", "Authentication-Results",
        "ARC-Seal", "From", "Bcc", "Message-ID",
    ]  # fmt: skip
    shown = dict(message.headers)
    assert shown["X-Gmail-Labels"] == "Späm"
    assert message.headers[1][1] == "from one by two; Tue, 5 Mar 2024 10:00:02 +0000"
    assert message.to == ("e@f.example",)


def test_headers_given_twice_are_a_doubt(mails) -> None:
    message = mails.one(b"From: a@b.example\nFrom: e@f.example\nSubject: x\n" + DATE + b"\ntext\n")
    assert message.sender == "a@b.example, e@f.example"
    assert "header_repeated" in message.doubts


def test_lines_that_end_in_cr_alone(mails) -> None:
    message = mails.one(b"From: a@b.example\rSubject: old\rDate: Tue, 5 Mar 2024 10:00:00 +0000\r\rtext\rmore\r")
    assert (message.sender, message.subject) == ("a@b.example", "old")
    assert message.text.startswith("text")


def test_a_forwarded_mail_is_a_part_that_can_be_read_again(mails, bytes_of) -> None:
    inner = (
        b"From: x@y.example\nSubject: inner\n" + DATE + b"Content-Type: multipart/mixed; boundary=in\n\n--in\n\ndeep\n--in\n"
    )
    inner += b"Content-Type: image/png; name=p.png\n\npng\n--in--\n"
    outer = (
        b"From: a@b.example\nSubject: fwd\n"
        + DATE
        + b"Content-Type: multipart/mixed; boundary=out\n\n--out\n\nsee below\n--out\n"
        b"Content-Type: message/rfc822\n\n" + inner + b"\n--out--\n"
    )
    message = mails.one(outer)
    assert message.text == "see below"
    assert [(one.part, one.media_type) for one in message.attachments] == [(("1", "2"), "message/rfc822")]
    (child,) = mails.children(outer)
    read_again = mails.one(bytes_of(child))
    assert (read_again.subject, read_again.text) == ("inner", "deep")
    assert [one.part for one in read_again.attachments] == [("1", "2")]
    assert mails.claims(bytes_of(child))


def test_names_of_attachments(mails) -> None:
    for line, name in [
        (b"attachment; filename=a.pdf", "a.pdf"),
        (b'attachment; filename="a b.pdf"', "a b.pdf"),
        (b"attachment; filename*=UTF-8''na%C3%AFve%20.pdf", "naïve .pdf"),
        (b'attachment; filename*0="very long na"; filename*1="me.pdf"', "very long name.pdf"),
        (b"attachment; filename*0*=UTF-8''%E4%B8%89; filename*1*=%E5%A4%A9.jpg", "三天.jpg"),
        (b'attachment; filename="=?UTF-8?B?5LiJ5aSp?=.jpg"', "三天.jpg"),
        (b"attachment; filename==?UTF-8?Q?na=C3=AFve.pdf?=", "naïve.pdf"),
        ('attachment; filename="三天.jpg"'.encode(), "三天.jpg"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b"attachment", "part 1 without a name"),
    ]:
        data = b"From: a@b.example\n" + DATE + b"Content-Type: application/pdf\nContent-Disposition: " + line + b"\n\n%PDF\n"
        (attachment,) = mails.one(data).attachments
        assert (attachment.name, attachment.media_type) == (name, "application/pdf")
