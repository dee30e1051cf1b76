"""What the learned head is told of each word, beside the word: marks, sentences, the parse, and what the rules found.

Training and reading make these by the same functions. ``pair_signs`` tells how a word stands to the first word of a
cue: how far off, on what path through the parse, on which side of quotation marks, and whether a rule gave it to that
cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from onrecord.extract.encoding import case_of
from onrecord.record import Cue, Quotation, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.extract.parse import Parse

    Ints = NDArray[Any]

ROLES = ("source", "cue", "content")
# All marks look alike to the head: reports mix their kinds.
EVEN = {"“": '"', "”": '"', "''": '"', "``": '"', "«": '"', "»": '"'}
# ClearNLP's labels, as spaCy's English pipelines give them; 0 is any other.
LABELS = [
    "ROOT",
    "acl",
    "acomp",
    "advcl",
    "advmod",
    "agent",
    "amod",
    "appos",
    "attr",
    "aux",
    "auxpass",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "csubj",
    "csubjpass",
    "dative",
    "dep",
    "det",
    "dobj",
    "expl",
    "intj",
    "mark",
    "meta",
    "neg",
    "nmod",
    "npadvmod",
    "nsubj",
    "nsubjpass",
    "nummod",
    "oprd",
    "parataxis",
    "pcomp",
    "pobj",
    "poss",
    "preconj",
    "predet",
    "prep",
    "prt",
    "punct",
    "quantmod",
    "relcl",
    "xcomp",
]
LABEL = {label: n for n, label in enumerate(sorted(LABELS), 1)}
N_LABELS = len(LABELS) + 1
# Distances in words, in steps that grow; to the left of the cue they have numbers of their own.
STEPS = (0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 42, 60, 90)
# How far up from the cue a path is told apart, and how many sentences off.
UP, OFF = 2, 3
# The sizes of the five tables of ``pair_signs``.
PATHS = (UP + 1) * (N_LABELS + 1)
TABLES = (2 * len(STEPS) - 1, PATHS + 2 * OFF, N_LABELS + 1, 8, 5)
DEEPEST = 60


@dataclass
class Signs:
    """The signs of a report, by word; ``start`` and ``end`` are characters of the text, ``head`` the governing word.

    ``quote``: 0 outside, 1 inside, 2 and 3 an opening and a closing mark, 4 in a scare quote. ``rules``: for the first
    word of each cue that the rules found, the words of its source, cue and content.
    """

    words: list[str]
    opens: list[bool]
    begins: list[bool]
    start: Ints
    end: Ints
    head: Ints
    label: Ints
    quote: Ints
    rules: dict[int, tuple[list[int], list[int], list[int]]]

    @cached_property
    def sentence(self) -> Ints:
        """The number of each word's sentence; a paragraph begins one."""
        import numpy as np

        return np.cumsum(np.maximum(np.array(self.begins, dtype=int), np.array(self.opens, dtype=int)))

    @cached_property
    def inside(self) -> Ints:
        """1 for words in a quotation, marks included."""
        import numpy as np

        return np.isin(self.quote, (1, 2, 3)).astype(int)

    @cached_property
    def borders(self) -> Ints:
        """How many quotations have begun or ended before each word."""
        import numpy as np

        before = np.concatenate([[0], self.quote[:-1]]) if len(self.quote) else self.quote
        return np.cumsum((self.quote == 2) | (before == 3))

    @cached_property
    def flag(self) -> Ints:
        """1 for the first word of a rule's cue with a source, 2 of one without, else 0."""
        import numpy as np

        found = np.zeros(len(self.words), dtype=int)
        for first, parts in self.rules.items():
            found[first] = 1 if parts[0] else 2
        return found

    @property
    def cases(self) -> list[int]:
        """The case of each word."""
        return [case_of(word) for word in self.words]

    @property
    def even(self) -> list[str]:
        """The words with all marks alike."""
        return [EVEN.get(word, word) for word in self.words]

    def range_of(self, span: Span) -> tuple[int, int]:
        """The words [first, end) that a stretch of the text touches."""
        import numpy as np

        return int(np.searchsorted(self.end, span.start, "right")), int(np.searchsorted(self.start, span.end, "left"))

    def words_of(self, spans: Sequence[Span]) -> list[int]:
        """The words that stretches of the text touch."""
        return [word for span in spans for word in range(*self.range_of(span))]


