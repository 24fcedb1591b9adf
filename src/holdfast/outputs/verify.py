"""Checks a Holdfast bundle with Python's standard library and nothing else.

    python3 verify.py [FOLDER] [FINGERPRINT]

FOLDER is the bundle (default: where this script lies). FINGERPRINT is what the person gave you by another way, in hex.
Ends with 0 if everything fits, 1 if something is damaged. A script that comes inside a bundle proves nothing by itself:
compare its SHA-256 with the one printed in the dossier and the program's release, or read it. It is short on purpose.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys

TAGS, PAYLOAD = "tagmanifest-sha256.txt", "manifest-sha256.txt"
CHECKPOINT, SIGNATURE, SIGNER = "seal/checkpoint.txt", "seal/checkpoint.sig", "seal/signer.pub"
CUSTODY = "meta/custody.jsonl"
NEEDED = ("README.txt", "bag-info.txt", "bagit.txt", PAYLOAD, CUSTODY, CHECKPOINT, SIGNATURE, SIGNER, TAGS, "verify.py")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)\n")
CUSTODY_LINE = re.compile(rb'\{(?:"entry":(\{.*\}),)?"leaf":"([0-9a-f]{64})","seq":(\d{1,10})\}\n')


class Damaged(Exception):
    """Something is not as it was written: `file` and why."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")
        self.file = file
        self.why = why


def verify(folder: str) -> str:
    """The fingerprint of the signing key (hex) if everything in the bundle fits. Raises Damaged, naming the first file."""
    files = walk(folder)
    for file in NEEDED:
        if file not in files:
            raise Damaged(file, "it is missing")
    tag_list = read(folder, TAGS)
    signed = signature_fits(folder)
    if not signed:
        raise broken_seal(folder)
    size, root, listed = parse_checkpoint(read(folder, CHECKPOINT))
    if sha256(tag_list) != listed:
        raise Damaged(TAGS, "it is not the list that was signed")
    tags = manifest(TAGS, tag_list)
    data = {file for file in files if file.startswith("data/")}
    refuse(files - data - tags.keys() - {TAGS, CHECKPOINT, SIGNATURE}, TAGS)
    compare(folder, tags, files)
    payload = manifest(PAYLOAD, read(folder, PAYLOAD))
    compare(folder, payload, files)
    refuse(data - payload.keys(), PAYLOAD)
    leaves, named = read_custody(read(folder, CUSTODY))
    if len(leaves) != size or tree_root(leaves) != root:
        raise Damaged(CUSTODY, "the log is not the one that was signed")
    for file, digest in payload.items():
        if file.startswith("data/originals/") and named.get(file.split("/")[2].split(".")[0]) != digest:
            raise Damaged(file, "the custody log does not name it")
    return sha256(public_key(read(folder, SIGNER)))


# --- files ------------------------------------------------------------------------------------------------------------


def walk(folder: str) -> set[str]:
    """Every file, by its path with /. Refuses links, special files, names that are not plain, names that clash."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop(0)
        for entry in sorted(os.scandir(os.path.join(folder, *inside.split("/"))), key=lambda entry: entry.name):
            path = f"{inside}/{entry.name}" if inside else entry.name
            if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
                raise Damaged(path, "it is not a plain file")
            (waiting if entry.is_dir(follow_symlinks=False) else found).append(path)
    seen: set[str] = set()
    for path in sorted(found, reverse=True):
        if not all(NAME.fullmatch(step) for step in path.split("/")) or path.lower() in seen:
            raise Damaged(path, "a file of this name does not belong here")
        seen.add(path.lower())
    return set(found)


def read(folder: str, file: str) -> bytes:
    with open(os.path.join(folder, *file.split("/")), "rb") as opened:
        return opened.read()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha256_of(folder: str, file: str) -> str:
    """SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    with open(os.path.join(folder, *file.split("/")), "rb") as opened:
        while chunk := opened.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def manifest(name: str, content: bytes) -> dict[str, str]:
    """Path to SHA-256, from a BagIt manifest in the form we write it."""
    listed: dict[str, str] = {}
    for line in content.decode("ascii", "replace").splitlines(keepends=True):
        found = MANIFEST_LINE.fullmatch(line)
        if found is None or found[2] in listed or (name == PAYLOAD) != found[2].startswith("data/"):
            raise Damaged(name, "a line of it cannot be used")
        listed[found[2]] = found[1]
    return listed


