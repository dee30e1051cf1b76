"""The words of time: a report's words as the time grammar reads them, and the lexicons as it looks them up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.lexicon import Lexicons, Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A token such as "10-year", "mid-1990s" or "2003/04" is several words here.
JOINED = re.compile(r"(?<=\w)[-–—/](?=['’‘]?\w)")
ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = ("-", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
            "nineteenth", "twentieth")  # fmt: skip
CARDINAL = {word: i for i, word in enumerate(ONES)} | {word: 10 * i for i, word in enumerate(TENS) if i > 1}
ORDINAL = {word: i for i, word in enumerate(ORDINALS) if i}
NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
SOME = frozenset({"few", "several", "some", "many", "couple", "dozens", "scores", "various"})


@dataclass(frozen=True, slots=True)
class Words:
    """A report's words in order: lower case, as written, where they stand in the view, and in which token."""

    lower: list[str]
    text: list[str]
    start: list[int]
    end: list[int]
    token: list[int]

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, i: int) -> str:
        """The word in lower case; empty beyond the ends."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def glued(self, i: int) -> bool:
        """Whether no blank stands between this word and the next."""
        return i + 1 < len(self.start) and self.end[i] == self.start[i + 1]


@lru_cache(maxsize=1)
def words_of(doc: Doc) -> Words:
    """The words of a parsed view; blanks are left out. Kept while the stages of one report ask for them again."""
    words = Words([], [], [], [], [])
    for token in doc:
        text = token.text
        if text.isspace():
            continue
        start = token.idx
        pieces = [(text, 0)]
        if len(text) > 3 and len(text) < 40 and not text.isalpha() and JOINED.search(text):
            pieces = [(m.group(), m.start()) for m in re.finditer(r"[^-–—/]+|[-–—/]", text)]
        for piece, at in pieces:
            words.lower.append(piece.lower().replace("’", "'"))
            words.text.append(piece)
            words.start.append(start + at)
            words.end.append(start + at + len(piece))
            words.token.append(token.i)
    return words


@dataclass(frozen=True)
class Vocabulary:
    """The lexicons of time, by word. Phrases stand under their first word, longest first."""

    months: dict[str, Row]
    weekdays: dict[str, Row]
    seasons: dict[str, Row]
    units: dict[str, Row]
    parts: dict[str, Row]
    shifts: dict[str, Row]
    sets: dict[str, Row]
    deictic: dict[str, tuple[tuple[tuple[str, ...], Row], ...]]
    modifiers: dict[str, tuple[tuple[tuple[str, ...], Row], ...]]
    holidays: dict[str, tuple[tuple[tuple[str, ...], Row], ...]]
    planning: dict[str, Row]
    lasting: dict[str, Row]
    fixed: dict[str, Row]
    publication: dict[str, Row]
    persons: frozenset[str]
    openers: frozenset[str]


_built: dict[tuple[tuple[str, str], ...], Vocabulary] = {}


def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The vocabulary of these lexicons; built once for each set of files (known by their digests)."""
    key = lexicons.digests
    if key not in _built:
        _built[key] = _build(lexicons)
    return _built[key]


