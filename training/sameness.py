"""Learn the weights of ``onrecord.join.what.sameness`` from the gold event mentions of ECB+, topics 1 to 20.

    python -m training.sameness --shared DIR --readings FILE --out onrecord/join/what

``DIR`` holds the public data and its converters. The reports are read once, which takes some minutes, and their
tellings kept in ``FILE``. Two files come out: ``rarity.tsv``, in how many reports of two corpora each stem stands,
and ``sameness.toml``, the weights. Printed is how good six models are, each on the topics that it has not seen. Topics
21 and up are never read. numpy and scipy are needed here (training/requirements.txt).

What is learnt: logistic regression over the bins of the signs, of the pairs that ``signs.go_together`` lets pass. What
speaks for one event can only add, and the more the more it is seen; that something differs can only take away.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from evaluation import ecb
from onrecord.join.what import sameness, signs
from onrecord.join.what.clusters import cluster
from onrecord.join.what.telling import content_words

Array = np.ndarray[Any, Any]
# Where the bins of each sign end.
NAMED = (-0.7, -0.2, 0.5, 1.2, 1.7)
GRADES = (0.02, 0.1, 0.25, 0.45, 0.7, 0.99)
ENDS: dict[str, tuple[float, ...]] = {
    "same_head": (0.5,),
    "same_stem": (0.5,),
    "kin": GRADES,
    "step": GRADES,
    "alike": (0.2, 0.7),
    "rarity": (1.5, 2.5, 3.2, 4.0, 4.8),
    "particle": (-0.5, 0.5, 1.5),
    "type": (-0.5, 0.5),
    "before": (0.5,),
    "say": (0.5, 1.5),
    "actor": NAMED,
    "recipient": NAMED,
    "anybody": NAMED,
    "anybody_share": (-0.5, 0.01, 0.34, 0.67, 0.99),
    "place": (-0.5, 0.4, 0.7, 1.5),
    "time": (-0.5, 0.5, 1.2, 1.7, 2.5),
    "number": (-0.5, 0.5),
    "ordinal": (-0.5, 0.3, 0.7),
    "clause": (1.0, 4.0, 8.0, 13.0, 20.0),
    "clause_share": (0.02, 0.1, 0.2, 0.35, 0.5),
    "sentence_share": (0.02, 0.1, 0.2, 0.3, 0.45),
    "gist": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "company": (3.0, 6.0, 12.0, 20.0, 30.0),
    "company_share": (0.05, 0.15, 0.25, 0.35, 0.5, 0.7),
    "leading": (-0.5, 0.2, 0.35, 0.5, 0.7, 0.9),
    "published": (-0.5, 0.5, 1.5, 3.5, 8.0, 32.0),
}
# Signs whose weights may go up and down; that only fall; whose first bin is "cannot be seen".
FREE, FALLING = {"rarity", "type", "published", "sentence_share"}, {"particle", "say"}
UNSEEN = {name for name, ends in ENDS.items() if ends[0] in {-0.5, -0.7}} - FALLING
FOLDS, STRENGTH = 6, 800.0
# A stem that fewer reports have is not listed.
LEAST = 8
Gold = tuple[str, str, str, str, ecb.Told]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of tellings in different reports of one topic: their signs, and whether they are one event.

    ``told``: (topic, subtopic, report, gold event, telling) of every mention. ``close``: of one subtopic.
    """

    told: Sequence[Gold]
    at: list[tuple[int, int]]
    signs: Array
    passed: Array
    same: Array
    topic: Array
    close: Array


def pairs(found: Sequence[Gold]) -> Pairs:
    """All pairs of mentions in different reports of a topic."""
    by_topic = defaultdict(list)
    for n, one in enumerate(found):
        by_topic[one[0]].append(n)
    at = [(i, j) for ns in by_topic.values() for i, j in combinations(ns, 2) if found[i][2] != found[j][2]]
    rows = [_compared(found[i][4], found[j][4]) for i, j in at]
    passed = np.array([bool(row) for row in rows])
    values = np.array([row or (0.0,) * len(sameness.NAMES) for row in rows], dtype=np.float32)
    same = np.array([found[i][3] == found[j][3] for i, j in at])
    close = np.array([found[i][1] == found[j][1] for i, j in at])
    return Pairs(found, at, values, passed, same, np.array([int(found[i][0]) for i, _ in at]), close)


def _compared(one: ecb.Told, other: ecb.Told) -> tuple[float, ...]:
    return sameness.signs_of(one.telling, other.telling, one.setting, other.setting)


# ------------------------------------------------------------------------------------------------ learning


def steps(values: Array) -> tuple[Array, list[tuple[float, float]]]:
    """A column for each step from bin to bin, and between what its weight must lie."""
    columns, bounds = [], []
    for at, name in enumerate(sameness.NAMES):
        bins = np.digitize(values[:, at], ENDS[name])
        for n in range(1, len(ENDS[name]) + 1):
            column, bound = bins >= n, (-np.inf, np.inf)
            if ENDS[name] is NAMED and n < 3:
                column, bound = bins == n, (-np.inf, np.inf if n == 1 else 0.0)
            elif name in UNSEEN and n == 1:
                bound = -np.inf, (np.inf if name in FREE else 0.0)
            elif name not in FREE:
                bound = (-np.inf, 0.0) if name in FALLING else (0.0, np.inf)
            columns.append(column)
            bounds.append(bound)
    return np.array(columns, dtype=np.float32).T, bounds