def signs_of(parse: Parse, quotations: Sequence[Quotation], cues: Sequence[Cue]) -> Signs:
    """The signs of a parsed report."""
    import numpy as np

    tokens = [token for token in parse.doc if not token.is_space]
    at = {token.i: n for n, token in enumerate(tokens)}
    spans = [parse.span(token) for token in tokens]
    text, ends = parse.view.text, [0, *(token.idx + len(token) for token in tokens)]
    signs = Signs(
        [token.text for token in tokens],
        [i == 0 or "\n" in text[ends[i] : token.idx] for i, token in enumerate(tokens)],
        [bool(token.is_sent_start) for token in tokens],
        np.array([span.start for span in spans], dtype=int),
        np.array([span.end for span in spans], dtype=int),
        np.array([at.get(token.head.i, n) for n, token in enumerate(tokens)], dtype=int),
        np.array([LABEL.get(token.dep_, 0) for token in tokens], dtype=int),
        np.zeros(len(tokens), dtype=int),
        {},
    )
    for quotation in quotations:
        first, end = signs.range_of(quotation.span)
        if first < end and not (signs.quote[first:end] > 0).all():
            signs.quote[first:end] = 4 if quotation.scare else 1
            signs.quote[first] = 4 if quotation.scare else 2
            signs.quote[end - 1] = 4 if quotation.scare else 3
    for cue in cues:
        parts = (signs.words_of(cue.source), signs.words_of(cue.spans), signs.words_of(cue.content))
        first_word = (parts[1] or parts[2] or [-1])[0]
        if first_word >= 0:
            signs.rules.setdefault(first_word, parts)
    return signs


def pair_signs(signs: Signs, cue: int, first: int, end: int, with_rules: bool = True) -> Ints:
    """How each of the words [first, end) stands to the first word of a cue: words x 5, indices into TABLES."""
    import numpy as np

    found = np.zeros((end - first, 5), dtype=int)
    apart = np.arange(first, end) - cue
    step = np.searchsorted(STEPS, np.abs(apart), "right") - 1
    found[:, 0] = np.where(apart >= 0, step, step + len(STEPS) - 1)
    off = np.clip(signs.sentence[first:end] - signs.sentence[cue], -OFF, OFF)
    found[:, 1] = PATHS + np.where(off < 0, off + OFF, off + OFF - 1)
    low, paths, edges = _paths(signs, cue)
    begin, last = max(low, first), min(low + len(paths), end)
    found[begin - first : last - first, 1] = paths[begin - low : last - low]
    found[begin - first : last - first, 2] = edges[begin - low : last - low]
    borders = np.clip(np.abs(signs.borders[first:end] - signs.borders[cue]), 0, 3)
    found[:, 3] = signs.inside[first:end] * 4 + borders
    if with_rules and cue in signs.rules:
        found[:, 4] = 4
        for role, words in enumerate(signs.rules[cue], 1):
            found[[word - first for word in words if first <= word < end], 4] = role
    return found


def _paths(signs: Signs, cue: int) -> tuple[int, Ints, Ints]:
    """The first word of the cue's sentence, and for each of its words the path from the cue.

    A path: how far it goes up from the cue, by which label it then goes down; and the label of its last step up.
    """
    import numpy as np

    low, high = cue, cue + 1
    while low > 0 and signs.sentence[low - 1] == signs.sentence[cue]:
        low -= 1
    while high < len(signs.words) and signs.sentence[high] == signs.sentence[cue]:
        high += 1
    chain: list[int] = []
    word = cue
    while word not in chain and low <= word < high:
        chain.append(word)
        if int(signs.head[word]) == word:
            break
        word = int(signs.head[word])
    up = {above: n for n, above in enumerate(chain)}
    known: dict[int, tuple[int, int] | None] = {above: (n, N_LABELS) for above, n in up.items()}
    paths, edges = np.full(high - low, PATHS, dtype=int), np.zeros(high - low, dtype=int)
    for word in range(low, high):
        path = _path(signs, word, (low, high), known)
        if path is not None:
            paths[word - low] = min(path[0], UP) * (N_LABELS + 1) + path[1]
            edges[word - low] = 1 + int(signs.label[chain[path[0] - 1]]) if path[0] else 0
    return low, paths, edges


def _path(
    signs: Signs, word: int, bounds: tuple[int, int], known: dict[int, tuple[int, int] | None]
) -> tuple[int, int] | None:
    """The path to a word through the first word above it that stands on the cue's own way up."""
    trail: list[int] = []
    while word not in known and len(trail) <= DEEPEST:
        above = int(signs.head[word])
        if above == word or not bounds[0] <= above < bounds[1]:
            break
        trail.append(word)
        word = above
    found = known.get(word)
    if found is not None and trail and found[1] == N_LABELS:
        found = (found[0], int(signs.label[trail[-1]]))
    for passed in trail:
        known[passed] = found
    return found
