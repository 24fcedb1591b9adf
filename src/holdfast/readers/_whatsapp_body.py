"""What the words after a sender are: plain text, or something the app wrote (a file, a call, "This message was deleted").

On an iPhone everything the app writes begins with U+200E, which nobody types: there `image omitted` without the mark is what
a person typed, and stays text. Android marks only file names, so there the app's exact sentence is taken as the app's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfast.readers import _whatsapp_notices as notices
from holdfast.readers import _whatsapp_phrases as say
from holdfast.readers._whatsapp_phrases import BEGIN, by_beginning, folded, phrases

LRM = "\u200e"
LONGEST_NOTICE = 300  # characters
LEADING = "\u200e\u200f\u202a\u202b\u202c\u2068\u2069\ufeff"

_MEDIA = phrases(say.MEDIA_OMITTED)
_BARE = {
    **dict.fromkeys(phrases(say.OMITTED), "media"),
    **dict.fromkeys(phrases(say.STICKER_OMITTED), "sticker"),
    **dict.fromkeys(phrases(say.CONTACT_OMITTED), "contact"),
}
_LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for phrase in _BARE)
_ATTACHED, _FILE_ATTACHED = phrases(say.ATTACHED), phrases(say.FILE_ATTACHED)
_DELETED, _DELETED_BY_ME = phrases(say.DELETED), phrases(say.DELETED_BY_ME)
_BY_ADMIN = tuple(phrases(say.DELETED_BY_ADMIN))
_EDITED = phrases(say.EDITED)
_CALLS = by_beginning(sorted(phrases(notices.CALLS), key=len, reverse=True))
_LIVE = tuple(phrases(notices.LIVE_LOCATION))
_PAYMENTS = tuple(phrases(notices.PAYMENTS))
_ENCRYPTION = tuple(phrases(notices.ENCRYPTION))
_VIEW_ONCE = tuple(phrases(say.VIEW_ONCE))
_TO_THE_READER = tuple(phrases(notices.TO_THE_READER))
_ABOUT_SENDER = by_beginning(sorted(phrases(notices.ABOUT_SENDER)))

_ANGLE_FILE = re.compile(r"<\u200e?([^<>:：\n]{1,40}?) ?[:：] ?([^<>\n]{1,255})>")
_ROUND_FILE = re.compile(r"([^\n]{1,255}\.[A-Za-z0-9]{1,8}) ?[(（]([^()（）\n]{1,40})[)）]")
_FILE_AFTER = re.compile(rf"({'|'.join(map(re.escape, phrases(say.ATTACHED_BEFORE)))}) ([^\n]{{1,255}}\.[A-Za-z0-9]{{1,8}})")
_APP_NAME = re.compile(r"(?:IMG|VID|PTT|AUD|DOC|STK|GIF)-\d{8}-WA\d{4,}\.\w+|\d{8}-(?:PHOTO|VIDEO|AUDIO|GIF|STICKER|DOCUMENT)")
_EDIT_SUFFIX = re.compile(r"\s?(\u200e?)<\u200e?([^<>\n]{3,60})>\s*\Z")
_PLACE = re.compile(r"[^\n]{0,40}?https://(?:maps\.google\.com/\?q=|maps\.apple\.com/\?|foursquare\.com/v/)")
# A place with a name: "Name (address): URL" on an iPhone; name, address and URL in lines of their own on Android.
_NAMED_PLACE = re.compile(
    r"(?:[^\n]{1,200}: |(?:[^\n]{1,200}\n){1,2})https://(?:maps\.google\.com/\?q=|foursquare\.com/v/)\S+\s*"
)
_FILE_NAME = re.compile(r"[^\n]{1,250}\.[A-Za-z0-9]{1,8}")
_OPTION = re.compile(r"^\u200e?([^\s:：]{2,24}) ?[:：] ?[^\n]*[(（]\d+ ?[^()\n]{1,20}[)）]\r?$", re.MULTILINE)
# After "Video call": nothing; a mark and a few words (", 5 min"); or a length or time of day. Nobody is asked anything.
_CALL_REST = re.compile(
    r"|\s*[.,،、:。·(–-](?:[^\n?!]{0,27}|[^\n?!\d]{0,30}\d[^\n?!]{0,30})"
    r"|\s[^\n?!]{0,30}(?:\d[:.h]\d\d|\d+\s?[^\W\d_]{1,8}\.?\)?)[^\n?!]{0,12}"
)
_TAP = re.compile(r"\b(?:Tap|Click) to [^.\n]{1,60}\.?\s*\Z")
_LENGTH = re.compile(r"\d")
SHORT = 400  # characters at the end of a text that can say what was left out
_STICKER_NAME = re.compile(r"STK-|-STICKER-|\.webp$", re.IGNORECASE)

MEDIA_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "heic": "image/heic", "mp4": "video/mp4", "mov": "video/quicktime", "3gp": "video/3gpp", "opus": "audio/ogg",
    "ogg": "audio/ogg", "m4a": "audio/mp4", "mp3": "audio/mpeg", "aac": "audio/aac", "amr": "audio/amr",
    "pdf": "application/pdf", "vcf": "text/vcard", "txt": "text/plain", "zip": "application/zip", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """`text` for people; `event` as in `Message`; `files` named by the body; `unnamed` files left out of the export.

    `by_me`: the app's own sentence says that the person exporting did it. `app`: the app wrote it, we do not know what.
    """

    text: str
    event: str | None = None
    files: tuple[str, ...] = ()
    unnamed: bool = False
    edited: bool = False
    by_me: bool = False
    app: bool = False


def body_of(written: str, *, iphone: bool, marks: bool) -> Body:
    """Reads one body. `iphone`: the header is in brackets; `marks`: this run carries the app's marks at all."""
    text = written.lstrip(LEADING) if written[:1] in LEADING else written
    marked = LRM in written[: len(written) - len(text)]
    typed = iphone and marks and LRM not in written
    if not text.strip() or text == ".":
        return Body(text=text, event="media", unnamed=True)
    if typed:
        return Body(text=text)
    first, _, rest = text.partition("\n")
    text, edited = _without_suffix(text, marked=iphone and marks)
    if edited:
        first, _, rest = text.partition("\n")
    files = _files(first, iphone=iphone, marked=marked)
    if not files and "<" in text and (iphone or LRM in text):
        files = _angle_files(text, trusted=marks)
    if files:
        return Body(text=text, event=_event_of(files[0]), files=files, edited=edited)
    left_out = _left_out_after_its_name(text, marks=marks) if iphone else None
    if left_out is not None:
        kind, name = left_out
        return Body(text=text, event=kind, files=(name,) if name else (), unnamed=not name, edited=edited)
    if text == "null" and not iphone:  # what Android writes for a picture seen once; a person can type it too
        return Body(text=text, event="media", unnamed=True, app=True)
    event = _sentence(text, first, rest, bare=marked or (iphone and not marks))
    if event is not None:
        kind, unnamed = event
        return Body(text=text, event=kind.removesuffix(" by me"), unnamed=unnamed, edited=edited, by_me=kind.endswith(" by me"))
    return Body(text=text, edited=edited, app=marked and iphone)


