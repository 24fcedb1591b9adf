"""The folder of a case, seen from outside: is one there, can one be made there, was its making interrupted."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from holdfast.errors import CannotOpen, HoldfastError, WrongUse
from holdfast.vault import FolderStore, is_case

# What making a case puts into a folder, in that order; VAULT comes last and makes it a case.
MADE = ("lock", "keys", "objects", "log", "seal")
MARK = "VAULT"


def is_there(folder: Path) -> bool:
    """Whether a folder holds a case: whole, damaged, or one whose making was interrupted."""
    # os.path, because it has an answer for every name, however long or odd.
    parts = {name for name in (*MADE, MARK) if os.path.exists(folder / name)}
    return os.path.isdir(folder) and (MARK in parts or {"keys", "log"} <= parts or ("keys" in parts and is_half_made(folder)))


def is_half_made(folder: Path) -> bool:
    """Whether nothing lies here but what an interrupted `new` leaves: no case, and nothing of anybody's was in it yet."""
    try:
        names = {name for name in os.listdir(folder) if not name.startswith(".")}
    except (OSError, ValueError):
        return False
    return bool(names) and names <= set(MADE) and not is_case(FolderStore(folder))


def refuse_unless_there(folder: Path) -> None:
    """CannotOpen where no case is, or where its making was interrupted."""
    name = folder.name or "this folder"
    if os.path.isdir(folder) and is_half_made(folder):
        raise CannotOpen(
            f"The making of the case in {name} was interrupted before it was ready.",
            evidence="Nothing had been put into it yet, so nothing is lost.",
            next_step="Delete that folder, or choose another name, and make the case again with: holdfast new",
        )
    if not is_there(folder):
        raise CannotOpen(f"There is no case in {name}.", next_step="Check the name of the folder and try again.")


def refuse_unless_new(folder: Path) -> None:
    """WrongUse unless a case can be made in this folder."""
    name = folder.name or "this folder"
    if os.path.isdir(folder) and is_half_made(folder):
        raise WrongUse(
            f"In {name} the making of a case was interrupted.",
            evidence="Nothing had been put into it yet, so nothing is lost.",
            next_step="Delete that folder, or choose another name, and try again.",
        )
    if os.path.lexists(folder):
        try:
            taken = not folder.is_dir() or any(folder.iterdir())
        except OSError:
            taken = True
        if taken:
            raise WrongUse(f"There is already something in {name}.", next_step="Choose a folder that is not there yet.")
    elif not os.path.isdir(folder.parent):
        raise WrongUse(
            f"There is no folder {folder.parent.name} to put the case into.",
            next_step="Make that folder first, or name another.",
        )


def take_back(store: FolderStore) -> None:
    """Takes away what a `new` had made when it was stopped. The folder was empty, or not there, before."""
    with suppress(HoldfastError, OSError):
        for name in store.list():
            store.delete(name)
        store.remove_empty_folders()
