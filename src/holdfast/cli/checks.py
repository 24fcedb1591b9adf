"""Checks: is everything still as it was, what holds on this computer, what is stale in our own knowledge."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from holdfast import case as line
from holdfast.cli.clock import now
from holdfast.cli.opening import opened_case
from holdfast.cli.secrets import opening_options
from holdfast.cli.speech import count, data, say
from holdfast.errors import WrongUse
from holdfast.model import Verdict


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--deep", is_flag=True, help="Decrypt and hash everything, not only the log.")
@click.option("--anchor", help="The line from the kit or the dossier: shows whether something was taken back since.")
@click.option("--fingerprint", help="Of a bundle's signing key, as the person told you by another way.")
@click.option("--json", "as_json", is_flag=True, help="Data on stdout.")
@opening_options
def verify(
    path: Path,
    deep: bool,
    anchor: str | None,
    fingerprint: str | None,
    as_json: bool,
    passphrase_file: Path | None,
    identity: Path | None,
) -> None:
    """Check a case or a bundle. One of: consistent, matches the anchor you gave, damaged at FILE."""
    line.refuse_missing([path])
    if line.Case.is_there(path):
        verdict = verdict_on_case(path, deep, anchor, passphrase_file, identity)
    else:
        verdict = line.verify_bundle(path, anchor=anchor, fingerprint=fingerprint)
    if as_json:
        data(verdict)
    else:
        tell(verdict)
    sys.exit(1 if verdict.state == "damaged" else 0)


def verdict_on_case(path: Path, deep: bool, anchor: str | None, passphrase_file: Path | None, identity: Path | None) -> Verdict:
    if nothing_given(passphrase_file, identity):
        return line.verify_folder(path, anchor=anchor)
    return opened_case(path, passphrase_file, identity).verify(deep=deep, anchor=anchor)


def nothing_given(passphrase_file: Path | None, identity: Path | None) -> bool:
    """No key and nobody to ask: what can be checked without one is checked, and the verdict says what was not."""
    return passphrase_file is None and identity is None and not sys.stdin.isatty()


def tell(verdict: Verdict) -> None:
    words = {
        "consistent": "Consistent.",
        "matches_anchor": "Matches the anchor you gave.",
        "damaged": f"Damaged at {verdict.file}.",
    }
    say(words[verdict.state])
    for damage in verdict.damage:
        say(f"  {damage}")
    for sentence in verdict.says:
        say(f"  {sentence}")
    if verdict.fingerprint and not any(verdict.fingerprint in sentence for sentence in verdict.says):
        say(f"  Signing key: {verdict.fingerprint}")
    if verdict.head:
        say(f"  Head: {verdict.head}")


@click.command()
@click.argument("what", type=click.Choice(["content"]), required=False)
@click.option("--only", help="Only this place, as two letters.")
@click.option("--summary", is_flag=True, help="Counts only.")
def check(what: str | None, only: str | None, summary: bool) -> None:
    """What holds on this computer; with "content", what in our own knowledge is stale, unchecked or contradictory."""
    if what is None:
        for sentence in line.confinement():
            say(sentence)
        return
    problems = line.check_content(only=only, today=now().date())
    if only is not None and not problems and not line.is_known(only):
        raise WrongUse(f"There is no file about {only}.", next_step="Write a country as two letters, or a service by its name.")
    kinds: dict[str, int] = {}
    for problem in problems:
        kinds[problem.kind] = kinds.get(problem.kind, 0) + 1
        if not summary:
            say(f"{problem.kind}: {problem.file}: {problem.key}: {problem.why}")
    say("Every content file has the right shape. " + "; ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    if not problems:
        say(count(0, "problem"))
