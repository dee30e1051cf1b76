"""The learned head of statements: what it sees, and how runs of words are chosen."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadPlug
from onrecord.extract import WEIGHTS
from onrecord.extract.parse import Tools, load_tools, parse
from onrecord.extract.says.cues import by_rules, in_words
from onrecord.extract.says.fusion import FEATURES
from onrecord.extract.says.head import Head, best_runs, load_head
from onrecord.extract.says.page import Page
from onrecord.extract.says.quotations import find as find_quotations
from onrecord.extract.says.signs import Signs, signs_of
from onrecord.record import Document, Reading

SCORES = st.lists(st.floats(-6, 6, allow_nan=False), max_size=9)


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head(WEIGHTS)


def signs(text: str, tools: Tools) -> Signs:
    parsed = parse(Document("r-1", text), tools)
    reading = Reading(Document("r-1", text))
    quotations = find_quotations(reading, parsed, tools)
    page = Page.of(Reading(Document("r-1", text), quotations=quotations), parsed)
    return signs_of(parsed, quotations, in_words(by_rules(page, tools), page, "r-1"))


def words(signs_: Signs, runs: tuple[tuple[int, int], ...]) -> list[str]:
    return [" ".join(signs_.words[start:end]) for start, end in runs]


def test_it_sees_who_says_what(head: Head, rules_only: Tools) -> None:
    found = signs("The governor said the bridge would reopen in June. Nobody was hurt.", rules_only)
    sight = max(head.see(found), key=lambda sight: sight.sure)
    assert words(found, sight.source) == ["The governor"]
    assert words(found, sight.cue) == ["said"]
    assert words(found, sight.content) == ["the bridge would reopen in June"]
    assert sight.sure > 0.8


def test_a_quotation_split_by_its_cue_is_one(head: Head, rules_only: Tools) -> None:
    found = signs("“We will stay,” said Ada Renn. “The council has no other choice.”", rules_only)
    sight = max(head.see(found), key=lambda sight: sight.sure)
    assert words(found, sight.source) == ["Ada Renn"]
    assert len(sight.content) == 2


def test_nothing_is_seen_where_nothing_stands(head: Head, rules_only: Tools) -> None:
    assert head.see(signs("", rules_only)) == []


def test_the_calibration_fits_the_features(head: Head) -> None:
    assert len(head.calibration) == len(FEATURES) + 1
    assert 0 < head.calibration[-1] < 1


@given(SCORES, st.floats(0, 4))
def test_no_other_runs_score_more(scores: list[float], cost: float) -> None:
    clipped = [max(-4.0, min(4.0, score)) for score in scores]

    def worth(chosen: tuple[bool, ...]) -> float:
        begins = sum(now and not before for before, now in zip((False, *chosen), chosen, strict=False))
        return sum(score for score, one in zip(clipped, chosen, strict=True) if one) - cost * begins

    runs = best_runs(np.array(scores), cost)
    ours = tuple(any(start <= i < end for start, end in runs) for i in range(len(scores)))
    best = max(worth(chosen) for chosen in product((False, True), repeat=len(scores)))
    assert worth(ours) == pytest.approx(best, abs=1e-9)
    assert all(start < end for start, end in runs)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadPlug, match=r"says\.onnx: a file of the model is missing"):
        load_head(tmp_path)


def test_without_its_file_the_rules_read_alone(tmp_path: Path) -> None:
    for name in ("who.onnx", "who.npz", "words.bin", "tokenizer.json"):
        shutil.copy(WEIGHTS / name, tmp_path)
    tools = load_tools(weights=tmp_path)
    assert tools.says is None
    assert tools.head is not None
