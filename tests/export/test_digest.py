"""The lines for people: what happened and what did not stand apart, and every line says whose word it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onrecord.errors import NotFound
from onrecord.export.days import days_in_words
from onrecord.export.digest import digest
from onrecord.export.why import explain
from onrecord.record import Account, Basis, Precision, Status, TimeInterval


def test_what_did_not_happen_stands_apart(account: Account) -> None:
    lines = digest(account)
    assert [line.id for line in lines.happened] == ["ev-2"]
    assert [line.id for line in lines.did_not] == ["ev-1"]
    assert lines.open_or_planned == ()


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.HAPPENED}))
def test_no_other_status_is_ever_printed_as_happened(account: Account, status: Status) -> None:
    reading = account.readings[0]
    events = tuple(replace(event, status=status, certainty=0) for event in reading.events)
    lines = digest(replace(account, readings=(replace(reading, events=events),)))
    assert lines.happened == ()
    assert len(lines.did_not) + len(lines.open_or_planned) == 2


def test_a_line_says_whose_word_it_is(account: Account) -> None:
    lines = digest(account)
    assert (lines.did_not[0].says, lines.did_not[0].unnamed) == ("a clerk in Ostermark and Ilda Venn", True)
    assert lines.happened[0].says == ""


def test_who_never_said_it_is_not_given_as_its_source(account: Account) -> None:
    reading = account.readings[0]
    statements = tuple(replace(statement, negated=True) for statement in reading.statements)
    lines = digest(replace(account, readings=(replace(reading, statements=statements),)))
    assert (lines.did_not[0].says, lines.did_not[0].unnamed) == ("", False)


def test_sources_stand_with_their_terms(account: Account) -> None:
    sources = {source.id: source for source in digest(account).sources}
    assert sources["e-1"].reasons == ("feared for her job",)
    assert sources["e-1"].knowledge == ("in Ostermark",)
    assert not sources["e-1"].named


def test_what_was_left_open_is_counted(account: Account) -> None:
    left = digest(account).left_open
    assert (left.mentions, left.events_without_actor, left.events_without_date, left.problems) == (1, 1, 1, 1)


def interval(start: date | None, end: date | None) -> TimeInterval:
    return TimeInterval(start, end, Precision.DAY, Basis.EXPLICIT, inferred=False)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2023, 3, 4), date(2023, 3, 5), "4 Mar 2023"),
        (date(2023, 3, 4), date(2023, 3, 7), "4–6 Mar 2023"),
        (date(2023, 3, 30), date(2023, 4, 2), "30 Mar – 1 Apr 2023"),
        (date(2023, 3, 1), date(2023, 4, 1), "Mar 2023"),
        (date(2023, 3, 1), date(2023, 6, 1), "Mar–May 2023"),
        (date(2022, 12, 1), date(2023, 3, 1), "Dec 2022–Feb 2023"),
        (date(2023, 1, 1), date(2024, 1, 1), "2023"),
        (date(2020, 1, 1), date(2030, 1, 1), "2020–2029"),
        (date(2022, 12, 7), date(2023, 2, 3), "Dec 2022 – Feb 2023"),
        (date(2023, 3, 4), None, "from 4 Mar 2023"),
        (None, date(2023, 3, 5), "until 4 Mar 2023"),
    ],
)
def test_days_in_words(start: date | None, end: date | None, words: str) -> None:
    assert days_in_words(interval(start, end)) == words


def test_unknown_time_has_no_words() -> None:
    assert days_in_words(None) == ""
    assert days_in_words(interval(None, None)) == ""


def test_why_gives_the_words_of_every_field_and_reason(account: Account) -> None:
    found = explain(account, "s-1")
    words = dict(found["words"])
    assert words["content"] == "Captain Ilda Venn had not boarded the ship"
    assert words["addressee"] == "e-2"
    assert found["reasons"][0]["words"] == "Monday" or found["reasons"][0]["words"] == "said"
    assert {reason["rule"] for reason in found["reasons"]} == {"reporting-verbs#say", "weekdays#monday"}


@pytest.mark.parametrize("id_", ["r-1", "e-1", "e-3", "m-3", "ev-1", "t-1", "n-1", "h-1", "l-1", "k-1", "ro-1", "sn-1"])
def test_why_knows_every_kind_of_row(account: Account, id_: str) -> None:
    assert explain(account, id_)["id"] == id_


def test_why_shows_what_an_event_is_linked_with_and_part_of(account: Account) -> None:
    reading = account.readings[0]
    first, second = reading.events
    events = (replace(first, part_of="ev-2"), second)
    found = explain(replace(account, readings=(replace(reading, events=events),)), "ev-1")
    assert ("part of", "held (ev-2)") in found["words"]
    assert ("before", "held (ev-2)") in found["words"]
    assert [r["words"] for r in found["reasons"] if r["rule"] == "words#then"] == ["held"]
    assert ("after", "boarded (ev-1)") in explain(account, "ev-2")["words"]


def test_the_beginning_of_an_id_will_do_if_it_is_one_row_s(account: Account) -> None:
    assert explain(account, "so")["id"] == "so-1"
    with pytest.raises(NotFound, match="2 rows begin with 'ev'"):
        explain(account, "ev")
    with pytest.raises(NotFound, match="no row has the id 'zz'"):
        explain(account, "zz")
