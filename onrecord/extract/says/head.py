"""The learned head: the attributions that a small encoder sees in a report, beside those that the rules found.

One pass over all windows gives, for every word, how likely it is the first word of an attribution's cue, whether that
attribution names a source, and vectors; a score for each pair of such a word and any other tells how much speaks for
its being part of the source, the cue, the content. What is a piece is then decided over all words at once: the runs
that score most, each at a cost (Viterbi over two states). Trained by ``training/says.py``; the model card is
``onrecord/models/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.extract.encoding import BEGIN, END, context_begin, load_weights, paragraph_windows, pieces_of
from onrecord.extract.says.signs import ROLES, Signs, pair_signs
from onrecord.record import Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[Any]

# Pieces of a window that are read for their own sake, and pieces before them that are only context.
CORE, CONTEXT = 300, 80
# Sizes of the vectors of a pair, of the small network over its signs; the farthest distance, in words.
VECTOR, HIDDEN, CLIP = 64, 64, 100
# A paragraph that ends so goes with the next.
CARRIES = frozenset({":", "—", "--", "–"})
N_TAGS = 3 * len(ROLES)
START, NO_SOURCE = N_TAGS, N_TAGS + 1
SOURCE, CUE, CONTENT = range(3)
# A word opens an attribution if that is as likely as this; what the fusion makes of it is for ``fusion``.
SEEN = 0.15
# What a run of words costs, how little each may score, by role; how far one word can tip the scale.
COST = (1.0, 1.0, 1.5)
LEAST = (-1.5, 0.0, 0.0)
LIMIT = 4.0
# Two attributions that share more of their content are one.
SAME = 0.5

Run = tuple[int, int]


class Layout:
    """Where things stand in the row of a piece: tags, first word, no source, vectors, small network."""

    asks = slice(N_TAGS + 2, N_TAGS + 2 + len(ROLES) * VECTOR)
    answers = slice(asks.stop, asks.stop + len(ROLES) * VECTOR)
    cue_hidden = slice(answers.stop, answers.stop + HIDDEN)
    word_hidden = slice(cue_hidden.stop, cue_hidden.stop + HIDDEN)
    width = word_hidden.stop


@dataclass(frozen=True, slots=True)
class Sight:
    """An attribution as the head sees it; runs are words [start, end).

    ``sure``: how likely its first word opens one; ``firm``: how sure the words of source, cue, content are on the
    average; ``nobody``: how likely it names no source.
    """

    first: int
    sure: float
    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]
    firm: tuple[float, float, float]
    nobody: float


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The loaded weights."""

    session: InferenceSession
    tokenizer: Tokenizer
    rest: dict[str, Any]
    model: Model

    @property
    def calibration(self) -> Floats:
        """What the fusion needs to score what it sees (``fusion.fused``)."""
        weights: Floats = self.rest["calibration"]
        return weights

    def see(self, signs: Signs) -> list[Sight]:
        """Look at a report; in the order of the text, without those that say the same."""
        if not signs.words:
            return []
        found = sorted(self._candidates(signs), key=lambda sight: (-sight.sure, sight.first))
        kept: list[tuple[Sight, frozenset[int]]] = []
        for sight in found:
            words = frozenset(word for run in sight.content for word in range(*run))
            if not any(_the_same(sight, words, *other, signs) for other in kept):
                kept.append((sight, words))
        return sorted((sight for sight, _ in kept), key=lambda sight: (sight.content[0], sight.first))

    def _candidates(self, signs: Signs) -> Iterator[Sight]:
        import numpy as np

        pieces = pieces_of(signs.even, self.tokenizer)
        sizes = [len(own) for own in pieces]
        cases = signs.cases
        carries = [word in CARRIES for word in signs.words]
        for begin, end in paragraph_windows(sizes, signs.opens, signs.begins, carries, CORE):
            first = context_begin(sizes, begin, CONTEXT)
            rows = self._rows(signs, pieces, cases, first, end)
            flag = self.rest["flag"][signs.flag[first:end]]
            starts, nobody = _sigmoid(rows[:, START] + flag[:, 0]), _sigmoid(rows[:, NO_SOURCE] + flag[:, 1])
            for word in np.flatnonzero(starts[begin - first :] > SEEN) + (begin - first):
                scores = self._link(rows, int(word), pair_signs(signs, first + int(word), first, end))
                sight = _decoded(scores, int(word), first, float(starts[word]), float(nobody[word]))
                if sight is not None:
                    yield sight

    def _rows(
        self, signs: Signs, pieces: Sequence[Sequence[int]], cases: Sequence[int], first: int, end: int
    ) -> Floats:
        """What the encoder says of the words [first, end)."""
        import numpy as np

        ids, case, quote, opens, places = [BEGIN], [0], [0], [0], []
        for word in range(first, end):
            own = pieces[word]
            places.append(len(ids))
            ids += own
            case += [cases[word]] * len(own)
            quote += [int(signs.quote[word])] * len(own)
            opens += [int(signs.opens[word])] * len(own)
        given = {"ids": [*ids, END], "case": [*case, 0], "quote": [*quote, 0], "opens": [*opens, 0]}
        given["mask"] = [1] * len(given["ids"])
        arrays = {name: np.array([row], dtype="int64") for name, row in given.items()}
        rows: Floats = self.session.run(["out"], arrays)[0][0][places]
        return rows

    def _link(self, rows: Floats, word: int, signs: Floats) -> Floats:
        """The score of each word for each role of the attribution that one word opens: words x roles."""
        import numpy as np

        rest = self.rest
        asks = rows[word, Layout.asks].reshape(len(ROLES), VECTOR) / VECTOR**0.5
        scores = np.einsum("rd,nrd->nr", asks, rows[:, Layout.answers].reshape(len(rows), len(ROLES), VECTOR))
        tags = rows[:, :N_TAGS].reshape(len(rows), len(ROLES), 3)
        own = np.logaddexp(tags[..., 1], tags[..., 2]) - tags[..., 0]
        hidden = rows[word, Layout.cue_hidden] + rows[:, Layout.word_hidden]
        for k in range(signs.shape[1]):
            hidden = hidden + rest[f"tables.{k}.weight"][signs[:, k]]
        apart = np.clip(np.arange(len(rows)) - word, -CLIP, CLIP) + CLIP
        by_signs = np.maximum(hidden, 0.0) @ rest["pair_weight"].T + rest["pair_bias"]
        linked: Floats = scores + rest["apart"][:, apart].T + rest["lean"][0] + rest["lean"][1] * own + by_signs
        return linked


