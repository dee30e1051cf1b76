"""The report's own date: given, stated, or closed in upon, with its proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onrecord.extract.parse import Tools
from onrecord.record import Basis, Reading, TimeInterval

pytestmark = pytest.mark.usefixtures("tools")


def dated(read_text: Callable[..., Reading], text: str) -> tuple[TimeInterval | None, str]:
    reading = read_text(text)
    assert reading.document.published is None
    found = reading.published
    return found, "" if found is None else found.reasons[0].rule


def test_a_given_date_stands(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Published 3 May 2019\n\nThe mill closed.", published="2012-06-14")
    assert reading.published == reading.document.published


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("Mill closes in Orlo\n\nPublished: 3 May 2019\n\nThe mill closed.", date(2019, 5, 3), "dating.stated-line"),
        ("Mill closes in Orlo\n\nMay 3, 2019\n\nThe mill closed.", date(2019, 5, 3), "dating.line-of-its-own"),
        ("HALVERTON, May 3, 2019 (Orlo Wire) — The mill closed.", date(2019, 5, 3), "dating.dateline"),
    ],
)
def test_a_date_that_the_text_states(read_text: Callable[..., Reading], text: str, day: date, rule: str) -> None:
    found, why = dated(read_text, text)
    assert found is not None
    assert (found.start, why, found.inferred, found.basis) == (day, rule, True, Basis.EXPRESSION)
    assert found.reasons[0].span is not None


def test_the_past_bounds_it_on_one_side(read_text: Callable[..., Reading]) -> None:
    found, why = dated(read_text, "The mill burned on 3 May 2003. The owner fled.")
    assert found is not None
    assert (found.start, found.end, why) == (date(2003, 5, 3), None, "dating.after-the-past")


def test_one_season_said_twice_closes_it_in(read_text: Callable[..., Reading]) -> None:
    text = (
        "The strike, which began last autumn, has ruined the mill. "
        "The strike began in the autumn of 2011, the owner said."
    )
    found, _ = dated(read_text, text)
    assert found is not None
    assert (found.start, found.end) == (date(2011, 12, 1), date(2012, 12, 1))
    assert found.inferred
    assert all(reason.span is not None for reason in found.reasons)


def test_nothing_to_go_by_gives_nothing(read_text: Callable[..., Reading]) -> None:
    assert dated(read_text, "The mill closed last year. The owner fled on Friday.") == (None, "")
    assert dated(read_text, "") == (None, "")


def test_a_span_proves_each_step(read_text: Callable[..., Reading], tools: Tools) -> None:
    text = "The mill burned in 2003. It will be rebuilt in 2005."
    found, _ = dated(read_text, text)
    assert found is not None
    assert (found.start, found.end) == (date(2003, 1, 1), date(2006, 1, 1))
    assert [reason.span.cut(text) for reason in found.reasons if reason.span] == ["2003", "2005"]
