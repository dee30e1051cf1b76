"""Times beside another time, or beside the moment of speaking: "last week", "that night", "yesterday", "the quarter".

Rules as in ``dategrammar``.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import CLOCK_UNITS, LETTERS, Meaning, duration
from onrecord.extract.when.dategrammar import (
    ARTICLES,
    DASHES,
    FINE,
    Found,
    a_quarter,
    a_season,
    day_first,
    day_number,
    longest,
    mark,
    month_at,
    month_first,
    year_phrase,
)
from onrecord.extract.when.lengthgrammar import BETWEEN, alternative
from onrecord.extract.when.timewords import Vocabulary, Words, number, phrase_at, year_of
from onrecord.record import TimeKind

ALIKE = frozenset({"same", "corresponding", "comparable", "like", "equivalent"})
BEFORE_NTH = frozenset({"on", "until", "by", "since", "from", "to"})


def shifted(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "last week", "this September", "the next two years", "that day", "last year's third quarter"."""
    article = words.at(i) in ARTICLES or (words.at(i) == "this" and words.at(i + 1) in {"past", "coming"})
    j = i + article
    row = v.shifts.get(words.at(j))
    if row is None or (
        words.at(j) in {"same", "following", "latest", "current", "preceding"}
        and not article
        and words.at(i - 1) not in ARTICLES
        and words.at(j) != "current"
    ):
        return None
    shift, previous = int(row["step"].rstrip("*")), row["step"].endswith("*")
    base = Meaning(shift=shift, previous=previous, marks=(mark(row, j, j + 1),))
    k = j + 1 + (words.at(j + 1) in FINE or (words.at(j) in {"this", "that"} and words.at(j + 1) in {"same", "very"}))
    return longest([
        _shifted_count(words, k, v, base),
        _shifted_unit(words, k, v, base, article),
        _shifted_part(words, k, v, base, article),
        _shifted_name(words, k, v, base),
    ])  # fmt: skip


def _shifted_count(words: Words, k: int, v: Vocabulary, base: Meaning) -> Found | None:
    counted = number(words, k)
    if counted is None or base.shift == 0 or words.at(k) in {"a", "an"}:
        return None
    end, count = alternative(words, counted, v)
    end += words.at(end) in BETWEEN or words.at(end) in DASHES
    unit = v.units.get(words.at(end))
    if unit is None:
        return None
    if base.previous:
        return end + 1, replace(base, kind=TimeKind.DURATION, shift=None, previous=False, unit=unit.key, count=count,
                                marks=(*base.marks, mark(unit, end, end + 1)))  # fmt: skip
    way = "past" if base.shift == -1 else "coming"
    return end + 1, Meaning(
        TimeKind.DURATION, unit=unit.key, count=count, way=way, marks=(*base.marks, mark(unit, end, end + 1))
    )


def _shifted_unit(words: Words, k: int, v: Vocabulary, base: Meaning, article: bool) -> Found | None:
    unit = v.units.get(words.at(k))
    if unit is None or unit.key in CLOCK_UNITS or words.at(k + 1) == "-":
        return None
    marks = (*base.marks, mark(unit, k, k + 1))
    if words.at(k) != unit.key:  # a plural: "past years"
        letter = LETTERS[unit.key]
        ref = "PAST_REF" if base.shift == -1 else f"PX{letter}"
        return (
            None
            if base.shift == 0
            else (k + 1, Meaning(TimeKind.DURATION if base.shift == 1 else TimeKind.DATE, literal=ref, marks=marks))
        )
    following = article and base.shift in {-1, 1} and unit.key == "day"
    found = replace(base, unit=unit.key, marks=marks, previous=base.previous or following)
    if base.marks[0][0].endswith("#past"):
        found = replace(found, way="past", count=1, shift=None, kind=TimeKind.DURATION)
    if unit.key == "year" and words.at(k + 1) in {"'s", "'"}:
        return _of_that_year(words, k, v, found)
    part = v.parts.get(words.at(k + 1)) if unit.key == "day" else None
    return (k + 2, replace(found, part=part["code"])) if part else (k + 1, found)


def _of_that_year(words: Words, k: int, v: Vocabulary, year: Meaning) -> Found:
    """As in "last year's third quarter": a part of a year that stands before it."""
    inner = longest([a_quarter(words, k + 2, v), a_season(words, k + 2, v), month_first(words, k + 2, v)])
    if inner is None or inner[1].absolute:
        return k + 1, year
    return inner[0], replace(inner[1], year_shift=year.shift, previous=year.previous, marks=year.marks + inner[1].marks)


def _shifted_name(words: Words, k: int, v: Vocabulary, base: Meaning) -> Found | None:
    month = month_at(words, k, v)
    if month is not None:
        day = day_number(words, month[0])
        named = replace(
            base,
            month=int(month[1]["number"]),
            day=day[1] if day else None,
            marks=(*base.marks, mark(month[1], k, month[0])),
        )
        return day[0] if day else month[0], named
    weekday = v.weekdays.get(words.at(k))
    if weekday is not None:
        return k + 1, replace(base, weekday=int(weekday["number"]), marks=(*base.marks, mark(weekday, k, k + 1)))
    season = v.seasons.get(words.at(k))
    if season is not None:
        return k + 1, replace(base, season=season["code"], marks=(*base.marks, mark(season, k, k + 1)))
    return None


