"""Line ends, encodings, bytes that are no text: nothing is lost, and every line is counted once."""

from __future__ import annotations

import pytest

from holdfast.model import Gap
from holdfast.readers import Look, Part
from holdfast.readers.whatsapp_txt import READER

CHAT = "25/03/2024, 21:14 - Maya: hi\ntwo\n\nlines\n25/03/2024, 21:15 - Sam: yo 🌸\n"


def texts(items):
    return [item.text for item in items]


def test_lines_are_joined_as_they_were(reading):
    assert texts(reading(CHAT)) == ["hi\ntwo\n\nlines", "yo 🌸"]
    assert texts(reading(CHAT.replace("\n", "\r\n"))) == ["hi\ntwo\n\nlines", "yo 🌸"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_an_editor_saves(reading, encoding):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    items = reading((mark + CHAT).encode(encoding))
    assert texts(items) == ["hi\ntwo\n\nlines", "yo 🌸"]
    assert [(item.place.first, item.place.last) for item in items] == [(1, 4), (5, 5)]
    assert not any(item.doubts for item in items)


def test_a_lone_cr_is_kept(reading):
    assert texts(reading("25/03/2024, 21:14 - Maya: a\rb\n25/03/2024, 21:15 - Sam: c\r\r\n")) == ["a\rb", "c\r"]
    assert texts(reading("25/03/2024, 21:14 - Maya: a\r")) == ["a\r"]


def test_blank_lines_at_the_end_of_the_file_are_nobody_s(reading):
    message, blank = reading("25/03/2024, 21:14 - Maya: a\n\n\r\n\n")
    assert (message.text, message.place.last) == ("a", 1)
    assert (blank.event, blank.place.first, blank.place.last) == ("blank", 2, 4)


def test_blank_lines_inside_belong_to_the_message(reading):
    assert texts(reading("25/03/2024, 21:14 - Maya: a\n\n\n25/03/2024, 21:15 - Sam: b")) == ["a\n\n", "b"]


def test_bytes_that_are_no_text_are_shown_and_said(reading):
    message, other = reading(b"25/03/2024, 21:14 - Maya: a\xff\xfeb\xe2\x82\n25/03/2024, 21:15 - Sam: fine\n")
    assert (message.text, message.raw) == ("a\ufffd\ufffdb\ufffd", "a\\xff\\xfeb\\xe2\\x82")
    assert message.doubts == ("bad_bytes",)
    assert (other.text, other.doubts) == ("fine", ())


def test_nul_and_control_characters_are_kept(reading):
    assert texts(reading("25/03/2024, 21:14 - Maya: a\x00b\x1b[31m\x0bc\x85d\u2028e\n")) == ["a\x00b\x1b[31m\x0bc\x85d\u2028e"]


def test_half_a_character_at_the_end_of_a_utf16_file(reading):
    [message] = reading("\ufeff25/03/2024, 21:14 - Maya: ab".encode("utf-16-le")[:-1])
    assert (message.text, message.doubts) == ("a\ufffd", ("bad_bytes",))


def test_a_lone_surrogate_in_utf16(reading):
    [message] = reading("\ufeff25/03/2024, 21:14 - Maya: a\ud83db\n".encode("utf-16-le", "surrogatepass"))
    assert (message.text, message.raw) == ("a\ufffdb", "a\\ud83db")


def test_direction_overrides_stay_in_the_text(reading):
    assert texts(reading("25/03/2024, 21:14 - Maya: photo\u202egpj.exe\n")) == ["photo\u202egpj.exe"]


def test_a_body_larger_than_every_buffer_is_one_message(reading):
    body = "word " * 10 + "\n"
    items = reading("25/03/2024, 21:14 - Maya: a\n" + body * 80_000 + "25/03/2024, 21:15 - Sam: b\n")
    assert [len(item.text) for item in items] == [1 + len(body) * 80_000, 1]


def test_a_line_larger_than_every_buffer_is_one_message(reading):
    items = reading("25/03/2024, 21:14 - Maya: " + "é" * 3_000_000 + "\n25/03/2024, 21:15 - Sam: b\n")
    assert [len(item.text) for item in items] == [3_000_000, 1]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_where_the_blocks_are_cut_changes_nothing(reading, size, monkeypatch):
    """Reading in blocks of any size gives the same items as reading in one."""
    chat = "".join(
        f"{13 + n // 60}/03/2024, 10:{n % 60:02} - {('Maya', 'Sam')[n % 2]}: one é 🌸 {n}\n"
        + ("two\n" if n % 3 == 0 else "")
        + ("[12/03/2024, 21:14:05] Maya: pasted\n" if n % 50 == 7 else "")
        for n in range(200)
    )
    whole = reading(chat)

    def chunks(self: Part):
        offset = 0
        while chunk := self.source.read_at(offset, size):
            yield chunk
            offset += len(chunk)

    monkeypatch.setattr(Part, "chunks", chunks)
    assert reading(chat) == whole


def test_units_are_lines_as_the_contract_counts_them():
    for content in (b"", b"\n", b"a", b"a\n", b"a\nb", b"\r", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\n\n\x00"):

        class Held:
            size = len(content)

            def read_at(self, offset, count, content=content):
                return content[offset : offset + count]

        part = Part("f", (), Held())
        assert READER.units(part) == len(list(part.lines()))


def test_a_text_saved_again_as_windows_1252_is_read_with_a_doubt(reading):
    first = "25/03/2024, 9:14\u00a0p.\u00a0m. - José: mañana a las 9 – ¿sí? Dime algo, te espero en casa\n"
    text = first + "25/03/2024, 9:15 p. m. - Sam: ok\n"
    content = text.encode("cp1252")
    assert READER.recognise(Look(content, content, len(content), "x", ""))
    one, two = reading(content)
    assert (one.sender, one.text) == ("José", "mañana a las 9 – ¿sí? Dime algo, te espero en casa")
    assert one.raw == "ma\\xf1ana a las 9 \\x96 \\xbfs\\xed? Dime algo, te espero en casa"
    assert (one.doubts, two.doubts) == (("bad_bytes",), ())


def test_one_letter_in_utf8_and_the_text_is_utf8(reading):
    content = "25/03/2024, 21:14 - José: hola a todos los que leen esto\n".encode() + b"25/03/2024, 21:15 - Sam: caf\xe9 ok\n"
    assert [item.text for item in reading(content)] == ["hola a todos los que leen esto", "caf\ufffd ok"]


def test_lines_parted_by_cr_alone_are_one_gap_and_nobodys_words(reading):
    [gap] = reading("25/03/2024, 21:14 - Maya: hi\r25/03/2024, 21:15 - Sam: yo\r")
    assert isinstance(gap, Gap)
    [message] = reading("25/03/2024, 21:14 - Maya: hi\rthere\r")
    assert message.text == "hi\rthere\r"


def test_a_name_cut_off_at_the_end_is_in_doubt(reading):
    assert reading("25/03/2024, 21:14 - Maya: hi\n25/03/2024, 21:15 - Sa")[1].doubts == ("sender_or_notice",)
    assert reading("25/03/2024, 21:14 - Maya: hi\n25/03/2024, 21:15 - Sam left\n")[1].doubts == ()