def fit(given: Pairs, chosen: Array) -> Array:
    """The weights of the steps, and at the end where all starts; every topic counts alike."""
    chosen = chosen & given.passed
    matrix, bounds = steps(given.signs[chosen])
    matrix = np.hstack([matrix, np.ones((len(matrix), 1), np.float32)])
    side = np.where(given.same[chosen], 1.0, -1.0)
    counts = Counter(given.topic[chosen].tolist())
    share = np.array([len(side) / len(counts) / counts[topic] for topic in given.topic[chosen].tolist()])

    def loss(weights: Array) -> tuple[float, Array]:
        odds = (matrix @ weights.astype(np.float32)) * side
        wrong = 1 / (1 + np.exp(odds))
        held = np.r_[weights[:-1], 0.0]
        slope = -(matrix.T @ (share * wrong * side).astype(np.float32)).astype(float) + 2 * STRENGTH * held
        return float((share * np.logaddexp(0, -odds)).sum() + STRENGTH * (held @ held)), slope

    start = np.r_[np.zeros(len(bounds)), -2.0]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)], options={"maxiter": 200})
    weights: Array = found.x
    return weights


def scores(given: Pairs, weights: Array) -> Array:
    """How likely each pair is one event; 0 for those that are not looked at."""
    odds = steps(given.signs)[0] @ weights[:-1] + weights[-1]
    return np.where(given.passed, 1 / (1 + np.exp(-odds)), 0.0)


def folds(given: Pairs) -> Array:
    """The scores of all pairs, each by a model that has not seen its topic."""
    order = {topic: n % FOLDS for n, topic in enumerate(sorted(set(given.topic.tolist())))}
    fold = np.array([order[topic] for topic in given.topic.tolist()])
    found = np.zeros(len(given.at))
    for n in range(FOLDS):
        found[fold == n] = scores(given, fit(given, fold != n))[fold == n]
    return found


def figures(given: Pairs, found: Array, enough: float) -> str:
    """P, R, F1 of the pairs inside subtopics and inside topics, when tellings are clustered by these scores."""
    name = [f"{n:06d}" for n in range(len(given.told))]
    edges = [(name[i], name[j], float(score)) for (i, j), score in zip(given.at, found, strict=True) if score]
    heads = cluster(name, edges, enough=enough, groups={n: one[2] for n, one in zip(name, given.told, strict=True)})
    joined = np.array([heads[name[i]] == heads[name[j]] for i, j in given.at])
    return f"subtopic {_prf(joined & given.close, given.same & given.close)}, topic {_prf(joined, given.same)}"


def _prf(joined: Array, same: Array) -> str:
    right = (joined & same).sum()
    figures = right / max(1, joined.sum()), right / max(1, same.sum()), 2 * right / max(1, joined.sum() + same.sum())
    return " ".join(f"{100 * figure:.1f}" for figure in figures)


# ------------------------------------------------------------------------------------------------ files


def write_weights(weights: Array, out: Path) -> None:
    """``sameness.toml``: for each sign where its bins end and what each weighs; its head of comments stays."""
    head = [line for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines, column = [], 0
    for at, name in enumerate(sameness.NAMES):
        ends = ENDS[name]
        middle = [ends[0] - 0.1, *((a + b) / 2 for a, b in pairwise(ends)), ends[-1] + 0.1]
        values = np.zeros((len(middle), len(sameness.NAMES)))
        values[:, at] = middle
        own = steps(values)[0][:, column : column + len(ends)] @ weights[column : column + len(ends)]
        column += len(ends)
        told = ", ".join(f"{weight:.2f}" for weight in own + 0.0)
        lines += ["", f"[signs.{name}]", f"ends = [{', '.join(map(str, ends))}]", f"weights = [{told}]"]
    out.write_text("\n".join([*head, "", f"start = {weights[-1]:.2f}", *lines]) + "\n", encoding="utf-8")


def write_rarity(texts: Iterator[str], out: Path) -> None:
    """``rarity.tsv``: in how many texts each stem stands."""
    head = [line for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    counts: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        counts.update({signs.stem(word) for word in content_words(text)})
    rows = [f"{word}\t{count}" for word, count in sorted(counts.items()) if count >= LEAST]
    out.write_text("\n".join([*head, f"(reports)\t{number}", f"(least)\t{LEAST}", *rows]) + "\n", encoding="utf-8")


def texts(shared: Path, folder: Path) -> Iterator[str]:
    """The texts of PolNeAR train and GUM train."""
    out = folder / "gum-train.jsonl"
    command = [sys.executable, shared / "measure/gum_to_jsonl.py", shared / "gold/entities/gum", out]
    subprocess.run([*command, "--scheme", "gum", "--split", "train"], check=True, capture_output=True)
    files = (shared / "gold/statements/polnear-train.jsonl", out)
    return (json.loads(line)["text"] for file in files for line in file.read_text("utf-8").split("\n") if line)


def gold(shared: Path, kept: Path) -> list[Gold]:
    """The mentions of topics 1 to 20 with their tellings; read if they are not kept yet."""
    if not kept.exists():
        kept.write_bytes(pickle.dumps(list(ecb.gold(shared, kept.parent, "train"))))
    found: list[Gold] = pickle.loads(kept.read_bytes())
    return found


def main() -> None:
    """Read, count, learn, write; print how good it is on topics that were not learnt from."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/ and measure/")
    parser.add_argument("--readings", type=Path, required=True, help="file in which tellings are kept")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_rarity(texts(options.shared, options.readings.parent), options.out / "rarity.tsv")
    given = pairs(gold(options.shared, options.readings))
    found = folds(given)
    for enough in (0.2, 0.25, 0.3, 0.35):
        print(f"joined from {enough}: {figures(given, found, enough)}", flush=True)
    write_weights(fit(given, np.ones(len(given.at), bool)), options.out / "sameness.toml")


if __name__ == "__main__":
    main()
