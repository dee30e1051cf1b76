"""Amounts: numerals with what stands around them ("between 40 and 60", "at least 12", "$3m"), and shares of a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from onrecord.extract.what.numerals import Numeral, Sign, Words, numeral_at, stands_at, word_at
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Bounds and blurs that may stand together: "at least some 300".
MOST_BOUNDS = 3
PERCENT = ("%", "percent", "per cent", "pct")
# A number before these is no count: "30 percentage points", "8 o'clock", "3 degrees".
NO_COUNT = frozenset({"percentage", "o'clock", "am", "pm", "a.m.", "p.m.", "degrees", "degree", "°"})
PREPOSITIONS = frozenset({"about", "over", "under", "around", "above", "below"})
SCALED = frozenset({"hundred", "thousand", "million", "billion", "dozen"})
DASHES = frozenset({"-", "–", "—"})
TO = DASHES | {"to"}
ARTICLES = frozenset({"a", "an", "one"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bounds, from token ``first`` to ``last``, both included; ``core``: the numeral's own tokens.

    ``money``: the currency that stands before or after. ``earlier``: the first of two values ("rose from 12 to 14").
    """

    first: int
    last: int
    core: tuple[int, int]
    low: Fraction | None
    high: Fraction | None
    approximate: bool
    signs: tuple[Sign, ...]
    money: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part or a multiple of a whole: "nearly half of the 120 prisoners", "more than double the 200".

    ``least`` and ``most`` are factors of the whole; ``None`` = nothing, or all of it (of a multiple: no bound).
    ``whole``: the token with which the words for the whole begin. ``word``: the word that heads the share.
    """

    first: int
    last: int
    word: int
    least: Fraction | None
    most: Fraction | None
    whole: int
    row: str
    kind: str
    signs: tuple[Sign, ...]


def amounts(doc: Doc, words: Words, changes: frozenset[int]) -> Iterator[Amount | Share]:
    """Every amount and share of the text once, from left to right. ``changes``: the verbs by which a number changes."""
    i = 0
    while i < len(doc):
        if not words.may_open(doc[i].lower_):
            i += 1
            continue
        share, after = _share(doc, i, words)
        if share is not None:
            yield share
        if after > i:
            i = after
            continue
        amount = _amount(doc, i, words, changes)
        if amount is not None and not _is_no_count(doc, amount):
            yield amount
        i = max(i, amount.last, amount.core[1]) + 1 if amount is not None else i + 1


def _is_no_count(doc: Doc, amount: Amount) -> bool:
    """Whether a number is a measure of something else, or half of a score ("54-12", which is no range)."""
    first, last = amount.core
    scored = (word_at(doc, last + 1) in DASHES and word_at(doc, last + 2).isdigit()) or (
        word_at(doc, first - 1) in DASHES and word_at(doc, first - 2).isdigit()
    )
    return scored or word_at(doc, amount.last + 1) in NO_COUNT or _percent_at(doc, amount.last + 1) > 0


def _percent_at(doc: Doc, i: int) -> int:
    """How many tokens of "percent" stand at a token."""
    return max((len(words.split()) for words in PERCENT if stands_at(doc, i, words)), default=0)


# ------------------------------------------------------------------------------------------------------------ numbers


def _amount(doc: Doc, i: int, words: Words, changes: frozenset[int]) -> Amount | None:
    sign = words.currencies.get(word_at(doc, i))
    start = i + (sign is not None)
    number = numeral_at(doc, start, words, money=sign is not None)
    if number is None:
        return None
    signs = (*number.signs, *([Sign(sign.rule, i, i)] if sign is not None else ()))
    amount = Amount(
        i, number.last, (start, number.last), number.low, number.high, number.approximate, signs,
        sign["unit"] if sign is not None else "",
    )  # fmt: skip
    if _changes_from(doc, amount, changes):
        return _with_bounds(doc, replace(amount, earlier=True), words)
    amount = _ranged(doc, amount, number, words)
    code = words.currencies.get(word_at(doc, amount.last + 1))
    if not amount.money and code is not None:
        last = amount.last + 1
        amount = replace(amount, last=last, money=code["unit"], signs=(*amount.signs, Sign(code.rule, last, last)))
    return _with_bounds(doc, amount, words)


def _changes_from(doc: Doc, amount: Amount, changes: frozenset[int]) -> bool:
    """Whether a number is the first of two between which something changed: "rose from 12 to 14"."""
    i = amount.first - 1
    return word_at(doc, i) == "from" and doc[i].head.i in changes


def _ranged(doc: Doc, amount: Amount, number: Numeral, words: Words) -> Amount:
    """With the second number of a range: "40 to 60", "between 40 and 60", "two or three"."""
    joint = word_at(doc, number.last + 1)
    between = word_at(doc, amount.first - 1) == "between"
    if joint not in TO and joint != "or" and not (joint == "and" and between):
        return amount
    at = number.last + 2
    sign = words.currencies.get(word_at(doc, at))
    second = numeral_at(doc, at + (sign is not None), words, money=bool(amount.money))
    if second is None or second.high is None or number.high is None or number.approximate or second.approximate:
        return amount
    low = number.low
    # "two to three million", "$3-5m": the scale belongs to both.
    if number.factor == 1 and second.factor >= 100 and low * second.factor <= second.low:
        low *= second.factor
    if second.low < low or (joint == "or" and second.low == low):
        return amount
    first = amount.first - between
    rule = Sign("quantities.range", first, second.last)
    return replace(
        amount, first=first, last=second.last, core=(amount.core[0], second.last), low=low, high=second.high,
        approximate=True, signs=(*amount.signs, rule),
    )  # fmt: skip


def _with_bounds(doc: Doc, amount: Amount, words: Words) -> Amount:
    """With the words that bound or blur a number, before it and behind it."""
    for _ in range(MOST_BOUNDS):
        found = _bound_before(doc, amount.first, words)
        if found is None:
            break
        amount = _bounded(replace(amount, first=found[1]), found[0], found[1], amount.first - 1)
    at = amount.last + 1
    at += word_at(doc, at) == "-" and word_at(doc, at + 1) in words.after
    for row in words.after.get(word_at(doc, at), ()):
        if stands_at(doc, at, row.key):
            last = at + len(row.key.split()) - 1
            return _bounded(replace(amount, last=last), row, at, last)
    return amount


def _bound_before(doc: Doc, first: int, words: Words) -> tuple[Row, int] | None:
    """The bound that ends right before a token, and where it begins."""
    for row in words.before.get(word_at(doc, first - 1), ()):
        begin = first - len(row.key.split())
        if begin < 0 or not stands_at(doc, begin, row.key):
            continue
        if begin < first - 1 or not _is_preposition(doc, begin):
            return row, begin
    return None


def _is_preposition(doc: Doc, i: int) -> bool:
    """Whether a word goes with the verb before it, and not with the number: "flew over two houses"."""
    word = doc[i]
    if word.head.i != i - 1 or word.head.pos_ not in {"VERB", "NOUN"} or word.lower_ not in PREPOSITIONS:
        return False
    # Numbers below ten are hardly ever blurred; the parser hangs "over" of "killed over 300" on the verb, too.
    pobj = any(child.dep_ == "pobj" and child.pos_ in {"NOUN", "PROPN"} for child in word.children)
    return pobj or (doc[i + 1].is_alpha and doc[i + 1].pos_ == "NUM" and word_at(doc, i + 2) not in SCALED)


def _bounded(amount: Amount, row: Row, first: int, last: int) -> Amount:
    amount = replace(amount, signs=(*amount.signs, Sign(row.rule, first, last)))
    if row["bound"] == "min":
        return replace(amount, high=None)
    if row["bound"] == "max":
        return replace(amount, low=None)
    return replace(amount, approximate=True)


# ------------------------------------------------------------------------------------------------------------ shares


def _share(doc: Doc, i: int, words: Words) -> tuple[Share | None, int]:
    """The share that begins at a token, and the token after what was read; a fraction without a whole is read past."""
    found = _fraction(doc, i, words) or _percentage(doc, i, words) or _proportion(doc, i, words)
    if found is None:
        return None, i
    first, last, least, most, row, kind, signs = found
    whole = last + 1
    if kind == "rate" or (kind in {"part", "most"} and word_at(doc, whole) != "of" and not _half_the(doc, last)):
        return None, whole
    whole += word_at(doc, whole) == "of"
    share = Share(first, last, last, least, most, whole, row, kind, signs)
    for _ in range(MOST_BOUNDS):
        bound = _bound_before(doc, share.first, words)
        if bound is None:
            break
        share = _bounded_share(share, *bound)
    return share, whole


Found = tuple[int, int, Fraction, Fraction, str, str, tuple[Sign, ...]]


def _half_the(doc: Doc, last: int) -> bool:
    """A half needs no "of": "half the 120 prisoners"."""
    return word_at(doc, last) == "half" and word_at(doc, last + 1) in {"the", "these", "those", "its", "their", "his"}


def _fraction(doc: Doc, i: int, words: Words) -> Found | None:
    """A share in words: "half", "a third", "two-thirds", "most", "double"."""
    for row in words.shares.get(word_at(doc, i), ()):
        last = i + len(row.key.split()) - 1
        alone = row["kind"] != "part" or row.key == "half"
        if row["kind"] == "part" and i and doc[i - 1].pos_ == "ADJ":  # "the first half of the talks"
            continue
        if alone and stands_at(doc, i, row.key) and (row["kind"] != "times" or _number_follows(doc, last, words)):
            if row.key == "half" and word_at(doc, i + 1) in {"a", "an", "-"}:
                return None
            signs = (Sign(row.rule, i, last),)
            return i, last, Fraction(row["least"]), Fraction(row["most"]), row.key, row["kind"], signs
    if word_at(doc, i) in ARTICLES:
        j = i + 1 + (word_at(doc, i + 1) == "-")
        row_ = next((row for row in words.shares.get(word_at(doc, j), ()) if row["kind"] == "part"), None)
        if row_ is None or word_at(doc, j + 1) != "of":  # "a third attack"
            return None
        part = Fraction(row_["least"])
        return i, j, part, part, row_.key, "part", (Sign(row_.rule, j, j),)
    number = numeral_at(doc, i, words) if word_at(doc, i + 1) in words.plurals or word_at(doc, i + 1) == "-" else None
    at = i + 1 + (word_at(doc, i + 1) == "-")
    plural = words.plurals.get(word_at(doc, at))
    if number is None or plural is None or number.last != i:
        return None
    part = number.low * Fraction(plural["least"])
    return (i, at, part, part, plural.key, "part", (Sign(plural.rule, at, at),)) if part <= 1 else None


def _number_follows(doc: Doc, last: int, words: Words) -> bool:
    """Whether the number that is multiplied stands behind: "double the 200"."""
    at = last + 1 + (word_at(doc, last + 1) in {"the", "those", "its", "their"})
    return numeral_at(doc, at, words) is not None


def _percentage(doc: Doc, i: int, words: Words) -> Found | None:
    number = numeral_at(doc, i, words)
    if number is None or number.high is None:
        return None
    wide = _percent_at(doc, number.last + 1)
    if not wide or number.high > 100:
        return None
    last = number.last + wide
    kind = "part" if word_at(doc, last + 1) == "of" else "rate"
    return i, last, number.low / 100, number.high / 100, "percent", kind, (Sign("quantities.percent", i, last),)


def _proportion(doc: Doc, i: int, words: Words) -> Found | None:
    """How often, and not how many: "one in five voters", "two out of three". "Killed two in five villages" is none."""
    first = numeral_at(doc, i, words)
    if first is None or first.low != first.high:
        return None
    at = first.last + 1
    out_of = stands_at(doc, at, "out of")
    if not out_of and (word_at(doc, at) != "in" or doc[first.last].dep_ in {"dobj", "pobj", "conj", "attr"}):
        return None
    second = numeral_at(doc, at + 1 + out_of, words)
    if second is None or second.low <= first.low or second.low != second.high:
        return None
    following = doc[second.last + 1] if second.last + 1 < len(doc) else None
    if not out_of and (following is None or following.pos_ not in {"NOUN", "ADJ", "PROPN", "VERB", "AUX"}):
        return None  # "38 in 1998"
    part = first.low / second.low
    return i, second.last, part, part, "in", "rate", ()


def _bounded_share(share: Share, row: Row, begin: int) -> Share:
    signs = (*share.signs, Sign(row.rule, begin, share.first - 1))
    least = share.least * Fraction(row["least"]) if share.least is not None and row["least"] else None
    most = share.most * Fraction(row["most"]) if share.most is not None and row["most"] else None
    if most is not None and share.kind != "times":
        most = min(most, Fraction(1))
    return replace(share, first=begin, least=least, most=most, signs=signs)
