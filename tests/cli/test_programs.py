"""For programs: one JSON value a line on stdout, words on stderr, keys that stay; and a plan that nobody waits for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import New, Run, command, environment, key_of

KEYS = {
    "new": {"case", "vault", "age", "anchor"},
    "add": {"name", "exhibit", "new", "title", "messages", "read"},
    "show": {"vault", "anchor", "exhibits", "log"},
    "search": {"kind", "place", "text", "sender", "from_me", "sent"},
    "assess": {
        "schema", "findings", "demands", "identifiers", "signals", "actors", "chronology", "not_read",
    },
    "plan": {"place", "day", "steps", "emergency"},
    "verify": {"state", "says"},
    "bundle": {"state", "says"},
}  # fmt: skip


def test_json_is_one_value_a_line_with_words_elsewhere(run: Run, new_case: New, chat: Path, tmp_path: Path) -> None:
    case = new_case("adult")
    key = key_of(case)
    (tmp_path / "long enough").write_text("long enough for this\n")
    runs = {
        "new": run("new", "c", "--adult", "--passphrase-file", "long enough", "--kit-file", "k", "--json"),
        "add": run("add", case, chat, "--me", "Maya", "--json", *key),
        "show": run("show", case, "--log", "--json", *key),
        "search": run("search", case, "family", "--json", *key),
        "assess": run("assess", case, "--json", *key),
        "plan": run("plan", case, "--place", "gb", "--json", *key),
        "verify": run("verify", case, "--json", *key),
        "bundle": run("bundle", case, tmp_path / "b", "--json", *key),
    }
    for verb, ran in runs.items():
        assert ran.code == 0, (verb, ran.err)
        values = [json.loads(line) for line in ran.out.splitlines()]
        assert values, verb
        assert KEYS[verb] <= set(values[0]), (verb, sorted(values[0]))
    exhibit = json.loads(runs["add"].out)["exhibit"]
    assert {"number", "name", "media_type", "size", "sha256", "origin", "added", "seq", "object"} <= set(exhibit)
    items = [json.loads(line)["kind"] for line in run("show", case, "EX-0001", "--json", *key).out.splitlines()]
    assert items[0] == "part"
    assert items.count("message") == 3


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently there")
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path, run: Run, new_case: New) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("".join(f"13/10/2026, 20:48 - Danny: hello {number}\n" for number in range(20_000)))
    for name in ("more.txt", "last.txt"):
        (tmp_path / name).write_text(f"13/10/2026, 20:48 - Danny: one more, {name}\n")
    case = new_case("adult")
    for words in (
        ["read", "chat.txt", "--json"],
        ["read", "chat.txt"],
        ["add", str(case), "chat.txt", "more.txt", "last.txt", "--json", *map(str, key_of(case))],
    ):
        running = subprocess.Popen(
            command(*words), cwd=tmp_path, env=environment(tmp_path / "home"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        assert b"Traceback" not in (said := running.stderr.read())
        assert b"mistake" not in said
        running.wait()
    shown = json.loads(run("show", case, "--json", *key_of(case)).out)["exhibits"]
    assert [exhibit["name"] for exhibit in shown] == ["chat.txt", "more.txt", "last.txt"]  # everything that was named was added


HEAVY = ("apsw", "typst", "cryptography", "re2", "phonenumbers", "stdnum", "fontTools")
WATCHED = """
import sys
from holdfast.cli import main
sys.argv = ["holdfast", *{words}]
try:
    main()
except SystemExit as end:
    print(end.code, sorted(name for name in {heavy} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["plan", "--place", "pk"], ["--help"], ["plan", "--help"]], ids=" ".join)
def test_what_is_needed_this_minute_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    began = time.process_time(), time.monotonic()
    code = WATCHED.format(words=words, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stderr.strip().splitlines()[-1] == "0 []"
    assert time.monotonic() - began[1] < 5  # 0.2 s where nothing else runs
    assert not list(tmp_path.iterdir())


def test_two_at_once_add_both(run: Run, new_case: New, tmp_path: Path) -> None:
    case = new_case("adult")
    running = []
    for one in range(2):
        folder = tmp_path / f"phone {one}"
        folder.mkdir()
        for number in range(6):
            (folder / f"{one}-{number}.txt").write_text(f"13/10/2026, 20:48 - Danny: hello {one} {number}\n")
        adding = command("add", case, folder, *key_of(case))
        running.append(
            subprocess.Popen(
                adding, cwd=tmp_path, env=environment(tmp_path / "home"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
            )
        )
    said = [each.communicate()[0].decode() for each in running]
    assert [each.returncode for each in running] == [0, 0], said
    shown = json.loads(run("show", case, "--json", *key_of(case)).out)["exhibits"]
    assert sorted(exhibit["name"] for exhibit in shown) == sorted(
        f"{one}-{number}.txt" for one in range(2) for number in range(6)
    )
    acknowledged = {line.split()[1]: line.split("  ")[1] for each in said for line in each.splitlines()}
    assert acknowledged == {exhibit["number"]: exhibit["name"] for exhibit in shown}
    assert run("verify", case, "--deep", *key_of(case)).code == 0
