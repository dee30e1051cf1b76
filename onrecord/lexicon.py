"""Lexicons: what onrecord knows of a language, as commented data files (``lexicons/en/*.csv``).

A file opens with ``#`` lines that say what it is, what its columns mean, where it comes from and how to add a row.
Then a header, then rows. The first column is the row's key; the last two are its proof: ``example``, a sentence, and
``finds``, the words in it that the row must set off. ``tests/test_lexicons.py`` reads every example.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path

from onrecord.errors import BadRule

PROOF = ("example", "finds")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``rule`` is its name in reasons (``file#key``), ``values`` its columns without the proof."""

    rule: str
    key: str
    values: Mapping[str, str]
    example: str
    finds: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def words(self, column: str) -> tuple[str, ...]:
        """A column that holds several words, parted by blanks."""
        return tuple(self.values[column].split())

    def flag(self, column: str) -> bool:
        """A column that holds yes or nothing."""
        return self.values[column] == "yes"


@dataclass(frozen=True)
class Lexicon:
    """One lexicon file: its rows in order, and the digest that is kept with every run."""

    name: str
    rows: tuple[Row, ...]
    digest: str
    about: str = field(repr=False, default="")

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @cached_property
    def by_key(self) -> Mapping[str, Row]:
        """Rows by their key; of rows with one key, the first."""
        return {row.key: row for row in reversed(self.rows)}

    @cached_property
    def by_first_word(self) -> Mapping[str, tuple[Row, ...]]:
        """Rows by the first word of their key, longest key first: for matching phrases of several words."""
        found: dict[str, list[Row]] = {}
        for row in sorted(self.rows, key=lambda row: -len(row.key.split())):
            found.setdefault(row.key.split()[0], []).append(row)
        return {word: tuple(rows) for word, rows in found.items()}


def read_lexicon(name: str, data: bytes) -> Lexicon:
    """Read one file. ``name`` is its stem. Raises BadRule, with file:line, for a row that makes no sense."""
    lines = data.decode("utf-8").splitlines()
    about = [line.lstrip("# ") for line in lines if line.startswith("#")]
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise BadRule(f"{name}.csv: holds no header; write the column names in its first line that is no comment")
    header = next(csv.reader([numbered[0][1]]))
    if tuple(header[-2:]) != PROOF:
        raise BadRule(f"{name}.csv:{numbered[0][0]}: the last two columns must be 'example' and 'finds'")
    rows = tuple(_row(name, header, n, line) for n, line in numbered[1:])
    return Lexicon(name, rows, hashlib.sha256(data).hexdigest()[:16], "\n".join(about))


def _row(name: str, header: list[str], n: int, line: str) -> Row:
    cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
    if len(cells) != len(header):
        raise BadRule(f"{name}.csv:{n}: {len(cells)} columns instead of {len(header)} ({', '.join(header)})")
    if not cells[0]:
        raise BadRule(f"{name}.csv:{n}: the first column, the row's key, is empty")
    values = dict(zip(header[:-2], cells, strict=False))
    if cells[-1] and cells[-1] not in cells[-2]:
        raise BadRule(f"{name}.csv:{n}: the example does not hold the words {cells[-1]!r} that it is to prove")
    return Row(f"{name}#{cells[0]}", cells[0], values, cells[-2], cells[-1], n)


@dataclass(frozen=True)
class Lexicons:
    """All lexicons of a language, by name (the file's stem)."""

    files: Mapping[str, Lexicon]

    def __getitem__(self, name: str) -> Lexicon:
        try:
            return self.files[name]
        except KeyError:
            raise BadRule(f"{name}.csv: no such lexicon; there are {', '.join(sorted(self.files))}") from None

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """(name, digest) of every file, sorted: what a run is remembered by."""
        return tuple(sorted((name, lexicon.digest) for name, lexicon in self.files.items()))


def load_lexicons(language: str = "en", folder: Path | None = None) -> Lexicons:
    """The lexicons in the package, each replaced by the file of the same name in ``folder`` if there is one.

    Raises BadRule for a file that makes no sense.
    """
    found = {}
    for file in resources.files("onrecord").joinpath("lexicons", language).iterdir():
        if file.name.endswith(".csv"):
            found[file.name.removesuffix(".csv")] = file.read_bytes()
    if folder is not None:
        found |= {path.stem: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    return Lexicons({name: read_lexicon(name, data) for name, data in sorted(found.items())})
