"""Mails: one saved as .eml, or many in a mailbox file (.mbox). Each mail is one message; its attachments are parts.

Message n is mail n of the file (from 1). Attachment 2.1 of mail 12 has the part (..., "12", "2.1"); numbers as in IMAP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from holdfast.model import Attachment, Gap, Item, Message, When
from holdfast.readers._contract import Options, Part, Reader, Sample
from holdfast.readers._mail_address import Address, addresses
from holdfast.readers._mail_attachment import attachments, children
from holdfast.readers._mail_body import Body, body_of
from holdfast.readers._mail_date import when
from holdfast.readers._mail_header import MAX_FIELDS, Block, Field, decoded, shown
from holdfast.readers._mail_mbox import MAX_MAIL, Span, mails
from holdfast.readers._mail_mime import Tree, walk
from holdfast.readers._mail_recognise import recognise
from holdfast.readers._mail_sender import judge
from holdfast.readers._mail_why import ambiguous, why_ambiguous
from holdfast.readers._mail_window import Window

MAX_SHOWN_HEADERS = 500

_SHOWN = {
    "received", "return-path", "from", "sender", "reply-to", "to", "cc", "bcc", "delivered-to", "envelope-to", "subject",
    "authentication-results", "received-spf", "dkim-signature", "domainkey-signature", "message-id", "in-reply-to",
    "references", "date", "user-agent", "mime-version", "content-type", "auto-submitted", "errors-to",
    "disposition-notification-to", "organization", "precedence", "comments", "keywords",
    "thread-topic", "thread-index", "apparently-to", "feedback-id",
}  # fmt: skip
_SHOWN_STARTS = ("x-", "arc-", "list-", "resent-", "delivered-", "original-", "authentication-", "received-")
_ONCE = ("from", "to", "cc", "subject", "date", "message-id", "reply-to", "sender")


def units(part: Part) -> int:
    """How many mails there are in the file."""
    return sum(1 for _ in mails(Window(part.source)))


def read(part: Part, options: Options) -> Iterator[Item]:
    """One item a mail, in file order. Memory: the largest mail, at most about three times `MAX_MAIL`."""
    window = Window(part.source)
    for number, span in enumerate(mails(window), 1):
        yield _item(part, window, span, number, options)


def _item(part: Part, window: Window, span: Span, number: int, options: Options) -> Item:
    place = part.place("mail", number, number)
    if span.too_large:
        return Gap(place=place, why=f"this mail is larger than {MAX_MAIL >> 20} MB and was not read", bytes=span.size)
    data = window.read_at(span.start, span.size)
    tree = walk(data)
    body = body_of(data, tree, span.escaped)
    return _message(part, number, span, tree, body, options)


def _message(part: Part, number: int, span: Span, tree: Tree, body: Body, options: Options) -> Message:
    block = tree.block
    fallback = next((leaf.charset for leaf in tree.leaves if leaf.charset), None)
    doubts = list(body.doubts)
    reasons: list[str] = []
    sender = _addresses(block, "from", fallback)
    if not sender:
        doubts.append("no_sender")
    to = [one for name in ("to", "cc", "bcc") for one in _addresses(block, name, fallback)]
    delivered = _delivered(block)
    known = {one.address.lower() for one in to if one.address} | {one.address.lower() for one in delivered}
    origin = judge(block, sender, options.me, known, inside=_is_inside(part))
    if origin.doubt:
        doubts.append(origin.doubt)
        reasons.append(origin.why or "")
    if any(len(block.all(name)) > 1 for name in _ONCE):
        doubts.append("header_repeated")
    sent = _sent(block, span, options, doubts, reasons)
    subject, found = _subject(block, fallback)
    doubts.extend(found)
    headers, found = _headers(block, fallback)
    doubts.extend(found)
    causes = ambiguous(tree.causes | body.causes)
    if causes:
        doubts.append("structure_ambiguous")
        reasons.append(why_ambiguous(causes))
    if tree.not_walked or body.not_read:
        doubts.append("not_all_read")
        reasons.append(
            f"{tree.not_walked + body.not_read} bytes of this mail were not read: it has too many parts or too long a text."
        )
    listed: tuple[Attachment, ...] = attachments(part, number, tree, body.used)
    return Message(
        place=part.place("mail", number, number),
        text=body.text,
        raw=body.raw,
        sender=", ".join(str(one) for one in sender) or None,
        from_me=origin.from_me,
        sent=sent,
        subject=subject,
        reply_to=block.text("in-reply-to") or None,
        to=tuple(dict.fromkeys([*(str(one) for one in to), *_new(delivered, to)])),
        headers=headers,
        attachments=listed,
        doubts=tuple(dict.fromkeys(doubts)),
        why=" ".join(one for one in reasons if one) or None,
    )


def _is_inside(part: Part) -> bool:
    """Whether the mail lay in another mail: its way in ends with a mail's number and a MIME part's."""
    return len(part.part) > 1 and part.part[-2].isdigit() and bool(re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})*", part.part[-1]))


def _addresses(block: Block, name: str, fallback: str | None) -> list[Address]:
    return [found for one in block.all(name)[:20] for found in addresses(one, fallback)]


def _delivered(block: Block) -> list[Address]:
    names = ("delivered-to", "x-original-to", "envelope-to", "x-apparently-to", "apparently-to")
    # Yahoo writes `X-Apparently-To: you@yahoo.com via 98.136.183.71`.
    words = [word.strip("<>,;") for name in names for one in block.all(name)[:20] for word in shown(one.unfolded()).split()]
    return [Address("", word) for word in dict.fromkeys(words) if "@" in word.strip("@")]


def _new(delivered: list[Address], to: list[Address]) -> list[str]:
    known = {one.address.lower() for one in to}
    return [one.address for one in delivered if one.address.lower() not in known]


def _subject(block: Block, fallback: str | None) -> tuple[str | None, tuple[str, ...]]:
    one = block.first("subject")
    return decoded(one.unfolded(), fallback) if one else (None, ())


def _sent(block: Block, span: Span, options: Options, doubts: list[str], reasons: list[str]) -> When | None:
    one = block.first("date")
    printed = shown(one.unfolded()) if one else ""
    sent = when(printed, options.zone, options.date_order) if printed else None
    if sent is None or sent.how_known == "undecided":
        doubts.append("no_date" if sent is None else "date_not_understood")
        received, marked = _last_received(block), shown(span.postmark).removeprefix("From ").partition(" ")[2].strip()
        offered = f"The last server that handled it wrote: {received}." if received else ""
        if marked and not received:
            offered = f"The mailbox it was kept in wrote: {marked}."
        start = "This mail has no date line." if sent is None else "The date line of this mail cannot be read with certainty."
        reasons.append(f"{start} {offered}".strip())
    return sent


def _last_received(block: Block) -> str:
    one = block.first("received")
    return shown(one.unfolded()).rpartition(";")[2].strip() if one and b";" in one.raw else ""


def _headers(block: Block, fallback: str | None) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    doubts: set[str] = set()
    kept: list[tuple[str, str]] = []
    for one in block.fields:
        if not _is_shown(one):
            continue
        if len(kept) >= MAX_SHOWN_HEADERS:
            doubts.add("headers_cut")
            break
        text, found = decoded(one.unfolded(), fallback)
        doubts.update(found)
        kept.append((one.name, text))
    if len(block.fields) >= MAX_FIELDS:
        doubts.add("headers_cut")
    return tuple(kept), tuple(sorted(doubts))


def _is_shown(one: Field) -> bool:
    return one.key in _SHOWN or one.key.startswith(_SHOWN_STARTS) or bool(re.search("origin|sender|client|remote", one.key))


_ONE_MAIL = (
    b"Return-Path: <sam@elsewhere.example>\r\n"
    b"Received: from mx.elsewhere.example by mx.example.org; Tue, 12 Mar 2024 21:14:03 +0500\r\n"
    b"From: =?utf-8?q?Sam_Th=C3=B6rn?= <sam@elsewhere.example>\r\nTo: maya@example.org\r\nSubject: Hello\r\n"
    b"Date: Tue, 12 Mar 2024 21:14:00 +0500\r\nMessage-ID: <1@elsewhere.example>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nSee you at noon.\r\n"
)
_MAILBOX = (
    b"From sam@elsewhere.example Tue Mar 12 16:14:00 2024\n" + _ONE_MAIL.replace(b"\r\n", b"\n") + b"\n"
    b"From - Wed Mar 13 09:00:00 2024\nFrom: maya@example.org\nTo: sam@elsewhere.example\nSubject: Re: Hello\n"
    b"Date: Wed, 13 Mar 2024 09:00:00 +0000\n\nYes.\n>From now on at noon.\n"
)

READER = Reader(
    id="mail",
    title="Mail (.eml, .mbox)",
    platform="mail",
    unit="mail",
    recognise=recognise,
    units=units,
    read=read,
    children=children,
    samples=(Sample(_ONE_MAIL, messages=1), Sample(_MAILBOX, messages=2)),
)
