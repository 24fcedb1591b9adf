"""Intake: files, folders and archives become original bytes and their media type, from content and never from the name.

What needs paths stands in `intake.files`, the outer ring; what is here is pure.
"""

from holdfast.intake.archive import Archive, Budget, Member, Refused, archive
from holdfast.intake.bytes_held import BytesHeld
from holdfast.intake.media_type import media_type

__all__ = ["Archive", "Budget", "BytesHeld", "Member", "Refused", "archive", "media_type"]
