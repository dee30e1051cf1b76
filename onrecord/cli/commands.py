"""The sub-commands. Exit codes: 0 fine, 1 faults or problems found, 2 misuse or unusable input."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from onrecord import __version__
from onrecord.accounts import account_of, accounts, receive
from onrecord.case import ADDED, PROBLEM, THERE, Case, is_case
from onrecord.cli import terminal
from onrecord.cli.filters import Filters, filter_options
from onrecord.engine import ReadWith
from onrecord.errors import BadInput, OnRecordError
from onrecord.export import EXPORTERS
from onrecord.export.account_json import account_json
from onrecord.export.days import published_in_words
from onrecord.export.digest import digest, reliance
from onrecord.export.markdown import markdown
from onrecord.export.page import page
from onrecord.export.redaction import entity_named, redacted
from onrecord.export.resolved import resolve
from onrecord.export.tables import COLUMNS, KINDS, rows_of, write_rows
from onrecord.export.why import explain
from onrecord.extract import PIPELINE, WEIGHTS
from onrecord.join import VERBS
from onrecord.plugs import all_plugs
from onrecord.readers import read as read_bytes
from onrecord.readers.given import date_given
from onrecord.record import Account, Problem, Received, TimeInterval
from onrecord.registry import plugged

F = TypeVar("F", bound=Callable[..., Any])
FINE, FAULTS, UNUSABLE = 0, 1, 2
LIMIT = 20
ROWS = tuple(KINDS)

CaseFile = click.Path(dir_okay=False, path_type=Path)
limit_option = click.option(
    "--limit", type=click.IntRange(min=0), default=LIMIT, show_default=True, help="Lines a list; 0 shows all."
)


class Commands(click.Group):
    """The group of all sub-commands, in the order in which one meets them."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """As declared, not by the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a sub-command; an error that the user can mend is one line on stderr and exit 2."""
        try:
            return super().invoke(ctx)
        except OnRecordError as error:
            complain(str(error))
            ctx.exit(UNUSABLE)
        except BrokenPipeError:  # the reader of a pipe has seen enough
            close_output()
            ctx.exit(FINE)
        except OSError as error:
            close_output()
            complain(f"{error.filename or 'the output'}: cannot be written: {error.strerror}")
            ctx.exit(UNUSABLE)


def close_output() -> None:
    """Let what is still to be printed go nowhere, so that no second error comes when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def complain(message: str) -> None:
    """One line on stderr, control characters left out."""
    line = " ".join(message.split())
    click.echo("onrecord: " + "".join(char for char in line if char.isprintable()), err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """From news reports to a checkable, sourced account.

    Who did what to whom, when and where; whether it happened; and who says so. Every row is anchored to the exact
    words of a report. Nothing leaves this machine.
    """


def reading_options(command: F) -> F:
    """The options of every command that reads reports."""
    for option in (
        click.option("--lexicons", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     help="A folder whose lexicon files go before those of the package."),
        click.option("--weights", type=click.Path(exists=True, file_okay=False, path_type=Path), default=WEIGHTS,
                     help="A folder with other weights of the learned head.", show_default=False),
        click.option(
            "--everything",
            is_flag=True,
            help="Keep things mentioned only once, and states and sayings as events, too.",
        ),
        click.option("--rules-only", is_flag=True, help="Read by the rules alone, without the learned head."),
        click.option("--pipeline", default=PIPELINE, help="Another installed spaCy pipeline."),
        click.option("--max-chars", type=click.IntRange(min=1), default=1_000_000, show_default=True,
                     help="A report with more characters is refused."),
        click.option("--outlet", default="", help="The outlet of the reports, if they do not say."),
        click.option("--date", "day", default="", help="The date of the reports: 2023-03-04, 2023-03 or 2023."),
    ):  # fmt: skip
        command = option(command)
    return command


# ------------------------------------------------------------------------------------------------ without a case


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print account/1 as one JSON document.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print account/1, one report a line.")
@limit_option
@click.pass_context
def read(
    ctx: click.Context, /, files: tuple[str, ...], as_json: bool, as_jsonl: bool, limit: int, **given: Any
) -> None:
    """Print the account of reports without keeping a case; "-" is stdin."""
    problems: list[Problem] = []
    documents = collect(received(files, given), problems)
    if as_jsonl:
        count = print_each(accounts(documents, work(given)))
    else:
        found = account_of(documents, work(given))
        count = len(found.readings)
        if count or as_json:
            show_account(replace(found, problems=(*found.problems, *problems)), as_json, limit)
    for problem in problems:
        complain(problem.message)
    ctx.exit(outcome(count, problems))


def work(given: Mapping[str, Any]) -> ReadWith:
    """The work of reading with the pipeline and lexicons that the user named."""
    weights = None if given["rules_only"] else given["weights"]
    return ReadWith(given["pipeline"], given["lexicons"], weights, given["everything"])


def print_each(found: Iterable[Account]) -> int:
    """Print each account on a line as soon as it is there; how many there were."""
    count = 0
    for single in found:
        click.echo(dumps(single))
        count += 1
    return count


def outcome(read_: int, problems: Iterable[Problem]) -> int:
    """The exit code: unusable if nothing could be read, faults if something could not."""
    if any(True for _ in problems):
        return FAULTS if read_ else UNUSABLE
    return FINE


def received(names: Iterable[str], given: Mapping[str, Any]) -> Iterator[Received | Problem]:
    """What the files hold, with the date and outlet that the user gave; "-" is stdin."""
    published = day_given(given["day"])
    for name in names:
        items = from_stdin(given["max_chars"]) if name == "-" else receive([Path(name)], given["max_chars"])
        for item in items:
            yield given_by_user(item, published, given["outlet"])


def from_stdin(max_chars: int) -> Iterator[Received | Problem]:
    """What comes on stdin; a Problem if it cannot be read."""
    try:
        if sys.stdin is None:
            raise BadInput("stdin", "is closed")
        yield from read_bytes(sys.stdin.buffer.read(), "stdin", max_chars=max_chars)
    except BadInput as error:
        yield Problem("", "read", str(error))


def collect(items: Iterable[Received | Problem], problems: list[Problem]) -> Iterator[Received]:
    """The documents; problems are put aside."""
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def given_by_user(item: Received | Problem, published: TimeInterval | None, outlet: str) -> Received | Problem:
    """The document with the date and outlet that the user gave; an outlet that it names itself stays."""
    if isinstance(item, Problem):
        return item
    document = item.document
    document = replace(document, outlet=document.outlet or outlet, published=published or document.published)
    return replace(item, document=document)


def day_given(words: str) -> TimeInterval | None:
    """The user's date as an interval; None if none was given. Raises click.BadParameter if it is none."""
    if not words:
        return None
    try:
        return date_given(words)
    except ValueError as error:
        raise click.BadParameter(f"{words!r} is no date: write 2023-03-04, 2023-03 or 2023") from error


def dumps(account: Account) -> str:
    """account/1 on one line."""
    return json.dumps(account_json(account), ensure_ascii=False)


def show_account(account: Account, as_json: bool, limit: int, case: str = "") -> None:
    """Print an account as JSON or as a page."""
    if as_json:
        click.echo(dumps(account))
    else:
        terminal.print_account(terminal.console(), digest(account), limit, f"onrecord why {case}" if case else "")


# ------------------------------------------------------------------------------------------------ with a case


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@reading_options
@click.option("--quiet", is_flag=True, help="Print no progress.")
@click.pass_context
def add(ctx: click.Context, /, case: Path, files: tuple[str, ...], quiet: bool, **given: Any) -> None:
    """Read files and folders of reports into a case.

    The case is made if absent; reports that it holds already are skipped.
    """
    counts = dict.fromkeys((ADDED, THERE, PROBLEM), 0)
    with Case(case, work=work(given)) as opened, terminal.progress(quiet) as step:
        for result in opened.add(received(files, given)):
            counts[result.outcome] += 1
            step(result.title)
        problems = opened.new_problems
    for problem in problems:
        complain(problem.message)
    click.echo(
        f"{case.name}: {counts[ADDED]} added, {counts[THERE]} already there, "
        f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}",
        err=True,
    )
    ctx.exit(outcome(counts[ADDED] + counts[THERE], problems))