def call_in(text: str) -> bool:
    """Whether a line is the app's line about a call."""
    line = folded(text)
    for phrase in _CALLS.get(line[:BEGIN], ()):
        if line.startswith(phrase):
            return bool(_CALL_REST.fullmatch(line, len(phrase)))
    return False


def is_encryption_notice(text: str) -> bool:
    return folded(text).startswith(_ENCRYPTION)


def is_about_sender(text: str) -> bool:
    """Whether the app speaks about the person under whose name the line stands ("Your security code with Maya changed")."""
    if len(text) > LONGEST_NOTICE:
        return False
    line = folded(text)
    about = (*_ABOUT_SENDER.get(line[:BEGIN], ()), *_ABOUT_SENDER.get("", ()))
    return any(
        line.startswith(opening) and ending in line[len(opening) :]
        for opening, _, ending in (phrase.partition("…") for phrase in about)
    )


def is_to_the_reader(text: str) -> bool:
    """Whether a sentence the app marked tells the person exporting what they did or what the chat is."""
    return folded(text).startswith(_TO_THE_READER)


def offers_a_tap(text: str) -> bool:
    """The same where no mark says that it is the app's: the sentence ends in "Tap to change"."""
    return bool(_TAP.search(text[-SHORT:])) and is_to_the_reader(text)


def media_type_of(name: str) -> str | None:
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower())


def _without_suffix(text: str, *, marked: bool) -> tuple[str, bool]:
    """The text without "<This message was edited>"; on an iPhone any language, by its mark."""
    if not text.rstrip().endswith(">"):
        return text, False
    found = _EDIT_SUFFIX.search(text)
    if found is None or found.start() == 0:
        return text, False
    unknown = marked and found[1] and not re.search("[:：]", found[2])
    if folded(found[2]) in _EDITED or unknown:
        return text[: found.start()], True
    return text, False


def _files(first: str, *, iphone: bool, marked: bool) -> tuple[str, ...]:
    """`name.jpg (file attached)` as Android writes it."""
    if iphone:
        return ()
    if after := _FILE_AFTER.fullmatch(first.rstrip()):
        return (after[2].strip(LEADING),)
    if first.rstrip()[-1:] not in (")", "）"):
        return ()
    found = _ROUND_FILE.fullmatch(first.rstrip())
    if found and (folded(found[2]) in _FILE_ATTACHED or _APP_NAME.match(found[1]) or (marked and not _LENGTH.search(found[2]))):
        return (found[1].strip(LEADING + " "),)
    return ()


