"""What every paper is made from: one frozen value, filled by case.py, with no way back into the vault."""

from __future__ import annotations

from holdfast.model import Assessment, Exhibit, Item, LogLine, Message, OffenceMatch, PartHead, Plan, Value, Verdict


class Reading(Value, frozen=True, kw_only=True):
    """What a reader made of one exhibit: part heads and items, in the order the reader gave them.

    `object` is the id of the sealed reading in the vault, where there is one: the bundle then carries those exact bytes.
    """

    exhibit: str
    items: tuple[PartHead | Item, ...]
    object: str | None = None


class CaseView(Value, frozen=True, kw_only=True):
    """A case as papers see it, at one moment.

    `case_ref`: short, neutral, nobody's name (`HF-7Q2K`). `fingerprint`: of the signing key. `anchor`: the line of the log's
    head. `made_at`: ISO 8601 with offset, the clock of this computer (`2026-11-20T10:05:00+00:00`). `versions`: program and
    readers, as (name, version). `accepted` and `rejected`: ids of findings the person ruled on; a rejected one is in no
    paper. Of `plan` only the name of the place is ever printed; of a private line in `log` only number and leaf.
    """

    vault_id: str
    case_ref: str
    fingerprint: str
    anchor: str
    made_at: str
    versions: tuple[tuple[str, str], ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    readings: tuple[Reading, ...] = ()
    assessment: Assessment = Assessment()
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    plan: Plan | None = None
    offences: tuple[OffenceMatch, ...] = ()
    log: tuple[LogLine, ...] = ()
    verdict: Verdict

    def messages(self) -> int:
        """How many messages were read, in all readings."""
        return sum(isinstance(item, Message) for reading in self.readings for item in reading.items)
