"""The documentation is true: what it shows runs and prints that, its links lead somewhere, and nothing is left out."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from onrecord import record
from onrecord.accounts import account_of
from onrecord.check import check_reading
from onrecord.cli import main
from onrecord.extract.parse import Tools
from onrecord.lexicon import load_lexicons
from onrecord.pipeline import STAGES, Stage, read_document
from onrecord.record import Document, Problem, Reading, Received, make_id

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))
FENCED = re.compile(r"^```([\w-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\[]*(?:\[[^\]]*\])?[^\]\[]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
IMAGE = re.compile(r"!\[[^\]]*\]\(|<(?:img|script|link|iframe)\b")
MACHINE_PATH = re.compile(r"(?<![\w.~/:-])/(?:home|root|work|tmp|Users|usr|opt|var)\b|\b[A-Z]:\\")
REFRESH = "write the pages anew: make docs, or .venv/bin/cog -r README.md docs/*.md"
AS_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """docs/written_by_code.py, which is no package."""
    spec = importlib.util.spec_from_file_location("written_by_code", DOCS / "written_by_code.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in FENCED.findall(page.read_text("utf-8")) if name == language]


def outside_blocks(page: Path) -> str:
    return FENCED.sub("", page.read_text("utf-8"))


def words_of(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------------------ nothing left out


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in main.list_commands(click.Context(main)):
        yield name, main.commands[name]


def test_every_command_and_option_stands_on_the_page_of_the_command_line() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    sections = dict(re.findall(r"^## `onrecord (\w+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert sections.keys() == {name for name, _ in commands()}
    for name, command in commands():
        options = [opt for parameter in command.params if isinstance(parameter, click.Option) for opt in parameter.opts]
        missing = [opt for opt in options if not re.search(rf"(?<![\w-]){re.escape(opt)}\b", sections[name])]
        assert not missing, f"{name}: {missing}; {REFRESH}"


def test_every_noun_stands_on_the_page_of_the_nouns() -> None:
    page = (DOCS / "nouns.md").read_text("utf-8")
    nouns = [
        name for name, noun in vars(record).items() if inspect.isclass(noun) and noun.__module__ == record.__name__
    ]
    assert len(nouns) > 40
    assert [name for name in nouns if f"\n### {name}\n" not in page] == []


def test_every_word_of_a_closed_list_stands_on_the_page_of_the_nouns() -> None:
    page = (DOCS / "nouns.md").read_text("utf-8")
    lists = [noun for noun in vars(record).values() if inspect.isclass(noun) and issubclass(noun, StrEnum)]
    assert [word for noun in lists for word in noun if f"`{word.value}`" not in page] == []


def test_every_lexicon_and_stage_stands_on_the_page_of_the_rules() -> None:
    page = (DOCS / "rules.md").read_text("utf-8")
    assert [name for name in load_lexicons().files if f"`{name}.csv`" not in page] == []
    assert [stage.name for stage in STAGES if f"| {stage.name} |" not in page] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"](docs/{page.name})" not in readme] == []


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# ------------------------------------------------------------------------------------------------ links and addresses


def slug(heading: str) -> str:
    """The anchor that a Markdown page gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@AS_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(outside_blocks(page)):
        if re.match(r"https?:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), f"{page.name}: {target}"
        assert there.is_relative_to(ROOT), f"{page.name}: {target}"
        if anchor:
            assert anchor in map(slug, HEADING.findall(there.read_text("utf-8"))), f"{page.name}: {target}"


@AS_PAGE
def test_a_page_fetches_nothing_and_names_no_path_of_a_machine(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not IMAGE.search(text)
    assert not MACHINE_PATH.search(text), MACHINE_PATH.search(text)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("see /home/anna/x", True),
        ("C:\\Users", True),
        ("`/tmp/a`", True),
        ("https://a.org/home/x", False),
        ("a/usr/b", False),
    ],
)
def test_a_path_of_a_machine_is_recognised(text: str, there: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is there


# ------------------------------------------------------------------------------------------------ commands that run


@pytest.fixture(scope="module")
def demo(writer: ModuleType) -> Any:
    """What `make demo` makes: the affair in a case. Only to be asked, not to be changed."""
    walk = writer.Walk()
    walk.runs("onrecord add demo.onrecord examples/affair")
    return walk


def follow(page: Path, walk: Any, left_out: str) -> int:
    """Run the commands of a page in order; each line that it shows must be printed, in that order. How many ran."""
    count = 0
    for block in blocks(page, "console"):
        for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = session.partition("\n")
            printed = iter(walk.runs(command).splitlines())
            for line in shown.splitlines():
                found = line in ("", left_out) or any(line == other for other in printed)
                assert found, f"{page.name}: {command}: not printed any more: {line!r}; {REFRESH}"
            count += 1
    return count


def test_the_tutorial_shows_what_its_commands_print(writer: ModuleType) -> None:
    ran = follow(DOCS / "tutorial.md", writer.Walk(), writer.LEFT_OUT)
    assert ran > 15


def test_the_tutorial_walks_through_every_command_but_two() -> None:
    shown = {
        line.split()[2]
        for block in blocks(DOCS / "tutorial.md", "console")
        for line in block.splitlines()
        if line.startswith("$ ")
    }
    assert {name for name, _ in commands()} - shown <= {"plugs", "reread"}


def test_the_readme_shows_what_its_command_prints(demo: Any, writer: ModuleType) -> None:
    assert follow(ROOT / "README.md", demo, writer.LEFT_OUT) == 1


def test_a_walk_says_when_a_command_ends_otherwise_than_its_page_says(writer: ModuleType) -> None:
    walk = writer.Walk()
    with pytest.raises(writer.NotAsShown, match="exit code 2, not 0"):
        walk.runs("onrecord check no-such-case.onrecord")
    assert "no such case" in walk.runs("onrecord check no-such-case.onrecord  # exit code 2")


def test_output_is_shortened_between_rows_only(writer: ModuleType) -> None:
    printed = [
        "",
        "FIRST (2)",
        "  no date             a long",
        " " * 22 + "line  ev-0123456789ab",
        "  no date             next",
        "",
        "SECOND",
        "  a",
    ]
    shown = list(writer.shortened(printed, (("FIRST", 2), ("SECOND", 1))))
    assert shown == [*printed[1:4], "[...]", "SECOND", "[...]"]
    assert list(writer.shortened(printed, (("a long line", 1), ("THIRD", 1)))) == ["[...]", *printed[2:4], "[...]"]


# ------------------------------------------------------------------------------------------------ Python that runs


def test_the_examples_of_the_python_api_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = DOCS / "python-api.md"
    text = "\n".join("" if line.startswith("```") else line for line in page.read_text("utf-8").splitlines())
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    complaints: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=complaints.append)
    assert results.failed == 0, "".join(complaints)
    assert results.attempted > 30


