"""Contradictions, copies and changes as rows: both sides with their words, the earliest first."""

from __future__ import annotations

from dataclasses import replace

from onrecord.export.citations import tellings
from onrecord.export.comparisons import comparisons, is_change, is_conflict, is_copy
from onrecord.export.resolved import resolve
from onrecord.export.tables import rows_of
from onrecord.record import Link, LinkKind
from tests.export.three_reports import ACCOUNT, LINKS, READINGS


def test_each_link_is_the_kind_of_row_that_a_reader_looks_for() -> None:
    found = comparisons(tellings(resolve(ACCOUNT)))
    kinds = {one.id: (is_conflict(one), is_copy(one), is_change(one)) for one in found}
    assert kinds == {
        "l-copy": (False, True, False),
        "l-guard": (True, False, False),
        "l-note": (False, True, True),
        "l-toll": (False, False, True),
        "l-when": (True, False, False),
    }
    assert next(iter(kinds)) == "l-copy", "the earliest first"


def test_a_later_version_of_a_report_is_no_change_of_what_it_tells() -> None:
    later = Link("l-9", "r-3", "r-1", LinkKind.UPDATES, 1.0)
    (found,) = comparisons(tellings(resolve(replace(ACCOUNT, links=(later,)))))
    assert (is_copy(found), is_change(found)) == (True, False)


def test_a_conflict_has_both_sides() -> None:
    row = next(row for row in rows_of("conflicts", resolve(ACCOUNT)) if row["id"] == "l-guard")
    left = ("The guard never left his post", "Oswin Marl", "named", "denied", "Tribune", "6 Mar 2023", "r-3", 98, 127)
    right = (
        "A guard had left his post", "a clerk who asked not to be named", "unnamed", "happened", "Courier",
        "3 Mar 2023", "r-1", 78, 103,
    )  # fmt: skip
    cells = ("words", "says", "source_kind", "status", "outlet", "published", "report", "start", "end")
    assert tuple(row[f"left_{cell}"] for cell in cells) == left
    assert tuple(row[f"right_{cell}"] for cell in cells) == right
    assert (row["field"], row["reason"], row["actors"]) == ("status", "denied against happened", "Oswin Marl")
    assert (row["earliest"], row["latest"]) == ("2023-03-02", "2023-03-02")


def test_a_conflict_inside_one_report_is_one_too() -> None:
    inside = Link("k-9", "ev-12", "ev-11", LinkKind.CONTRADICTS, 0.5, field="quantity")
    readings = (replace(READINGS[0], links=(inside,)), *READINGS[1:])
    rows = rows_of("conflicts", resolve(replace(ACCOUNT, readings=readings, links=LINKS[:1])))
    assert [(row["id"], row["left_report"], row["right_report"]) for row in rows] == [("k-9", "r-1", "r-1")]


def test_a_copy_has_its_passages_and_their_first_words() -> None:
    copy, note = rows_of("copies", resolve(ACCOUNT))
    assert (copy["left_title"], copy["right_title"], copy["passages"], copy["words"]) == (
        "Quay burns",
        "Fire at the quay",
        2,
        "Two sheds burned at Quay Nine on Thursday.",
    )
    assert (note["kind"], note["earliest"]) == ("corrects", "2023-03-06")


def test_a_change_has_the_earlier_and_the_later_words() -> None:
    found = [
        (row["kind"], row["change"], row["earlier_words"], row["later_words"])
        for row in rows_of("changes", resolve(ACCOUNT))
    ]
    assert found == [
        ("corrects", "a note of correction", "Two sheds", "Correction: this paper wrote of three sheds"),
        ("updates", "number raised", "Two", "Five"),
    ]


def test_a_link_to_what_is_gone_is_left_out() -> None:
    assert rows_of("conflicts", resolve(replace(ACCOUNT, readings=READINGS[:1]))) == []
