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
        ("The city burned in 490 BC.", "490 BC", "BC0490", "date"),
        ("The sirens sounded at 10 p.m. on 4 May 2003.", "10 p.m. on 4 May 2003", "2003-05-04T22:00", "time"),
        ("The town has recently grown.", "recently", "PAST_REF", "date"),
        ("The road will eventually reopen.", "eventually", "FUTURE_REF", "date"),
        ("The town rose in October, 1917, and fell.", "October, 1917", "1917-10", "date"),
        ("The baths of Orlo burned in 79 AD.", "79 AD", "0079", "date"),
        ("The league met in April 480 BC.", "April 480 BC", "BC0480-04", "date"),
        ("The army launched a spring offensive.", "spring", "XXXX-SP", "date"),
        ("The gate is closed at night.", "night", "XXXX-XX-XXTNI", "time"),
        ("The owner fled that same night.", "that same night", "XXXX-XX-XXTNI", "time"),
        ("The owner fled on the 20th.", "the 20th", "XXXX-XX-XX", "date"),
        ("The war dragged on for decades.", "decades", "PXDE", "duration"),
        ("The bridge fell a few minutes later.", "a few minutes later", "FUTURE_REF", "duration"),
        ("The bridge fell ten minutes later.", "ten minutes later", "PT10M", "duration"),
        ("The port was closed at that time.", "that time", "PAST_REF", "date"),
        ("In the latter half of 2003, prices fell.", "the latter half of 2003", "2003-H2", "date"),
        ("Sales rose in Q3 2003.", "Q3 2003", "2003-Q3", "date"),
        ("The council meets twice a year.", "twice a year", "P1Y", "set"),
        ("The pier is open on Sunday mornings.", "Sunday mornings", "XXXX-WXX-7TMO", "set"),
        ("The feud lasted a quarter-century.", "a quarter-century", "P25Y", "duration"),
        ("The war lasted two and a half years.", "two and a half years", "P2Y6M", "duration"),
        ("The decade-long feud ended.", "decade-long", "P1DE", "duration"),
        ("Orlo was rich in the mid-'80s.", "the mid-'80s", "198", "date"),
        ("It was built in the eighteenth century.", "the eighteenth century", "17", "date"),
        ("The bridge fell the day after the flood.", "the day after", "XXXX-XX-XX", "date"),
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
        "The envoy soon fled.",
        "The envoy fled soon after the vote.",
        "They met as soon as the envoy came.",
        "The judge saw the 6-year-old boy.",
        "Mara Osk, 52 years old, keeps the harbour.",
        "After the fall of the town, the envoy fled.",
        "Three quarters of the crew fled.",
        "Rescuers found between 3 and 5 people.",
        "He lives on the 20th floor.",
        "They mined a hot spring.",
        "He said that spring was cold.",
        "Flight 1999 was late.",
        "It broke Resolution 1984.",
        "She reads the party daily Granary.",
        "It is a matter of days.",
    ],
)
def test_what_is_no_time(find: Find, text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The council met from March to May 2003.", ("March", "2003-03"), ("May 2003", "2003-05")),
        ("The council met between 3 and 5 May 2003.", ("3", "2003-05-03"), ("5 May 2003", "2003-05-05")),
        ("The council met on May 3-5, 2003.", ("May 3", "2003-05-03"), ("5, 2003", "2003-05-05")),
        ("The siege (26 December - 4 January 1952) was long.", ("26 December", "1951-12-26"),
         ("4 January 1952", "1952-01-04")),
        ("She ruled Orlo (1998-2003).", ("1998", "1998"), ("2003", "2003")),
        ("She ruled Orlo in 1915-17.", ("1915", "1915"), ("17", "1917")),
        ("The revolt lasted from 499 to 493 BC.", ("499", "BC0499"), ("493 BC", "BC0493")),
    ],
)  # fmt: skip
def test_a_range_is_two_times_that_know_each_other(
    find: Find, text: str, first: tuple[str, str], last: tuple[str, str]
) -> None:
    begin, end = find(text)
    assert [(t.span.cut(text), t.timex) for t in (begin, end)] == [first, last]
    whole = times.range_of(begin)
    assert whole is not None
    assert (whole, whole.cut(text)) == (times.range_of(end), text[begin.span.start : end.span.end])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On May 4 and 5, 2003, the council met.", ["2003-05-04", "2003-05-05"]),
        ("The council met on the 28 and 29 August 2003.", ["2003-08-28", "2003-08-29"]),
        ("It was dry in the summer and autumn of 2003.", ["2003-SU", "2003-FA"]),
        ("It was dry in spring and early summer 2003.", ["2003-SP", "2003-SU"]),
    ],
)
def test_neighbours_share_a_month_or_a_year(find: Find, text: str, values: list[str]) -> None:
    found = find(text)
    assert [t.timex for t in found] == values
    assert [times.range_of(t) for t in found] == [None, None]


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


def test_a_day_that_does_not_exist_means_none(tools: Tools) -> None:
    text = (
        "He fled on 31 February 2018. She came on February 29, 2019. The 45 May 2019 is no day. On 5 May '98 it rained."
    )
    reading = read_document(Document("r-1", text), tools)
    found = {t.span.cut(text): (t.timex, t.interval) for t in reading.times}
    assert found["31 February 2018"] == ("XXXX-XX-XX", None)
    assert found["February 29, 2019"] == ("XXXX-XX-XX", None)
    assert "May 2019" not in found
    assert found["5 May '98"][0] == "1998-05-05"
    reasons = {reason.rule for time in reading.times for reason in time.reasons}
    assert "times.no-such-day" in reasons
