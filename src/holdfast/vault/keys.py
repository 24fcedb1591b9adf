"""Key slots: the case identity, wrapped for each way in. Any one of them opens the case."""

from __future__ import annotations

from hashlib import sha256

from holdfast.errors import CannotOpen, Damaged, WrongPassphrase
from holdfast.vault.age import AgeError, Identity, NoMatch, Passphrase, Recipient, seal
from holdfast.vault.entry import PlainFile
from holdfast.vault.kit import typed_identity
from holdfast.vault.layout import SIGNING_KEY, log_name, slot_of
from holdfast.vault.sealing import open_bytes
from holdfast.vault.store import NotThere, Store, put_small, read_whole

_NO_SLOT_FITS = "That passphrase does not open this case."
_NO_KEY_FITS = "That kit or key does not open this case."


def put_slot(store: Store, name: str, case: Identity, to: Recipient | Passphrase) -> PlainFile:
    """Wrap the case identity for one more way in, as a text file the age tool opens. AlreadyThere if the name is taken."""
    way = to if isinstance(to, Passphrase) else [to]
    return put_listed(store, name, b"".join(seal([case.encode().encode() + b"\n"], way)))


def put_listed(store: Store, name: str, content: bytes) -> PlainFile:
    """Store a plain file and say what an entry lists of it."""
    put_small(store, name, content)
    return listed(name, content)


def listed(name: str, content: bytes) -> PlainFile:
    """What an entry lists of a plain file."""
    return PlainFile(file=name, size=len(content), sha256=sha256(content).hexdigest())


def unlock_with_passphrase(store: Store, passphrase: bytes) -> Identity:
    """The case identity. WrongPassphrase, or Damaged if the only slots were changed."""
    if not passphrase:
        raise WrongPassphrase(_NO_SLOT_FITS)
    return _unlock(store, "keys/pass-", Passphrase(passphrase), _NO_SLOT_FITS)


def unlock_with_identity(store: Store, typed: str) -> tuple[Identity, str]:
    """The case identity and the slot it came from ("" when it was given itself), from a kit, a person's or the case's key."""
    given = typed_identity(typed)
    if given is None:
        raise WrongPassphrase(
            "That is not a whole key: a letter is mistyped or missing.",
            next_step="Compare it with the paper letter by letter, then try again.",
        )
    if _is_case_identity(store, given):
        return given, ""
    for prefix in ("keys/kit-", "keys/person-"):
        try:
            return _unlock(store, prefix, given, _NO_KEY_FITS), prefix
        except WrongPassphrase:
            continue
    raise WrongPassphrase(_NO_KEY_FITS, next_step="Check that the kit belongs to this case, then try again.")


def _unlock(store: Store, prefix: str, way: Passphrase | Identity, refusal: str) -> Identity:
    broken: Damaged | None = None
    for name in filter(slot_of, store.list(prefix)):
        sealed = read_whole(store, name)
        try:
            text = open_bytes(sealed, way)
        except NoMatch:
            continue
        except AgeError as error:
            broken = broken or Damaged(name, str(error))
            continue
        except MemoryError:
            raise CannotOpen(
                "There is too little free memory to check the passphrase (it takes 256 MB).",
                next_step="Close other programs, then try again.",
            ) from None
        case = typed_identity(text.decode("ascii", "replace"))
        if case is not None:
            return case
        broken = broken or Damaged(name, "there is no key in it")
    if broken is not None:
        broken.next_step = "Try another way in: the recovery kit, or a person you gave access to."
        raise broken
    raise WrongPassphrase(refusal)


def _is_case_identity(store: Store, given: Identity) -> bool:
    for name in (SIGNING_KEY, log_name(1)):
        try:
            open_bytes(read_whole(store, name), given)
        except (NotThere, AgeError):
            continue
        return True
    return False
