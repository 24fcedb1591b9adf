"""Every reader there is gives the same in a confined worker as without: nothing it needs is loaded too late."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from holdfast.confine import Pool, Serial
from holdfast.intake import BytesHeld
from holdfast.model import Gap, Message
from holdfast.readers import Options, readers

OPTIONS = Options(me=frozenset({"maya@example.org"}), zone="Asia/Karachi", date_order="dmy")
CHARSETS = (
    "us-ascii", "utf-8", "utf-7", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1251", "windows-1256", "koi8-r", "gb2312",
    "gbk", "gb18030", "hz-gb-2312", "big5", "big5-hkscs", "shift_jis", "iso-2022-jp", "iso-2022-kr", "euc-jp", "euc-kr",
    "ks_c_5601-1987", "cp949", "tis-620", "mac-roman", "x-unknown-charset",
)  # fmt: skip


def samples() -> Iterator[tuple[str, bytes]]:
    for reader in readers():
        for number, sample in enumerate(reader.samples):
            yield f"{reader.id}-{number}", sample.content


def mails() -> Iterator[tuple[str, bytes]]:
    for charset in CHARSETS:
        body = "Grüße, Привет, 你好, 안녕, こんにちは"
        try:
            spelt = body.encode(charset, "ignore")
        except LookupError:
            spelt = body.encode()
        header = f"From: a@b.example\r\nTo: maya@example.org\r\nSubject: =?{charset}?q?hello?=\r\n"
        header += f"Date: Tue, 12 Mar 2024 21:14:00 +0500\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
        yield charset, header.encode() + spelt + b"\r\n"


@pytest.fixture(scope="module")
def source() -> BytesHeld:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*samples(), *mails()):
            archive.writestr(name, content)
    return BytesHeld(held.getvalue())


def test_the_same_lines_either_way(source: BytesHeld) -> None:
    with Pool(1) as pool, Serial() as serial:
        confined = list(pool.read(source, "f", OPTIONS))
        assert confined == list(serial.read(source, "f", OPTIONS))
        other = Options(zone="Europe/London")
        assert list(pool.read(source, "f", other)) == list(serial.read(source, "f", other))
    assert [line.why for line in confined if isinstance(line, Gap)] == []
    assert sum(isinstance(line, Message) for line in confined) >= len(CHARSETS) + len(readers())
