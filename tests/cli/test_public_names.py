"""The package for programs: few names, loaded when asked for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import holdfast

from .conftest import CHAT


def test_every_public_name_is_there() -> None:
    assert all(getattr(holdfast, name) is not None for name in holdfast.__all__)
    assert len(holdfast.__all__) <= 15


def test_read_assess_plan(tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT, encoding="utf-8")
    items = list(holdfast.read(file, me=["Maya"]))
    assert [item.from_me for item in items if isinstance(item, holdfast.Message)] == [False, True, False]
    assert {finding.speaker for finding in holdfast.assess([file], me=["Maya"]).findings} == {"other"}
    assert holdfast.plan("pk", day=date(2026, 11, 20)).place == "pk"
    with pytest.raises(holdfast.HoldfastError):
        list(holdfast.read(tmp_path / "nothing"))


def test_a_text_alone_has_findings_without_places() -> None:
    found = holdfast.assess_text("Send me £600 by Friday or I post your pictures in your family group.")
    assert found.findings
    assert all(finding.place is None for finding in found.findings)
    assert not holdfast.assess_text("Send me £600 by Friday or I post your pictures.", speaker="me").findings


def test_importing_holdfast_loads_no_vault_and_no_typesetter() -> None:
    code = "import sys, holdfast; holdfast.Message; print(any(n in sys.modules for n in ('apsw', 'typst', 'cryptography')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
