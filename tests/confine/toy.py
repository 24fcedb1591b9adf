"""A toy reader, and a worker that knows it: `name: text` a line; some lines make it misbehave on purpose."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator

from holdfast.model import Furniture, Item, Message, When
from holdfast.readers import Look, Options, Part, Reader, Sample

MARK = b"#toy\n"


def recognise(look: Look) -> bool:
    return look.head.startswith(MARK)


def units(part: Part) -> int:
    return sum(1 for _ in part.lines())


def read(part: Part, options: Options) -> Iterator[Item]:
    for number, line in enumerate(part.lines(), 1):
        text = line.decode("utf-8", "surrogateescape").rstrip("\n")
        misbehave(text)
        place = part.place("line", number, number)
        if text == "!wrong place":
            place = part.place("line", number + 7, number + 7)
        if text == "!other part":
            place = Part(file="other", part=(), source=part.source).place("line", number, number)
        if text == "!stop":
            return
        name, colon, said = text.partition(": ")
        if colon:
            yield Message(
                place=place,
                sender=name,
                text=said,
                sent=When(printed="", local=f"2024-01-01T00:00:{number % 60:02d}", how_known="file"),
            )
        else:
            yield Furniture(place=place, text=text)


def misbehave(text: str) -> None:
    match text:
        case "!raise":
            raise RuntimeError("CANARY-7f3a")
        case "!die":
            os._exit(9)
        case "!segfault":
            ctypes.string_at(8)
        case "!hang":
            while True:
                pass
        case "!sleep":
            time.sleep(60)
        case "!memory":
            held = []
            while True:
                held.append(bytearray(64 << 20))
        case "!recurse":
            misbehave(text)


READER = Reader(
    id="toy",
    title="Toy chat",
    platform="toy",
    unit="line",
    recognise=recognise,
    units=units,
    read=read,
    samples=(Sample(MARK + b"a: b\n", messages=1),),
)


def claimants(look: Look) -> tuple[Reader, ...]:
    return (READER,) if recognise(look) else ()


if __name__ == "__main__":
    from holdfast.confine.child import main

    main(claimants, (READER,))
