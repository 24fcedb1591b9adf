"""The bytes of one part inside an exhibit, found again by its way in: a text in a zip that is to be kept by itself."""

from __future__ import annotations

from holdfast.confine.job import Claimants, Way
from holdfast.intake import Budget, Member, archive, media_type
from holdfast.model import ByteSource
from holdfast.readers import HEAD, TAIL, Look, Part


class Inside:
    """An exhibit opened for its parts. What was opened on the way is remembered, so that many parts cost one walk."""

    def __init__(self, source: ByteSource, file: str, claimants: Claimants) -> None:
        self._claimants = claimants
        self._top = Part(file=file, part=(), source=source)
        self._held: dict[Way, dict[Way, Part | Member]] = {}
        self._last: tuple[Way, Part] = ((), self._top)

    def part(self, way: Way) -> Part | None:
        """The part, or None where no such part can be had."""
        at = self._top
        while at.part != way:
            if len(at.part) < len(self._last[0]) and self._last[0] == way[: len(self._last[0])]:
                at = self._last[1]
                continue
            inside = self._inside(at)
            step = next((way[:length] for length in range(len(way), len(at.part), -1) if way[:length] in inside), None)
            if step is None:
                return None
            found = inside[step]
            if isinstance(found, Member):
                found = Part(file=at.file, part=step, source=found.unpack().source)
            self._last = (step, found)
            at = found
        return at

    def _inside(self, part: Part) -> dict[Way, Part | Member]:
        if part.part not in self._held:
            self._held[part.part] = self._listed(part)
        return self._held[part.part]

    def _listed(self, part: Part) -> dict[Way, Part | Member]:
        head = part.read_at(0, HEAD)
        tail = part.read_at(max(0, part.size - TAIL), TAIL)
        kind = media_type(head, tail, part.size)
        if kind == "application/zip":
            members = archive(part.source, Budget()).members
            return {(*part.part, member.name): member for member in members if isinstance(member, Member)}
        claiming = self._claimants(Look(head, tail, part.size, part.untrusted_name, kind))
        if len(claiming) == 1 and claiming[0].children is not None:
            return {child.part: child for child in claiming[0].children(part)}
        return {}
