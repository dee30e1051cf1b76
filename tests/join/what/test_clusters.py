"""Clusters: whatever the order, the same; each component for itself; what must stay apart stays apart."""

from __future__ import annotations

import random
import time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.join.what.clusters import Edge, cluster

NAMES = [f"t{n}" for n in range(12)]
PAIRS = list(combinations(NAMES, 2))
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.1, 0.3, 0.5, 0.5, 0.7, 0.9, 0.95]), max_size=40)
APART = st.lists(st.sampled_from(PAIRS), max_size=6)
GROUPS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xyz"))


def edges(scores: dict[tuple[str, str], float]) -> list[Edge]:
    return [(left, right, score) for (left, right), score in scores.items()]


def mates(found: dict[str, str], name: str) -> set[str]:
    return {other for other, head in found.items() if head == found[name]}


@given(SCORES, APART, GROUPS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_does_not_matter(
    scores: dict[tuple[str, str], float], apart: list[tuple[str, str]], groups: dict[str, str], chance: random.Random
) -> None:
    turned = [(b, a, score) if chance.random() < 0.5 else (a, b, score) for a, b, score in edges(scores)]
    names, others = list(NAMES), [pair[::-1] if chance.random() < 0.5 else pair for pair in apart]
    for each in (turned, names, others):
        chance.shuffle(each)
    assert cluster(names, turned, others, 0.4, groups) == cluster(NAMES, edges(scores), apart, 0.4, groups)


@given(SCORES, APART)
@settings(max_examples=100, deadline=None)
def test_components_do_not_touch_each_other(scores: dict[tuple[str, str], float], apart: list[tuple[str, str]]) -> None:
    alone = cluster(NAMES, edges(scores), apart)
    copied = [(f"u{a}", f"u{b}", score / 2) for a, b, score in edges(scores)]
    beside = cluster([*NAMES, *(f"u{name}" for name in NAMES)], [*copied, *edges(scores)], apart)
    assert {name: beside[name] for name in NAMES} == alone


@given(SCORES, APART)
@settings(max_examples=100, deadline=None)
def test_what_must_stay_apart_stays_apart(scores: dict[tuple[str, str], float], apart: list[tuple[str, str]]) -> None:
    found = cluster(NAMES, edges(scores), apart, 0.2)
    assert all(found[left] != found[right] for left, right in apart)


@given(SCORES)
@settings(max_examples=100, deadline=None)
def test_each_is_called_by_the_least_of_its_cluster_and_scores_link_it(scores: dict[tuple[str, str], float]) -> None:
    found = cluster(NAMES, edges(scores))
    assert set(found) == set(NAMES)
    for name in NAMES:
        own = mates(found, name)
        assert found[name] == min(own)
        assert len(own) == 1 or any(name in pair and set(pair) <= own for pair in scores)


def test_two_that_are_each_like_a_third_are_not_joined_if_they_are_not_alike() -> None:
    assert cluster("abc", [("a", "b", 0.9), ("b", "c", 0.8)]) == {"a": "a", "b": "a", "c": "c"}
    groups = {"a": "one report", "c": "one report"}
    assert set(cluster("abc", [("a", "b", 0.9), ("b", "c", 0.8)], groups=groups).values()) == {"a"}


def test_of_a_pair_given_twice_the_higher_score_counts_and_strangers_are_left_out() -> None:
    assert cluster("ab", [("a", "b", 0.2), ("b", "a", 0.8), ("a", "z", 1.0), ("a", "a", 1.0)]) == {"a": "a", "b": "a"}


def test_it_is_quick() -> None:
    chance = random.Random(1)
    names = [f"{n:05d}" for n in range(10_000)]
    given_edges = [(*sorted(chance.sample(names, 2)), chance.random()) for _ in range(60_000)]
    begin = time.perf_counter()
    cluster(names, given_edges)  # type: ignore[arg-type]
    assert time.perf_counter() - begin < 5
