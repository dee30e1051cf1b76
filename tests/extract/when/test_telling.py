"""The order of telling chooses between two readings of a time; vague times reach as far as is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from onrecord.record import Basis, Precision, Reading, TimeExpression

ReadText = Callable[..., Reading]


def found(reading: Reading, words: str) -> TimeExpression:
    return next(t for t in reading.times if t.span.cut(reading.document.text) == words)


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [  # the report is of 10 June 2014: "last spring" can be that of 2013 or that just over
        ("The guild wanted to march last spring. It later wanted to march in February.", "last spring", "2013-SP"),
        ("The guild wanted to march last spring. It then wanted to march in May.", "last spring", "2014-SP"),
        ("The guild wanted to march last spring. Finally, it chose February 3.", "last spring", "2013-SP"),
    ],
)
def test_what_is_told_as_later_lies_later(text: str, words: str, timex: str, read_text: ReadText) -> None:
    assert found(read_text(text, published="2014-06-10"), words).timex == timex


def test_the_reading_that_is_out_of_order_is_kept_as_rejected_with_the_reason(read_text: ReadText) -> None:
    text = "The guild wanted to march last spring. It later wanted to march in February."
    reading = read_text(text, published="2014-06-10")
    interval = found(reading, "last spring").interval
    assert interval is not None
    assert interval.basis is Basis.NARRATIVE
    assert interval.anchor_id == found(reading, "February").id
    assert [(a.start, a.end) for a in interval.alternatives] == [(date(2014, 3, 1), date(2014, 6, 1))]
    assert "out of order" in interval.alternatives[0].why
    assert any(
        r.rule == "order-words#later" and r.span is not None and r.span.cut(text) == "later" for r in interval.reasons
    )


def test_without_a_word_of_order_the_calendar_decides(read_text: ReadText) -> None:
    text = "The guild wanted to march last spring. The mill closed in February."
    assert found(read_text(text, published="2014-06-10"), "last spring").timex == "2014-SP"


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("A recent flood cut the road.", "recent", "2014-03-10", "2014-09-11"),
        ("The mayor recently retired.", "recently", "2014-03-10", "2014-09-11"),
        ("The road will soon reopen.", "soon", "2014-09-10", "2014-12-11"),
        ("The port has been shut for two years.", "two years", "2012-09-10", "2014-09-11"),
        ("The port has been shut for years.", "years", None, "2014-09-11"),
    ],
)
def test_how_far_vague_times_reach(text: str, words: str, start: str | None, end: str, read_text: ReadText) -> None:
    interval = found(read_text(text, published="2014-09-10"), words).interval
    assert interval is not None
    assert (interval.start.isoformat() if interval.start else None, str(interval.end)) == (start, end)
    assert interval.approximate
    assert interval.inferred


@pytest.mark.parametrize(
    "text",
    [
        "The port was shut for two years.",
        "The port will be shut for two years.",
        "The port had been shut for two years.",
    ],
)
def test_a_length_that_does_not_reach_the_report_gets_no_days(text: str, read_text: ReadText) -> None:
    assert found(read_text(text, published="2014-09-10"), "two years").interval is None


def test_vague_times_stay_open_without_a_date_of_the_report(read_text: ReadText) -> None:
    assert found(read_text("The mayor recently retired."), "recently").interval is None


def test_now_of_what_somebody_tells_of_the_past_is_that_time(read_text: ReadText) -> None:
    text = "In May 2013 the abbot fled. “The abbey was now empty,” the monk said."
    reading = read_text(text, published="2014-09-10")
    interval = found(reading, "now").interval
    assert interval is not None
    assert (interval.start, interval.end) == (date(2013, 5, 1), date(2013, 6, 1))
    assert interval.precision is Precision.MONTH


def test_now_of_somebody_who_speaks_is_left_to_the_speaker(read_text: ReadText) -> None:
    reading = read_text("In August the king fled. “We are free now,” the monk said.", published="2014-09-10")
    assert found(reading, "now").interval is None


def test_the_two_readings_follow_the_report_through_the_years(read_text: ReadText) -> None:
    text = "The guild wanted to march last spring. It later wanted to march in February."
    for year in (1994, 2014, 2034):
        day = date(year, 6, 10)
        reading = read_text(text, published=day.isoformat())
        interval = found(reading, "last spring").interval
        assert interval is not None
        assert interval.start == date(year - 1, 3, 1)
        assert interval.end is not None
        assert interval.end < day - timedelta(365)
