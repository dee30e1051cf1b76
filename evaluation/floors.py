"""Figures and their floors: a row of a scorer, a bound for a figure, and the file that holds all bounds.

``floors.toml`` has three tables for each part: the digest of each gold file, the least that a figure may be, and the
most (where less is better). A figure is named "data · measure · field"; to hold one more, write its name there with
the bound 0 or inf, and run ``python -m evaluation.evaluate --raise-floors``. Floors only rise.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The figures of a row: its field in the scorers' output, and how we call it. The first four are shares.
FIELDS = {"p": "P", "r": "R", "f1": "F1", "acc": "share", "value": "value", "right": "n", "n": "n"}


class NotMeasured(Exception):
    """A part could not be measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a scorer: what was measured on which data. Shares are per cent."""

    data: str
    measure: str
    figures: Mapping[str, float]
    gold: int | None = None

    @classmethod
    def of(cls, data: str, given: Mapping[str, Any]) -> Row:
        """A row as the scorers print it: {part, measure, p, r, f1, acc, right, system, gold}, shares from 0 to 1."""
        figures = {
            name: round(100 * given[key] if key in {"p", "r", "f1", "acc"} else given[key], 3)
            for key, name in FIELDS.items()
            if given.get(key) is not None
        }
        part = re.sub(r"^\d+ ", "", given.get("part", ""))
        gold = given.get("gold", given.get("of"))
        return cls(data, f"{part}: {given['measure']}" if part else given["measure"], figures, gold)

    def named(self) -> Iterator[tuple[str, float]]:
        """Each figure with its full name, as in ``floors.toml``."""
        return ((f"{self.data} · {self.measure} · {name}", figure) for name, figure in self.figures.items())


Floors = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure against its bound, on the side ``at_least`` or ``at_most``. None: there was nothing to measure it on."""

    name: str
    now: float | None
    bound: float
    side: str

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its bound."""
        if self.now is None:
            return self.side == "at_least" and self.bound == 0
        return self.now >= self.bound if self.side == "at_least" else self.now <= self.bound


def rounded(name: str, figure: float) -> float:
    """As figures are compared and printed: to one decimal; a value in a unit of its own to two."""
    return round(figure, 2 if name.endswith("value") else 1)


def compare(rows: Sequence[Row], floors: Mapping[str, Mapping[str, Any]]) -> list[Verdict]:
    """Each figure of a part that has a bound, against it."""
    figures = dict(named for row in rows for named in row.named())
    return [
        Verdict(name, rounded(name, figures[name]) if name in figures else None, float(bound), side)
        for side in ("at_least", "at_most")
        for name, bound in floors.get(side, {}).items()
    ]


def changed(corpora: Mapping[str, str], floors: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The gold files that are not those of the floors."""
    known = floors.get("corpus", {})
    return [name for name, digest in corpora.items() if known.get(name, digest) != digest]


def moved(
    floors: Mapping[str, Mapping[str, Any]], rows: Sequence[Row], corpora: Mapping[str, str], accept_lower: bool
) -> dict[str, dict[str, Any]]:
    """A part's floors after a run: raised to what was measured, and lowered only if that is accepted.

    Raises NotMeasured if a gold file has changed and lower figures are not accepted: nothing can be compared.
    """
    if (others := changed(corpora, floors)) and not accept_lower:
        raise NotMeasured(f"{', '.join(others)} has changed: accept new floors with --accept-lower")
    new: dict[str, dict[str, Any]] = {"corpus": dict(corpora), "at_least": {}, "at_most": {}}
    for verdict in compare(rows, floors):
        take = verdict.now is not None and (verdict.holds or accept_lower)
        new[verdict.side][verdict.name] = verdict.now if take else verdict.bound
    return new


def load_floors(path: Path) -> Floors:
    """The floors of every part."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def save_floors(path: Path, floors: Floors) -> None:
    """Write the floors; the comment at the head of the file stays."""
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = list(head)
    for part, tables in floors.items():
        for table, entries in tables.items():
            lines += ["", f"[{part}.{table}]"]
            lines += [f"{json.dumps(k, ensure_ascii=False)} = {json.dumps(v)}" for k, v in entries.items()]
    path.write_text("\n".join(lines).replace("= Infinity", "= inf") + "\n", encoding="utf-8")