def compare(folder: str, listed: dict[str, str], there: set[str]) -> None:
    """Every listed file is there with its hash."""
    for file in sorted(listed):
        if file not in there:
            raise Damaged(file, "it is missing")
        if sha256_of(folder, file) != listed[file]:
            raise Damaged(file, "its content has changed")


def refuse(extra: set[str], name: str) -> None:
    for file in sorted(extra):
        raise Damaged(file, f"it is not in {name}")


# --- the custody log --------------------------------------------------------------------------------------------------


def read_custody(content: bytes) -> tuple[list[bytes], dict[str, str]]:
    """Leaf hashes in order, and the SHA-256 of each exhibit the log names. Private entries are only a leaf."""
    leaves: list[bytes] = []
    named: dict[str, str] = {}
    before: bytes | None = None
    for number, line in enumerate(content.splitlines(keepends=True), 1):
        found = CUSTODY_LINE.fullmatch(line)
        if found is None or int(found[3]) != number:
            raise Damaged(CUSTODY, f"line {number} cannot be read")
        entry, leaf = found[1], bytes.fromhex(found[2].decode())
        if entry is not None:
            said = parsed(entry, number)
            if hashlib.sha256(b"\x00" + entry).digest() != leaf or said.get("seq") != number:
                raise Damaged(CUSTODY, f"entry {number} is not the one its leaf hash names")
            if before is not None and said.get("prev") != sha256(before):
                raise Damaged(CUSTODY, f"entry {number} does not follow from the one before")
            exhibit = said.get("exhibit")
            if isinstance(exhibit, dict):
                named[str(exhibit.get("number"))] = str(exhibit.get("sha256"))
        before = entry
        leaves.append(leaf)
    return leaves, named


def parsed(entry: bytes, number: int) -> dict[str, object]:
    try:
        said = json.loads(entry)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Damaged(CUSTODY, f"entry {number} cannot be read")
    return said


def tree_root(leaves: list[bytes]) -> bytes:
    """Merkle tree hash as in RFC 6962, section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:  # joining neighbours, an odd last one going up as it is, gives the same root
        pairs = [hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


# --- the seal ---------------------------------------------------------------------------------------------------------


def parse_checkpoint(content: bytes) -> tuple[int, bytes, str]:
    """Number of entries, root, and the SHA-256 of the list of files that it signs."""
    lines = content.decode("utf-8", "replace").split("\n")
    try:
        if len(lines) != 5 or lines[4] or not lines[0].startswith("holdfast/"):
            raise ValueError
        size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
        name, digest = lines[3].split(" ")
        if name != "export-tagmanifest-sha256" or len(root) != 32:
            raise ValueError
    except ValueError:
        raise Damaged(CHECKPOINT, "it is not a checkpoint of a bundle") from None
    return size, root, digest


def signature_fits(folder: str) -> bool:
    try:
        key = public_key(read(folder, SIGNER))
    except Damaged:
        return False
    return ecdsa_fits(key, read(folder, SIGNATURE), read(folder, CHECKPOINT))


def broken_seal(folder: str) -> Damaged:
    """Which of the three files of the seal is not as it was written, as far as the rest of the bundle can tell."""
    if manifest(TAGS, read(folder, TAGS)).get(SIGNER) != sha256(read(folder, SIGNER)):
        return Damaged(SIGNER, "its content has changed")
    leaves, _ = read_custody(read(folder, CUSTODY))
    size, root, listed = parse_checkpoint(read(folder, CHECKPOINT))
    origin = "Holdfast-Log: " + read(folder, CHECKPOINT).split(b"\n")[0].decode("utf-8", "replace") + "\n"
    fits = (size, root, listed) == (len(leaves), tree_root(leaves), sha256(read(folder, TAGS)))
    canonical = read(folder, CHECKPOINT).split(b"\n")[1:3] == [str(size).encode(), base64.b64encode(root)]
    if not fits or not canonical or origin.encode() not in read(folder, "bag-info.txt"):
        return Damaged(CHECKPOINT, "it does not describe this bundle")
    return Damaged(SIGNATURE, "it is not the signature of this checkpoint and key")


def public_key(pem: bytes) -> bytes:
    """The key's DER bytes (SubjectPublicKeyInfo, P-256, uncompressed). Only the one way to write it down is taken."""
    text = pem.decode("ascii", "replace")
    inside = "".join(text.split("\n")[1:-2])
    try:
        der = base64.b64decode(inside, validate=True)
    except ValueError:
        der = b""
    body = base64.b64encode(der).decode()
    again = "\n".join(["-----BEGIN PUBLIC KEY-----", *(body[at : at + 64] for at in range(0, len(body), 64))])
    if text != again + "\n-----END PUBLIC KEY-----\n" or len(der) != 91 or not der.startswith(P256_HEAD):
        raise Damaged(SIGNER, "it is not a P-256 public key")
    x, y = int.from_bytes(der[27:59], "big"), int.from_bytes(der[59:], "big")
    if x >= P or y >= P or (y * y - (x * x * x - 3 * x + B)) % P:
        raise Damaged(SIGNER, "it is not a P-256 public key")
    return der


