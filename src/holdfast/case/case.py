"""A case, open: what is in it, what goes in, what comes out. It calls the rooms and passes on; rules live in the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import msgspec

from holdfast import assessment, guidance, outputs
from holdfast.case.adding import Added, Adding
from holdfast.case.place import is_there, refuse_unless_new, refuse_unless_there, take_back
from holdfast.confine import Pool
from holdfast.content import load
from holdfast.content.schema import Letter, Question
from holdfast.errors import CannotOpen, WrongUse
from holdfast.intake.files import found
from holdfast.intake.keeping import AgeGroup, ShowsMinor
from holdfast.model import (
    Assessment,
    ByteSource,
    ContainedPart,
    Exhibit,
    Finding,
    Gap,
    Item,
    LogLine,
    Message,
    OffenceMatch,
    PartHead,
    Place,
    Plan,
    Verdict,
)
from holdfast.outputs import CaseView, Reading
from holdfast.outputs.bundle import Seal, bundle_files, write_bundle
from holdfast.readers import Options, readers, with_me
from holdfast.vault import FolderStore, Kit, Vault, VaultIndex, is_case, verify
from holdfast.version import VERSION

TOOL = f"holdfast {VERSION}"
CHUNK = 1 << 20
NEVER_READ = "It was sealed, but adding it was interrupted before it could be read. Add it again."
NOT_QUESTIONS = frozenset({"me", "place"})
Clock = Callable[[], datetime]

_item = msgspec.json.Decoder(PartHead | Item)
_said = msgspec.json.Decoder(dict[str, str])


class Case:
    """One matter of one person, open. `new` and `open` are the ways in.

    Evidence goes in by `add` and never changes; what the person says goes in by `answer`, `judge`, `note` and stays private.
    """

    def __init__(self, folder: Path, vault: Vault, clock: Clock) -> None:
        self.folder = folder
        self.vault = vault
        self._clock = clock
        self._assessed: Assessment | None = None

    @classmethod
    def new(cls, folder: Path, *, passphrase: bytes, kit: Kit, age_group: AgeGroup, clock: Clock) -> Case:
        """A new case in a folder that is not there yet, or is empty. Stopped half-way, it takes away what it had made."""
        cls.refuse_unless_new(folder)
        store = FolderStore(folder)
        try:
            vault = Vault.create(store, passphrase=passphrase, kit=kit, age_group=age_group, now=clock, tool=TOOL)
        except CannotOpen:  # somebody else is making a case there at this moment: what lies there is theirs
            raise
        except BaseException:
            if not is_case(store):
                take_back(store)
            raise
        return cls(folder, vault, clock)

    @classmethod
    def open(cls, folder: Path, *, passphrase: bytes | None = None, identity: str | None = None, clock: Clock) -> Case:
        """With the passphrase, or with the text of a kit or an identity. WrongPassphrase, CannotOpen."""
        cls.refuse_unless_there(folder)
        store = FolderStore(folder)
        return cls(folder, Vault.open(store, passphrase=passphrase, identity=identity, clock=clock, tool=TOOL), clock)

    @staticmethod
    def is_there(folder: Path) -> bool:
        """Whether a folder holds a case: whole, damaged, or one whose making was interrupted."""
        return is_there(folder)

    @staticmethod
    def refuse_unless_there(folder: Path) -> None:
        """CannotOpen where no case is, or where its making was interrupted."""
        refuse_unless_there(folder)

    @staticmethod
    def refuse_unless_new(folder: Path) -> None:
        """WrongUse unless a case can be made in this folder."""
        refuse_unless_new(folder)

    # --- what is in it ------------------------------------------------------------------------------------------------

    @property
    def reference(self) -> str:
        """A short name for papers and telephone calls that says nothing about anybody."""
        digits = sha256(self.vault.id.encode()).hexdigest().upper()
        return f"HF-{digits[:4]}-{digits[4:8]}"

    def exhibits(self) -> tuple[Exhibit, ...]:
        return self.vault.exhibits()

    def log(self) -> tuple[LogLine, ...]:
        return self.vault.log()

    def items(self, exhibit: str | None = None) -> Iterator[PartHead | Item]:
        """Everything that was read, of one exhibit or all, in order; who is speaking as far as the person has said."""
        me = self.me()
        readings = self.vault.readings()
        if exhibit is not None and exhibit not in {known.number for known in self.exhibits()}:
            raise WrongUse(f"There is no exhibit {exhibit}.", next_step="See the numbers with: holdfast show CASE")
        for known in self.exhibits():
            if exhibit not in (None, known.number):
                continue
            if known.number in readings:
                yield from with_me(_items_of(self.vault.open_object(readings[known.number])), me)
            elif known.kept:
                yield Gap(place=Place(file=known.number, unit="file", first=1, last=1), why=NEVER_READ)

    def people(self) -> tuple[str, ...]:
        """Everybody who speaks, by name."""
        return tuple(sorted({item.sender for item in self.items() if isinstance(item, Message) and item.sender}))

    def search(self, words: str, limit: int = 50) -> tuple[Message, ...]:
        """Messages that hold the words, in order; from the index, which catches up first.

        Only they are read, so nobody is called other than the person unless the person speaks among them.
        """
        index = VaultIndex(self.vault)
        try:
            hits = [hit for hit in index.search(words, limit) if hit.exhibit not in index.unread]
        finally:
            index.close()
        readings, found = self.vault.readings(), []
        for number, of_one in groupby(hits, key=lambda hit: hit.exhibit):
            reading = self.vault.open_object(readings[number])
            lines = (_item.decode(reading.read_at(hit.offset, hit.size)) for hit in of_one)
            found += [message for message in with_me(lines, self.me()) if isinstance(message, Message)]
        return tuple(found)

    # --- what goes in -------------------------------------------------------------------------------------------------

    def add(
        self, paths: Iterable[Path], *, origin: str = "", shows_minor: ShowsMinor | None = None, options: Options | None = None
    ) -> Iterator[Added]:
        """Seals files and folders one by one, then reads each. What was sealed stays sealed, whatever comes after."""
        given = options or Options()
        for name in sorted(given.me - self.me()):
            self.answer("me", name)
        given = replace(given, me=self.me())
        self._assessed = None
        with Pool() as pool:
            adding = Adding.of(self.vault, pool, origin, shows_minor, given)
            for file in found(paths):
                yield from adding.file(file)

    def answer(self, question: str, value: str) -> None:
        """Notes an answer, privately. The newest counts; for `me` all count. WrongUse for a question there is not."""
        if question not in NOT_QUESTIONS:
            value = chosen(question, value)
        elif not value.strip():
            raise WrongUse("That answer is empty.", next_step="Write the answer behind the question's name.")
        self._keep("answer", question=question, value=value)
        self._assessed = None

    def answers(self) -> dict[str, tuple[str, ...]]:
        """The newest answer to each question."""
        return {
            said["question"]: tuple(said["value"].split(","))
            for said in self._kept("answer")
            if said["question"] not in NOT_QUESTIONS
        }

    def me(self) -> frozenset[str]:
        """Names, numbers and addresses the person said are theirs."""
        return frozenset(said["value"] for said in self._kept("answer") if said["question"] == "me")

    def place(self) -> str:
        """The country the person named, or `xx`: none in particular."""
        named = [said["value"] for said in self._kept("answer") if said["question"] == "place"]
        return named[-1] if named else "xx"

    def judge(self, finding: str, *, accepted: bool) -> bool:
        """Accepts or rejects a finding by its number. False: there is no such finding."""
        for known in self.assess().findings:
            if known.id == finding:
                self._keep("judgement", finding=_mark(known), state="accepted" if accepted else "rejected")
                return True
        return False

    def judged(self, state: str) -> tuple[str, ...]:
        """Numbers of the findings that were accepted or rejected."""
        marks = {said["finding"]: said["state"] for said in self._kept("judgement")}
        return tuple(known.id for known in self.assess().findings if marks.get(_mark(known)) == state)

    def note(self, words: str, *, reply: bool = False) -> None:
        """Writes in the diary, or parks a reply that is not to be sent."""
        self.vault.record("private", "parked_reply" if reply else "diary", body=words.encode("utf-8", "surrogatepass"))

    def done(self, step: str) -> bool:
        """Marks a step of the plan as done. False: there is no such step."""
        if step not in {known.id for known in load().steps}:
            return False
        self._keep("done", step=step)
        return True

    # --- what comes out -----------------------------------------------------------------------------------------------

    def assess(self) -> Assessment:
        """What is threatened and demanded in everything that was read."""
        if self._assessed is None:
            self._assessed = assessment.assess(item for item in self.items() if not isinstance(item, PartHead))
        return self._assessed

    def next_question(self) -> Question | None:
        """The most pressing question not answered yet."""
        return guidance.questions(load(), self.answers(), place=self.place())

    def plan(self, *, day: date, place: str | None = None, language: str = "en") -> Plan:
        """What to do now, today, this week, for this case."""
        read = tuple(self.items())
        known = {reader.id: reader.platform for reader in readers()}
        platforms = {known[item.reader] for item in read if isinstance(item, PartHead) and item.reader in known}
        items = (item for item in read if not isinstance(item, PartHead))
        return guidance.plan(
            load(),
            place=place or self.place(),
            day=day,
            language=language,
            facts=assessment.facts(self.assess(), items, {}, day, platforms=platforms),
            offences=self.offences(day, place),
            platforms=platforms,
            answers=self.answers(),
            done=tuple(said["step"] for said in self._kept("done")),
        )

    def offences(self, day: date, place: str | None = None) -> tuple[OffenceMatch, ...]:
        """Laws of the place that may apply to what was found, each on the day it was said."""
        here = guidance.where(load(), place or self.place())
        countries = (here.country,) if here.union is None else (here.country, here.union)
        return assessment.may_apply(self.assess(), countries, day)

    def verify(self, *, deep: bool = False, anchor: str | None = None) -> Verdict:
        """Is everything still as it was, from the disk up."""
        return verify(self.vault.store, vault=self.vault, depth="deep" if deep else "quick", anchor=anchor)

    def view(self, place: str | None = None) -> CaseView:
        """The case as papers see it, at this moment."""
        now = self._clock()
        sealed = self.vault.readings()
        read = {number: tuple(self.items(number)) for number in sealed}
        return CaseView(
            vault_id=self.vault.id,
            case_ref=self.reference,
            fingerprint=self.vault.fingerprint,
            anchor=self.vault.anchor(),
            made_at=now.isoformat(timespec="seconds"),
            versions=(
                ("holdfast", VERSION),
                ("threats looked for in", ", ".join(assessment.languages())),
                *((reader.id, reader.version) for reader in readers()),
            ),
            exhibits=tuple(with_parts(exhibit, read.get(exhibit.number, ())) for exhibit in self.exhibits()),
            readings=tuple(
                Reading(exhibit=number, items=items, object=sealed[number].id) for number, items in sorted(read.items())
            ),
            assessment=self.assess(),
            accepted=self.judged("accepted"),
            rejected=self.judged("rejected"),
            plan=self.plan(day=now.date(), place=place),
            offences=self.offences(now.date(), place),
            log=self.log(),
            verdict=self.verify(),
        )

    def dossier(self, *, place: str | None = None, full: bool = False) -> tuple[bytes, ...]:
        """The dossier as PDF, one per volume. The log says that it was made, and its hash."""
        volumes = outputs.dossier_volumes(self.view(place), full=full)
        for number, volume in enumerate(volumes, 1):
            self.vault.record("custody", "export", note=f"dossier, volume {number}, sha256 {sha256(volume).hexdigest()}")
        return volumes

    def letters(self) -> list[Letter]:
        """The letters that can be written."""
        return outputs.letters()

    def write(self, letter: str, *, place: str | None = None) -> tuple[str, list[str]]:
        """A letter as Markdown, and the names of the parts that are still missing."""
        view, here = self.view(place), place or self.place()
        return outputs.write_letter(view, letter, here), outputs.missing_parts(view, letter, here)

    def bundle(self, folder: Path, *, place: str | None = None) -> Verdict:
        """Writes the bundle, reads all of it again, logs it; gives back what checking it said."""
        view = self.view(place)
        seal = Seal(
            leaves=tuple(self.vault.leaf_hashes()),
            entry_bytes=self.vault.entry_bytes,
            sign=self.vault.sign,
            signer=self.vault.signer,
        )
        written = write_bundle(folder, bundle_files(view, seal, self.vault.open_object, outputs.dossier_volumes(view)))
        self.vault.record("custody", "export", note=f"bundle, tagmanifest sha256 {written.tag_sha256}")
        return written.verdict

    # --- inside -------------------------------------------------------------------------------------------------------

    def _keep(self, action: str, **said: str) -> None:
        self.vault.record("private", action, body=msgspec.json.encode(said))

    def _kept(self, action: str) -> list[dict[str, str]]:
        return [_said.decode(body) for _, body in self.vault.private(action)]


def chosen(question: str, value: str) -> str:
    """The answers that were given, each by its id. WrongUse for a question or an answer there is not; neither is repeated."""
    asked = next((known for known in load().questions if known.id == question), None)
    if asked is None:
        raise WrongUse("There is no question of that name.", next_step="See the next question with: holdfast answer CASE")
    given = [each.strip() for each in value.split(",") if each.strip()]
    known = [answer.id for answer in asked.answer]
    if not given or not set(given) <= set(known) or (len(given) > 1 and not asked.many):
        many = "One or more of these, with commas between" if asked.many else "One of these"
        raise WrongUse("That is not an answer to this question.", next_step=f"{many}: {', '.join(known)}.")
    return ",".join(given)


def with_parts(exhibit: Exhibit, items: Iterable[PartHead | Item]) -> Exhibit:
    """A container with what its reading found inside it. The container itself was sealed whole, before anyone looked inside."""
    if exhibit.parts:
        return exhibit
    heads = [item for item in items if isinstance(item, PartHead) and item.part]
    return msgspec.structs.replace(
        exhibit,
        parts=tuple(
            ContainedPart(part=head.part, size=head.size, sha256=head.sha256, media_type=head.media_type or "")
            for head in heads
        ),
    )


def _items_of(reading: ByteSource) -> Iterator[PartHead | Item]:
    """A sealed reading, line by line; never more of it in memory than a chunk and the longest line."""
    rest, offset = b"", 0
    while chunk := reading.read_at(offset, CHUNK):
        offset += len(chunk)
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield _item.decode(line)


def _mark(finding: Finding) -> str:
    """What a judgement is about, whatever number the finding has next time: its label and its place."""
    place = finding.place
    where = (place.file, *place.part, str(place.first)) if place else ()
    return "\x1f".join((finding.label, str(finding.start), str(finding.end), *where))
