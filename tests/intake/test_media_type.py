"""What bytes are, told from the bytes."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.intake import media_type


def office(first: str, folder: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(first, "x")
        made.writestr(f"{folder}/document.xml", "x")
    return held.getvalue()


def book() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr("content", "x")
    return held.getvalue()


def tarred() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        made.addfile(tarfile.TarInfo("a"), io.BytesIO())
    return held.getvalue()


MAIL = b"Return-Path: <a@b.example>\r\nFrom: a@b.example\r\nSubject: hi\r\n\r\nhello\r\n"
PAGE = b"<!-- saved -->\n<html><body>x"
KNOWN = [
    (b"", "application/x-empty"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
    (b"GIF89a\x01\0", "image/gif"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
    (b"\0\0\0\x18ftypmif1\0\0\0\0", "image/heif"),
    (b"\0\0\0\x18ftypavif\0\0\0\0", "image/avif"),
    (b"\0\0\0\x18ftypmp42\0\0\0\0", "video/mp4"),
    (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
    (b"\0\0\0\x14ftypqt  \0\0\0\0", "video/quicktime"),
    (b"\0\0\0\x18ftyp3gp5\0\0\0\0", "video/3gpp"),
    (b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4"),
    (b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead", "audio/opus"),
    (b"OggS\0\x02" + b"\0" * 20 + b"\x01\x1e\x01vorbis", "audio/ogg"),
    (b"ID3\x04\0\0", "audio/mpeg"),
    (b"\xff\xfb\x90\x64\0\0", "audio/mpeg"),
    (b"\xff\xf1\x50\x80\0\0", "audio/aac"),
    (b"#!AMR\n\x3c", "audio/amr"),
    (b"\x02#!SILK_V3\x0c", "audio/silk"),
    (b"#!SILK_V3", "audio/silk"),
    (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
    (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
    (b"%PDF-1.7\n", "application/pdf"),
    (b"PK\x05\x06" + b"\0" * 18, "application/zip"),
    (office("[Content_Types].xml", "word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (office("[Content_Types].xml", "xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (office("chat.txt", "word"), "application/zip"),
    (book(), "application/epub+zip"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    (gzip.compress(b"x"), "application/gzip"),
    (tarred(), "application/x-tar"),
    (b"SQLite format 3\0\x10\0", "application/vnd.sqlite3"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "application/x-ole-storage"),
    (b'{"messages": []}', "application/json"),
    (b'\xef\xbb\xbf  [{"a": 1}]', "application/json"),
    (b"[1, 2]", "application/json"),
    (b'\xff\xfe{\0"\0a\0"\0:\x001\0}\0', "application/json"),
    (b"[12/03/24, 21:14:03] Maya: hello\n", "text/plain"),
    (b"[2024-03-12, 21:14:03] Maya: hello\n", "text/plain"),
    (b"[LINE] Chat history\n", "text/plain"),
    (b"{not json\n", "text/plain"),
    ("12/03/2024, 21:14 - Maya: hello\n".encode("utf-16"), "text/plain"),
    ("12/03/2024, 21:14 - Maya: hello\n".encode("utf-16-le"), "text/plain"),
    ("12/03/2024, 21:14 - Maya: hello\n".encode("utf-16-be"), "text/plain"),
    ("消息记录".encode("gb18030"), "text/plain"),
    (b'<?xml version="1.0"?>\n<smses count="1">', "application/xml"),
    (b'<?xml version="1.0"?><svg xmlns="x">', "image/svg+xml"),
    (b'<?xml version="1.0"?><!DOCTYPE html>', "text/html"),
    (b"<!DOCTYPE html><html>", "text/html"),
    (PAGE, "text/html"),
    (b"<b> is what I wrote", "text/plain"),
    (MAIL, "message/rfc822"),
    (b"Subject: a note to myself\n\nhello", "text/plain"),
    (b"From a@b.example Tue Mar 12 21:14:00 2024\n" + MAIL, "application/mbox"),
    (b"From here on it is all different\n", "text/plain"),
    (b"a,b,c\n1,2,3\n4,5,6\n", "text/csv"),
    (b'id;name;text\n1;"a;b";x\n2;c;y\n', "text/csv"),
    (b"hello, you, there\nhow are you\nfine, thanks\n", "text/plain"),
    (b"BEGIN:VCARD\nVERSION:3.0\n", "text/vcard"),
    (b"MZ is how my name begins\n", "text/plain"),
    (b"MZ" + b"\0" * 58 + b"\x40\0\0\0PE\0\0", "application/vnd.microsoft.portable-executable"),
    (b"BZh is no archive\n", "text/plain"),
    (b"\x00\x01\x02\x03\x04", "application/octet-stream"),
    (bytes(range(256)) * 4, "application/octet-stream"),
]


@pytest.mark.parametrize(("head", "kind"), KNOWN, ids=lambda value: repr(value)[:30])
def test_known_kinds(head: bytes, kind: str) -> None:
    assert media_type(head, head[-4096:], len(head)) == kind


def test_a_zip_behind_a_program_is_still_a_zip() -> None:
    content = b"stray bytes\n" + office("chat.txt", "a")
    assert media_type(content, content[-4096:], len(content)) == "application/zip"


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(content: bytes) -> None:
    for start in (b"", b"RIFF", b"MZ", b"PK\x03\x04", b"\0\0\0\0ftyp", b"\xff\xfe", b"BZh", b"OggS"):
        assert "/" in media_type(start + content)


def test_the_kind_does_not_depend_on_where_the_head_is_cut() -> None:
    for head, kind in KNOWN:
        if len(head) > 80 and kind != "application/x-tar" and "openxml" not in kind and kind != "text/plain":
            assert media_type(head + b" " * 70_000) == kind


@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        ("readers/eml", {"message/rfc822", "application/mbox", "text/plain"}),
        ("readers/whatsapp_txt", {"text/plain"}),
        ("readers/telegram_json", {"application/json"}),
        ("readers/sms_xml", {"application/xml"}),
        ("readers/imessage_db", {"application/vnd.sqlite3"}),
        ("readers/msg", {"application/x-ole-storage"}),
    ],
)
def test_public_files_are_what_their_folder_says(corpora: Path, folder: str, kinds: set[str]) -> None:
    files = [file for file in sorted((corpora / folder).rglob("*")) if file.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        assert media_type(content[:65_536], content[-4096:], len(content)) in kinds, file.name
