"""Runs the inner ring from bytes in memory to a letter, under a guard that lets nothing out: no files but the package's own
content and Python's modules, no sockets, no processes. Started by test_ring.py on every Python that is there; prints a hash of
all it made, which must be the same everywhere.
"""

from __future__ import annotations

import sys

CHAT = (
    "12/10/2026, 20:47 - Messages and calls are end-to-end encrypted.\n"
    "13/10/2026, 20:48 - Danny: send me £600 by Friday 6pm or I post your pictures in your family group\n"
    "13/10/2026, 20:52 - Maya: please don't\n"
    "14/10/2026, 07:33 - Danny: 不给钱就把你的照片发到群里\n"
)
MAIL = (
    "From: x <x@post.example>\r\nTo: maya@inbox.example\r\nSubject: last\r\nDate: Thu, 15 Oct 2026 22:48:07 +0000\r\n\r\n"
    "Pay 0.05 BTC within 48 hours or I send the video to your contacts.\r\n"
)
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.spawn", "ctypes.", "tempfile.", "_thread.start")
guarding = False
leaks: list[str] = []


def guard(event: str, arguments: tuple[object, ...]) -> None:
    if not guarding:
        return
    if event.startswith(FORBIDDEN):
        leaks.append(event)
    if event == "open":
        name, mode = str(arguments[0]), str(arguments[1] or "r")
        ours = name.endswith((".py", ".pyc", ".toml", ".md", ".so", ".pyd", "zoneinfo", ".json"))
        if "w" in mode or "a" in mode or "+" in mode or not (ours or "tzdata" in name or "zoneinfo" in name):
            leaks.append(f"open {name} {mode}")


class Held:
    """Bytes in memory as a ByteSource."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.content[offset : offset + count]


def run() -> bytes:
    from datetime import date

    import msgspec

    from holdfast import assessment, guidance
    from holdfast.content import load
    from holdfast.model import Place
    from holdfast.readers import HEAD, Look, Options, Part, claimants, with_me

    items = []
    for name, text in (("chat.txt", CHAT), ("one.eml", MAIL)):
        content = text.encode()
        part = Part(file=name, part=(), source=Held(content), media_type="text/plain")
        look = Look(head=content[:HEAD], tail=b"", size=len(content), untrusted_name="x", media_type="text/plain")
        (reader,) = claimants(look)
        items += with_me(reader.read(part, Options()), ["Maya", "maya@inbox.example"])
    found = assessment.assess(items)
    day = date(2026, 10, 20)
    facts = assessment.facts(found, items, {}, day, platforms={"whatsapp", "mail"})
    here = guidance.where(load(), "gb")
    offences = assessment.may_apply(found, (here.country,), day)
    plan = guidance.plan(load(), place="gb", day=day, facts=facts, offences=offences)
    assert Place
    return msgspec.json.encode([items, found, facts, plan], order="sorted")


def main() -> None:
    global guarding
    run()  # modules and content are loaded once outside the guard: loading is Python's own business
    sys.addaudithook(guard)
    guarding = True
    result = run()
    guarding = False
    import hashlib

    print(hashlib.sha256(result).hexdigest(), len(result), "LEAKS" if leaks else "clean", *leaks)


if __name__ == "__main__":
    main()
