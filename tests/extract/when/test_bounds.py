"""Bounds of a report's date: what is told as past, with its year, and what is told as yet to come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The mill burned on 3 May 2003.", "2003-05-03", None),
        ("The mill burned in 2003, and again in June 2004.", "2004-06-01", None),
        ("The flood of 1994 had ruined the mill.", "1994-01-01", None),
        ("The mill was sold in 2003. It will be rebuilt in 2010.", "2003-01-01", "2011-01-01"),
        ("The new bridge is due to open in 2010.", None, "2011-01-01"),
        ("The town expects to sell the mill by 2010.", None, "2011-01-01"),
        ("The town sold bonds due 2010.", None, "2011-01-01"),
        # A year that its noun may bear before it begins tells less.
        ("The mayor was asked about the 2016 race.", "2012-01-01", None),
        ("A reporter spoke of the 2016 election campaign.", "2012-01-01", None),
    ],
)
def test_past_and_future_bound_it(
    read_text: Callable[..., Reading], text: str, start: str | None, end: str | None
) -> None:
    found = read_text(text).published
    assert found is not None
    assert (found.start and str(found.start), found.end and str(found.end)) == (start, end)
    assert all(reason.span is not None for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        # No past: a forecast, a term, a number of people, a title.
        "Rents rose by a tenth for 2016.",
        "The number of people projected to move to Orlo in 2025 was high.",
        "A poll of 2047 registered voters was released on Wednesday.",
        "The council called a vote for June 5, 2016.",
        "The council adopted the plan Vision 2030 on Monday.",
        "The town saw a film set in 2046.",
        "The council only voted for a two-year delay — from 2018 to 2020.",
        # No time to come.
        "For the first time since 2007 the mill will not open.",
        "By 2007 the mill was in ruins.",
        "The mill stood there until 1974.",
        "The owner planned to open a mill in 2010.",
    ],
)
def test_what_is_no_bound(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.reasons[0].rule != "dating.before-the-announced"
    assert found is None or found.start is None or found.start.year < 2010


@pytest.mark.parametrize(
    "text",
    [
        "The lease was extended through 2010.",
        "The licence, valid to 2008, was sold.",
        "Work was put off to 2009.",
        "The class of 2003 met on Friday.",
        "The council set 2015 as the date.",
        "The court ruled that the mine had to close in 2011.",
        "The treaty, which was to run from 1999 to 2009, was signed.",
        "It will not be like 1997.",
    ],
)
def test_a_year_that_is_an_end_or_a_thing_bounds_nothing(text: str, read_text: Callable[..., Reading]) -> None:
    assert read_text(text).published is None


def test_a_fiscal_year_can_begin_in_the_year_before_its_name(read_text: Callable[..., Reading]) -> None:
    published = read_text("Sales in fiscal 2001 rose to $9 million.").published
    assert published is not None
    assert str(published.start) == "2000-01-01"