def _shifted_part(words: Words, k: int, v: Vocabulary, base: Meaning, article: bool) -> Found | None:
    """As in "this morning", "last evening"; of the day spoken of: "that night", "the next morning"."""
    part = v.parts.get(words.at(k))
    if part is None or part.flag("alone"):
        return None
    found = replace(base, part=part["code"], kind=TimeKind.TIME, marks=(*base.marks, mark(part, k, k + 1)))
    if base.previous or (base.shift == 1 and article):
        return k + 1, replace(found, unit="day", previous=True)
    return (k + 1, replace(found, shift=None, day_offset=base.shift)) if base.shift != 1 else None


def pointing(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "yesterday", "now", "recently", "the day after tomorrow"."""
    found = phrase_at(v.deictic, words, i)
    if found is None:
        return None
    end, row = found
    if row["after"] and words.at(i - 1) not in row.words("after"):
        return None
    kind = TimeKind.TIME if row["part"] or "T" in row["timex"][8:] else TimeKind.DATE
    offset = int(row["offset"]) if row["offset"] else None
    meaning = Meaning(kind, day_offset=offset, part=row["part"], literal=row["timex"], marks=(mark(row, i, end),))
    unit = v.units.get(words.at(end)) if row.key == "recent" else None
    if unit is not None and words.at(end) != unit.key:
        length = duration(unit.key, None)
        marks = (*meaning.marks, mark(unit, end, end + 1))
        return end + 1, replace(meaning, kind=TimeKind.DURATION, literal=length, marks=marks)
    return end, meaning


def a_unit(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the quarter", "the weekend", "the year": the one spoken of."""
    if words.at(i) in {"year", "month", "week"}:
        return _unit_end(words, i, v)
    if words.at(i) != "the":
        return None
    if words.at(i + 1) == "latest" and words.at(i + 2) == "period":
        return i + 3, Meaning(shift=0, unit="quarter", previous=True)
    j = i + 1 + (words.at(i + 1) in {"full", "fiscal"})
    unit = v.units.get(words.at(j))
    if (
        unit is None
        or words.at(j) != unit.key
        or unit.key in CLOCK_UNITS
        or unit.key in {"day", "decade", "century", "fortnight"}
    ):
        return None
    if words.at(j + 1)[:1].isdigit() or words.at(j + 1) in {
        "that",
        "which",
        "when",
    }:  # "the year 3000", "the week that"
        return None
    if words.at(j + 1) in DASHES or (words.at(j + 1) in {"of", "before", "after"} and unit.key != "quarter"):
        return None
    if unit.key == "year" and words.at(j + 1) in {"ended", "ending", "ends"}:  # a firm's year, not the calendar's
        return j + 1, Meaning(TimeKind.DURATION, unit="year", count=1, marks=(mark(unit, j, j + 1),))
    if unit.key == "quarter" and words.at(j + 1) in {"ended", "ending", "to"}:
        closed = _quarter_to(words, j + 2, v)
        if closed is not None:
            return j + 1, replace(closed, marks=(mark(unit, j, j + 1),))
    shift = None if unit.key == "weekend" else 0
    return j + 1, Meaning(shift=shift, unit=unit.key, previous=shift is not None, marks=(mark(unit, j, j + 1),))


def _quarter_to(words: Words, i: int, v: Vocabulary) -> Meaning | None:
    """The calendar's quarter that three months up to a date fill best: "the quarter ended July 31" is the second."""
    date = longest([month_first(words, i, v), day_first(words, i, v)])
    if date is None or date[1].month is None:
        return None
    middle = date[1].month - (1 if date[1].day is None or date[1].day > 15 else 2)
    return Meaning(
        quarter=((middle - 1) % 12) // 3 + 1, year=None if date[1].year is None else date[1].year - (middle < 1)
    )


def the_same_period(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the same period last year", "the corresponding quarter of 1998", "the 1998 quarter": the quarter told of,
    in another year.
    """
    j = i + (words.at(i) in {"the", "a", "its"})
    year = year_of(words.at(j))
    named = words.at(j) in ALIKE or year is not None
    if j == i or not named or words.at(j + 1) not in {"period", "quarter"}:
        return None
    base = Meaning(unit="quarter", previous=True)
    if words.at(j + 1) == "quarter":
        base = replace(base, marks=(mark(v.units["quarter"], j + 1, j + 2),))
    if year is not None:
        return j + 2, replace(base, year=year)
    k = j + 2
    if words.at(k) in {"a", "one"} and words.at(k + 1) == "year" and words.at(k + 2) in {"ago", "earlier", "before"}:
        return k + 3, replace(base, year_shift=-1, marks=(*base.marks, mark(v.units["year"], k + 1, k + 2)))
    found = year_phrase(words, k, v)
    if found is None or words.at(k) == ",":
        return None
    return found[0], replace(
        base, year=found[1].year, year_shift=found[1].year_shift, marks=base.marks + found[1].marks
    )


def the_day_alone(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "on the 20th": of the month spoken of."""
    day = day_number(words, i) if words.at(i) == "the" and words.at(i - 1) in BEFORE_NTH else None
    return None if day is None else (day[0], Meaning(day=day[1], previous=True))


def _unit_end(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "by year end", "before year's end", "at month's end"."""
    j = i + 1 + (words.at(i + 1) in {"'s", "-"})
    if words.at(j) != "end" or words.at(i - 1) not in {
        "by",
        "at",
        "before",
        "until",
        "till",
        "around",
        "since",
        "after",
    }:
        return None
    unit = v.units[words.at(i)]
    spoken = unit.key != "year"
    return j + 1, Meaning(shift=0, unit=unit.key, mod="END", previous=spoken, marks=(mark(unit, i, i + 1),))
