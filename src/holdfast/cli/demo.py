"""The main job, end to end, on invented exports or on the person's own: `make demo`, `make demo FROM=folder`."""

from __future__ import annotations

import re
import secrets
import shlex
import shutil
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from holdfast import case as line
from holdfast.cli.clock import now
from holdfast.cli.findings import tell
from holdfast.cli.papers import volume_names
from holdfast.cli.secrets import identity_from
from holdfast.cli.speech import aside, count, named, say, shown
from holdfast.errors import WrongUse
from holdfast.model import Plan, Verdict

if TYPE_CHECKING:
    from holdfast.case import AgeGroup, Case

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "maya"
ANSWERS = "answers.toml"
MARK = ".made-by-holdfast-demo"
WRITTEN = re.compile(
    r"case|bundle|dossier(-\d+)?\.pdf|letter-[a-z_-]+\.md|plan\.md|kit\.txt|passphrase\.txt|\.made-by-holdfast-demo"
)
URGENCIES = {"now": "Now", "today": "Today", "this_week": "This week", "later": "Later"}
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@click.command()
@click.option("--from", "source", type=click.Path(path_type=Path, file_okay=False), help="Folder with your own exports.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo-out"), show_default=True)
@click.option("--place", help="Country as two letters.")
@click.option("--me", multiple=True, help="Your own name in the exports.")
def demo(source: Path | None, out: Path, place: str | None, me: tuple[str, ...]) -> None:
    """From exports to dossier, plan, letter and bundle, in one go. Without --from: Maya, an invented person."""
    folder = source or SAMPLES
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {named(folder)}.", next_step="Check its name; drag the folder here if you can.")
    if folder.resolve().is_relative_to(out.resolve()):
        raise WrongUse("What the demo writes cannot go where your exports are.", next_step="Choose another folder with --out.")
    told = answers_in(folder)
    files = [path for path in sorted(folder.iterdir()) if is_export(path, out)]
    if not files:
        raise WrongUse(f"There is nothing in {named(folder)}.", next_step="Put an exported chat or a saved mail into it.")
    began = time.monotonic()
    fresh(out)
    opened = new_case(out, told.age)
    aside(f"A case was made in {named(out)}/case, with a passphrase in passphrase.txt and a recovery kit in kit.txt.")
    aside("In your own case both stay away from this computer.\n")
    say("KEEP   seal the originals, then read them")
    for added in opened.add(files, origin="from the folder given to demo", options=line.options(me=me or told.me)):
        name = shown(added.name)
        if added.exhibit is None:
            say(f"  not added  {name}: {added.refused}")
        else:
            read = f"{added.title}, {count(added.messages, 'message')}" if added.title else "a kind of file not read yet"
            say(f"  {added.exhibit.number}  {name}  ({read})")
    for question, value in told.answers:
        opened.answer(question, value)
    opened.answer("place", place or told.place)
    say("\nREAD   what is said in them")
    tell(opened.assess())
    papers = write_papers(opened, out)
    say("\nDO     what to do; how, who to call, and where each fact comes from is in plan.md")
    tell_steps(opened.plan(day=now().date()))
    goodbye(opened, out, papers, time.monotonic() - began)


def is_export(path: Path, out: Path) -> bool:
    """Whether something in the folder is evidence: not the answers, not a hidden file, not what the demo wrote before."""
    return path.name != ANSWERS and not path.name.startswith(".") and path.resolve() != out.resolve()


@dataclass(frozen=True, slots=True)
class Told:
    """What a folder's answers.toml says: names, country, age group, answers to questions. All of it optional."""

    me: tuple[str, ...] = ()
    place: str = "xx"
    age: AgeGroup = "unsure"
    answers: tuple[tuple[str, str], ...] = ()


