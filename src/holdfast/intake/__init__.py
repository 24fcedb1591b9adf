"""Intake: files, folders and archives become original bytes and their media type, from content and never from the name."""

from holdfast.intake.archive import Archive, Budget, Member, Refused, archive
from holdfast.intake.bytes_held import BytesHeld
from holdfast.intake.files import FileBytes, Found, found
from holdfast.intake.media_type import media_type

__all__ = ["Archive", "Budget", "BytesHeld", "FileBytes", "Found", "Member", "Refused", "archive", "found", "media_type"]
