"""Search over a million messages: the encrypted index beside `rg -F -c` over the same words as a plain text file.

`python bench/search.py [--messages 1000000] [--repeats 5] [--quick]`; messages are invented on the spot
(Chinese, English, Urdu).
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import msgspec

from holdfast.model import Message, Place
from holdfast.vault import FolderStore, Kit, StoredFile, Vault, VaultIndex, scan

ENGLISH = "the send money now or I will tell your school about this photo you know what happens when people do not pay me"
URDU = "میں تمہاری تصویر سب کو بھیج دوں گا پیسے دو ورنہ گھر والوں کو بتا دوں گا آج رات تک جواب دو"
CHINESE = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用"
QUERIES = {"杀了": 50, "转账五万": 20, "kill you": 50, "تصویریں": 30}


def invented(count: int, chance: random.Random) -> Iterator[str]:
    """Messages without newlines; the queries are planted as often as `QUERIES` says."""
    english, urdu = ENGLISH.split(), URDU.split()
    planted = [query for query, often in QUERIES.items() for _ in range(often)]
    places = dict(zip(chance.sample(range(count), len(planted)), planted, strict=True))
    for number in range(count):
        kind = chance.random()
        if kind < 0.45:
            text = "".join(chance.choices(CHINESE, k=chance.randint(4, 24)))
        else:
            text = " ".join(chance.choices(english if kind < 0.8 else urdu, k=chance.randint(3, 12)))
        yield f"{text} {places[number]}" if number in places else text


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=1_000_000)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--quick", action="store_true", help="50,000 messages, 3 repeats")
    said = asked.parse_args()
    if said.quick:
        said.messages, said.repeats = 50_000, 3
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), said.messages, said.repeats)


def reading(plain: Path) -> Iterator[bytes]:
    lines: list[bytes] = []
    with plain.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            at = Place(file="chat.txt", unit="line", first=number, last=number)
            lines.append(msgspec.json.encode(Message(place=at, text=text.rstrip("\n"), sender="A")))
            if len(lines) == 5_000:
                yield b"\n".join(lines) + b"\n"
                lines.clear()
    yield b"\n".join(lines)


def timed(times: list[float], run):  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    found = run()
    times.append(time.perf_counter() - began)
    return found


def shown(times: list[float]) -> str:
    return f"median {median(times) * 1e3:.2f} ms ({min(times) * 1e3:.2f} to {max(times) * 1e3:.2f})"


def measure(place: Path, messages: int, repeats: int) -> None:
    plain = place / "chat.txt"
    plain.write_text("".join(f"{text}\n" for text in invented(messages, random.Random(1))), encoding="utf-8")
    vault = Vault.create(
        FolderStore(place / "case"), passphrase=b"x", kit=Kit.generate(), age_group="adult", now=lambda: datetime.now(UTC),
        tool="bench", work_factor=1,
    )  # fmt: skip
    source = StoredFile.of(FolderStore(place), "chat.txt")
    vault.add(source, name="chat.txt", origin="", media_type="text/plain", keep=True)
    vault.derive("EX-0001", "reading", "application/jsonl", reading(plain))
    index = VaultIndex(vault)
    began = time.perf_counter()
    index.catch_up()
    took = time.perf_counter() - began
    print(f"{messages} messages, {plain.stat().st_size >> 20} MiB; {os.cpu_count()} cores, Python {platform.python_version()}")
    size = (place / "case" / "index.db").stat().st_size >> 20
    print(f"indexed in {took:.1f} s ({messages / took:,.0f} messages a second), {size} MiB")
    for query in QUERIES:
        ours: list[float] = []
        peers: list[float] = []
        for _ in range(repeats):
            hits = timed(ours, lambda query=query: index.search(query, messages))
            command = ["rg", "-F", "-c", query, str(plain)]
            lines = int(timed(peers, lambda command=command: subprocess.run(command, capture_output=True, check=True)).stdout)
        assert lines == len(hits), (query, lines, len(hits))
        ratio = median(peers) / median(ours)
        print(f"{query} ({len(hits)} hits): index {shown(ours)}, rg {shown(peers)}: {ratio:.0f} times as fast")
    scans: list[float] = []
    found = timed(scans, lambda: scan(vault, "杀了", messages))
    assert found == index.search("杀了", messages)
    print(f"the same by scan, without an index: {scans[0]:.1f} s, same answer")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(f"peak memory: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
