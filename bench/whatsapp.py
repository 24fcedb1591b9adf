"""WhatsApp text exports: how fast, how much memory, and how many messages exactly right, beside other open readers.

    python bench/whatsapp.py            all files, five interleaved repeats
    python bench/whatsapp.py --quick    20,000 messages, one repeat (--repeats N: another number)

Makes three invented files in .cache/bench (200,000 messages as Android and as iPhone write them, and a file of traps with
known truth), installs chatpack (Rust), chat-miner and whatstk into .cache/bench-venv, and reads each file in a fresh process.
"Exact" counts messages whose sender, local time and text all equal the truth; a time of "unknown" where the truth says
unknown is exact, any guess is not. Peak memory is the process's own (wait4), interpreter and libraries included.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import venv
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
PEERS = ("chatpack", "chat-miner", "whatstk")
PEOPLE = ("Maya", "+44 7700 900123", "王小明", "Zoë 🌸", "Sam Okafor")
WORDS = (
    "yes", "no", "maybe", "tomorrow", "later", "okay", "where", "when", "how", "please", "call", "send", "photo",
    "money", "train", "rain", "home", "late", "early", "coffee", "thanks", "why", "because", "nothing", "something",
    "market", "school", "work", "night", "morning", "sister", "brother", "hello", "again", "never", "always", "sure",
    "right", "left",
)  # fmt: skip
Truth = list[tuple[str, str | None, str]]  # sender, local time or None, text


def conversation(count: int) -> list[tuple[datetime, str, str]]:
    """Invented messages: five senders, 1 to 18 words, 5 % of two lines, 2 % media left out, 1 to 300 seconds apart."""
    chance = random.Random(20261120)
    now = datetime(2023, 1, 1, 8, 0, 0)
    made = []
    for _ in range(count):
        now += timedelta(seconds=chance.randint(1, 300))
        text = " ".join(chance.choices(WORDS, k=chance.randint(1, 18)))
        kind = chance.random()
        if kind < 0.02:
            text = "<Media omitted>"
        elif kind < 0.07:
            text += "\n" + " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))
        made.append((now, chance.choice(PEOPLE), text))
    return made


def android(count: int) -> tuple[str, Truth]:
    """dd/mm/yyyy, HH:MM - name: text"""
    chat = conversation(count)
    lines = [f"{at:%d/%m/%Y, %H:%M} - {who}: {text}\n" for at, who, text in chat]
    return "".join(lines), [(who, at.replace(second=0).isoformat(), text) for at, who, text in chat]


def iphone(count: int) -> tuple[str, Truth]:
    """[dd/mm/yyyy, h:mm:ss AM] name: text, with the narrow space iPhones print before AM."""
    chat = conversation(count)
    lines = [_iphone_line(at, who, text) for at, who, text in chat]
    return "".join(lines), [(who, at.isoformat(), text) for at, who, text in chat]


def _iphone_line(at: datetime, who: str, text: str) -> str:
    return f"[{at:%d/%m/%Y}, {int(at.strftime('%I'))}:{at:%M:%S}\u202f{at:%p}] {who}: {text}\n"


def traps() -> dict[str, tuple[str, Truth]]:
    """Short files, each with one thing readers get wrong, and what is true of it."""
    maya, sam = "Maya", "Sam"
    return {
        "12 at night, Spanish": (
            "25/3/24 12:08 a. m. - Maya: uno\n25/3/24 0:09 a. m. - Sam: dos\n25/3/24 12:10 p. m. - Maya: tres\n",
            [
                (maya, "2024-03-25T00:08:00", "uno"),
                (sam, "2024-03-25T00:09:00", "dos"),
                (maya, "2024-03-25T12:10:00", "tres"),
            ],
        ),
        "cannot be told": (
            "1/3/24, 10:00 - Maya: hi\n1/3/24, 10:05 - Sam: hello\n",
            [(maya, None, "hi"), (sam, None, "hello")],
        ),
        "a line typed to look like a header": (
            "13/03/2024, 21:14 - Sam: look:\n[12/03/2024, 21:14:05] Maya: I agree\n13/03/2024, 21:15 - Maya: no\n"
            "13/03/2024, 21:16 - Sam: ok\n",
            [
                (sam, "2024-03-13T21:14:00", "look:\n[12/03/2024, 21:14:05] Maya: I agree"),
                (maya, "2024-03-13T21:15:00", "no"),
                (sam, "2024-03-13T21:16:00", "ok"),
            ],
        ),
        "Chinese day parts": (
            "[2024/3/25 凌晨12:08:01] Maya: 一\n[2024/3/25 上午9:08:02] Sam: 二\n[2024/3/25 中午12:08:03] Maya: 三\n"
            "[2024/3/25 下午9:08:04] Sam: 四\n",
            [
                (maya, "2024-03-25T00:08:01", "一"),
                (sam, "2024-03-25T09:08:02", "二"),
                (maya, "2024-03-25T12:08:03", "三"),
                (sam, "2024-03-25T21:08:04", "四"),
            ],
        ),
        "dots and a word (Finnish)": (
            "13.6.2018 klo 21.25.15 - Maya: moi\n13.6.2018 klo 21.26.00 - Sam: hei\n",
            [(maya, "2018-06-13T21:25:15", "moi"), (sam, "2018-06-13T21:26:00", "hei")],
        ),
        "Arabic digits and marks": (
            "٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٤ م - Maya: مرحبا\n٢٥\u200f/٣\u200f/٢٠٢٤، ٩:١٥ م - Sam: أهلا\n",
            [(maya, "2024-03-25T21:14:00", "مرحبا"), (sam, "2024-03-25T21:15:00", "أهلا")],
        ),
        "Thai years": (
            "25/3/2567 21:14 - Maya: a\n25/3/2567 21:15 - Sam: b\n",
            [(maya, "2024-03-25T21:14:00", "a"), (sam, "2024-03-25T21:15:00", "b")],
        ),
        "no seconds, month first": (
            "3/25/24, 9:14\u202fPM - Maya: a\n4/1/24, 12:15\u202fAM - Sam: b\n",
            [(maya, "2024-03-25T21:14:00", "a"), (sam, "2024-04-01T00:15:00", "b")],
        ),
        "a group's name with a colon": (
            '25/03/2024, 21:10 - Maya created group "Trip: May"\n25/03/2024, 21:14 - Maya: hi\n25/03/2024, 21:15 - Sam: yo\n',
            [(maya, "2024-03-25T21:14:00", "hi"), (sam, "2024-03-25T21:15:00", "yo")],
        ),
        "Windows line ends, blank lines inside": (
            "25/03/2024, 21:14 - Maya: a\r\n\r\nb\r\n25/03/2024, 21:15 - Sam: c\r\n",
            [(maya, "2024-03-25T21:14:00", "a\n\nb"), (sam, "2024-03-25T21:15:00", "c")],
        ),
        "two exports joined": (
            "".join(f"{day}/03/2024, 21:14 - Maya: a{day}\n" for day in range(10, 22))
            + "".join(f"[{day}/04/24, 21:14:00] Sam: b{day}\n" for day in range(10, 22)),
            [(maya, f"2024-03-{day}T21:14:00", f"a{day}") for day in range(10, 22)]
            + [(sam, f"2024-04-{day}T21:14:00", f"b{day}") for day in range(10, 22)],
        ),
    }


READ = {
    "holdfast": """
