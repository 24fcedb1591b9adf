"""Who is me: which messages are the person's own, as far as the person has said. Never assumed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

import msgspec

from holdfast.model import Message

Anything = TypeVar("Anything")

FEWEST_DIGITS = 7  # shorter numbers are short codes or parts of names, not somebody's telephone
OWN_ADDRESS_DOUBTS = frozenset({"own_address_forged", "own_address_unclear"})
_ADDRESS = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"(),;:]+")


def same_person(sender: str, me: Collection[str]) -> bool:
    """Whether a sender's name is one of the given names, numbers or addresses. Capitals, spaces and marks do not matter."""
    keys = _keys(sender)
    return any(not keys.isdisjoint(_keys(own)) for own in me)


def with_me(items: Iterable[Anything], me: Collection[str]) -> Iterator[Anything]:
    """The items of one reading, with `from_me` filled in where nobody knew it.

    Others are only called others where the person was recognised in the same reading: a name spelt differently must not turn
    the person's own words into somebody else's. A mail that shows the person's own address but may be forged stays open.
    """
    if not me:
        yield from items
        return
    known = list(items)
    senders = {item.sender for item in known if isinstance(item, Message) and item.sender}
    mine = {sender for sender in senders if same_person(sender, me)}
    reached = bool(mine) or any(isinstance(item, Message) and any(same_person(to, me) for to in item.to) for item in known)
    for item in known:
        if (
            isinstance(item, Message)
            and item.from_me is None
            and item.sender
            and reached
            and OWN_ADDRESS_DOUBTS.isdisjoint(item.doubts)
        ):
            yield msgspec.structs.replace(item, from_me=item.sender in mine)
        else:
            yield item


def _keys(name: str) -> set[str]:
    """What a name is compared by: its letters, the addresses in it, and its number's last digits."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    plain = "".join(character for character in folded if unicodedata.category(character)[0] in "LNM")
    keys = {plain or "".join(folded.split())} - {""}
    keys |= {address.strip("'.") for address in _ADDRESS.findall(folded)}
    digits = "".join(character for character in folded if character.isdecimal())
    if len(digits) >= FEWEST_DIGITS and not any(character.isalpha() for character in folded):
        keys.add("number " + digits[-9:])
    return keys
