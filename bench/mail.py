"""Mailboxes: mails per second and peak memory, beside Python's own mailbox and email packages.

    python bench/mail.py            20,000 mails (about 95 MB), three interleaved repeats
    python bench/mail.py --quick    2,000 mails, one repeat

One invented mailbox in .cache/bench: plain text, quoted-printable, base64 in four charsets, text with page, a picture in every
tenth. Each reader runs in a fresh process and gives, for every mail, sender, subject, time, text and the names of attachments.
Peak memory is the process's own (wait4), interpreter and libraries included.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "bench"
WORDS = ["yes", "no", "maybe", "tomorrow", "later", "okay", "when", "how", "please", "call", "send", "photo", "money", "train"]
CHARSETS = (
    ("utf-8", "schön, später, müde"),
    ("iso-2022-jp", "写真を公開する"),
    ("gb2312", "三天之内付款"),
    ("koi8-r", "заплати сегодня"),
)


def one(number: int, chance: random.Random) -> bytes:
    charset, foreign = CHARSETS[number % 4]
    text = "\n".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(chance.randint(3, 40))) + f"\n{foreign}\n"
    data = text.encode(charset)
    subject = base64.b64encode(foreign.encode(charset)).decode()
    head = (
        f"From - Tue Mar 05 10:00:00 2024\nReturn-Path: <p{number % 90}@post.example>\n"
        f"Received: from mx.post.example by mx.inbox.example with ESMTPS id {number};\n\tTue, 5 Mar 2024 10:00:02 +0000\n"
        f"From: Person {number % 90} <p{number % 90}@post.example>\nTo: maya@inbox.example\n"
        f"Subject: =?{charset}?B?{subject}?=\n"
        f"Date: Tue, 5 Mar 2024 10:00:00 +0000\nMessage-ID: <{number}@post.example>\nMIME-Version: 1.0\n"
    )
    plain = (
        f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(data).decode()
    )
    page = (
        f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(f"<html><body><p>{'</p><p>'.join(text.splitlines())}</p></body></html>".encode(charset)).decode()
    )
    if number % 3 == 0:
        return f"{head}{plain}\n".encode()
    picture = base64.encodebytes(chance.randbytes(9000)).decode() if number % 10 == 0 else ""
    both = f"Content-Type: multipart/alternative; boundary=alt{number}\n\n--alt{number}\n"
    both += f"{plain}\n--alt{number}\n{page}\n--alt{number}--\n"
    if not picture:
        return f"{head}{both}\n".encode()
    return (
        f"{head}Content-Type: multipart/mixed; boundary=mix{number}\n\n--mix{number}\n{both}\n--mix{number}\n"
        f"Content-Type: image/jpeg; name=p.jpg\nContent-Transfer-Encoding: base64\n\n{picture}\n--mix{number}--\n\n"
    ).encode()


def ours(path: Path) -> int:
    from holdfast.readers import Options, Part
    from holdfast.readers.mail import READER

    class File:
        def __init__(self) -> None:
            self.handle = path.open("rb")
            self.size = path.stat().st_size

        def read_at(self, offset: int, count: int) -> bytes:
            self.handle.seek(offset)
            return self.handle.read(count)

    return sum(len(item.text) > 0 for item in READER.read(Part(file=path.name, part=(), source=File()), Options()))


def pythons(path: Path) -> int:
    import email
    import email.policy
    import mailbox

    count = 0
    for message in mailbox.mbox(path, factory=lambda file: email.message_from_binary_file(file, policy=email.policy.default)):
        body = message.get_body(preferencelist=("plain", "html"))
        seen = (str(message["from"]), str(message["subject"]), message["date"].datetime, body.get_content())
        names = [part.get_filename() for part in message.iter_attachments()]
        count += bool(seen[3]) and names is not None
    return count


def measured(reader: str, path: Path) -> tuple[float, int, int]:
    """Seconds, peak KiB and mails of one fresh process."""
    began = time.perf_counter()
    out, into = os.pipe()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, __file__, "--run", reader, str(path)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, into, 1)],
    )
    os.close(into)
    _, status, usage = os.wait4(child, 0)
    count = int(os.read(out, 100) or b"0")
    os.close(out)
    if status:
        raise SystemExit(f"{reader} failed")
    return time.perf_counter() - began, usage.ru_maxrss, count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.run:
        print({"holdfast": ours, "python": pythons}[given.run[0]](Path(given.run[1])))
        return
    count = 2_000 if given.quick else 20_000
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"mails-{count}.mbox"
    chance = random.Random(20261120)
    with path.open("wb") as file:
        for number in range(count):
            file.write(one(number, chance))
    print(f"{count} mails, {path.stat().st_size / 1e6:.0f} MB")
    runs: dict[str, list[tuple[float, int, int]]] = {"holdfast": [], "python": []}
    for _ in range(1 if given.quick else 3):
        for reader, found in runs.items():
            found.append(measured(reader, path))
    for reader, found in runs.items():
        seconds = statistics.median(one[0] for one in found)
        memory = max(one[1] for one in found) / 1024
        print(f"{reader:10} {count / seconds:8.0f} mails/s  {memory:6.0f} MiB  {found[0][2]} with text")


if __name__ == "__main__":
    main()
