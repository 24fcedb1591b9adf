"""The age v1 format, written and read: what the vault and its tests use. `docs/age.md` says which part of it."""

from __future__ import annotations

from holdfast.vault.age_armor import dearmored, is_armored
from holdfast.vault.age_errors import AgeError, ArmorFailure, BadKey, HeaderFailure, HmacFailure, NoMatch, PayloadFailure
from holdfast.vault.age_hash import hash_opened
from holdfast.vault.age_open import SealedBytes, open_stream
from holdfast.vault.age_seal import Sealed, Sealer, seal
from holdfast.vault.age_stanzas import (
    MAX_WORK_FACTOR,
    WORK_FACTOR,
    Identity,
    Opener,
    Passphrase,
    PqIdentity,
    Recipient,
    parse_identities,
)

__all__ = [
    "MAX_WORK_FACTOR",
    "WORK_FACTOR",
    "AgeError",
    "ArmorFailure",
    "BadKey",
    "HeaderFailure",
    "HmacFailure",
    "Identity",
    "NoMatch",
    "Opener",
    "Passphrase",
    "PayloadFailure",
    "PqIdentity",
    "Recipient",
    "Sealed",
    "SealedBytes",
    "Sealer",
    "dearmored",
    "hash_opened",
    "is_armored",
    "open_stream",
    "parse_identities",
    "seal",
]
