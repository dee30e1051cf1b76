"""Two mentions side by side, as numbers: what a scorer of pairs learns from besides the encoder's vectors.

Training and reading compute these features by the same functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.names import fold, is_acronym

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

# What opens a description tells whether it takes somebody up.
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
POSSESSIVE = frozenset({"my", "your", "his", "her", "its", "our", "their"})
# The kinds of word that a mention is, in the order of their numbers.
NAME, DEFINITE_NOUN, OTHER_NOUN, HE, SHE, IT, THEY, SPEAKER, ADDRESSEE, OTHER_PRONOUN = range(10)
WORD_TYPES = {
    **dict.fromkeys(("he", "him", "his", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
    **dict.fromkeys(("it", "its", "itself"), IT),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), THEY),
    **dict.fromkeys(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"), SPEAKER),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), ADDRESSEE),
}
TYPES = 10
FAR = (1, 2, 3, 4, 8, 16, 32, 64)
WORDS_APART = (3, 6, 12, 24, 48, 96, 192, 384)
SENTENCES_APART = (1, 2, 3, 6, 12)
# The numbers of one pair: two types, three distances, the rest one by one.
FEATURES = 2 * TYPES + (len(FAR) + 1) + (len(WORDS_APART) + 1) + (len(SENTENCES_APART) + 1) + 16


@dataclass(frozen=True, slots=True)
class Side:
    """A mention as one side of a pair. ``word`` is its head, [start, end) its core; indices are those of words."""

    word: int
    head: str
    core: tuple[str, ...]
    type: int
    plural: float
    quoted: bool
    quote: int
    sentence: int


def word_type(words: Sequence[str], name: bool, pronoun: bool, start: int, head: int) -> int:
    """The number of the kind of word that a mention is."""
    if pronoun:
        return WORD_TYPES.get(words[head].lower(), OTHER_PRONOUN)
    if name:
        return NAME
    first = words[start].lower()
    taken_up = first in DEFINITE or first in POSSESSIVE
    return DEFINITE_NOUN if taken_up else OTHER_NOUN


def core_words(words: Sequence[str]) -> tuple[str, ...]:
    """The folded words of a name or a head, "the" and marks left out."""
    folded = (fold(word) for word in words)
    return tuple(word for word in folded if word and word != "the")


def features(sides: Sequence[Side], later: Sequence[int], earlier: Sequence[int], kinds: Floats) -> Floats:
    """One row of FEATURES for each pair of sides; ``kinds``: sides x kinds, each row a distribution."""
    import numpy as np

    i, j = np.asarray(later), np.asarray(earlier)
    types = np.array([side.type for side in sides])
    word = np.array([side.word for side in sides])
    sentence = np.array([side.sentence for side in sides])
    plural = np.array([side.plural for side in sides], dtype="float32")
    quoted = np.array([side.quoted for side in sides], dtype="float32")
    quote = np.array([side.quote for side in sides])
    heads = _numbered([side.head for side in sides])
    cores = _numbered([side.core for side in sides])
    rows = np.zeros((len(i), FEATURES), dtype="float32")
    at = np.arange(len(i))
    rows[at, types[i]] = 1.0
    rows[at, TYPES + types[j]] = 1.0
    base = 2 * TYPES
    for bounds, apart in ((FAR, i - j), (WORDS_APART, word[i] - word[j]), (SENTENCES_APART, sentence[i] - sentence[j])):
        rows[at, base + np.searchsorted(bounds, apart, side="right")] = 1.0
        base += len(bounds) + 1
    noun = types <= OTHER_NOUN
    same_head, same_core = heads[i] == heads[j], cores[i] == cores[j]
    both_nouns = noun[i] & noun[j]
    names = (types[i] == NAME) & (types[j] == NAME)
    # Only pairs of nouns that share a word are worth a look at their words.
    within = np.zeros((len(i), 4), dtype="float32")
    for n in np.flatnonzero(both_nouns & ~same_core):
        within[n] = _overlap(sides[int(i[n])].core, sides[int(j[n])].core)
    agreement = (kinds[i] * kinds[j]).sum(1)
    columns = (
        same_head & both_nouns, same_core & both_nouns, names & same_core, names, within[:, 0], within[:, 1],
        within[:, 2], within[:, 3], (types[i] == types[j]) & ~noun[i], plural[i], plural[j],
        np.abs(plural[i] - plural[j]), quoted[i], quoted[j], (quote[i] == quote[j]) & (quoted[i] > 0), agreement,
    )  # fmt: skip
    for k, column in enumerate(columns):
        rows[:, base + k] = column
    return rows


def _numbered(things: Sequence[object]) -> Any:
    import numpy as np

    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(thing, len(numbers)) for thing in things])


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float, float, float]:
    """Whether the last word of one is in the other, the first words agree, one is part, one the other's initials."""
    if not one or not other:
        return 0.0, 0.0, 0.0, 0.0
    shared = set(one) & set(other)
    if not shared and len(one) > 1 and len(other) > 1:
        return 0.0, 0.0, 0.0, 0.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    initials = len(short) == 1 and len(long) > 1 and is_acronym(short[0], " ".join(long))
    last = one[-1] in other or other[-1] in one
    return float(last), float(one[0] == other[0]), float(set(short) <= set(long)), float(initials)