@main.command()
@click.argument("case", type=CaseFile)
@click.option("--json", "form", flag_value="json", help="Print account/1 as one JSON document.")
@click.option("--markdown", "form", flag_value="markdown", help="Print it as Markdown with footnotes.")
@click.option("--html", "form", flag_value="html", help="Print it as one HTML page with footnotes.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write that document to a file.")
@click.option("--overwrite", is_flag=True, help="Write over the file if it is there.")
@limit_option
def account(case: Path, form: str | None, output: Path | None, overwrite: bool, limit: int) -> None:
    """Print the dated, attributed account over all reports.

    Documents (JSON, Markdown, HTML) hold every line; --limit is for the printed page.
    """
    if output is not None and form is None:
        raise click.UsageError("say which document to write: --html, --markdown or --json")
    if form is None:
        show_account(whole(case), False, limit, case.name)
        return
    if output is not None:
        refuse_what_is_there(output, overwrite)
    document = DOCUMENTS[form](whole(case), case.stem)
    if output is None:
        click.echo(document, nl=False)
    else:
        output.write_text(document, encoding="utf-8", newline="\n")


DOCUMENTS: Mapping[str, Callable[[Account, str], str]] = {
    "json": lambda found, _name: dumps(found) + "\n",
    "markdown": lambda found, name: markdown(digest(found), name),
    "html": lambda found, name: page(digest(found), name),
}


