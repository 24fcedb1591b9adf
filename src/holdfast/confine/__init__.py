"""Confine: foreign bytes are parsed where there are no keys, no files and no network; what comes back is checked.

Names are looked up when they are first used: a worker starts in the same package and needs only its own half of it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.confine.balance import Balance
    from holdfast.confine.job import read_exhibit
    from holdfast.confine.lines import read_batches, read_lines
    from holdfast.confine.pool import Pool, confinement, is_zone
    from holdfast.confine.serial import Serial

__all__ = ["Balance", "Pool", "Serial", "confinement", "is_zone", "read_batches", "read_exhibit", "read_lines"]

_MODULES = {
    "Balance": "balance",
    "Pool": "pool",
    "Serial": "serial",
    "confinement": "pool",
    "is_zone": "pool",
    "read_batches": "lines",
    "read_exhibit": "job",
    "read_lines": "lines",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
