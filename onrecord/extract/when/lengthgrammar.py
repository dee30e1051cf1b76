"""Lengths of time in words, and what they are made into: "two weeks", "two weeks ago", "every two weeks".

Rules as in ``dategrammar``.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import CLOCK_UNITS, Meaning, duration
from onrecord.extract.when.dategrammar import (
    ARTICLES,
    CURRENCY,
    DASHES,
    Found,
    a_quarter,
    a_season,
    a_year,
    longest,
    mark,
    month_first,
)
from onrecord.extract.when.timewords import Vocabulary, Words, number, ordinal, year_of
from onrecord.record import TimeKind

BETWEEN = frozenset(
    {"more", "additional", "full", "consecutive", "straight", "trading", "working", "long", "calendar", "further"}
)


STRETCH_SIDES = {"first": "first", "opening": "first", "last": "last", "final": "last", "closing": "last"}
SIDES = {"before": -1, "after": 1, "following": 1}
SHAPES = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}
# After these no noun follows of which "the day after" could be told.
PAUSES = frozenset(
    [
        "",
        ",",
        ".",
        ";",
        ":",
        ")",
        "and",
        "but",
        "in",
        "at",
        "to",
        "with",
        "that",
        "when",
        "by",
        "for",
        "was",
        "were",
        "had",
    ]
)


def counted(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "two weeks", "two weeks ago", "the first nine months", "10-year", "8-month-old"."""
    j = i + (words.at(i) in {"the", "its"})
    j += j > i and words.at(j) in {"first", "latest", "final", "last"}
    found = number(words, j)
    if found is None or (j > i and words.at(j) in {"a", "an", "half"}):
        return None
    end, count = alternative(words, found, v)
    joined = words.at(end) in DASHES and words.at(end) == "-"
    end += joined
    while words.at(end) in BETWEEN:
        end += 1
    unit = v.units.get(words.at(end))
    if unit is None or unit.key == "weekend" or (j > i and joined):
        return None
    if words.at(i) in {"a", "an"} and count == 1 and (words.at(end) != unit.key or _is_long(words, end + 1)):
        return None  # "a months-long siege", "a year-long siege": the length alone
    if unit.key == "quarter" and _is_fraction(words, end):
        return None
    if words.at(end) == unit.key and not joined and (unit.key == "second" or (count is None and words.at(i) != "some")):
        return None
    meaning = Meaning(TimeKind.DURATION, unit=unit.key, count=count, marks=(mark(unit, end, end + 1),))
    return _back_or_on(words, end + 1, v, _and_a_half(words, end + 1, meaning)) if j == i else (end + 1, meaning)


def _is_fraction(words: Words, end: int) -> bool:
    """As in "three quarters of the crew", "a quarter in all"; "two quarters of 1990" is a length."""
    following = words.at(end + 1)
    return following in {"of", "to", "past", "in", "mile", "million"} and year_of(words.at(end + 2)) is None


def _and_a_half(words: Words, end: int, meaning: Meaning) -> Meaning:
    half = [words.at(end + k) for k in range(3)] == ["and", "a", "half"]
    return replace(meaning, count=meaning.count + 0.5) if half and meaning.count is not None else meaning


def _back_or_on(words: Words, end: int, v: Vocabulary, length: Meaning) -> Found | None:
    """What follows a length: ago, later, old."""
    if length.count is not None and length.count % 1 == 0.5 and words.at(end) == "and":
        end += 3
    word, second = words.at(end), words.at(end + 1)
    dash = word == "-"
    word = second if dash else word
    date = length if length.unit in CLOCK_UNITS else replace(_in_finer_units(length), kind=TimeKind.DATE)
    if word == "ago":
        return end + 1 + dash, replace(date, way="ago")
    if word == "previously":
        return end + 1 + dash, replace(date, way="earlier", previous=True)
    if word in {"earlier", "later"}:
        return _year_before_quarter(words, end + 1 + dash, v, replace(date, way=word, previous=True))
    if word == "from" and second == "now":
        return end + 2, replace(date, way="hence")
    if word in {"before", "after"} and words.at(end + 1) in {",", ".", ";", ""}:
        return end + 1, replace(date, way={"before": "earlier", "after": "later"}[word], previous=True)
    if word == "old":
        return end + 1 + dash, length
    return end, length


def _in_finer_units(length: Meaning) -> Meaning:
    """As in "half a century ago": fifty years, named by their own year and not by a century."""
    finer = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12)}.get(length.unit)
    if finer is None or length.count is None or length.count % 1 != 0.5:
        return length
    return replace(length, unit=finer[0], count=length.count * finer[1])