def _forms(lexicons: Lexicons, name: str, *columns: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in lexicons[name]:
        for form in (row.key, *(word for column in columns for word in row.words(column))):
            found.setdefault(form, row)
    return found


def _phrases(lexicons: Lexicons, name: str) -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    return {
        first: tuple((tuple(row.key.split()), row) for row in rows)
        for first, rows in lexicons[name].by_first_word.items()
    }


def _build(lexicons: Lexicons) -> Vocabulary:
    months = _forms(lexicons, "months", "forms")
    weekdays = _forms(lexicons, "weekdays", "forms")
    seasons = _forms(lexicons, "seasons")
    units = _forms(lexicons, "time-units", "forms")
    parts = _forms(lexicons, "day-parts")
    shifts = _forms(lexicons, "time-shifts")
    sets = _forms(lexicons, "time-sets")
    phrases = [_phrases(lexicons, name) for name in ("deictic-times", "time-modifiers", "holidays")]
    grammar = {"the", "a", "an", "its", "his", "her", "their", "our", "each", "every", "per", "first", "half", "'"}
    numbers = SOME | CARDINAL.keys() | ORDINAL.keys() | {"dozen", "hundred", "once"}
    grammar |= {"q1", "q2", "q3", "q4", "twice", "early", "small", "wee"}
    grammar |= {f"{word}s" for word in (*weekdays, *parts)}
    openers = frozenset(grammar | numbers).union(months, weekdays, seasons, units, parts, shifts, sets, *phrases)
    deictic, modifiers, holidays = phrases
    planning, publication = _forms(lexicons, "planning-words"), _forms(lexicons, "publication-words")
    return Vocabulary(
        months,
        weekdays,
        seasons,
        units,
        parts,
        shifts,
        sets,
        deictic,
        modifiers,
        holidays,
        planning,
        _forms(lexicons, "lasting-verbs"),
        _forms(lexicons, "fixed-events"),
        publication,
        frozenset(row.key for row in lexicons["person-nouns"]),
        openers,
    )


def phrase_at(
    table: dict[str, tuple[tuple[tuple[str, ...], Row], ...]], words: Words, i: int
) -> tuple[int, Row] | None:
    """The longest phrase of a table that begins at a word: where it ends, and its row."""
    for phrase, row in table.get(words.at(i), ()):
        if all(words.at(i + k) == word for k, word in enumerate(phrase)):
            return i + len(phrase), row
    return None


# ------------------------------------------------------------------------------------------------------------ numbers


def number(words: Words, i: int) -> tuple[int, float | None] | None:
    """A number at a word: where it ends, and what it is; ``None`` for "several". With "and a half", as in "two and a
    half years".
    """
    found = _whole_number(words, i)
    if found is None or found[1] is None or words.at(found[0]) != "and":
        return found
    j = found[0] + 1 + (words.at(found[0] + 1) == "a")
    return (j + 1, found[1] + 0.5) if words.at(j) == "half" and words.at(j + 1) not in {"of", "a"} else found


def _whole_number(words: Words, i: int) -> tuple[int, float | None] | None:
    word = words.at(i)
    if word in {"a", "an"}:
        return _after_article(words, i)
    if word in SOME:
        j = i + 1 + (words.at(i + 1) == "of")
        return j, (2 if word == "couple" else None)
    if word == "half":
        return i + 1 + (words.at(i + 1) in {"a", "an"}), 0.5
    if word == "dozen":
        return i + 1, 12
    if word[:1].isdigit():
        return _figures(words, i)
    return _spelled(words, i)


def _after_article(words: Words, i: int) -> tuple[int, float | None] | None:
    following = words.at(i + 1)
    if following in {"few", "couple", "dozen", "hundred"}:
        found = number(words, i + 1) if following != "hundred" else (i + 2, 100.0)
        return found and (found[0], 2 if following == "couple" else found[1])
    if following == "half" and words.at(i + 2) == "-":
        return i + 3, 0.5
    return i + 1, 1


def _figures(words: Words, i: int) -> tuple[int, float | None] | None:
    word = words.at(i).replace(",", "")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", word, re.ASCII):
        return None
    if words.at(i + 1) in {"1/2", "½"}:
        return i + 2, float(word) + 0.5
    if words.at(i + 1) == "1" and words.at(i + 2) == "/" and words.at(i + 3) == "2":
        return i + 4, float(word) + 0.5
    return i + 1, float(word)


def _spelled(words: Words, i: int) -> tuple[int, float | None] | None:
    total, j = 0, i
    value = CARDINAL.get(words.at(j))
    if value is None:
        if words.at(j) != "hundred":
            return None
        value, j = 1, j - 1
    j += 1
    if value >= 20:
        k = j + (words.at(j) == "-")
        ones = CARDINAL.get(words.at(k), 0)
        if 0 < ones < 10:
            value, j = value + ones, k + 1
    for scale, word in ((100, "hundred"), (1000, "thousand")):
        if words.at(j) == word:
            value, j = value * scale, j + 1
    total += value
    return j, float(total)


def ordinal(words: Words, i: int) -> tuple[int, int] | None:
    """An ordinal at a word ("third", "20th", "twenty-first"): where it ends, and its number."""
    word = words.at(i)
    if word in ORDINAL:
        return i + 1, ORDINAL[word]
    nth = NTH.match(word)
    if nth:
        return i + 1, int(nth.group(1))
    tens = CARDINAL.get(word, 0)
    k = i + 1 + (words.at(i + 1) == "-")
    if tens in {20, 30} and ORDINAL.get(words.at(k), 10) < 10:
        return k + 1, tens + ORDINAL[words.at(k)]
    return None


@lru_cache(maxsize=4096)
def year_of(word: str) -> int | None:
    """A number of four figures that can be a year."""
    return int(word) if len(word) == 4 and word.isascii() and word.isdigit() and 1000 <= int(word) <= 2199 else None


def spelled_year(words: Words, i: int) -> tuple[int, int] | None:
    """A year in words ("nineteen ninety-six", "two thousand four"): where it ends, and its number."""
    first = CARDINAL.get(words.at(i), 0)
    if first == 2 and words.at(i + 1) == "thousand":
        j = i + 2 + (words.at(i + 2) == "and")
        last = CARDINAL.get(words.at(j), 0)
        return (j + 1, 2000 + last) if 0 < last < 20 else (i + 2, 2000)
    if not 15 <= first <= 20:
        return None
    rest = _spelled(words, i + 1)
    if rest is None or rest[1] is None or not 10 <= rest[1] <= 99:
        return None
    return rest[0], first * 100 + int(rest[1])
