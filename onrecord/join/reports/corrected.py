"""Which words of an earlier report a correction note speaks of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from onrecord.join.reports.naming import published
from onrecord.join.reports.notes import CorrectionNote
from onrecord.join.reports.versions import same_outlet
from onrecord.join.reports.wording import WORD, Wording
from onrecord.join.rows import lexicon
from onrecord.record import Reading, Span

# So many of the names in a note must stand in the report that it speaks of, where the wrong words do not.
NAMES = 2
# A lone word tells something from so many letters on. So many places of the wrong words are shown.
LETTERS, PLACES = 5, 8
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Mended:
    """A note, and the words of the other report that it corrects (none, if they cannot be found)."""

    note: CorrectionNote
    spans: tuple[Span, ...]


def mended(reading: Reading, notes: tuple[CorrectionNote, ...], other: Reading, theirs: Wording) -> Iterator[Mended]:
    """The notes of a report on its own earlier version that the other report does not hold itself.

    A note that says what was wrong means no version in which these words cannot be found.
    """
    for note in notes:
        if note.own and _squeezed(note.span.cut(reading.document.text)) not in _squeezed(other.document.text):
            found = wrong_words(reading, note, theirs)
            if found or not note.wrong:
                yield Mended(note, found)


def mended_elsewhere(
    reading: Reading, notes: tuple[CorrectionNote, ...], other: Reading, theirs: Wording
) -> Iterator[Mended]:
    """The notes on another report of the outlet that mean this one: its day, and the wrong words or its subject."""
    told = published(other)
    for note in notes:
        if note.own or note.day is None or told is None or not same_outlet(reading, other):
            continue
        if (told.start, told.end) != (note.day.start, note.day.end):
            continue
        found = wrong_words(reading, note, theirs)
        if found or len(_names(note.span.cut(reading.document.text)) & set(theirs.words)) >= NAMES:
            yield Mended(note, found)


def wrong_words(reading: Reading, note: CorrectionNote, theirs: Wording) -> tuple[Span, ...]:
    """Where the words that a note calls wrong stand in a report: as many of them together as it has."""
    found: list[Span] = []
    numbers = lexicon("number-words").by_key
    for span in note.wrong:
        wanted = [word.lower() for word in WORD.findall(span.cut(reading.document.text))]
        runs = _runs(wanted, theirs.words)
        if not runs:
            continue
        best = max(runs, key=lambda words: (_telling(words, numbers), len(words), -wanted.index(words[0])))
        if _telling(best, numbers) >= max(1, _telling(tuple(wanted), numbers)):
            found += [theirs.span(n, n + len(best)) for n in runs[best][:PLACES]]
    return tuple(dict.fromkeys(found))


def _telling(words: tuple[str, ...], numbers: Container[str]) -> int:
    """2 for words with a number, 1 for two words or a long one, 0 for what may stand anywhere."""
    if any(word.isdigit() or word in numbers for word in words):
        return 2
    return int(sum(len(word) >= LETTERS for word in words) >= 1)


def _runs(wanted: list[str], words: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    """The longest runs of the wanted words from each of them on, and where they stand."""
    places: dict[str, list[int]] = {word: [] for word in wanted}
    for n, word in enumerate(words):
        if word in places:
            places[word].append(n)
    runs: dict[tuple[str, ...], list[int]] = {}
    for start, first in enumerate(wanted):
        for n in places[first]:
            length = 1
            while start + length < len(wanted) and words[n + length : n + length + 1] == (wanted[start + length],):
                length += 1
            runs.setdefault(tuple(wanted[start : start + length]), []).append(n)
    return runs


def _names(words: str) -> set[str]:
    """The names in a note, in small letters; days and months are none."""
    days = {*lexicon("weekdays").by_key, *lexicon("months").by_key}
    return {name.lower() for name in _NAME.findall(words)} - days


def _squeezed(words: str) -> str:
    return " ".join(words.split())
