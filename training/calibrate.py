"""Fit how likely an attribution is right, from what the head and the rules say of it, and the least score that stays.

    python -m training.calibrate --shared DIR --weights DIR

On the sixty documents of PolNeAR train that ``training.says`` does not learn from. A candidate is right if some gold
attribution shares half of its content and of its source (``joint`` of the scorer). The weights of a logistic
regression, and after them the bound that gives joint precision enough over five folds, go into ``says.npz``. Prints
that F1, and how often scores of each tenth are right.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extract.parse import Tools, load_tools, parse
from onrecord.extract.says.attribution import Attribution
from onrecord.extract.says.cues import by_rules, in_words
from onrecord.extract.says.fusion import FEATURES, Candidate, candidates, features, is_inside
from onrecord.extract.says.head import Head, load_head
from onrecord.extract.says.page import Page
from onrecord.extract.says.signs import ROLES, signs_of
from onrecord.pipeline import STAGES
from onrecord.record import Document, Reading
from training.material import split, texts

FOLDS = 5
BOUNDS = tuple(n / 100 for n in range(26, 60, 2))
# The bound is the lowest with this precision: F1 is level over a wide range of them.
PRECISION = 0.77
# How strongly weights are held near 0.
RIDGE = 1.0

Floats = np.ndarray[Any, Any]


@dataclass
class Text:
    """One document: its candidates, what they are judged by, and whether each is right."""

    row: dict[str, Any]
    page: Page
    candidates: list[Candidate]
    given: Floats
    right: Floats


def prepared(row: dict[str, Any], tools: Tools, head: Head, scorer: Any) -> Text:
    """Read a document and judge its candidates."""
    document = Document(row["id"], row["text"])
    parsed = parse(document, tools)
    reading = Reading(document)
    for stage in STAGES:
        if stage.name in {"sentences", "quotations"}:
            reading = replace(reading, **{stage.gives: stage.find(reading, parsed, tools)})
    page = Page.of(reading, parsed)
    rules = by_rules(page, tools)
    found = candidates(page, tools, rules, head.see(signs_of(parsed, reading.quotations, in_words(rules, page, "x"))))
    given = np.array([features(page, one) for one in found]).reshape(len(found), len(FEATURES))
    return Text(row, page, found, given, judged(row, page, found, scorer))


def judged(row: dict[str, Any], page: Page, found: list[Candidate], scorer: Any) -> Floats:
    """1 for each candidate that agrees with some gold attribution."""
    starts, ends = scorer.tokenise(row["text"], scorer.WORD)

    def words(pieces: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(scorer.tokset(pieces.get(role), starts, ends) for role in ROLES)

    gold = [words(attribution) for attribution in row["attributions"]]
    ours = [words(cut(page, one.attribution)) for one in found]
    return np.array([float(any(scorer.RULES["joint"](g, o) for g in gold)) for o in ours])


def cut(page: Page, attribution: Attribution) -> dict[str, list[list[int]]]:
    """The characters of an attribution's parts."""
    parts = zip(ROLES, (attribution.source, attribution.cue, attribution.content), strict=True)
    return {r: [[s.start, s.end] for piece in pieces if (s := page.cut(piece)) is not None] for r, pieces in parts}


def fit(given: Floats, right: Floats) -> Floats:
    """Logistic regression by Newton's method; the first weight, the constant, is free."""
    weights = np.zeros(given.shape[1])
    free = (np.arange(len(weights)) > 0).astype(float)
    for _ in range(40):
        likely = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (likely - right) + RIDGE * free * weights
        bend = (given * (likely * (1 - likely))[:, None]).T @ given + RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def over_folds(every: list[Text]) -> list[Floats]:
    """The score of each text's candidates by weights fitted on the other folds."""
    found = []
    for n, text in enumerate(every):
        others = [t for m, t in enumerate(every) if m % FOLDS != n % FOLDS]
        weights = fit(np.concatenate([t.given for t in others]), np.concatenate([t.right for t in others]))
        found.append(1 / (1 + np.exp(-text.given @ weights)))
    return found


def scored(every: list[Text], scores: list[Floats], bound: float, scorer: Any) -> tuple[float, float, float]:
    """Joint P, R and F1 of what stays, over all texts."""
    system = {}
    for text, likely in zip(every, scores, strict=True):
        kept = [one.attribution for one, share in zip(text.candidates, likely, strict=True) if share >= bound]
        outer = [cut(text.page, one) for one in kept if not is_inside(one, kept)]
        system[text.row["id"]] = {"id": text.row["id"], "attributions": outer}
    counts, _ = scorer.score({text.row["id"]: text.row for text in every}, system)
    result: tuple[float, float, float] = scorer.prf(*(counts["joint", "all", side] for side in ("tp", "s", "g")))
    return result


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/ and measure/")
    parser.add_argument("--weights", type=Path, required=True, help="folder of says.onnx and says.npz")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", options.shared / "measure/score_statements.py")
    assert spec is not None
    assert spec.loader is not None
    scorer: Any = importlib.util.module_from_spec(spec)
    sys.modules["scorer"] = scorer
    spec.loader.exec_module(scorer)
    tools, head = load_tools(weights=None), load_head(options.weights)
    held_out, _ = split(texts(options.shared / "gold/statements/polnear-train.jsonl"))
    every = [prepared(row, tools, head, scorer) for row in held_out]
    scores = over_folds(every)
    results = {bound: scored(every, scores, bound, scorer) for bound in BOUNDS}
    best = min(bound for bound, result in results.items() if result[0] >= PRECISION)
    for bound, result in results.items():
        print(f"bound {bound:.2f}  P {100 * result[0]:.1f} R {100 * result[1]:.1f} F1 {100 * result[2]:.1f}")
    likely, right = np.concatenate(scores), np.concatenate([text.right for text in every])
    for tenth in range(10):
        those = (likely >= tenth / 10) & (likely < (tenth + 1) / 10)
        if those.any():
            print(f"score {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}  {those.sum():5d}  right {right[those].mean():.2f}")
    weights = fit(np.concatenate([t.given for t in every]), right)
    path = options.weights / "says.npz"
    rest = dict(np.load(path))
    rest["calibration"] = np.append(weights, best).astype("float32")
    np.savez_compressed(path, **rest)


if __name__ == "__main__":
    main()
