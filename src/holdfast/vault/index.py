"""The search index: an encrypted SQLite file made from the readings. A cache, never evidence: it may be deleted at any time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import apsw
import msgspec

from holdfast.errors import Damaged
from holdfast.model import Place
from holdfast.vault.contents import Contents
from holdfast.vault.layout import INDEX
from holdfast.vault.sealing import bytes_of
from holdfast.vault.store import FolderStore
from holdfast.vault.words import phrases_of, words_of

_MADE_AS = f"2 {unicodedata.unidata_version}"
"""Another way of making words, or another Unicode, and the index is made anew."""
_PER_EXHIBIT = 1 << 32
_DAMAGED = (apsw.NotADBError, apsw.CorruptError, apsw.SQLError, apsw.MismatchError)


class Row(NamedTuple):
    """One message of a reading: its number there (from 1), its place, what can be searched in it.

    `offset` and `size`: where its line stands in the reading, in bytes, without the line's end.
    """

    ordinal: int
    place: Place
    text: str
    offset: int = 0
    size: int = 0

    def stands(self) -> tuple[int, int, int, int]:
        """First and last unit, offset and size."""
        return self.place.first, self.place.last, self.offset, self.size


class Hit(NamedTuple):
    """A message that has all that was looked for, and where its line stands in the exhibit's reading, in bytes."""

    exhibit: str
    ordinal: int
    place: Place
    offset: int
    size: int


