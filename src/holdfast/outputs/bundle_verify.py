"""Is a bundle still as it was made? A strict check of everything in it, from the signature down; nothing is written.

The order is the order of trust: the signature covers the checkpoint, the checkpoint the list of tag files, that list the
list of the payload. So the first file named is the one that was changed. `verify.py` in the bundle gives the same answer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from holdfast.errors import Damaged, WrongUse
from holdfast.model import Verdict
from holdfast.outputs.bag import Files, check_bag, whole
from holdfast.outputs.custody_lines import CUSTODY, Disclosed, disclosed
from holdfast.outputs.script import verify_script
from holdfast.outputs.wording import wording
from holdfast.vault.checkpoint import Anchor, Checkpoint, checkpoint_text, fingerprint, read_anchor, read_checkpoint
from holdfast.vault.primitives import p256_verify
from holdfast.vault.tree import Tree

TAGS, PAYLOAD = "tagmanifest-sha256.txt", "manifest-sha256.txt"
CHECKPOINT, SIGNATURE, SIGNER = "seal/checkpoint.txt", "seal/checkpoint.sig", "seal/signer.pub"
NEEDED = ("README.txt", "bag-info.txt", "bagit.txt", PAYLOAD, CUSTODY, CHECKPOINT, SIGNATURE, SIGNER, TAGS, "verify.py")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TAG_LINE = re.compile(r"export-tagmanifest-sha256 ([0-9a-f]{64})")
_CHUNK = 1 << 20


class Folder:
    """A folder on disk as a set of files. Links and special files are refused at once, wherever they point."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.names = frozenset(_walk(root))

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._root.joinpath(*name.split("/")).open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk


def is_bundle(folder: Path) -> bool:
    """Whether it looks like a bundle of ours, whole or not."""
    return (folder / "bagit.txt").is_file() and (folder / "seal").is_dir()


def verify_bundle(
    folder: Path, *, fingerprint_given: str | None = None, anchor: str | None = None, language: str = "en"
) -> Verdict:
    """Check a bundle. `fingerprint_given`: as the person told it; `anchor`: a line from a kit or an older dossier.

    WrongUse if `folder` is none, or the anchor is mistyped. Everything else is in the verdict.
    """
    if not folder.is_dir():
        raise WrongUse("There is no such folder.")
    line = read_anchor(anchor) if anchor else None
    say = wording(language)["bundle"]
    try:
        files = Folder(folder)
        checkpoint, log = _check(files)
        if line is not None:
            _check_anchor(line, checkpoint, log)
    except Damaged as damage:
        return Verdict(state="damaged", depth="deep", says=(str(damage),), file=damage.file, damage=(str(damage),))
    except OSError as error:
        file = str(error.filename or "")
        why = f"a file could not be read: {error.strerror}"
        return Verdict(state="damaged", depth="deep", says=(why,), file=file, damage=(why,))
    signer = fingerprint(whole(files, SIGNER))
    says = [say["fits"]]
    if fingerprint_given is not None:
        if re.sub(r"[^0-9a-f]", "", fingerprint_given.lower()) != signer.replace(" ", ""):
            wrong = (say["other_key"],)
            return Verdict(state="damaged", depth="deep", says=wrong, damage=wrong, file=SIGNER, fingerprint=signer)
        says.append(say["same_key"])
    else:
        says.append(say["compare"])
    if line is not None:
        says.append(say["anchor"].format(size=line.size))
    says.append(say["own_clock"])
    says.append(say["script_ours" if whole(files, "verify.py") == verify_script() else "script_other"])
    return Verdict(
        state="matches_anchor" if line else "consistent",
        depth="deep",
        says=tuple(says),
        entries=len(log.leaves),
        objects=sum(name.startswith("data/") for name in files.names),
        head=Anchor(checkpoint.vault_id, checkpoint.size, checkpoint.root).line,
        fingerprint=signer,
    )


