"""Makes the vectors beside this file, always with the same bytes: chance and clock are fixed. `v1_ok` is never made again.

Run it from the project's folder: `python tests/vectors/make.py`
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from holdfast.vault import Kit, MemoryStore, Vault, primitives

HERE = Path(__file__).parent
FOREVER = "v1_ok"
PASSPHRASE = "correct horse"
Files = dict[str, bytes]


class Bytes:
    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, len(content)

    def read_at(self, offset: int, count: int) -> bytes:
        return self.content[offset : offset + count]


def chance(word: str) -> Callable[[int], bytes]:
    """Bytes that look random and follow from a word."""

    def stream() -> Iterator[int]:
        count = 0
        while True:
            yield from sha256(f"{word} {count}".encode()).digest()
            count += 1

    endless = stream()
    return lambda count: bytes(next(endless) for _ in range(count))


def clock() -> Callable[[], datetime]:
    seconds = iter(range(10**6))
    return lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC) + timedelta(seconds=next(seconds))


def story(word: str, *, work_factor: int = 10) -> tuple[Files, Files, Kit, Vault]:
    """A small invented case: its files, its files one step earlier, its kit, and the case, still open."""
    primitives.random_bytes = chance(word)
    kit, store, now = Kit.generate(), MemoryStore(), clock()
    vault = Vault.create(
        store,
        passphrase=PASSPHRASE.encode(),
        kit=kit,
        age_group="adult",
        now=now,
        tool="holdfast 0.1.0",
        work_factor=work_factor,
    )
    with vault.batch():
        for text in (b"12/03/2024, 21:14 - Unknown: Pay 500 by Friday or everyone sees it.\n", b"<p>Pay, or else.</p>\n" * 3):
            vault.add(Bytes(text), name="chat.txt", origin="app export", media_type="text/plain", keep=True)
        vault.derive(
            "EX-0001", "reading", "application/jsonl", [b'{"kind":"summary"}\n'], about={"reader": "plain", "version": "1"}
        )
    before = dict(store.files)
    vault.record("private", "diary", body=b"I wrote to the helpline.")
    return dict(store.files), before, kit, vault


def flip(files: Files, name: str, at: int = -1) -> None:
    changed = bytearray(files[name])
    changed[at] ^= 1
    files[name] = bytes(changed)


def swap(files: Files, one: str, two: str) -> None:
    files[one], files[two] = files[two], files[one]


def write(name: str, files: Files, **says: str) -> None:
    folder = HERE / name
    if name == FOREVER and folder.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        (folder / "case" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "case" / path).write_bytes(content)
    (folder / "README").write_text("".join(f"{key}: {value}\n" for key, value in says.items()))


def main() -> None:
    files, _, kit, vault = story(FOREVER, work_factor=18)
    ways = {"passphrase": PASSPHRASE, "kit": kit.secret}
    note = "A case as version 1 of the format writes it. It must open for ever."
    write(FOREVER, files, expect="matches_anchor", depth="deep", **ways, anchor=vault.anchor(), note=note)

    files, before, kit, vault = story("the case behind all others")
    ways = {"passphrase": PASSPHRASE, "kit": kit.secret}
    exhibits = vault.exhibits()
    objects = [f"objects/{each.object[:2]}/{each.object}.age" for each in exhibits if each.object]

    def vector(name: str, change: Callable[[Files], object], expect: str, note: str, start: Files = files, **more: str) -> None:
        changed = dict(start)
        change(changed)
        write(name, changed, **{"expect": expect, "depth": "quick", **ways, "note": note, **more})

    vector("unchanged_ok", lambda _: None, "consistent", "Nothing was changed.", depth="deep")
    vector("anchor_ok", lambda _: None, "matches_anchor", "The line on paper fits.", anchor=vault.anchor())
    vector(
        "torn-entry-at-the-end_ok",
        lambda f: f.update({"log/00000007.age": f["log/00000006.age"][:200]}),
        "consistent",
        "Entry 7 was being written when the power went. It was never acknowledged; no checkpoint covers it.",
    )
    vector(
        "newest-signature-missing_ok",
        lambda f: f.pop("seal/00000006.sig"),
        "consistent",
        "The program was stopped before it signed. Nothing relies on this signature yet; the next write makes it again.",
    )
    vector(
        "broken-index_ok",
        lambda f: f.update({"index.db": b"no database"}),
        "consistent",
        "The index is a cache, never evidence.",
    )
    vector(
        "rolled-back-without-anchor_ok", lambda _: None, "consistent", "An older state of the whole: not to be seen.", before
    )
    vector(
        "rolled-back_fail",
        lambda _: None,
        "damaged at log/00000006.age",
        "The same older state, but a line was kept on paper.",
        before,
        anchor=vault.anchor(),
    )
    vector(
        "object-bit-flipped_fail", lambda f: flip(f, objects[0], -20), f"damaged at {objects[0]}", "Same size.", depth="deep"
    )
    vector("object-missing_fail", lambda f: f.pop(objects[1]), f"damaged at {objects[1]}", "One object was deleted.")
    vector(
        "object-cut-off_fail",
        lambda f: f.update({objects[1]: f[objects[1]][:-1]}),
        f"damaged at {objects[1]}",
        "The last byte is missing.",
    )
    vector("objects-swapped_fail", lambda f: swap(f, *objects[:2]), f"damaged at {objects[0]}", "Two originals swapped names.")
    vector(
        "entry-bit-flipped_fail",
        lambda f: flip(f, "log/00000003.age", -20),
        "damaged at log/00000003.age",
        "One bit of an entry.",
    )
    vector("entry-missing_fail", lambda f: f.pop("log/00000004.age"), "damaged at log/00000004.age", "Taken from the middle.")
    vector(
        "last-entry-missing_fail",
        lambda f: f.pop("log/00000006.age"),
        "damaged at log/00000006.age",
        "Its checkpoint is still there.",
    )
    vector(
        "last-entry-cut-off-but-signed_fail",
        lambda f: f.update({"log/00000006.age": f["log/00000006.age"][:-1]}),
        "damaged at log/00000006.age",
        "A signed entry was acknowledged: this is no interruption.",
    )
    vector(
        "entries-reordered_fail",
        lambda f: swap(f, "log/00000003.age", "log/00000004.age"),
        "damaged at log/00000003.age",
        "Two entries swapped numbers.",
    )
    vector(
        "checkpoint-text-changed_fail",
        lambda f: flip(f, "seal/00000005.txt", -5),
        "damaged at seal/00000005.txt",
        "One bit of a checkpoint's root.",
    )
    vector(
        "checkpoint-signature-changed_fail",
        lambda f: flip(f, "seal/00000006.sig"),
        "damaged at seal/00000006.sig",
        "One bit of a signature.",
    )
    vector(
        "older-checkpoint-missing_fail",
        lambda f: [f.pop("seal/00000002.txt"), f.pop("seal/00000002.sig")],
        "damaged at seal/00000002.sig",
        "Entry 3 says that this checkpoint was finished.",
    )
    foreign = story("another case")[0]
    vector(
        "signer-replaced_fail",
        lambda f: f.update({"seal/signer.pub": foreign["seal/signer.pub"]}),
        "damaged at seal/signer.pub",
        "The public key of another case.",
    )
    vector("mark-changed_fail", lambda f: flip(f, "VAULT", 10), "damaged at VAULT", "One bit of the mark.")
    vector(
        "passphrase-slot-changed_fail",
        lambda f: flip(f, "keys/pass-1.age"),
        "damaged at keys/pass-1.age",
        "The kit still opens the case, and sees it.",
    )
    vector(
        "object-of-another-case_fail",
        lambda f: f.update({objects[0]: next(content for name, content in foreign.items() if name.startswith("objects/"))}),
        f"damaged at {objects[0]}",
        "Sealed to another case's key.",
        depth="deep",
    )
    vector(
        "wrong-passphrase_fail", lambda _: None, "refused: WrongPassphrase", "Nothing is damaged.", passphrase="wrong", kit=""
    )
    vector(
        "newer-format_fail",
        lambda f: [f.clear(), f.update({"VAULT": b'{"format":"holdfast-vault","id":"' + b"0" * 32 + b'","version":2}\n'})],
        "refused: CannotOpen",
        "Written by a later version: refused, not guessed at.",
    )


if __name__ == "__main__":
    main()
