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
WHO = ("source", "addressee", "actors", "recipients", "name", "entity", "aliases", "id", "roles")


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
            if column and column not in row:
                raise click.UsageError(f"{option} does not apply to {kind}")
        if self.source and not {"source_kind", "named", "statement"} & row.keys():
            raise click.UsageError(f"--source does not apply to {kind}")

    def _passes(self, row: Row, kinds: Mapping[object, str]) -> bool:
        return (
            self._about(row)
            and self._in_time(row)
            and (not self.status or row["status"] == self.status)
            and (not self.source or _source_kind(row, kinds) == self.source)
            and (not self.unsure or float(str(row["score"])) < UNSURE)
            and (not self.report or str(row.get("report", row.get("id"))).startswith(self.report))
        )

    def _about(self, row: Row) -> bool:
        who = self.who.casefold()
        return not who or any(who in str(row.get(column) or "").casefold() for column in WHO)

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


def _source_kind(row: Row, kinds: Mapping[object, str]) -> str:
    if "named" in row:
        return SourceKind.NAMED.value if row["named"] else SourceKind.UNNAMED.value
    return str(row["source_kind"]) if "source_kind" in row else kinds.get(row.get("statement"), "")
