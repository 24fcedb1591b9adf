"""An invented case in English, Urdu and Chinese, with everything a paper must carry and everything it must not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Literal

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from holdfast.model import (
    Actor,
    Assessment,
    Attachment,
    Cited,
    Contact,
    ContainedPart,
    Deadline,
    Demand,
    Exhibit,
    Finding,
    Furniture,
    Gap,
    Identifier,
    LogLine,
    Message,
    Moment,
    ObjectRef,
    OffenceMatch,
    PartHead,
    Place,
    Plan,
    PlannedStep,
    Signal,
    Verdict,
    When,
)
from holdfast.outputs.bundle import Seal
from holdfast.outputs.view import CaseView, Reading
from holdfast.vault.checkpoint import Anchor, fingerprint
from holdfast.vault.primitives import p256_public_pem, p256_sign
from holdfast.vault.tree import Tree, leaf_hash

CANARY = "CANARY-7f3a"

CHAT = """12/03/2024, 21:14 - Rehan K: hi i have your videos
12/03/2024, 21:15 - Rehan K: send 500 dollars by tomorrow 9pm or i post them to your family
12/03/2024, 21:16 - Maya: please stop
12/03/2024, 21:17 - Rehan K: میں تمہاری تصویریں سب کو بھیج دوں گا 🙂
12/03/2024, 21:20 - Rehan K: 不给钱我就把照片发给你公司所有人 😂😂
12/03/2024, 21:21 - Maya: i do not have that money
""".encode()
LINES = [
    ("Rehan K", "21:14", "hi i have your videos"),
    ("Rehan K", "21:15", "send 500 dollars by tomorrow 9pm or i post them to your family"),
    ("Maya", "21:16", "please stop"),
    ("Rehan K", "21:17", "میں تمہاری تصویریں سب کو بھیج دوں گا 🙂"),
    ("Rehan K", "21:20", "不给钱我就把照片发给你公司所有人 😂😂"),
    ("Maya", "21:21", "i do not have that money"),
]
PICTURE = b"\x89PNG\r\n\x1a\n not really a picture, and never drawn"


def message(number: int, sender: str, time: str, text: str, **more: object) -> Message:
    return Message(
        place=Place(file="chat.txt", unit="line", first=number, last=number),
        text=text,
        sender=sender,
        from_me=sender == "Maya",
        sent=When(printed=f"12/03/2024, {time}", local=f"2024-03-12T{time}:00", how_known="style_run"),
        **more,  # type: ignore[arg-type]
    )


def finding(number: int, line: int, label: str, quote: str, language: str, form: str = "direct") -> Finding:
    text = LINES[line - 1][2]
    start = text.index(quote)
    return Finding(
        id=f"F{number}",
        label=label,
        form=form,
        certainty="clear",
        speaker="other",
        start=start,
        end=start + len(quote),
        quote=quote,
        rule=f"{label}.{language}.1",
        language=language,
        place=Place(file="chat.txt", unit="line", first=line, last=line),
    )


def make_view() -> CaseView:
    place = Place(file="chat.txt", unit="line", first=2, last=2)
    findings = (
        finding(1, 2, "image_leak", "i post them to your family", "en", "conditional"),
        finding(2, 4, "image_leak", "تصویریں سب کو بھیج دوں گا", "ur"),
        finding(3, 5, "image_leak", "把照片发给你公司所有人", "zh", "conditional"),
        finding(4, 2, "sextortion", "send 500 dollars by tomorrow 9pm or i post them", "en"),
        finding(5, 6, "reputation", "i do not have that money", "en"),
    )
    cited = Cited(source="https://example.org/law", checked="2026-11-20", basis="primary", confidence="high")
    recalled = Cited(
        source="https://example.org/other", checked="", basis="recalled", confidence="low", note="Read the gazette."
    )
    return CaseView(
        vault_id="5f2c9a3e7b1d4860a1b2c3d4e5f60718",
        case_ref="HF-7Q2K",
        fingerprint="a3:5f:" + "0b:" * 29 + "9c",
        anchor="holdfast/5f2c9a3e 6 kq4rS1bZ2Jm9pV7uQ0sXcT5yLw3nE8hG6fD1aB4iK+o=",
        made_at="2026-11-20T10:05:00+00:00",
        versions=(("holdfast", "0.1.0"), ("whatsapp_txt", "3")),
        exhibits=(
            Exhibit(
                number="EX-0001",
                name="chat.txt",
                media_type="text/plain",
                size=len(CHAT),
                sha256=hashlib.sha256(CHAT).hexdigest(),
                origin="app export, Android phone",
                added="2026-11-20T09:58:00+00:00",
                seq=1,
                object="aa01",
            ),
            Exhibit(
                number="EX-0002",
                name="截图 ‮gnp.exe.png",
                media_type="image/png",
                size=len(PICTURE),
                sha256=hashlib.sha256(PICTURE).hexdigest(),
                origin="screenshot",
                added="2026-11-20T09:59:00+00:00",
                seq=2,
                object="aa02",
            ),
            Exhibit(
                number="EX-0003",
                name="export.zip",
                media_type="application/zip",
                size=123456,
                sha256="c" * 64,
                origin="download",
                added="2026-11-20T10:00:00+00:00",
                seq=3,
                kept=False,
                parts=(ContainedPart(part=("media/1.jpg",), size=99, sha256="d" * 64, kept=False),),
            ),
        ),
        readings=(
            Reading(
                exhibit="EX-0001",
                items=(
                    PartHead(
                        schema=1,
                        file="chat.txt",
                        part=(),
                        reader="whatsapp_txt",
                        reader_version="3",
                        sha256=hashlib.sha256(CHAT).hexdigest(),
                        size=len(CHAT),
                        units=7,
                        media_type="text/plain",
                    ),
                    *(
                        message(
                            number,
                            *line,
                            **(
                                {"attachments": (Attachment(name="IMG-1.jpg", missing=True),), "doubts": ("date_order",)}
                                if number == 1
                                else {}
                            ),
                        )
                        for number, line in enumerate(LINES, 1)
                    ),
                    Furniture(place=Place(file="chat.txt", unit="line", first=7, last=7)),
                ),
            ),
            Reading(
                exhibit="EX-0002",
                items=(
                    PartHead(
                        schema=1,
                        file="截图 ‮gnp.exe.png",
                        part=(),
                        reader=None,
                        reader_version=None,
                        sha256="e" * 64,
                        size=1,
                        units=0,
                    ),
                    Gap(
                        place=Place(file="截图 ‮gnp.exe.png", unit="page", first=0, last=0),
                        why="pictures are not read here",
                        bytes=len(PICTURE),
                    ),
                ),
            ),
        ),
        assessment=Assessment(
            findings=findings,
            demands=(
                Demand(
                    finding="F1",
                    kind="money",
                    quote="send 500 dollars",
                    start=0,
                    end=16,
                    amount="500",
                    currency="USD",
                    doubt="which dollar is not said",
                    place=place,
                    deadline=Deadline(quote="by tomorrow 9pm", start=17, end=32, at="2024-03-13T21:00:00"),
                ),
                Demand(finding="F5", kind="silence", quote=f"{CANARY} rejected", start=0, end=5, place=place),
            ),
            identifiers=(
                Identifier(kind="phone", value="+92 300 1234567", checked="checksum ok", start=0, end=5, place=place),
                Identifier(
                    kind="wallet",
                    value="bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                    checked="checksum ok",
                    start=0,
                    end=5,
                    place=place,
                ),
            ),
            signals=(Signal(name="shows_material", state="claimed", places=(place,)),),
            actors=(
                Actor(
                    name="Rehan K",
                    messages=4,
                    findings=4,
                    first="2024-03-12T21:14:00",
                    last="2024-03-12T21:20:00",
                    from_me=False,
                ),
                Actor(
                    name="Maya", messages=2, findings=1, first="2024-03-12T21:16:00", last="2024-03-12T21:21:00", from_me=True
                ),
            ),
            chronology=tuple(
                Moment(
                    what="finding",
                    sent=When(
                        printed="12/03/2024", local=f"2024-03-12T{LINES[each.place.first - 1][1]}:00", how_known="style_run"
                    ),
                    sender="Rehan K",
                    quote=each.quote,
                    finding=each.id,
                    place=each.place,
                )
                for each in findings
                if each.place
            ),
        ),
        accepted=("F1",),
        rejected=("F5",),
        plan=Plan(
            place="pk",
            place_name="Pakistan",
            day="2026-11-20",
            language="en",
            steps=(PlannedStep(id="s", title=CANARY, body=CANARY, urgency="now", why=(CANARY,), cited=cited),),
            emergency=(Contact(id="c", name=CANARY, kind="police", audience="all", cited=cited),),
            turns_against=(CANARY,),
            evidence_notes=(CANARY,),
        ),
        offences=(
            OffenceMatch(
                id="pk.1",
                jurisdiction="pk",
                instrument="Prevention of Electronic Crimes Act 2016",
                section="21",
                kind="crime",
                covers="Threatening to share private pictures.",
                max_penalty="5 years",
                in_force="yes",
                day="2024-03-12",
                why="A threat to share pictures was found.",
                cited=cited,
                findings=("F1", "F2"),
            ),
            OffenceMatch(
                id="pk.2",
                jurisdiction="pk",
                instrument="Penal Code",
                section="384",
                kind="crime",
                covers="Extortion.",
                max_penalty="3 years",
                in_force="may",
                day=None,
                why="",
                cited=recalled,
            ),
        ),
        log=(
            LogLine(
                seq=1,
                time="2026-11-20T09:58:00+00:00",
                kind="custody",
                action="acquire",
                actor="owner",
                tool="holdfast 0.1.0",
                leaf="1" * 64,
                objects=(ObjectRef(id="aa01", sha256=hashlib.sha256(CHAT).hexdigest(), size=len(CHAT), role="original"),),
                note="chat.txt",
            ),
            LogLine(
                seq=2,
                time=CANARY,
                kind="private",
                action=CANARY,
                actor=CANARY,
                tool=CANARY,
                leaf="2" * 64,
                objects=(ObjectRef(id=CANARY, sha256=CANARY, size=1),),
                note=CANARY,
            ),
        ),
        verdict=Verdict(
            state="consistent",
            depth="quick",
            says=(
                "All entries follow one another.",
                "Times are from this computer's own clock.",
                "A rollback of the whole case cannot be seen.",
            ),
        ),
    )


@pytest.fixture(scope="session")
def canary() -> str:
    """Stands in every private field of the case, and may stand in no paper."""
    return CANARY


@pytest.fixture(scope="session")
def view() -> CaseView:
    return make_view()


# --- a sealed log to go with it ---------------------------------------------------------------------------------------


class Bytes:
    """Bytes that can be read anywhere, as the vault gives them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size = len(content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._content[offset : offset + count]


@pytest.fixture(scope="session")
def open_object() -> Callable[[str], Bytes]:
    """What the vault gives for an object's id."""
    return {"aa01": Bytes(CHAT), "aa02": Bytes(PICTURE)}.__getitem__


@pytest.fixture(scope="session")
def signing_key() -> bytes:
    """A P-256 key for tests only, made from a fixed number."""
    key = ec.derive_private_key(0x1234567890ABCDEF, ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(scope="session")
def sealed_case(signing_key: bytes) -> tuple[CaseView, Seal]:
    """The case with a true log: four custody entries and two private ones, and what the vault lends for a bundle."""
    view = make_view()
    entries: list[bytes] = []
    lines: list[LogLine] = []
    before = "0" * 64
    noted = {exhibit.seq: exhibit for exhibit in view.exhibits}
    for seq in range(1, 7):
        kind: Literal["custody", "private"] = "private" if seq in (4, 6) else "custody"
        said: dict[str, object] = {"v": 1, "seq": seq, "prev": before, "time": f"2026-11-20T09:58:0{seq}Z", "kind": kind}
        said |= {"action": "acquire" if seq in noted else "observe", "salt": f"{seq:064x}"}
        if seq in noted:
            exhibit = noted[seq]
            said["exhibit"] = {"number": exhibit.number, "name": exhibit.name, "sha256": exhibit.sha256}
        if kind == "private":
            said["note"] = CANARY
        content = rfc8785.dumps(said)
        before = hashlib.sha256(content).hexdigest()
        entries.append(content)
        lines.append(
            LogLine(
                seq=seq,
                time=str(said["time"]),
                kind=kind,
                action=str(said["action"]),
                actor="owner",
                tool="holdfast 0.1.0",
                leaf=leaf_hash(content).hex(),
                note=str(said.get("note", "")),
            )
        )
    signer = p256_public_pem(signing_key)
    leaves = tuple(leaf_hash(content) for content in entries)
    seal = Seal(
        leaves=leaves,
        entry_bytes=lambda seq: entries[seq - 1],
        sign=lambda body: p256_sign(signing_key, body),
        signer=signer,
        stamps=(("00000003.tsr", b"a time token"),),
    )
    anchor = Anchor(view.vault_id, len(leaves), Tree(leaves).root()).line
    return msgspec.structs.replace(view, log=tuple(lines), fingerprint=fingerprint(signer), anchor=anchor), seal
