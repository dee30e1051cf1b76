"""The commands over a case of several reports, made by hand: the printed page, documents, rows and their filters."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from onrecord.case import Case
from onrecord.cli import commands, terminal
from onrecord.export.digest import digest
from onrecord.record import make_id
from tests.cli.conftest import Run
from tests.export.hostile import hostile_account
from tests.export.three_reports import ACCOUNT

PAGE = """
REPORTS (3)
  3 Mar 2023          Fire at the quay — Courier  r-1
                      is corrected by r-3: “Correction: this paper wrote of
                      three sheds”
  4 Mar 2023          Quay burns — Gazette  r-2
                      copies r-1: 2 passages
  6 Mar 2023          The night of the fire — Tribune  r-3
                      corrects r-1: “Correction: this paper wrote of three
                      sheds”

WHAT HAPPENED (2)
  2 Mar 2023          Two sheds burned at Quay Nine on Thursday
                      3 voices: 1 named, 2 unnamed; agree on where and whether
                      it happened
                      disputed: when
                      · “on Thursday” — Courier, 3 Mar 2023
                      · “on Wednesday” — says two firemen (unnamed); Tribune, 6
                      Mar 2023
                      first reported “Two sheds” (Courier, 3 Mar 2023);
                      corrected: “Correction: this paper wrote of three sheds”
                      (Tribune, 6 Mar 2023)
                      [Courier; Gazette; Tribune]  h-c6ee6d39065c
  2 Mar 2023          Two men were hurt — says Ilda Venn
                      1 voice, printed by 3 reports
                      number raised from “Two” (says Ilda Venn; Courier, 3 Mar
                      2023) to “Five” (says Ilda Venn; Tribune, 6 Mar 2023)
                      [Courier; Gazette; Tribune]  h-945db4aded51

DISPUTED: SOME SAY IT HAPPENED, OTHERS THAT IT DID NOT (1)
  2 Mar 2023          A guard had left his post — says a clerk who asked not to
                      be named (unnamed)
                      2 voices: 1 named, 1 unnamed
                      disputed: whether it happened
                      · happened: “A guard had left his post” — says a clerk who
                      asked not to be named (unnamed); Courier, 3 Mar 2023
                      · denied: “The guard never left his post” — says Oswin
                      Marl; Tribune, 6 Mar 2023
                      [Courier; Tribune]  h-a35bac0f3777

PLANNED, ASKED FOR, FEARED, NOT CERTAIN (1)
  2 Mar 2023          [planned] The board was to meet on Monday  [Courier]
                      ev-14

"""


@pytest.fixture
def fire(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A case whose account is the one made by hand."""
    monkeypatch.setattr(commands, "whole", lambda _case: ACCOUNT)
    return tmp_path / "fire.onrecord"


def test_the_printed_page(run: Run, fire: Path) -> None:
    printed = run("account", fire).stdout
    lines = [line.rstrip() for line in printed.splitlines()]
    assert lines[: len(PAGE.splitlines())] == PAGE.splitlines()
    assert max(map(len, printed.splitlines())) <= 80
    assert "\x1b" not in printed


def test_a_dispute_of_many_is_cut_on_the_printed_page_only() -> None:
    (line, *_) = digest(ACCOUNT).happened
    (dispute,) = line.disputes
    printed = terminal._dispute(dispute.__class__("when", dispute.sides * 5))
    assert len(printed) == 1 + terminal.SIDES + 1
    assert printed[-1] == "· and 4 more tellings"


def test_documents_go_to_stdout_or_to_a_file(run: Run, fire: Path, tmp_path: Path) -> None:
    out = tmp_path / "fire.html"
    assert run("account", fire, "--html", "--output", out).exit_code == 0
    assert out.read_text("utf-8") == run("account", fire, "--html").stdout
    assert out.read_text("utf-8").startswith("<!doctype html>\n")
    markdown = run("account", fire, "--markdown")
    assert (markdown.exit_code, markdown.stdout[:19]) == (0, "# fire: the account")
    assert json.loads(run("account", fire, "--json").stdout)["onrecord"] == "account/1"


