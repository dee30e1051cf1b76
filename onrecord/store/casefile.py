"""The case file: made in one step, opened with care, kept whole.

One writer at a time; others wait up to ten seconds. Every failure of SQLite becomes a ``BadCase`` that says what is
wrong with which file. Readers never lock a writer out (write-ahead log).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any

from onrecord.errors import BadCase

# "onrc" in ASCII, at byte 68 of the file: what makes an SQLite file a case.
APPLICATION_ID = 0x6F6E7263
# The version of schema.sql; each newer one has its step in migrations/.
VERSION = 5
# STRICT tables came with this one.
OLDEST_SQLITE = (3, 37, 0)
# How long a writer waits for another one, in seconds.
PATIENCE = 10.0
# The words that every SQLite file begins with.
MAGIC = b"SQLite format 3\x00"

Params = Sequence[object]


class CaseFile:
    """An open case. A context manager; ``close`` is safe to call twice."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with explained(self.path, self._connection):
            return self._connection.execute(sql, params).fetchall()

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with explained(self.path, self._connection):
            row: tuple[Any, ...] | None = self._connection.execute(sql, params).fetchone()
            return row

    def run(self, sql: str, params: Params = ()) -> int:
        """Run one writing statement; the number of the row that it added last."""
        with explained(self.path, self._connection):
            return self._connection.execute(sql, params).lastrowid or 0

    def many(self, sql: str, rows: Iterable[Params]) -> None:
        """Run one writing statement for many rows."""
        with explained(self.path, self._connection):
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept only if the block ends without an error."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def scrub(self) -> None:
        """Rewrite the file, so that no word of what was deleted stays in it or beside it.

        Raises BadCase if another program reads the case and will not let go within ten seconds.
        """
        self.run("INSERT INTO sentence_words (sentence_words) VALUES ('rebuild')")
        self.run("VACUUM")
        busy = self.one("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy is not None and busy[0]:
            raise BadCase(
                f"{self.path}: what was deleted is out of the case, but another program reads the file, "
                "and old bytes may stay beside it until that ends; close it and run the same command again"
            )

    def faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong with the file, in its words: damaged pages, rows that refer to none."""
        for (line,) in self.rows("PRAGMA integrity_check(100)"):
            if line != "ok":
                yield f"the file is damaged: {line}"
        for table, row, parent, _ in self.rows("PRAGMA foreign_key_check"):
            yield f"a row of {table} ({row}) refers to a row of {parent} that is not there"
        with explained(self.path, self._connection):
            try:
                self._connection.execute(
                    "INSERT INTO sentence_words (sentence_words, rank) VALUES ('integrity-check', 1)"
                )
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname != "SQLITE_READONLY":
                    raise
            except sqlite3.DatabaseError:
                yield "the full-text index does not fit the sentences"

    def close(self) -> None:
        """Close the file. The last one to close it leaves a single file behind."""
        self._connection.close()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


# ------------------------------------------------------------------------------------------------ open and create


def open_case(path: Path, *, write: bool = True) -> CaseFile:
    """Open a case that is there; an older one is copied, then brought up to this version.

    Raises BadCase, with the cause, for anything that is not a case of this version or an older one.
    """
    _check_looks(path)
    connection = _connect(path, write=write)
    try:
        _check_version(path, connection)
        version = _version(path, connection)
        if version < VERSION:
            if not write:
                raise BadCase(
                    f"{path}: was made by an older onrecord (version {version}); run `onrecord reread {path}` "
                    "or any other command that writes, to bring it up to date"
                )
            migrate(path, connection, version, steps())
    except BaseException:
        connection.close()
        raise
    return CaseFile(path, connection)


def create_case(path: Path) -> CaseFile:
    """Make a case and open it. It appears whole under its name or not at all; if another made it first, theirs is used.

    Raises BadCase if it cannot be made.
    """
    try:
        name = tempfile.mktemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)  # noqa: S306 opened by us below
        made = Path(name)
        try:
            _fill(path, made)
            _give_name(made, path)
        finally:
            for part in (made, *(made.with_name(made.name + end) for end in ("-wal", "-shm"))):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise BadCase(f"{path}: cannot be made here: {error.strerror or error}") from error
    return open_case(path)


def _fill(path: Path, made: Path) -> None:
    if not path.parent.is_dir():
        raise BadCase(f"{path}: cannot be made, there is no folder {path.parent}")
    connection = sqlite3.connect(made, isolation_level=None)
    try:
        with explained(path, connection):
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};\n"
                f"{schema()}\nCOMMIT;"
            )
            connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _give_name(made: Path, path: Path) -> None:
    """Put the new file under its name, unless one has that name by now."""
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            made.rename(path)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection with all settings made. Reading also works where nothing may be written."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise BadCase(f"{path}: this Python brings SQLite {sqlite3.sqlite_version}; a case needs 3.37 or newer")
    address = path.absolute().as_uri()
    connection = _try(path, f"{address}?mode={'rw' if write else 'ro'}", write=write)
    if connection is None and not write and not path.with_name(path.name + "-wal").exists():
        connection = _try(path, f"{address}?mode=ro&immutable=1", write=False)
    if connection is None:
        what = "written" if write else "read"
        raise BadCase(f"{path}: cannot be {what}: no permission for the file or its folder")
    return connection


def _try(path: Path, address: str, *, write: bool) -> sqlite3.Connection | None:
    """Open and touch the file. None if the system forbids it."""
    connection: sqlite3.Connection | None = None
    try:
        with explained(path, None):
            connection = sqlite3.connect(
                address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA foreign_keys = ON")
            if write:
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA journal_size_limit = 33554432")
                if not os.access(path, os.W_OK):
                    raise _Forbidden(str(path))
            return connection
    except _Forbidden:
        if connection is not None:
            connection.close()
        return None
    except BaseException:
        if connection is not None:
            connection.close()
        raise


def _check_looks(path: Path) -> None:
    """What can be told without SQLite: there is such a file, and it begins as one of SQLite's."""
    try:
        if path.is_dir():
            raise BadCase(f"{path}: is a folder, not a case")
        if not path.exists():
            raise BadCase(f"{path}: there is no such case; `onrecord add {path} FILES` makes one")
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise BadCase(f"{path}: cannot be read: {error.strerror or error}") from error
    if not head:
        raise BadCase(f"{path}: is an empty file, not a case; delete it or choose another name")
    if not head.startswith(MAGIC[: len(head)]):
        raise BadCase(f"{path}: is not a case of onrecord (nor any SQLite file)")
    if len(head) < 100:
        raise BadCase(f"{path}: is damaged: it was cut off after {len(head)} bytes; take a copy from your backup")


def _check_version(path: Path, connection: sqlite3.Connection) -> None:
    with explained(path, connection):
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != APPLICATION_ID:
        raise BadCase(f"{path}: is an SQLite file, but not a case of onrecord")
    version = _version(path, connection)
    if version > VERSION:
        raise BadCase(
            f"{path}: was made by a newer onrecord (case version {version}, this one knows {VERSION}); "
            "install it: pip install --upgrade onrecord"
        )


def _version(path: Path, connection: sqlite3.Connection) -> int:
    with explained(path, connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


# ------------------------------------------------------------------------------------------------ schema and steps


def schema() -> str:
    """``schema.sql``: the truth."""
    return resources.files("onrecord.store").joinpath("schema.sql").read_text(encoding="utf-8")


def steps() -> dict[int, str]:
    """The numbered steps in ``migrations/``, by the version to which each one leads."""
    folder = resources.files("onrecord.store").joinpath("migrations")
    files = [file for file in folder.iterdir() if file.name.endswith(".sql")]
    return {int(file.name.split("_")[0]): file.read_text(encoding="utf-8") for file in files}


def migrate(path: Path, connection: sqlite3.Connection, version: int, known: dict[int, str]) -> Path:
    """Copy the case beside itself, then bring it up one version after the other, each in one transaction.

    Returns where the copy is. Raises BadCase if a step is missing or fails; the case is then as it was before it.
    """
    copy = _free_name(path, version)
    with explained(path, connection):
        connection.execute("VACUUM INTO ?", (str(copy),))
        for target in range(version + 1, max(known) + 1):
            if target not in known:
                raise BadCase(f"{path}: there is no step from case version {target - 1} to {target}")
            try:
                connection.executescript(f"BEGIN IMMEDIATE;\n{known[target]}\nPRAGMA user_version = {target};\nCOMMIT;")
            except sqlite3.Error:
                connection.rollback()
                raise
    return copy


def _free_name(path: Path, version: int) -> Path:
    copy = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    n = 2
    while copy.exists():
        copy = path.with_name(f"{path.stem}.v{version}-{n}{path.suffix}")
        n += 1
    return copy


# ------------------------------------------------------------------------------------------------ SQLite's errors


class _Forbidden(Exception):
    """The system does not let us open or write the file."""


@contextmanager
def explained(path: Path, connection: sqlite3.Connection | None) -> Iterator[None]:
    """Turn SQLite's errors into a BadCase that says what is wrong and what to do. Bugs in our own SQL stay crashes."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if connection is None and name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_READONLY", "SQLITE_AUTH")):
            raise _Forbidden(str(path)) from error
        cause = next((words for code, words in CAUSES if name.startswith(code)), None)
        if cause is None:
            raise
        raise BadCase(f"{path}: {cause}{_what_is_kept(name, connection)}") from error


CAUSES = (
    ("SQLITE_BUSY", f"another program has been writing to it for {PATIENCE:.0f} seconds; try again when it is done"),
    ("SQLITE_LOCKED", f"another program has been writing to it for {PATIENCE:.0f} seconds; try again when it is done"),
    ("SQLITE_FULL", "the disk is full"),
    ("SQLITE_IOERR", "cannot be written or read: the disk is full, or broken"),
    ("SQLITE_CORRUPT", "is damaged: parts of the file are missing or overwritten; take a copy from your backup"),
    ("SQLITE_NOTADB", "is not a case of onrecord (nor any SQLite file)"),
    ("SQLITE_READONLY", "cannot be written: no permission for the file or its folder"),
    ("SQLITE_CANTOPEN", "cannot be opened: it was moved or deleted, or there is no permission for its folder"),
    ("SQLITE_TOOBIG", "cannot keep a report or file of more than 1 GB"),
)


def _what_is_kept(name: str, connection: sqlite3.Connection | None) -> str:
    """After a full disk: how many reports are safe."""
    if connection is None or not name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return ""
    try:
        if connection.in_transaction:
            connection.rollback()
        (n,) = connection.execute("SELECT count(*) FROM report").fetchone()
    except sqlite3.Error:
        return "; nothing that was in the case is lost"
    return f"; nothing was lost, {n} report{'' if n == 1 else 's'} {'is' if n == 1 else 'are'} in the case"