def _the_same(one: Sight, words: frozenset[int], other: Sight, others: frozenset[int], signs: Signs) -> bool:
    """Whether two sights are one attribution: they share most of their content.

    Not so if one lies in the other, and rules see an attribution in each place.
    """
    nested = (one.first in others or other.first in words) and one.first in signs.rules and other.first in signs.rules
    return not nested and len(words & others) > SAME * len(words | others)


def is_in(folder: Path) -> bool:
    """Whether a folder of weights holds this head: who deletes it reads statements by rules alone."""
    return (folder / "says.onnx").exists()


@lru_cache(maxsize=2)
def load_head(folder: Path) -> Head:
    """Load the head's weights from a folder. Raises BadPlug if a file is missing."""
    weights = load_weights(folder, "says")
    return Head(weights.session, weights.tokenizer, weights.rest, Model("onrecord-says", "1", weights.digest))


def _decoded(scores: Floats, word: int, first: int, sure: float, nobody: float) -> Sight | None:
    """The runs of words that make up an attribution; None if it has no content."""
    runs = [best_runs(scores[:, role] - LEAST[role], COST[role]) for role in range(len(ROLES))]
    if not runs[CONTENT]:
        return None
    cue = [run for run in runs[CUE] if run[0] <= word < run[1]] or [(word, word + 1)]
    source = [max(runs[SOURCE], key=lambda run: float(scores[slice(*run), SOURCE].max()))] if runs[SOURCE] else []
    parts = (source if nobody < 0.5 else [], cue, runs[CONTENT])
    sources, cues, contents = (_firm(scores[:, role], part) for role, part in enumerate(parts))
    firm = (sources, cues, contents)
    shifted = [tuple((first + start, first + end) for start, end in part) for part in parts]
    return Sight(first + word, sure, shifted[SOURCE], shifted[CUE], shifted[CONTENT], firm, nobody)


def _firm(scores: Floats, runs: Sequence[Run]) -> float:
    """How likely the words of some runs are in their place, on the average."""
    import numpy as np

    return float(np.concatenate([_sigmoid(scores[slice(*run)]) for run in runs]).mean()) if runs else 0.0


def best_runs(scores: Floats, cost: float) -> list[Run]:
    """The runs of words [start, end) whose summed scores, less the cost of each run, are greatest.

    A two-state Viterbi path; scores are clipped so that no word tips the scale alone.

    >>> import numpy as np
    >>> best_runs(np.array([-1.0, 2.0, -0.5, 2.0, -3.0]), 1.0)
    [(1, 4)]
    """
    out, inside = 0.0, float("-inf")
    entered, left = [], []
    for score in scores.clip(-LIMIT, LIMIT).tolist():
        left.append(inside > out)
        entered.append(out - cost > inside)
        out, inside = max(out, inside), max(out - cost, inside) + score
    found: list[Run] = []
    within, end = inside > out, len(scores)
    for i in range(len(scores) - 1, -1, -1):
        if within and entered[i]:
            found.append((i, end))
            within = False
        elif not within and left[i]:
            within, end = True, i
    return found[::-1]


def _sigmoid(values: Floats) -> Floats:
    import numpy as np

    powers: Floats = np.exp(-np.clip(values, -30.0, 30.0))
    shares: Floats = 1.0 / (1.0 + powers)
    return shares
