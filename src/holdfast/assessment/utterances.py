"""Who said what, in which conversation: items from any reader as rows to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from holdfast.model import Gap, Item, Message, Place, When

WINDOW = 5  # messages of one speaker, before and after, that belong to one thought


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message as assessment needs it. `number` counts messages in the order given; `talk` names its conversation."""

    number: int
    text: str
    speaker: str
    sender: str | None
    talk: tuple[object, ...]
    sent: When | None = None
    place: Place | None = None

    @property
    def said_at(self) -> datetime | None:
        """Its local time, None while that is not known."""
        try:
            at = datetime.fromisoformat(self.sent.local) if self.sent and self.sent.local else None
        except ValueError:
            return None
        return at.replace(tzinfo=None) if at else None


def utterances(items: Iterable[Item]) -> tuple[list[Utterance], list[Message], list[Gap]]:
    """Messages as utterances, the messages themselves, and the gaps, each in the order given. Mails stand for themselves."""
    said: list[Utterance] = []
    messages: list[Message] = []
    gaps: list[Gap] = []
    for item in items:
        if isinstance(item, Gap):
            gaps.append(item)
        elif isinstance(item, Message):
            place = item.place
            alone = (place.first, place.last) if place.unit == "mail" or item.headers else ()
            text = "" if item.event == "deleted" else item.text  # the notice is the app's, not the speaker's
            said.append(
                Utterance(
                    number=len(said),
                    text=text,
                    speaker={True: "me", False: "other", None: "unknown"}[item.from_me],
                    sender=item.sender,
                    talk=(place.file, place.part, *alone),
                    sent=item.sent,
                    place=place,
                )
            )
            messages.append(item)
    return said, messages, gaps


def turns(said: Sequence[Utterance]) -> dict[tuple[object, ...], list[int]]:
    """By conversation and speaker: the numbers of what they said, in order."""
    by_voice: dict[tuple[object, ...], list[int]] = {}
    for one in said:
        by_voice.setdefault((one.talk, one.speaker, one.sender), []).append(one.number)
    return by_voice


def in_time(said: Sequence[Utterance]) -> dict[int, tuple[str, int]]:
    """For every message the key that puts all of them in order of time: local time as known, then the order given.

    A message without a time follows the one before it in its conversation.
    """
    clocks: dict[tuple[object, ...], str] = {}
    order: dict[int, tuple[str, int]] = {}
    for one in said:
        if one.sent and one.sent.local:
            clocks[one.talk] = one.sent.local
        order[one.number] = (clocks.get(one.talk, ""), one.number)
    return order
