"""Dates that share their month or year with a neighbour: "6-7 January 1916", "May 4 and 5", "1915-17", "499-493 BC".

Each of the two is an expression of its own (as TIMEX3 has it, ISO 24617-1), with what the other lends it. Rules as in
``dategrammar``.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import Meaning
from onrecord.extract.when.dategrammar import (
    DASHES,
    JOINTS,
    TO,
    Found,
    before_christ,
    day_first,
    day_number,
    mark,
    month_at,
)
from onrecord.extract.when.timewords import Vocabulary, Words, year_of
from onrecord.record import TimeKind

# Before the first of two days that stand far from their month: "on 6 and 7 May", not "killed 6 and 7 May leave".
BEFORE_DAYS = frozenset({"on", "between", "from", "of", "the", "(", "and", "night", ",", "during", "since"})


def lent_by_next(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The first of two: "6" in "6-7 January 1916", "the 28" in "the 28 and 29 August", "499" in "499-493 BC"."""
    j = i + (words.at(i) == "the")
    figures = words.at(j)
    if not figures[:1].isdigit():
        return None
    day = day_number(words, j)
    if day is None:
        end, ends = j + 1, figures.isdigit() and figures.isascii() and len(figures) < 5
        old = before_christ(words, end + 1) if ends and words.at(end) in JOINTS else None
        if old is None or int(figures) < old[1]:
            return None
        return end, Meaning(literal=f"BC{int(figures):04d}", before_christ=True)
    if words.at(day[0]) not in JOINTS:
        return None
    second = day_first(words, day[0] + 1, v)
    if second is None or second[1].day is None or second[1].day <= day[1]:
        return None
    if words.at(day[0]) in {"and", "or"} and words.at(i - 1) not in BEFORE_DAYS:
        return None
    return day[0], replace(second[1], day=day[1])


def lent_by_previous(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The second of two: "5" in "May 4 and 5", "17" in "1915-17", "9, 1918" in "March 5-9, 1918"."""
    if words.at(i - 1) not in JOINTS or not words.at(i)[:1].isdigit():
        return None
    year = _short_year(words, i)
    if year is not None:
        return i + 1, Meaning(year=year)
    day = day_number(words, i)
    before = day_number(words, i - 2)
    if day is None or before is None or before[1] >= day[1] or month_at(words, day[0], v) is not None:
        return None
    month = month_at(words, i - 3, v) or month_at(words, i - 4, v)
    if month is None or month[0] != i - 2:
        return None
    named = Meaning(month=int(month[1]["number"]), day=day[1], marks=(mark(month[1], i - 3, i - 2),))
    stated = year_of(words.at(day[0] + 1)) if words.at(day[0]) == "," else None
    return (day[0] if stated is None else day[0] + 2), replace(named, year=stated)


def _short_year(words: Words, i: int) -> int | None:
    """As in "1998-99", "2006/07"."""
    word, first = words.at(i), year_of(words.at(i - 2))
    glued = words.at(i - 1) in DASHES | {"/"} and words.glued(i - 1) and words.glued(i - 2)
    if first is None or not glued or not (len(word) == 2 and word.isdigit() and word.isascii()):
        return None
    year = first // 100 * 100 + int(word)
    return year if year > first and words.at(i + 1) not in {"-", "/"} else None


# ----------------------------------------------------------------------------------------------------------- ranges


def leads_to(words: Words, i: int, found: Found, second: Found | None) -> bool:
    """Whether a date is the beginning of a range: "from March to May", "between 1998 and 2003", "1998-2003"."""
    end, first = found
    if second is None or not _may_bound(first) or not _may_bound(second[1]) or _size(first) != _size(second[1]):
        return False
    joint = words.at(end)
    opened = (words.at(i - 1) == "from" and joint in TO) or (words.at(i - 1) == "between" and joint == "and")
    return opened or joint in DASHES or joint == "through"


def _may_bound(meaning: Meaning) -> bool:
    dated = meaning.kind in {TimeKind.DATE, TimeKind.TIME} and (not meaning.literal or meaning.before_christ)
    return dated and not (meaning.way or meaning.previous or meaning.unit)


def _size(meaning: Meaning) -> str:
    if meaning.clock:
        return "clock"
    if meaning.day is not None or meaning.holiday or meaning.weekday is not None or meaning.day_offset is not None:
        return "day"
    if meaning.month is not None or meaning.season:
        return "month"
    return "part" if meaning.part else "year"
