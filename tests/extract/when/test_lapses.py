"""What has passed since: times said twice, stretches that reach up to now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")


@pytest.mark.parametrize(
    ("text", "rule", "start", "end"),
    [
        ("Last month (June 2016), the mill was sold.", "said-twice", "2016-07-01", "2016-08-01"),
        ("Sales of flour fell last year (2014) in Orlo.", "said-twice", "2015-01-01", "2016-01-01"),
        ("The trial began in May 1998, fourteen months ago.", "said-twice", "1999-05-31", "1999-09-01"),
        ("Yesterday, 3 May 1994, the mill was shut.", "said-twice", "1994-05-04", "1994-05-05"),
        ("The mill was sold in 1986, three years ago.", "said-twice", "1989-01-01", "1990-01-01"),
        ("Four strikes have hit the mill so far in 2016.", "so-far", "2016-01-01", "2017-01-01"),
        ("Fifty years after the flood of 1931, the town still builds its houses on stilts.", "so-long-after",
         "1981-01-01", "1982-01-01"),
        ("In the ten years since the 1994 accord, nothing has changed.", "so-long-after", "2004-01-01", "2005-01-01"),
        ("The mill has stood empty for ten years, since 1979.", "so-long-since", "1989-01-01", "1990-01-01"),
        ("The owner counted 14 strikes in the past five years. Eight of the 14 strikes since 1993 were won.",
         "so-long-since", "1998-01-01", "1999-01-01"),
    ],
)  # fmt: skip
def test_what_has_passed_gives_the_date(
    read_text: Callable[..., Reading], text: str, rule: str, start: str, end: str
) -> None:
    found = read_text(text).published
    assert found is not None
    assert f"dating.{rule}" in {reason.rule for reason in found.reasons}
    assert [str(found.start), str(found.end)] == [start, end]
    assert all(reason.span is not None and reason.note for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Ten years after the 1994 accord, the mill was sold.",  # told as past: how long ago, nobody says
        "Ten years after the mill burned, and since 1994, nothing has changed.",
        "The mill, sold in 1986, had burned three years before.",
        "The mill was sold in 2011, 2013, last year and this year.",
        "The owner had lived there for ten years, since 1979.",
        "The owner counted 14 strikes in the past five years. Two of the 9 fires since 1993 were set.",
        "The mill had not sold much so far.",
    ],
)
def test_what_does_not_tell(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.start is None or found.end is None or found.end - found.start > timedelta(366)
