"""Confine: foreign bytes are parsed where there are no keys, no files and no network; what comes back is checked."""

from holdfast.confine.balance import Balance
from holdfast.confine.job import read_exhibit
from holdfast.confine.lines import read_batches, read_lines
from holdfast.confine.pool import Pool, confinement, is_zone
from holdfast.confine.serial import Serial

__all__ = ["Balance", "Pool", "Serial", "confinement", "is_zone", "read_batches", "read_exhibit", "read_lines"]
