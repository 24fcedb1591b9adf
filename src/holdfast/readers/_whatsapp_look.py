"""Is this a WhatsApp export? From the head of the text alone.

Near neighbours that are not: signal-export (`[2024-01-01 10:00] Name: text`, a date of ISO form in brackets without seconds),
program logs (`2024-01-01 10:00:00 - INFO: ...`), Telegram, LINE, KakaoTalk and WeChat texts (no dash and no bracket after the
time), and anything in a mail, a table or JSON.
"""

from __future__ import annotations

import re

from holdfast.readers._contract import Look
from holdfast.readers._whatsapp_header import Header, headers_in
from holdfast.readers._whatsapp_people import clean_name
from holdfast.readers._whatsapp_text import encoding_of, is_windows

FIRST_LINES = 6
SHARE = 5  # with text before the first header, one line in so many must be a header
_NOT_CHAT = re.compile(
    r"\s*(?:[{<]|\[\s*[{\"\]]|(?:From|Return-Path|Received|Delivered-To|MIME-Version|Message-ID|X-[\w-]+)[: ])"
)
_LEVELS = "trace|debug|info|notice|warn|warning|error|err|critical|crit|fatal|alert|emerg|emergency|severe|fine|finer|verbose"
_LOG_NAME = re.compile(rf"(?:.*[\s.\-/(\[|])?(?:{_LEVELS})[\])]?|[\[<(].*|[\w./-]+\[\d+\]|PHP \w+", re.IGNORECASE)
_LOG_BODY = re.compile(rf"\[?(?:{_LEVELS})\b\]?", re.IGNORECASE)


def recognise(look: Look) -> bool:
    """Whether the text is a WhatsApp export, of one message or many, in any language and style known."""
    encoding = encoding_of(look.head[:2])
    head = look.head if encoding != "utf-8" else look.head.removeprefix(b"\xef\xbb\xbf")
    if encoding == "utf-8" and is_windows((head,)):
        encoding = "cp1252"
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if _NOT_CHAT.match(text) or "\x00" in text[:64]:
        return False
    known: dict[Header, re.Pattern[str]] = {}
    found = [(start, header, match) for start, header, match in headers_in("\n" + text, known) if not _is_signal(header)]
    if not found:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    early = text.count("\n", 0, max(0, found[0][0] - 1)) < FIRST_LINES
    if not early and len(found) * SHARE < len(lines):
        return False
    people = [(match[4], text[match.end() - 1 :].partition("\n")[0]) for _, _, match in found if match[4]]
    logs = sum(1 for head, body in people if _LOG_NAME.fullmatch(clean_name(head)))
    logs += sum(1 for _, _, match in found if not match[4] and _LOG_BODY.match(text, match.end() - 1))
    return bool(people or _alone(text, found)) and logs * 2 < len(found)


def _is_signal(header: Header) -> bool:
    style = header.style
    return header.close == "]" and style.year_first and not style.seconds and style.family is None and not style.clock_first


def _alone(text: str, found: list[tuple[int, Header, re.Match[str]]]) -> bool:
    """Whether a file without any sender is still a chat: every header a notice, with the dash or the brackets of the app."""
    return all(header.close != ":" for _, header, _ in found) and found[0][0] <= 1