def test_a_document_is_written_over_nothing_unasked(run: Run, fire: Path, tmp_path: Path) -> None:
    case, out = tmp_path / "some.onrecord", tmp_path / "there.md"
    with Case(case):
        pass
    out.write_text("precious")
    refused = run("account", fire, "--markdown", "--output", out)
    assert (refused.exit_code, out.read_text()) == (2, "precious")
    assert "is there already; --overwrite writes over it" in refused.stderr
    assert run("account", fire, "--markdown", "--output", out, "--overwrite").exit_code == 0
    assert out.read_text("utf-8").startswith("# fire")
    on_case = run("account", fire, "--html", "--output", case, "--overwrite")
    assert (on_case.exit_code, "is a case" in on_case.stderr) == (2, True)
    assert run("account", fire, "--output", tmp_path / "x").exit_code == 2


@pytest.mark.parametrize(
    ("rows", "filters", "ids"),
    [
        ("conflicts", (), ["l-guard", "l-when"]),
        ("conflicts", ("--who", "marl"), ["l-guard"]),
        ("conflicts", ("--who", "firemen"), ["l-when"]),
        ("conflicts", ("--status", "denied"), ["l-guard"]),
        ("conflicts", ("--status", "planned"), []),
        ("conflicts", ("--source", "named"), ["l-guard"]),
        ("conflicts", ("--source", "unnamed"), ["l-guard", "l-when"]),
        ("conflicts", ("--report", "r-3"), ["l-guard", "l-when"]),
        ("conflicts", ("--report", "r-2"), []),
        ("conflicts", ("--from", "2023-03-02", "--to", "2023-03-02"), ["l-guard", "l-when"]),
        ("conflicts", ("--from", "2023-03-03"), []),
        ("copies", (), ["l-copy", "l-note"]),
        ("copies", ("--report", "r-2"), ["l-copy"]),
        ("copies", ("--from", "2023-03-05"), ["l-note"]),
        ("changes", (), ["l-note", "l-toll"]),
        ("changes", ("--report", "r-1", "--who", "venn"), ["l-toll"]),
        ("changes", ("--unsure",), []),
    ],
)
def test_rows_and_their_filters(run: Run, fire: Path, rows: str, filters: tuple[str, ...], ids: list[str]) -> None:
    shown = json.loads(run("show", fire, rows, "--json", *filters).stdout)
    assert [row["id"] for row in shown] == ids
    table = csv.DictReader(io.StringIO(run("show", fire, rows, "--csv", *filters).stdout))
    assert [row["id"] for row in table] == ids
    page = run("show", fire, rows, *filters, "--limit", "1")
    assert page.exit_code == 0
    assert page.stdout.startswith(ids[0] if ids else "")


def test_a_filter_that_does_not_apply_is_misuse(run: Run, fire: Path) -> None:
    refused = run("show", fire, "entities", "--unsure")
    assert (refused.exit_code, "--unsure does not apply to entities" in refused.stderr) == (2, True)


def test_why_prints_a_happening_and_a_link(run: Run, fire: Path) -> None:
    page = " ".join(run("why", fire, make_id("h", "ev-31")).stdout.split())
    assert page.startswith(f"happening {make_id('h', 'ev-11')}")
    assert "told in r-3: “The sheds at Quay Nine burned on Wednesday” — says two firemen (unnamed)" in page
    link = " ".join(run("why", fire, "l-when").stdout.split())
    assert "left in r-3: “on Wednesday” — says two firemen (unnamed); Tribune, 6 Mar 2023; characters [30, 42)" in link
    assert "because disagree.when Wednesday against Thursday" in link


def test_no_word_of_a_report_steers_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(commands, "whole", lambda _case: hostile_account())
    shown = [run("account", tmp_path / "x")]
    shown += [run("show", tmp_path / "x", rows) for rows in ("conflicts", "copies", "changes")]
    shown += [run("why", tmp_path / "x", id_) for id_ in (make_id("h", "ev-11"), "l-copy", "l-when")]
    for page in shown:
        assert page.exit_code == 0
        assert not any(not char.isprintable() for char in page.stdout.replace("\n", ""))
