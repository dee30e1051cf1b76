"""Lengths of time in words, and what they are made into: "two weeks", "two weeks ago", "every two weeks".

Rules as in ``dategrammar``.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import Meaning, duration
from onrecord.extract.when.dategrammar import ARTICLES, CURRENCY, DASHES, Found, a_quarter, mark
from onrecord.extract.when.timewords import Vocabulary, Words, number, ordinal
from onrecord.record import TimeKind

BETWEEN = frozenset(
    {"more", "additional", "full", "consecutive", "straight", "trading", "working", "long", "calendar", "further"}
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
    if words.at(end) == unit.key and not joined and (unit.key == "second" or (count is None and words.at(i) != "some")):
        return None
    meaning = Meaning(TimeKind.DURATION, unit=unit.key, count=count, marks=(mark(unit, end, end + 1),))
    return _back_or_on(words, end + 1, v, _and_a_half(words, end + 1, meaning)) if j == i else (end + 1, meaning)


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
    date = replace(length, kind=TimeKind.DATE)
    if word == "ago":
        return end + 1 + dash, replace(date, way="ago")
    if word in {"earlier", "later"}:
        return _year_before_quarter(words, end + 1 + dash, v, replace(date, way=word, previous=True))
    if word == "from" and second == "now":
        return end + 2, replace(date, way="hence")
    if word in {"before", "after"} and words.at(end + 1) in {",", ".", ";", ""}:
        return end + 1, replace(date, way={"before": "earlier", "after": "later"}[word], previous=True)
    if word == "old":
        return end + 1 + dash, length
    return end, length


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


def bare_plural(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "for years", "weeks or months"."""
    unit = v.units.get(words.at(i))
    if unit is None or words.at(i) == unit.key or unit.key in {"second", "minute", "quarter", "weekend", "fortnight"}:
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
    unit = v.units.get(words.at(i + 1)) if words.at(i) in {"per", "a", "an"} else None
    if unit is None or words.at(i + 1) != unit.key or unit.key in {"quarter", "weekend"}:
        return None
    rate = words.at(i) == "per" or _after_amount(words, i)
    if not rate or words.at(i + 2) in {"ago", "earlier", "later", "-"}:
        return None
    return i + 2, Meaning(TimeKind.SET, literal=duration(unit.key, 1), marks=(mark(unit, i + 1, i + 2),))


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