def _is_long(words: Words, i: int) -> bool:
    return words.at(i) == "-" and words.at(i + 1) == "long"


def as_long(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "year-long", "a decade-long feud", "months-long"."""
    unit = v.units.get(words.at(i)) if _is_long(words, i + 1) else None
    if unit is None:
        return None
    count = 1 if words.at(i) == unit.key else None
    return i + 3, Meaning(TimeKind.DURATION, unit=unit.key, count=count, marks=(mark(unit, i, i + 1),))


def quarter_century(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "a quarter-century ago", "a quarter of a century"."""
    j = i + (words.at(i) in {"a", "the"})
    if words.at(j) != "quarter":
        return None
    of_a = words.at(j + 1) == "of" and words.at(j + 2) == "a"
    k = j + 3 if of_a else j + 1 + (words.at(j + 1) == "-")
    if words.at(k) != "century":
        return None
    length = Meaning(TimeKind.DURATION, unit="year", count=25, marks=(mark(v.units["century"], k, k + 1),))
    return _back_or_on(words, k + 1, v, length)


def part_of_stretch(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the first week of May", "the last two weeks of 1998", "the first nine months of 1989"."""
    j = i + (words.at(i) == "the")
    side = STRETCH_SIDES.get(words.at(j))
    if side is None:
        return None
    counted = number(words, j + 1)
    k, count = (j + 1, 1.0) if counted is None or words.at(j + 1) in {"a", "an", "half"} else counted
    unit = v.units.get(words.at(k))
    if unit is None or count is None or unit.key not in {"day", "week", "month", "weekend"} or words.at(k + 1) != "of":
        return None
    whole = longest([month_first(words, k + 2, v), a_season(words, k + 2, v), a_year(words, k + 2, v)])
    if whole is None or whole[1].day is not None or whole[1].before_christ:
        return None
    if unit.key in {"month", "weekend"} and (whole[1].month is not None or unit.key == "weekend"):
        return None
    marks = (mark(unit, k, k + 1), *whole[1].marks)
    kind = TimeKind.DATE if unit.key == "day" and count == 1 else TimeKind.DURATION
    return whole[0], replace(whole[1], kind=kind, unit=unit.key, count=count, way=side, marks=marks)


def year_before(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "year-earlier", "the year-ago quarter"."""
    j = i + (words.at(i) in ARTICLES)
    if words.at(j) != "year" or words.at(j + 1) != "-" or words.at(j + 2) not in {"ago", "earlier"}:
        return None
    length = Meaning(count=1, unit="year", way="earlier", previous=True, marks=(mark(v.units["year"], j, j + 1),))
    found = _year_before_quarter(words, j + 3, v, length)
    return found if j == i or found[0] > j + 3 else None


def _year_before_quarter(words: Words, end: int, v: Vocabulary, back: Meaning) -> Found:
    nth = ordinal(words, end)
    quarter = a_quarter(words, end, v) if nth else None
    if quarter is not None and not quarter[1].absolute:
        return quarter[0], replace(quarter[1], year_shift=-1, marks=back.marks + quarter[1].marks)
    return end + (words.at(end) in {"quarter", "period"} and words.at(end - 2) == "-"), back


def the_one_beside(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the day before", "the year after"; "the day after the battle" has its days from the battle alone."""
    unit = v.units.get(words.at(i + 1)) if words.at(i) == "the" else None
    side = SIDES.get(words.at(i + 2))
    part = v.parts.get(words.at(i + 1)) if words.at(i) == "the" and side == -1 else None
    if part is not None and words.at(i + 3) in PAUSES and not part.flag("alone"):
        named = Meaning(TimeKind.TIME, shift=-1, unit="day", part=part["code"], previous=True)
        return i + 3, replace(named, marks=(mark(part, i + 1, i + 2),))
    if unit is None or side is None or words.at(i + 1) != unit.key or unit.key not in SHAPES:
        return None
    marks = (mark(unit, i + 1, i + 2),)
    if words.at(i + 3) not in PAUSES:
        return (i + 3, Meaning(literal=SHAPES[unit.key], marks=marks)) if unit.key == "day" else None
    return i + 3, Meaning(shift=side, unit=unit.key, previous=True, marks=marks)


def bare_plural(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "for years", "weeks or months"."""
    unit = v.units.get(words.at(i))
    if unit is None or words.at(i) == unit.key or unit.key in {"second", "quarter", "weekend", "fortnight"}:
        return None
    if words.at(i - 1) == "of" and words.at(i - 2) == "matter":
        return None
    if unit.key == "minute" and words.at(i - 1) not in {"within", "for"}:
        return None
    if words.at(i - 1) in {"-", "these", "those", "other", "golden", "light"} or words.at(i + 1) in {"'", "'s"}:
        return None
    meaning = Meaning(TimeKind.DURATION, unit=unit.key, count=None, marks=(mark(unit, i, i + 1),))
    if words.at(i + 1) in {"ago", "later", "earlier"}:
        date = replace(meaning, kind=TimeKind.DATE, previous=words.at(i + 1) != "ago", way=words.at(i + 1))
        return i + 2, date
    second = v.units.get(words.at(i + 2)) if words.at(i + 1) == "or" else None
    return (i + 3 if second is not None and words.at(i + 2) != second.key else i + 1), meaning


def a_set(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "daily", "every two weeks", "each July", "$3 a year"."""
    row = v.sets.get(words.at(i))
    if row is not None:
        return i + 1, Meaning(TimeKind.SET, literal=row["timex"], marks=(mark(row, i, i + 1),))
    if words.at(i) in {"each", "every"}:
        return _every(words, i + 1, v)
    if words.at(i) in {"once", "twice"} and words.at(i + 1) in {"a", "an", "per", "every"}:
        return a_set(words, i + 1, v)
    plural = _every_one(words, i, v)
    if plural is not None:
        return plural
    unit = v.units.get(words.at(i + 1)) if words.at(i) in {"per", "a", "an"} else None
    if unit is None or words.at(i + 1) != unit.key or unit.key in {"quarter", "weekend"}:
        return None
    rate = words.at(i) == "per" or _after_amount(words, i)
    if not rate or words.at(i + 2) in {"ago", "earlier", "later", "-"}:
        return None
    return i + 2, Meaning(TimeKind.SET, literal=duration(unit.key, 1), marks=(mark(unit, i + 1, i + 2),))


def _every_one(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "weekends", "evenings", "Sunday mornings"."""
    word = words.at(i)
    if word == "weekends":
        return i + 1, Meaning(TimeKind.SET, literal="XXXX-WXX-WE", marks=(mark(v.units["weekend"], i, i + 1),))
    day = v.weekdays.get(word)
    j = i + (day is not None)
    part = v.parts.get(words.at(j)[:-1]) if words.at(j).endswith("s") else None
    if part is None or (day is None and words.at(i - 1) not in {"in", "on", "at", "the", "of", "for", "and"}):
        return None
    when = "XXXX-XX-XX" if day is None else f"XXXX-WXX-{day['number']}"
    marks = (mark(part, j, j + 1),) if day is None else (mark(day, i, j), mark(part, j, j + 1))
    return j + 1, Meaning(TimeKind.SET, literal=when + part["code"], marks=marks)


def _after_amount(words: Words, i: int) -> bool:
    """As in "three times a week", "$40 a day", "9 % a year"."""
    before = words.at(i - 1)
    money = before.replace(",", "").replace(".", "").isdigit() and words.at(i - 2) in CURRENCY
    scale = before in {"million", "billion", "thousand"} and any(words.at(i - k) in CURRENCY for k in (3, 2))
    return before in {"times", "once", "twice", "%", "percent", "barrels", "tons", "hours", "cents"} or money or scale


def _every(words: Words, j: int, v: Vocabulary) -> Found | None:
    count = number(words, j)
    k, times = count if count is not None else (j + (words.at(j) == "other"), 1)
    unit = v.units.get(words.at(k))
    if unit is not None:
        length = 2 if words.at(j) == "other" else times
        return k + 1, Meaning(TimeKind.SET, literal=duration(unit.key, length), marks=(mark(unit, k, k + 1),))
    for table, form in ((v.months, "XXXX-{:0>2}"), (v.weekdays, "XXXX-WXX-{}")):
        row = table.get(words.at(j))
        if row is not None:
            return j + 1, Meaning(TimeKind.SET, literal=form.format(row["number"]), marks=(mark(row, j, j + 1),))
    row = v.seasons.get(words.at(j)) or v.parts.get(words.at(j))
    if row is None:
        return None
    literal = f"XXXX-{row['code']}" if words.at(j) in v.seasons else f"XXXX-XX-XX{row['code']}"
    return j + 1, Meaning(TimeKind.SET, literal=literal, marks=(mark(row, j, j + 1),))


def alternative(words: Words, counted: tuple[int, float | None], v: Vocabulary) -> tuple[int, float | None]:
    """As in "12 to 18", "two or three": an unsure number."""
    end, count = counted
    second = number(words, end + 1) if words.at(end) in {"to", "or"} else None
    if second is not None and second[1] is not None and words.at(end + 1) not in {"a", "an"}:
        return second[0], None
    return end, count
