"""What can be wrong with an age file. One class for each outcome the format's public test vectors name."""

from __future__ import annotations


class AgeError(Exception):
    """Base: this age file, or this key, cannot be used. The text never holds plaintext or key material."""


class HeaderFailure(AgeError):
    """The header is not well formed, names an unknown version, or breaks a rule of a recipient type we know."""


class HmacFailure(AgeError):
    """The header was changed after it was written."""


class NoMatch(AgeError):
    """None of the identities or passphrases opens this file."""


class PayloadFailure(AgeError):
    """The content was changed, cut off, or something was added. Chunks released before this were whole."""


class ArmorFailure(AgeError):
    """The text wrapping (ASCII armor) is not well formed."""


class BadKey(AgeError):
    """A written recipient or identity that is not one: mistyped, cut off, or of another kind."""
