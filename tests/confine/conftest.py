"""The toy reader, and pools of workers that know it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from holdfast.confine import Pool, Serial

TOY = Path(__file__).with_name("toy.py")
TOY_COMMAND = (sys.executable, "-s", "-P", str(TOY))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def toy() -> ModuleType:
    return load(TOY)


@pytest.fixture(scope="session")
def toy_command() -> tuple[str, ...]:
    return TOY_COMMAND


@pytest.fixture(scope="session")
def toy_pool() -> Iterator[Pool]:
    """One confined worker, shared by the tests that do not break it on purpose (and by those that do: it is replaced)."""
    with Pool(1, command=TOY_COMMAND) as pool:
        yield pool


@pytest.fixture(scope="session")
def toy_serial(toy: ModuleType) -> Serial:
    return Serial(toy.claimants)
