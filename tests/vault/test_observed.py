"""What is observed and not kept: not one byte of it is written, anywhere, in any form."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.model import ContainedPart
from holdfast.vault import FolderStore, verify
from holdfast.vault.disk import Disk
from holdfast.vault.sealing import open_small

PICTURE = b"\x89PNG CANARY-7f3a " * 20_000


class RecordingDisk(Disk):
    """The real disk, with a copy of all that is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, handle: int, content: bytes | memoryview) -> int:
        self.written.append(bytes(content))
        return super().write(handle, content)


def test_only_hash_size_and_parts_are_written(case, folder):
    disk = RecordingDisk()
    vault = case.new(FolderStore(folder, disk))
    part = ContainedPart(part=("a.jpg",), size=3, sha256="0" * 64, media_type="image/jpeg", kept=False)
    disk.written.clear()
    before = set(vault.store.list())
    exhibit, is_new = vault.add(
        case.Bytes(PICTURE), name="photo.png", origin="download", media_type="image/png", keep=False, parts=(part,)
    )
    assert is_new
    assert (exhibit.kept, exhibit.object, exhibit.size) == (False, None, len(PICTURE))
    assert exhibit.sha256 == hashlib.sha256(PICTURE).hexdigest()
    written = b"".join(disk.written)
    assert len(written) < 4_000 < len(PICTURE)
    assert b"CANARY" not in written
    new = set(vault.store.list()) - before
    opened = b"".join(open_small(vault.store, name, vault.identity) for name in new if name.endswith(".age"))
    assert b"CANARY" not in opened  # nor is it inside what was sealed
    assert case.open(FolderStore(folder)).exhibits() == (exhibit,)
    assert verify(vault.store, vault=vault, depth="deep").state == "consistent"


def test_kept_content_would_be_found_by_this_test(case, folder):
    """The control: the same search finds a picture that is kept, once it is opened."""
    disk = RecordingDisk()
    vault = case.new(FolderStore(folder, disk))
    case.add(vault, PICTURE)
    assert sum(map(len, disk.written)) > len(PICTURE)
    names = vault.store.list("objects/")
    assert any(b"CANARY" in open_small(vault.store, name, vault.identity) for name in names)


OBSERVE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from holdfast.vault import FolderStore, StoredFile, Vault
place = Path(sys.argv[1])
secret = (place / "kit").read_text()
vault = Vault.open(FolderStore(place / "my-case"), identity=secret, clock=lambda: datetime.now(UTC), tool="t")
source = StoredFile.of(FolderStore(place), "photo.png")
vault.add(source, name="photo.png", origin="download", media_type="image/png", keep=False)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_the_system_sees_no_byte_of_it_written(case, folder):
    """All write calls of a whole process, as the kernel saw them."""
    place = folder.parent
    case.new(FolderStore(folder))
    (place / "photo.png").write_bytes(PICTURE)
    (place / "kit").write_text(case.kit.secret)
    trace = place / "trace"
    watched = "trace=write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,mmap,link,linkat,symlink,symlinkat"
    source = Path(__file__).parents[2] / "src"
    command = ["strace", "-f", "-s", "4096", "-e", watched, "-o", str(trace), sys.executable, "-B", "-c", OBSERVE, str(place)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, check=False)
    if b"ptrace" in done.stderr.lower():
        pytest.skip("this machine does not let a process be traced")
    assert done.returncode == 0, done.stderr.decode()
    seen = trace.read_text(errors="replace")
    assert "custody" not in seen  # entries are sealed before they are written
    writes = [line for line in seen.splitlines() if "write" in line]
    assert writes
    assert "CANARY" not in "\n".join(writes)
    assert sum(int(line.rpartition("= ")[2].split()[0]) for line in writes if line.rpartition("= ")[2][:1].isdigit()) < 20_000
    assert not any(word in seen for word in ("sendfile(", "copy_file_range(", "splice(", "link("))
    assert not any("MAP_SHARED" in line and "PROT_WRITE" in line for line in seen.splitlines())
