"""The filters of every command that shows rows: --who, --from, --to, --status, --source, --unsure, --report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import click

from onrecord.export.resolved import Resolved
from onrecord.readers.given import date_given
from onrecord.record import SourceKind, Status

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, object]
# A row with a lower score than this is to be looked at before it is relied on.
UNSURE = 0.6
# The columns in which a person or body may stand.
WHO = ("source", "says", "addressee", "actors", "recipients", "name", "entity", "aliases", "id", "roles")


def day(_context: click.Context, option: click.Parameter, words: str) -> str:
    """A day, month or year as the user wrote it. Raises click.BadParameter for anything else."""
    try:
        if words:
            date_given(words)
    except ValueError as error:
        raise click.BadParameter(f"{words!r} is no date: write 2023-03-04, 2023-03 or 2023", param=option) from error
    return words


def filter_options(command: F) -> F:
    """Add the filters to a command; they arrive as the fields of ``Filters``."""
    for option in (
        click.option("--report", default="", metavar="ID", help="Only rows of this report."),
        click.option("--unsure", is_flag=True, help=f"Only rows whose score is below {UNSURE}."),
        click.option("--source", type=click.Choice(["named", "unnamed"]), help="Only what rests on such sources."),
        click.option("--status", type=click.Choice([status.value for status in Status]), help="Only such events."),
        click.option(
            "--to", "until", default="", metavar="DATE", callback=day, help="Only what may lie before or on this day."
        ),
        click.option(
            "--from", "since", default="", metavar="DATE", callback=day, help="Only what may lie on or after this day."
        ),
        click.option("--who", default="", metavar="ENTITY", help="Only rows with this person or body: name or ID."),
    ):
        command = option(command)
    return command


# What the columns of either side begin with, in rows that set two tellings or reports beside each other.
SIDES = ("", "left_", "right_", "earlier_", "later_")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user asked for; empty = everything."""

    who: str = ""
    since: str = ""
    until: str = ""
    status: str | None = None
    source: str | None = None
    unsure: bool = False
    report: str = ""

    @property
    def any(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.who or self.since or self.until or self.status or self.source or self.unsure or self.report)

    def choose(self, kind: str, rows: Iterable[Row], resolved: Resolved) -> list[Row]:
        """The rows of a kind that pass. Raises click.UsageError for a filter that the kind knows nothing of."""
        asked = replace(self, who=resolved.joined(self.who))
        chosen = list(rows)
        if chosen:
            self._refuse_what_does_not_apply(kind, chosen[0])
        kinds = _source_kinds(resolved) if self.source else {}
        return [row for row in chosen if asked._passes(row, kinds)]

    def _refuse_what_does_not_apply(self, kind: str, row: Row) -> None:
        asked = {
            "--from": self.since and "earliest",
            "--to": self.until and "earliest",
            "--status": self.status and "status",
            "--unsure": self.unsure and "score",
        }
        for option, column in asked.items():
            if column and not _values(row, column):
                raise click.UsageError(f"{option} does not apply to {kind}")
        if self.source and not (_values(row, "source_kind") or {"named", "statement"} & row.keys()):
            raise click.UsageError(f"--source does not apply to {kind}")

    def _passes(self, row: Row, kinds: Mapping[object, str]) -> bool:
        return (
            self._about(row)
            and self._in_time(row)
            and (not self.status or self.status in _values(row, "status"))
            and (not self.source or self.source in _source_kinds_of(row, kinds))
            and (not self.unsure or float(str(row["score"])) < UNSURE)
            and (not self.report or any(report.startswith(self.report) for report in _reports(row)))
        )

    def _about(self, row: Row) -> bool:
        who = self.who.casefold()
        return not who or any(who in str(value or "").casefold() for column in WHO for value in _values(row, column))

    def _in_time(self, row: Row) -> bool:
        """Whether the row's time may lie in the stretch asked for; a row without any time does not."""
        if not (self.since or self.until):
            return True
        earliest, latest = str(row["earliest"] or ""), str(row["latest"] or "")
        if not earliest and not latest:
            return False
        return not (
            (self.since and latest and latest < self.since)
            or (self.until and earliest and earliest[: len(self.until)] > self.until)
        )


def _source_kinds(resolved: Resolved) -> dict[object, str]:
    return {s.id: s.source.kind.value for reading in resolved.readings for s in reading.statements}


def _source_kinds_of(row: Row, kinds: Mapping[object, str]) -> list[object]:
    if "named" in row:
        return [SourceKind.NAMED.value if row["named"] else SourceKind.UNNAMED.value]
    return _values(row, "source_kind") or [kinds.get(row.get("statement"), "")]


def _values(row: Row, column: str) -> list[object]:
    """What stands in a column, or in that of either side."""
    return [row[side + column] for side in SIDES if side + column in row]


def _reports(row: Row) -> list[str]:
    """The reports that a row is of; a report itself has only its id."""
    named = [str(report) for report in _values(row, "report")]
    several = str(row.get("reports", "")).split("; ") if isinstance(row.get("reports"), str) else []
    return named or several or [str(row.get("id"))]
