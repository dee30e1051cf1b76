"""Rules and head together: one row of both, a score for each, and what lies inside another stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Document, Reading
from tests.conftest import ReadText


def test_what_both_find_is_one_row_with_both_reasons(read_text: ReadText) -> None:
    reading = read_text("The governor said the bridge would reopen in June.")
    (cue,) = reading.cues
    assert {"reporting-verbs#say", "cues.clause", "says.head"} <= {reason.rule for reason in cue.reasons}
    assert any(reason.model and reason.rule == "says.head" for reason in cue.reasons)
    assert 0.5 < cue.score <= 1
    assert reading.statements[0].score == cue.score


def test_by_rules_alone_a_score_is_that_of_its_shape(read_by_rules: ReadText) -> None:
    reading = read_by_rules("“It will reopen,” the governor said. He criticized the delay.")
    quoted, spoken = reading.statements
    assert 0 < spoken.score < quoted.score < 1


def test_a_statement_inside_another_stays(read_text: ReadText) -> None:
    text = "Two officials said the minister had told the council that the dam was sound."
    outer, inner = sorted(read_text(text).statements, key=lambda s: s.cue[0].start)
    assert inner.within == outer.id
    assert inner.content[0].cut(text) == "that the dam was sound"


def test_who_is_told_is_no_content(read_text: ReadText) -> None:
    text = "Mara Tolin told the harbour council that the pier was unsafe."
    (statement,) = read_text(text).statements
    assert statement.content[0].cut(text) == "that the pier was unsafe"


PIECES = st.sampled_from(
    ["“We will go", ",” ", "she said", ". ", "\n\n", "“", "”", '"', "''", "He told the board that ", "it failed", " — ",
     "according to two clerks", ", ", "The mayor denied ", "the report", "MARA TOLIN: ", "’", "claim that "]
)  # fmt: skip


def pieces_of(reading: Reading) -> None:
    for statement in reading.statements:
        cue, source = statement.cue, statement.source.spans
        for piece in statement.content:
            assert not any(piece.overlaps(own) for own in (*cue, *source))
        assert 0 <= statement.score <= 1


@pytest.mark.parametrize("which", ["tools", "rules_only"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=14).map("".join))
def test_content_never_overlaps_its_cue_or_source(request: pytest.FixtureRequest, which: str, text: str) -> None:
    tools: Tools = request.getfixturevalue(which)
    reading = read_document(Document("r-1", text), tools)
    assert not reading.problems, reading.problems
    pieces_of(reading)
    for quotation in reading.quotations:
        words = quotation.span.cut(text)
        assert "\n\n" not in words.strip()  # an unclosed quotation ends with its paragraph
