"""The bundle: same bytes twice, whole on disk, and any change found by three independent checks, with the same name."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import random
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import msgspec
import pytest

from holdfast.errors import Damaged, NotKept, WrongUse
from holdfast.outputs import bundle, script, verify
from holdfast.outputs.bundle import Seal, Written, bundle_files, ending, write_bundle
from holdfast.outputs.bundle_verify import is_bundle, verify_bundle
from holdfast.outputs.dossier import dossier_data
from holdfast.outputs.typeset import typeset
from holdfast.outputs.view import CaseView
from holdfast.vault.disk import Disk

OpenObject = Callable[[str], object]


@pytest.fixture(scope="session")
def whole(sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    view, seal = sealed_case
    folder = tmp_path_factory.mktemp("bundle") / "HF-7Q2K"
    write_bundle(folder, bundle_files(view, seal, open_object, typeset(dossier_data(view)).volumes))
    return folder


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def theirs(folder: Path) -> str | None:
    """What the bundle's own script says: the damaged file, or None."""
    try:
        verify.verify(str(folder))
    except verify.Damaged as damaged:
        return damaged.file
    return None


def ours(folder: Path) -> str | None:
    return verify_bundle(folder).file


def shell(folder: Path) -> bool:
    """The commands of the dossier and the README, word for word. True if a stranger would call it whole."""
    lists = folder / "tagmanifest-sha256.txt"
    if not lists.exists():
        return False
    listed = hashlib.sha256(lists.read_bytes()).hexdigest()
    commands = [
        "sha256sum --status --strict -c tagmanifest-sha256.txt",
        "sha256sum --status --strict -c manifest-sha256.txt",
        "openssl dgst -sha256 -verify seal/signer.pub -signature seal/checkpoint.sig seal/checkpoint.txt",
        f"grep -qx 'export-tagmanifest-sha256 {listed}' seal/checkpoint.txt",
    ]
    return all(subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True).returncode == 0 for command in commands)


# --- made -------------------------------------------------------------------------------------------------------------


def test_the_same_case_gives_the_same_bytes(
    whole: Path, sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path
) -> None:
    view, seal = sealed_case
    write_bundle(tmp_path / "again", bundle_files(view, seal, open_object, typeset(dossier_data(view)).volumes))
    assert contents(tmp_path / "again") == contents(whole)


def test_what_is_in_it(whole: Path) -> None:
    assert set(contents(whole)) == {
        "README.txt", "bag-info.txt", "bagit.txt", "data/derived/EX-0001.reading.jsonl", "data/derived/EX-0002.reading.jsonl",
        "data/derived/findings.json", "data/dossier.pdf", "data/originals/EX-0001.txt", "data/originals/EX-0002.png",
        "manifest-sha256.txt", "meta/case.jsonld", "meta/custody.jsonl", "meta/stamps/00000003.tsr", "seal/checkpoint.sig",
        "seal/checkpoint.txt", "seal/signer.pub", "tagmanifest-sha256.txt", "verify.py",
    }  # fmt: skip


def test_everybody_finds_it_whole(whole: Path) -> None:
    verdict = verify_bundle(whole)
    assert verdict.state == "consistent"
    assert "phone" in " ".join(verdict.says)
    assert "clock" in " ".join(verdict.says)
    assert theirs(whole) is None
    assert shell(whole)
    assert bagit.Bag(str(whole)).is_valid()
    assert is_bundle(whole)


def test_the_script_alone_gives_the_verdict_and_the_fingerprint(whole: Path) -> None:
    run = subprocess.run([sys.executable, "-I", "verify.py"], cwd=whole, capture_output=True, text=True)
    assert run.returncode == 0
    assert verify_bundle(whole).fingerprint in run.stdout


def test_the_script_uses_the_standard_library_only(whole: Path) -> None:
    imported = [
        line.split()[1] for line in (whole / "verify.py").read_text().splitlines() if line.startswith(("import", "from"))
    ]
    assert set(imported) <= sys.stdlib_module_names
    assert hashlib.sha256((whole / "verify.py").read_bytes()).hexdigest() == script.verify_script_sha256()