def _check(files: Files) -> tuple[Checkpoint, Disclosed]:
    _plain_names(files.names)
    for name in NEEDED:
        if name not in files.names:
            raise Damaged(name, "it is missing")
    body, tags = whole(files, CHECKPOINT), whole(files, TAGS)
    if not _is_key(whole(files, SIGNER)) or not p256_verify(whole(files, SIGNER), body, whole(files, SIGNATURE)):
        raise _broken_seal(files)
    checkpoint = read_checkpoint(body)
    listed = _TAG_LINE.fullmatch(checkpoint.extra[0]) if checkpoint and len(checkpoint.extra) == 1 else None
    if checkpoint is None or listed is None:
        raise Damaged(CHECKPOINT, "it is not a checkpoint of a bundle")
    if hashlib.sha256(tags).hexdigest() != listed[1]:
        raise Damaged(TAGS, "it is not the list that was signed")
    tag_files = _listed(TAGS, tags)
    outside = {name for name in files.names if not name.startswith("data/")} - tag_files.keys()
    for name in sorted(outside - {TAGS, CHECKPOINT, SIGNATURE}):
        raise Damaged(name, f"it is not in {TAGS}")
    check_bag(files)
    log = disclosed(whole(files, CUSTODY))
    if len(log.leaves) != checkpoint.size or Tree(log.leaves).root() != checkpoint.root:
        raise Damaged(CUSTODY, "the log is not the one that was signed")
    for name, digest in _listed(PAYLOAD, whole(files, PAYLOAD)).items():
        if name.startswith("data/originals/") and log.exhibits.get(name.split("/")[2].split(".")[0]) != digest:
            raise Damaged(name, "the custody log does not name it")
    return checkpoint, log


def _broken_seal(files: Files) -> Damaged:
    """Which of the three files of the seal is not as it was written, as far as the rest of the bundle can tell."""
    tags, signer, body = whole(files, TAGS), whole(files, SIGNER), whole(files, CHECKPOINT)
    if _listed(TAGS, tags).get(SIGNER) != hashlib.sha256(signer).hexdigest():
        return Damaged(SIGNER, "its content has changed")
    leaves = disclosed(whole(files, CUSTODY)).leaves
    info = whole(files, "bag-info.txt").decode("utf-8", "replace")
    origin = re.search(r"^Holdfast-Log: holdfast/(.*)$", info, re.MULTILINE)
    listed = (f"export-tagmanifest-sha256 {hashlib.sha256(tags).hexdigest()}",)
    if origin is None or body != checkpoint_text(origin[1], len(leaves), Tree(leaves).root(), listed):
        return Damaged(CHECKPOINT, "it does not describe this bundle")
    return Damaged(SIGNATURE, "it is not the signature of this checkpoint and key")


def _check_anchor(line: Anchor, checkpoint: Checkpoint, log: Disclosed) -> None:
    if line.vault_id != checkpoint.vault_id:
        raise Damaged(CUSTODY, "the line you gave is of another case")
    if line.size > checkpoint.size:
        raise Damaged(CUSTODY, f"the log ends at entry {checkpoint.size}; the line you gave is of entry {line.size}")
    if Tree(log.leaves[: line.size]).root() != line.root:
        raise Damaged(CUSTODY, f"the log's first {line.size} entries are not those of the line you gave")


def _listed(name: str, content: bytes) -> dict[str, str]:
    """Path to SHA-256, of a manifest in the one form bundles are written in."""
    listed: dict[str, str] = {}
    for line in content.decode("ascii", "replace").splitlines(keepends=True):
        found = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)\n", line)
        if found is None or found[2] in listed or (name == PAYLOAD) != found[2].startswith("data/"):
            raise Damaged(name, "a line of it cannot be used")
        listed[found[2]] = found[1]
    return listed


def _plain_names(names: frozenset[str]) -> None:
    """Only names every file system keeps as they are, and no two that some would take for one."""
    seen: set[str] = set()
    for name in sorted(names, reverse=True):
        if not all(_NAME.fullmatch(step) for step in name.split("/")) or name.lower() in seen:
            raise Damaged(name, "a file of this name does not belong here")
        seen.add(name.lower())


def _is_key(pem: bytes) -> bool:
    """Whether it is a public key written down in the one way we write it: anything else could hide a change."""
    lines = pem.split(b"\n")
    try:
        der = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except binascii.Error:
        return False
    body = base64.b64encode(der)
    again = [b"-----BEGIN PUBLIC KEY-----", *(body[at : at + 64] for at in range(0, len(body), 64))]
    return pem == b"\n".join([*again, b"-----END PUBLIC KEY-----", b""])


def _walk(root: Path) -> Iterator[str]:
    waiting = [""]
    while waiting:
        inside = waiting.pop(0)
        for entry in sorted(os.scandir(root / inside), key=lambda entry: entry.name):
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_symlink():
                raise Damaged(path, "it is a link, not a file")
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                raise Damaged(path, "it is not a plain file")
