"""One thing told with two times, and what looks like it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")


@pytest.mark.parametrize(
    ("text", "rule", "start", "end"),
    [
        ("The floods in Tarvik and Orlo last year ruined the mill. The floods reached Orlo on May 3, 1998, and Tarvik "
         "was cut off.", "last-year-is", "1999-01-01", "2000-01-01"),
        ("Ann Berel was kidnapped at the mill three years ago. Police say Berel was kidnapped at the mill in March "
         "1996.", "years-ago-is", "1998-10-01", "1999-10-01"),
        ("They recalled last year's murder of Ann Berel. Berel was murdered in Orlo on 3 May 1998.", "last-year-is",
         "1999-01-01", "2000-01-01"),
        ("Nine people died when the dam at Tarvik burst three years ago. The dam burst on 3 May 1998.", "years-ago-is",
         "2000-12-03", "2001-12-03"),
        ("The 1999 cyclone killed nine people two years ago.", "years-ago-is", "2001-01-01", "2002-01-01"),
        ("The strike, which began last autumn, has ruined the mill. The strike began in the autumn of 2011.",
         "same-season", "2011-12-01", "2012-12-01"),
    ],
)  # fmt: skip
def test_one_thing_told_with_two_times(
    read_text: Callable[..., Reading], text: str, rule: str, start: str, end: str
) -> None:
    found = read_text(text).published
    assert found is not None
    assert [str(found.start), str(found.end)] == [start, end]
    assert f"dating.{rule}" in {reason.rule for reason in found.reasons}
    assert found.inferred


@pytest.mark.parametrize(
    "text",
    [
        # Another thing; nothing shared but a pale word; the thing told in two years; a later year is told.
        "The mill was sold last year. The bridge at Tarvik collapsed on May 3, 1998.",
        "Prices in Orlo rose last year. Prices in Orlo rose in 1998.",
        "A tailor was murdered in Orlo last year. Ann Berel was murdered in Orlo on 3 May 1998.",
        "Ann Berel was kidnapped at the mill three years ago. Berel was kidnapped at the mill in 1990, and Berel was "
        "kidnapped at the mill in 1996.",
        "Ann Berel was kidnapped in Orlo three years ago. A tailor was kidnapped in Orlo in March 1996.",
        "The floods in Tarvik and Orlo last year were high. The floods reached Orlo and Tarvik on May 3, 1998. The "
        "mill was rebuilt in June 2003.",
    ],
)
def test_two_things_are_not_one(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.start is None or found.end is None or found.end - found.start > timedelta(366)


def test_equations_that_contradict_each_other_count_not(read_text: Callable[..., Reading]) -> None:
    one = "Ann Berel was kidnapped at the mill three years ago. Berel was kidnapped at the mill in March 1996."
    two = "The bridge at Tarvik was bombed ten years ago. The bridge at Tarvik was bombed in May 1992."
    for text in (one, two):
        alone = read_text(text).published
        assert alone is not None
        assert alone.end is not None
    found = read_text(f"{one} {two}").published
    assert found is not None
    assert found.end is None
    assert {reason.rule for reason in found.reasons} == {"dating.after-the-past"}