def answers_in(folder: Path) -> Told:
    """The answers beside the exports, if somebody put them there."""
    file = folder / ANSWERS
    if not file.exists():
        return Told()
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{ANSWERS} cannot be understood.", next_step="Compare it with the one in samples/maya.") from error
    age: AgeGroup = "adult" if told.get("age") == "adult" else "minor" if told.get("age") == "minor" else "unsure"
    answers, me = told.get("answers", {}), told.get("me", [])
    if not isinstance(answers, dict) or not isinstance(me, str | list):
        raise WrongUse(f"{ANSWERS} cannot be understood.", next_step="Compare it with the one in samples/maya.")
    answers = tuple((str(key), str(value)) for key, value in answers.items())
    me = (me,) if isinstance(me, str) else tuple(map(str, me))
    return Told(me=me, place=str(told.get("place", "xx")), age=age, answers=answers)


def fresh(out: Path) -> None:
    """An empty folder for the demo; one is only ever cleared when an earlier demo made everything in it."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists() or not all(WRITTEN.fullmatch(path.name) for path in out.iterdir()):
            raise WrongUse(f"There is already something in {named(out)}.", next_step="Choose another folder with --out.")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()


def new_case(out: Path, age: AgeGroup) -> Case:
    """A new case with a passphrase made for it, opened once with its kit as the kit was written."""
    passphrase = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(5))
    (out / "passphrase.txt").write_text(passphrase + "\n")
    kit = line.Kit.generate()
    made = line.Case.new(out / "case", passphrase=passphrase.encode(), kit=kit, age_group=age, clock=now)
    (out / "kit.txt").write_text(kit.paper(made.vault.anchor()))
    line.Case.open(out / "case", identity=identity_from(out / "kit.txt"), clock=now)
    return made


def tell_steps(plan: Plan) -> None:
    """The plan in headings."""
    for urgency, words in URGENCIES.items():
        steps = [step for step in plan.steps if step.urgency == urgency]
        if steps:
            say(f"  {words}")
        for step in steps:
            say(f"    - {step.title}")


def write_papers(opened: Case, out: Path) -> Verdict:
    """Plan, letters, dossier, bundle; gives back what checking the bundle said."""
    plan = opened.plan(day=now().date())
    (out / "plan.md").write_text(line.plan_text(plan, markdown=True), encoding="utf-8")
    for letter in opened.letters():
        text, _ = opened.write(letter.id)
        (out / f"letter-{letter.id}.md").write_text(text, encoding="utf-8")
    volumes = opened.dossier()
    for volume, path in zip(volumes, volume_names(out / "dossier.pdf", len(volumes)), strict=True):
        path.write_bytes(volume)
    return opened.bundle(out / "bundle")


def command_here() -> str:
    """How this very Holdfast is called again from here, ready to be copied."""
    script = Path(sys.executable).with_name("holdfast")
    if not script.exists():
        return f"{shlex.quote(sys.executable)} -m holdfast"
    here = Path.cwd()
    return shlex.quote(str(script.relative_to(here) if script.is_relative_to(here) else script))


def goodbye(opened: Case, out: Path, checked: Verdict, seconds: float) -> None:
    holdfast = command_here()
    say(f"\nDone in {seconds:.0f} seconds. Nothing was sent anywhere.\n")
    say(f"Open first   {out}/dossier.pdf    what happened, with every quote and where it stands")
    say(f"             {out}/plan.md        what to do now, today, this week, with sources")
    for letter in opened.letters():
        say(f"             {out}/letter-{letter.id}.md")
    case, bundle, passphrase = (shlex.quote(f"{out}/{name}") for name in ("case", "bundle", "passphrase.txt"))
    say(f"\nCheck        {holdfast} verify {case} --deep --passphrase-file {passphrase}")
    say(f"             {holdfast} verify {bundle}")
    say(f"             without Holdfast: the commands in {out}/bundle/README.txt")
    say(f"\nThe bundle was read back: {checked.state.replace('_', ' ')}. Signing key {checked.fingerprint}")
    say("Compare that fingerprint with the person who gives you a bundle, by another way than the bundle itself.")