def _angle_files(text: str, *, trusted: bool) -> tuple[str, ...]:
    """`<attached: name.jpg>` as an iPhone writes it, alone or after a document's title."""
    return tuple(
        found[2].strip(LEADING + " ")
        for found in _ANGLE_FILE.finditer(text)
        if folded(found[1]) in _ATTACHED or (trusted and ("." in found[2] or _APP_NAME.match(found[2])))
    )


def _left_out_after_its_name(text: str, *, marks: bool) -> tuple[str, str] | None:
    """`Plan.pdf • 2 pages document omitted`: the event and the file's name ("" if there is none before)."""
    if marks:
        before, mark, phrase = text.rpartition(LRM)
        kind = _BARE.get(folded(phrase)) if mark else None
    elif "." not in text or folded(text[-SHORT:].rpartition(" ")[2]) not in _LAST_WORDS:
        return None
    else:  # an export whose marks somebody took away: only after what can be a file's name
        words = text[-SHORT:].split(" ")
        splits = ((" ".join(words[:-n]), " ".join(words[-n:])) for n in range(1, min(6, len(words))))
        found = ((before, _BARE.get(folded(phrase))) for before, phrase in splits)
        before, kind = next(((before, kind) for before, kind in found if kind is not None), ("", None))
        before = text[: -len(text[-SHORT:])] + before
    if kind is None or not before.strip():
        return None
    name = before.split(" • ")[0].strip(LEADING + " ")
    if _FILE_NAME.fullmatch(name):
        return kind, name
    return (kind, "") if marks else None


def _event_of(name: str) -> str:
    if name.lower().endswith(".vcf"):
        return "contact"
    return "sticker" if _STICKER_NAME.search(name) else "media"


def _sentence(text: str, first: str, rest: str, *, bare: bool) -> tuple[str, bool] | None:
    """The event a sentence of the app stands for, and whether a file was left out. `bare`: it may stand without < and >."""
    line = folded(first)
    alone = not rest.strip()
    inside = folded(line[1:-1]) if line[:1] == "<" and line[-1:] == ">" else ""
    # A caption may follow in the next lines.
    if inside and inside in _MEDIA:
        return "media", True
    kind = _BARE.get(inside) or (_BARE.get(line) if bare else None)
    if kind is not None:
        return kind, True
    if alone:
        if line in _DELETED or line.startswith(_BY_ADMIN):
            return "deleted", False
        if line in _DELETED_BY_ME:
            return "deleted by me", False
        if call_in(first):
            return "call", False
        if line.startswith(_PAYMENTS):
            return "payment", False
        if bare and line.startswith(_VIEW_ONCE):
            return "media", True
    if _PLACE.match(first) or line.startswith(_LIVE) or _NAMED_PLACE.fullmatch(text):
        return "location", False
    if rest and first.rstrip()[-1:] in (":", "："):
        options = [found[1] for found in _OPTION.finditer(rest)]
        if len(options) > 1 and len(set(options)) == 1:
            return "poll", False
    return None


def _openings() -> frozenset[str]:
    """First four characters of everything the app may begin a body with where no mark and no bracket gives it away."""
    tables = (
        say.DELETED,
        say.DELETED_BY_ME,
        say.DELETED_BY_ADMIN,
        notices.CALLS,
        notices.LIVE_LOCATION,
        notices.PAYMENTS,
        notices.ENCRYPTION,
        say.ATTACHED_BEFORE,
    )
    words = [phrase for table in tables for line in table.strip().split("\n") for phrase in line.split("|")]
    starts = {start for word in words for start in (word[:4], word[:1].upper() + word[1:4])}
    return frozenset(starts | {".", "null", *(" " * n for n in range(1, 5))})


# Cheap test before `body_of`: a body that begins with none of OPENINGS and FIRSTS, ends with none of LASTS, and holds neither
# a line end nor "://", is plain text; in an iPhone's export without marks only if `nothing_bare` says so too. A test holds
# this against the careful way itself.
OPENINGS = _openings()
FIRSTS = frozenset(LEADING + "<")
LASTS = frozenset(">)）") | {""}
_BARE_OPENINGS = frozenset(
    phrase[:BEGIN] for table in (_BARE, _VIEW_ONCE, _TO_THE_READER, _ENCRYPTION, _ABOUT_SENDER) for phrase in table if phrase
)
_NAME_FIRST = re.compile("|".join(re.escape(phrase.removeprefix("…")) for phrase in _ABOUT_SENDER.get("", ())) or r"(?!)")


def nothing_bare(body: str) -> bool:
    """Whether a line holds none of what an iPhone's app writes without brackets. Cheap: sometimes False for plain text."""
    line = folded(body)
    return (
        line[:BEGIN] not in _BARE_OPENINGS
        and "ap to " not in body
        and "lick to " not in body
        and not _NAME_FIRST.search(line)
        and ("." not in body or line.rpartition(" ")[2] not in _LAST_WORDS)
    )
