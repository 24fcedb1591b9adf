"""The balance of a reading: every unit of every part, counted once."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.model import Furniture, Gap, Item, Message, PartCount, PartHead, Place, Summary

Way = tuple[str, tuple[str, ...]]


class Balance:
    """Counts a reading while it passes. An item at 0 (the file as a whole) counts no unit."""

    def __init__(self) -> None:
        self._parts: dict[Way, list[int]] = {}
        self._files: set[str] = set()
        self._people: set[str] = set()
        self._messages = self._gaps = self._doubts = 0
        self._first: str | None = None
        self._last: str | None = None
        self._way: Way | None = None
        self._counts: list[int] = []

    def add(self, lines: Iterable[PartHead | Item]) -> None:
        """Take the next lines of the reading, in order."""
        for line in lines:
            if isinstance(line, PartHead):
                self._files.add(line.file)
                self._parts[(line.file, line.part)] = [line.units, 0, 0, 0]
                continue
            counts = self._of(line.place)
            units = line.place.last - line.place.first + 1 if line.place.first else 0
            if isinstance(line, Message):
                counts[1] += units
                self._messages += 1
                self._seen(line)
            elif isinstance(line, Gap):
                counts[3] += units
                self._gaps += 1
            else:
                counts[2] += units
                if isinstance(line, Furniture) and line.doubts:
                    self._doubts += 1

    def _of(self, place: Place) -> list[int]:
        way = (place.file, place.part)
        if way != self._way:
            self._way, self._counts = way, self._parts[way]
        return self._counts

    def _seen(self, message: Message) -> None:
        if message.sender is not None:
            self._people.add(message.sender)
        if message.doubts:
            self._doubts += 1
        local = message.sent.local if message.sent is not None else None
        if local is not None:
            if self._first is None or local < self._first:
                self._first = local
            if self._last is None or local > self._last:
                self._last = local

    def summary(self) -> Summary:
        """What the reading came to. `people` are the distinct sender names, sorted by code point."""
        parts = tuple(
            PartCount(file=file, part=part, units=units, in_messages=said, in_furniture=furniture, in_gaps=gaps)
            for (file, part), (units, said, furniture, gaps) in self._parts.items()
        )
        return Summary(
            files=len(self._files),
            messages=self._messages,
            people=tuple(sorted(self._people)),
            first=self._first,
            last=self._last,
            doubts=self._doubts,
            gaps=self._gaps,
            parts=parts,
        )
