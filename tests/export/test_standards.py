"""EDTF and TIMEX3 strings of intervals: they keep to the standard, and they name the days of the interval."""

from __future__ import annotations

import importlib
import re
import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.standards import edtf, timex
from onrecord.record import Basis, Precision, TimeInterval

ONE = timedelta(1)
# The parts of EDTF (Library of Congress, 2019) that are written here, as its grammar has them.
DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
MONTH, YEAR = r"\d{4}-(?:0[1-9]|1[0-2])", r"\d{4}"
LEVELS = {
    0: rf"{DAY}|{MONTH}|{YEAR}|{DAY}/{DAY}",
    1: rf"\d{{3}}X|\d\dXX|\d{{4}}-2[1-4]|(?:{DAY}|{MONTH}|{YEAR})~|(?:{DAY}~?|\.\.)/(?:{DAY}~?|\.\.)",
    2: rf"\d{{4}}-(?:3[3-6]|4[01])|\[(?:{DAY})?\.\.(?:{DAY})?\]",
}
EDTF = re.compile("|".join(LEVELS.values()))
VALUE = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d{4}-\d\d|\d{4}|\d{4}-W[0-5]\d|\d{4}-(SP|SU|FA|WI|Q[1-4]|H[12])|\d{3}|\d\d"
    r"|[\dX]{4}-[\dX]{2}-[\dX]{2}"
)


def between(start: str, end: str, precision: str = "day", **more: bool) -> TimeInterval:
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) + ONE if end else None
    return TimeInterval(first, last, Precision(precision), Basis.EXPLICIT, inferred=False, **more)


STRINGS = [
    # first day, last day, precision -> EDTF, TIMEX3
    ("2023-03-04", "2023-03-04", "day", "2023-03-04", "2023-03-04"),
    ("2023-03-01", "2023-03-31", "month", "2023-03", "2023-03"),
    ("2024-02-01", "2024-02-29", "month", "2024-02", "2024-02"),
    ("2023-01-01", "2023-12-31", "year", "2023", "2023"),
    ("2023-03-01", "2023-05-31", "season", "2023-21", "2023-SP"),
    ("2023-12-01", "2024-02-29", "season", "2023-24", "2023-WI"),
    ("2023-04-01", "2023-06-30", "quarter", "2023-34", "2023-Q2"),
    ("2023-07-01", "2023-12-31", "season", "2023-41", "2023-H2"),
    ("2010-01-01", "2019-12-31", "decade", "201X", "201"),
    ("2000-01-01", "2099-12-31", "century", "20XX", "20"),
    ("2023-03-06", "2023-03-12", "week", "[2023-03-06..2023-03-12]", "2023-W10"),
    ("2012-01-01", "2012-11-30", "year", "[2012-01-01..2012-11-30]", "2012-XX-XX"),
    ("2011-05-01", "2012-05-31", "month", "[2011-05-01..2012-05-31]", "201X-XX-XX"),
    ("2012-05-03", "2012-05-19", "day", "[2012-05-03..2012-05-19]", "2012-05-XX"),
    ("2023-04-01", "2023-06-30", "day", "[2023-04-01..2023-06-30]", "2023-0X-XX"),
    ("", "2023-03-04", "vague", "[..2023-03-04]", "XXXX-XX-XX"),
    ("2023-03-04", "", "vague", "[2023-03-04..]", "XXXX-XX-XX"),
    ("0044-03-15", "0044-03-15", "day", "0044-03-15", "0044-03-15"),
]


@pytest.mark.parametrize(("first", "last", "precision", "as_edtf", "as_timex"), STRINGS)
def test_the_strings_of_an_interval(first: str, last: str, precision: str, as_edtf: str, as_timex: str) -> None:
    interval = between(first, last, precision)
    assert (edtf(interval), timex(interval)) == (as_edtf, as_timex)


