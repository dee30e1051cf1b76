"""What a person says of a report, and how it is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import BadInput
from onrecord.readers.given import as_given, date_given, taken_back
from onrecord.record import Document, Precision

AS_READ = Document("r-1", "text", title="Its own", outlet="Its outlet", published=date_given("2021-03-04"))


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("2021-03-04", date(2021, 3, 4), date(2021, 3, 5), Precision.DAY),
        ("2021-12", date(2021, 12, 1), date(2022, 1, 1), Precision.MONTH),
        ("2021-02", date(2021, 2, 1), date(2021, 3, 1), Precision.MONTH),
        ("2021", date(2021, 1, 1), date(2022, 1, 1), Precision.YEAR),
    ],
)
def test_a_date_is_a_day_a_month_or_a_year(words: str, start: date, end: date, precision: Precision) -> None:
    interval = date_given(words)
    assert (interval.start, interval.end, interval.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "04.03.2021",
        "2021-3-4",
        "2021-02-30",
        "9999",
        "9999-12",
        "9999-12-31",
        "0000",
        "21-03-04",
        "٢٠٢١",
    ],
)
def test_nothing_else_is_a_date(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        date_given(words)


def test_what_is_said_stands_and_what_is_empty_says_nothing() -> None:
    said = as_given(AS_READ, {"date": "2020", "outlet": "Another", "title": ""})
    assert (said.published, said.outlet, said.title) == (date_given("2020"), "Another", "Its own")
    assert as_given(AS_READ, {"date": ""}) == AS_READ
    with pytest.raises(BadInput, match="soon: is no date"):
        as_given(AS_READ, {"date": "soon"})


def test_what_is_taken_back_is_what_the_file_says() -> None:
    said = as_given(AS_READ, {"date": "2020", "outlet": "Another", "title": "Other"})
    assert taken_back(said, {"date": "", "outlet": "", "title": ""}, AS_READ) == AS_READ
    assert taken_back(said, {"date": "2019"}, AS_READ) == said
    assert taken_back(said, {"title": ""}, AS_READ).title == "Its own"
