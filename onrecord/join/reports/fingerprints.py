"""Fingerprints: a few numbers by which the copies of a report are found among very many, without looking at the others.

Two texts that share much share keys; two that share little share at most one by chance. The fingerprint of a text says
nothing of other texts, so it is made once and kept beside the report.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Sequence

from rensa import RMinHash

from onrecord.join.reports.wording import QUOTED, WORD

# Which fingerprints can be compared: keys that were made and kept under another name have to be made anew.
FINGERPRINTS = f"1.{RMinHash.ALGORITHM_VERSION}"
# Runs of RUN words are compared; each of BANDS keys stands for two hundredths of the most alike of them.
RUN, BANDS, SEED = 4, 56, 1
# A shared quotation of so many words makes two texts candidates; a shorter one, if the same name stands beside it,
# so many characters away at most.
LONG_QUOTATION, SHORT_QUOTATION, BESIDE, QUOTATIONS = 14, 8, 40, 8
# So many shared keys of runs make two texts candidates.
ENOUGH = 2
# Below this share of runs with a name or a number, all runs are taken: a text in capitals, a script without them.
MARKED = 0.05
# After these a capital says nothing.
_OPENS = re.compile(r"[.!?:\"“”\n]+")
_NAME = re.compile(r"\b(?:[A-Z]\w+[ -])*([A-Z]\w{2,})")
# Makes keys of one band differ from those of the others.
_SALTS = tuple(
    int.from_bytes(hashlib.blake2b(bytes([n]), digest_size=8).digest(), "big", signed=True) for n in range(BANDS)
)


def fingerprint(text: str) -> tuple[int, ...]:
    """At most 64 keys, signed 64-bit numbers, sorted. One shared key that is odd makes candidates, of even ones two.

    Even keys come of runs of words that hold a name or a number: what is told, not how sentences are put. Odd keys come
    of long quotations. A text of less than four words has none.
    """
    return tuple(sorted({*_run_keys(_runs(*_words(text))), *_quotation_keys(text)}))


def are_candidates(left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether two texts with these keys are worth comparing."""
    return sum(map(weight, set(left).intersection(right))) >= ENOUGH


def weight(key: int) -> int:
    """How much a shared key says: two texts are candidates from ``ENOUGH`` on."""
    return ENOUGH if key & 1 else 1


def _words(text: str) -> tuple[list[str], list[bool]]:
    """Words in small letters; of each, whether it is plain: no number, and no capital but at a sentence's beginning."""
    words: list[str] = []
    plain: list[bool] = []
    for stretch in _OPENS.split(text):
        found = WORD.findall(stretch)
        if found:
            words += map(str.lower, found)
            plain += map(str.islower, found)
            plain[-len(found)] = not found[0][0].isdigit()
    return words, plain


def _runs(words: list[str], plain: list[bool]) -> list[str]:
    """The runs with a word that is not plain; all, if there are few such."""
    count = len(words) - RUN + 1
    near = {n for place, dull in enumerate(plain) if not dull for n in range(place - RUN + 1, place + 1)}
    marked = near.intersection(range(count))
    places = marked if len(marked) > MARKED * count else range(count)
    return [" ".join(words[n : n + RUN]) for n in places]


def _run_keys(runs: list[str]) -> Iterator[int]:
    if not runs:
        return
    sketch = RMinHash(num_perm=2 * BANDS, seed=SEED)
    sketch.update(runs)
    pairs = struct.unpack(f"<{BANDS}q", struct.pack(f"<{2 * BANDS}I", *sketch.digest()))
    yield from ((pair ^ salt) & ~1 for pair, salt in zip(pairs, _SALTS, strict=True))


def _quotation_keys(text: str) -> list[int]:
    """The keys of the longest quotations: of the words alone, or with each name that stands close to them."""
    found: list[tuple[int, str]] = []
    for quotation in QUOTED.finditer(text):
        words = [word.lower() for word in WORD.findall(quotation.group())]
        if len(words) >= LONG_QUOTATION:
            found.append((-len(words), " ".join(words)))
        elif len(words) >= SHORT_QUOTATION:
            start, end = quotation.span()
            found += [(-len(words), " ".join((*words, "\x1f", name))) for name in _names_beside(text, start, end)]
    return [_hashed(words) for _, words in sorted(set(found))[:QUOTATIONS]]


def _names_beside(text: str, start: int, end: int) -> Iterator[str]:
    """The last word of the next name behind, and of the last name before words that lead up to the quotation."""
    behind = _NAME.search(text, end, end + BESIDE)
    if behind and text[end - 2] != ".":  # after a full stop the next name belongs to the next sentence
        yield behind.group(1).lower()
    if text[max(0, start - 2) : start].rstrip()[-1:] in {":", ","}:
        yield from [name.group(1).lower() for name in _NAME.finditer(text, max(0, start - BESIDE), start)][-1:]


def _hashed(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) | 1
