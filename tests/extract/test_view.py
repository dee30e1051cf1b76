"""The mended view: what it mends, what it leaves, and its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.view import mend
from onrecord.record import Span

# Text with the characters that views stumble over: surrogates, marks, breaks, invisible ones.
hostile = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\n\t\u00ad\u200b\ufeff\x00\u2028“”'«» aA.!…")))


@given(hostile)
def test_the_way_there_and_back(text: str) -> None:
    view = mend(text)
    assert len(view.text) == len(view.back)
    assert list(view.back) == sorted(set(view.back))
    assert all(0 <= i < len(text) for i in view.back)
    for i in range(0, len(view.text), max(1, len(view.text) // 20)):
        span = view.span(i, i + 1)
        assert view.find(span) == (i, i + 1)
        assert span.cut(text) == text[view.back[i]]


@given(hostile, st.data())
def test_any_stretch_of_the_view_comes_back_as_itself(text: str, data: st.DataObject) -> None:
    view = mend(text)
    if view.text:
        start = data.draw(st.integers(0, len(view.text) - 1))
        end = data.draw(st.integers(start + 1, len(view.text)))
        assert view.find(view.span(start, end)) == (start, end)


@given(st.text(alphabet="abcdefghij ABC,.;éß漢"))
def test_a_clean_line_is_its_own_view(text: str) -> None:
    assert mend(text).text == text


@pytest.mark.parametrize(
    ("text", "view"),
    [
        # a break where a link stood: the sentence goes on
        ("The envoy met\nthe harbour board on Monday.", "The envoy met the harbour board on Monday."),
        ("The report names grain,\nfuel and\nsalt.", "The report names grain, fuel and salt."),
        ("He left.\nShe stayed.", "He left.\nShe stayed."),
        ("the ministry wrote. It\nthen added a line.", "the ministry wrote. It then added a line."),
        # paragraphs, headlines, lists and labels stay apart
        ("He left.\n\nshe stayed", "He left.\n\nshe stayed"),
        (
            "Board Signs Harbour Deal\nThe board signed on Monday.",
            "Board Signs Harbour Deal\nThe board signed on Monday.",
        ),
        ("Board tells mayor to sell the pier, or go\nIlda Venn left on Monday.",) * 2,
        ("In March of last year,\nIlda Venn left.", "In March of last year, Ilda Venn left."),
        ("He met the\nOrlo board in May.", "He met the Orlo board in May."),
        ("Named were:\n• a clerk\n• a pilot", "Named were:\n• a clerk\n• a pilot"),
        # one character for one, or left out
        ("a so\u00adcalled «plan»", "a socalled “plan”"),
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("a\u00a0b", "a b"),
        ("broken \ud800 pair", "broken \ufffd pair"),
    ],
)
def test_what_is_mended_and_what_is_left(text: str, view: str) -> None:
    assert mend(text).text == view


def test_a_hard_wrapped_text_is_joined() -> None:
    lines = [
        "The board of the harbour met behind closed doors on Monday and",
        "Heard three captains who had been at sea when the fire broke",
        "out in the old warehouse. None of them had seen the watchman,",
        "Captain Orsel said, and none had heard the bell that he says",
        "he rang. The board will meet again in a week, its chairwoman",
        "Ilda Venn said after the session, to hear the watchman also.",
        "She gave no date.",
    ]
    assert "\n" not in mend("\n".join(lines)).text


def test_a_stretch_that_was_left_out_is_found_empty() -> None:
    view = mend("a\u00ad\u00adb")
    start, end = view.find(Span(1, 3))
    assert start == end
    with pytest.raises(ValueError, match="empty stretch"):
        view.span(start, end)


def test_a_long_line_is_mended_in_linear_time() -> None:
    assert len(mend("word " * 200_000).text) == 1_000_000
    assert mend("x\n" * 100_000).text.count("\n") <= 100_000
