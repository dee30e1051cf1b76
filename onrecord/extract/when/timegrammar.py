"""The grammar of time expressions: from words to ``Meaning``.

Rules as in ``dategrammar``. ``read`` tries them all at one word and keeps the longest. Each looks a fixed number of
words ahead, so a report is read in time linear in its length.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.when.calendar import CLOCK_UNITS, LETTERS, Meaning, duration
from onrecord.extract.when.dategrammar import (
    ARTICLES,
    CLOCK,
    DASHES,
    FINE,
    MERIDIEM,
    TO,
    ZONES,
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
    day_number,
    in_figures,
    longest,
    mark,
    month_at,
    month_first,
)
from onrecord.extract.when.lengthgrammar import BETWEEN, a_set, alternative, bare_plural, counted, year_before
from onrecord.extract.when.timewords import Vocabulary, Words, number, phrase_at
from onrecord.lexicon import Row
from onrecord.record import TimeKind

# -------------------------------------------------------------------------------- beside another time


def shifted(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "last week", "this September", "the next two years", "that day", "last year's third quarter"."""
    article = words.at(i) in ARTICLES
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
    k = j + 1 + (words.at(j + 1) in FINE)
    return longest([
        _shifted_count(words, k, v, base),
        _shifted_unit(words, k, v, base, article),
        None if previous and words.at(j) == "that" else _shifted_name(words, k, v, base),
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
    part = v.parts.get(words.at(k))
    if part is None or base.shift != 0 or part.flag("alone"):
        return None
    return k + 1, replace(
        base, shift=None, day_offset=0, part=part["code"], kind=TimeKind.TIME, marks=(*base.marks, mark(part, k, k + 1))
    )


def pointing(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "yesterday", "now", "recently", "the day after tomorrow"."""
    found = phrase_at(v.deictic, words, i)
    if found is None:
        return None
    end, row = found
    kind = TimeKind.TIME if row["part"] else TimeKind.DATE
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
    if words.at(i) == "year":
        return _year_end(words, i, v)
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
    if words.at(j + 1) in DASHES or (words.at(j + 1) in {"of", "before", "after"} and unit.key != "quarter"):
        return None
    if unit.key == "year" and words.at(j + 1) in {"ended", "ending", "ends"}:  # a firm's year, not the calendar's
        return j + 1, Meaning(TimeKind.DURATION, unit="year", count=1, marks=(mark(unit, j, j + 1),))
    shift = None if unit.key == "weekend" else 0
    return j + 1, Meaning(shift=shift, unit=unit.key, previous=shift is not None, marks=(mark(unit, j, j + 1),))


def _year_end(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "by year end", "before year's end"."""
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
    return j + 1, Meaning(shift=0, unit="year", mod="END", marks=(mark(v.units["year"], i, i + 1),))


# -------------------------------------------------------------------------------- parts of the day


def a_clock(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "10 p.m.", "7:15 p.m. EST", "14:30", "4 in the morning", "noon", each with the day that follows."""
    part = v.parts.get(words.at(i))
    if part is not None and part.flag("alone"):
        return _on_day(words, i + 1, v, Meaning(TimeKind.TIME, part=part["code"], marks=(mark(part, i, i + 1),)))
    found = CLOCK.match(words.at(i))
    if found is None:
        return None
    hour, minute = int(found.group(1)), found.group(2)
    end = i + 1
    if words.at(end) in MERIDIEM and 1 <= hour <= 12:
        hour = hour % 12 + MERIDIEM[words.at(end)]
        end += 1
    elif (
        [words.at(end + k) for k in range(2)] == ["in", "the"]
        and words.at(end + 2) in {"morning", "afternoon", "evening"}
        and hour <= 12
    ):
        hour = hour if words.at(end + 2) == "morning" else hour % 12 + 12
        end += 3
    elif words.at(end) == "o'clock" and hour <= 12:
        end += 1
    elif not (
        minute
        and ":" in words.at(i)
        and words.at(i - 1) in {"at", "by", "until", "from", "around", "about", "before", "after"}
    ):
        return None
    if hour > 24 or int(minute or 0) > 59:
        return None
    end += words.at(end) in ZONES
    end += words.at(end) == "time"
    clock = f"{hour:02d}:{minute or '00'}"
    return _on_day(words, end, v, Meaning(TimeKind.TIME, clock=clock))


def _on_day(words: Words, end: int, v: Vocabulary, clock: Meaning) -> Found:
    """A time of day with the day after it: "noon Thursday", "9 a.m. on 4 May", "5 p.m., Nov. 6"."""
    j = end + (words.at(end) == ",")
    if words.at(j) == "(":  # "10:35 a.m. (0735 GMT) Friday"
        close = next((k for k in range(j + 1, j + 5) if words.at(k) == ")"), None)
        j = j if close is None else close + 1
    j += words.at(j) in {"on", "of"}
    day = longest([rule(words, j, v) for rule in (a_weekday, month_first, day_first, pointing, a_holiday, shifted)])
    if day is None or not _is_day(day[1]):
        return end, clock
    return day[0], replace(
        day[1], kind=TimeKind.TIME, clock=clock.clock, part=clock.part, marks=clock.marks + day[1].marks
    )


def _is_day(meaning: Meaning) -> bool:
    if meaning.kind is TimeKind.SET or meaning.until is not None:
        return False
    named = meaning.weekday is not None or meaning.day is not None or meaning.day_offset is not None
    return bool(named or meaning.holiday or (meaning.unit == "day" and meaning.shift is not None))


def with_part(words: Words, found: Found, v: Vocabulary) -> Found:
    """A day with the part of the day after it: "Friday night"."""
    end, meaning = found
    row = v.parts.get(words.at(end))
    if row is None or meaning.part or meaning.clock or not _is_day(meaning):
        return found
    return end + 1, replace(
        meaning, kind=TimeKind.TIME, part=row["code"], marks=(*meaning.marks, mark(row, end, end + 1))
    )


def part_of_day(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the morning of 4 May"; "mid-afternoon yesterday"."""
    j = i + (words.at(i) == "the")
    row = v.parts.get(words.at(j))
    if row is None or row.flag("alone"):
        return None
    k = j + 1 + (words.at(j + 1) == "hours")
    found = _on_day(words, k, v, Meaning(TimeKind.TIME, part=row["code"], marks=(mark(row, j, j + 1),)))
    return found if found[0] > k else None


# -------------------------------------------------------------------------------- together

CORE: tuple[Rule, ...] = (
    in_figures, a_weekday, month_first, day_first, a_quarter, a_season, a_holiday, a_decade, a_century, a_year, shifted,
    pointing, a_unit, counted, year_before, bare_plural, a_set, a_clock, part_of_day,
)  # fmt: skip
NARROWING = frozenset({"START", "MID", "END", "BEFORE", "AFTER"})


def core(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The longest plain expression at a word, with the part of day after it."""
    if words.at(i) not in v.openers and not words.at(i)[:1].isdigit():
        return None
    found = longest([rule(words, i, v) for rule in CORE])
    return None if found is None else with_part(words, found, v)


def read(words: Words, i: int, v: Vocabulary) -> Found | None:
    """The longest time expression that begins at a word, and what it means; None if none does."""
    if words.at(i) not in v.openers and not words.at(i)[:1].isdigit():
        return None
    found = longest([core(words, i, v), modified(words, i, v)])
    return None if found is None else _ranged(words, i, found, v)


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
    if inner is None or not _may_modify(words, k, row, inner[1], j > i):
        return None
    mod = inner[1].mod or row["mod"]
    return inner[0], replace(inner[1], mod=mod, marks=(mark(row, j, found[0]), *inner[1].marks))


def _may_modify(words: Words, k: int, row: Row, inner: Meaning, article: bool) -> bool:
    if inner.literal and not inner.before_christ:
        return False
    if row["mod"] in NARROWING or not row["mod"]:
        return inner.kind is not TimeKind.DURATION or bool(inner.way)
    if row.key in {
        "over",
        "under",
        "up to",
        "more than",
        "less than",
        "no more than",
        "nearly",
        "almost",
        "at least",
        "at most",
    }:
        return not article and words.at(k) != "the" and bool(inner.unit) and inner.shift is None
    return not article and (words.at(k) != "the" or row.key == "sometime")


def _ranged(words: Words, i: int, found: Found, v: Vocabulary) -> Found:
    """As in "from March to May", "between 1998 and 2003", "1998-2003": two ends as one expression."""
    end, first = found
    if not _may_begin(first) or words.at(end) not in TO | {"and"}:
        return found
    glued = words.at(end) in DASHES and words.glued(end - 1) and words.glued(end)
    opened = (words.at(i - 1) == "from" and words.at(end) in TO) or (
        words.at(i - 1) == "between" and words.at(end) == "and"
    )
    if not (glued or opened or words.at(end) == "through"):
        return found
    last = core(words, end + 1, v) or _short_year(words, end + 1, first)
    if last is None or not _may_begin(last[1]) or _size(first) != _size(last[1]):
        return found
    return last[0], replace(first, until=last[1], marks=first.marks + last[1].marks)


def _short_year(words: Words, i: int, first: Meaning) -> Found | None:
    """As in "1998-99"."""
    word = words.at(i)
    if first.year is None or first.month is not None or not (len(word) == 2 and word.isdigit() and word.isascii()):
        return None
    year = first.year // 100 * 100 + int(word)
    return (i + 1, Meaning(year=year)) if year > first.year else None


def _may_begin(meaning: Meaning) -> bool:
    dated = meaning.kind is TimeKind.DATE and meaning.until is None and not meaning.literal
    return dated and not (meaning.way or meaning.previous or meaning.unit or meaning.day_offset is not None)


def _size(meaning: Meaning) -> str:
    if meaning.weekday is not None and meaning.month is None:
        return "weekday"
    if meaning.day is not None or meaning.holiday:
        return "day"
    return "month" if meaning.month is not None else (meaning.season and "season") or "year"
