"""What a reader yields, held to its promise: every unit in exactly one item, in file order, nothing of another part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfast.confine.words import reader_stopped
from holdfast.model import ITEM_TYPES, Gap, Item, Place

ABOUT_THE_WHOLE = 10_000  # items at 0 a part may have: tables not read, say; more can only be meant to flood us


class Spans:
    """Follows the items of one part. `next` is the first unit nobody has accounted for."""

    def __init__(self, file: str, part: tuple[str, ...], unit: str, units: int) -> None:
        self.file, self.part, self.unit, self.units = file, part, unit, units
        self.next = 1
        self._spare = ABOUT_THE_WHOLE

    def fits(self, item: Item) -> bool:
        """Whether this item may come now. An item at 0 speaks of the part as a whole and takes no unit."""
        place = item.place
        first, last = place.first, place.last
        if place.part != self.part or place.file != self.file:
            return False
        if first == self.next and first <= last <= self.units and place.unit == self.unit:
            self.next = last + 1
            return True
        self._spare -= 1
        return first == last == 0 and self._spare >= 0

    def rest(self, why: str) -> Iterator[Gap]:
        """One gap over every unit nobody has accounted for; none if there is none."""
        if self.next <= self.units:
            place = Place(file=self.file, part=self.part, unit=self.unit, first=self.next, last=self.units)
            self.next = self.units + 1
            yield Gap(place=place, why=why)

    def whole(self, why: str, lost: int | None = None) -> Gap:
        """A gap that speaks of the part as a whole."""
        return Gap(place=Place(file=self.file, part=self.part, unit=self.unit, first=0, last=0), why=why, bytes=lost)


def balanced(items: Iterable[Item], spans: Spans) -> Iterator[Item]:
    """The items as long as they fit, then one gap for whatever is left. Never raises."""
    try:
        for item in items:
            if not isinstance(item, ITEM_TYPES) or not spans.fits(item):
                yield from spans.rest(reader_stopped("places that do not fit"))
                return
            yield item
    except Exception as error:
        yield from spans.rest(reader_stopped(error))
        return
    yield from spans.rest(reader_stopped("too early"))
