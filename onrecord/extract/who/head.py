"""The learned head: what a small encoder sees in a report's words before any rule has looked at them.

One pass over all windows gives, for every word, whether it heads a mention, of what kind and form, whether one or
several are meant, the tags of names, and how likely the mention stands in a chain; pointers give the first and last
word of the mention and of its name; and pairs of mentions get a score for meaning the same (word-level coreference:
Dobrovolskii, 2021). Trained by ``training/who.py``; the model card is ``onrecord/models/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.extract.encoding import Window, load_weights, windows
from onrecord.extract.who import pairing
from onrecord.record import Form, Kind, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[Any]

# What the head tells of a word, in the order of its outputs.
KINDS = ("none", "person", "organisation", "place", "event", "time", "abstract", "thing")
FORMS = (Form.NAME, Form.DESCRIPTION, Form.PRONOUN)
NAMED = (Kind.PERSON, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER)
KIND_OF = {"person": Kind.PERSON, "organisation": Kind.ORGANISATION, "place": Kind.PLACE}
SIZES = (8, 3, 2, 9, 3)
POINTER, PAIR = 48, 96
REACH = (48, 80)
# Windows that are encoded together.
TOGETHER = 1
# Of none, begins, goes on.
GOES_ON = 2
# A word heads a mention if that is as likely as this.
SEEN = 0.4


@dataclass(frozen=True, slots=True)
class Sight:
    """A mention as the head sees it. Indices are words; [start, end) its span, [name_start, name_end) its name.

    ``sure``: how likely it is a mention; ``kinds``: how likely each of KINDS; ``several``: how likely more
    than one is meant.
    """

    word: int
    start: int
    end: int
    name_start: int
    name_end: int
    form: Form
    sure: float
    kinds: tuple[float, ...]
    several: float


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of words tagged as a name, and how likely each of NAMED is its kind.

    ``sure``: how likely all its words are part of names; ``firm``: how likely this one begins and ends where it does.
    """

    start: int
    end: int
    kinds: tuple[float, ...]
    sure: float
    firm: float