import sys
sys.path.insert(0, {src!r})
from holdfast.model import Message
from holdfast.readers import Options, Part
from holdfast.readers.whatsapp_txt import READER
class Opened:
    def __init__(self, path):
        self.file = open(path, "rb"); self.size = self.file.seek(0, 2)
    def read_at(self, offset, count):
        self.file.seek(offset); return self.file.read(count)
def rows(path):
    for item in READER.read(Part(path, (), Opened(path)), Options()):
        if type(item) is Message:
            yield item.sender, item.sent.local, item.text
""",
    "chatpack": """
import chatpack
def rows(path):
    for m in chatpack.parse_whatsapp(path):
        stamp = m.timestamp
        stamp = stamp.isoformat() if hasattr(stamp, "isoformat") else stamp
        yield m.sender, stamp and stamp[:19].replace(" ", "T"), m.content
""",
    "chat-miner": """
import logging
logging.disable(50)
from chatminer.chatparsers import WhatsAppParser
def rows(path):
    parser = WhatsAppParser(path)
    parser.parse_file()
    for message in parser.parsed_messages._parsed_messages:
        yield message.author, message.timestamp.isoformat(), message.message
""",
    "whatstk": """
from whatstk import WhatsAppChat
def rows(path):
    frame = WhatsAppChat.from_source(filepath=path).df
    for at, who, text in zip(frame["date"], frame["username"], frame["message"]):
        yield who, at.isoformat(), text
