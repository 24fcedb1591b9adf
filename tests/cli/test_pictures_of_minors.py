"""In a case of someone under 18, or where age is not known, not one byte of a picture is kept."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from email.message import EmailMessage
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


@pytest.mark.parametrize("age", ["minor", "unsure"])
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


@pytest.mark.parametrize("answer", ["yes", "not-sure"])
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
