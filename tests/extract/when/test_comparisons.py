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
        ("Sales of flour at the mill were higher this year than in 1988.", "compared", "1989-01-01", "1990-01-01"),
        ("In 1990 output will rise slightly from this year's.", "compared", "1989-01-01", "1990-01-01"),
        ("Net income at the mill was $4 million in the latest quarter, compared with $2 million in the 1988 period.",
         "the-period-before", "1989-03-15", "1990-03-15"),
        ("Third-quarter sales rose 9% from a year earlier. In the 1988 quarter, the mill earned $2 million.",
         "the-period-before", "1989-03-15", "1990-03-15"),
        ("In 1988, the mill earned $9 million on sales of $80 million. It will sell more in 1990.", "latest-figures",
         "1989-01-15", "1990-01-15"),
        ("In fiscal 1989, the mill earned $9 million. It will sell more flour in 1990.", "latest-figures", "1989-06-01",
         "1990-06-01"),
        ("Third-quarter profit fell to $1 million. Revenue at the mill was $90 million, up from $80 million in 1988.",
         "up-from", "1989-04-01", "1990-04-01"),
        ("Third-quarter profit fell. Revenue at the mill was $90 million, compared with $80 million in 1988.",
         "up-from", "1989-04-01", "1990-04-01"),
        ("The club won the cup in 1996, 1997 and last year.", "in-a-row", "1999-01-01", "2000-01-01"),
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
        # Elections are compared over four years, the weather over forty.
        "More people voted in Orlo this year than in 1988.",
        "Sales of flour have been higher over the last year than in any year since 1988.",
        # The period of the results told, not the one before it.
        "In the 1989 quarter, the mill earned $4 million, compared with $2 million a year earlier.",
        "The mill earned $4 million in the 1989 quarter.",
        "The club won the cup in 1992, 1997 and last year.",
        # A figure of long ago, in a report of no results, or with nothing foreseen.
        "In 1988, the mill earned $9 million. Its owner fled.",
        "Third-quarter profit fell to $1 million. In 1988, the mill earned $9 million on sales of $80 million.",
        "The town's debt was $90 million, up from $80 million in 1988.",
    ],
)
def test_what_gives_no_year_away_closes_nothing(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.start is None or found.end is None or found.end - found.start > timedelta(366)


def test_the_figures_of_a_year_are_told_when_it_is_over(read_text: Callable[..., Reading]) -> None:
    found = read_text("In 1988, the mill earned $9 million on sales of $80 million.").published
    assert found is not None
    assert (found.start, found.end) == (date(1989, 1, 1), None)
    assert found.reasons[-1].rule == "dating.full-year"


def test_a_year_told_both_ways_is_no_lower_bound(read_text: Callable[..., Reading]) -> None:
    text = "The mill was built in 1984. Buyers heard of losses in 1990. Sales will fall in 1990."
    found = read_text(text).published
    assert found is not None
    assert found.start == date(1984, 1, 1)


def test_years_at_the_end_of_the_calendar_break_nothing(read_text: Callable[..., Reading]) -> None:
    read_text("The floods in Tarvik and Orlo last year were high. The floods in Tarvik and Orlo came on 9999-05-03.")
    read_text("The floods, which began last autumn, rose. The floods began in the autumn of 9999.")
    read_text("The mill was burned in 9990. Today, the tenth anniversary of the fire of 9990, is quiet.")
