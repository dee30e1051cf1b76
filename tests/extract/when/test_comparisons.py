"""What comparisons give away of a report's date: sentences that set each rule off, and some that must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")


@pytest.mark.parametrize(
    ("text", "rule", "start", "end"),
    [
        ("Tolls at the port fell by 3 million last year, down from 1996.", "compared", "1998-01-01", "1999-01-01"),
        ("The mill sold more flour this year than in 1988.", "compared", "1989-01-01", "1990-01-01"),
        ("In 1990 output will rise slightly from this year's.", "compared", "1989-01-01", "1990-01-01"),
        ("Net income at the mill rose 4%. A gain of $2 million was booked in the 1988 period.", "the-period-before",
         "1989-03-15", "1990-03-15"),
        ("In 1988, the mill earned $9 million on sales of $80 million.", "latest-figures", "1989-02-01", "1990-02-01"),
        ("In fiscal 1989, the mill earned $9 million.", "latest-figures", "1989-06-01", "1990-06-01"),
        ("The floods in Tarvik and Orlo last year ruined the mill. The floods reached Orlo on May 3, 1998, and Tarvik "
         "was cut off.", "last-year-is", "1999-01-01", "2000-01-01"),
    ],
)  # fmt: skip
def test_a_comparison_closes_the_date_in(
    read_text: Callable[..., Reading], text: str, rule: str, start: str, end: str
) -> None:
    found = read_text(text).published
    assert found is not None
    assert f"dating.{rule}" in {reason.rule for reason in found.reasons}
    assert (str(found.start), str(found.end), found.inferred) == (start, end, True)
    assert all(reason.span is not None and reason.note for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Analysts were predicting 1990 earnings of $9 million. The loan would cut profits in 1990 and 1991.",
        "The town hoped for a new bridge by the opening of the 2000 games.",
        "The mill was sold last year. It had been built in 1988.",
        "The crowd grew from 2 million in 1960 to three.",
        "The mill was sold in 1988. Its lease expires on December 31, 1990.",
    ],
)
def test_what_gives_no_year_away_closes_nothing(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.start is None or found.end is None or found.end - found.start > timedelta(366)


def test_a_year_told_both_ways_is_no_lower_bound(read_text: Callable[..., Reading]) -> None:
    text = "The mill was built in 1984. Buyers heard of losses in 1990. Sales will fall in 1990."
    found = read_text(text).published
    assert found is not None
    assert found.start == date(1984, 1, 1)


def test_years_at_the_end_of_the_calendar_break_nothing(read_text: Callable[..., Reading]) -> None:
    read_text("The floods in Tarvik and Orlo last year were high. The floods in Tarvik and Orlo came on 9999-05-03.")
