"""Which headers are true? The other person writes the bodies, and a body may hold a line that looks like a header.

One export is written by one phone at one moment: all its true headers have one form (`_whatsapp_header.Header`). So

1. A stretch of headers of *another* form is either text inside the message before it (somebody pasted or forged it) or the
   start of another export joined to this one. It is text, unless one of these holds:
   - it is longer than the longest message WhatsApp sends (65,536 characters), so it cannot be inside one;
   - it has more headers than the form around it has before and after;
   - it comes back to the form around it, has at least 8 headers, and its times lie between the times around it (what was
     pasted lies before the message it was pasted into);
   - it never comes back to the form around it, and has at least 8 headers, or at least as many as stand before it (but 2),
     or at least 3 that do not go back in time.
   Text keeps its place in its message, and that message gets the doubt `imitates_header`. A stretch taken for true that a
   single message could hold gets the doubt on each of its messages.
2. A line of the *same* form is taken for a header: nothing can tell a perfect forgery from a message. Where something is odd
   (`whatsapp_txt.py` looks at time, line ends, digits, sender) its message gets the doubt.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from holdfast.readers._contract import Options
from holdfast.readers._dates_order import Decision, Order, Tally, day_of, decide, orders_for
from holdfast.readers._dates_reading import clock_of
from holdfast.readers._whatsapp_header import Header
from holdfast.readers._whatsapp_survey import Stretch, Survey

LONGEST_MESSAGE = 65_536  # characters; what WhatsApp accepts as one text
LONG = 8
MOSTLY = 0.95


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of true headers of one form, from line `first` to line `last`.

    `doubtful`: one message could hold it all. `quotes`: text of another form lies inside. `crlf`: bodies end in CR LF.
    `padded`: the length of every printed date but a few, else 0. `marked`: the app's marks occur.
    """

    header: Header
    first: int
    last: int
    headers: int
    decision: Decision
    doubtful: bool
    quotes: bool
    crlf: bool
    padded: int
    marked: bool


def runs_of(found: Survey, options: Options) -> list[Run]:
    """The true runs of a file, in order, from the first header's line to the last line."""
    groups: list[list[Stretch]] = []
    doubtful: list[bool] = []
    quoted: set[int] = set()
    where: dict[Header, list[int]] = {}
    for number, stretch in enumerate(found.stretches):
        where.setdefault(stretch.header, []).append(number)
    for number, stretch in enumerate(found.stretches):
        if groups and groups[-1][0].header == stretch.header:
            groups[-1].append(stretch)
        elif not groups:
            groups.append([stretch])
            doubtful.append(False)
        else:
            around = where[groups[-1][0].header]
            again = bisect_right(around, number)
            after = found.stretches[around[again]] if again < len(around) else None
            if _is_true(stretch, groups[-1], after):
                groups.append([stretch])
                doubtful.append(stretch.size <= LONGEST_MESSAGE and (after is not None or stretch.headers < LONG))
            else:
                quoted.add(len(groups) - 1)
    ends = [*(group[0].first - 1 for group in groups[1:]), found.lines][: len(groups)]
    return [
        _run(group, end, options, doubtful=doubtful[n], quotes=n in quoted)
        for n, (group, end) in enumerate(zip(groups, ends, strict=True))
    ]


def _is_true(stretch: Stretch, before: list[Stretch], after: Stretch | None) -> bool:
    around = sum(one.headers for one in before)
    if stretch.size > LONGEST_MESSAGE:
        return True
    if after is not None:
        longer = stretch.headers > around + after.headers
        return longer or (stretch.headers >= LONG and _follows(before[-1], stretch) and _follows(stretch, after))
    enough = stretch.headers >= LONG or stretch.headers >= max(2, around)
    return enough or (stretch.headers >= 3 and _follows(before[-1], stretch))


def _follows(earlier: Stretch, later: Stretch) -> bool:
    """Whether under some reading the later stretch begins no earlier than the other ends."""
    ends, begins = _times(earlier, *earlier.closing), _times(later, *later.opening)
    return any(end <= begin for end in ends for begin in begins)


def _times(stretch: Stretch, date: str, clock: str) -> list[tuple[int, str]]:
    time = clock_of(clock, stretch.header.style) or ""
    days = [day_of(date, order) for order in orders_for(stretch.header.style)[:2]]
    return [(day.toordinal(), time) for day in days if day is not None]


def _run(group: list[Stretch], last: int, options: Options, *, doubtful: bool, quotes: bool) -> Run:
    first = group[0]
    tally = Tally(orders_for(first.header.style))
    widths = sum((one.widths for one in group), start=type(first.widths)())
    for one in group:
        tally.follow(one.tally)
    headers = sum(one.headers for one in group)
    order: Order | None = options.date_order
    longest = max(widths)
    padded = longest if headers > 10 and MOSTLY * headers <= widths[longest] < headers else 0
    return Run(
        header=first.header,
        first=first.first,
        last=last,
        headers=headers,
        decision=decide(first.header.style, tally, order),
        doubtful=doubtful,
        quotes=quotes,
        crlf=sum(one.after_crlf for one in group) >= MOSTLY * headers > 2,
        padded=padded,
        marked=any(one.marked for one in group),
    )
