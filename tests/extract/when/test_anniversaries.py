"""Anniversaries: ahead, at hand, past; of what is dated beside them or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from onrecord.record import Reading

pytestmark = pytest.mark.usefixtures("tools")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (
            "Berel was abducted in March 1996. The second anniversary of the abduction nears.",
            "1997-07-01",
            "1998-04-01",
        ),
        ("Today is the 40th anniversary of the fire of May 3, 1960, which destroyed Orlo.", "2000-05-03", "2000-05-04"),
        ("Orlo marks the 25th anniversary of the flood of 1973.", "1998-01-01", "1999-01-01"),
        ("Orlo will celebrate the 50th anniversary of the flood of 1931 next month.", "1980-12-01", "1981-12-01"),
        ("The town marks on Sunday the hundredth anniversary of the fire of 3 May 1911.", "2011-04-25", "2011-05-12"),
        ("The bank, founded in 1853, celebrates its 150th anniversary this year.", "2003-01-01", "2004-01-01"),
        ("The club, founded in 1910, is celebrating its centenary this year.", "2010-01-01", "2011-01-01"),
        ("The town still speaks of last year's tenth anniversary of the flood of 2000.", "2011-01-01", "2012-01-01"),
    ],
)
def test_an_anniversary_gives_the_date(read_text: Callable[..., Reading], text: str, start: str, end: str) -> None:
    found = read_text(text).published
    assert found is not None
    assert "dating.anniversary" in {reason.rule for reason in found.reasons}
    assert [str(found.start), str(found.end)] == [start, end]
    assert all(reason.span is not None and reason.note for reason in found.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "The show coincided with the 20th anniversary of the flood of 1987.",  # told as past: how long ago, nobody says
        "The second anniversary of the abduction nears.",
        "Berel was abducted in 1996. Another was abducted in 1998. The second anniversary of the abduction nears.",
        "The town, burned in 1911, keeps the anniversary of the fire.",
        "The mill was built in 1962. Its owner has an anniversary this year.",
    ],
)
def test_what_does_not_tell(read_text: Callable[..., Reading], text: str) -> None:
    found = read_text(text).published
    assert found is None or found.start is None or found.end is None or found.end - found.start > timedelta(366)
