"""The bundle: a BagIt 1.0 bag with everything a stranger needs, and the seal beside its lists. Bytes in docs/bundle.md.

`bundle_files` gives every file in order, streamed, and touches nothing. `write_bundle` puts them into a new folder, then
reads all of it again before anything is said to be done. Same view, same signer: same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from holdfast.errors import Damaged, NotKept, WrongUse
from holdfast.model import ByteSource, Exhibit, Verdict
from holdfast.outputs.bundle_verify import verify_bundle
from holdfast.outputs.case_jsonld import case_jsonld
from holdfast.outputs.custody_lines import CUSTODY, custody_lines
from holdfast.outputs.dossier import exact
from holdfast.outputs.passages import Shelf
from holdfast.outputs.phrases import clock
from holdfast.outputs.script import verify_script
from holdfast.outputs.view import CaseView, Reading
from holdfast.outputs.wording import wording
from holdfast.vault.checkpoint import checkpoint_text, fingerprint
from holdfast.vault.disk import Disk
from holdfast.vault.tree import Tree

TAG_LINE = "export-tagmanifest-sha256"
"""Further line of the bundle's checkpoint: SHA-256 of tagmanifest-sha256.txt."""

_CHUNK = 1 << 20
_ENDINGS = {
    "application/json": "json",
    "application/mbox": "mbox",
    "application/pdf": "pdf",
    "application/vnd.sqlite3": "sqlite",
    "application/x-sqlite3": "sqlite",
    "application/zip": "zip",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "message/rfc822": "eml",
    "text/csv": "csv",
    "text/html": "html",
    "text/plain": "txt",
    "text/xml": "xml",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}

Chunks = Iterable[bytes]
OpenObject = Callable[[str], ByteSource]


