"""Where mails of a mailbox begin and end, in each dialect; and that a sentence which starts with "From" ends none."""

from __future__ import annotations

import pytest

from holdfast.model import Gap
from holdfast.readers import Options, Part, _mail_mbox, mail
from holdfast.readers._mail_mbox import is_postmark

POSTMARK = b"From sam@elsewhere.example Tue Mar  5 10:00:00 2024\n"


def letter(number: int, body: bytes) -> bytes:
    head = b"From: sam@elsewhere.example\nTo: maya@example.org\nSubject: %d\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\n"
    return head % number + body


def test_mails_are_counted_and_numbered(mails) -> None:
    items = mails.items(b"\n".join(POSTMARK + letter(n, b"text %d\n" % n) for n in range(1, 4)))
    assert [item.subject for item in items] == ["1", "2", "3"]
    assert [item.text for item in items] == ["text 1\n", "text 2\n", "text 3\n"]


@pytest.mark.parametrize(
    "line", [b"From a great distance she saw it.", b"From Monday 10:00 on, in 2024, no more.", b"From  ", b"From x"]
)
def test_a_sentence_that_starts_with_from_separates_nothing(mails, line: bytes) -> None:
    assert not is_postmark(line)
    (item,) = mails.items(POSTMARK + letter(1, b"before\n\n" + line + b"\nafter\n"))
    assert line.decode() in item.text


@pytest.mark.parametrize(
    "line",
    [
        b"From sam@elsewhere.example Tue Mar  5 10:00:00 2024",
        b"From MAILER-DAEMON Tue Mar  5 10:00:00 2024",
        b"From - Tue Mar 05 10:00:00 2024",
        b"From 1792654321012345678@xxx Tue Mar 05 10:00:00 +0000 2024",
        b"From sam@elsewhere.example Tue, 5 Mar 2024 10:00:00 +0000",
        b"From sam@elsewhere.example 2024-03-05 10:00:00",
        b"From sam Tue Mar  5 10:00 2024",
        b"From sam@elsewhere.example Tue Mar  5 10:00:00 CET 2024",
    ],
)
def test_these_are_postmarks(line: bytes) -> None:
    assert is_postmark(line)


def test_a_postmark_quoted_in_a_text_does_not_split_it(mails) -> None:
    quoted = b"He wrote:\n\n" + POSTMARK + b"and nothing else.\n"
    assert len(mails.items(POSTMARK + letter(1, quoted))) == 1
    assert len(mails.items(POSTMARK + letter(1, b"glued\n" + POSTMARK + b"Subject: half\n"))) == 1


def test_escaped_lines_are_read_as_they_were(mails) -> None:
    (item,) = mails.items(POSTMARK + letter(1, b">From here on\n>>From there\n> From quoted\n"))
    assert item.text == "From here on\n>From there\n> From quoted\n"
    assert item.raw == ">From here on\n>>From there\n> From quoted\n"
    assert mails.one(letter(1, b">From here on\n")).text == ">From here on\n"


def test_content_length_is_believed_only_where_it_fits(mails) -> None:
    body = b"one\n\n" + POSTMARK + b"Subject: inside\n\nquoted\n"
    head = letter(1, b"").rstrip(b"\n") + b"\nContent-Length: %d\n\n"
    second = POSTMARK + letter(2, b"two\n")
    items = mails.items(POSTMARK + head % len(body) + body + b"\n" + second)
    assert [item.subject for item in items] == ["1", "2"]
    assert "quoted" in items[0].text
    assert [item.subject for item in mails.items(POSTMARK + head % 7 + body + b"\n" + second)] == ["1", "inside", "2"]


def test_line_ends_of_windows_and_a_mark_in_front(mails) -> None:
    both = (b"\xef\xbb\xbf" + POSTMARK + letter(1, b"a\n") + b"\n" + POSTMARK + letter(2, b"b\n")).replace(b"\n", b"\r\n")
    assert [item.subject for item in mails.items(both)] == ["1", "2"]


def test_a_mail_as_apple_mail_stores_it(mails) -> None:
    inside = letter(1, b"hello\n")
    stored = b"%-10d\n" % len(inside) + inside + b'<?xml version="1.0"?>\n<plist><dict/></plist>\n'
    assert mails.claims(stored)
    message = mails.one(stored)
    assert (message.subject, message.text) == ("1", "hello\n")


def test_attachments_of_a_mailbox_name_their_mail(mails, bytes_of) -> None:
    parts = (
        b"From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=cut\n\n--cut\n\nhello\n--cut\n"
        b"Content-Type: text/x-note\nContent-Disposition: attachment; filename=note.txt\n\n>From me\n--cut--\n"
    )
    data = POSTMARK + letter(1, b"x\n") + b"\n" + POSTMARK + parts
    assert [one.part for one in mails.items(data)[1].attachments] == [("2", "2")]
    (child,) = mails.children(data)
    assert child.part == ("2", "2")
    assert bytes_of(child) == b"From me"


def test_a_mail_beyond_the_limit_is_a_gap_and_the_next_is_read(mails, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_mail_mbox, "MAX_MAIL", 4000)
    data = POSTMARK + letter(1, b"long\n" * 2000) + b"\n" + POSTMARK + letter(2, b"short\n")
    gap, item = mails.items(data)
    assert isinstance(gap, Gap)
    assert gap.bytes is not None
    assert gap.bytes > 10_000
    assert item.text == "short\n"
    assert mails.children(data) == []


def test_a_large_mailbox_is_read_mail_by_mail() -> None:
    """200 MB that exist only as arithmetic: if it were held at once, the largest read would show it."""
    one = POSTMARK + letter(7, b"All work and no play makes this mail long enough.\n" * 400) + b"\n"

    class Endless:
        size = len(one) * 10_000
        largest = 0

        def read_at(self, offset: int, count: int) -> bytes:
            count = max(0, min(count, self.size - offset))
            Endless.largest = max(Endless.largest, count)
            start = offset % len(one)
            return (one * ((start + count) // len(one) + 1))[start : start + count]

    items = mail.READER.read(Part(file="big.mbox", part=(), source=Endless()), Options())
    for number, item in zip(range(1, 300), items, strict=False):
        assert item.place.first == number
        assert item.subject == "7"
    assert Endless.largest <= 1 << 20
