"""Words as the encoder reads them: word pieces in windows, with what an uncased vocabulary hides.

The encoder (all-MiniLM-L6-v2, fine-tuned; see ``onrecord/models/README.md``) knows small letters only. So three things
stand beside each piece: the case of its word, whether it is inside quotation marks, and whether it opens a paragraph.
Training and reading make windows by these same functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Pieces of a window that are read for their own sake, and pieces before them that are only context.
CORE, CONTEXT = 340, 72
BEGIN, END, UNKNOWN = 101, 102, 100
# A word of more letters is no word: its first ones are enough.
LONGEST = 40
STOPS = frozenset({".", "!", "?"})
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
    encoded = tokenizer.encode([word[:LONGEST] for word in words], is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None:
            pieces[word].append(piece)
    pieces = [own or [UNKNOWN] for own in pieces]
    quotes = quote_states(words, opens)
    cases = [case_of(word) for word in words]
    found = []
    begin = 0
    while begin < len(words):
        end = _core_end(words, opens, pieces, begin)
        first = _context_begin(pieces, begin)
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


def _context_begin(pieces: Sequence[Sequence[int]], begin: int) -> int:
    size = 0
    first = begin
    while first > 0 and size + len(pieces[first - 1]) <= CONTEXT:
        first -= 1
        size += len(pieces[first])
    return first
