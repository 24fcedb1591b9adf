"""In a case of someone under 18, or where age is not known, not one byte of a picture is kept."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import zipfile
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from .conftest import CHAT, New, Run, everything_sealed, key_of

CANARY = b"CANARY-picture-7f3a"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + CANARY * 40 + b"\xff\xd9"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "WhatsApp Chat with Danny.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("WhatsApp Chat with Danny.txt", CHAT)
        packed.writestr("IMG-20261011-WA0004.jpg", JPEG)
    return file


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "D <d@post.example>", "maya@inbox.example", "look"
    made["Date"] = "Thu, 15 Oct 2026 22:48:07 +0000"
    made.set_content("I will send this to everyone unless you pay 400 pounds.")
    made.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="one.jpg")
    file = tmp_path / "mail.eml"
    file.write_bytes(made.as_bytes())
    return file


@pytest.mark.parametrize("age", ["minor", pytest.param("unsure", marks=pytest.mark.proof)])
def test_text_is_kept_and_pictures_are_only_noted(
    run: Run, new_case: New, export: Path, mail: Path, tmp_path: Path, age: str
) -> None:
    case = new_case(age)
    key = key_of(case)
    picture = tmp_path / "screenshot.jpg"
    picture.write_bytes(JPEG)
    added = run("add", case, export, mail, picture, "--me", "Maya", *key)
    assert added.code == 0, added.err
    held = everything_sealed(case)
    assert CANARY not in held
    assert b"Q0FOQVJZ" not in held.replace(b"\r\n", b"")  # nor as base64 inside a mail
    assert b"family group" in held
    assert b"unless you pay" in held
    assert run("verify", case, "--deep", *key).code == 0
    found = json.loads(run("assess", case, "--json", *key).out)
    assert found["findings"]
    exhibits = json.loads(run("show", case, "--json", *key).out)["exhibits"]
    by_name = {exhibit["name"]: exhibit for exhibit in exhibits}
    assert by_name["screenshot.jpg"]["kept"] is False
    assert by_name[export.name]["kept"] is False
    assert {tuple(part["part"]): part.get("kept", True) for part in by_name[export.name]["parts"]} == {
        ("WhatsApp Chat with Danny.txt",): True,
        ("IMG-20261011-WA0004.jpg",): False,
    }
    assert all(len(part["sha256"]) == 64 for part in by_name[export.name]["parts"])


def test_an_adult_keeps_what_they_have(run: Run, new_case: New, export: Path) -> None:
    case = new_case("adult")
    run("add", case, export, *key_of(case))
    held = everything_sealed(case)
    with zipfile.ZipFile(io.BytesIO(export.read_bytes())) as packed:
        assert packed.namelist()
    assert export.read_bytes() in held  # the control: the same search finds what is kept


@pytest.mark.parametrize("answer", [pytest.param("yes", marks=pytest.mark.proof), "not-sure"])
def test_the_rule_is_about_the_picture_not_the_person(run: Run, new_case: New, export: Path, answer: str) -> None:
    case = new_case("adult")
    run("add", case, export, "--shows-minor", answer, *key_of(case))
    held = everything_sealed(case)
    assert CANARY not in held
    assert export.read_bytes() not in held
    assert b"family group" in held


def test_a_bundle_of_such_a_case_verifies_and_holds_no_picture(run: Run, new_case: New, export: Path, tmp_path: Path) -> None:
    case = new_case("minor")
    key = key_of(case)
    run("add", case, export, *key)
    made = run("bundle", case, tmp_path / "bundle", *key)
    assert made.code == 0, made.err
    assert run("verify", tmp_path / "bundle").code == 0
    found = subprocess.run(["grep", "-rl", "CANARY", str(tmp_path / "bundle")], capture_output=True, check=False)
    assert found.returncode == 1


def test_without_an_age_the_command_says_so(run: Run, passphrase_file: Path, tmp_path: Path) -> None:
    made = run("new", tmp_path / "c", "--passphrase-file", passphrase_file, "--kit-file", tmp_path / "k")
    assert made.code == 0
    assert "only be noted, not copied" in made.out
    assert "no age was given" in made.out


MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + CANARY * 40
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + CANARY * 40
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + CANARY * 40
PDF = b"%PDF-1.7\n" + CANARY * 40 + b"\n%%EOF\n"
WORDS = "unless you pay 400 pounds"


def zip_of(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "."), content)
    return made.getvalue()


def mail_of(*attached: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "D <d@post.example>", "maya@inbox.example", "look"
    made["Date"] = "Thu, 15 Oct 2026 22:48:07 +0000"
    made.set_content(f"I will send this to everyone {WORDS}.")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def mbox_of(*mails: bytes) -> bytes:
    return b"".join(b"From d@post.example Thu Oct 15 22:48:07 2026\n" + mail + b"\n" for mail in mails)


CHAT_OF_IT = f"13/10/2026, 20:48 - Danny: I will send it to everyone {WORDS}\n".encode()
# name, bytes, whether the words in it must have been kept
HOLDERS = {
    "zip in zip": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, b__zip=zip_of(p__jpg=JPEG)), True),
    "words in zip in zip": ("a.zip", zip_of(p__jpg=JPEG, b__zip=zip_of(chat__txt=CHAT_OF_IT, q__png=PNG)), True),
    "zip in mail": ("a.eml", mail_of(("b.zip", zip_of(p__jpg=JPEG, t__txt=b"hello"))), True),
    "mail in zip": ("a.zip", zip_of(m__eml=mail_of(("p.jpg", JPEG)), p__jpg=JPEG), True),
    "mbox": ("a.mbox", mbox_of(mail_of(("p.png", PNG)), mail_of(), mail_of(("v.mp4", MP4))), True),
    "video in zip": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, v__mp4=MP4), True),
    "heic in zip": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, v__heic=HEIC), True),
    "pdf in zip": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, v__pdf=PDF), True),
    "picture named as text": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, p__txt=JPEG), True),
    "text named as picture": ("a.zip", zip_of(chat__jpg=CHAT_OF_IT, p__jpg=JPEG), True),
    "unknown bytes in zip": ("a.zip", zip_of(chat__txt=CHAT_OF_IT, p__bin=b"\x00\xff\xfe\x00" + CANARY * 40), True),
    "picture alone, named as text": ("p.txt", JPEG, False),
    "text alone, named as picture": ("chat.jpg", CHAT_OF_IT, True),
    "video alone": ("v.mp4", MP4, False),
    "heic alone": ("v.heic", HEIC, False),
    "pdf alone": ("v.pdf", PDF, False),
    "picture with a zip behind it": ("p.jpg", JPEG + zip_of(chat__txt=b"x"), False),
    "zip with a picture before it": ("a.zip", JPEG + zip_of(chat__txt=CHAT_OF_IT, p__jpg=JPEG), False),
    "damaged zip": ("a.zip", zip_of(p__jpg=JPEG)[:-30], False),
}


def test_no_way_of_packing_gets_a_picture_in(run: Run, new_case: New, tmp_path: Path) -> None:
    case, folder = new_case("minor"), tmp_path / "phone"
    for name, (file, content, _) in HOLDERS.items():
        (folder / name).mkdir(parents=True)
        (folder / name / file).write_bytes(content)
    added = run("add", case, folder, *key_of(case))
    assert added.code == 0, added.err
    held = everything_sealed(case)
    assert CANARY not in held
    assert base64.b64encode(CANARY * 3)[4:-4] not in held.replace(b"\r\n", b"").replace(b"\n", b"").replace(b"\\n", b"")
    shown = json.loads(run("show", case, "--json", *key_of(case)).out)["exhibits"]
    for name, (_, content, _) in HOLDERS.items():
        mine = [exhibit for exhibit in shown if exhibit["sha256"] == sha256(content).hexdigest()]
        assert len(mine) == 1, name
        if CANARY in content or b"PK" in content[:4]:
            assert mine[0].get("kept") is False, name
    assert run("verify", case, "--deep", *key_of(case)).code == 0


@pytest.mark.parametrize("name", [name for name, (_, _, has_words) in HOLDERS.items() if has_words][3::7])
def test_the_words_beside_a_picture_are_kept(run: Run, new_case: New, tmp_path: Path, name: str) -> None:
    words_are_kept(run, new_case("minor"), tmp_path, name)


@pytest.mark.proof
@pytest.mark.parametrize("name", [name for name, (_, _, has_words) in HOLDERS.items() if has_words])
def test_the_words_beside_any_picture_are_kept(run: Run, new_case: New, tmp_path: Path, name: str) -> None:
    words_are_kept(run, new_case("minor"), tmp_path, name)


def words_are_kept(run: Run, case: Path, tmp_path: Path, name: str) -> None:
    file, content, _ = HOLDERS[name]
    (tmp_path / file).write_bytes(content)
    assert run("add", case, tmp_path / file, *key_of(case)).code == 0
    assert WORDS in run("search", case, '"unless you pay"', *key_of(case)).out


def test_a_huge_chat_beside_a_picture_is_kept_whole(run: Run, new_case: New, tmp_path: Path) -> None:
    case, file = new_case("minor"), tmp_path / "a.zip"
    chat = b"".join(b"13/10/2026, 20:48 - Danny: hello number %d\n" % number for number in range(150_000)) + CHAT_OF_IT
    file.write_bytes(zip_of(chat__txt=chat, p__jpg=JPEG))
    assert "150001 messages" in run("add", case, file, *key_of(case)).out
    held = everything_sealed(case)
    assert chat in held
    assert CANARY not in held


def test_an_answer_of_no_keeps_and_a_changed_answer_says_what_it_cannot_undo(
    run: Run, new_case: New, tmp_path: Path, export: Path
) -> None:
    case = new_case("minor")
    key = key_of(case)
    assert "noted" in run("add", case, export, *key).out
    assert CANARY not in everything_sealed(case)
    assert "sealed" in run("add", case, export, "--shows-minor", "no", *key).out
    assert export.read_bytes() in everything_sealed(case)
    changed = run("add", case, export, "--shows-minor", "yes", *key)
    assert changed.code == 0
    assert "before this answer" in changed.err
