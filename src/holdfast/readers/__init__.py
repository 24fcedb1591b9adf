"""Readers: one file per format. Dropping a module with a `READER` in this folder is all it takes to add one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from holdfast.readers._contract import HEAD, TAIL, DateOrder, Look, Options, Part, Reader, Sample
from holdfast.readers._who import same_person, with_me

__all__ = [
    "HEAD",
    "TAIL",
    "DateOrder",
    "Look",
    "Options",
    "Part",
    "Reader",
    "Sample",
    "claimants",
    "readers",
    "same_person",
    "with_me",
]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader there is, by id."""
    found = [
        importlib.import_module(f"{__name__}.{module.name}").READER
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda reader: reader.id))


def claimants(look: Look) -> tuple[Reader, ...]:
    """Readers that claim a part. None: nobody reads it. Two or more: the part is kept, one gap names them."""
    special = tuple(reader for reader in readers() if not reader.general and reader.recognise(look))
    return special or tuple(reader for reader in readers() if reader.general and reader.recognise(look))
