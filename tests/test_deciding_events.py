"""Deciding on events in a case: which tellings are one, held whatever is read later, until it is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.made_readings import made_readings
from onrecord.case import Case
from onrecord.errors import BadDecision, NotFound
from onrecord.record import Document, Happening, Id, Made, Reading, Received

READINGS = {reading.document.id: reading for reading in made_readings(12, seed=5)}


def as_made(document: Document) -> tuple[Reading, Made]:
    return READINGS[document.id], Made("0", (), ())


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "a.onrecord", work=as_made) as opened:
        texts = [Received(r.document, r.document.text.encode()) for r in READINGS.values()]
        list(opened.add(texts, engine="serial"))
        yield opened


def of(case: Case, event: Id) -> Happening:
    return next(happening for happening in case.account().happenings if event in happening.told_in)


def in_several(case: Case) -> Happening:
    return next(happening for happening in case.account().happenings if len(happening.reports) > 1)


def in_two_reports(case: Case) -> tuple[Id, Id]:
    """Two events that two reports tell, and nothing joins."""
    alone = [h for h in case.account().happenings if len(h.told_in) == 1]
    return next((a.told_in[0], b.told_in[0]) for a, b in combinations(alone, 2) if a.reports != b.reports)


def test_what_is_decided_to_be_the_same_is_one_until_it_is_undone(case: Case) -> None:
    left, right = in_two_reports(case)
    made = case.decide_event(left, "same", right, "two papers, one arrest")
    assert of(case, left) == of(case, right)
    assert set(of(case, left).told_in) == {left, right}
    case.undo(made.id)
    assert of(case, left) != of(case, right)
    assert [(d.about, d.undone_at is None) for d in case.decisions()] == [("event", False)]


def test_what_is_decided_to_be_different_is_parted(case: Case) -> None:
    together = in_several(case)
    left, right = together.told_in[0], together.told_in[-1]
    case.decide_event(left, "different", right)
    assert of(case, left) != of(case, right)
    assert case.check() == []


def test_a_happening_is_meant_by_any_id_that_it_ever_had(case: Case) -> None:
    left, right = in_two_reports(case)
    made = case.decide_event(of(case, left).id, "same", of(case, right).id)
    assert {made.left, made.right} == {left, right}


def test_decisions_hold_when_reports_are_read_again_and_when_others_come(case: Case) -> None:
    left, right = in_two_reports(case)
    case.decide_event(left, "same", right)
    case.reread(engine="serial")
    assert of(case, left) == of(case, right)
    later = next(r for r in READINGS.values() if not {left, right} & {e.id for e in r.events})
    case.remove(later.document.id)
    assert of(case, left) == of(case, right)


@pytest.mark.parametrize(
    ("verbs", "message"),
    [
        (["same", "same"], "decided that already"),
        (["same", "different"], "decided the contrary"),
        (["different", "same"], "decided the contrary"),
        (["marry"], "no verb 'marry' for an event"),
    ],
)
def test_what_cannot_stand_beside_the_others_is_refused(case: Case, verbs: Sequence[str], message: str) -> None:
    left, right = in_two_reports(case)
    for verb in verbs[:-1]:
        case.decide_event(left, verb, right)
    before = case.decisions()
    with pytest.raises(BadDecision, match=message):
        case.decide_event(left, verbs[-1], right)
    assert case.decisions() == before


def test_what_is_not_there_or_no_event_is_refused(case: Case) -> None:
    left, _ = in_two_reports(case)
    report = next(iter(READINGS.values()))
    with pytest.raises(NotFound):
        case.decide_event("h-000000000000", "same", left)
    with pytest.raises(BadDecision, match="is no event"):
        case.decide_event(report.entities[0].id, "same", left)
    with pytest.raises(BadDecision, match="one event in one report"):
        case.decide_event(left, "same", left)
