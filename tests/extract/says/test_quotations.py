"""Quotations: every kind of mark, no apostrophe taken for one, nothing beyond its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.parse import Parse
from onrecord.extract.says import quotations
from onrecord.extract.view import mend
from onrecord.record import Document, Quotation, Reading


def found_in(text: str) -> tuple[Quotation, ...]:
    parse = Parse(None, mend(text))  # type: ignore[arg-type]
    return quotations.find(Reading(Document("r-1", text)), parse, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will go," he said. "Now."', ['"We will go,"', '"Now."']),
        ("“We will go,” he said.", ["“We will go,”"]),
        ("''We're late,'' he said.", ["''We're late,''"]),
        ("``We're late,'' he said.", ["``We're late,''"]),
        ("The rebels' plan failed. \"Don't,\" she said.", ['"Don\'t,"']),
        ("It was the rebels’ plan, and the ’90s’ end.", []),
        ("'The rebels' plan failed,' he said.", ["'The rebels' plan failed,'"]),
        ("“He told me ‘leave now’ and left,” she said.", ["“He told me ‘leave now’ and left,”", "‘leave now’"]),
        ("“A “bold” step,” she said.", ["“A “bold” step,”"]),
        ('The pipe is 5" wide, he said.', []),
        ("He said “we will go and left.", ["“we will go and left."]),
        ('He said "no.', ['"no.']),
        ("", []),
        ('"', []),
        ("'", []),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert [q.span.cut(text) for q in found_in(text)] == expected


def test_paragraphs_that_open_with_a_mark_carry_on() -> None:
    text = "“One thing is sure.\n\n“Another is not.\n\n“We wait,” he said.\n\n“So do I,” she said."
    found = found_in(text)
    assert [q.span.cut(text) for q in found] == ["“One thing is sure.", "“Another is not.", "“We wait,”", "“So do I,”"]
    assert [q.carried for q in found] == [False, True, True, False]


def test_an_unclosed_mark_spoils_only_its_own_paragraph() -> None:
    text = 'He said "the road is closed.\nShe said "the bridge is open."'
    assert [q.span.cut(text) for q in found_in(text)] == ['"the road is closed.', '"the bridge is open."']


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ("Joe “Big Dog” Tarn ran away.", True),
        ("She read the book “Long Way Down.”", True),
        ("The so-called “Peace Front” met.", True),
        ("He is a “moderate” man.", True),
        ("“Yes,” he said.", False),
        ("He said the road was “closed for good” and left.", False),
    ],
)
def test_titles_nicknames_and_words_at_arms_length(text: str, scare: bool) -> None:
    assert [q.scare for q in found_in(text)] == [scare]


@given(st.text(alphabet="ab s.,'’‘\"“”\n\r—", max_size=120))
def test_quotations_stay_in_their_paragraph_and_in_order(text: str) -> None:
    found = found_in(text)
    assert all("\n" not in mend(text).text[slice(*mend(text).find(q.span))] for q in found)
    assert [q.span.start for q in found] == sorted(q.span.start for q in found)
    assert len({q.id for q in found}) == len(found)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found_in(text))


def test_many_marks_take_linear_time() -> None:
    assert len(found_in("'a " * 20_000 + "“b” " * 20_000)) >= 20_000
