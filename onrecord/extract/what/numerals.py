"""Numerals: the number that words and figures give ("1.2 million", "one hundred and twenty", "several dozen")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from onrecord.lexicon import Lexicons, Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Figures, and a scale that is glued to them: "1,200", "1.5bn".
FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,6}))?([a-z]{1,2})?")
SPAN_OF_FIGURES = re.compile(r"(\d{1,9})[–—-](\d{1,9})")
# No report counts beyond this, and the case file holds no larger number.
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that set something off: the rule (``lexicon#row``) and its tokens, both included."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or a conventional range as its words give it, up to the token ``last``; no ``high`` = open.

    ``factor``: what the scale words multiplied by ("3 million"), 1 without.
    """

    low: Fraction
    high: Fraction | None
    last: int
    signs: tuple[Sign, ...] = ()
    approximate: bool = False
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicons of quantities, as they are looked up."""

    numbers: Mapping[str, Row]
    scales: Mapping[str, Row]
    phrases: Mapping[str, tuple[Row, ...]]
    currencies: Mapping[str, Row]
    shares: Mapping[str, tuple[Row, ...]]
    plurals: Mapping[str, Row]
    before: Mapping[str, tuple[Row, ...]]
    after: Mapping[str, tuple[Row, ...]]
    openers: frozenset[str]

    @classmethod
    def of(cls, lexicons: Lexicons) -> Words:
        """Bounds before a number are found by their last word, the others by their first; longest first."""
        before: dict[str, list[Row]] = {}
        after: dict[str, list[Row]] = {}
        for row in sorted(lexicons["quantity-bounds"], key=lambda row: -len(row.key.split())):
            words = row.key.split()
            table, word = (before, words[-1]) if row["side"] == "before" else (after, words[0])
            table.setdefault(word, []).append(row)
        shares, numbers = lexicons["share-words"], lexicons["number-words"].by_key
        phrases, currencies = lexicons["quantity-words"].by_first_word, lexicons["currencies"].by_key
        openers = {"a", "an", "one", *numbers, *phrases, *currencies, *shares.by_first_word}
        return cls(
            numbers,
            lexicons["number-scales"].by_key,
            phrases,
            currencies,
            shares.by_first_word,
            {row["plural"]: row for row in shares if row["plural"]},
            {word: tuple(rows) for word, rows in before.items()},
            {word: tuple(rows) for word, rows in after.items()},
            frozenset(openers),
        )

    def may_open(self, word: str) -> bool:
        """Whether an amount can begin with a word at all: most words of a report need no closer look."""
        return word in self.openers or word[:1].isdigit()


def _scale(doc: Doc, i: int, words: Words) -> Row | None:
    """The row of a scale word at a token; the stop of "$5m." at the end of a sentence is not its own."""
    return words.scales.get(word_at(doc, i).rstrip("."))


def word_at(doc: Doc, i: int) -> str:
    """The word of a token in lower case; empty beyond the ends."""
    return doc[i].lower_ if 0 <= i < len(doc) else ""


def stands_at(doc: Doc, i: int, words: str) -> bool:
    """Whether these words, parted by blanks, stand from a token on."""
    return all(word_at(doc, i + k) == word for k, word in enumerate(words.split()))


def numeral_at(doc: Doc, i: int, words: Words, money: bool = False) -> Numeral | None:
    """The number that begins at a token; ``money``: a currency stands before it, so that "3m" is three million."""
    found = _by_phrase(doc, i, words) or _in_figures(doc, i, words, money) or _in_words(doc, i, words)
    if found is None or found.low >= LARGEST or (found.high is not None and found.high >= LARGEST):
        return None
    return found


def _by_phrase(doc: Doc, i: int, words: Words) -> Numeral | None:
    """A conventional range ("several dozen"); "she scores" is none."""
    for row in words.phrases.get(word_at(doc, i), ()):
        last = i + len(row.key.split()) - 1
        if not stands_at(doc, i, row.key) or doc[i].pos_ == "VERB":
            continue
        low, high = Fraction(row["min"]), Fraction(row["max"]) if row["max"] else None
        return _scaled(doc, Numeral(low, high, last, (Sign(row.rule, i, last),), row.flag("approximate")), words)
    return None


def _in_figures(doc: Doc, i: int, words: Words, money: bool) -> Numeral | None:
    word = word_at(doc, i)
    both = SPAN_OF_FIGURES.fullmatch(word)
    if both is not None and int(both[1]) < int(both[2]):
        return Numeral(Fraction(both[1]), Fraction(both[2]), i, (Sign("quantities.range", i, i),), True)
    figures = FIGURES.fullmatch(word)
    if figures is None:
        return None
    value = Fraction(figures[1].replace(",", ""))
    if figures[2]:
        value += Fraction(int(figures[2]), 10 ** len(figures[2]))
    sign = Sign("quantities.number", i, i)
    if figures[3]:
        row = words.scales.get(figures[3])
        if row is None or not row["short"] or not (money or row["short"] == "yes"):
            return None
        factor = int(row["value"])
        return Numeral(value * factor, value * factor, i, (sign, Sign(row.rule, i, i)), factor=factor)
    return _shortened(doc, Numeral(value, value, i, (sign,)), words, money)


def _shortened(doc: Doc, number: Numeral, words: Words, money: bool) -> Numeral:
    """With a shortened scale that the tokenizer parted from its figures: "$3m"."""
    i = number.last + 1
    row = _scale(doc, i, words)
    if row is None or not row["short"] or doc[i - 1].whitespace_:
        return _scaled(doc, number, words)
    if row["short"] == "yes" or money or (i + 1 < len(doc) and doc[i + 1].tag_ == "NNS"):
        return _times(number, row, i)
    return number


def _scaled(doc: Doc, number: Numeral, words: Words) -> Numeral:
    """With the scale words that follow: "3 million"."""
    while (row := words.scales.get(word_at(doc, number.last + 1))) and not row["short"] and number.low < LARGEST:
        number = _times(number, row, number.last + 1)
    return number


def _times(number: Numeral, row: Row, i: int) -> Numeral:
    factor = int(row["value"])
    high = number.high * factor if number.high is not None else None
    signs = (*number.signs, Sign(row.rule, i, i))
    return Numeral(number.low * factor, high, i, signs, number.approximate, number.factor * factor)


def _in_words(doc: Doc, i: int, words: Words) -> Numeral | None:
    """Numbers in words: "twenty-two", "one hundred and twenty", "half a million", "a thousand"."""
    opened = _opened(doc, i, words)
    if opened is None:
        return None
    current, j = opened
    total = Fraction(0)
    signs = [Sign("quantities.number", i, i)]
    smallest = LARGEST
    while current + total < LARGEST:
        row = words.scales.get(word_at(doc, j))
        if row is not None and not row["short"]:
            scale = int(row["value"])
            total, current = (total, current * scale) if scale < 1000 else (total + current * scale, Fraction(0))
            signs.append(Sign(row.rule, j, j))
            smallest = min(smallest, scale)
            j += 1
            continue
        # After a scale smaller numbers go on: "two hundred and three", "one thousand two hundred".
        k = j + (word_at(doc, j) == "and")
        small = _small(doc, k, words) if smallest in {100, 1000} and j > i else None
        if small is None or row is not None or word_at(doc, j - 1) not in words.scales:
            break
        current, j = current + small[0], small[1]
    value = total + current
    factor = value / opened[0]  # "three hundred": 100; of "three hundred and two" no whole number, and so none
    return Numeral(value, value, j - 1, tuple(signs), factor=int(factor) if factor.denominator == 1 else 1)


def _opened(doc: Doc, i: int, words: Words) -> tuple[Fraction, int] | None:
    """The first number of a numeral in words, and the token after it."""
    word = word_at(doc, i)
    if word == "half" and word_at(doc, i + 1) == "a" and _is_scale(doc, i + 2, words):
        return Fraction(1, 2), i + 2
    if word in {"a", "an"} and _is_scale(doc, i + 1, words):
        return Fraction(1), i + 1
    if i >= len(doc) or doc[i].pos_ != "NUM":  # "no one", "one another"
        return None
    small = _small(doc, i, words)
    if small is not None and stands_at(doc, small[1], "and a half") and _is_scale(doc, small[1] + 3, words):
        return small[0] + Fraction(1, 2), small[1] + 3
    return small


def _is_scale(doc: Doc, i: int, words: Words) -> bool:
    row = words.scales.get(word_at(doc, i))
    return row is not None and not row["short"]


def _small(doc: Doc, i: int, words: Words) -> tuple[Fraction, int] | None:
    """A number below a hundred, "-two" of "twenty-two" included, and the token after it."""
    row = words.numbers.get(word_at(doc, i))
    if row is None:
        return None
    value, j = int(row["value"]), i + 1
    ones = words.numbers.get(word_at(doc, j + (word_at(doc, j) == "-")))
    if value >= 20 and ones is not None and int(ones["value"]) < 10:
        return Fraction(value + int(ones["value"])), j + 1 + (word_at(doc, j) == "-")
    return Fraction(value), j
