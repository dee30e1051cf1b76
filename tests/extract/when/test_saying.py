"""When something was said: the time beside the cue, or beside where it was said; never a time of the content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "start"),
    [  # the report is of Friday, 20 June 2014
        ("The mayor said on Tuesday that the port was lost.", "2014-06-17"),
        ("The mayor said in a speech on 2 March that he would resign.", "2014-03-02"),
        ("“We lost the port,” the mayor told a newspaper in an interview published on Sunday.", "2014-06-15"),
        ("On Monday, Lena Orvik met the envoy and said that the port was lost.", "2014-06-16"),
        ("The mayor said that the port was lost in May.", None),
        ("“We will vote on Sunday,” the mayor said.", None),
    ],
)
def test_a_statement_is_dated_by_its_own_cue(text: str, start: str | None, read_text: ReadText) -> None:
    reading = read_text(text, published="2014-06-20")
    assert reading.statements
    when = reading.statements[0].when
    assert (when.start.isoformat() if when is not None and when.start else None) == start


@pytest.mark.parametrize(
    ("text", "trigger", "start"),
    [  # what opens a sentence belongs to its first verb, also where the parse joins it to a name
        ("On Monday Lena Orvik met the envoy.", "met", "2014-06-16"),
        ("On Tuesday the court, which sits in Orlo, jailed the general.", "jailed", "2014-06-17"),
        ("In May rebels attacked the port.", "attacked", "2014-05-01"),
    ],
)
def test_a_time_at_the_head_of_a_sentence(text: str, trigger: str, start: str, read_text: ReadText) -> None:
    reading = read_text(text, published="2014-06-20")
    event = next(e for e in reading.events if e.trigger.cut(text) == trigger)
    assert event.when is not None
    assert str(event.when.start) == start