@pytest.mark.parametrize(
    ("first", "last", "precision", "as_edtf"),
    [
        ("2023-03-04", "2023-03-04", "day", "2023-03-04~"),
        ("2023-01-01", "2023-12-31", "year", "2023~"),
        ("2023-03-01", "2023-05-31", "season", "2023-03-01~/2023-05-31~"),
        ("2010-01-01", "2019-12-31", "decade", "2010-01-01~/2019-12-31~"),
        ("", "2023-03-04", "vague", "../2023-03-04~"),
    ],
)
def test_what_is_approximate_says_so(first: str, last: str, precision: str, as_edtf: str) -> None:
    assert edtf(between(first, last, precision, approximate=True)) == as_edtf


def test_throughout_is_an_interval_and_some_time_within_is_one_of_a_set() -> None:
    days = "2023-03-06", "2023-03-12", "week"
    assert edtf(between(*days, throughout=True)) == "2023-03-06/2023-03-12"
    assert edtf(between(*days)) == "[2023-03-06..2023-03-12]"
    assert edtf(between("2023-03-06", "", "day", throughout=True)) == "2023-03-06/.."


def test_unknown_is_empty() -> None:
    nothing = TimeInterval(None, None, Precision.VAGUE, Basis.NONE, inferred=True)
    assert (edtf(None), edtf(nothing)) == ("", "")


def test_a_time_of_day_is_in_the_timex_value() -> None:
    moment = TimeInterval(
        date(2023, 3, 4), date(2023, 3, 5), Precision.MINUTE, Basis.EXPLICIT, inferred=False, clock="14:30"
    )
    assert (edtf(moment), timex(moment)) == ("2023-03-04", "2023-03-04T14:30")


days = st.none() | st.dates(date(1, 1, 2), date(9999, 12, 30))
starts = days | st.builds(lambda y, m: date(y, m, 1), st.integers(2, 9998), st.sampled_from([1, 3, 4, 6, 7, 9, 10, 12]))


@st.composite
def intervals(draw: st.DrawFn) -> TimeInterval:
    start, end = draw(starts), draw(starts)
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end) + ONE
    return TimeInterval(
        start, end, draw(st.sampled_from(Precision)), Basis.EXPLICIT, inferred=draw(st.booleans()),
        throughout=draw(st.booleans()), approximate=draw(st.booleans()),
    )  # fmt: skip


@given(intervals())
def test_every_string_keeps_to_the_standard(interval: TimeInterval) -> None:
    written = edtf(interval)
    assert EDTF.fullmatch(written) or (not written and interval.start is None and interval.end is None)
    assert VALUE.fullmatch(timex(interval))


@given(intervals().filter(lambda i: i.start is not None and i.end is not None))
def test_no_string_names_a_day_before_or_after_the_interval(interval: TimeInterval) -> None:
    assert interval.start is not None
    assert interval.end is not None
    named = re.findall(r"\d{4}-\d\d-\d\d", edtf(interval))
    assert set(named) <= {interval.start.isoformat(), (interval.end - ONE).isoformat()}
    figures = timex(interval)
    if re.fullmatch(r"[\dX-]{10}", figures):
        pattern = re.compile(figures.replace("X", r"\d"))
        assert pattern.match(interval.start.isoformat())
        assert pattern.match((interval.end - ONE).isoformat())


def test_a_library_of_the_standard_reads_them() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar warns when it is built
        library = importlib.import_module("edtf")
        for first, last, precision, *_ in STRINGS:
            for more in ({}, {"approximate": True}, {"throughout": True}):
                library.parse_edtf(edtf(between(first, last, precision, **more)))
            if first and last and precision != "season":  # its winter ends with the year
                read = library.parse_edtf(edtf(between(first, last, precision)))
                ends = (date(*read.lower_strict()[:3]), date(*read.upper_strict()[:3]))
                assert ends == (date.fromisoformat(first), date.fromisoformat(last))
