"""What expressions mean while the report's date is not known; read with the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.export.formulas import formula_in_words, modifier, spans_by_id, waits
from onrecord.record import Reading, TimeExpression

ReadText = Callable[..., Reading]


def formula(time: TimeExpression, reading: Reading) -> str:
    return formula_in_words(time, reading.document.text, spans_by_id(reading))


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("The well dried up last year.", ["the year before publication"]),
        ("The well dried up this month.", ["the month of publication"]),
        ("The well will be drained next week.", ["the week after publication"]),
        ("The well dried up last autumn.", ["the autumn before publication"]),
        ("The clerk resigned yesterday.", ["the day before publication"]),
        ("The clerk resigned the day before yesterday.", ["2 days before publication"]),
        ("The clerk will resign tomorrow.", ["the day after publication"]),
        ("The clerk resigned today.", ["the day of publication"]),
        ("The clerk resigned two years ago.", ["two years before publication"]),
        ("The clerk will resign two weeks from now.", ["two weeks after publication"]),
        ("The clerk recently resigned.", ["some time before publication"]),
        ("The clerk resigned on Friday.", ["“Friday”, reckoned from publication"]),
        ("The clerk resigned in May 2019.", [""]),
        ("The talks lasted three days.", [""]),
    ],
)
def test_an_undated_report_leaves_formulas(read_text: ReadText, text: str, formulas: list[str]) -> None:
    reading = read_text(text)
    assert [formula(time, reading) for time in reading.times] == formulas
    assert [waits(time) for time in reading.times] == [bool(words) for words in formulas]


def test_nothing_more_is_said_than_the_rules_know(read_text: ReadText) -> None:
    for text in (
        "The clerk resigned last night.",
        "Prices fell over the past six months.",
        "He left about a week ago.",
    ):
        reading = read_text(text)
        for time in reading.times:
            shown = formula(time, reading)
            assert shown in {"", f"“{time.span.cut(text)}”, reckoned from publication"}


def test_what_hangs_on_another_expression_or_event_is_shown_with_its_words(read_text: ReadText) -> None:
    reading = read_text("The clerk resigned in May 2019. The board met a week later.")
    first, second = reading.times
    second = replace(second, relative_to=first.id)
    assert formula(second, reading) == "“a week later”, reckoned from “May 2019”"
    event = reading.events[0]
    on_event = replace(second, relative_to=event.id)
    assert formula(on_event, reading) == f"“a week later”, reckoned from “{event.trigger.cut(reading.document.text)}”"


def test_a_row_of_a_lexicon_of_one_s_own_gives_no_formula(read_text: ReadText) -> None:
    reading = read_text("The well dried up last year.")
    (time,) = reading.times
    own = tuple(replace(reason, rule=reason.rule.replace("#last", "#yon")) for reason in time.reasons)
    assert formula(replace(time, reasons=own), reading) == "“last year”, reckoned from publication"


def test_the_modifier_is_that_of_the_words(read_text: ReadText) -> None:
    for text, mod in (("The pier opened in early 2014.", "START"), ("The pier opened in 2014.", "")):
        (time,) = read_text(text).times
        assert modifier(time) == mod
