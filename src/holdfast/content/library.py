"""All knowledge as it lies in the package: read when first asked for, kept, in the order of the file names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Generic, TypeVar

from holdfast.content.country import Country
from holdfast.content.letter import Letter
from holdfast.content.payment import Payment
from holdfast.content.platform import Platform
from holdfast.content.question import Question, Reasons
from holdfast.content.reading import read_letter, read_toml
from holdfast.content.security import Security
from holdfast.content.step import Step, order_problem
from holdfast.errors import ContentError

Noun = TypeVar("Noun")
_NUMBER = re.compile(r"^[0-9]+-")


class Shelf(Mapping[str, Noun], Generic[Noun]):
    """One folder as a mapping from id to struct. A file is read when it is first asked for; a wrong one raises ContentError.

    The id of a file is its name without number and ending; it must equal the id inside.
    """

    def __init__(self, folder: Traversable, ending: str, read: Callable[[str, bytes], Noun], key: str = "id") -> None:
        names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
        self._files = {_NUMBER.sub("", name.removesuffix(ending)): name for name in names if name.endswith(ending)}
        self._folder, self._read, self._key = folder, read, key
        self._kept: dict[str, Noun] = {}

    def __getitem__(self, ident: str) -> Noun:
        if ident not in self._kept:
            shown = self.file_of(ident)
            noun = self._read(shown, (self._folder / self._files[ident]).read_bytes())
            if getattr(noun, self._key) != ident:
                raise ContentError(shown, self._key, f"{getattr(noun, self._key)!r} is not the name of the file")
            self._kept[ident] = noun
        return self._kept[ident]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def file_of(self, ident: str) -> str:
        """The file an id stands in, as errors name it: `countries/pk.toml`."""
        return f"{self._folder.name}/{self._files[ident]}"


class Content:
    """Everything Holdfast knows, by folder. Also built from another folder of the same layout, for tests and data packs."""

    def __init__(self, root: Traversable) -> None:
        def shelf(name: str, shape: type[Noun], key: str = "id") -> Shelf[Noun]:
            return Shelf(root / name, ".toml", lambda file, data: read_toml(file, data, shape), key)

        self._root = root
        self.countries = shelf("countries", Country, "iso")
        self.platforms = shelf("platforms", Platform)
        self.payments = shelf("payments", Payment)
        self.security = shelf("security", Security)
        self.letters = Shelf(root / "letters", ".md", lambda file, data: read_letter(file, data, Letter))
        self.step_files = shelf("steps", Step)
        self.question_files = shelf("questions", Question)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps in the order of their numbers. ContentError if `before` names nothing or goes in a circle."""
        steps = tuple(self.step_files.values())
        if problem := order_problem(steps):
            raise ContentError(self.step_files.file_of(problem[0]), "before", problem[1])
        return steps

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they are asked."""
        return tuple(self.question_files.values())

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Names of facts and the words they are given back in."""
        found = read_toml("reasons.toml", (self._root / "reasons.toml").read_bytes(), Reasons)
        return {reason.fact: reason.says for reason in found.reason}


@lru_cache(maxsize=1)
def load() -> Content:
    """The knowledge in this package; the same object each time."""
    return Content(files("holdfast.content"))
