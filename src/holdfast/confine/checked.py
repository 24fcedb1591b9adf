"""What a worker sends, held against what it may say. Nothing it sends is believed further than this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfast.confine.frames import Line
from holdfast.confine.job import FILE, InHand, Way
from holdfast.confine.spans import Spans
from holdfast.intake.archive import MEMBERS
from holdfast.model import SCHEMA, Gap, Item, PartHead


class Checked:
    """Follows one exhibit through however many workers it takes. `done` are parts whose every unit is accounted for."""

    def __init__(self, file: str, size: int) -> None:
        self.file, self.size = file, size
        self.done: set[Way] = set()
        self.given_up: set[Way] = set()
        self.lied = False
        self._afterthoughts = 0
        self._in_hand: InHand | None = None
        self._spans: Spans | None = None

    def lines(self, batch: Iterable[Line]) -> list[PartHead | Item]:
        """The lines of a batch up to the first that may not stand there; then `lied` is set, and the worker is done for."""
        held: list[PartHead | Item] = []
        for line in batch:
            if isinstance(line, InHand):
                if self._take_up(line):
                    continue
            elif isinstance(line, PartHead):
                if self._take_head(line):
                    held.append(line)
                    continue
            elif (self._spans is not None and self._spans.fits(line)) or self._is_afterthought(line):
                held.append(line)
                continue
            self.lied = True
            break
        return held

    def _take_up(self, held: InHand) -> bool:
        if self._spans is not None and self._spans.next <= self._spans.units:
            return False
        self._in_hand, self._spans = held, None
        return True

    def _take_head(self, head: PartHead) -> bool:
        held = self._in_hand
        if held is None or self._spans is not None or head.part in self.done or not 0 <= head.units <= head.size + 1:
            return False
        if (head.schema, head.file, head.part, head.sha256, head.size) != (
            SCHEMA,
            self.file,
            held.part,
            held.sha256,
            held.size,
        ):
            return False
        if head.size < 0 or (head.part == () and head.size > self.size) or len(self.done) > MEMBERS + self.size:
            return False
        self.done.add(head.part)
        self._spans = Spans(self.file, head.part, held.unit, head.units)
        return True

    def _is_afterthought(self, line: Item) -> bool:
        """A gap said of a container as a whole, once its parts are through."""
        place = line.place
        if not isinstance(line, Gap) or place.file != self.file or place.part not in self.done:
            return False
        self._afterthoughts += 1
        return place.first == place.last == 0 and self._afterthoughts <= len(self.done)

    def ended(self) -> bool:
        """Whether the reading may end here: the file itself is through, nothing is half done."""
        return () in self.done and (self._spans is None or self._spans.next > self._spans.units)

    def broken_off(self, why: str) -> Iterator[PartHead | Item]:
        """What stands in for the part in hand when its worker is gone; it is given up, so that the next one passes it by."""
        held = self._in_hand or InHand(())
        if self._spans is None and held.part not in self.done:
            yield self._unread(held)
            self._spans = Spans(self.file, held.part, FILE, 1)
        if self._spans is not None and self._spans.next <= self._spans.units:
            yield from self._spans.rest(why)
        else:
            yield Spans(self.file, held.part, held.unit, 0).whole(why)
        self._in_hand = self._spans = None
        self.lied = False
        self._give_up(held.part)

    def _give_up(self, part: Way) -> None:
        """The part; if it was given up before, what it lies in: something near it stops every worker."""
        while part in self.given_up and part:
            part = part[:-1]
            while part and part not in self.done:
                part = part[:-1]
        self.given_up.add(part)

    def _unread(self, held: InHand) -> PartHead:
        self.done.add(held.part)
        return PartHead(
            schema=SCHEMA,
            file=self.file,
            part=held.part,
            reader=None,
            reader_version=None,
            sha256=held.sha256,
            size=held.size,
            units=1,
            media_type=held.media_type,
        )

    def nothing_more(self, why: str) -> Gap:
        """Said of the whole file when no further worker is tried."""
        return Spans(self.file, (), FILE, 0).whole(why)
