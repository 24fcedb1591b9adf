"""Pictures of minors: what may be kept, asked of each picture or video. docs/design.md, section 4.

The question is about the picture, not about the person whose case it is: does it show someone under 18 naked or in a sexual
act? yes or not sure: observed (hash logged, never a byte copied); no: kept. In a case of someone under 18 or unsure nothing
is pre-set to "no".
"""

from __future__ import annotations

from typing import Literal

AgeGroup = Literal["adult", "minor", "unsure"]
ShowsMinor = Literal["yes", "no", "not-sure"]

# What can show somebody. Documents can hold pictures too and nobody has looked inside, so they count.
SHOWING = ("image/", "video/", "application/pdf", "application/msword", "application/vnd.")
# What can hold pictures as members; opened and kept part by part where pictures may not be kept.
HOLDING = ("application/zip", "message/rfc822", "application/mbox")
ALWAYS_KEPT = ("text/", "audio/", "application/json", "application/xml", "message/")


def may_keep(media_type: str, age_group: AgeGroup, answer: ShowsMinor | None) -> bool:
    """Whether the bytes of one file or part may be copied into the case.

    Without an answer: in an adult's case yes; in any other case only what cannot be a picture. What nobody knows
    (`application/octet-stream`) is treated like a picture.
    """
    if media_type.startswith(ALWAYS_KEPT):
        return True
    if answer is not None:
        return answer == "no"
    return age_group == "adult"


def is_container(media_type: str) -> bool:
    """Whether parts inside may need to be judged one by one."""
    return media_type.startswith(HOLDING)
