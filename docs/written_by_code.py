"""The parts of the documentation that the code writes: called from the cog blocks in docs/*.md and README.md.

`.venv/bin/cog -r PAGE` writes a page anew. A ``Walk`` runs the commands that a page shows.
"""

from __future__ import annotations

import atexit
import contextlib
import csv
import dataclasses
import inspect
import io
import json
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources
from pathlib import Path

import click
from click.testing import CliRunner

from onrecord import Case, read, record
from onrecord.cli import main
from onrecord.export import EXPORTERS
from onrecord.export.account_json import account_json
from onrecord.lexicon import load_lexicons
from onrecord.pipeline import STAGES


def commands() -> str:
    """Every command with its help, as the command line prints it at 80 columns."""
    return "\n".join(_commands())


def _commands() -> Iterator[str]:
    group = click.Context(main, info_name="onrecord", terminal_width=80, **main.context_settings)
    yield f"```\n{main.get_help(group)}\n```\n"
    for name in main.list_commands(group):
        context = click.Context(main.commands[name], info_name=name, parent=group, terminal_width=80)
        yield f"## `onrecord {name}`\n\n```\n{main.commands[name].get_help(context)}\n```\n"


def nouns() -> str:
    """Every noun of record.py: its docstring and fields, in the order of the file."""
    return "\n".join(_nouns())


def _nouns() -> Iterator[str]:
    for name, noun in vars(record).items():
        if not inspect.isclass(noun) or noun.__module__ != record.__name__:
            continue
        if issubclass(noun, StrEnum):
            yield f"### {name}\n\n{_docstring(noun)}\n\nOne of: {', '.join(f'`{word.value}`' for word in noun)}.\n"
        elif dataclasses.is_dataclass(noun):
            fields = "\n".join(f"| `{field.name}` | `{field.type}` |" for field in dataclasses.fields(noun))
            yield f"### {name}\n\n{_docstring(noun)}\n\n| field | type |\n|---|---|\n{fields}\n"


def _docstring(noun: type) -> str:
    return inspect.cleandoc(noun.__doc__ or "").replace("``", "`")


def stages() -> str:
    """The table of the stages in their order."""
    rows = [
        f"| {n} | {stage.name} | `{stage.gives}` | {', '.join(f'`{need}`' for need in stage.needs)} | "
        f"`{stage.find.__module__.removeprefix('onrecord.')}` |"
        for n, stage in enumerate(STAGES, 1)
    ]
    return "\n".join(["| | stage | gives | needs | where |", "|---|---|---|---|---|", *rows])


def lexicons() -> str:
    """The table of the lexicons: rows, and what each says of itself."""
    folder = "../onrecord/lexicons/en"
    rows = [
        f"| [`{name}.csv`]({folder}/{name}.csv) | {len(lexicon.rows)} | {first_sentence(lexicon.about)} |"
        for name, lexicon in load_lexicons().files.items()
    ]
    return "\n".join(["| file | rows | what it is |", "|---|---|---|", *rows])


def first_sentence(about: str) -> str:
    """What a lexicon says that it is, without its columns, source and licence."""
    return re.split(r"(?<=\.)\s", " ".join(about.split()), maxsplit=1)[0]


def exporters() -> str:
    """The table of the formats: what each says of itself."""
    rows = [
        f"| `{name}` | {inspect.cleandoc(write.__doc__ or '').partition(chr(10))[0]} |"
        for name, write in EXPORTERS.items()
    ]
    return "\n".join(["| format | what is written |", "|---|---|", *rows]).replace("``", "`")


def schema() -> str:
    """The schema of the case file, as it stands."""
    return "```sql\n" + resources.files("onrecord").joinpath("store/schema.sql").read_text("utf-8").rstrip() + "\n```"


