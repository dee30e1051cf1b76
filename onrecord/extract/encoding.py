"""Words as the encoder reads them: word pieces in windows, with what an uncased vocabulary hides.

The encoder (all-MiniLM-L6-v2, fine-tuned; see ``onrecord/models/README.md``) knows small letters only. So three things
stand beside each piece: the case of its word, whether it is inside quotation marks, and whether it opens a paragraph.
Training and reading make windows by these same functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import BadPlug

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# Pieces of a window that are read for their own sake, and pieces before them that are only context.
CORE, CONTEXT = 340, 72
BEGIN, END, UNKNOWN = 101, 102, 100
# A word of more letters is no word: its first ones are enough.
LONGEST = 40
STOPS = frozenset({".", "!", "?"})
# The word table, which all heads share, and the word pieces.
TABLE, TOKENS = "words.bin", "tokenizer.json"
OPENING, CLOSING, EITHER = frozenset({"“", "``", "«"}), frozenset({"”", "''", "»"}), '"'


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces with their features; ``words[i]`` is the word whose first piece ``i`` is, else -1.

    ``core``: the first word that this window is read for.
    """

    ids: tuple[int, ...]
    case: tuple[int, ...]
    quote: tuple[int, ...]
    opens: tuple[int, ...]
    words: tuple[int, ...]
    core: int


def case_of(word: str) -> int:
    """0 no letters, 1 small, 2 Capital, 3 CAPITALS, 4 miXed."""
    if not any(char.isalpha() for char in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and not any(char.isupper() for char in word[1:]) else 4


def quote_states(words: Sequence[str], opens: Sequence[bool]) -> list[int]:
    """0 outside, 1 inside, 2 an opening mark, 3 a closing one. A paragraph begins outside."""
    states = []
    inside = False
    for word, first in zip(words, opens, strict=True):
        inside = inside and not first
        if word in OPENING or (word == EITHER and not inside):
            inside = True
            states.append(2)
        elif word in CLOSING or (word == EITHER and inside):
            inside = False
            states.append(3)
        else:
            states.append(1 if inside else 0)
    return states


def windows(words: Sequence[str], opens: Sequence[bool], tokenizer: Tokenizer) -> list[Window]:
    """Cut a text into windows, each word in the core of one, best after a stop; ``opens``: begins a paragraph."""
    if not words:
        return []
    pieces = pieces_of(words, tokenizer)
    quotes = quote_states(words, opens)
    cases = [case_of(word) for word in words]
    sizes = [len(own) for own in pieces]
    found = []
    begin = 0
    while begin < len(words):
        end = _core_end(words, opens, pieces, begin)
        first = context_begin(sizes, begin, CONTEXT)
        ids, case, quote, start, own = [BEGIN], [0], [0], [0], [-1]
        for i in range(first, end):
            n = len(pieces[i])
            ids += pieces[i]
            case += [cases[i]] * n
            quote += [quotes[i]] * n
            start += [int(opens[i])] * n
            own += [i] + [-1] * (n - 1)
        found.append(Window((*ids, END), (*case, 0), (*quote, 0), (*start, 0), (*own, -1), begin))
        begin = end
    return found


def _core_end(words: Sequence[str], opens: Sequence[bool], pieces: Sequence[Sequence[int]], begin: int) -> int:
    """Where the core of a window ends: after the last stop or paragraph in its second half, if there is one."""
    size = 0
    best = 0
    for i in range(begin, len(words)):
        size += len(pieces[i])
        if size > CORE and i > begin:
            return best or i
        if size > CORE // 2 and (words[i] in STOPS or (i + 1 < len(words) and opens[i + 1])):
            best = i + 1
    return len(words)


def pieces_of(words: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """The word pieces of each word; a word without any is an unknown one."""
    encoded = tokenizer.encode([word[:LONGEST] for word in words], is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    return [own or [UNKNOWN] for own in pieces]


def paragraph_windows(
    sizes: Sequence[int], opens: Sequence[bool], begins: Sequence[bool], carries: Sequence[bool], limit: int,
    first: int = 0,
) -> list[tuple[int, int]]:  # fmt: skip
    """Cut a text into runs of whole paragraphs of at most ``limit`` pieces: [start, end) by words.

    ``sizes``: pieces of each word; ``opens``: begins a paragraph, ``begins`` a sentence; ``carries``: a paragraph
    that ends with this word (a colon, a dash) goes with the next. A paragraph that is too long is cut between
    sentences. ``first``: a smaller limit for the first run, so that training sees other cuts each time.
    """
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    size, room = 0, first or limit
    for start, end in _units(sizes, opens, begins, limit):
        own = sum(sizes[start:end])
        if run and size + own > room:
            last = run[-1]
            goes_on = len(run) > 1 and carries[last[1] - 1] and sum(sizes[last[0] : last[1]]) + own <= limit
            kept = [run.pop()] if goes_on else []
            found.append((run[0][0], run[-1][1]))
            run, room = kept, limit
            size = sum(sum(sizes[a:b]) for a, b in run)
        run.append((start, end))
        size += own
    if run:
        found.append((run[0][0], run[-1][1]))
    return found


def _units(
    sizes: Sequence[int], opens: Sequence[bool], begins: Sequence[bool], limit: int
) -> Iterator[tuple[int, int]]:
    """Paragraphs; of those longer than ``limit`` pieces, runs of sentences, or what fits."""
    borders = [i for i in range(len(sizes)) if i == 0 or opens[i]]
    for start, end in zip(borders, [*borders[1:], len(sizes)], strict=True):
        while sum(sizes[start:end]) > limit:
            i, size, best = start, 0, 0
            while i < end and size + sizes[i] <= limit:
                size += sizes[i]
                i += 1
                if i < end and begins[i]:
                    best = i
            cut = best if best > start + 20 else max(i, start + 1)
            yield start, cut
            start = cut
        yield start, end


def context_begin(sizes: Sequence[int], begin: int, room: int) -> int:
    """The first of the words before ``begin`` that fit into so many pieces."""
    while begin > 0 and sizes[begin - 1] <= room:
        begin -= 1
        room -= sizes[begin]
    return begin


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights of one head: the encoder with its layer, the tokenizer, the small rest, and the digest of all."""

    session: InferenceSession
    tokenizer: Tokenizer
    rest: dict[str, Any]
    digest: str


def load_weights(folder: Path, name: str) -> Weights:
    """Load one head (``who``, ``says``) from a folder. Raises BadPlug if a file is missing."""
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    digest = _digest(folder, (f"{name}.onnx", f"{name}.npz", TABLE, TOKENS))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / TOKENS))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    with np.load(folder / f"{name}.npz") as stored:
        rest = {key: stored[key].astype("float32") for key in stored.files}
    return Weights(session, tokenizer, rest, digest)


def _digest(folder: Path, names: Sequence[str]) -> str:
    found = hashlib.sha256()
    for name in names:
        try:
            found.update((folder / name).read_bytes())
        except OSError as error:
            raise BadPlug(f"{folder / name}: a file of the model is missing: {error.strerror}") from error
    return found.hexdigest()[:16]
