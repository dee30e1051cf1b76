from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.extract import WEIGHTS
from onrecord.extract.encoding import BEGIN, CONTEXT, CORE, END, case_of, quote_states, windows


@cache
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


words = st.lists(
    st.one_of(st.sampled_from([".", "?", "“", "”", '"', "Harbour", "said", "MRLF", "Zyx-wvut"]), st.text(min_size=1)),
    max_size=700,
)


@given(words, st.data())
def test_each_word_is_read_for_its_own_sake_once(found: list[str], data: st.DataObject) -> None:
    opens = data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    cut = windows(found, opens, tokenizer())
    read = [word for window in cut for word in window.words if word >= window.core]
    assert read == list(range(len(found)))


@given(words)
def test_a_window_is_no_longer_than_the_encoder_can_read(found: list[str]) -> None:
    for window in windows(found, [False] * len(found), tokenizer()):
        lengths = {len(window.ids), len(window.case), len(window.quote), len(window.opens), len(window.words)}
        assert len(lengths) == 1
        assert lengths.pop() <= CORE + CONTEXT + 2 + 40
        assert (window.ids[0], window.ids[-1]) == (BEGIN, END)


def test_a_window_ends_after_a_stop_and_is_read_after_what_stood_before_it() -> None:
    found = (["The", "boats", "left", "the", "harbour", "again", "before", "dawn", "."]) * 90
    cut = windows(found, [i == 0 for i in range(len(found))], tokenizer())
    assert len(cut) > 2
    for window in cut[1:]:
        assert found[window.core - 1] == "."
        assert 0 <= window.words[1] < window.core


def test_no_words_no_windows() -> None:
    assert windows([], [], tokenizer()) == []


def test_case_is_told_apart() -> None:
    assert [case_of(word) for word in ("1,200", "harbour", "Harbour", "HARBOUR", "McOrvik", "É")] == [0, 1, 2, 3, 4, 2]


def test_a_paragraph_begins_outside_of_quotation_marks() -> None:
    found = ["“", "No", "”", "he", "said", '"', "Never", "They", "left"]
    opens = [True] + [False] * 6 + [True, False]
    assert quote_states(found, opens) == [2, 1, 3, 0, 0, 2, 1, 0, 0]
