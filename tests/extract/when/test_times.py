"""Finding time expressions: what is one, what is none, and what the words alone give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools, find_sentences
from onrecord.extract.when import times
from onrecord.extract.when.calendar import easter, holiday
from onrecord.pipeline import Stage, read_document
from onrecord.record import Basis, Document, TimeExpression

STAGES = (Stage("sentences", "sentences", find_sentences), Stage("times", "times", times.find))
Find = Callable[[str], tuple[TimeExpression, ...]]


@pytest.fixture(scope="session")
def find(tools: Tools) -> Find:
    def found(text: str) -> tuple[TimeExpression, ...]:
        reading = read_document(Document("r-1", text), tools, STAGES)
        assert not reading.problems, reading.problems
        return reading.times

    return found


@pytest.mark.parametrize(
    ("text", "words", "timex", "kind"),
    [
        ("The bridge at Orlo fell on 8 September 2018.", "8 September 2018", "2018-09-08", "date"),
        ("The bridge at Orlo fell on Sept. 8, 2018.", "Sept. 8, 2018", "2018-09-08", "date"),
        ("The bridge at Orlo fell in March of 1996.", "March of 1996", "1996-03", "date"),
        ("The bridge at Orlo fell on Friday, Oct. 23.", "Friday, Oct. 23", "XXXX-10-23", "date"),
        ("The form is dated 2019-02-28.", "2019-02-28", "2019-02-28", "date"),
        ("The pier opened in the fall of 2017.", "the fall of 2017", "2017-FA", "date"),
        ("Sales fell in the third quarter of 1990.", "the third quarter of 1990", "1990-Q3", "date"),
        ("Sales fell in the first half of 1990.", "the first half of 1990", "1990-H1", "date"),
        ("Orlo was poor in the late 1970s.", "the late 1970s", "197", "date"),
        ("Orlo was founded in the 11th century.", "the 11th century", "10", "date"),
        ("The pier opened in nineteen ninety-six.", "nineteen ninety-six", "1996", "date"),
        ("The siege lasted nearly two weeks.", "nearly two weeks", "P2W", "duration"),
        ("An 8-month-old lamb won the prize.", "8-month-old", "P8M", "duration"),
        ("They quarrelled for years.", "years", "PXY", "duration"),
        ("The gate is checked every two weeks.", "every two weeks", "P2W", "set"),
        ("The gate is checked daily.", "daily", "P1D", "set"),
        ("The levy was raised in August of last year.", "August of last year", "XXXX-08", "date"),
        ("The council met from March to May 2003.", "March to May 2003", "2003-03/2003-05", "date"),
        ("The council met between 3 and 5 May 2003.", "3 and 5 May 2003", "2003-05-03/2003-05-05", "date"),
        ("She ruled Orlo (1998-2003).", "1998-2003", "1998/2003", "date"),
        ("The city burned in 490 BC.", "490 BC", "BC0490", "date"),
        ("The sirens sounded at 10 p.m. on 4 May 2003.", "10 p.m. on 4 May 2003", "2003-05-04T22:00", "time"),
        ("The town has recently grown.", "recently", "PAST_REF", "date"),
    ],
)
def test_words_value_and_kind(find: Find, text: str, words: str, timex: str, kind: str) -> None:
    (only,) = find(text)
    assert (only.span.cut(text), only.timex, only.kind.value) == (words, timex, kind)
    assert only.reasons


@pytest.mark.parametrize(
    "text",
    [
        "It was the third time that the envoy came.",
        "Their second meeting failed.",
        "The fleet may leave.",
        "Soldiers march through the town.",
        "Some 2000 people fled.",
        "The fine was $1990.",
        "He may be ill, the doctor said.",
        "An august assembly sat.",
        "Prices will fall, the bank said.",
    ],
)
def test_what_is_no_time(find: Find, text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "edtf", "start", "end", "approximate"),
    [
        ("It fell in September 2018.", "2018-09", date(2018, 9, 1), date(2018, 10, 1), False),
        ("It fell in early 2018.", "2018~", date(2018, 1, 1), date(2019, 1, 1), True),
        ("It fell in the winter of 2018.", "2018-24", date(2018, 12, 1), date(2019, 3, 1), False),
        ("It fell in the 1980s.", "198X", date(1980, 1, 1), date(1990, 1, 1), False),
    ],
)
def test_what_is_explicit_has_its_days(
    find: Find, text: str, edtf: str, start: date, end: date, approximate: bool
) -> None:
    (only,) = find(text)
    assert only.edtf == edtf
    assert only.interval is not None
    assert (only.interval.start, only.interval.end, only.interval.approximate) == (start, end, approximate)
    assert (only.interval.basis, only.interval.inferred) == (Basis.EXPLICIT, False)


def test_what_is_not_explicit_has_none(find: Find) -> None:
    assert [t.interval for t in find("It fell last year, on Friday, in May, two weeks ago.")] == [None] * 4


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("easter+0", 2024, date(2024, 3, 31)),
        ("easter-2", 2019, date(2019, 4, 19)),
        ("11-W4-4", 1999, date(1999, 11, 25)),
        ("05-W5-1", 2021, date(2021, 5, 31)),
        ("12-25", 2003, date(2003, 12, 25)),
    ],
)
def test_holidays(rule: str, year: int, day: date) -> None:
    assert holiday(rule, year) == day


def test_easter_is_a_sunday_in_spring() -> None:
    assert all(easter(year).isoweekday() == 7 and easter(year).month in {3, 4} for year in range(1900, 2100))


SCRAPS = """May March 3 12 2003 1998 - – to from the last next of year week weeks two ago Friday , . '80s é 1/2 99 31
Feb. p.m. 10:30
early mid end \u00ad ’s quarter first third every daily
now 🜂 9999 0 year-ago 40-year BC 0000 2199-01-01"""
PIECES = st.lists(st.sampled_from([*SCRAPS.split(), "\n", "\x00"]), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES)
def test_any_text_gives_true_spans(find: Find, pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find(text)
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert len({t.id for t in found}) == len(found)
    for t in found:
        if t.interval is not None and t.interval.start is not None and t.interval.end is not None:
            assert t.interval.start < t.interval.end
