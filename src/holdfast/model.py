"""The nouns of Holdfast, as every room speaks of them. Values only: nothing here reads, writes or asks the time.

Every struct is frozen. As JSON (and msgpack) keys that do not apply are left out. `docs/json-contract.md` is this page for
people outside; both change together or not at all.
"""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

SCHEMA = 1


class ByteSource(Protocol):
    """Bytes that can be read anywhere: a file, a sealed object, a member of a zip.

    `read_at` returns at most `count` bytes from `offset` (from 0), fewer only at the end, b"" past it; it never raises for
    an offset past the end.
    """

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, count: int) -> bytes: ...


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the nouns: frozen, by keyword, defaults left out of JSON."""


# --- where and when ---------------------------------------------------------------------------------------------------


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands: units `first` to `last` (from 1, both included) of one part of one file.

    `part` is the way into containers, outermost first: () a plain file, ("chat.txt",) a zip member, ("12", "2.1") MIME part
    2.1 of mail 12. `unit` is line, record, row, mail, member, page or second. first = last = 0: the file as a whole.
    """

    file: str
    part: tuple[str, ...] = ()
    unit: str
    first: int
    last: int


class When(Value, frozen=True, kw_only=True):
    """A time as printed. `utc` stays None until a person or the file itself gives the zone.

    `local` is ISO 8601 without zone (`2024-03-12T21:14:00`), absent while undecided; then `readings` holds every local time
    it could be, in order. `utc` is `2024-03-12T16:14:00Z`. `zone` is an offset (`+05:00`) or an IANA name.
    """

    printed: str
    local: str | None = None
    utc: str | None = None
    zone: str | None = None
    how_known: Literal["file", "style_run", "order", "person", "undecided"]
    readings: tuple[str, ...] = ()


# --- what a reader makes ----------------------------------------------------------------------------------------------


class Attachment(Value, frozen=True, kw_only=True):
    """A file that belongs to a message. `part` is the way to its bytes, absent with `missing`."""

    name: str
    part: tuple[str, ...] | None = None
    media_type: str | None = None
    missing: bool = False


class Reaction(Value, frozen=True, kw_only=True):
    """Somebody's reaction to a message, as written by the export."""

    reaction: str
    actor: str | None = None


class Message(Value, frozen=True, kw_only=True, tag_field="kind", tag="message"):
    """What a person said. Whatever has a sender is a message, even if the sender is unknown.

    `text` is what findings count in (code points); `raw` is kept where `text` was repaired. `event` says what is not plain
    text: media, call, deleted, edited, sticker, payment, poll, location, contact, share. `from_me` is left out while
    nobody knows. `doubts` are codes, explained in docs/json-contract.md. `why` is a sentence for people.
    `headers` (mail only) are the headers that show where it came from, in file order.
    """

    place: Place
    text: str
    sender: str | None = None
    from_me: bool | None = None
    sent: When | None = None
    raw: str | None = None
    event: str | None = None
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reply_to: str | None = None
    edited: bool = False
    confidence: float | None = None
    doubts: tuple[str, ...] = ()
    why: str | None = None
    subject: str | None = None
    to: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


class Furniture(Value, frozen=True, kw_only=True, tag_field="kind", tag="furniture"):
    """Everything in a file that nobody said: notices, headings, blank lines, tables nobody needs."""

    place: Place
    text: str = ""
    event: str | None = None
    sent: When | None = None
    doubts: tuple[str, ...] = ()
    why: str | None = None


class Gap(Value, frozen=True, kw_only=True, tag_field="kind", tag="gap"):
    """What could not be read, and why. `bytes` says how much, where units cannot be counted."""

    place: Place
    why: str
    bytes: int | None = None


class SignIn(Value, frozen=True, kw_only=True, tag_field="kind", tag="signin"):
    """A sign-in to an account, from a platform's own list."""

    place: Place
    sent: When | None = None
    account: str | None = None
    ip: str | None = None
    device: str | None = None
    where: str | None = None
    outcome: str | None = None


class Device(Value, frozen=True, kw_only=True, tag_field="kind", tag="device"):
    """A device linked to an account."""

    place: Place
    name: str
    sent: When | None = None
    where: str | None = None


class App(Value, frozen=True, kw_only=True, tag_field="kind", tag="app"):
    """An app or service that may act for an account."""

    place: Place
    name: str
    sent: When | None = None
    permissions: tuple[str, ...] = ()


