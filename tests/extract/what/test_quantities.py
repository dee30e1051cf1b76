"""How many, as the report counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    ("sentence", "words", "low", "high", "unit", "approximate"),
    [
        ("Police held 300 monks.", "300", 300, 300, "monk", False),
        ("Police held three monks.", "three", 3, 3, "monk", False),
        ("About 300 soldiers fled.", "About 300", 300, 300, "soldier", True),
        ("At least 12 soldiers fled.", "At least 12", 12, None, "soldier", False),
        ("Up to 12 soldiers fled.", "Up to 12", None, 12, "soldier", False),
        ("Between 40 and 60 soldiers fled.", "Between 40 and 60", 40, 60, "soldier", True),
        ("Police held 1,200 monks.", "1,200", 1200, 1200, "monk", False),
        ("Dozens of monks fled.", "Dozens", 24, None, "monk", True),
    ],
)
def test_a_number_and_what_it_counts(
    read_text: ReadText, sentence: str, words: str, low: int | None, high: int | None, unit: str, approximate: bool
) -> None:
    (found,) = read_text(sentence).quantities
    assert found.span.cut(sentence) == words
    assert (found.min, found.max, found.unit, found.approximate) == (low, high, unit, approximate)


@pytest.mark.parametrize(
    "sentence", ["", "It cost $300 in the end.", "Support fell to 30 percent.", "He left in 1987."]
)
def test_dates_money_and_shares_are_not_counted(read_text: ReadText, sentence: str) -> None:
    assert read_text(sentence).quantities == ()
