"""Shared passages: the same words on both sides, as long as they go."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.join.reports.overlap import overlap
from onrecord.join.reports.passages import shared_passages
from onrecord.join.reports.wording import WORD, word_for_word
from onrecord.record import Span
from tests.join.told import OTHER, SENTENCES, TEXT, report

PARTS = [
    *SENTENCES[:5],
    *OTHER[:3],
    "The",
    "gate",
    "was",
    "open",
    "and",
    "dry.",
    "“Open the gate,”",
    "\n\n",
    "Sign up for news.",
]
texts = st.lists(st.sampled_from(PARTS), max_size=14).map(" ".join)


def words(text: str, span: Span) -> list[str]:
    return [word.lower() for word in WORD.findall(span.cut(text))]


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_passages_are_the_same_words_on_both_sides(one: str, other: str) -> None:
    left, right = word_for_word(report(one)), word_for_word(report(other))
    last = 0
    for passage in shared_passages(left, right):
        ours, theirs = passage.spans(left, right)
        assert words(one, ours) == words(other, theirs)
        assert len(words(one, ours)) == passage.length
        assert passage.left >= last
        last = passage.left + passage.length
        for ends in ((passage.left - 1, passage.right - 1), (last, passage.right + passage.length)):
            inside = 0 <= ends[0] < len(left.words) and 0 <= ends[1] < len(right.words)
            taken = ends[0] < passage.left and any(
                other.left <= ends[0] < other.left + other.length for other in shared_passages(left, right)
            )
            assert taken or not inside or left.words[ends[0]] != right.words[ends[1]] or not left.words[ends[0]]


def test_a_whole_short_sentence_is_a_passage_and_a_short_run_is_none() -> None:
    one, other = "It was late. The lever was never found. He left.", "We asked. The lever was never found. They slept."
    left, right = word_for_word(report(one)), word_for_word(report(other))
    assert [p.spans(left, right)[0].cut(one) for p in shared_passages(left, right)] == ["The lever was never found"]
    mixed = word_for_word(report("He said the lever was never found again. Good."))
    assert shared_passages(left, mixed) == ()


def test_furniture_is_in_no_passage() -> None:
    foot = "\n\nSign up for our letter and get the best of the Brell Courier each morning before seven."
    left, right = (word_for_word(report(text + foot)) for text in (SENTENCES[0], OTHER[0]))
    assert shared_passages(left, right) == ()


def test_quoted_words_do_not_make_a_copy() -> None:
    said = " ".join(f"“{sentence}”" for sentence in SENTENCES[:6])
    ours, theirs = (
        f"{said} Venn told a full room. {OTHER[0]} {OTHER[1]}",
        f"So spoke Venn. {said} {SENTENCES[8]} {SENTENCES[9]}",
    )
    both = overlap(word_for_word(report(ours)), word_for_word(report(theirs)))
    assert both.passages
    assert not both.is_copy


def test_a_text_that_repeats_itself_is_quick() -> None:
    start = time.perf_counter()
    again = word_for_word(report("no no no no " * 20_000))
    assert shared_passages(again, again)
    assert shared_passages(again, word_for_word(report(TEXT))) == ()
    assert time.perf_counter() - start < 5