class Change(Value, frozen=True, kw_only=True, tag_field="kind", tag="change"):
    """A change of password, address, number or name of an account."""

    place: Place
    what: str
    sent: When | None = None


Item = Message | Furniture | Gap | SignIn | Device | App | Change
ITEM_TYPES = (Message, Furniture, Gap, SignIn, Device, App, Change)


class PartHead(Value, frozen=True, kw_only=True, tag_field="kind", tag="part"):
    """First line about a part: what it is, who reads it. `reader` is null where nobody does; then one gap follows."""

    schema: int
    file: str
    part: tuple[str, ...]
    reader: str | None
    reader_version: str | None
    sha256: str
    size: int
    units: int
    media_type: str | None = None


class PartCount(Value, frozen=True, kw_only=True):
    """The balance of one part: `units` = `in_messages` + `in_furniture` + `in_gaps` (sign-ins and the like: in_furniture)."""

    file: str
    part: tuple[str, ...]
    units: int
    in_messages: int
    in_furniture: int
    in_gaps: int


class Summary(Value, frozen=True, kw_only=True, tag_field="kind", tag="summary"):
    """Last line of a reading. `first` and `last` are local times; `doubts` counts items with a doubt."""

    files: int
    messages: int
    people: tuple[str, ...]
    first: str | None
    last: str | None
    doubts: int
    gaps: int
    parts: tuple[PartCount, ...]


# --- what assessment makes --------------------------------------------------------------------------------------------

LABELS = (
    "image_leak", "sextortion", "synthetic_image", "hack_claim", "violence", "doxxing", "stalking", "impersonation",
    "reputation", "debt_shaming", "swatting_legal", "selfharm_encouragement", "abduction_claim",
)  # fmt: skip


class Finding(Value, frozen=True, kw_only=True):
    """This was said here. `quote` equals the message's text from `start` to `end` (code points). Never a verdict.

    `speaker` is other, me or unknown. `form` direct, conditional or veiled. `certainty` clear or possible.
    `guards` names what lowered it (joke, quoted, ...). `place` is absent for bare text.
    """

    id: str
    label: str
    form: str
    certainty: str
    speaker: str
    start: int
    end: int
    quote: str
    rule: str
    language: str
    guards: tuple[str, ...] = ()
    place: Place | None = None


class Deadline(Value, frozen=True, kw_only=True):
    """A time limit as it was said. `at` is a local time when the message's time is known, else `seconds` from it."""

    quote: str
    start: int
    end: int
    at: str | None = None
    seconds: int | None = None
    doubt: str | None = None


class Demand(Value, frozen=True, kw_only=True):
    """What is wanted: `kind` money, images, call, meeting, return, silence, password, withdraw, ... of finding `finding`.

    `amount` is decimal as text; `currency` ISO 4217 or BTC, ETH, ...; absent when not said (a bare "$" leaves a doubt).
    """

    finding: str | None = None
    kind: str
    quote: str
    start: int
    end: int
    amount: str | None = None
    currency: str | None = None
    rail: str | None = None
    deadline: Deadline | None = None
    doubt: str | None = None
    place: Place | None = None


class Identifier(Value, frozen=True, kw_only=True):
    """A handle, phone, mail, link, wallet, iban or card that was named. `checked` says what the checksum says, never "real".

    `network`: the coin of a wallet (BTC, ETH, ...), the platform of a handle, where it was said.
    """

    kind: str
    value: str
    checked: str
    start: int
    end: int
    network: str | None = None
    place: Place | None = None


class Signal(Value, frozen=True, kw_only=True):
    """Something that bears on how much they hold: `state` is shown, claimed or not seen."""

    name: str
    state: str
    places: tuple[Place, ...] = ()


class Actor(Value, frozen=True, kw_only=True):
    """Somebody who speaks in the evidence, with how often and when."""

    name: str
    messages: int
    findings: int
    first: str | None = None
    last: str | None = None
    from_me: bool | None = None


class Moment(Value, frozen=True, kw_only=True):
    """One line of the chronology: a finding, demand, payment or first contact, at its time as known."""

    what: str
    sent: When | None = None
    sender: str | None = None
    quote: str | None = None
    finding: str | None = None
    place: Place | None = None


