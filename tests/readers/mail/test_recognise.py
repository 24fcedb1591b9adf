"""What is taken for a mail and what is not: content decides."""

from __future__ import annotations

from pathlib import Path

import pytest

MAIL = b"From: a@b.example\nTo: c@d.example\nSubject: s\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\nhello\n"


@pytest.mark.parametrize(
    "data",
    [
        MAIL,
        MAIL.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + MAIL,
        b"\r\n\n" + MAIL,
        b">From a@b.example Tue Mar  5 10:00:00 2024\n" + MAIL,
        b"From - Tue Mar 05 10:00:00 2024\n" + MAIL,
        MAIL[:60],
        MAIL.partition(b"\n\n")[0],
        b"From: me\nTo: you\nSubject: x\n\nno addresses\n",
        b"Subject: =?utf-8?B?eA==?=\n\none header only\n",
        b"Received: from x by y; Tue, 5 Mar 2024 10:00:00 +0000\nX-Odd: 1\n\n",
        b"X-Mozilla-Status: 0001\nX-Account-Key: account1\nReturn-Path: <a@b.example>\nSubject: s\n\n",
        b"From  : a@b.example\nTo  : c@d.example\nSubject  : s\n\nspaces before colons\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    ],
)
def test_mails_are_claimed(mails, data: bytes) -> None:
    assert mails.claims(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"12/03/2024, 21:14 - Sam: From: me\n12/03/2024, 21:15 - Maya: To: you\n",
        b"[12.03.24, 21:14:00] Sam: Subject: money\n",
        b"From the hills she came on Tuesday, 5 March 2024, at 10:00.\nTo: nobody\n",
        b"<!DOCTYPE html><html><body>From: a@b.example<br>To: c@d.example</body></html>",
        b"HTTP/1.1 200 OK\r\nDate: Tue, 05 Mar 2024 10:00:00 GMT\r\nContent-Type: text/html\r\n\r\n<html>",
        b"GET / HTTP/1.1\r\nHost: x.example\r\nUser-Agent: y\r\n\r\n",
        b"Date: Tue, 05 Mar 2024 10:00:00 GMT\r\nServer: x\r\nContent-Type: text/html\r\n\r\n<html>",
        b"---\ntitle: A page\ndate: 2024-03-05\nsubject: x\n---\ntext\n",
        b"title: A page\nauthor: me\ndate: 2024-03-05\n\ntext\n",
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/\r\nSubject: x\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n",
        b'From: "Saved by Windows Internet Explorer 11"\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n',
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nDTSTART:20240305\r\n",
        b"2024-03-05 10:00:00 INFO To: x\n2024-03-05 10:00:01 INFO From: y\n",
        b'{"from": "a@b.example", "to": "c@d.example", "subject": "x"}',
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nContent-Length: 0\r\n\r\n",
        b"from,to,subject,date\na@b.example,c@d.example,x,2024\n",
        b"Name: Sam\nAge: 20\n\nhello\n",
        b"commit 1234\nAuthor: A <a@b.example>\nDate:   Tue Mar 5 10:00:00 2024 +0000\n\n    text\n",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04From: a@b.example",
    ],
)
def test_other_things_are_left_alone(mails, data: bytes) -> None:
    assert not mails.claims(data)


def test_no_other_sample_is_taken_for_a_mail(corpora: Path, mails) -> None:
    for folder in sorted((corpora / "readers").iterdir()):
        if folder.name == "eml":
            continue
        for file in folder.rglob("*"):
            if file.is_file():
                with file.open("rb") as opened:
                    assert not mails.claims(opened.read(1 << 16), file.name), file