""",
}
TIMED = """
import sys, time
start, used = time.perf_counter(), time.process_time()
count = sum(1 for _ in rows(sys.argv[1]))
print(count, time.process_time() - used, time.perf_counter() - start)
"""
SHOWN = """
import json, sys
for row in rows(sys.argv[1]):
    print(json.dumps(row))
"""


def peers() -> tuple[Path, list[str]]:
    """The interpreter of the bench's own environment, and which peers it has."""
    home = CACHE / "bench-venv"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
    there = []
    for peer in PEERS:
        done = subprocess.run([python, "-m", "pip", "install", "-q", peer], capture_output=True, text=True)
        if done.returncode == 0:
            there.append(peer)
        else:
            print(f"could not install {peer}: {done.stderr.strip().splitlines()[-1:]}")
    return python, there


# A small process in between: a child's peak begins with what its parent held when it forked.
LAUNCH = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, file=sys.stderr)
"""


def run(python: Path, reader: str, then: str, path: Path) -> tuple[int, str, int]:
    """Exit code, what was printed, and peak memory in MiB, of one fresh process."""
    code = READ[reader].format(src=str(ROOT / "src")) + then
    command = [sys.executable, "-S", "-c", LAUNCH, str(python), "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=CACHE)
    ended, peak = done.stderr.split()[-2:]
    return int(ended), done.stdout, int(peak)


def exact(printed: str, truth: Truth) -> int:
    """How many messages of the truth were given exactly, in whatever order."""
    rows = []
    for line in printed.splitlines():
        try:
            sender, at, text = json.loads(line)
        except ValueError:
            continue
        rows.append((sender, at, text))
    left: dict[tuple[str, str | None, str], int] = {}
    for row in rows:
        left[row] = left.get(row, 0) + 1
    right = 0
    for true in truth:
        if left.get(true, 0):
            left[true] -= 1
            right += 1
    return right


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--repeats", type=int, default=5)
    options = asked.parse_args()
    count, repeats = (20_000, 1) if options.quick else (200_000, options.repeats)
    folder = CACHE / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    python, there = peers()
    pythons = {"holdfast": Path(sys.executable), **dict.fromkeys(there, python)}

    for name, (text, truth) in {"android": android(count), "iphone": iphone(count)}.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        seconds: dict[str, list[float]] = {reader: [] for reader in pythons}
        used: dict[str, list[float]] = {reader: [] for reader in pythons}
        memory: dict[str, int] = {}
        for _ in range(repeats):
            for reader in pythons:
                code, printed, peak = run(pythons[reader], reader, TIMED, path)
                if code == 0:
                    seconds[reader].append(float(printed.split()[-1]))
                    used[reader].append(float(printed.split()[-2]))
                    memory[reader] = max(memory.get(reader, 0), peak)
        print(f"\n{name}: {count:,} messages, {path.stat().st_size / 1e6:.0f} MB, {repeats} repeats")
        ours = statistics.median(seconds["holdfast"])
        for reader, taken in seconds.items():
            if not taken:
                print(f"  {reader:11} no result")
                continue
            middle = statistics.median(taken)
            right = exact(run(pythons[reader], reader, SHOWN, path)[1], truth)
            print(
                f"  {reader:11} {count / middle:9,.0f}/s ({count / max(taken):,.0f} to {count / min(taken):,.0f})"
                f"  {count / statistics.median(used[reader]):9,.0f}/s of processor time"
                f"  {memory[reader]:4} MiB  exact {right:,} of {count:,}  speed to ours {ours / middle:.2f}"
            )

    print("\ntraps: messages exactly right")
    totals = dict.fromkeys(pythons, 0)
    wanted = 0
    for name, (text, truth) in traps().items():
        path = folder / "trap.txt"
        path.write_bytes(text.encode())
        wanted += len(truth)
        scores = {}
        for reader in pythons:
            scores[reader] = exact(run(pythons[reader], reader, SHOWN, path)[1], truth)
            totals[reader] += scores[reader]
        print(f"  {name:38} of {len(truth):2}: " + ", ".join(f"{reader} {score}" for reader, score in scores.items()))
    print(f"  {'all':38} of {wanted:2}: " + ", ".join(f"{reader} {total}" for reader, total in totals.items()))


if __name__ == "__main__":
    main()