def example_rows() -> str:
    """One statement and one event as ``account/1`` has them, from an invented sentence."""
    text = "Ilda Venn said on Friday that the police had arrested two clerks."
    whole = account_json(read(text, published="2023-03-04"))
    rows = {"statements": whole["statements"][:1], "events": whole["events"][:1]}
    plain = json.dumps(rows, ensure_ascii=False, indent=1)
    plain = re.sub(r"\[\s*(-?\d+),\s*(-?\d+)\s*\]", r"[\1, \2]", plain)  # anchors on one line
    plain = re.sub(r"\[\s*(\[[^]]*\]|\"[^\"]*\")\s*\]", r"[\1]", plain)
    return f"```json\n{plain}\n```"


# ------------------------------------------------------------------------------------------------ commands that run

AFFAIR = Path(__file__).resolve().parents[1] / "examples" / "affair"
# A row of the printed page ends with its id.
ROW_END = re.compile(r"\b[a-z]{1,2}-[0-9a-f]{12}$")
# How a row's lines begin after its first; rows of one date begin so, too.
GOES_ON = " " * 15
LEFT_OUT = "[...]"


class NotAsShown(AssertionError):
    """A command does not do any more what its page says."""


class Walk:
    """A temporary folder with the bundled affair in ``examples/affair``, in which a page's commands run in order."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        shutil.copytree(AFFAIR, self.folder / "examples" / "affair")

    def runs(self, command: str) -> str:
        """What ``onrecord ...`` prints, messages too. ``# exit code 1`` at its end says which one is expected."""
        line, _, comment = command.partition("#")
        expected = int(comment.rpartition(" ")[2]) if comment else 0
        with contextlib.chdir(self.folder):
            result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="onrecord")
        if result.exit_code != expected:
            raise NotAsShown(f"{line.strip()}: exit code {result.exit_code}, not {expected}: {result.output}")
        return "\n".join(row.rstrip() for row in result.output.splitlines()).strip("\n")

    def shows(self, command: str, *parts: tuple[str, int]) -> str:
        """A console block: the command, and what it prints, shortened to ``parts``.

        A part is (words in its first row, how many rows); a heading is a row. Without parts: everything.
        """
        printed = self.runs(command).splitlines()
        shown = list(shortened(printed, parts)) if parts else printed
        return "\n".join(["```console", f"$ {command}", *shown, "```"])

    def id_of(self, case: str, rows: str, words: str) -> str:
        """The id of the first of these rows that holds these words."""
        table = csv.DictReader(io.StringIO(self.runs(f"onrecord show {case} {rows} --csv")))
        found = next((row["id"] for row in table if any(words in " ".join(cell.split()) for cell in row.values())), "")
        if not found:
            raise NotAsShown(f"no row of {rows} holds {words!r}: the page needs another example")
        return found

    def report(self, case: str, file: str) -> str:
        """The id of the report that came from this file."""
        with contextlib.chdir(self.folder), Case(case, create=False) as opened:
            return next(r.document.id for r in opened.readings() if r.document.origin.startswith(file))


def shortened(printed: list[str], parts: tuple[tuple[str, int], ...]) -> Iterator[str]:
    """The parts of a command's output, in their order; where lines are left out between, it says so."""
    rows = in_rows(printed)
    done = 0
    for words, count in parts:
        begin = next((i for i in range(done, len(rows)) if words in " ".join(" ".join(rows[i]).split())), None)
        if begin is None:
            print(f"left out: nothing is printed any more with {words!r}", file=sys.stderr)
            continue
        if any(line for row in rows[done:begin] for line in row):
            yield LEFT_OUT
        elif 0 < done < begin:
            yield ""
        done = begin + count
        yield from (line for row in rows[begin:done] for line in row)
    if done < len(rows):
        yield LEFT_OUT


def in_rows(printed: list[str]) -> list[list[str]]:
    """Lines as rows: a row goes on in lines that are set in, until one that ends with an id."""
    rows: list[list[str]] = []
    for line in printed:
        if rows and line.startswith(GOES_ON) and not ROW_END.search(rows[-1][-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
