"""What the files of the project may not hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRY_HOSTS = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|farm|root|tmp/bash_jobs)/")
NEVER_IN_OUR_WORDS = re.compile(r"court[- ]proof|unbreakable|military[- ]grade", re.IGNORECASE)
# Pages that state these rules have to name what they forbid.
ABOUT_THE_RULES = {"tests/house/test_tree.py", "docs/design.md", "CONTRIBUTING.md"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def text_files() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            found.append((path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")))
    return found


@pytest.mark.parametrize("rule", [REGISTRY_HOSTS, MACHINE_PATHS, NEVER_IN_OUR_WORDS], ids=["hosts", "paths", "words"])
def test_no_file_holds(rule: re.Pattern[str]) -> None:
    caught = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in text_files()
        if name not in ABOUT_THE_RULES
        for number, line in enumerate(text.splitlines(), 1)
        if rule.search(line)
    ]
    assert not caught, "\n".join(caught)


def test_hardly_any_module_is_longer_than_a_thought() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked()
        if path.suffix == ".py" and path.is_file() and (lines := path.read_bytes().count(b"\n")) > 400
    }
    assert len(long) <= 3, f"look for the second noun in {long}"


def test_every_package_is_pinned_by_hash_and_names_no_host() -> None:
    for name in ("run", "test", "inner"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line for line in pinned)
        assert text.count("--hash=sha256:") >= len(pinned)