class VaultIndex:
    """Search over all readings of an open case. It catches up with the case, and makes itself anew when it is damaged."""

    def __init__(self, case: Contents, path: Path | None = None) -> None:
        """`path` defaults to index.db in the case's folder; a case that lies in no folder is indexed in memory."""
        self._case = case
        self._path = path or (case.store.folder / INDEX if isinstance(case.store, FolderStore) else None)
        self.unread: dict[str, str] = {}
        """Exhibits whose reading could not be read, and why: nothing in them can be found here."""
        self._database = self._opened()

    def close(self) -> None:
        self._database.close()

    def catch_up(self) -> None:
        """Index every reading that is not in yet, or was replaced by a newer one."""
        done = dict(self._database.execute("select exhibit, reading from done"))
        for exhibit, reading in self._case.readings().items():
            if done.get(_number(exhibit)) != reading.id:
                try:
                    self.add(exhibit, rows_of(bytes_of(self._case.open_object(reading))), reading.id)
                except Damaged as damage:
                    self.unread[exhibit] = str(damage)

    def add(self, exhibit: str, rows: Iterable[Row], reading: str = "") -> None:
        """Put in the rows of an exhibit, in place of what was there: all of them or none."""
        number = _number(exhibit)
        first, last = number * _PER_EXHIBIT, (number + 1) * _PER_EXHIBIT - 1
        with self._database:
            self._database.execute(
                "delete from words where rowid in (select id from rows where id between ? and ?)", (first, last)
            )
            self._database.execute("delete from rows where id between ? and ?", (first, last))
            spots: dict[tuple[str, tuple[str, ...], str], int] = {}
            for batch in _batches(rows):
                self._database.executemany(
                    "insert into rows(id, spot, first, last, start, size) values (?, ?, ?, ?, ?, ?)",
                    [(first + row.ordinal, self._spot(row.place, spots), *row.stands()) for row in batch],
                )
                self._database.executemany(
                    "insert into words(rowid, text) values (?, ?)", [(first + row.ordinal, words_of(row.text)) for row in batch]
                )
            self._database.execute("insert or replace into done(exhibit, reading) values (?, ?)", (number, reading))

    def search(self, query: str, limit: int = 100) -> list[Hit]:
        """The first `limit` messages, in order of exhibit and message, that have all of the query's phrases."""
        try:
            self.catch_up()
            return self._search(query, limit)
        except _DAMAGED:
            self._start_anew()
            self.catch_up()
            return self._search(query, limit)

    def _spot(self, place: Place, known: dict[tuple[str, tuple[str, ...], str], int]) -> int:
        """Number of a place's file, part and unit, which most messages of an exhibit share."""
        key = (place.file, place.part, place.unit)
        if key not in known:
            spot = msgspec.json.encode(key).decode()
            self._database.execute("insert or ignore into spots(spot) values (?)", (spot,))
            known[key] = int(self._database.execute("select number from spots where spot = ?", (spot,)).get)
        return known[key]

    def _search(self, query: str, limit: int) -> list[Hit]:
        phrases = phrases_of(query)
        if not phrases:
            return []
        match = " AND ".join(f'"{phrase.words}"{" *" if phrase.prefix else ""}' for phrase in phrases)
        found = self._database.execute(
            "select id, spots.spot, first, last, start, size from rows join spots on spots.number = rows.spot "
            "where id in (select rowid from words where words match ? order by rowid limit ?) order by id",
            (match, limit),
        )
        return [
            Hit(_exhibit(row // _PER_EXHIBIT), row % _PER_EXHIBIT, _place(spot, first, last), start, size)
            for row, spot, first, last, start, size in found
        ]

    def _opened(self) -> apsw.Connection:
        try:
            return self._connected()
        except _DAMAGED:
            self._remove_file()
            return self._connected()
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            self._path = None  # a case on a disk that can only be read is indexed in memory
            return self._connected()

    def _connected(self) -> apsw.Connection:
        database = apsw.Connection(str(self._path) if self._path else ":memory:")
        try:
            database.set_busy_timeout(5000)
            if self._path:
                database.pragma("cipher", "aegis")
                database.pragma("key", f"raw:{self._case.index_key().hex()}")
            database.pragma("temp_store", 2)  # memory: nothing readable in temporary files
            database.pragma("secure_delete", 1)
            if _made_as(database) != _MADE_AS:
                _make_tables(database)
        except BaseException:
            database.close()
            raise
        return database

    def _start_anew(self) -> None:
        self._database.close()
        self._remove_file()
        self._database = self._connected()

    def _remove_file(self) -> None:
        if self._path:
            for ending in ("", "-journal", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    self._path.with_name(self._path.name + ending).unlink()


def rows_of(chunks: Iterable[bytes]) -> Iterator[Row]:
    """The messages of a reading (JSON Lines, as readers make it): subject and text can be searched."""
    decoder, ordinal = msgspec.json.Decoder(_Line), 0
    for offset, line in _lines(chunks):
        found = decoder.decode(line)
        if found.kind == "message" and found.place is not None:
            ordinal += 1
            text = f"{found.subject}\n{found.text}" if found.subject else found.text
            yield Row(ordinal, found.place, text, offset, len(line))


def scan(case: Contents, query: str, limit: int = 100) -> list[Hit]:
    """What `VaultIndex.search` gives, by reading everything: slower, and without an index. Damaged at a broken reading."""
    phrases = phrases_of(query)
    found: list[Hit] = []
    if not phrases:
        return found
    for exhibit, reading in sorted(case.readings().items(), key=lambda each: _number(each[0])):
        for row in rows_of(bytes_of(case.open_object(reading))):
            words = words_of(row.text)
            if all(phrase.within(words) for phrase in phrases):
                found.append(Hit(exhibit, row.ordinal, row.place, row.offset, row.size))
                if len(found) == limit:
                    return found
    return found


class _Line(msgspec.Struct):
    kind: str
    place: Place | None = None
    text: str = ""
    subject: str | None = None


def _made_as(database: apsw.Connection) -> str:
    if not database.execute("select 1 from sqlite_master where name = 'made_as'").fetchall():
        return ""
    return str(database.execute("select how from made_as").get)


def _make_tables(database: apsw.Connection) -> None:
    with database:
        for name in ("made_as", "done", "rows", "spots", "words"):
            database.execute(f"drop table if exists {name}")
        # The tokenizer is "ascii" because it takes every other character as it is: `words_of` has cut and folded already.
        database.execute("create virtual table words using fts5(text, content='', contentless_delete=1, tokenize='ascii')")
        database.execute("create table spots(number integer primary key, spot text not null unique)")
        database.execute("create table rows(id integer primary key, spot int, first int, last int, start int, size int)")
        database.execute("create table done(exhibit integer primary key, reading text not null)")
        database.execute("create table made_as(how text not null)")
        database.execute("insert into made_as values (?)", (_MADE_AS,))


def _place(spot: str, first: int, last: int) -> Place:
    file, part, unit = msgspec.json.decode(spot, type=tuple[str, tuple[str, ...], str])
    return Place(file=file, part=part, unit=unit, first=first, last=last)


def _number(exhibit: str) -> int:
    return int(exhibit.removeprefix("EX-"))


def _exhibit(number: int) -> str:
    return f"EX-{number:04}"


def _batches(rows: Iterable[Row], size: int = 10_000) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines that are not empty, without their end, each with its offset in bytes."""
    rest: list[bytes] = []
    offset = 0
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        rest.append(first)
        for other in others:
            if line := b"".join(rest):
                yield offset, line
            offset += len(line) + 1
            rest = [other]
    if line := b"".join(rest):
        yield offset, line