# ECDSA over P-256: the curve of NIST SP 800-186, section 3.2.1.3; verification as in FIPS 186-5, section 6.4.2.
P256_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    1,
)
Point = tuple[int, int, int]  # x / z^2, y / z^3; z = 0 is the point at infinity


def ecdsa_fits(key: bytes, signature: bytes, message: bytes) -> bool:
    numbers = der_numbers(signature)
    if numbers is None or not all(0 < number < N for number in numbers):
        return False
    r, s = numbers
    hashed = int.from_bytes(hashlib.sha256(message).digest(), "big")
    inverse = pow(s, -1, N)
    public = (int.from_bytes(key[27:59], "big"), int.from_bytes(key[59:], "big"), 1)
    x, _, z = added(times(hashed * inverse % N, G), times(r * inverse % N, public))
    return z != 0 and x * pow(z, -2, P) % P % N == r


def der_numbers(signature: bytes) -> tuple[int, int] | None:
    """r and s of a DER signature, or None if it is not written in the one right way."""

    def number(value: int) -> bytes:
        body = value.to_bytes(value.bit_length() // 8 + 1, "big")
        return b"\x02" + bytes([len(body)]) + body

    try:
        r_length = signature[3]
        s_length = signature[5 + r_length]
    except IndexError:
        return None
    r = int.from_bytes(signature[4 : 4 + r_length], "big")
    s = int.from_bytes(signature[6 + r_length : 6 + r_length + s_length], "big")
    if r_length > 33 or s_length > 33:
        return None
    body = number(r) + number(s)
    return (r, s) if signature == b"\x30" + bytes([len(body)]) + body else None


def times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 0)
    for bit in bin(factor)[2:]:
        result = doubled(result)
        if bit == "1":
            result = added(result, point)
    return result


def doubled(point: Point) -> Point:
    x, y, z = point
    if not y or not z:
        return (0, 1, 0)
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * (x - z * z) * (x + z * z) % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def added(one: Point, other: Point) -> Point:
    x1, y1, z1 = one
    x2, y2, z2 = other
    if not z1:
        return other
    if not z2:
        return one
    z11, z22 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * z22 % P, x2 * z11 % P
    s1, s2 = y1 * z22 * z2 % P, y2 * z11 * z1 % P
    if u1 == u2:
        return doubled(one) if s1 == s2 else (0, 1, 0)
    h, r = u2 - u1, s2 - s1
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P


def main() -> int:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    try:
        fingerprint = verify(folder)
    except Damaged as damaged:
        print(f"DAMAGED at {damaged}")
        return 1
    except OSError as error:
        print(f"DAMAGED: a file could not be read: {error.strerror}")
        return 1
    print("Everything in this bundle fits together: every file, the custody log, and the signature.")
    print(f"Fingerprint of the signing key: {' '.join(fingerprint[at : at + 4] for at in range(0, 64, 4))}")
    print("Times in the log are from the clock of the computer used. They show an order, and are not proof of the hour.")
    if len(sys.argv) > 2:
        if re.sub(r"[^0-9a-f]", "", sys.argv[2].lower()) != fingerprint:
            print("The fingerprint you gave is NOT the one of this bundle.")
            return 1
        print("The fingerprint is the one you gave.")
    else:
        print("Compare the fingerprint with the person by another way, for example by phone. Without that, a bundle that")
        print("somebody made anew from beginning to end cannot be told from this one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
