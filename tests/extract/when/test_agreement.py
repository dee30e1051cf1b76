"""A weekday and a day that agree in one of the years that are left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")
YEARS = "The mill was built in {}. It will be rebuilt in {}."


def test_a_weekday_and_a_day_choose_the_year(read_text: Callable[..., Reading]) -> None:
    found = read_text("The mill burned on Friday, May 3. " + YEARS.format(2017, 2022)).published
    assert found is not None
    assert (str(found.start), str(found.end)) == ("2019-05-03", "2020-05-03")
    assert found.reasons[-1].rule == "dating.weekday-agrees"


@pytest.mark.parametrize(
    "text",
    [
        "The mill burned on May 3. " + YEARS.format(2017, 2022),  # no weekday
        "The mill burned on Friday, May 3. " + YEARS.format(1991, 2022),  # agrees too often
        "The mill burned on Friday, May 3. It was built in 2017.",  # no end
        "The mill burned on Friday, May 3. " + YEARS.format(2015, 2016),  # agrees never: misread
    ],
)
def test_it_is_silent_where_more_than_one_year_fits(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is not None
    assert "dating.weekday-agrees" not in {reason.rule for reason in found.reasons}
