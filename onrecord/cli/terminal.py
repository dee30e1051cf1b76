"""The printed page: an account in a terminal, readable at 80 columns, without colour, and when piped."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from onrecord.export.citations import one_line
from onrecord.export.digest import (
    Digest,
    EntityLine,
    EventLine,
    LeftOpen,
    Reliance,
    ReportLine,
    SourceLine,
    Tie,
)
from onrecord.export.disputes import WHETHER, Dispute
from onrecord.export.outline import (
    Section,
    left_open_in_words,
    people_and_bodies,
    problems_in_words,
    sections,
    sources_by_name,
    terms_in_words,
    told_through,
)
from onrecord.export.wording import (
    IN_WORDS,
    Sentence,
    change_in_words,
    counted,
    fields_in_words,
    status_in_words,
    whose,
)

# Width of the column before the words: dates, counts, kinds.
DATES = 19
# Sides of one dispute that are printed; the documents and `show CASE conflicts` have them all.
SIDES = 6
BY_SOURCE = {
    "named": "by somebody named",
    "unnamed": "by somebody described, not named",
    "document": "by a document",
    "outlet": "by another outlet",
    "none": "by nobody, or somebody left open",
}


def console(file: IO[str] | None = None) -> Console:
    """A console that prints colour only to a terminal, and plain lines of at most 100 columns elsewhere."""
    file = file or sys.stdout or io.StringIO()  # without stdout nothing is printed
    terminal = file.isatty()
    return Console(file=file, width=None if terminal else 80, no_color=not terminal, highlight=False, soft_wrap=False)


def print_account(out: Console, lines: Digest, limit: int, more: str) -> None:
    """Print a whole account. Sections are cut at ``limit`` lines; ``more`` is the command that shows the rest."""
    _reports(out, lines.reports, limit, more)
    if lines.left_open.problems:
        _problems(out, lines.left_open.problems, more)
    for section in sections(lines):
        _events(out, section, len(lines.reports) > 1, limit, more)
    _sources(out, lines.sources, limit, more)
    _entities(out, lines.entities, limit, more)
    _left_open(out, lines.left_open)
    out.print(Text("~ inferred date   c. about   " + (f"Why any row stands: {more} ID" if more else ""), style="dim"))


def _problems(out: Console, count: int, more: str) -> None:
    """Say at the top that something could not be read or understood: rows, or whose word they are, may be missing."""
    where = f": {_show(more, 'problems')}" if more else ""
    line = f"{problems_in_words(count)}{where}"
    out.print()
    out.print(Text(line, style="bold"))


def _heading(out: Console, title: str, count: int | None = None) -> None:
    out.print()
    out.print(Text(title.upper() + (f" ({count})" if count is not None else ""), style="bold"))


def _rest(out: Console, shown: int, total: int, command: str) -> None:
    if total > shown:
        hint = f": {command}" if command else "; --limit 0 shows all"
        out.print(Padding(Text(f"… and {total - shown} more{hint}", style="dim"), (0, 0, 0, 2)))


def _columns(*widths: int | None) -> Table:
    table = Table.grid(padding=(0, 1))
    for width in widths:
        table.add_column(width=width, overflow="fold", vertical="top", ratio=None if width else 1)
    table.expand = True
    return table


def _reports(out: Console, reports: Sequence[ReportLine], limit: int, more: str) -> None:
    _heading(out, "Report" if len(reports) == 1 else "Reports", None if len(reports) == 1 else len(reports))
    table = _columns(1, DATES, None)
    for report in reports[: limit or None]:
        where = Text(report.title)
        where.append(f" — {report.outlet}" if report.outlet else "", style="italic")
        where.append(f"  {report.id}", style="dim")
        where.append(_dated(report), style="dim")
        where.append("".join(f"\n{_tie(tie)}" for tie in report.ties))
        table.add_row("", report.days or "no date", where)
    out.print(table)
    _rest(out, limit, len(reports) if limit else 0, _show(more, "reports"))
    waiting = [words for report in reports for words in report.waiting]
    if waiting:
        command = more.replace("onrecord why", "onrecord set") + " REPORT --date DAY" if more else "--date DAY"
        others = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        hint = f"“{waiting[0]}”{others} can be dated once the report is: {command}"
        out.print(Padding(Text(hint, style="dim"), (0, 0, 0, 2)))


def _dated(report: ReportLine) -> str:
    """The line below a report: by which words it is dated, and how sure that is."""
    if not report.clues:
        return ""
    clues = "; ".join(f"“{clue}”" for clue in report.clues[:4])
    return f"\n{report.published}: {clues}" if report.date_inferred else f"\ndated from {clues}"


def _tie(tie: Tie) -> str:
    return f"{tie.what} {tie.other}" + (f": {tie.detail}" if tie.detail else "")


def _show(more: str, rows: str) -> str:
    return more.replace("onrecord why", "onrecord show") + f" {rows} --limit 0" if more else ""


def _events(out: Console, section: Section, several: bool, limit: int, more: str) -> None:
    """One section; with several reports, each line names those that tell it."""
    events = section.lines
    _heading(out, section.title, len(events))
    chosen = set(sorted(events, key=lambda event: -event.weight)[: limit or None])
    table = _columns(1, DATES, None)
    before = "none"  # the days of the line before: of several without any, the first says so
    for event in (event for event in events if event in chosen):
        table.add_row("", event.days or ("no date" if before else ""), _event(event, several))
        before = event.days
    out.print(table)
    _rest(out, len(chosen), len(events), _show(more, "events"))


def _event(event: EventLine, several: bool) -> Text:
    line = Text()
    status = IN_WORDS[event.status]
    if status:
        line.append(f"[{status}] ", style="bold")
    line.append(event.words)
    line.append(f" — {event.voice}" if event.voice else "", style="italic")
    if event.implied:
        line.append(" — implied", style="dim")
    if event.background:
        line.append(" — background", style="dim")
    below = list(_below(event))
    line.append("".join(f"\n{words}" for words in below))
    line.append("\n" if below else "  " if several else "")
    line.append(f"[{event.told_by}]" if several else "", style="dim italic")
    line.append(f"  {event.id}", style="dim")
    return line


def _below(event: EventLine) -> Iterator[str]:
    """The lines below an event: who carries it, what is disputed and how, what changed."""
    if event.carried:
        yield event.carried
    for dispute in event.disputes:
        yield from _dispute(dispute)
    for change in event.changes:
        yield _sentence(change_in_words(change))


def _dispute(dispute: Dispute) -> list[str]:
    """Each side with its words and who says it."""
    over = dispute.field == WHETHER
    sides = [(f"{status_in_words(side.status)}: " if over and side.status else "", side) for side in dispute.sides]
    shown = [f"· {status}“{side.words}” — {whose(side)}" for status, side in sides[:SIDES]]
    rest = [f"· and {counted(len(sides) - SIDES, 'more telling')}"] if len(sides) > SIDES else []
    return [f"disputed: {fields_in_words((dispute.field,))}", *shown, *rest]


def _sentence(parts: Sentence) -> str:
    return "".join(part if isinstance(part, str) else f"“{part.words}” ({whose(part)})" for part in parts)


def _sources(out: Console, sources: Sequence[SourceLine], limit: int, more: str) -> None:
    for title, group in sources_by_name(sources):
        _heading(out, title, len(group))
        table = _columns(1, DATES, None)
        for source in group[: limit or None]:
            table.add_row("", f"{source.statements} ×", _source(source))
        out.print(table)
        _rest(out, limit, len(group) if limit else 0, _show(more, "sources"))


def print_reliance(out: Console, found: Reliance, chosen: Sequence[SourceLine], limit: int, more: str) -> None:
    """Print on whom a case rests: the sums, the sources, and what rests on unnamed ones alone."""
    sums = {kind: n for kind, n in found.statements if n}
    _heading(out, "Statements by source", sum(sums.values()))
    table = _columns(1, DATES, None)
    for kind, n in sums.items():
        given = ((found.with_terms, "terms"), (found.with_reason, "a reason"), (found.with_knowledge, "how they know"))
        note = (
            "the report tells " + ", ".join(f"{what} of {count}" for count, what in given) if kind == "unnamed" else ""
        )
        table.add_row("", f"{n} ×", Text(BY_SOURCE[kind]).append(f" ({note})" if note else "", style="dim"))
    out.print(table)
    out.print()
    _sources(out, chosen, limit, more)
    if found.unnamed_only:
        _events(out, Section("Rests on unnamed sources only", "", found.unnamed_only), True, limit, more)


def _source(source: SourceLine) -> Text:
    line = Text(source.name)
    told = told_through(source)
    line.append(f" — {told}" if told else "", style="dim")
    for label, words in terms_in_words(source):
        line.append(f"\n{label}: ", style="dim")
        line.append(words)
    line.append(f"  {source.id}", style="dim")
    return line


def _entities(out: Console, entities: Sequence[EntityLine], limit: int, more: str) -> None:
    group = people_and_bodies(entities)
    if not group:
        return
    _heading(out, "People and bodies", len(group))
    table = _columns(1, DATES, None)
    for entity in group[: limit or None]:
        line = Text(entity.name)
        line.append(f" — {'; '.join(entity.roles[:3])}" if entity.roles else "")
        line.append(f"  {entity.id}", style="dim")
        table.add_row("", entity.kind, line)
    out.print(table)
    _rest(out, limit, len(group) if limit else 0, _show(more, "entities"))


def _left_open(out: Console, left: LeftOpen) -> None:
    _heading(out, "Left open, not guessed")
    table = _columns(1, DATES, None)
    for count, what in left_open_in_words(left):
        table.add_row("", str(count), what)
    out.print(table)
    out.print()


def print_rows(out: Console, rows: Sequence[Mapping[str, object]], columns: Sequence[str], limit: int) -> None:
    """Print rows one under the other: the id, then each column that holds something, by name."""
    for row in rows[: limit or None]:
        out.print(Text(str(row.get("id") or row.get("report") or "-"), style="bold"))
        table = _columns(1, DATES, None)
        for column in columns:
            if column != "id" and row[column] not in (None, "", [], False):
                shown = "yes" if row[column] is True else one_line(str(row[column]))
                table.add_row("", column, Text(shown))
        out.print(table)
    _rest(out, limit, len(rows) if limit else 0, "")


def print_why(out: Console, found: Mapping[str, Any]) -> None:
    """Print one row with its words, its place in the report, and each reason with the words that set it off."""
    out.print(Text(f"{found['kind']} {found['id']}", style="bold"))
    for label, words in found["words"]:
        out.print(Text(f"  {label}: ", style="dim") + Text(one_line(words)))
    out.print(Text("because", style="bold"))
    for reason in found["reasons"]:
        line = Text(f"  {reason['rule']}", style="bold")
        line.append(f"  {one_line(reason['note'])}")
        if reason["words"]:
            line.append(f"  “{one_line(reason['words'])}”", style="italic")
        if reason["weight"] != 1.0:
            line.append(f"  weight {reason['weight']:.2f}", style="dim")
        out.print(line)


def print_hits(out: Console, hits: Iterable[Any]) -> None:
    """Print what a search found: each snippet with its report and place."""
    for hit in hits:
        line = Text(one_line(hit.snippet))
        line.append(f"  {hit.report} [{hit.span.start}, {hit.span.end})", style="dim")
        out.print(line)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """A step function that counts reports on stderr, and says so only where stderr is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _title: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} reports"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda title: bar.update(task, advance=1, description=title[:60])


def print_plugs(out: Console, rows: Iterable[Sequence[str]]) -> None:
    """Print what is plugged in, by socket: name, version or digest, and what it is."""
    socket = ""
    for kind, name, package, version, about in rows:
        if kind != socket:
            _heading(out, kind)
            socket = kind
        line = Text(f"  {name}", style="bold")
        line.append(f"  {version}" if package == "onrecord" else f"  {package} {version}", style="dim")
        line.append(f"  {about.replace('``', '')}")
        out.print(line)