def refuse_what_is_there(out: Path, overwrite: bool, empty_folder_will_do: bool = False) -> None:
    """Raise BadInput if something would be written over that the user did not say, or a case."""
    free = empty_folder_will_do and out.is_dir() and not any(out.iterdir())
    if out.exists() and (is_case(out) or not (overwrite or free)):
        raise BadInput(out.name, "is a case" if is_case(out) else "is there already; --overwrite writes over it")


def whole(case: Path) -> Account:
    """The account of a case."""
    with Case(case, create=False) as opened:
        return opened.account()


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("rows", type=click.Choice(ROWS), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print rows as in account/1; without ROWS, everything.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows as CSV.")
@filter_options
@limit_option
def show(case: Path, rows: str | None, as_json: bool, as_csv: bool, limit: int, **given: Any) -> None:
    """Print rows of a case: its reports, entities, statements ..."""
    filters = Filters(**given)
    if rows is None:
        if as_csv or filters.any:
            raise click.UsageError("say which ROWS: " + ", ".join(ROWS))
        show_account(whole(case), as_json, limit, case.name)
        return
    found = whole(case)
    resolved = resolve(found)
    chosen = filters.choose(rows, rows_of(rows, resolved), resolved)
    if as_json:
        click.echo(json.dumps(json_rows(found, rows, chosen), ensure_ascii=False))
    elif as_csv:
        file = io.StringIO()
        write_rows(rows, chosen, file)
        click.echo(file.getvalue(), nl=False)
    elif rows == "sources":
        lines = reliance(resolved)
        ids = {row["id"] for row in chosen}
        kept = [line for line in lines.sources if line.id in ids]
        terminal.print_reliance(terminal.console(), lines, kept, limit, f"onrecord why {case.name}")
    else:
        columns = [column for column in COLUMNS[rows] if column != "edtf" or rows == "times"]
        terminal.print_rows(terminal.console(), chosen, columns, limit)
        if not chosen:
            complain(f"no such {rows}")


def json_rows(account: Account, kind: str, chosen: Iterable[Mapping[str, object]]) -> list[Any]:
    """The rows as they stand in account/1; kinds that it does not hold as they are."""
    whole_ = account_json(account)
    if kind not in whole_ or kind == "problems":
        return list(chosen)
    ids = {row["id"] for row in chosen}
    return [row for row in whole_[kind] if row["id"] in ids]


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def why(case: Path, id_: str, as_json: bool) -> None:
    """Print the words of any row and the reasons for it. The beginning of an ID will do."""
    found = explain(whole(case), id_)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        terminal.print_why(terminal.console(), found)


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@limit_option
@click.pass_context
def search(ctx: click.Context, /, case: Path, words: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Search the full text of all reports. Exit code 1: nothing found."""
    with Case(case, create=False) as opened:
        hits = opened.search(" ".join(words), limit=limit or None)
    if as_json:
        rows = [{"report": h.report, "anchor": [h.span.start, h.span.end], "snippet": h.snippet} for h in hits]
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif hits:
        terminal.print_hits(terminal.console(), hits)
    else:
        complain(f"nothing found for {' '.join(words)!r}")
    ctx.exit(FINE if hits else FAULTS)


@main.command(name="set")
@click.argument("case", type=CaseFile)
@click.argument("report")
@click.option("--date", "day", help="When it was published: 2023-03-04, 2023-03 or 2023.")
@click.option("--outlet", help="Who published it.")
@click.option("--title", help="Its title.")
def set_(case: Path, report: str, day: str | None, outlet: str | None, title: str | None) -> None:
    """Say what a report's file did not; what hangs on it is resolved again.

    REPORT is its ID, the beginning of it, or the name of its file. An empty value, as in --date "", takes back what
    was set: what the report says itself counts again.
    """
    if day is None and outlet is None and title is None:
        raise click.UsageError("say what to set: --date, --outlet or --title")
    day_given(day or "")
    with Case(case, create=False) as opened:
        changed = opened.set(report, date=day, outlet=outlet, title=title)
        reading = opened.why(changed).reading
    click.echo(f"{changed}: set; published: {published_in_words(reading.published) or 'no date'}", err=True)


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("about", type=click.Choice(["entity", "event"]))
@click.argument("id_", metavar="ID")
@click.argument("verb", type=click.Choice(VERBS))
@click.argument("value", required=False)
@click.option("--note", default="", help="Why.")
@click.option("--by", default="", help="Who decides.")
def decide(case: Path, about: str, id_: str, verb: str, value: str | None, note: str, by: str) -> None:
    """Decide that two entities or events are the same or different, or what an entity is called or is.

    VALUE is the ID of the other one (same, different), the new name (rename), or person, organisation, place,
    group, work or other (kind). A decision holds whatever is read later, and is never erased: undo takes it back.
    """
    with Case(case, create=False) as opened:
        decided = opened.decide_event if about == "event" else opened.decide
        made = decided(id_, verb, value or "", note, by)
    click.echo(f"{made.id}: {about} {made.left} {made.verb} {made.right or made.value}")


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("decision")
def undo(case: Path, decision: str) -> None:
    """Take a decision on an entity or event back. Both the decision and that it was undone stay on record."""
    with Case(case, create=False) as opened:
        made = opened.undo(decision)
    click.echo(f"{made.id}: undone", err=True)


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("report")
def remove(case: Path, report: str) -> None:
    """Take a report, and all that rests on it alone, out of the file. The fact of removal stays.

    REPORT is its ID, the beginning of it, or the name of its file.
    """
    with Case(case, create=False) as opened:
        removed = opened.remove(report)
    click.echo(f"{removed}: removed", err=True)


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("report", required=False)
def reread(case: Path, report: str | None) -> None:
    """Run the stages again after an upgrade; decisions hold."""
    with Case(case, create=False) as opened:
        count = opened.reread(report)
    click.echo(f"{case.name}: {count} read again", err=True)


@main.command()
@click.argument("case", type=CaseFile)
@click.pass_context
def check(ctx: click.Context, /, case: Path) -> None:
    """Replay every anchor, hash, reference and decision of a case."""
    with Case(case, create=False) as opened:
        faults = opened.check()
        reports = len(opened.reports())
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{case.name}: {reports} reports, {len(faults)} faults", err=True)
    ctx.exit(FAULTS if faults else FINE)


@main.command()
@click.argument("case", type=CaseFile)
@click.argument("format_", metavar="FORMAT")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Write over what an export left there before.")
@click.option(
    "--redact", multiple=True, metavar="ENTITY",
    help="Leave out this entity and all that points at it: an ID, the beginning of one, or a name; may be repeated.",
)  # fmt: skip
def export(case: Path, format_: str, out: Path, overwrite: bool, redact: tuple[str, ...]) -> None:
    """Write the account to OUT.

    FORMAT is a folder of files: csv (tables), ftm (FollowTheMoney), plover (PLOVER and CAMEO), timeml; or one file:
    annotations (W3C), bibtex, csl-json, geojson, gexf, graphml, json (account/1), timelinejs; or what "onrecord plugs"
    lists beside these.
    """
    exporters = plugged("exporters", EXPORTERS)
    if format_ not in exporters:
        raise click.UsageError(f"no format {format_!r}; there are {', '.join(sorted(exporters))}")
    refuse_what_is_there(out, overwrite, empty_folder_will_do=True)
    found = whole(case)
    shown = redacted(found, [entity_named(found, words).id for words in redact])
    for path in exporters[format_](shown, out):
        click.echo(path)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def plugs(as_json: bool) -> None:
    """Print what is plugged in: readers, stages, exporters, engines, models, lexicons; from where, which version."""
    rows = all_plugs()
    if as_json:
        names = ("socket", "name", "package", "version", "about")
        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False))
    else:
        terminal.print_plugs(terminal.console(), rows)
