"""CSV: every kind of row, read back; nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.errors import BadInput
from onrecord.export.account_json import account_json
from onrecord.export.resolved import resolve
from onrecord.export.tables import COLUMNS, KINDS, cell, rows_of, write_csv
from onrecord.record import Account, Basis, Precision, Reason, Span, TimeInterval


def at(words: str) -> Span:
    """Where these words stand in the text of the made account."""
    text = "A clerk in Ostermark, who feared for her job, said on Monday"
    return Span(text.index(words), text.index(words) + len(words))


def read_back(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_file_a_kind_with_all_its_rows(account: Account, tmp_path: Path) -> None:
    paths = write_csv(account, tmp_path / "out")
    assert [path.stem for path in paths] == list(KINDS)
    counts = {path.stem: len(read_back(path)) for path in paths}
    assert counts == {
        "reports": 1, "entities": 3, "mentions": 4, "statements": 1, "events": 2, "times": 1, "quantities": 1,
        "happenings": 2, "links": 2, "sources": 2, "conflicts": 0, "copies": 0, "changes": 0, "decisions": 0,
        "problems": 1,
    }  # fmt: skip


def test_words_stand_beside_their_offsets(account: Account, tmp_path: Path) -> None:
    write_csv(account, tmp_path)
    text = account.readings[0].document.text
    for row in read_back(tmp_path / "mentions.csv"):
        assert row["words"] == text[int(row["start"]) : int(row["end"])]
    (statement,) = read_back(tmp_path / "statements.csv")
    assert statement["content"] == "Captain Ilda Venn had not\nboarded the ship"
    assert (statement["source"], statement["source_kind"]) == ("a clerk in Ostermark; Ilda Venn", "unnamed")
    assert (statement["earliest"], statement["latest"], statement["date_inferred"]) == (
        "2023-03-06",
        "2023-03-06",
        "yes",
    )


def test_where_an_interval_stands_its_edtf_string_stands(account: Account) -> None:
    for kind, columns in COLUMNS.items():
        if "earliest" not in columns:
            continue
        assert "edtf" in columns, kind
        dated = [row for row in rows_of(kind, resolve(account)) if row["earliest"] or row["latest"]]
        assert dated, kind
        assert all(row["edtf"] for row in dated), kind
    (statement,) = rows_of("statements", resolve(account))
    assert statement["edtf"] == "2023-03-06"
    shown = account_json(account)
    assert shown["reports"][0]["published"]["edtf"] == "2023-03-09"
    assert shown["happenings"][0]["when"]["edtf"] == "2023-03-06"


def test_an_expression_keeps_the_edtf_string_of_its_words(account: Account) -> None:
    (reading,) = account.readings
    (monday,) = reading.times
    for written, shown in (("2023-03", "2023-03"), ("", "2023-03-06")):
        changed = replace(account, readings=(replace(reading, times=(replace(monday, edtf=written),)),))
        assert [row["edtf"] for row in rows_of("times", resolve(changed))] == [shown]


def test_an_inferred_date_of_a_report_stands_with_its_clues(account: Account) -> None:
    (reading,) = account.readings
    inferred = TimeInterval(
        date(2023, 3, 1), date(2023, 4, 1), Precision.MONTH, Basis.EXPRESSION, inferred=True,
        reasons=(
            Reason("dating.one", "told as past", at("Monday")),
            Reason("dating.two", "told as past", at("Ostermark")),
            Reason("dating.three", "without words"),
            Reason("dating.four", "and told again", at("Monday")),
            Reason("dating.five", "clerk", at("clerk")),
        ),
    )  # fmt: skip
    changed = replace(account, readings=(replace(reading, published=inferred),))
    (row,) = rows_of("reports", resolve(changed))
    assert row["published"] == "between 1 and 31 Mar 2023, inferred from 3 clues"
    assert row["clues"] == "“Monday” (told as past; and told again); “Ostermark” (told as past); “clerk”"
    assert (row["edtf"], row["date_inferred"]) == ("2023-03", True)
    (given,) = rows_of("reports", resolve(account))
    assert (given["published"], given["clues"]) == ("9 Mar 2023 14:30", "")


def test_every_kind_gives_the_columns_it_promises(account: Account) -> None:
    for kind, columns in COLUMNS.items():
        for row in rows_of(kind, resolve(account)):
            assert set(columns) <= set(row), kind


def test_links_have_the_words_of_both_sides(affair: Account, account: Account, tmp_path: Path) -> None:
    write_csv(affair, tmp_path)
    apart, update = read_back(tmp_path / "links.csv")
    assert (apart["kind"], apart["field"], apart["why"]) == ("contradicts", "when", "4 May, not 3")
    assert (apart["left_words"], apart["right_words"]) == ("on 4 May", "seized … Lark")
    assert (apart["left_report"], apart["right_report"]) == ("r-2", "r-1")
    assert (update["left"], update["left_report"], update["left_words"]) == ("r-2", "r-2", "")
    within, over = rows_of("links", resolve(account))
    assert (within["kind"], within["left_report"], within["right_report"]) == ("before", "r-1", "r-1")
    assert (over["left_report"], over["right_report"]) == ("r-1", None)


def test_happenings_say_who_tells_them_and_on_what_they_differ(affair: Account, tmp_path: Path) -> None:
    write_csv(affair, tmp_path)
    seized, fled, planned = read_back(tmp_path / "happenings.csv")
    assert (seized["status"], seized["disputed"], seized["disputed_on"], seized["agreed"]) == (
        "happened", "yes", "when", "status",
    )  # fmt: skip
    assert (seized["reports"], seized["told_in"], seized["named_voices"]) == ("r-1; r-2", "ev-1; ev-3", "2")
    assert (seized["earliest"], seized["latest"]) == ("2023-05-03", "2023-05-09")
    assert (fled["status"], fled["according_to"]) == ("denied", "“two clerks” (unnamed), in The Ledger")
    assert (planned["status"], planned["actors"]) == ("planned", "Ilda Venn")


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(value: str) -> None:
    assert str(cell(value)).startswith("'")


def test_words_that_begin_like_a_formula_are_kept_from_running(account: Account, tmp_path: Path) -> None:
    write_csv(account, tmp_path)
    assert [row["words"] for row in read_back(tmp_path / "events.csv")][1] == "'=Two pilots are held"


def test_a_file_in_the_way_is_named(account: Account, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(BadInput, match="taken: is a file"):
        write_csv(account, tmp_path / "taken")