class Assessment(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What was found in what was read. An empty list means "nothing found in what was read", never "safe"."""

    schema: int = SCHEMA
    findings: tuple[Finding, ...] = ()
    demands: tuple[Demand, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    signals: tuple[Signal, ...] = ()
    actors: tuple[Actor, ...] = ()
    chronology: tuple[Moment, ...] = ()
    not_read: tuple[Gap, ...] = ()


class Fact(Value, frozen=True, kw_only=True):
    """What code concludes from findings and answers, with its reasons: ids of findings, names of answers."""

    name: str
    because: tuple[str, ...] = ()


# --- what guidance makes ----------------------------------------------------------------------------------------------


class Cited(Value, frozen=True, kw_only=True):
    """Where a piece of knowledge rests. `checked` empty means: not yet checked, and whoever shows it says so."""

    source: str
    checked: str
    basis: str
    confidence: str
    note: str = ""
    official: str = ""


class OffenceMatch(Value, frozen=True, kw_only=True):
    """A law that may apply on the day of the conduct. `in_force` is yes, or may (its dates are not sure).

    `findings` are the ids it was matched with (empty without a case). Never "was broken".
    """

    id: str
    jurisdiction: str
    instrument: str
    section: str
    kind: str
    covers: str
    max_penalty: str
    in_force: Literal["yes", "may"]
    day: str | None
    why: str
    cited: Cited
    findings: tuple[str, ...] = ()


class Contact(Value, frozen=True, kw_only=True):
    """A route or a service: who to call or write to, with where that knowledge rests."""

    id: str
    name: str
    kind: str
    audience: str
    how: str = ""
    phone: str = ""
    url: str = ""
    hours: str = ""
    cited: Cited


class PlannedStep(Value, frozen=True, kw_only=True):
    """One thing to do. `urgency` is now, today, this_week or later; `why` are reasons in words, from facts and answers.

    A detail is one row of knowledge: its first line is a heading, each further line a step. `details_cited` has one for each.
    """

    id: str
    title: str
    body: str
    urgency: str
    why: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    details_cited: tuple[Cited, ...] = ()
    contacts: tuple[Contact, ...] = ()
    done: bool = False
    cited: Cited


class Plan(Value, frozen=True, kw_only=True):
    """The ordered steps of this case, for this place, on this day."""

    place: str
    place_name: str
    day: str
    language: str
    steps: tuple[PlannedStep, ...]
    offences: tuple[OffenceMatch, ...] = ()
    emergency: tuple[Contact, ...] = ()
    turns_against: tuple[str, ...] = ()
    turns_against_cited: Cited | None = None
    evidence_notes: tuple[str, ...] = ()
    unchecked: int = 0


# --- what the vault keeps, as other rooms see it ----------------------------------------------------------------------


class ObjectRef(Value, frozen=True, kw_only=True):
    """One sealed object: `sha256` and `size` (bytes) are of the plaintext. `id` is its random name in the store."""

    id: str
    sha256: str
    size: int
    media_type: str = ""
    role: str = ""


class ContainedPart(Value, frozen=True, kw_only=True):
    """A part inside a sealed container: the way in, its size and SHA-256. Its bytes stay inside the container."""

    part: tuple[str, ...]
    size: int
    sha256: str
    media_type: str = ""
    kept: bool = True


class Exhibit(Value, frozen=True, kw_only=True):
    """Original bytes as received: `EX-0007`. `kept` is false for what was only observed (hash logged, never copied)."""

    number: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: str
    added: str
    seq: int
    kept: bool = True
    object: str | None = None
    parts: tuple[ContainedPart, ...] = ()


class LogLine(Value, frozen=True, kw_only=True):
    """One entry of the custody log as shown. A private entry shows only its leaf hash outside the case."""

    seq: int
    time: str
    kind: Literal["custody", "private"]
    action: str
    actor: str
    tool: str
    leaf: str
    objects: tuple[ObjectRef, ...] = ()
    note: str = ""


class Verdict(Value, frozen=True, kw_only=True):
    """What verify found. `state` is consistent, matches_anchor or damaged; `file` names the first damage.

    `says` are the sentences for people: what was checked, what this cannot show, and whose clock it is.
    """

    state: Literal["consistent", "matches_anchor", "damaged"]
    depth: Literal["quick", "deep"]
    says: tuple[str, ...]
    entries: int = 0
    objects: int = 0
    head: str = ""
    fingerprint: str = ""
    file: str | None = None
    damage: tuple[str, ...] = ()
