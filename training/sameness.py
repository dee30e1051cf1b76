"""Learn the weights of ``onrecord.join.sameness`` from the gold event mentions of ECB+, topics 1 to 20.

    python -m training.sameness --shared DIR --readings FILE --out onrecord/join [--folds]

``DIR`` holds the public data and its converters. The reports of ECB+ are read once, which takes about ten minutes, and
kept in ``FILE``. Two files come out: ``rarity.tsv``, in how many reports of three corpora each stem stands, and
``sameness.toml``, the weights of the signs. ``--folds`` prints how good six models are on the topics that each has not
seen. scikit-learn is needed here, and nowhere else.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from sklearn.linear_model import LogisticRegression

from evaluation.ecb import Told, told
from onrecord.extract import PIPELINE
from onrecord.join import sameness, signs
from onrecord.join.clusters import cluster
from onrecord.join.telling import content_words

Array = np.ndarray[Any, Any]
# Where the bins of each sign end.
ENDS: dict[str, tuple[float, ...]] = {
    "same_head": (0.5,),
    "same_stem": (0.5,),
    "kin": (0.02, 0.1, 0.25, 0.45, 0.7, 0.99),
    "step": (0.02, 0.1, 0.25, 0.45, 0.7, 0.99),
    "head_in_clause": (0.5,),
    "rarity": (1.5, 2.5, 3.2, 4.0, 4.8),
    "particle": (-0.5, 0.5, 1.5),
    "type": (-0.5, 0.5),
    "compound": (-0.5, 0.5),
    "light": (0.5, 1.5),
    "before": (0.5,),
    "say": (0.5, 1.5),
    "modifier": (0.5,),
    "actor": (-0.5, 0.5, 1.2, 1.7),
    "recipient": (-0.5, 0.5, 1.2, 1.7),
    "crossed": (-0.5, 0.5, 1.2, 1.7),
    "anybody": (-0.5, 0.5, 1.2, 1.7),
    "anybody_share": (-0.5, 0.01, 0.34, 0.67, 0.99),
    "place": (-0.5, 0.4, 0.7, 1.5),
    "time": (-0.5, 0.5, 1.2, 1.7, 2.5),
    "gap": (-0.5, 0.5, 2.5, 7.5, 31.0, 366.0),
    "number": (-0.5, 0.5),
    "ordinal": (-0.5, 0.3, 0.7),
    "beside": (-0.5, 0.5, 1.2, 1.7),
    "clause": (1.0, 4.0, 8.0, 13.0, 20.0),
    "clause_share": (0.02, 0.1, 0.2, 0.35, 0.5),
    "sentence": (1.0, 5.0, 10.0, 18.0, 30.0),
    "sentence_share": (0.02, 0.1, 0.2, 0.3, 0.45),
    "gist": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "company": (3.0, 6.0, 12.0, 20.0, 30.0),
    "company_share": (0.05, 0.15, 0.25, 0.35, 0.5, 0.7),
    "published": (-0.5, 0.5, 1.5, 3.5, 8.0, 32.0),
    "lead": (0.1, 0.3, 0.6, 1.0, 1.5),
}
FOLDS, STRENGTH = 6, 0.01
LEAST = 8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of tellings in different reports of one topic: their signs, and whether they are one event."""

    told: list[tuple[str, str, str, str, Told]]
    at: list[tuple[int, int]]
    signs: Array
    same: Array
    topic: Array
    close: Array


def pairs(found: list[tuple[str, str, str, str, Told]]) -> Pairs:
    """``found``: (topic, subtopic, report, gold event, telling) of every mention."""
    by_topic = defaultdict(list)
    for n, one in enumerate(found):
        by_topic[one[0]].append(n)
    at = [(i, j) for ns in by_topic.values() for i, j in combinations(ns, 2) if found[i][2] != found[j][2]]
    rows = [_signs(found[i][4], found[j][4]) for i, j in at]
    same = np.array([found[i][3] == found[j][3] for i, j in at])
    close = np.array([found[i][1] == found[j][1] for i, j in at])
    return Pairs(found, at, np.array(rows, dtype=np.float32), same, np.array([int(found[i][0]) for i, _ in at]), close)


def _signs(one: Told, other: Told) -> tuple[float, ...]:
    return sameness.all_signs(one.telling, other.telling, one.setting, other.setting)


def binned(values: Array) -> Array:
    """One column for each bin of each sign."""
    columns = []
    for at, name in enumerate(sameness.NAMES):
        bins = np.digitize(values[:, at], ENDS[name])
        columns += [bins == n for n in range(len(ENDS[name]) + 1)]
    return np.array(columns, dtype=np.float32).T


def weighted(topic: Array) -> Array:
    """Every topic counts alike."""
    counts = Counter(topic.tolist())
    shares = np.array([1 / counts[one] for one in topic.tolist()])
    return shares / shares.mean()


def fit(given: Pairs, chosen: Array) -> LogisticRegression:
    """A model of the chosen pairs."""
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    return model.fit(binned(given.signs[chosen]), given.same[chosen], sample_weight=weighted(given.topic[chosen]))


def figures(given: Pairs, scores: Array, enough: float, passed: Array) -> tuple[float, float]:
    """F1 of the pairs inside subtopics and inside topics, when tellings are clustered by these scores."""
    name = [f"{n:06d}" for n in range(len(given.told))]
    edges = [(name[i], name[j], float(s)) for (i, j), s, p in zip(given.at, scores, passed, strict=True) if p]
    heads = cluster(name, edges, enough=enough)
    joined = np.array([heads[name[i]] == heads[name[j]] for i, j in given.at])
    return _f1(joined & given.close, given.same & given.close), _f1(joined, given.same)


def _f1(joined: Array, same: Array) -> float:
    return round(float(200 * (joined & same).sum() / max(1, joined.sum() + same.sum())), 1)


def folds(given: Pairs) -> Array:
    """The scores of all pairs, each by a model that has not seen its topic."""
    order = {topic: n % FOLDS for n, topic in enumerate(sorted(set(given.topic.tolist())))}
    fold = np.array([order[topic] for topic in given.topic.tolist()])
    scores = np.zeros(len(given.at))
    for n in range(FOLDS):
        model = fit(given, fold != n)
        scores[fold == n] = model.predict_proba(binned(given.signs[fold == n]))[:, 1]
    return scores


def write_weights(model: LogisticRegression, out: Path) -> None:
    """The weights, so that the first bin of every sign weighs nothing... but for signs unknown, which weigh nothing."""
    lines, start, column = [], float(model.intercept_[0]), 0
    for name in sameness.NAMES:
        count = len(ENDS[name]) + 1
        weights = model.coef_[0][column : column + count]
        column += count
        start += float(weights[0])
        told_weights = ", ".join(f"{weight - weights[0]:.3f}" for weight in weights)
        lines += [f"[signs.{name}]", f"ends = [{', '.join(map(str, ENDS[name]))}]", f"weights = [{told_weights}]", ""]
    head = (
        [line for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if out.exists() else []
    )
    out.write_text("\n".join([*head, "", f"start = {start:.3f}", "", *lines]).rstrip() + "\n", encoding="utf-8")
