"""A canary in everything a person may put in: found where it was asked for, in no other file, process or paper."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from .conftest import Ran, Run, command, environment

# One for each place it is put into, so that a leak names its source. "evidence" ones may be in papers, the others never.
EVIDENCE = {"chat": "CANARY-7f3a-chat", "sender": "CANARY-7f3a-sender", "file": "CANARY-7f3a-file"}
PRIVATE = {
    "answer": "CANARY-7f3a-answer",
    "diary": "CANARY-7f3a-diary",
    "reply": "CANARY-7f3a-reply",
    "rejected": "CANARY-7f3a-rejected",
    "passphrase": "CANARY-7f3a-passphrase",
}
ALL = {**EVIDENCE, **PRIVATE}
QUIET = ("plan", "done", "answer", "note", "verify", "bundle", "dossier", "new", "check", "kit", "accept", "reject")


def canaries_in(content: bytes) -> set[str]:
    """Which canaries stand in these bytes: plain, as UTF-16, or as base64."""
    found = set()
    for name, word in ALL.items():
        plain = word.encode()
        coded = {base64.b64encode(b"\0" * shift + plain)[2 * shift : -4] for shift in range(3)}
        if any(form in content for form in {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), *coded}):
            found.add(name)
    return found


def pieces_of_pdf(path: Path) -> Iterator[bytes]:
    """Every stream of a PDF unpacked, its text as a reader sees it, its attachments."""
    content = path.read_bytes()
    yield content
    at = 0
    while (at := content.find(b"stream", at) + 6) > 6:
        for skip in (1, 2):
            try:
                yield zlib.decompressobj().decompress(content[at + skip :])
                break
            except zlib.error:
                continue
    reader = pypdf.PdfReader(path)
    yield "\n".join(page.extract_text() for page in reader.pages).encode()
    for attached in reader.attachments.values():
        yield from attached


def canaries_under(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.rglob("*"):
        found |= canaries_in(str(path.relative_to(folder)).encode("utf-8", "surrogateescape"))
        if path.is_file():
            pieces = pieces_of_pdf(path) if path.suffix == ".pdf" else iter([path.read_bytes()])
            for piece in pieces:
                found |= canaries_in(piece)
    return found


@pytest.fixture
def told(run: Run, tmp_path: Path) -> tuple[Path, list[tuple[str, Ran]]]:
    """A case with every canary in it, and what each verb said."""
    given = tmp_path / "given"
    given.mkdir()
    key = given / "pass"
    key.write_text(f"{ALL['passphrase']} and more\n")
    chat = given / f"{ALL['file']}.txt"
    chat.write_text(
        f"13/10/2026, 20:48 - {ALL['sender']}: send me £600 by Friday or I post your pictures {ALL['chat']}\n"
        "13/10/2026, 20:52 - Maya: please don't\n"
        f"14/10/2026, 20:48 - {ALL['sender']}: pay me $900 or I will send your nudes to everyone {ALL['rejected']}\n",
        encoding="utf-8",
    )
    opening = ("--passphrase-file", key)
    case = tmp_path / "case"
    said: list[tuple[str, Ran]] = []

    def do(verb: str, *arguments: object, stdin: str = "") -> Ran:
        ran = run(verb, *arguments, stdin=stdin)
        said.append((verb, ran))
        return ran

    do("new", case, "--adult", *opening, "--kit-file", given / "kit")
    do("add", case, chat, "--me", "Maya", *opening)
    opening = ("--identity", given / "kit")  # spares half a second each time
    do("answer", case, "me", ALL["answer"], *opening)
    do("answer", case, "place", "gb", *opening)
    do("answer", case, "danger", "they_know_where", *opening)
    do("note", case, *opening, stdin=ALL["diary"])
    do("note", case, "--reply", *opening, stdin=ALL["reply"])
    do("show", case, "EX-0001", *opening)
    do("search", case, "please", *opening)
    found = json.loads(do("assess", case, "--json", *opening).out)["findings"]
    wrong = [finding["id"] for finding in found if finding["place"]["first"] == 3]
    assert wrong, "the message that is to be rejected makes no finding"
    assert len(wrong) < len(found), "no finding would be left"
    for finding in wrong:
        do("reject", case, finding, *opening)
    do("plan", case, *opening)
    do("done", case, "breathe", *opening)
    do("write", case, "police", "--out", tmp_path / "letter.md", *opening)
    do("dossier", case, tmp_path / "dossier.pdf", "--full", *opening)
    do("bundle", case, tmp_path / "bundle", *opening)
    do("verify", case, "--deep", *opening)
    do("verify", tmp_path / "bundle")
    do("kit", case, given / "kit")
    do("check")
    do("show", case, "--passphrase-file", given / "kit")  # a wrong passphrase
    do("show", chat, *opening)  # no case
    do("read", chat, "--zone", ALL["diary"])  # an error that names what was typed
    return tmp_path, said


def test_a_canary_is_found_only_where_it_belongs(told: tuple[Path, list[tuple[str, Ran]]]) -> None:
    folder, said = told
    assert {verb: ran.code for verb, ran in said if ran.code} == {"show": 3, "read": 2}
    assert canaries_under(folder / "home") == set()
    assert canaries_under(folder / "case") == set()
    assert {path.name for path in folder.iterdir()} == {"home", "given", "case", "letter.md", "dossier.pdf", "bundle"}
    for paper in ("letter.md", "dossier.pdf", "bundle"):
        inside = folder / paper
        found = canaries_under(inside) if inside.is_dir() else canaries_under_one(inside)
        assert found & set(PRIVATE) <= {"rejected"}, paper
        if paper == "letter.md":
            assert not found & {"rejected"}
    for verb, ran in said:
        words = canaries_in((ran.out + ran.err).encode())
        assert not words & {"passphrase", "reply"}, verb
        if verb in QUIET:
            assert not words, (verb, words)
    # The control: the same search finds what is there, in the papers, on the screen and in what was given.
    assert {"chat", "sender"} <= canaries_under_one(folder / "dossier.pdf")
    assert {"chat", "sender"} <= canaries_under(folder / "bundle")
    assert {"chat", "sender", "rejected"} <= canaries_in(next(ran.out for verb, ran in said if verb == "show").encode())
    assert canaries_under(folder / "given") >= {"chat", "sender", "file", "passphrase"}


def canaries_under_one(path: Path) -> set[str]:
    pieces = pieces_of_pdf(path) if path.suffix == ".pdf" else iter([path.read_bytes()])
    return set().union(*(canaries_in(piece) for piece in pieces))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked into through /proc")
def test_no_process_carries_it_in_its_command_line_or_environment(tmp_path: Path, run: Run) -> None:
    key, chat = tmp_path / "pass", tmp_path / "chat.txt"
    key.write_text(f"{ALL['passphrase']} and more\n")
    chat.write_text("".join(f"13/10/2026, 20:48 - {ALL['sender']}: {ALL['chat']} {number}\n" for number in range(60_000)))
    assert run("new", tmp_path / "case", "--adult", "--passphrase-file", key, "--kit-file", tmp_path / "kit").code == 0
    adding = command("add", "case", "chat.txt", "--passphrase-file", "pass")
    running = subprocess.Popen(
        adding, cwd=tmp_path, env=environment(tmp_path / "home"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    seen: set[int] = set()
    while running.poll() is None:
        for process in family(running.pid):
            looked = b"".join(read_or_nothing(Path(f"/proc/{process}/{what}")) for what in ("cmdline", "environ"))
            assert not canaries_in(looked)
            seen.add(process)
        time.sleep(0.02)
    assert running.wait() == 0
    assert len(seen) > 1, "the process that reads the file was never seen"
    assert b"chat.txt" in b"".join(piece.encode() for piece in adding)


def family(pid: int) -> set[int]:
    """A process and all that descend from it."""
    found = {pid}
    for one in sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()):
        status = read_or_nothing(Path(f"/proc/{one}/stat"))
        if status and int(status.rpartition(b")")[2].split()[1]) in found:
            found.add(one)
    return found


def read_or_nothing(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
