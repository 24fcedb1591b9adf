"""WhatsApp chat exported as text (chat menu > Export chat): `_chat.txt` (iPhone), `WhatsApp Chat with X.txt` (Android).

Two passes with small memory: `_whatsapp_survey` gathers where which form of header stands, `_whatsapp_runs` decides which are
true and how dates are to be read, `_whatsapp_reading` then makes the items. What a file cannot tell stays open, with a doubt;
`docs/formats/whatsapp_txt.md` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.model import Furniture, Gap, Item
from holdfast.readers._contract import HEAD, Options, Part, Reader, Sample
from holdfast.readers._dates_reading import Calendar, zone_named
from holdfast.readers._whatsapp_header import headers_in
from holdfast.readers._whatsapp_look import recognise
from holdfast.readers._whatsapp_people import People
from holdfast.readers._whatsapp_reading import RunReading
from holdfast.readers._whatsapp_runs import Run, runs_of
from holdfast.readers._whatsapp_survey import survey
from holdfast.readers._whatsapp_text import blocks_of, count_lines, encoding_of, is_windows

BEFORE = "This text stands before the first date, so nobody is named as its writer."
OLD_LINE_ENDS = (
    "The lines of this text end in an old way (CR alone), so it counts as one line. Save it again with ordinary line ends, "
    "as a copy, and add the copy."
)
NO_DATES = "No date as WhatsApp writes it was found in this text."


def read(part: Part, options: Options) -> Iterator[Item]:
    """The items of an export, in file order; every line in exactly one."""
    found = survey(blocks_of(part))
    runs = runs_of(found, options)
    if not runs:
        if found.lines:
            yield Gap(place=part.place("line", 1, found.lines), why=NO_DATES)
        return
    people = People.of(found, options)
    zone = options.zone if zone_named(options.zone) else None
    if _old_line_ends(part, found.lines):
        yield Gap(place=part.place("line", 1, 1), why=OLD_LINE_ENDS)
        return
    windows = encoding_of(part.read_at(0, 2)) == "utf-8" and is_windows(part.chunks())
    open_end = encoding_of(part.read_at(0, 2)) == "utf-8" and part.read_at(part.size - 1, 1) != b"\n"
    upcoming = iter(runs)
    run = next(upcoming)
    reading: RunReading | None = None
    line, blank = 1, True
    for block in blocks_of(part):
        rest = block
        while rest:
            end = run.last if reading is not None else run.first - 1
            piece, rest = _cut(rest, end - line + 1)
            line += piece.count("\n")
            if reading is not None:
                yield from reading.read(piece)
            else:
                blank = blank and not piece.strip()
            if line <= end:
                continue
            if reading is not None:
                yield from reading.end(last=line > found.lines, open_end=open_end)
                following = next(upcoming, None)
                if following is None:
                    break
                run = following
            elif run.first > 1:
                yield _before(part, run, blank)
            calendar = Calendar(run.header.style, run.decision, zone)
            reading = RunReading(part, run, people, calendar, run.first, windows=windows)


def _before(part: Part, run: Run, blank: bool) -> Furniture | Gap:
    place = part.place("line", 1, run.first - 1)
    return Furniture(place=place, event="blank") if blank else Gap(place=place, why=BEFORE)


def _old_line_ends(part: Part, lines: int) -> bool:
    """Whether messages are parted by CR alone (a file saved on an old Mac): one line by our count, of many people's words."""
    if lines != 1:
        return False
    head = part.read_at(0, HEAD).decode("utf-8", "replace")
    return next(headers_in("\n" + head.partition("\r")[2].replace("\r", "\n"), {}), None) is not None


def _cut(block: str, lines: int) -> tuple[str, str]:
    """The first `lines` lines of a block (each begins with LF), and the rest."""
    if block.count("\n") <= lines:
        return block, ""
    position = -1
    for _ in range(lines + 1):
        position = block.index("\n", position + 1)
    return block[:position], block[position:]


ANDROID = """12/03/2024, 21:12 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.
12/03/2024, 21:14 - Maya: Are you there?
13/03/2024, 09:01 - +44 7700 900123: yes
two lines
13/03/2024, 09:02 - +44 7700 900123: IMG-20240313-WA0001.jpg (file attached)
13/03/2024, 09:03 - Maya: <Media omitted>
"""
IPHONE = (
    "\u200e[12/03/24, 9:14:05\u202fPM] Maya: \u200eMessages and calls are end-to-end encrypted.\r\n"
    "[12/03/24, 9:14:09\u202fPM] Maya: See you\r\n"
    "\u200e[25/03/24, 12:03:00\u202fAM] ~\u202fSam: \u200eimage omitted\r\n"
    "[25/03/24, 12:04:00\u202fAM] ~\u202fSam: image omitted\r\n"
)

READER = Reader(
    id="whatsapp_txt",
    title="WhatsApp chat export (.txt)",
    platform="whatsapp",
    unit="line",
    recognise=recognise,
    units=count_lines,
    read=read,
    samples=(
        Sample(ANDROID.encode(), messages=4),
        Sample(IPHONE.encode(), messages=3),
        Sample(IPHONE.encode("utf-16"), messages=3),
    ),
)
