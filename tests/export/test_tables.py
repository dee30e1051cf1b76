"""CSV: every kind of row, read back; nothing a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from onrecord.errors import BadInput
from onrecord.export.resolved import resolve
from onrecord.export.tables import COLUMNS, KINDS, cell, rows_of, write_csv
from onrecord.record import Account


def read_back(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_file_a_kind_with_all_its_rows(account: Account, tmp_path: Path) -> None:
    paths = write_csv(account, tmp_path / "out")
    assert [path.stem for path in paths] == list(KINDS)
    counts = {path.stem: len(read_back(path)) for path in paths}
    assert counts == {
        "reports": 1, "entities": 3, "mentions": 4, "statements": 1, "events": 2, "times": 1, "quantities": 1,
        "sources": 2, "decisions": 0, "problems": 1,
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


def test_every_kind_gives_the_columns_it_promises(account: Account) -> None:
    for kind, columns in COLUMNS.items():
        for row in rows_of(kind, resolve(account)):
            assert set(columns) <= set(row), kind


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