@dataclass(frozen=True, slots=True)
class Seal:
    """What the vault lends for one bundle.

    `leaves`: the tree's leaf hashes, 32 bytes each, as many as `view.log` has lines. `entry_bytes(seq)`: an entry as hashed.
    `sign(body)`: DER ECDSA P-256 with SHA-256, deterministic. `signer`: the public key as PEM. `stamps`: time tokens and
    the checkpoints they are over, as (name, bytes); they travel in meta/stamps/.
    """

    leaves: tuple[bytes, ...]
    entry_bytes: Callable[[int], bytes]
    sign: Callable[[bytes], bytes]
    signer: bytes
    stamps: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that was written, read again and found whole. `tag_sha256` names it in the log."""

    verdict: Verdict
    tag_sha256: str
    files: int
    size: int


def bundle_files(
    view: CaseView, seal: Seal, open_object: OpenObject, dossier: tuple[bytes, ...] = ()
) -> Iterator[tuple[str, Chunks]]:
    """(path, chunks) of every file. Each file's chunks must be used up before the next is asked for: lists come last.

    `open_object` takes the ids in the view. `dossier` is one PDF per volume. Damaged if an original is not what the log says.
    """
    if [line.leaf for line in view.log] != [leaf.hex() for leaf in seal.leaves]:
        raise Damaged(CUSTODY, "the log has moved on since the case was looked at; look at it anew")
    sums = _Sums()
    for exhibit in view.exhibits:
        if exhibit.kept and exhibit.object is not None:
            path = f"data/originals/{exhibit.number}.{ending(exhibit)}"
            yield sums.counted(path, _whole(open_object(exhibit.object)), exhibit.sha256)
    for reading in view.readings:
        yield sums.counted(f"data/derived/{reading.exhibit}.reading.jsonl", _reading(reading, open_object))
    yield sums.counted("data/derived/findings.json", [_pretty(exact(view, Shelf(view)))])
    for number, volume in enumerate(dossier, 1):
        yield sums.counted("data/dossier.pdf" if number == 1 else f"data/dossier-{number}.pdf", [volume])
    manifest = sums.manifest()
    payload = (sum(sums.sizes.values()), len(sums.sizes))
    sums = _Sums()
    yield sums.counted("manifest-sha256.txt", [manifest])
    yield sums.counted(CUSTODY, custody_lines(view.log, seal.entry_bytes))
    yield sums.counted("meta/case.jsonld", [case_jsonld(view)])
    for name, content in seal.stamps:
        yield sums.counted(f"meta/stamps/{name}", [content])
    yield sums.counted("bagit.txt", [b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"])
    yield sums.counted("bag-info.txt", [_info(view, seal, payload)])
    yield sums.counted("README.txt", [_readme(view, seal)])
    yield sums.counted("verify.py", [verify_script()])
    yield sums.counted("seal/signer.pub", [seal.signer])
    tags = sums.manifest()
    yield "tagmanifest-sha256.txt", [tags]
    root = Tree(seal.leaves).root()
    body = checkpoint_text(view.vault_id, len(seal.leaves), root, (f"{TAG_LINE} {hashlib.sha256(tags).hexdigest()}",))
    yield "seal/checkpoint.txt", [body]
    yield "seal/checkpoint.sig", [seal.sign(body)]


def write_bundle(folder: Path, files: Iterable[tuple[str, Chunks]], *, language: str = "en") -> Written:
    """Write a bundle into a new or empty folder, sync it, read all of it again. On any failure nothing of it is left.

    Raises WrongUse for a folder with something in it, NotKept when the disk refuses, Damaged when what was read again differs.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(
            "There is something in that folder already.", next_step="Name a folder that does not exist yet, or an empty one."
        )
    disk = Disk()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folders = {folder}
        size = count = 0
        tag_sha256 = ""
        for path, chunks in files:
            target = folder.joinpath(*path.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.update(parent for parent in target.parents if parent.is_relative_to(folder))
            digest = hashlib.sha256()
            for chunk in _written(disk, target, chunks):
                digest.update(chunk)
                size += len(chunk)
            count += 1
            if path == "tagmanifest-sha256.txt":
                tag_sha256 = digest.hexdigest()
        for each in sorted(folders, reverse=True):
            disk.sync_folder(each)
        verdict = verify_bundle(folder, language=language)
        if verdict.state == "damaged":
            raise Damaged(verdict.file or "", "it is not on the disk as it was written")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NotKept(
            f"The bundle could not be written: {error.strerror or 'the disk refused'}.",
            evidence="Your case is unchanged. Nothing of the bundle was left behind.",
            next_step="Free some space or choose another folder, then make the bundle again.",
        ) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Written(verdict, tag_sha256, count, size)


def ending(exhibit: Exhibit) -> str:
    """Ending of an original's name in the bundle: from the kind of its content, never from the name it came with."""
    return _ENDINGS.get(exhibit.media_type.partition(";")[0].strip().lower(), "bin")


def _written(disk: Disk, target: Path, chunks: Chunks) -> Iterator[bytes]:
    handle = disk.create(target)
    try:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[disk.write(handle, rest) :]
            yield chunk
        disk.sync(handle)
    finally:
        disk.close(handle)


class _Sums:
    """SHA-256 of files as they stream by."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._digests: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def counted(self, path: str, chunks: Chunks, expected: str | None = None) -> tuple[str, Chunks]:
        self._asked.append(path)
        return path, self._count(path, chunks, expected)

    def _count(self, path: str, chunks: Chunks, expected: str | None) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        if expected is not None and digest.hexdigest() != expected:
            raise Damaged(path, "the original is not what was sealed")
        self._digests[path], self.sizes[path] = digest.hexdigest(), size

    def manifest(self) -> bytes:
        if unread := [path for path in self._asked if path not in self._digests]:
            raise RuntimeError(f"{unread[0]} was not used up before the list was made")
        return "".join(f"{self._digests[path]}  {path}\n" for path in sorted(self._digests)).encode("ascii")


def _whole(source: ByteSource) -> Iterator[bytes]:
    at = 0
    while chunk := source.read_at(at, _CHUNK):
        yield chunk
        at += len(chunk)


def _reading(reading: Reading, open_object: OpenObject) -> Iterator[bytes]:
    """The sealed reading as it is, or else the same items written anew."""
    if reading.object is not None:
        yield from _whole(open_object(reading.object))
        return
    for item in reading.items:
        # Half characters from broken files cannot be UTF-8: written as escapes they survive.
        yield json.dumps(msgspec.to_builtins(item), ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _pretty(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True).encode("ascii") + b"\n"


def _info(view: CaseView, seal: Seal, payload: tuple[int, int]) -> bytes:
    tool = " ".join(view.versions[0]) if view.versions else "holdfast"
    lines = (
        f"Bag-Software-Agent: {tool}",
        f"Bagging-Date: {view.made_at[:10]}",
        f"External-Identifier: {view.case_ref}",
        "Holdfast-Bundle: 1",
        f"Holdfast-Log: holdfast/{view.vault_id}",
        f"Holdfast-Signer-SHA256: {fingerprint(seal.signer).replace(' ', '')}",
        f"Payload-Oxum: {payload[0]}.{payload[1]}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _readme(view: CaseView, seal: Seal) -> bytes:
    text: str = wording()["bundle"]["readme"]
    filled = text.format(
        case_ref=view.case_ref, made=clock(view.made_at), fingerprint=fingerprint(seal.signer).replace(" ", "")
    )
    return filled.encode()
