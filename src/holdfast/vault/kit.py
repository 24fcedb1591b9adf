"""The paper recovery kit: an age identity in groups that can be typed back, and what to do with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from holdfast.vault import primitives
from holdfast.vault.age import BadKey, Identity
from holdfast.vault.primitives import same_bytes

_PREFIX = "AGE-SECRET-KEY-1"
_TYPED_FOR = str.maketrans("OI1", "0LL")  # bech32 has no O, I or 1 after its prefix: whoever types one means its look-alike
_GROUP = 4
_PER_LINE = 5


@dataclass(frozen=True, slots=True)
class Kit:
    """One kit, for one case. `secret` alone opens keys/kit-N.age with the age tool; it never shows in a repr."""

    vault_id: str
    secret: str = field(repr=False)

    @classmethod
    def generate(cls, vault_id: str | None = None) -> Kit:
        """A fresh kit; for a new case (and its id), or a further kit of the case `vault_id`."""
        return cls(vault_id or primitives.random_bytes(16).hex(), Identity.generate().encode())

    def identity(self) -> Identity:
        return Identity.parse(self.secret)

    def groups(self) -> tuple[str, ...]:
        """The secret without its prefix in groups of four, the last one shorter."""
        letters = self.secret.removeprefix(_PREFIX)
        return tuple(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))

    def matches(self, typed: str) -> bool:
        """Whether this is what the paper says: capitals, spaces and dashes do not matter, the prefix may be left out."""
        return same_bytes(read_secret(typed).encode(), self.secret.encode())

    def paper(self, anchor: str = "") -> str:
        """The text to print or copy by hand. `anchor` is the log's line, where one is to be kept with the kit."""
        groups = self.groups()
        lines = ["   " + " ".join(groups[at : at + _PER_LINE]) for at in range(0, len(groups), _PER_LINE)]
        anchored = ["", "The state of the log when this was printed:", f"   {anchor}"] if anchor else []
        return "\n".join(
            [
                "RECOVERY KIT",
                "",
                "This paper opens one case. Whoever holds it and the case folder can read everything in it.",
                "",
                "Key:",
                f"   {_PREFIX}",
                *lines,
                "",
                f"Case: {self.vault_id}",
                *anchored,
                "",
                "Where to keep it: best with someone you trust, in another home. At home, the person you fear may find it.",
                "Do not take a photo of it. Do not keep it next to the computer.",
                "",
                "If you forget the passphrase, this paper opens the case.",
                "If the passphrase and this paper are both lost, nobody can ever open the case again:",
                "not you, not us, not the police.",
                "",
                "Without Holdfast: write the key as one line, without spaces, into a file kit.txt. Then, with the age tool:",
                "   age -d -i kit.txt keys/kit-1.age > case-key.txt",
                "   age -d -i case-key.txt objects/AB/NAME.age > evidence",
                "If there is no kit-1.age, take the kit file that is there. Delete kit.txt and case-key.txt afterwards.",
                "",
            ]
        )


def read_secret(typed: str) -> str:
    """The key somebody typed from paper, as the age tool wants it. What is not a kit comes back tidied: it opens nothing."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    bare = letters.removeprefix("AGESECRETKEY1")
    if letters.startswith("AGESECRETKEYPQ1"):
        return typed.strip()
    return _PREFIX + bare.translate(_TYPED_FOR)


def typed_identity(typed: str) -> Identity | None:
    """The identity in what was typed or read from an identity file (comment lines left out), or None if there is none."""
    lines = [line for line in typed.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    try:
        return Identity.parse(read_secret("".join(lines)))
    except BadKey:
        return None
