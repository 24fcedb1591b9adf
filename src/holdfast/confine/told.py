"""What holds around a worker, in words. Only what was seen to hold is said."""

from __future__ import annotations

from holdfast.confine.frames import EMPTY_ROOT, Hello
from holdfast.confine.patience import PATIENCE
from holdfast.confine.shut_in import MEMORY


def told(hello: Hello, bubblewrap: bool) -> str:
    """A few sentences, a line each."""
    said = ["Files are read by a process of its own, which never has your passphrase or keys."]
    if bubblewrap:
        said.append("bubblewrap keeps it away from the network, from other programs and from your files.")
    elif hello.namespaces:
        files = "an empty file system, " if EMPTY_ROOT in hello.namespaces else ""
        said.append(f"Linux gives it {files}no network, and no sight of other programs (namespaces of its own).")
    if hello.landlock:
        said.append(f"Besides, Linux refuses it every file and connection (Landlock, version {hello.landlock}).")
    if not (bubblewrap or hello.namespaces or hello.landlock):
        said.append(
            "This system lets us take no more from it: a file made to take over a reader could reach your files and programs."
        )
    if "AS" in hello.limits:
        said.append(f"It may use {MEMORY >> 20} MB of memory and write no file.")
    said.append(
        f"It is stopped after {PATIENCE:g} seconds of work without progress; what it was reading becomes a gap that says so."
    )
    return "\n".join(said)
