"""Sentences for what nobody read: what it is, in plain words, and what this version does not do with it."""

from __future__ import annotations

from collections.abc import Iterable

from holdfast.readers import Reader

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "application/x-empty": "Nothing: it has no bytes at all.",
    "application/pdf": "A PDF document. This version does not read it.",
    "application/x-7z-compressed": "A 7z archive; not opened by this version.",
    "application/vnd.rar": "A RAR archive; not opened by this version.",
    "application/gzip": "A gzip archive; not opened by this version.",
    "application/x-bzip2": "A bzip2 archive; not opened by this version.",
    "application/x-xz": "An xz archive; not opened by this version.",
    "application/zstd": "A zstandard archive; not opened by this version.",
    "application/x-tar": "A tar archive; not opened by this version.",
    "application/age": "A file locked with age; it opens only with its passphrase or key.",
    "application/vnd.sqlite3": "A database (SQLite). This version does not read databases.",
    "application/x-ole-storage": "An older Office file or an Outlook mail (.msg). This version does not read it.",
    "application/vnd.ms-outlook-pst": "An Outlook mailbox. This version does not read it.",
    OFFICE + "wordprocessingml.document": "A Word document. This version does not read it.",
    OFFICE + "spreadsheetml.sheet": "An Excel table. This version does not read it.",
    OFFICE + "presentationml.presentation": "A PowerPoint file. This version does not read it.",
    "application/rtf": "A text document (RTF). This version does not read it.",
    "application/epub+zip": "An electronic book. This version does not read it.",
    "application/vnd.microsoft.portable-executable": "A program for Windows. Holdfast never runs it.",
    "application/x-elf": "A program. Holdfast never runs it.",
    "application/json": "JSON in a layout no reader here knows.",
    "application/xml": "XML in a layout no reader here knows.",
    "application/mbox": "It looks like a mailbox, but no reader here could be sure of it.",
    "message/rfc822": "It looks like a mail, but no reader here could be sure of it.",
    "text/html": "A web page in a layout no reader here knows.",
    "text/csv": "A table (CSV) in a layout no reader here knows.",
    "text/plain": "Text in a layout no reader here knows.",
    "text/vcard": "A contact card. This version does not read it.",
    "text/calendar": "A calendar file. This version does not read it.",
    "application/octet-stream": "Bytes of a kind Holdfast does not know.",
}
FAMILIES = {
    "image": "A picture ({}). This version does not read text in pictures.",
    "audio": "A sound recording ({}). This version does not turn speech into text.",
    "video": "A video ({}). This version does not watch videos.",
    "application": "A file of the kind {}. This version does not read it.",
    "text": "Text of the kind {}. This version does not read it.",
}


def nobody_reads(media_type: str) -> str:
    """Why a part has no reader."""
    return KINDS.get(media_type) or FAMILIES[media_type.partition("/")[0]].format(media_type)


def many_claim(claiming: Iterable[Reader]) -> str:
    """Why a part that several readers claim is read by none."""
    names = " and ".join(f"{reader.title} ({reader.id})" for reader in claiming)
    return f"More than one reader takes this for its own: {names}. It was kept, not read."


def reader_stopped(error: BaseException | str) -> str:
    """Why units are missing from a reading. Never the text of an error: it may quote the evidence."""
    name = error if isinstance(error, str) else type(error).__name__
    return f"The reader stopped here ({name}). This is a fault of Holdfast, not of the file; the file itself is unchanged."


OPENED = "Opened; each follows as a part of its own."
TOO_DEEP = "It lies too deep: a zip inside zips inside zips. It was kept, not opened."
NOT_LISTED = "What is inside or attached could not be listed to the end ({}). The file itself is unchanged."
DISK = "The computer could not read this file to its end. Try a copy of it, or another cable or disk."
TOO_MANY = "This zip holds more members than Holdfast opens in one file (100,000). The rest was kept, not opened."
HUNG = "The reader made no progress in {} seconds and was stopped. The file itself is unchanged."
DIED = "The reader's process ended before it was done (a fault, or more memory than it may use). The file itself is unchanged."
LIED = "The reader sent something that is not a reading, so it was stopped. The file itself is unchanged."
ENOUGH = "The reader failed {} times in this file, so what comes after was not read. The file itself is unchanged."
