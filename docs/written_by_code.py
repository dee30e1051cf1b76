"""The parts of the documentation that the code writes: called from the cog blocks in docs/*.md (`make docs`)."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from enum import StrEnum
from importlib import resources

import click

from onrecord import record
from onrecord.cli import main
from onrecord.lexicon import load_lexicons
from onrecord.pipeline import STAGES


def commands() -> str:
    """Every command with its help, as the command line prints it at 80 columns."""
    return "\n".join(_commands())


def _commands() -> Iterator[str]:
    group = click.Context(main, info_name="onrecord")
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
        f"| [`{name}.csv`]({folder}/{name}.csv) | {len(lexicon.rows)} | {lexicon.about.splitlines()[0]} |"
        for name, lexicon in load_lexicons().files.items()
    ]
    return "\n".join(["| file | rows | what it is |", "|---|---|---|", *rows])


def schema() -> str:
    """The schema of the case file, as it stands."""
    return "```sql\n" + resources.files("onrecord").joinpath("store/schema.sql").read_text("utf-8").rstrip() + "\n```"
