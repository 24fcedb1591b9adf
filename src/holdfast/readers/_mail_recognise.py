"""Whether bytes are a mail or a mailbox: by a postmark, or by a header block no chat, log, page or web answer has."""

from __future__ import annotations

import re

from holdfast.readers._contract import Look
from holdfast.readers._mail_mbox import apple_mail, is_mailbox, start_of_mail

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,8}:(.{0,400})")
# Fields only mails have, and fields other things have too.
_MAIL_ONLY = {
    b"received", b"return-path", b"message-id", b"delivered-to", b"dkim-signature", b"received-spf", b"mime-version",
    b"authentication-results", b"x-mailer", b"in-reply-to", b"reply-to", b"x-originating-ip", b"arc-seal", b"x-original-to",
    b"x-spam-status", b"x-gm-thrid", b"x-received", b"envelope-to", b"bcc", b"x-apparently-to", b"x-mozilla-status", b"list-id",
    b"content-transfer-encoding", b"x-priority", b"x-uidl", b"x-account-key", b"x-gmail-labels", b"delivery-date",
    b"domainkey-signature", b"x-virus-scanned", b"x-google-smtp-source", b"thread-topic", b"resent-from", b"x-envelope-from",
}  # fmt: skip
_SHARED = {
    b"from",
    b"to",
    b"cc",
    b"subject",
    b"date",
    b"sender",
    b"content-type",
    b"references",
    b"user-agent",
    b"content-disposition",
}
_ANCHORS = {b"from", b"to", b"received", b"date", b"subject", b"return-path", b"message-id", b"mime-version"}
_WEB = {
    b"server", b"set-cookie", b"cookie", b"host", b"accept", b"etag", b"cache-control", b"location", b"accept-encoding",
    b"last-modified", b"transfer-encoding", b"warc-type", b"warc-date", b"content-length", b"connection", b"referer", b"origin",
}  # fmt: skip
_SAVED_PAGE = re.compile(
    rb"(?im)^snapshot-content-location:|^from:[ \t]*\"?<?saved by (?:blink|webkit|windows|microsoft|mozilla|unmht)"
)
_ENCODED = re.compile(rb"=\?[A-Za-z0-9_:.-]{1,40}\?[bBqQ]\?")


def recognise(look: Look) -> bool:
    """Content decides. A lone Subject line counts only where its value is encoded as mails do, or the name ends in .eml."""
    head = look.head
    if is_mailbox(head):
        return True
    if measured := apple_mail(head):
        head = head[measured.end() :]
    at = start_of_mail(head)
    while head[at : at + 1] in (b" ", b"\t", b"\r", b"\n"):
        at += 1
    block = head[at:]
    if block.startswith((b"From ", b">From ")):
        block = block.partition(b"\n")[2]
    if _SAVED_PAGE.search(block[:8192]):
        return False
    names, values, ended, others = _fields(block)
    if not names:
        return False
    only = names & _MAIL_ONLY
    shared = names & _SHARED
    if names & _WEB and not names & {b"from", b"received", b"return-path"}:
        return False
    if len(only | shared) >= 2 and names & _ANCHORS:
        # "Date:" and "Subject:" alone also head notes and log lines: ask for more than two shared fields, or a clean end.
        return bool(only) or b"@" in values.get(b"from", b"") + values.get(b"to", b"") or (ended and not others)
    single = values.get(b"subject", b"")
    named = look.untrusted_name.lower().endswith(".eml")
    return ended and bool(only | shared) and (bool(_ENCODED.search(single)) or named or b"received" in names)


def _fields(block: bytes) -> tuple[set[bytes], dict[bytes, bytes], bool, int]:
    """Names (lower case) and first values of the first fields, whether an empty line ends them, lines that are no field."""
    names: set[bytes] = set()
    values: dict[bytes, bytes] = {}
    others = 0
    lines = re.split(rb"\r?\n|\r", block[:32768])
    for number, line in enumerate(lines[:400]):
        if not line.strip():
            return names, values, bool(names), others
        if line[:1] in (b" ", b"\t") and names:
            continue
        match = _FIELD.match(line)
        if match is None:
            others += 1
            if number == 0 or others > 3:
                return names, values, False, others
            continue
        name = match[1].lower()
        names.add(name)
        values.setdefault(name, match[2].strip())
    return names, values, len(block) < 32768, others
