"""The grammar of time expressions: from words to ``Meaning``.

Rules as in ``dategrammar``. ``read`` tries them all at one word and keeps the longest. Each looks a fixed number of
words ahead, so a report is read in time linear in its length.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import Meaning
from onrecord.extract.when.clockgrammar import a_clock, is_day, part_of_day, with_part
from onrecord.extract.when.dategrammar import (
    DASHES,
    TO,
    Found,
    Rule,
    a_century,
    a_decade,
    a_holiday,
    a_quarter,
    a_season,
    a_weekday,
    a_year,
    day_first,
    in_figures,
    longest,
    mark,
    month_first,
    possible,
)
from onrecord.extract.when.lengthgrammar import (
    a_set,
    as_long,
    bare_plural,
    counted,
    part_of_stretch,
    quarter_century,
    the_one_beside,
    year_before,
)
from onrecord.extract.when.sharing import leads_to, lent_by_next, lent_by_previous
from onrecord.extract.when.shiftgrammar import a_unit, pointing, shifted, the_day_alone, the_same_period
from onrecord.extract.when.timewords import Vocabulary, Words, phrase_at
from onrecord.lexicon import Row
from onrecord.record import TimeKind

CORE: tuple[Rule, ...] = (
    in_figures, a_weekday, month_first, day_first, a_quarter, a_season, a_holiday, a_decade, a_century,
    the_same_period, a_year, pointing, shifted, a_unit, a_set, counted, year_before, the_one_beside, part_of_stretch,
    quarter_century, as_long, bare_plural, a_clock, part_of_day, lent_by_next, lent_by_previous, the_day_alone,
)  # fmt: skip
OF_LENGTHS = frozenset({"LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS"})
NARROWING = frozenset({"START", "MID", "END", "BEFORE", "AFTER"})


def core(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The longest plain expression at a word, with the part of day after it."""
    if not _may_open(words.at(i), v):
        return None
    found = longest([rule(words, i, v) for rule in CORE])
    return None if found is None else with_part(words, found, v)


def _may_open(word: str, v: Vocabulary) -> bool:
    return word in v.openers or word[:1].isdigit() or (word[:1] in "'‘" and word[1:2].isdigit())


def read(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The longest time expression that begins at a word, and what it means; None if none does."""
    if not _may_open(words.at(i), v):
        return None
    found = _at(words, i, v)
    return None if found is None else possible(_ranged(words, i, found, v), i)


def _at(words: Words, i: int, v: Vocabulary) -> Found | None:
    return longest([core(words, i, v), modified(words, i, v)])


def modified(words: Words, i: int, v: Vocabulary) -> Found | None:
    """A modifier and what it narrows: "early next year", "the end of the month", "nearly two weeks"."""
    j = i
    found = phrase_at(v.modifiers, words, i)
    if found is None and words.at(i) == "the":
        j = i + 1
        found = phrase_at(v.modifiers, words, j)
    if found is None:
        return None
    k, row = found
    k += words.at(k) in DASHES
    inner = longest([core(words, k, v), modified(words, k, v) if row["mod"] not in NARROWING else None])
    if inner is None and row["mod"] == "END" and words.at(k) in {"year", "month", "week"}:
        return _end_of_unit(words, k, v)
    if inner is None or not _may_modify(words, k, row, inner[1], j > i):
        return None
    mod = inner[1].mod or row["mod"]
    return inner[0], replace(inner[1], mod=mod, marks=(mark(row, j, found[0]), *inner[1].marks))


def _end_of_unit(words: Words, k: int, v: Vocabulary) -> Found:
    """As in "by end of year"."""
    unit = v.units[words.at(k)]
    marks = (mark(unit, k, k + 1),)
    return k + 1, Meaning(shift=0, unit=unit.key, mod="END", previous=unit.key != "year", marks=marks)


def _may_modify(words: Words, k: int, row: Row, inner: Meaning, article: bool) -> bool:
    if inner.literal and not inner.before_christ:
        return False
    if row["mod"] in NARROWING or not row["mod"]:
        return inner.kind is not TimeKind.DURATION or bool(inner.way)
    if row["mod"] in OF_LENGTHS:
        return not article and words.at(k) != "the" and bool(inner.unit) and inner.shift is None
    return not article and (words.at(k) != "the" or row.key == "sometime")


def _ranged(words: Words, i: int, found: Found, v: Vocabulary) -> Found:
    """As in "from March to May": the other end, whose words are an expression of their own, is noted in ``until``."""
    end, first = found
    if words.at(end) not in TO and words.at(end) != "and":
        return found
    last = _at(words, end + 1, v)
    if last is None or not leads_to(words, i, found, last):
        return found
    if first.clock and is_day(last[1]) and not is_day(first):  # "from 9 a.m. to 5 p.m. on Monday"
        first = replace(last[1], clock=first.clock, part=first.part)
    return end, replace(first, until=last[1])
