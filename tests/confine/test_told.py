"""`holdfast check` says what holds, and no more."""

from __future__ import annotations

import pytest

from holdfast.confine.frames import EMPTY_ROOT, Hello
from holdfast.confine.told import told

LIMITS = ("CORE", "FSIZE", "NPROC", "AS", "NOFILE")


@pytest.mark.parametrize(
    ("hello", "bubblewrap", "said", "unsaid"),
    [
        (
            Hello(("user", "network", EMPTY_ROOT), 7, LIMITS),
            False,
            ["empty file system", "version 7", "512 MB"],
            ["bubblewrap", "could"],
        ),
        (Hello(("user", "network"), 0, LIMITS), False, ["no network"], ["empty file system", "Landlock", "could"]),
        (Hello((), 3, LIMITS), True, ["bubblewrap keeps", "version 3"], ["namespaces", "could"]),
        (Hello((), 3, LIMITS), False, ["version 3"], ["namespaces", "bubblewrap", "could"]),
        (Hello((), 0, LIMITS), False, ["could reach your files", "512 MB"], ["Landlock", "no network"]),
        (Hello(), False, ["could reach your files"], ["512 MB", "Landlock"]),
    ],
)
def test_every_layer_is_named_only_where_it_holds(hello: Hello, bubblewrap: bool, said: list[str], unsaid: list[str]) -> None:
    words = told(hello, bubblewrap)
    assert all(word in words for word in said)
    assert not any(word in words for word in unsaid)
    assert "5 seconds" in words
