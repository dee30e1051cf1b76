"""The learned head: what it gives is sound whatever it reads, and it sees what it was trained to see."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import BadPlug
from onrecord.extract import WEIGHTS
from onrecord.extract.who.head import FORMS, KINDS, Head, load_head
from onrecord.record import Form


@cache
def head() -> Head:
    return load_head(WEIGHTS)


def see(text: str) -> tuple[tuple[str, str, str], ...]:
    """(head word, span, form) of each mention that is as good as sure."""
    words = text.split()
    sights = head().see(words, [i == 0 for i in range(len(words))])
    return tuple(
        (words[s.word], " ".join(words[s.start : s.end]), s.form.value) for s in sights.mentions if s.sure > 0.8
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(["Mr.", "Orvik", "the", "minister", ",", "said"]), st.text(min_size=1)), max_size=90
    )
)
def test_whatever_it_reads_spans_hold_their_heads(words: list[str]) -> None:
    sights = head().see(words, [i == 0 for i in range(len(words))])
    for sight in sights.mentions:
        assert 0 <= sight.start <= sight.word < sight.end <= len(words)
        assert 0 <= sight.name_start < sight.name_end <= len(words)
        assert sight.form in FORMS
        assert len(sight.kinds) == len(KINDS)
        assert abs(sum(sight.kinds) - 1.0) < 1e-3
    last = 0
    for name in sights.names:
        assert last <= name.start < name.end <= len(words)
        last = name.end


def test_it_sees_names_descriptions_and_pronouns() -> None:
    seen = see(
        "The Harbour Ministry said on Tuesday that Ada Orvik , its former chief , had left Velmark with her two sons ."
    )
    assert ("Orvik", "Ada Orvik", "name") in {(word, "Ada Orvik", form) for word, _, form in seen}
    assert {form for word, _, form in seen if word in {"her", "its"}} == {Form.PRONOUN.value}
    assert ("chief", Form.DESCRIPTION.value) in {(word, form) for word, _, form in seen}


def test_the_same_words_are_seen_alike() -> None:
    assert see("The general met two envoys in Tarsk .") == see("The general met two envoys in Tarsk .")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    shutil.copy(WEIGHTS / "tokenizer.json", tmp_path)
    with pytest.raises(BadPlug, match=r"who\.onnx"):
        load_head(tmp_path)
