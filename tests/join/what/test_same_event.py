"""The same event in several reports: scores of pairs, and how they are gathered. Invented affairs."""

from __future__ import annotations

from dataclasses import replace

from onrecord.join.what.same_event import APART, gathered, joined_pairs, pairs_among, same_event_links, score, told_by
from onrecord.record import Decision, Kind, Reading
from tests.join.made import Report, day

TEXT = (
    "Customs officers arrested Orla Dune on the Heron pier in Velm. The arrest ended a chase over the Velm salt works "
    "and three barges of stolen harpsichords."
)


def report(id_: str, number: int = 5, text: str = TEXT) -> Reading:
    made = Report(id_, text, published=9)
    orla, officers = made.who("Orla Dune"), made.who("Customs officers", Kind.GROUP, named=False)
    made.who("Velm", Kind.PLACE)
    made.event("arrested", "arrest", actors=[officers], recipients=[orla], when=day(number))
    return made.reading()


def test_one_arrest_in_two_reports_is_one_happening() -> None:
    readings = [report("r1"), report("r2")]
    pairs = pairs_among(readings)
    assert pairs == pairs_among(readings[::-1])
    same = gathered(readings, pairs, ())
    assert same == {"ev-r1-arrested": "ev-r1-arrested", "ev-r2-arrested": "ev-r1-arrested"}
    (link,) = same_event_links(readings, joined_pairs(readings, same, pairs))
    assert {link.left, link.right} == set(same)
    assert any("Orla Dune".lower() in reason.note.lower() for reason in link.reasons)


def test_explicit_days_far_apart_are_two() -> None:
    (one,), (other,) = told_by(report("r1")), told_by(report("r2", 25))
    assert score(one, other) == APART
    assert not gathered([report("r1"), report("r2", 25)], pairs_among([report("r1"), report("r2", 25)]), ())


def test_what_one_report_tells_on_two_days_stays_two() -> None:
    made = Report("r1", TEXT, published=9)
    orla = made.who("Orla Dune")
    made.event("arrested", "arrest", recipients=[orla], when=day(5))
    made.event("arrest", "arrest", recipients=[orla], when=day(7))
    one, other = told_by(made.reading())
    assert score(one, other) == APART


def test_what_people_decided_comes_before_any_rule() -> None:
    readings = [report("r1"), report("r2")]
    pairs = pairs_among(readings)
    apart = Decision("d-1", "event", "apart", "ev-r1-arrested", "ev-r2-arrested", "", "", "")
    assert not gathered(readings, pairs, [apart])
    far = [report("r1"), report("r2", 25)]
    same = replace(apart, verb="same")
    assert len(gathered(far, pairs_among(far), [same])) == 2
