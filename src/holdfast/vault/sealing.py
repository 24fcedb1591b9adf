"""Sealing one object: encrypt, store, read it again from the disk, decrypt and hash. "Sealed" means all of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from holdfast.errors import Damaged, NotKept
from holdfast.model import ByteSource
from holdfast.vault import primitives
from holdfast.vault.age import AgeError, Identity, Opener, Sealed, SealedBytes, Sealer, hash_opened, open_stream, seal
from holdfast.vault.entry import SealedObject
from holdfast.vault.layout import object_name
from holdfast.vault.store import NotThere, Store, StoredFile, read_whole

STEP = 4 << 20
_GAVE_BACK = "The disk gave back something else than was written to it."


def bytes_of(source: ByteSource) -> Iterator[bytes]:
    """All bytes of a source in order, 4 MiB at a time."""
    offset = 0
    while chunk := source.read_at(offset, STEP):
        yield chunk
        offset += len(chunk)


def hash_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """SHA-256 (hex) and size."""
    digest, size = sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def seal_object(store: Store, identity: Identity, chunks: Iterable[bytes]) -> SealedObject:
    """A new object, safe on disk and read again. It belongs to the case only once an entry lists it. NotKept otherwise."""
    object_id = primitives.random_bytes(16).hex()
    name = object_name(object_id)
    done: list[Sealed] = []
    store.put_if_absent(name, _sealed(chunks, identity, done))
    made = done[0]
    try:
        same = hash_sealed(store, name, identity) == (made.sha256, made.size)
    except Damaged:
        same = False
    if not same:
        store.delete(name)
        raise NotKept(_GAVE_BACK)
    return SealedObject(id=object_id, size=made.size, sha256=made.sha256, stored=made.sealed_size)


def put_sealed(store: Store, name: str, content: bytes, identity: Identity) -> None:
    """A small sealed file (an entry, a key), read again and compared. AlreadyThere or NotKept otherwise."""
    store.put_if_absent(name, seal([content], [identity.recipient]))
    try:
        if open_small(store, name, identity) == content:
            return
    except (AgeError, NotThere):
        pass
    raise NotKept(_GAVE_BACK)


def open_small(store: Store, name: str, identity: Identity) -> bytes:
    """Plaintext of a small sealed file. NotThere, AgeError."""
    return open_bytes(read_whole(store, name), identity)


def open_bytes(sealed: bytes, way: Opener) -> bytes:
    """Plaintext of a whole sealed file. AgeError."""
    return b"".join(open_stream(_reader(lambda offset, count: sealed[offset : offset + count]), [way]))


def opened(store: Store, name: str, identity: Identity) -> Iterator[bytes]:
    """Plaintext of a sealed file, chunk by chunk. Damaged, naming the file, as soon as something is not as written."""
    try:
        yield from open_stream(_reader(lambda offset, count: store.read_at(name, offset, count)), [identity])
    except AgeError as error:
        raise Damaged(name, str(error)) from None
    except NotThere:
        raise Damaged(name, "the file is missing") from None


def hash_sealed(store: Store, name: str, identity: Identity) -> tuple[str, int]:
    """SHA-256 (hex) and size of the plaintext of a sealed file. Damaged, naming the file."""
    try:
        return hash_opened(_reader(lambda offset, count: store.read_at(name, offset, count)), [identity])
    except AgeError as error:
        raise Damaged(name, str(error)) from None
    except NotThere:
        raise Damaged(name, "the file is missing") from None


class OpenObject:
    """The plaintext of an object as a ByteSource, decrypted where it is read. Damaged, naming the file, if it was changed."""

    __slots__ = ("_name", "_plain")

    def __init__(self, store: Store, name: str, identity: Identity) -> None:
        self._name = name
        try:
            self._plain = SealedBytes(StoredFile.of(store, name), [identity])
        except AgeError as error:
            raise Damaged(name, str(error)) from None
        except NotThere:
            raise Damaged(name, "the file is missing") from None

    @property
    def size(self) -> int:
        return self._plain.size

    def read_at(self, offset: int, count: int) -> bytes:
        try:
            return self._plain.read_at(offset, count)
        except AgeError as error:
            raise Damaged(self._name, str(error)) from None
        except NotThere:
            raise Damaged(self._name, "the file is missing") from None


def _sealed(chunks: Iterable[bytes], identity: Identity, done: list[Sealed]) -> Iterator[bytes]:
    pieces: list[bytes] = []
    sealer = Sealer([identity.recipient], lambda piece: pieces.append(bytes(piece)))
    for chunk in chunks:
        sealer.write(chunk)
        yield from pieces
        pieces.clear()
    done.append(sealer.finish())
    yield from pieces


def _reader(read_at: Callable[[int, int], bytes]) -> Callable[[int], bytes]:
    at = 0

    def read(count: int) -> bytes:
        nonlocal at
        piece = read_at(at, count)
        at += len(piece)
        return piece

    return read