@dataclass(frozen=True, slots=True, eq=False)
class Sights:
    """All that the head sees in one report. ``words`` are the report's words as it read them."""

    words: tuple[str, ...]
    opens: tuple[bool, ...]
    mentions: tuple[Sight, ...]
    names: tuple[Name, ...]
    rows: Any
    head: Head

    def pairs(self, sides: Sequence[pairing.Side], later: Sequence[int], earlier: Sequence[int]) -> Floats:
        """For each pair of sides how much speaks for their meaning the same (log odds against nobody)."""
        import numpy as np

        at = np.array([side.word for side in sides])
        kinds = _softmax(self.rows[at][:, : SIZES[0]])
        numbers = pairing.features(sides, later, earlier, kinds)
        vectors = self.rows[at][:, -2 * PAIR :].reshape(-1, 2, PAIR)
        return self.head.score(vectors[np.asarray(later), 0], vectors[np.asarray(earlier), 1], numbers)

    def several(self, word: int) -> float:
        """How likely a word stands for more than one."""
        return float(_softmax(self.rows[word : word + 1, 11:13])[0, 1])

    def chain(self, word: int) -> float:
        """How likely the mention that a word heads begins or goes on with a chain of mentions."""
        return 1.0 - float(_softmax(self.rows[word : word + 1, 22:25])[0, 0])

    def later(self, word: int) -> float:
        """How likely the mention that a word heads goes on with a chain of mentions."""
        return float(_softmax(self.rows[word : word + 1, 22:25])[0, 2])

    def sure(self, word: int) -> float:
        """How likely a word heads a mention."""
        return 1.0 - float(_softmax(self.rows[word : word + 1, :8])[0, 0])

    def named(self, start: int, end: int) -> float:
        """How likely one at least of the words [start, end) is part of a name, or heads the mention of one."""
        tags, kinds = _softmax(self.rows[start:end, 13:22]), _softmax(self.rows[start:end, :8])
        heads = (1.0 - kinds[:, 0]) * _softmax(self.rows[start:end, 8:11])[:, 0]
        return float(max(1.0 - tags[:, 0].min(), heads.max()))


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The loaded weights."""

    session: InferenceSession
    tokenizer: Tokenizer
    rest: dict[str, Any]
    model: Model

    def see(self, words: Sequence[str], opens: Sequence[bool]) -> Sights:
        """Look at the words of a report; ``opens``: whether each begins a paragraph."""
        import numpy as np

        cut = windows(words, opens, self.tokenizer)
        width = sum(SIZES) + 8 * POINTER + 2 * PAIR
        rows = np.zeros((len(words), width), dtype="float32")
        for begin in range(0, len(cut), TOGETHER):
            chosen = cut[begin : begin + TOGETHER]
            out = self.session.run(["out"], _side_by_side(chosen))[0]
            for n, window in enumerate(chosen):
                own = np.array(window.words)
                core = own >= window.core
                rows[own[core]] = out[n, : len(own)][core]
        return Sights(tuple(words), tuple(opens), tuple(self._mentions(rows)), tuple(_names(rows)), rows, self)

    def _mentions(self, rows: Floats) -> Iterator[Sight]:
        import numpy as np

        kinds, forms = _softmax(rows[:, :8]), _softmax(rows[:, 8:11])
        several = _softmax(rows[:, 11:13])
        vectors = rows[:, 25 : 25 + 8 * POINTER].reshape(len(rows), 4, 2, POINTER)
        for word in np.flatnonzero(1.0 - kinds[:, 0] > SEEN):
            points = [self._point(vectors, int(word), pointer) for pointer in range(4)]
            start, last = min(points[0], int(word)), max(points[1], int(word))
            name = (points[2], points[3] + 1) if points[2] <= points[3] else (int(word), int(word) + 1)
            yield Sight(
                int(word), start, last + 1, *name, FORMS[int(forms[word].argmax())], float(1.0 - kinds[word, 0]),
                tuple(map(float, kinds[word])), float(several[word, 1]),
            )  # fmt: skip

    def _point(self, vectors: Floats, word: int, pointer: int) -> int:
        """The word that a pointer of a head points at."""
        first, last = max(0, word - REACH[0]), min(len(vectors), word + REACH[1] + 1)
        if pointer % 2 == 0:
            last = word + 1
        elif pointer == 1:
            first = word
        scores = vectors[first:last, pointer, 1] @ vectors[word, pointer, 0] / POINTER**0.5
        offset = first - word + REACH[0]
        return first + int((scores + self.rest["apart"][pointer][offset : offset + last - first]).argmax())

    def score(self, one: Floats, other: Floats, numbers: Floats) -> Floats:
        """The scores of pairs from their vectors and features."""
        import numpy as np

        both = np.concatenate([one, other, one * other, numbers], 1)
        for layer in ("pair_in", "pair_middle"):
            both = np.maximum(both @ self.rest[f"{layer}.weight"].T + self.rest[f"{layer}.bias"], 0.0)
        scores: Floats = (both @ self.rest["pair_out.weight"].T + self.rest["pair_out.bias"])[:, 0]
        return scores


@lru_cache(maxsize=2)
def load_head(folder: Path) -> Head:
    """Load the head's weights from a folder. Raises BadPlug if a file is missing."""
    weights = load_weights(folder, "who")
    return Head(weights.session, weights.tokenizer, weights.rest, Model("onrecord-who", "1", weights.digest))


def _side_by_side(chosen: Sequence[Window]) -> dict[str, Any]:
    import numpy as np

    length = max(len(window.ids) for window in chosen)
    given = {name: np.zeros((len(chosen), length), dtype="int64") for name in ("ids", "mask", "case", "quote", "opens")}
    for n, window in enumerate(chosen):
        size = len(window.ids)
        given["mask"][n, :size] = 1
        for name in ("ids", "case", "quote", "opens"):
            given[name][n, :size] = getattr(window, name)
    return given


def _names(rows: Floats) -> Iterator[Name]:
    """The tagged stretches. Whether a word begins a name, goes on with one or is none is decided over all kinds."""
    import numpy as np

    if not len(rows):
        return
    shares = _softmax(rows[:, 13:22])
    begins, goes_on = shares[:, 1::2], shares[:, 2::2]
    whole = np.stack([shares[:, 0], begins.sum(1), goes_on.sum(1)], 1)
    best = whole.argmax(1)
    begin = -1
    for i in range(len(best) + 1):
        tag = int(best[i]) if i < len(best) else 0
        if begin >= 0 and tag != GOES_ON:
            inside = (begins + goes_on)[begin:i]
            kinds = inside.mean(0) / max(1e-9, float(inside.mean(0).sum()))
            yield Name(begin, i, tuple(map(float, kinds)), float(inside.sum(1).min()), _firm(whole, begin, i))
            begin = -1
        if tag and begin < 0:
            begin = i


def _firm(whole: Floats, begin: int, end: int) -> float:
    """The least likely of: it begins here, each next word goes on, the word after it does not."""
    after = 1.0 - float(whole[end, GOES_ON]) if end < len(whole) else 1.0
    return min([float(whole[begin, 1]), after, *map(float, whole[begin + 1 : end, GOES_ON])])


def _softmax(rows: Floats) -> Floats:
    import numpy as np

    powers: Floats = np.exp(rows - rows.max(1, keepdims=True))
    shares: Floats = powers / powers.sum(1, keepdims=True)
    return shares