@pytest.fixture(scope="module")
def examples() -> dict[str, Callable[..., Any]]:
    """The functions of the three examples of extending.md."""
    found: dict[str, Any] = {"__name__": "extending"}
    for body in blocks(DOCS / "extending.md", "python"):
        exec(compile(body, "extending.md", "exec"), found)
    return found


def test_the_example_of_a_reader_runs(examples: dict[str, Callable[..., Any]]) -> None:
    data = b"The board met.\fThe board sat.\f\xff"
    first, second, third = examples["read_minutes"](data, "sittings.minutes")
    assert isinstance(first, Received)
    assert (first.document.title, first.document.text) == ("Sitting 1", "The board met.")
    assert first.document.id != second.document.id
    assert isinstance(third, Problem)
    assert "sittings.minutes: sitting 3" in third.message


def test_the_example_of_a_stage_runs(examples: dict[str, Callable[..., Any]], tools: Tools) -> None:
    find = examples["find_tonnages"]
    stage = Stage("tonnages", find.gives, find, find.needs)  # type: ignore[attr-defined]
    text = "The barge carried 1,200 tonnes of salt to Tarn. It weighed tons."
    reading = read_document(Document(make_id("r", text), text), tools, (*STAGES, stage))
    assert reading.problems == ()
    found = [quantity for quantity in reading.quantities if quantity.reasons[0].rule == "tonnages.number"]
    assert [(quantity.span.cut(text), quantity.min) for quantity in found] == [("1,200 tonnes", 1200)]
    assert check_reading(reading) == []


def test_the_example_of_an_exporter_runs(examples: dict[str, Callable[..., Any]], tmp_path: Path) -> None:
    text = "Ilda Venn resigned in Tarn on Monday. Two clerks followed her, Oswin Marl said."
    account = account_of([Received(Document(make_id("r", text), text), text.encode())])
    paths = examples["write_names"](account, tmp_path / "names.txt")
    names = paths[0].read_text("utf-8").splitlines()
    assert {"Ilda Venn", "Oswin Marl"} <= set(names)
    assert not any("clerks" in name for name in names)


# ------------------------------------------------------------------------------------------------ SQL that runs


def queries() -> list[str]:
    return [block for block in blocks(DOCS / "case-file.md", "sql") if block.startswith("SELECT")]


@pytest.fixture(scope="module")
def affair(demo: Any) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(demo.folder / "demo.onrecord")) as connection:
        yield connection


@pytest.mark.parametrize("query", queries(), ids=words_of)
def test_each_query_finds_something(affair: sqlite3.Connection, query: str) -> None:
    assert affair.execute(query).fetchall()


def test_there_are_queries() -> None:
    assert len(queries()) >= 5


# ------------------------------------------------------------------------------------------------ what the code writes


def test_the_shown_schema_is_the_schema(writer: ModuleType) -> None:
    assert writer.schema() in (DOCS / "case-file.md").read_text("utf-8")


def test_a_reading_has_no_field_that_the_nouns_page_lacks() -> None:
    page = (DOCS / "nouns.md").read_text("utf-8")
    assert [field for field in Reading.__dataclass_fields__ if f"| `{field}` |" not in page] == []
