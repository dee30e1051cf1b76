"""The date of a report: given, taken back, inferred, unknown; and what is shown of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from onrecord.case import Case
from onrecord.errors import BadInput, NotFound

Run = Callable[..., Result]

# No word of it tells when it came out, but that it was after 2009.
UNDATED = """Clerk Leaves Harbour Board

Ilda Venn, the clerk of the harbour board since last year, resigned yesterday. The board met two weeks ago in Velm.
"She told us last month," said Tarn Osk, the chairman. The police arrested a captain on Thursday.

The board will publish the letters next month. In 2009 the pier burned.
"""
# Two expressions for the same meetings close in upon its date.
CLUED = """Officers Met Envoys, Letters Show

The first meeting, held in the autumn of 2011, lasted two days. The meetings, which began last autumn and went on this
year, were broken off by the envoys. The general was dismissed last year.
"""
DATED = """Harbour Board Sells Pier

VELM, March 9, 2023 - The harbour board sold the pier on Tuesday, the board said.
"""


def shown(run: Run, case: Path) -> Any:
    return json.loads(run("account", case, "--json").stdout)


def made(run: Run, folder: Path, **texts: str) -> Path:
    case = folder / "dates.onrecord"
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        assert run("add", case, folder / f"{name}.txt").exit_code == 0
    return case


def days(account: Any, words: str) -> tuple[str, str] | None:
    """The first and last day of the expression with these words."""
    texts = {report["id"]: report["text"] for report in account["reports"]}
    interval = next(
        time["interval"] for time in account["times"] if texts[time["report"]][slice(*time["anchor"])] == words
    )
    return interval and (interval["earliest"], interval["latest"])


def without_decisions(account: Any) -> Any:
    return {**account, "decisions": []}


# ------------------------------------------------------------------------------------------------ giving a date


def test_a_date_given_later_is_as_good_as_one_given_at_once(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    before = shown(run, case)
    assert before["reports"][0]["published"]["latest"] is None
    assert {time["interval"]["earliest"] for time in before["times"] if time["interval"]} == {"2009-01-01"}
    assert run("set", case, "a.txt", "--date", "2023-03-09").exit_code == 0
    after = shown(run, case)
    assert {words: days(after, words) for words in ("yesterday", "last month", "Thursday")} == {
        "yesterday": ("2023-03-08", "2023-03-08"),
        "last month": ("2023-02-01", "2023-02-28"),
        "Thursday": ("2023-03-09", "2023-03-09"),
    }
    fresh = tmp_path / "fresh.onrecord"
    assert run("add", fresh, tmp_path / "a.txt", "--date", "2023-03-09").exit_code == 0
    assert without_decisions(after) == shown(run, fresh), "times, statements, events, roles and happenings"
    assert run("check", case).exit_code == 0


def test_another_date_moves_everything_again_and_taking_it_back_restores_it(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    before = shown(run, case)
    for day, yesterday in (("2023-03-09", "2023-03-08"), ("1999-01-01", "1998-12-31"), ("2024-03-01", "2024-02-29")):
        assert run("set", case, "a.txt", "--date", day).exit_code == 0
        after = shown(run, case)
        assert days(after, "yesterday") == (yesterday, yesterday)
        assert days(after, "2009") == ("2009-01-01", "2009-12-31")
        moved = [event["when"]["earliest"] for event in after["events"] if event["when"]]
        assert yesterday in moved
    result = run("set", case, "a.txt", "--date", "")
    assert result.exit_code == 0
    assert result.stderr.endswith(": set; published: on or after 1 Jan 2009, inferred from 1 clue\n")
    assert without_decisions(shown(run, case)) == before
    assert [(row["verb"], row["value"]) for row in shown(run, case)["decisions"]][-2:] == [
        ("set", "date=2024-03-01"), ("set", "date="),
    ]  # fmt: skip
    assert run("check", case).exit_code == 0


def test_taking_a_date_back_leaves_what_the_report_says_itself(run: Run, tmp_path: Path) -> None:
    row = {"text": "The clerk resigned yesterday.", "published": "2021-05-06", "outlet": "The Ledger", "title": "Out"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    case = tmp_path / "dates.onrecord"
    assert run("add", case, tmp_path / "rows.jsonl", "--date", "2001-01-01").exit_code == 0
    assert days(shown(run, case), "yesterday") == ("2000-12-31", "2000-12-31")
    assert run("set", case, "r-", "--date", "2002-02-02", "--outlet", "Mine", "--title", "Other").exit_code == 0
    changed = shown(run, case)["reports"][0]
    assert (changed["outlet"], changed["title"]) == ("Mine", "Other")
    assert run("set", case, "r-", "--date", "", "--outlet", "", "--title", "").exit_code == 0
    account = shown(run, case)
    report = account["reports"][0]
    assert days(account, "yesterday") == ("2021-05-05", "2021-05-05")
    assert (report["outlet"], report["title"], report["published"]["earliest"]) == ("The Ledger", "Out", "2021-05-06")
    assert run("reread", case).exit_code == 0
    assert shown(run, case) == account


def test_a_date_that_was_found_in_the_text_comes_back_too(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=DATED)
    before = shown(run, case)
    assert before["reports"][0]["published"]["earliest"] == "2023-03-09"
    run("set", case, "a.txt", "--date", "2020-01-01")
    assert days(shown(run, case), "Tuesday") == ("2019-12-31", "2019-12-31")
    assert run("set", case, "a.txt", "--date", "").exit_code == 0
    assert without_decisions(shown(run, case)) == before


@pytest.mark.parametrize(
    ("given", "published", "yesterday"),
    [
        ("2023-03", ("2023-03-01", "2023-03-31"), ("2023-02-28", "2023-03-30")),
        ("2023", ("2023-01-01", "2023-12-31"), ("2022-12-31", "2023-12-30")),
        ("2024-02-29", ("2024-02-29", "2024-02-29"), ("2024-02-28", "2024-02-28")),
    ],
)
def test_a_month_or_a_year_gives_intervals_as_wide_as_they_must_be(
    run: Run, tmp_path: Path, given: str, published: tuple[str, str], yesterday: tuple[str, str]
) -> None:
    case = made(run, tmp_path, a=UNDATED)
    assert run("set", case, "a.txt", "--date", given).exit_code == 0
    account = shown(run, case)
    interval = account["reports"][0]["published"]
    assert (interval["earliest"], interval["latest"], interval["inferred"]) == (*published, False)
    assert days(account, "yesterday") == yesterday
    assert days(account, "2009") == ("2009-01-01", "2009-12-31")
    first = date.fromisoformat(published[0])
    last_year = days(account, "last year")
    assert last_year == (f"{first.year - 1}-01-01", f"{first.year - 1}-12-31")


def test_the_account_is_in_the_order_of_the_new_date(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)

    def order(day: str) -> list[str]:
        run("set", case, "a.txt", "--date", day)
        page = run("account", case).stdout.split("WHAT HAPPENED")[1].split("\n\n")[0]
        return [word for line in page.splitlines() for word in ("resigned", "burned") if word in line]

    assert order("2023-03-09") == ["burned", "resigned"]
    assert order("2001-03-09") == ["resigned", "burned"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "next week",
        "2023-13",
        "2023-02-30",
        "20230309",
        "2023-3-9",
        "0000",
        "9999-12-31",
        "٢٠٢٣",
        "1",
        " ",
        "2023-03-09T10",
    ],
)
def test_a_date_that_is_none_is_refused_and_nothing_changes(run: Run, case: Path, nonsense: str) -> None:
    before = shown(run, case)
    report = before["reports"][0]["id"]
    result = run("set", case, report, "--date", nonsense)
    assert result.exit_code == 2
    assert "is no date: write 2023-03-04, 2023-03 or 2023" in " ".join(result.stderr.split())
    with Case(case) as opened, pytest.raises(BadInput, match="is no date"):
        opened.set(report, date=nonsense)
    assert shown(run, case) == before


def test_a_report_is_named_by_its_id_the_beginning_of_it_or_its_file(run: Run, case: Path) -> None:
    first, second = (report["id"] for report in shown(run, case)["reports"])
    for n, name in enumerate((first, first[:6], "1.txt"), start=1):
        result = run("set", case, name, "--date", f"2023-03-0{n}")
        assert result.stderr == f"{first}: set; published: {n} Mar 2023\n"
        assert [report["published"]["earliest"] for report in shown(run, case)["reports"]] == [
            f"2023-03-0{n}", "2023-03-09",
        ]  # fmt: skip
    assert run("reread", case, "2.txt").exit_code == 0
    assert run("remove", case, "1.txt").exit_code == 0
    assert [report["id"] for report in shown(run, case)["reports"]] == [second]


@pytest.mark.parametrize(
    ("name", "message"),
    [("r-", "write more of the id"), ("r-nothing", "no report"), ("", "no report"), ("3.txt", "no report")],
)
def test_a_report_that_is_not_clearly_named_is_refused(run: Run, case: Path, name: str, message: str) -> None:
    before = shown(run, case)
    result = run("set", case, name, "--date", "2023-03-04")
    assert result.exit_code == 2
    assert message in result.stderr
    assert shown(run, case) == before


def test_two_reports_of_one_file_name_are_told_apart_by_id(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "dates.onrecord"
    for n, text in enumerate((UNDATED, CLUED)):
        (tmp_path / str(n)).mkdir()
        (tmp_path / str(n) / "same.txt").write_text(text, encoding="utf-8")
    run("add", case, tmp_path / "0", tmp_path / "1")
    with Case(case) as opened, pytest.raises(NotFound, match="write more of the id"):
        opened.set("same.txt", date="2023-03-04")


def test_a_report_whose_bytes_are_not_read_as_before_keeps_its_date(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = made(run, tmp_path, a=UNDATED)
    run("set", case, "a.txt", "--date", "2023-03-09")
    before = shown(run, case)
    monkeypatch.setattr("onrecord.case.read_bytes", lambda *_given, **_more: iter(()))
    result = run("set", case, "a.txt", "--date", "")
    assert result.exit_code == 2
    assert "a.txt: is not read as it was" in result.stderr
    assert shown(run, case) == before


def test_undoing_a_set_date_says_how(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    run("set", case, "a.txt", "--date", "2023-03-09")
    (decision,) = shown(run, case)["decisions"]
    result = run("undo", case, decision["id"])
    assert result.exit_code == 2
    assert "onrecord set --date ''` takes it back" in result.stderr


# ------------------------------------------------------------------------------------------------ what is shown


def flat(page: str) -> str:
    return " ".join(page.split())


def test_an_inferred_date_is_shown_as_inferred_with_its_clues(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=CLUED)
    (report,) = shown(run, case)["reports"]
    assert report["published"]["inferred"]
    said = "between 1 Jan and 30 Nov 2012, inferred from 3 clues"
    pages = {
        "read": run("read", tmp_path / "a.txt").stdout,
        "account": run("account", case).stdout,
        "show": run("show", case, "reports").stdout,
        "why": run("why", case, report["id"]).stdout,
        "csv": run("show", case, "reports", "--csv").stdout,
    }
    for name, page in pages.items():
        assert said in flat(page), name
        for clue in ("the autumn of 2011", "last autumn", "this year"):
            assert f"“{clue}”" in flat(page), (name, clue)
    for reason in report["published"]["reasons"]:
        assert reason["note"] in flat(pages["why"])
        assert reason["note"] in flat(pages["show"])
    assert "2011, inferred" in flat(run("show", case, "times").stdout)


def test_a_date_that_the_report_states_is_not_called_inferred(run: Run, tmp_path: Path) -> None:
    text = "Published March 9, 2023\n\nThe harbour board sold the pier on Tuesday, the board said.\n"
    case = made(run, tmp_path, a=text)
    assert "inferred" not in run("account", case).stdout.split("WHAT HAPPENED")[0]
    assert "dated from “March 9, 2023”" in flat(run("account", case).stdout)
    assert "published 9 Mar 2023" in flat(run("show", case, "reports").stdout)


def test_a_report_without_any_date_says_so_and_shows_formulas(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED.replace("In 2009", "Once"))
    (report,) = shown(run, case)["reports"]
    account = flat(run("account", case).stdout)
    assert "no date Clerk Leaves Harbour Board" in account
    hint = "“last year” and 5 more can be dated once the report is: "
    assert hint + "onrecord set dates.onrecord REPORT --date DAY" in account
    assert hint + "--date DAY" in flat(run("read", tmp_path / "a.txt").stdout)
    assert "published: no date" in run("why", case, report["id"]).stdout
    times = flat(run("show", case, "times").stdout)
    for formula in ("the year before publication", "the day before publication", "two weeks before publication",
                    "“Thursday”, reckoned from publication", "the month after publication"):  # fmt: skip
        assert f"when {formula}" in times, formula
    (yesterday,) = [row for row in shown(run, case)["times"] if row["timex"] == "XXXX-XX-XX"]
    assert "when: the day before publication" in run("why", case, yesterday["id"]).stdout
    run("set", case, "a.txt", "--date", "2023-03-09")
    assert "can be dated" not in run("account", case).stdout
    assert "when: 8 Mar 2023, inferred from the report's date" in run("why", case, yesterday["id"]).stdout


def test_the_page_of_rows_leaves_the_strings_of_standards_to_tables(run: Run, made_case: Path) -> None:
    assert "edtf" in run("show", made_case, "times").stdout
    assert "edtf" not in run("show", made_case, "events").stdout
    for kind in ("reports", "events", "statements", "times"):
        assert ",edtf," in run("show", made_case, kind, "--csv").stdout.splitlines()[0]


def test_a_wide_stretch_is_no_day(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    run("set", case, "a.txt", "--date", "2023-03")
    assert "a day between 28 Feb and 30 Mar 2023, inferred" in flat(run("show", case, "times").stdout)


def test_the_rejected_readings_stand_in_why(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a="The board considered a sale last summer.\n")
    run("set", case, "a.txt", "--date", "2023-11-09")
    (time,) = shown(run, case)["times"]
    (other,) = time["interval"]["alternatives"]
    page = flat(run("why", case, time["id"]).stdout)
    assert f"rejected: {other['earliest']}..{other['latest']}: {other['why']}" in page


def test_no_reason_is_printed_twice(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    run("set", case, "a.txt", "--date", "2023-03-09")
    for row in shown(run, case)["times"]:
        reasons = json.loads(run("why", case, row["id"], "--json").stdout)["reasons"]
        assert len({json.dumps(reason) for reason in reasons}) == len(reasons)


def test_times_are_exported_as_timeml(run: Run, tmp_path: Path) -> None:
    case = made(run, tmp_path, a=UNDATED)
    (report,) = shown(run, case)["reports"]
    out = tmp_path / "tml"
    result = run("export", case, "timeml", out)
    assert result.exit_code == 0
    assert 'value="XXXX-XX-XX" temporalFunction="true" anchorTimeID="t0">yesterday</TIMEX3>' in (
        out / f"{report['id']}.tml"
    ).read_text(encoding="utf-8")
    assert run("export", case, "timeml", out).exit_code == 2
    assert run("export", case, "timeml", out, "--overwrite").exit_code == 0