@pytest.mark.parametrize(("given", "code"), [("right", 0), ("0" * 64, 1)])
def test_the_script_compares_a_fingerprint(whole: Path, given: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = verify_bundle(whole).fingerprint if given == "right" else given
    monkeypatch.setattr(sys, "argv", ["verify.py", str(whole), given])
    with contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as ended:
        runpy.run_path(str(whole / "verify.py"), run_name="__main__")
    assert ended.value.code == code


def test_nothing_private_is_in_it(whole: Path, canary: str) -> None:
    for path, content in contents(whole).items():
        assert canary.encode() not in content, path
    lines = [json.loads(line) for line in (whole / "meta/custody.jsonl").read_bytes().splitlines()]
    assert ["entry" in line for line in lines] == [True, True, True, False, True, False]


def test_what_was_only_observed_is_not_in_it(whole: Path) -> None:
    assert not any("EX-0003" in path for path in contents(whole))
    assert "EX-0003" in (whole / "data/derived/findings.json").read_text()


def test_readings_keep_every_character(whole: Path) -> None:
    items = [json.loads(line) for line in (whole / "data/derived/EX-0001.reading.jsonl").read_bytes().splitlines()]
    assert items[0]["kind"] == "part"
    assert items[4]["text"] == "میں تمہاری تصویریں سب کو بھیج دوں گا 🙂"


def test_the_ending_comes_from_the_content_never_from_the_name(view: CaseView) -> None:
    odd = msgspec.structs.replace(view.exhibits[0], name="x.exe", media_type="Text/Plain; charset=utf-8")
    assert ending(odd) == "txt"
    assert ending(msgspec.structs.replace(odd, media_type="application/x-unheard-of")) == "bin"


# --- refused ----------------------------------------------------------------------------------------------------------


def test_an_original_that_is_not_what_was_sealed_stops_it(
    sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path
) -> None:
    view, seal = sealed_case
    wrong = {"aa01": open_object("aa02"), "aa02": open_object("aa02")}.__getitem__
    with pytest.raises(Damaged, match=r"EX-0001\.txt"):
        write_bundle(tmp_path / "b", bundle_files(view, seal, wrong))
    assert not (tmp_path / "b").exists()


def test_a_log_that_has_moved_on_stops_it(sealed_case: tuple[CaseView, Seal], open_object: OpenObject) -> None:
    view, seal = sealed_case
    with pytest.raises(Damaged, match="moved on"):
        list(bundle_files(msgspec.structs.replace(view, log=view.log[:-1]), seal, open_object))


def test_a_folder_with_something_in_it_is_left_alone(copied: Path) -> None:
    before = contents(copied)
    with pytest.raises(WrongUse):
        write_bundle(copied, iter(()))
    assert contents(copied) == before


def test_a_full_disk_leaves_nothing_behind(
    sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Disk, handle: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Disk, "write", full)
    with pytest.raises(NotKept, match="No space"):
        write_bundle(tmp_path / "b", bundle_files(*sealed_case, open_object))
    assert not (tmp_path / "b").exists()


def test_a_disk_that_forgets_is_noticed(
    sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = bundle.verify_bundle

    def after_decay(folder: Path, **options: str) -> object:
        (folder / "data/originals/EX-0001.txt").write_bytes(b"zeros")
        return real(folder, **options)

    monkeypatch.setattr(bundle, "verify_bundle", after_decay)
    with pytest.raises(Damaged, match=r"EX-0001\.txt"):
        write_bundle(tmp_path / "b", bundle_files(*sealed_case, open_object))


def test_written_says_how_much(sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path) -> None:
    made = write_bundle(tmp_path / "b", bundle_files(*sealed_case, open_object))
    assert isinstance(made, Written)
    there = contents(tmp_path / "b")
    assert (made.files, made.size) == (len(there), sum(map(len, there.values())))
    assert made.tag_sha256 == hashlib.sha256(there["tagmanifest-sha256.txt"]).hexdigest()


# --- found ------------------------------------------------------------------------------------------------------------


def test_a_flipped_bit_anywhere_is_named(copied: Path) -> None:
    chance = random.Random(20261120)
    files = contents(copied)
    for number in range(200):
        name = sorted(files)[number % len(files)]
        content = bytearray(files[name])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (copied / name).write_bytes(content)
        assert (ours(copied), theirs(copied)) == (name, name)
        if number < 2 * len(files) and number % 3 == 0:
            assert not shell(copied)
        (copied / name).write_bytes(files[name])
    assert ours(copied) is None


@pytest.mark.proof
def test_a_thousand_changes_get_one_verdict_from_all_three(copied: Path) -> None:
    """Flips, cuts, insertions, copies over one another, removals and renames; one at a time, each undone."""
    chance = random.Random(8493)
    files = contents(copied)
    names = sorted(files)
    for number in range(1000):
        name, other = chance.sample(names, 2)
        content = bytearray(files[name])
        at = chance.randrange(len(content))
        path = copied / name
        match number % 6:
            case 0:
                content[at] ^= 1 << chance.randrange(8)
            case 1:
                del content[at : at + chance.randint(1, 50)]
            case 2:
                content[at:at] = chance.randbytes(chance.randint(1, 50))
            case 3:
                content = bytearray(files[other])
        if number % 6 < 4:
            path.write_bytes(content)
        elif number % 6 == 4:
            path.unlink()
        else:
            path.rename(path.with_name("renamed.txt"))
        assert ours(copied) == theirs(copied) is not None, (number, name)
        assert number % 10 or not shell(copied), (number, name)
        path.with_name("renamed.txt").unlink(missing_ok=True)
        path.write_bytes(files[name])
    assert ours(copied) is None


def mutations(folder: Path) -> Iterator[tuple[str, str]]:
    """(what was done, the file that must be named): leaves the folder as it was before each."""
    for name, content in contents(folder).items():
        path = folder / name
        path.unlink()
        yield f"{name} removed", name
        path.write_bytes(content[:-1])
        yield f"{name} cut", name
        path.write_bytes(content + b"\n")
        yield f"{name} longer", name
        path.write_bytes(b"")
        yield f"{name} empty", name
        path.write_bytes(content)


def test_what_is_cut_removed_or_longer_is_named(copied: Path) -> None:
    for what, name in mutations(copied):
        assert (ours(copied), theirs(copied)) == (name, name), what


@pytest.mark.parametrize(
    "extra",
    [
        "fetch.txt", "data/extra.txt", "data/originals/EX-0009.txt", "meta/more.json", "seal/more.txt", ".DS_Store",
        "data/.hidden", "manifest-md5.txt", "DATA/dossier.pdf", "data/Dossier.PDF", "data/a b.txt", "data/~x",
        "data/x\u202e.txt", "__pycache__/x.pyc",
    ],
)  # fmt: skip
def test_what_does_not_belong_is_named(copied: Path, extra: str) -> None:
    (copied / extra).parent.mkdir(exist_ok=True)
    (copied / extra).write_bytes(b"x")
    assert ours(copied) == theirs(copied) == extra


@pytest.mark.parametrize("target", ["../outside.txt", "data/dossier.pdf", "/etc/hostname", "."])
def test_links_are_refused(copied: Path, target: str) -> None:
    (copied / "data" / "link").symlink_to(target)
    assert ours(copied) == theirs(copied) == "data/link"


def test_a_linked_original_is_refused_even_if_its_bytes_are_right(copied: Path, tmp_path: Path) -> None:
    original = copied / "data/originals/EX-0001.txt"
    (tmp_path / "elsewhere").write_bytes(original.read_bytes())
    original.unlink()
    original.symlink_to(tmp_path / "elsewhere")
    assert ours(copied) == theirs(copied) == "data/originals/EX-0001.txt"


def resealed(folder: Path, seal: Seal, vault_id: str) -> None:
    """Lists and signature made anew over whatever is there now, as somebody with the key could."""
    for list_name, inside in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        names = [
            name
            for name in contents(folder)
            if name.startswith("data/") == inside
            and name not in ("tagmanifest-sha256.txt", "seal/checkpoint.txt", "seal/checkpoint.sig")
        ]
        sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
        (folder / list_name).write_text(sums)
    body = (folder / "seal/checkpoint.txt").read_text().splitlines(keepends=True)
    digest = hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    text = "".join([*body[:3], f"export-tagmanifest-sha256 {digest}\n"]).encode()
    (folder / "seal/checkpoint.txt").write_bytes(text)
    (folder / "seal/checkpoint.sig").write_bytes(seal.sign(text))


def reseal_after(
    change: Callable[[Path], None], copied: Path, sealed_case: tuple[CaseView, Seal]
) -> tuple[str | None, str | None]:
    view, seal = sealed_case
    change(copied)
    resealed(copied, seal, view.vault_id)
    return ours(copied), theirs(copied)


def test_resealing_without_a_change_is_whole(copied: Path, sealed_case: tuple[CaseView, Seal]) -> None:
    assert reseal_after(lambda folder: None, copied, sealed_case) == (None, None)


def test_a_new_signature_does_not_cover_an_original_the_log_does_not_know(
    copied: Path, sealed_case: tuple[CaseView, Seal]
) -> None:
    def change(folder: Path) -> None:
        info = (folder / "bag-info.txt").read_text()
        size = int(info.rpartition("Payload-Oxum: ")[2].split(".")[0])
        content = b"other" + (folder / "data/originals/EX-0001.txt").read_bytes()[5:-3]
        (folder / "data/originals/EX-0001.txt").write_bytes(content)
        (folder / "bag-info.txt").write_text(info.replace(str(size), str(size - 3)))

    assert reseal_after(change, copied, sealed_case) == ("data/originals/EX-0001.txt",) * 2


@pytest.mark.parametrize("doing", ["drop last", "drop middle", "swap", "edit", "hide", "garble"])
def test_a_new_signature_does_not_cover_another_log(copied: Path, sealed_case: tuple[CaseView, Seal], doing: str) -> None:
    def change(folder: Path) -> None:
        lines = (folder / "meta/custody.jsonl").read_bytes().splitlines(keepends=True)
        if doing == "drop last":
            lines.pop()
        elif doing == "drop middle":
            del lines[2]
        elif doing == "swap":
            lines[0], lines[1] = lines[1], lines[0]
        elif doing == "edit":
            lines[1] = lines[1].replace(b"acquire", b"ACQUIRE")
        elif doing == "hide":
            lines[1] = b'{"leaf":"' + b"0" * 64 + b'","seq":2}\n'
        else:
            lines[0] = b'{"entry":{"a":' + b"[" * 50_000 + b'},"leaf":"' + b"0" * 64 + b'","seq":1}\n'
        (folder / "meta/custody.jsonl").write_bytes(b"".join(lines))

    assert reseal_after(change, copied, sealed_case) == ("meta/custody.jsonl",) * 2


def test_a_bundle_made_anew_with_another_key_shows_only_in_the_fingerprint(
    whole: Path, sealed_case: tuple[CaseView, Seal], open_object: OpenObject, tmp_path: Path
) -> None:
    from holdfast.vault.primitives import p256_new_key, p256_public_pem, p256_sign

    view, seal = sealed_case
    key = p256_new_key()
    forged = Seal(seal.leaves, seal.entry_bytes, lambda body: p256_sign(key, body), p256_public_pem(key))
    write_bundle(tmp_path / "forged", bundle_files(view, forged, open_object))
    known = verify_bundle(whole).fingerprint
    assert verify_bundle(tmp_path / "forged").state == "consistent"
    assert verify_bundle(tmp_path / "forged", fingerprint_given=known).state == "damaged"
    assert verify_bundle(whole, fingerprint_given=known.replace(" ", "").upper()).state == "consistent"


def test_an_anchor_is_compared(whole: Path, sealed_case: tuple[CaseView, Seal]) -> None:
    from holdfast.vault.checkpoint import Anchor
    from holdfast.vault.tree import Tree

    view, seal = sealed_case
    older = Anchor(view.vault_id, 2, Tree(seal.leaves[:2]).root())
    assert verify_bundle(whole, anchor=view.anchor).state == "matches_anchor"
    assert verify_bundle(whole, anchor=older.line).state == "matches_anchor"
    for other in (
        Anchor(view.vault_id, 2, bytes(32)),
        Anchor(view.vault_id, 9, older.root),
        Anchor("0" * 32, 2, older.root),
    ):
        assert verify_bundle(whole, anchor=other.line).file == "meta/custody.jsonl"
    with pytest.raises(WrongUse):
        verify_bundle(whole, anchor="not a line")


def test_a_folder_that_is_none_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        verify_bundle(tmp_path / "nowhere")
    assert verify_bundle(tmp_path).state == "damaged"
