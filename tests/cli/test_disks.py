"""Disks that are full or may only be read: said clearly, and what was sealed before is whole."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from .conftest import New, Ran, Run, command, environment, key_of

UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]


def mounts_are_allowed() -> bool:
    try:
        return subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not mounts_are_allowed(), reason="this system lets nobody mount a small disk of their own")


def mounted(folder: Path, mount: str, *arguments: object, then: str = "true") -> Ran:
    """Runs a verb where `mount` (shell) was done first, and `then` after it, in a mount namespace of its own."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    script = f'{mount} && {{ "$@"; code=$?; {then}; exit $code; }}'
    line = [*UNSHARE, "sh", "-c", script, "sh", *command(*arguments)]
    environ = {**environment(home), "PATH": os.environ["PATH"]}
    done = subprocess.run(line, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_case_that_can_only_be_read(run: Run, new_case: New, chat: Path, tmp_path: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    assert run("add", case, chat, "--me", "Maya", *key).code == 0
    (tmp_path / "new.txt").write_text("13/10/2026, 20:48 - Danny: new\n")
    read_only = f"mount --bind {case} {case} && mount -o remount,bind,ro {case}"
    assert mounted(tmp_path, read_only, "show", case, *key).code == 0
    assert "post your pictures" in mounted(tmp_path, read_only, "search", case, "pictures", *key).out
    assert mounted(tmp_path, read_only, "assess", case, *key).code == 0
    assert mounted(tmp_path, read_only, "verify", case, "--deep", *key).code == 0
    added = mounted(tmp_path, read_only, "add", case, "new.txt", *key)
    assert added.code == 1, added.err
    assert len(added.err.strip().splitlines()) == 3
    assert "still sealed" in added.err
    assert "EX-0002" not in added.out
    assert run("verify", case, "--deep", *key).code == 0


@pytest.mark.parametrize("megabytes", [6, pytest.param(1, marks=pytest.mark.proof)])
def test_a_full_disk_takes_nothing_and_loses_nothing(
    run: Run, new_case: New, chat: Path, tmp_path: Path, megabytes: int
) -> None:
    case = new_case("adult")
    key = key_of(case)
    assert run("add", case, chat, "--me", "Maya", *key).code == 0
    (tmp_path / "big.bin").write_bytes(os.urandom(8 << 20))
    (tmp_path / "disk").mkdir()
    small = f"mount -t tmpfs -o size={megabytes}m none disk && cp -a {case} disk/case"
    added = mounted(tmp_path, small, "add", "disk/case", "big.bin", *key, then="cp -a disk/case after")
    assert added.code == 1, added.err
    assert len(added.err.strip().splitlines()) == 3, added.err
    assert "EX-0002" not in added.out
    after = tmp_path / "after"
    shown = json.loads(run("show", after, "--json", *key).out)["exhibits"]
    assert [exhibit["name"] for exhibit in shown] == [chat.name]
    assert run("verify", after, "--deep", *key).code == 0
    assert run("add", after, tmp_path / "big.bin", *key).code == 0


def test_papers_on_a_full_disk(run: Run, new_case: New, chat: Path, tmp_path: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    assert run("add", case, chat, "--me", "Maya", *key).code == 0
    (tmp_path / "disk").mkdir()
    small = "mount -t tmpfs -o size=40k none disk"
    for verb in ("dossier", "bundle"):
        made = mounted(tmp_path, small, verb, case, f"disk/{verb}", *key, then="ls -A disk")
        assert made.code == 1, (verb, made.err)
        assert "Traceback" not in made.err
        assert "our mistake" not in made.err
        assert len(made.err.strip().splitlines()) == 3
        if verb == "dossier":
            assert "dossier" not in made.out  # half a paper is taken away again
    assert run("verify", case, "--deep", *key).code == 0
