"""The paper kit, and a case opened by the age tool alone."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.vault import FolderStore, Kit, Vault, verify
from holdfast.vault.age import Identity

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed here")


def age(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(["age", *arguments], input=given, capture_output=True, check=True).stdout


@needs_age
def test_the_text_on_the_kit_followed_word_for_word(case, folder, tmp_path):
    """Type the groups into kit.txt, run the two commands that are printed, get the evidence back."""
    vault = case.filled(FolderStore(folder))
    paper = case.kit.paper(vault.anchor())
    key = re.search(r"Key:\n((?:   .*\n)+)", paper)[1]
    (folder / "kit.txt").write_text(re.sub(r"\s", "", key) + "\n")
    commands = re.findall(r"^   (age -d .*)$", paper, flags=re.MULTILINE)
    assert len(commands) == 2
    exhibit = vault.exhibits()[1]
    for command in commands:
        command = command.replace("AB/NAME", f"{exhibit.object[:2]}/{exhibit.object}")
        subprocess.run(command, shell=True, cwd=folder, check=True)
    assert (folder / "evidence").read_bytes() == case.CANARY + b" two" * 100
    subprocess.run("age -d -i case-key.txt log/00000004.age > entry", shell=True, cwd=folder, check=True)
    assert (folder / "entry").read_bytes() == vault.entry_bytes(4)


@needs_age
def test_every_sealed_file_opens_with_age(case, folder, tmp_path):
    vault = case.filled(FolderStore(folder))
    helper = Identity.generate()
    vault.trust(helper.recipient.encode())
    (tmp_path / "case.txt").write_text(vault.identity.encode())
    (tmp_path / "helper.txt").write_text(helper.encode())
    for path in [*folder.glob("log/*.age"), *folder.glob("objects/*/*.age"), folder / "keys" / "sign-1.age"]:
        age("-d", "-i", str(tmp_path / "case.txt"), str(path))
    (slot,) = folder.glob("keys/person-*.age")
    assert age("-d", "-i", str(tmp_path / "helper.txt"), str(slot)).decode().strip() == vault.identity.encode()


@needs_age
def test_the_passphrase_alone_opens_with_age(case, folder, tmp_path):
    """age asks for a passphrase on a terminal only, so it gets one."""
    vault = case.new(FolderStore(folder))
    child, terminal = pty.fork()
    if not child:
        os.execvp("age", ["age", "-d", "-o", str(tmp_path / "key.txt"), str(folder / "keys" / "pass-1.age")])
    try:
        assert b"passphrase" in os.read(terminal, 1000).lower()
        os.write(terminal, case.PASSPHRASE + b"\n")
        assert os.waitpid(child, 0)[1] == 0
    finally:
        os.close(terminal)
    assert (tmp_path / "key.txt").read_text().strip() == vault.identity.encode()


def test_the_passphrase_slot_costs_what_the_design_says(case, memory):
    Vault.create(memory, passphrase=b"x", kit=case.kit, age_group="adult", now=case.Clock(), tool=case.TOOL)
    assert re.match(rb"age-encryption\.org/v1\n-> scrypt \S+ 18\n", memory.files["keys/pass-1.age"])


def test_the_kit_is_matched_as_people_type():
    kit = Kit.generate()
    groups = kit.groups()
    spaced = " ".join(groups)
    for typed in (
        kit.secret,
        kit.secret.lower(),
        spaced,
        "-".join(groups).lower(),
        "\n".join(groups),
        f"age secret key 1 {spaced}",
    ):
        assert kit.matches(typed)
    for typed in ("", spaced[:-2], Kit.generate().secret, " ".join(reversed(groups))):
        assert not kit.matches(typed)


@given(st.data())
def test_look_alike_letters_are_read_as_what_is_printed(data):
    kit = Kit.generate()
    letters = "".join(kit.groups())
    place = data.draw(st.integers(0, len(letters) - 1))
    alike = {"0": "O", "L": data.draw(st.sampled_from("1I"))}.get(letters[place], letters[place])
    assert kit.matches(letters[:place] + alike + letters[place + 1 :])


def test_a_kit_is_printed_before_the_case_is_made(case, memory):
    assert case.new(memory).id == case.kit.vault_id
    assert case.kit.vault_id in case.kit.paper()


def test_the_paper_says_what_it_must():
    paper = Kit.generate().paper("holdfast/ab 1 cd")
    for words in ("both lost", "someone you trust", "holdfast/ab 1 cd", "Without Holdfast"):
        assert words in paper
    assert max(map(len, paper.splitlines())) <= 128


def test_verify_takes_the_kit_as_typed(case, memory):
    case.new(memory)
    assert verify(memory, identity=" ".join(case.kit.groups()).lower(), depth="deep").state == "consistent"
