"""Every public mail we have: none crashes, none is lost, odd ones are said to be odd, ordinary ones are not."""

from __future__ import annotations

import sys
import sysconfig
import time
from pathlib import Path

import msgspec
import pytest

# As written in the mails of the collection: what each says, read with the eye.
SAYS: list[tuple[str, dict[str, object]]] = [
    ("mail__japanese_iso_2022", {"subject": "まみむめも", "text": "すみません。\n\n", "to": ("みける <raasdnil@gmail.com>",)}),
    ("mail__ks_c_5601-1987", {"subject": "test", "text": "스티해\n", "doubts": ()}),
    ("mail_test_12", {"subject": "代开各地增值税发票", "sender": "张先生 <baoguan@hotmail.com>"}),
    ("mail_test_6", {"subject": "Быстрее вкладывайте в золото!", "sender": "Время пришло <noreply@ggg.com>"}),
    ("mail__bad_encoded_subject", {"subject": "TEST", "sender": None, "text": "TEST\n"}),
    ("mail__utf8_headers", {"subject": "Säying Hello", "sender": "Jöhn Doe <jdöe@mächine.example>", "text": "body\n"}),
    ("mail__example13", {"subject": "Saying Hello", "sender": "John Doe <jdoe@machine.example>"}),
    ("mail__example11", {"to": ("Mary Smith <mary@example.net>", "jdoe@test.example"), "subject": None}),
    ("mail_test_18", {"sender": "LastßlName, FirstName <comma.name@example.com>"}),
    ("mail__multiple_invalid_content_dispositions", {"text": "foo"}),
    ("mail__attachment_pdf", {"subject": "Another PDF with 🎉 Unicode chars in it 🍿"}),
    ("mail__invalid_subject_characters", {"sender": "Formação Frenetikpolis <info@formacaofrenetik.info>"}),
]
ATTACHED = {
    "mail__japanese_attachment": [("てすと.txt", ("1", "2"), "text/plain")],
    "mail__attachment_with_quoted_filename": [("Eelanalüüsi päring.jpg", ("1", "1"), "image/jpeg")],
    "mail__attachment_message_rfc822": [("ForwardedMessage.eml", ("1", "2"), "message/rfc822")],
    "mail__attachment_nonascii_filename": [("ciële.txt", ("1", "2"), "text/plain")],
    "mail__multi_address_bounce2": [
        ("part 2 without a name", ("1", "2"), "message/delivery-status"),
        ("a mail inside this mail", ("1", "3"), "message/rfc822"),
    ],
}


NO_MAILS = {"msg_19.txt", "msg_37.txt"}  # a text, and a bare multipart: nothing says that they are mails


def read_whole(data: bytes, mails) -> None:
    started = time.process_time()
    message = mails.one(data)
    assert time.process_time() - started < 1
    msgspec.json.encode(message)
    children = mails.children(data)
    assert [child.part for child in children] == [one.part for one in message.attachments]
    for child in children:
        assert len(child.read_at(0, child.size)) == child.size


def test_every_mail_of_the_collections_is_read(corpora: Path, mails) -> None:
    files = sorted((corpora / "readers" / "eml").iterdir()) + sorted((corpora / "mime-is-broken").iterdir())
    assert len(files) > 400
    for file in files:
        read_whole(file.read_bytes(), mails)
        assert mails.claims(file.read_bytes()), file.name


def test_every_test_mail_of_python_is_read(mails) -> None:
    """They ship with many Pythons, not with all."""
    folder = Path(sysconfig.get_path("stdlib")) / "test" / "test_email" / "data"
    files = sorted(folder.glob("msg_*.txt"))
    if not files:
        pytest.skip(f"Python {sys.version.split()[0]} came without its test mails")
    for file in files:
        read_whole(file.read_bytes(), mails)
        assert mails.claims(file.read_bytes()) == (file.name not in NO_MAILS), file.name


@pytest.mark.parametrize(("name", "says"), SAYS, ids=lambda value: value if isinstance(value, str) else "")
def test_known_mails_say_what_they_say(corpora: Path, mails, name: str, says: dict[str, object]) -> None:
    message = mails.one((corpora / "readers" / "eml" / f"{name}.eml").read_bytes())
    assert {key: getattr(message, key) for key in says} == says


@pytest.mark.parametrize("name", ATTACHED)
def test_known_attachments(corpora: Path, mails, name: str) -> None:
    message = mails.one((corpora / "readers" / "eml" / f"{name}.eml").read_bytes())
    assert [(one.name, one.part, one.media_type) for one in message.attachments] == ATTACHED[name]


def test_ambiguous_mails_are_said_to_be_ambiguous(corpora: Path, mails) -> None:
    """Promised of the whole collection, its own valid-but-rare samples included; of the invalid ones nearly all."""
    flagged: dict[bool, list[bool]] = {True: [], False: []}
    for file in (corpora / "mime-is-broken").iterdir():
        message = mails.one(file.read_bytes())
        valid = message.subject.startswith(("[2]", "[3]"))  # how the collection itself marks them
        flagged[valid].append("structure_ambiguous" in message.doubts)
    everything = flagged[True] + flagged[False]
    assert len(everything) == 372
    assert sum(everything) / len(everything) >= 0.95
    assert sum(flagged[False]) / len(flagged[False]) >= 0.98


def test_few_ordinary_mails_are_called_ambiguous(corpora: Path, mails) -> None:
    """The collection of ordinary mails holds broken ones too; each of these has a fault one can point at."""
    files = sorted((corpora / "readers" / "eml").iterdir())
    flagged = {file.stem for file in files if "structure_ambiguous" in mails.one(file.read_bytes()).doubts}
    assert flagged == {
        "mail__content_transfer_encoding_empty",  # an encoding is announced and not named
        "mail__content_transfer_encoding_qp_with_space",  # "quoted printable"
        "mail__content_transfer_encoding_text-html",  # an encoding that is none
        "mail__content_transfer_encoding_with_semi_colon",  # "7bit;" and codes that are none
        "mail__email_with_similar_boundaries",  # one boundary begins like the other
        "mail__example13",  # a line that is no header, blanks before colons
        "mail__multiple_invalid_content_dispositions",  # two of them, and neither is one
        "mail__must_supply_encoding",  # parts are announced and none is there
        "mail__raw_email4",  # the last boundary lacks a sign
        "mail__raw_email_incorrect_header",  # a line that is no header
        "mail_test_6",  # a transfer encoding round parts, which is forbidden
    }
