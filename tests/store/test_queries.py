"""Questions to a case: search, ids by their beginnings, and views that anybody can read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.record import Decision, Document, Made, Model, Problem, Reading, Sentence, Span, make_id
from onrecord.store import queries, rows
from onrecord.store.casefile import CaseFile, create_case

FIRST = "The mayor of Quell resigned on Friday. Nobody in Café Lorm had seen it coming, she said."
SECOND = "Dockers (all 40 of them) struck. NOT one ship left \ue0f0 the port."


def by_hand(text: str, title: str) -> Reading:
    """A reading whose sentences end at full stops."""
    id_ = make_id("r", title)
    sentences, start = [], 0
    for n, words in enumerate(text.split(". ")):
        sentences.append(Sentence(make_id("sn", id_, n), Span(start, start + len(words)), 0))
        start += len(words) + 2
    return Reading(Document(id_, text, title=title), tuple(sentences))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "a.onrecord") as opened:
        with opened.transaction():
            run = queries.add_run(opened, Made("0", (Model("m", "1", "d"),), (("verbs", "d"),)), "now")
            for text, title in ((FIRST, "First"), (SECOND, "Second")):
                rows.add_report(opened, by_hand(text, title), text.encode(), "now", run)
        yield opened


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("resign", ["resigned"]),
        ("cafe", ["Café"]),
        ("mayor friday", ["mayor", "Friday"]),
        ('"mayor of quell"', ["mayor of Quell"]),
        ('"of mayor"', []),
        ("frid*", ["Friday"]),
        ("mayor -friday", ["mayor", "Friday"]),
        ("struck)", ["struck"]),
        ("40 -not NOT", []),
        ("", []),
        ('"', []),
        ("- * ( ) ^", []),
        ('"friday mayor', ["mayor", "Friday"]),
        ("words:mayor", []),
    ],
)
def test_search_finds_words_whatever_is_typed(case: CaseFile, words: str, found: list[str]) -> None:
    hits = queries.search(case, words)
    text = {make_id("r", "First"): FIRST, make_id("r", "Second"): SECOND}
    assert [match.cut(text[hit.report]) for hit in hits for match in hit.matches] == found


def test_words_of_the_query_language_are_words(case: CaseFile) -> None:
    assert [hit.title for hit in queries.search(case, "NOT")] == ["Second"]
    assert [hit.title for hit in queries.search(case, "not AND one")] == []
    assert queries.search(case, "struck)")[0].snippet == "Dockers (all 40 of them) [struck]"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text() | st.text('"*()^:-+ANDORTNEmyr{}\x00', max_size=12))
def test_no_words_are_an_error(case: CaseFile, words: str) -> None:
    for hit in queries.search(case, words.encode("utf-8", "replace").decode(), limit=3):
        assert hit.title in {"First", "Second"}


def test_ids_are_found_by_their_beginnings(case: CaseFile) -> None:
    first = make_id("r", "First")
    assert queries.find_report(case, first[:8]) == (1, first)
    sentence = make_id("sn", first, 0)
    place = queries.find(case, sentence[:9])
    assert (place.report, place.kind, place.id) == (1, "sentence", sentence)
    assert queries.find(case, first).kind == "report"
    with pytest.raises(NotFound, match="write more of the id"):
        queries.find(case, "sn-")
    with pytest.raises(NotFound, match="write more of the id"):
        queries.find_report(case, "r-")
    for nothing in ("", "sn-zzz", "%"):
        with pytest.raises(NotFound):
            queries.find(case, nothing)


def test_reports_are_listed_in_the_order_of_adding(case: CaseFile) -> None:
    lines = queries.report_lines(case)
    assert [(line.title, line.characters, line.first_day) for line in lines] == [
        ("First", len(FIRST), None),
        ("Second", len(SECOND), None),
    ]
    assert [reading.document.title for reading in queries.readings(case)] == ["First", "Second"]


def test_a_decision_only_grows(case: CaseFile) -> None:
    made = Decision("d-1", "report", "set", make_id("r", "First"), None, "outlet=Lorm Post", "ann", "now")
    queries.add_decision(case, made)
    with pytest.raises(sqlite3.IntegrityError, match="never erased"):
        case.run("DELETE FROM decision")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        case.run("UPDATE decision SET verb = 'x'")
    queries.undo_decision(case, "d-1", "later")
    queries.undo_decision(case, "d-1", "later still")
    assert [decision.undone_at for decision in queries.decisions(case)] == ["later"]
    with pytest.raises(NotFound):
        queries.undo_decision(case, "d-2", "later")


def test_decisions_follow_what_moved_and_come_back_with_it(case: CaseFile) -> None:
    queries.add_decision(case, Decision("d-1", "entity", "same", "e-1", "e-9", "", "ann", "now"))

    def pointed() -> list[tuple[str, str | None]]:
        return [(made.left, made.right) for made in queries.decisions(case)]

    queries.move(case, "e-1", "e-2", "now")
    queries.move(case, "e-2", "e-3", "now")
    assert pointed() == [("e-3", "e-9")]
    queries.move(case, "e-3", "e-1", "now")
    assert pointed() == [("e-1", "e-9")]
    queries.unmove(case, ["e-1", "e-2"])
    assert pointed() == [("e-1", "e-9")]
    assert queries.followed("e-3", queries.moves(case)) == "e-1"
    queries.move(case, "e-1", "e-2", "now")
    queries.forget_words(case, "e-2", queries.remove_report(case, 1, "", "now"))
    assert "e-2" in queries.removed_ids(case)


def test_a_decision_is_found_by_the_beginning_of_its_id(case: CaseFile) -> None:
    for n in ("d-1", "d-12", "d-2"):
        queries.add_decision(case, Decision(n, "entity", "rename", "e-1", None, "Venn", "ann", "now"))
    assert queries.find_decision(case, "d-2").id == "d-2"
    assert queries.find_decision(case, "d-1").id == "d-1"
    for prefix in ("", "d-", "d-3"):
        with pytest.raises(NotFound):
            queries.find_decision(case, prefix)


def test_a_problem_is_noted_once(case: CaseFile) -> None:
    problem = Problem("", "read", "a.txt: is empty")
    for at in ("now", "later"):
        queries.add_problem(case, problem, at)
    assert queries.problems(case) == (problem,)


def test_what_made_the_findings_is_kept(case: CaseFile) -> None:
    made = queries.last_made(case)
    assert made == Made("0", (Model("m", "1", "d"),), (("verbs", "d"),))
    assert queries.add_run(case, made, "later") == 1
    assert queries.add_run(case, Made("1", (), ()), "later") == 2


def test_views_are_readable_without_us(tmp_path: Path, read_text: Any) -> None:
    """Any SQLite program may open the file; the views show names, words, status and who says so."""
    text = "Brana Kolt, the harbour minister of Vessia, said on Tuesday that the company had fired 40 workers."
    reading = read_text(text, published="2021-03-04")
    path = tmp_path / "b.onrecord"
    with create_case(path) as case, case.transaction():
        run = queries.add_run(case, Made("0", (), ()), "now")
        rows.add_report(case, reading, text.encode(), "now", run)
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    statements = [dict(row) for row in connection.execute("SELECT * FROM statements_plain")]
    assert len(statements) == len(reading.statements)
    assert all(row["published"] == "2021-03-04" for row in statements)
    assert [row["source_kind"] for row in statements] == [s.source.kind for s in reading.statements]
    timeline = [dict(row) for row in connection.execute("SELECT * FROM timeline_plain")]
    assert {row["id"]: row["status"] for row in timeline} == {event.id: event.status for event in reading.events}
    assert all(row["sentence"] == text for row in timeline)
    told = {event.id for event in reading.events if event.statement is not None}
    assert {row["id"] for row in timeline if row["told_by"] is not None} == told
    sources = [dict(row) for row in connection.execute("SELECT * FROM sources_plain")]
    assert sum(row["statements"] for row in sources) == len(statements)
    connection.close()
