"""Errors are sentences for someone who is frightened: what happened, is my evidence safe, what next.

Everything that is not a `HoldfastError` is a fault of ours.
"""

from __future__ import annotations


class HoldfastError(Exception):
    """Base of every error a person may see.

    `str(error)` is what happened; `evidence` says what became of the evidence; `next_step` says what to do.
    `exit_code` is what the command line ends with: 1 a check failed, 2 wrong usage, 3 cannot open.
    """

    exit_code = 1
    evidence = "Nothing in your case was changed."
    next_step = "Try again. If it happens again, tell us which command you ran; leave out what the messages say."

    def __init__(self, happened: str, *, evidence: str | None = None, next_step: str | None = None) -> None:
        super().__init__(happened)
        if evidence is not None:
            self.evidence = evidence
        if next_step is not None:
            self.next_step = next_step

    def sentences(self) -> str:
        """The three sentences, a line each."""
        return f"{self}\n{self.evidence}\n{self.next_step}"


class WrongUse(HoldfastError):
    """The command was put together wrongly. Nothing was done."""

    exit_code = 2
    next_step = "Look at the examples with --help."


class CannotOpen(HoldfastError):
    """The case is there, but it cannot be opened: wrong passphrase, no permission, locked by another program."""

    exit_code = 3
    next_step = "Check the folder name and try again."


class WrongPassphrase(CannotOpen):
    """The passphrase or kit does not open any key slot."""

    next_step = "Check caps lock and the keyboard language, then try again."


class Damaged(HoldfastError):
    """Something on disk is not what was written. `file` names it, relative to the case or bundle."""

    evidence = "What is still whole can be read. Nothing was changed."
    next_step = "Make a copy of the whole folder now, before anything else, and compare it with any other copy you have."

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"Damaged at {file}: {why}")
        self.file = file
        self.why = why


class NotKept(HoldfastError):
    """Could not be stored: disk full, no permission, the disk refused. Nothing half-stored counts as kept."""

    evidence = "What was said to be sealed before is still sealed. This one is not."
    next_step = "Free some space or choose another place, then add it again. Keep the original where it is."


class ContentError(HoldfastError):
    """A file of our own knowledge is wrong. Names the file and the key."""

    next_step = "This is a mistake in Holdfast's own files. Please tell us the file and key named above."

    def __init__(self, file: str, key: str, why: str) -> None:
        super().__init__(f"{file}: {key}: {why}")
        self.file, self.key, self.why = file, key, why
