"""The calendar: what a meaning denotes lies where its values say, begins before it ends, and moves with its day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.when.calendar import (
    Days,
    Lean,
    Meaning,
    choose,
    denote,
    duration,
    of_day,
    of_month,
)
from onrecord.record import Precision, TimeKind

DAY = timedelta(1)
MONTHS = {
    "SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7,
    "21": 3, "22": 6, "23": 9, "24": 12, "33": 1, "34": 4, "35": 7, "36": 10, "40": 1, "41": 7,
}  # fmt: skip
LONG = {"H1", "H2", "40", "41"}


def months(year: int, first: int, count: int) -> tuple[date, date]:
    end = year * 12 + first - 1 + count
    return date(year, first, 1), date(end // 12, end % 12 + 1, 1)


def read_value(value: str) -> tuple[date, date]:
    """The days of a TIMEX3 or EDTF value: a reader of its own, so that what is written can be checked."""
    value = value.rstrip("~")
    value = value if value.startswith("P") else re.sub(r"T.*$", "", value)
    if "/" in value:
        first, last = value.split("/")
        return read_value(first)[0], read_value(last)[1]
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, found.groups()))
        return day, day + DAY
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return (monday + 5 * DAY, monday + 7 * DAY) if found[3] else (monday, monday + 7 * DAY)
    if (found := re.fullmatch(r"(\d{4})-(\w\w)", value)) and found[2] in MONTHS:
        return months(int(found[1]), MONTHS[found[2]], 6 if found[2] in LONG else 3)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return months(int(found[1]), int(found[2]), 1)
    figures = value.rstrip("X")
    size = {4: 12, 3: 120, 2: 1200}[len(figures)]
    return months(int(figures) * size // 12, 1, size)


WORDS = st.one_of(
    st.builds(Meaning, year=st.integers(1901, 2099)),
    st.builds(Meaning, year=st.integers(1901, 2098), season=st.sampled_from(["SP", "SU", "FA", "WI"])),
    st.builds(Meaning, year=st.integers(1901, 2099), quarter=st.integers(1, 4)),
    st.builds(Meaning, year=st.integers(1901, 2099), half=st.integers(1, 2)),
    st.builds(Meaning, decade=st.integers(191, 208).map(lambda n: n * 10)),
    st.builds(Meaning, century=st.integers(10, 20).map(lambda n: n * 100)),
    st.builds(Meaning, month=st.integers(1, 12), shift=st.sampled_from([None, -1, 0, 1])),
    st.builds(Meaning, month=st.integers(1, 12), day=st.integers(1, 28), part=st.sampled_from(["", "TMO", "TNI"])),
    st.builds(Meaning, season=st.sampled_from(["SP", "SU", "FA", "WI"]), shift=st.sampled_from([None, -1, 0, 1])),
    st.builds(Meaning, quarter=st.integers(1, 4), year_shift=st.sampled_from([None, -1, 0, 1])),
    st.builds(Meaning, weekday=st.integers(1, 7), shift=st.sampled_from([None, -1, 1])),
    st.builds(Meaning, day_offset=st.integers(-2, 2), clock=st.sampled_from(["", "14:30"])),
    st.builds(Meaning, holiday=st.sampled_from(["12-25", "easter-2", "09-W1-1", "05-W5-1"])),
    st.builds(
        Meaning,
        unit=st.sampled_from(["day", "week", "weekend", "month", "quarter", "year", "decade", "century"]),
        shift=st.sampled_from([-1, 0, 1]),
    ),
    st.builds(
        Meaning,
        unit=st.sampled_from(["day", "week", "month", "year"]),
        count=st.integers(1, 40).map(float),
        way=st.sampled_from(["ago", "hence", "earlier", "later", "past", "coming"]),
    ),
    st.builds(
        Meaning,
        year=st.integers(1901, 2099),
        month=st.integers(1, 12),
        unit=st.sampled_from(["day", "week"]),
        count=st.integers(1, 3).map(float),
        way=st.sampled_from(["first", "last"]),
    ),
)
ANCHORS = st.dates(date(1931, 1, 1), date(2069, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29))
LEANS = st.sampled_from(list(Lean))


@given(WORDS, ANCHORS, LEANS)
def test_an_interval_begins_before_it_ends_and_its_values_say_the_same_days(
    meaning: Meaning, anchor: date, lean: Lean
) -> None:
    days = denote(meaning, anchor, lean)
    assert days is not None
    assert days.start is not None
    assert days.end is not None
    assert days.start < days.end
    assert read_value(days.edtf) == (days.start, days.end)
    if not days.timex.startswith("P"):
        assert read_value(days.timex) == (days.start, days.end)


@given(WORDS, ANCHORS, LEANS)
def test_what_needs_a_day_moves_with_it_and_nothing_else_does(meaning: Meaning, anchor: date, lean: Lean) -> None:
    """Twenty-eight years on, every date has the same weekday (1901 to 2099); not so Easter, nor decades."""
    here, there = denote(meaning, anchor, lean), denote(meaning, anchor.replace(year=anchor.year + 28), lean)
    assert here is not None
    assert there is not None
    if meaning.absolute:
        assert here == there == denote(meaning, None, lean)
        return
    assert denote(meaning, None, lean) is None
    if meaning.holiday.startswith("easter") or meaning.unit in {"decade", "century"}:
        return
    assert moved(here, 28) == (there.start, there.end)


def moved(days: Days, years: int) -> tuple[date, date]:
    assert days.start is not None
    assert days.end is not None
    return days.start.replace(year=days.start.year + years), days.end.replace(year=days.end.year + years)


@given(st.integers(1, 12), st.integers(1, 28), ANCHORS)
def test_the_past_lies_behind_and_the_future_ahead(month: int, day: int, anchor: date) -> None:
    meaning = Meaning(month=month, day=day)
    past, future = denote(meaning, anchor, Lean.PAST), denote(meaning, anchor, Lean.FUTURE)
    assert past is not None
    assert past.start is not None
    assert future is not None
    assert future.start is not None
    assert future.start >= anchor
    assert past.start <= anchor
    assert (future.start - anchor).days < 366


@pytest.mark.parametrize(
    ("meaning", "anchor", "lean", "timex"),
    [  # 14 June 2012 is a Thursday
        (Meaning(weekday=5), date(2012, 6, 14), Lean.PAST, "2012-06-08"),
        (Meaning(weekday=5), date(2012, 6, 14), Lean.FUTURE, "2012-06-15"),
        (Meaning(weekday=5), date(2012, 6, 14), Lean.NEAREST, "2012-06-15"),
        (Meaning(weekday=2), date(2012, 6, 14), Lean.NEAREST, "2012-06-12"),
        (Meaning(weekday=4), date(2012, 6, 14), Lean.PAST, "2012-06-14"),
        (Meaning(day=20), date(2012, 6, 14), Lean.PAST, "2012-05-20"),
        (Meaning(day=20), date(2012, 6, 14), Lean.FUTURE, "2012-06-20"),
        (Meaning(month=12), date(2012, 1, 3), Lean.PAST, "2011-12"),
        (Meaning(month=1), date(2012, 1, 3), Lean.PAST, "2012-01"),
        (Meaning(month=11, day=20), date(2012, 11, 2), Lean.PAST, "2011-11-20"),
        (Meaning(season="SU", shift=-1), date(2012, 6, 14), Lean.PAST, "2011-SU"),
        (Meaning(month=2, day=29), date(2013, 6, 14), Lean.PAST, "2012-02-29"),
        (Meaning(unit="week", shift=-1), date(2012, 1, 2), Lean.PAST, "2011-W52"),
        (Meaning(unit="year", count=1.0, way="ago"), date(2012, 2, 29), Lean.PAST, "2011"),
    ],
)
def test_one_of_several_returns(meaning: Meaning, anchor: date, lean: Lean, timex: str) -> None:
    days = denote(meaning, anchor, lean)
    assert days is not None
    assert days.timex == timex


@pytest.mark.parametrize(
    ("unit", "count", "value"),
    [
        ("week", 2.0, "P2W"), ("fortnight", 1.0, "P2W"), ("quarter", 3.0, "P9M"), ("decade", 1.0, "P1DE"),
        ("century", None, "PXCE"), ("century", 0.5, "P50Y"), ("decade", 1.5, "P15Y"), ("minute", 10.0, "PT10M"),
        ("hour", 1.5, "PT1H30M"), ("year", 2.5, "P2Y6M"), ("year", 0.5, "P6M"), ("day", 1.0, "P1D"),
    ],
)  # fmt: skip
def test_lengths(unit: str, count: float | None, value: str) -> None:
    assert duration(unit, count) == value


def test_no_meaning_raises_at_the_edge_of_the_calendar() -> None:
    ahead = Meaning(TimeKind.DATE, unit="century", count=99.0, way="later")
    assert denote(ahead, date(9999, 12, 31), Lean.FUTURE) is None
    assert denote(replace(ahead, way="ago"), date(1, 1, 1), Lean.PAST) is None
    assert denote(Meaning(month=2, day=30, year=2012), None, Lean.PAST) is None


def test_a_return_that_holds_the_day_is_meant() -> None:
    june = choose(lambda year: of_month(year * 12 + 5), 2012, date(2012, 6, 14), Lean.FUTURE)
    assert (june.timex, june.precision) == ("2012-06", Precision.MONTH)
    assert of_day(date(2012, 6, 14)).end == date(2012, 6, 15)
