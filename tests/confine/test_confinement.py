"""A reader that was taken over gets nowhere. Each refusal has its control: the same try, unconfined, succeeds."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from holdfast.confine import Pool, confinement
from holdfast.confine.frames import EMPTY_ROOT
from holdfast.confine.worker import bubblewrapped
from holdfast.intake import BytesHeld
from holdfast.model import Message
from holdfast.readers import Options

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and Landlock are Linux")

COMMAND = (sys.executable, "-s", "-P", str(Path(__file__).with_name("probe.py")))
SECRET = b"CANARY-7f3a passphrase"


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    """What the probe attempts: everything here is really there to be reached."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "evidence").write_bytes(b"CANARY")
    with ExitStack() as held:
        tcp = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        by_path = held.enter_context(socket.socket(socket.AF_UNIX))
        by_path.bind(str(folder / "socket"))
        by_path.listen()
        by_name = held.enter_context(socket.socket(socket.AF_UNIX))
        by_name.bind(f"\0holdfast-test-{os.getpid()}")
        by_name.listen()
        secret = ctypes.create_string_buffer(SECRET)
        yield (
            f"open_file {folder / 'evidence'}",
            "open_file /proc/self/environ",
            f"open_file {sys.executable}",
            f"write_file {folder / 'written'}",
            f"list_folder {folder}",
            f"connect_tcp {tcp.getsockname()[1]}",
            f"send_udp {udp.getsockname()[1]}",
            f"connect_unix {folder / 'socket'}",
            f"connect_unix @holdfast-test-{os.getpid()}",
            f"memory {os.getpid()} {ctypes.addressof(secret)} {len(SECRET)}",
            f"signal {os.getpid()}",
            f"run {shutil.which('true')}",
            "fork",
            "dumpable",
        )


def attempt(pool: Pool, tries: tuple[str, ...]) -> dict[str, str]:
    content = "\n".join(("#probe", *tries)).encode()
    messages = [line for line in pool.read(BytesHeld(content), "probe", Options()) if isinstance(line, Message)]
    return dict(zip(tries, (message.text for message in messages[1:]), strict=True))


def test_unconfined_every_try_succeeds(tries: tuple[str, ...]) -> None:
    with Pool(1, command=COMMAND, confine=False) as pool:
        for one, came in attempt(pool, tries).items():
            assert came.startswith("allowed"), one


def test_confined_no_try_succeeds(tries: tuple[str, ...]) -> None:
    with Pool(1, command=COMMAND) as pool:
        for one, came in attempt(pool, (*tries, "descriptors", "new_namespace")).items():
            # As root, the limit on processes does not count; a process it makes is as shut in as itself.
            assert came.startswith("refused") or (one == "fork" and os.getuid() == 0), f"{one}: {came}"


@pytest.mark.parametrize(
    ("layer", "reachable"),
    [
        ("namespaces", {"fork", "dumpable"}),
        ("landlock", {"fork", "dumpable", "send_udp", "signal", "connect_unix", "run"}),
        ("limits", {"connect_tcp", "send_udp", "connect_unix", "memory", "signal", "dumpable", "fork", "run"}),
    ],
)
def test_each_layer_holds_alone(tries: tuple[str, ...], layer: str, reachable: set[str]) -> None:
    with Pool(1, command=(*COMMAND, layer)) as pool:
        hello = pool.hello()
        if layer == "namespaces" and EMPTY_ROOT not in hello.namespaces:
            pytest.skip("this system gives a worker no file system of its own")
        if layer == "landlock" and not hello.landlock:
            pytest.skip("this kernel has no Landlock")
        for one, came in attempt(pool, tries).items():
            assert came.startswith("refused") or one.split()[0] in reachable, f"{one}: {came}"


def test_a_worker_leaves_the_keys_of_the_session() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    add_key = {"x86_64": 248, "aarch64": 217, "riscv64": 217}.get(os.uname().machine)
    key = -1 if add_key is None else libc.syscall(add_key, b"user", b"holdfast-test", SECRET, len(SECRET), -3)
    if key < 0:
        pytest.skip("this system has no kernel keyring for us")
    came = []
    for confine in (False, True):
        with Pool(1, command=COMMAND, confine=confine) as pool:
            came += attempt(pool, (f"keyring {key}",)).values()
    assert came[0] == f"allowed: {SECRET.decode()}"
    assert came[1].startswith("refused")


def test_a_worker_inherits_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOLDFAST_TEST_SECRET", "CANARY-7f3a")
    with Pool(1, command=COMMAND, confine=False) as pool:
        came = attempt(pool, ("environment HOLDFAST_TEST_SECRET", "environment HOME", "environment PYTHONPATH"))
    assert [text.partition(":")[0] for text in came.values()] == ["refused", "refused", "allowed"]


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_bubblewrap_stands_in_for_namespaces(tries: tuple[str, ...]) -> None:
    command = bubblewrapped((*COMMAND, "limits"))
    assert command is not None
    at = command.index("--dev")
    probe = str(Path(__file__).parent)
    command = (*command[:at], "--ro-bind", probe, probe, *command[at:])
    with Pool(1, command=command) as pool:
        for one, came in attempt(pool, tries).items():
            assert came.startswith("refused") or one.split()[0] in ("fork", "run", "dumpable"), f"{one}: {came}"


def test_what_holds_is_said_in_words() -> None:
    said = confinement().splitlines()
    assert len(said) >= 4
    assert any("Landlock" in line for line in said)
    assert any("512 MB" in line for line in said)
