"""When something was said: the time beside the cue, or beside where it was said; never a time of the content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Basis, Reading

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


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [  # the report is of Friday, 20 June 2014
        ("“We will vote tomorrow,” the mayor said on 2 March.", "tomorrow", "2014-03-03"),
        ("“We lost the port last year,” the mayor said in a speech on 2 March 2012.", "last year", "2011-01-01"),
        ("“We will vote tomorrow,” the mayor said.", "tomorrow", "2014-06-21"),
        (
            "The mayor said on 2 March that the council would vote tomorrow.",
            "tomorrow",
            "2014-06-21",
        ),  # the report's words
        ("“We lost the port in 2010,” the mayor said on 2 March.", "2010", "2010-01-01"),
    ],
)
def test_a_quoted_speaker_reckons_from_the_day_of_speaking(
    text: str, words: str, start: str, read_text: ReadText
) -> None:
    reading = read_text(text, published="2014-06-20")
    time = next(t for t in reading.times if t.span.cut(text) == words)
    assert time.interval is not None
    assert str(time.interval.start) == start


def test_a_quoted_time_says_from_which_day_it_was_reckoned(read_text: ReadText) -> None:
    text = "“We will vote tomorrow,” the mayor said on 2 March. “We are free now,” he said on 5 March."
    reading = read_text(text, published="2014-06-20")
    tomorrow, said, now, later = sorted(reading.times, key=lambda t: t.span.start)
    assert tomorrow.interval is not None
    assert (tomorrow.interval.basis, tomorrow.relative_to) == (Basis.QUOTATION, said.id)
    assert "2014-03-02" in tomorrow.interval.reasons[0].note
    assert now.interval is not None
    assert (str(now.interval.start), now.relative_to) == ("2014-03-05", later.id)
