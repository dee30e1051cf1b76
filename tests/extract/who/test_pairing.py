from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.who import pairing
from onrecord.extract.who.pairing import DEFINITE_NOUN, FEATURES, HE, NAME, OTHER_NOUN, SHE, Side, features, word_type

CORES = st.lists(st.sampled_from(["ada", "orvik", "harbour", "front", "hf"]), min_size=1, max_size=3).map(tuple)
SIDES = st.lists(
    st.builds(
        Side, word=st.integers(0, 999), head=st.sampled_from(["orvik", "front"]), core=CORES, type=st.integers(0, 9),
        plural=st.floats(0, 1), quoted=st.booleans(), quote=st.integers(0, 9), sentence=st.integers(0, 99),
    ),
    min_size=2, max_size=6,
)  # fmt: skip


def pair(one: Side, other: Side) -> np.ndarray:
    return np.asarray(features([other, one], [1], [0], np.full((2, 8), 0.125))[0])


@given(SIDES)
def test_a_pair_has_the_same_numbers_whoever_stands_beside_it(sides: list[Side]) -> None:
    sides = sorted(sides, key=lambda side: (side.word, side.sentence))
    kinds = np.eye(8)[[side.type % 8 for side in sides]]
    later, earlier = zip(*((i, j) for i in range(len(sides)) for j in range(i)), strict=True)
    every = features(sides, later, earlier, kinds)
    assert every.shape == (len(later), FEATURES)
    assert np.isfinite(every).all()
    alone = features([sides[0], sides[1]], [1], [0], kinds[:2])[0]
    assert (alone == every[0]).all()


def side(core: tuple[str, ...], kind: int, word: int = 0) -> Side:
    return Side(word, core[-1], core, kind, 0.0, False, 0, 0)


def test_words_that_agree_are_told_from_words_that_do_not() -> None:
    full = side(("ada", "orvik"), NAME)
    same, surname, other = (side(core, NAME, 9) for core in (("ada", "orvik"), ("orvik",), ("marl",)))
    rows = [pair(one, full) for one in (same, surname, other)]
    assert len({row.tobytes() for row in rows}) == 3
    assert rows[0].sum() != rows[2].sum()
    initials = pair(side(("hf",), NAME, 9), side(("harbour", "front"), NAME))
    assert (initials != pair(side(("hx",), NAME, 9), side(("harbour", "front"), NAME))).any()


def test_the_kind_of_word() -> None:
    words = ["the", "old", "harbour", "a", "boat", "He", "she", "Orvik"]
    assert word_type(words, False, False, 0, 2) == DEFINITE_NOUN
    assert word_type(words, False, False, 3, 4) == OTHER_NOUN
    assert [word_type(words, False, True, i, i) for i in (5, 6)] == [HE, SHE]
    assert word_type(words, True, False, 7, 7) == NAME
    assert len(set(pairing.WORD_TYPES.values())) == 6
