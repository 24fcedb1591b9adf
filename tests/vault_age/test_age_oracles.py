"""Two other implementations read what we seal and we read what they seal, at every edge of a chunk."""

from __future__ import annotations

import os
import pty
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from holdfast.vault.age import Identity, Passphrase, dearmored, is_armored, open_stream, seal

Reading = Callable[..., Callable[[int], bytes]]
EDGES = (0, 1, 65535, 65536, 65537, 131072, (1 << 20) + 1)
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not here")


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.generate()


@pytest.fixture
def identity_file(identity: Identity, tmp_path: Path) -> str:
    (tmp_path / "identity").write_text(identity.encode() + "\n")
    return str(tmp_path / "identity")


@pytest.mark.parametrize("size", EDGES)
def test_pyrage(identity: Identity, reading: Reading, size: int) -> None:
    theirs = pyrage.x25519.Identity.from_str(identity.encode())
    assert pyrage.decrypt(b"".join(seal([content(size)], [identity.recipient])), [theirs]) == content(size)
    for armored in (False, True):
        sealed = pyrage.encrypt(content(size), [theirs.to_public()], armored=armored)
        assert is_armored(sealed[:2000]) == armored
        read = dearmored(reading(sealed)) if armored else reading(sealed)
        assert b"".join(open_stream(read, [identity])) == content(size)


@needs_age
@pytest.mark.parametrize("size", EDGES)
def test_age(identity: Identity, identity_file: str, reading: Reading, size: int) -> None:
    def age(*options: str, given: bytes) -> bytes:
        return subprocess.run(["age", *options], input=given, capture_output=True, check=True).stdout

    ours = b"".join(seal([content(size)], [identity.recipient]))
    assert age("--decrypt", "-i", identity_file, given=ours) == content(size)
    theirs = age("-r", str(identity.recipient), given=content(size))
    assert b"".join(open_stream(reading(theirs), [identity])) == content(size)
    in_armor = age("--armor", "-r", str(identity.recipient), given=content(size))
    assert b"".join(open_stream(dearmored(reading(in_armor)), [identity])) == content(size)


@needs_age
def test_each_of_several_recipients_opens_it(identity: Identity, identity_file: str, reading: Reading) -> None:
    others = [Identity.generate() for _ in range(3)]
    sealed = b"".join(seal([b"for all"], [*(other.recipient for other in others), identity.recipient]))
    for one in (*others, identity):
        assert b"".join(open_stream(reading(sealed), [Identity.generate(), one])) == b"for all"
    command = ["age", "--decrypt", "-i", identity_file]
    assert subprocess.run(command, input=sealed, capture_output=True, check=True).stdout == b"for all"


# --- passphrase slots -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 65536, 65537])
def test_pyrage_opens_our_passphrase_slot(size: int) -> None:
    sealed = b"".join(seal([content(size)], Passphrase("pässwort 密码".encode(), work_factor=10)))
    assert pyrage.passphrase.decrypt(sealed, "pässwort 密码") == content(size)


@pytest.mark.proof
def test_we_open_pyrages_passphrase_slot(reading: Reading) -> None:
    """Slow: pyrage chooses the cost itself, here 2**20 and 1 GiB."""
    sealed = pyrage.passphrase.encrypt(content(65537), "pässwort 密码")
    assert b"".join(open_stream(reading(sealed), [Passphrase("pässwort 密码".encode())])) == content(65537)


def age_at_a_terminal(*options: str, passphrase: bytes, times: int) -> int:
    """The age tool takes a passphrase from a terminal only: give it one. Returns its exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", *options])
    said = b""
    try:
        while piece := os.read(terminal, 1000):
            said += piece
            if times and said.endswith(b": "):
                os.write(terminal, passphrase + b"\n")
                said, times = b"", times - 1
    except OSError:  # how Linux says that the other end of a terminal is closed
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_age
def test_the_age_tool_opens_our_passphrase_slot_as_the_vault_writes_it(tmp_path: Path) -> None:
    sealed, opened = tmp_path / "pass-1.age", tmp_path / "opened"
    sealed.write_bytes(b"".join(seal([b"the case identity"], Passphrase(b"correct horse"))))
    assert b" 18\n" in sealed.read_bytes()
    assert age_at_a_terminal("-d", "-o", str(opened), str(sealed), passphrase=b"wrong horse", times=1) != 0
    assert not opened.exists()
    assert age_at_a_terminal("-d", "-o", str(opened), str(sealed), passphrase=b"correct horse", times=1) == 0
    assert opened.read_bytes() == b"the case identity"


@needs_age
def test_we_open_the_age_tools_passphrase_slot(tmp_path: Path, reading: Reading) -> None:
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(content(65537))
    assert age_at_a_terminal("-p", "-o", str(sealed), str(plain), passphrase=b"correct horse", times=2) == 0
    assert b"".join(open_stream(reading(sealed.read_bytes()), [Passphrase(b"correct horse")])) == content(65537)
