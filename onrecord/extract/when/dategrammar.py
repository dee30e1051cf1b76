"""Calendar dates in words: years, decades, months, days, weekdays, seasons, quarters, holidays.

Every rule is a function of (words, index, vocabulary) that gives where the expression ends and what it means, or None.
Each looks a fixed number of words ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace

from onrecord.extract.when.calendar import Mark, Meaning
from onrecord.extract.when.timewords import Vocabulary, Words, ordinal, phrase_at, spelled_year, year_of
from onrecord.lexicon import Row
from onrecord.record import TimeKind

Found = tuple[int, Meaning]
Rule = Callable[[Words, int, Vocabulary], Found | None]

ARTICLES = frozenset({"the", "its", "his", "her", "their", "our", "a"})
POINTING = frozenset({
    "in", "of", "since", "until", "till", "by", "from", "to", "through", "before", "after", "during", "and",
    "between", "last", "this", "next", "early", "late", "mid", "each", "every", "for", "around", "about", "on",
    "as", "or", "into", "than", "past", "throughout", "beyond", "-", "–", "fiscal", "circa", "(", "year", "ca",
    "ca.",
})  # fmt: skip
CURRENCY = frozenset({"$", "£", "€", "¥", "#", "no.", "no", "usd", "eur", "c$", "us$", "%"})
DASHES = frozenset({"-", "–", "—"})
TO = DASHES | {"to", "through", "until", "till"}
MERIDIEM = {"a.m.": 0, "am": 0, "a.m": 0, "p.m.": 12, "pm": 12, "p.m": 12}
ZONES = frozenset(
    ["est", "edt", "gmt", "utc", "bst", "cet", "cest", "pst", "pdt", "cst", "cdt", "mst", "et", "pt", "local"]
)
ERAS = frozenset({"bc", "b.c.", "b.c", "bce", "b.c.e."})
OUR_ERA = frozenset({"ad", "a.d.", "a.d", "ce", "c.e."})
JOINTS = TO | {"and", "or", "/"}
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?$", re.ASCII)
STAMP = re.compile(r"(\d\d)t\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?z?", re.ASCII)
DECADE = re.compile(r"(\d{3}0|\d0)'?s$", re.ASCII)
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90}  # fmt: skip
# How many dates may share the year that stands after the last of them.
LIST = 6
QUARTER = re.compile(r"q[1-4]", re.ASCII)
FINE = frozenset({"fiscal", "financial", "calendar"})


def mark(row: Row, first: int, last: int) -> Mark:
    """The proof that a row fired on the words from ``first`` to before ``last``."""
    return (row.rule, first, last)


def possible(found: Found, first: int) -> Found:
    """The finding; if there is no such day ("31 February"), one that means no day at all and says so."""
    end, meaning = found
    if meaning.month is None or meaning.day is None or meaning.day <= _days_in(meaning.month, meaning.year):
        return found
    none = Meaning(meaning.kind, literal="XXXX-XX-XX", marks=(("times.no-such-day", first, end),))
    return end, none


def _days_in(month: int, year: int | None) -> int:
    leap = year is None or monthrange(year, 2)[1] == 29
    return 29 if month == 2 and leap else monthrange(2001, month)[1]


def longest(found: list[Found | None]) -> Found | None:
    """The finding that takes in the most words; of equals, the first."""
    return max((f for f in found if f is not None), key=lambda f: f[0], default=None)


# -------------------------------------------------------------------------------------------------- years


def month_at(words: Words, i: int, v: Vocabulary) -> tuple[int, Row] | None:
    """A month's name at a word, and its full stop if that stands apart."""
    row = v.months.get(words.at(i))
    if row is None or not words.text[i][0].isupper():
        return None
    return i + 1 + (words.at(i + 1) == "." and words.glued(i) and words.at(i) != row.key), row


def year_at(words: Words, i: int) -> tuple[int, int] | None:
    """A year in figures or in words, "the year" before it allowed."""
    if words.at(i) == "the" and words.at(i + 1) in {"year", "years"}:
        i += 2
    year = year_of(words.at(i))
    if year is not None:
        return (i + 1, year) if words.at(i + 1) not in {"%", "percent"} else None
    return spelled_year(words, i) or _of_our_era(words, i)


def _of_our_era(words: Words, i: int) -> tuple[int, int] | None:
    """As in "79 AD", "AD 79"."""
    first = i + (words.at(i) in OUR_ERA)
    figures = words.at(first)
    if not (figures.isdigit() and figures.isascii() and len(figures) <= 4 and int(figures)):
        return None
    if first > i:
        return first + 1, int(figures)
    return (i + 2, int(figures)) if words.at(i + 1) in OUR_ERA and words.text[i + 1].isupper() else None


def before_christ(words: Words, i: int) -> tuple[int, int] | None:
    """As in "490 BC": where it ends, and the figures."""
    figures = words.at(i)
    if not (figures.isdigit() and figures.isascii() and len(figures) < 5 and words.at(i + 1) in ERAS):
        return None
    return i + 2, int(figures)


def year_phrase(words: Words, i: int, v: Vocabulary) -> tuple[int, Meaning] | None:
    """What fixes the year of a month or season: "1996", "of 1996", ", 1996", "of last year", "this year"."""
    j = i + (words.at(i) in {"of", "in", ","})
    old = before_christ(words, j)
    if old is not None:
        return old[0], Meaning(literal=f"BC{old[1]:04d}", before_christ=True)
    year = year_at(words, j) or _any_year(words, j)
    if year is not None and (words.at(i) != "," or j == i + 1):
        return year[0], Meaning(year=year[1])
    j = i + (words.at(i) in {"of", "in"})
    j += words.at(j) == "the" and words.at(j + 1) in {"same", "following", "previous", "next"}
    row = v.shifts.get(words.at(j))
    if row is not None and words.at(j + 1) == "year" and words.at(i) != ",":
        step = int(row["step"].rstrip("*"))
        unit = v.units["year"]
        return j + 2, Meaning(
            year_shift=step, previous=row["step"].endswith("*"), marks=(mark(row, j, j + 1), mark(unit, j + 1, j + 2))
        )
    return None


def _any_year(words: Words, i: int) -> tuple[int, int] | None:
    """Beside a month, a year such as hardly stands alone: "0079", "2998", "'98" (from 1930 to 2029)."""
    figures = words.at(i)
    if len(figures) == 4 and figures.isascii() and figures.isdigit() and (figures[:2] == "00" or int(figures) > 2400):
        return (i + 1, int(figures)) if int(figures) else None  # what lies between is rather an hour: "0945 GMT"
    short = (
        figures[1:]
        if figures[:1] == "'" and len(figures) > 1
        else words.at(i + 1)
        if figures in {"'", "‘"} and words.glued(i)
        else ""
    )
    if len(short) != 2 or not (short.isascii() and short.isdigit()):
        return None
    end = i + 1 if len(figures) > 1 else i + 2
    return (end, 1900 + int(short) + 100 * (int(short) < 30)) if words.at(end) != "s" else None


def with_year(words: Words, found: Found, v: Vocabulary) -> Found:
    """The finding with the year that follows it, if one does."""
    end, meaning = found
    year = year_phrase(words, end, v)
    bare = meaning.day is None and meaning.weekday is None
    if year is None or (words.at(end) == "," and bare and not _is_over(words, year[0])):
        return _year_of_the_second(words, found, v)
    named = year[1]
    if named.before_christ:
        return year[0], replace(meaning, literal=named.literal + within_the_year(meaning), before_christ=True)
    return year[0], replace(
        meaning,
        year=named.year,
        year_shift=named.year_shift,
        previous=named.previous,
        marks=meaning.marks + named.marks,
    )


def _is_over(words: Words, end: int) -> bool:
    """Whether the clause pauses here: "In October, 1917, they rose" is a date, "In October, 1917 men fled" is none."""
    return words.at(end) in {"", ",", ".", ";", ":", ")", "]", "and", "when", "but", "or"}


def within_the_year(meaning: Meaning) -> str:
    """What a TIMEX3 value has after the year: a month, a day, a season."""
    if meaning.month is not None:
        return f"-{meaning.month:02d}" + (f"-{meaning.day:02d}" if meaning.day is not None else "")
    return f"-{meaning.season}" if meaning.season else ""


def _year_of_the_second(words: Words, found: Found, v: Vocabulary) -> Found:
    """As in "in April and June 1955", "26 June - 4 August 1952", "summer and autumn 1918": the year of the second."""
    end, meaning = found
    named = meaning.month is not None or meaning.season
    if not named or meaning.weekday is not None or words.at(end) not in JOINTS | {","}:
        return found
    k, joined = end, False
    for _ in range(LIST):
        joined = joined or words.at(k) in JOINTS
        k += words.at(k) == "," and words.at(k + 1) in {"and", "or"}
        second = _next_named(words, k + 1, v) if words.at(k) in JOINTS | {","} else None
        if second is None:
            break
        k, row = second
        if joined or words.at(k) in {"and", "or"}:
            lent = _lent_year(words, k, meaning, row)
            if lent is not None:
                return end, lent
    return found


def _lent_year(words: Words, k: int, meaning: Meaning, row: Row) -> Meaning | None:
    """A date with the year that stands at a word, after a later date; the year before, if it would lie after that."""
    old = before_christ(words, k)
    if old is not None:
        return replace(meaning, literal=f"BC{old[1]:04d}" + within_the_year(meaning), before_christ=True)
    year = year_of(words.at(k))
    if year is None or words.at(k + 1) in {"%", "percent"}:
        return None
    rolls = meaning.month is not None and "number" in row.values and meaning.month > int(row["number"])
    return replace(meaning, year=year - rolls, lent=True)


def _next_named(words: Words, i: int, v: Vocabulary) -> tuple[int, Row] | None:
    """A month or season with its day, as the second of two: where its year would stand, and its row."""
    i += words.at(i) == "the"
    i += words.at(i) in {"early", "late", "mid"}
    i += words.at(i) in DASHES
    season = v.seasons.get(words.at(i))
    if season is not None:
        return i + 1 + (words.at(i + 1) == "of"), season
    first = day_number(words, i)
    j = first[0] + (words.at(first[0]) == "of") if first is not None else i
    month = month_at(words, j, v)
    if month is None:
        return None
    last = day_number(words, month[0]) if first is None else None
    k = last[0] if last is not None else month[0]
    return k + (words.at(k) == "," or (words.at(k) == "of" and last is None)), month[1]


def a_year(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "2010", "the year 2000", "the 2010 season", "1998-2003", "490 BC"; no counts of things, no money."""
    j = i + (words.at(i) == "the" and words.at(i + 1) not in {"year", "years"})
    old = before_christ(words, j)
    if old is not None:
        return old[0], Meaning(literal=f"BC{old[1]:04d}", before_christ=True)
    found = year_at(words, j)
    if found is None or words.at(i - 1) in CURRENCY or words.at(i - 1)[:1].isdigit():
        return None
    if words.at(i - 1) == "/" and words.at(i - 2)[:1].isdigit() and words.at(i - 3) == "/":  # "14/15/2016"
        return None
    end, year = found
    if j > i and words.at(end) not in {"period", "season", "quarter", "fiscal"}:
        return None
    end += (j > i) + (words.at(end) == "fiscal")
    return end, Meaning(year=year)


def a_decade(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the 1990s", "the '80s", "the nineties"."""
    j = i + (words.at(i) == "the")
    quote = words.at(j) in {"'", "‘", "`"}
    k = j + quote
    if words.at(k) in DECADES and j > i:
        return k + 1, Meaning(decade=1900 + DECADES[words.at(k)])
    found = DECADE.match(words.at(k).lstrip("'"))
    if found is None or not (len(found.group(1)) == 4 or quote or words.at(k).startswith("'") or j > i):
        return None
    figures = int(found.group(1))
    return k + 1, Meaning(decade=figures if figures > 99 else 1900 + figures)


def a_century(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the 11th century"."""
    nth = ordinal(words, i + (words.at(i) == "the"))
    if nth is None:
        return None
    j = nth[0] + (words.at(nth[0]) in DASHES)
    if words.at(j) not in {"century", "centuries"} or not 1 <= nth[1] <= 22:
        return None
    found = Meaning(century=100 * (nth[1] - 1), marks=(mark(v.units["century"], j, j + 1),))
    if words.at(j + 1) in ERAS:
        return j + 2, replace(found, century=None, before_christ=True, literal=f"BC{nth[1] - 1:02d}")
    return j + 1, found


# -------------------------------------------------------------------------------------------------- dates


def day_number(words: Words, i: int) -> tuple[int, int] | None:
    """A day of the month in figures or as an ordinal."""
    word = words.at(i)
    if word.isdigit() and word.isascii() and len(word) <= 2 and 1 <= int(word) <= 31:
        return i + 1, int(word)
    j = i + (word == "the")
    nth = ordinal(words, j) if words.at(j)[:1].isdigit() else None
    return nth if nth is not None and nth[1] <= 31 else None


def month_first(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "Sept. 30", "May 6, 1998", "March 1996", "August of last year", "May 3-5", and the month alone."""
    found = month_at(words, i, v)
    if found is None:
        return None
    j, row = found
    if _is_no_day(words, i - 1) and day_number(words, j) is None:
        return None
    month = Meaning(month=int(row["number"]), marks=(mark(row, i, j),))
    day = day_number(words, j)
    if day is not None and not (words.glued(day[0] - 1) and _goes_on(words, day[0])):
        return _year_of_the_last(words, with_year(words, (day[0], replace(month, day=day[1])), v), v)
    end, meaning = with_year(words, (j, month), v)
    unsure = end == j and (words.at(i) != row.key or row.flag("capital"))
    if unsure and words.at(i - 1) not in POINTING and not _stands_before_noun(words, i, j):
        return None
    return end, meaning


def _is_no_day(words: Words, i: int) -> bool:
    """Whether a number before a month cannot be its day: "45 May 2019", "the 32nd of March"."""
    i -= words.at(i) == "of"
    figures = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", words.at(i), re.ASCII)
    return figures is not None and not 1 <= int(figures[1]) <= 31


def _stands_before_noun(words: Words, i: int, j: int) -> bool:
    """As in "the May election": between an article and a word in lower case."""
    articled = words.at(i - 1) in ARTICLES or words.at(i - 1) == "'s"
    noun = words.at(j).isalpha() and words.text[j].islower() and words.at(j) not in {"of", "on", "in", "to"}
    return articled and noun


def _goes_on(words: Words, i: int) -> bool:
    """Whether a number is not over yet: "May 3%", "March 4:30"; a colon at the end of a clause is none of it."""
    return words.at(i) == "%" or (words.at(i) == ":" and words.glued(i) and words.at(i + 1)[:1].isdigit())


def _year_of_the_last(words: Words, found: Found, v: Vocabulary) -> Found:
    """As in "May 3-5, 1998", "May 4 and 5, 1998": the year stands after the last of the days."""
    end, meaning = found
    last = day_number(words, end + 1) if words.at(end) in JOINTS and meaning.year is None else None
    if last is None or meaning.day is None or last[1] <= meaning.day:
        return found
    year = year_of(words.at(last[0] + 1)) if words.at(last[0]) == "," else None
    return end, replace(meaning, year=year)


def day_first(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "8 June 1990", "the 8th of June"; the day with an article too: "the 8 June"."""
    day = day_number(words, i)
    if day is None and words.at(i) == "the":
        day = day_number(words, i + 1)
    if day is None:
        return None
    j = day[0] + (words.at(day[0]) == "of")
    month = month_at(words, j, v)
    if month is None:
        return None
    named = Meaning(month=int(month[1]["number"]), day=day[1], marks=(mark(month[1], j, month[0]),))
    return with_year(words, (month[0], named), v)


def in_figures(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "2018-09-08", and "25/12/2018" where only one order of day and month is possible."""
    parts = [words.at(i + k) for k in range(5)]
    if not (parts[1] == parts[3] and parts[1] in {"-", "/", "."} and all(words.glued(i + k) for k in range(4))):
        return None
    stamp = STAMP.fullmatch(parts[4])
    if stamp is not None and len(parts[0]) == 4:  # "2018-09-08T14:30:00Z"
        parts[4] = stamp.group(1)
    if not all(part.isdigit() and part.isascii() for part in parts[::2]):
        return None
    a, b, c = (int(part) for part in parts[::2])
    if len(parts[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
        return i + 5, Meaning(year=a, month=b, day=c)
    if len(parts[4]) != 4 or not (a > 12 >= b or b > 12 >= a or a == b) or not 1 <= min(a, b) <= max(a, b) <= 31:
        return None
    return i + 5, Meaning(year=c, month=min(a, b), day=max(a, b))


def a_weekday(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "Friday", "Friday, Oct. 23", "Fridays"."""
    row = v.weekdays.get(words.at(i))
    if row is None:
        plural = v.weekdays.get(words.at(i)[:-1]) if words.at(i).endswith("days") else None
        if plural is None:
            return None
        return i + 1, Meaning(TimeKind.SET, literal=f"XXXX-WXX-{plural['number']}", marks=(mark(plural, i, i + 1),))
    if not words.text[i][0].isupper():
        return None
    day = Meaning(weekday=int(row["number"]), marks=(mark(row, i, i + 1),))
    j = i + 1 + (words.at(i + 1) == ",")
    j += words.at(j) == "the" and words.at(j + 1)[:1].isdigit()
    date = longest([month_first(words, j, v), day_first(words, j, v)])
    if date is not None and date[1].day is not None:
        return date[0], replace(date[1], weekday=day.weekday, marks=day.marks + date[1].marks)
    if words.at(i) != row.key and words.at(i - 1) not in POINTING:
        return None
    return i + 1, day


def a_season(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the summer", "the fall of 2017", "spring 1994"."""
    j = i + (words.at(i) == "the")
    row = v.seasons.get(words.at(j))
    if row is None:
        return None
    end, meaning = with_year(words, (j + 1, Meaning(season=row["code"], marks=(mark(row, j, j + 1),))), v)
    if end == j + 1 and row.flag("article") and words.at(end) == "of":  # "the fall of the town"
        return None
    return end, meaning


def a_quarter(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "the third quarter", "the first half of 1989", "the 1988 second quarter", "third-quarter"."""
    if QUARTER.fullmatch(words.at(i)):
        return with_year(words, (i + 1, Meaning(quarter=int(words.at(i)[1]))), v)
    j = i + (words.at(i) in ARTICLES)
    if j > i and (words.at(i) == "a" or words.at(j + 1) in DASHES):
        return None
    year = year_of(words.at(j))
    j += year is not None
    j += words.at(j) in FINE
    j += words.at(j) in DASHES
    nth = ordinal(words, j)
    if words.at(j) in {"last", "latter"} and words.at(j + 1) == "half":
        nth = (j + 1, 2)
    if nth is None or nth[1] > 4:
        return None
    k = nth[0] + (words.at(nth[0]) in DASHES) + (words.at(nth[0]) in FINE)
    unit = words.at(k)
    if unit not in {"quarter", "half"} or (unit == "half" and (nth[1] > 2 or words.at(k + 1) not in {"of", "this"})):
        return None
    proof = (mark(v.units["quarter"], k, k + 1),) if unit == "quarter" else ()
    named = Meaning(
        year=year, marks=proof, quarter=nth[1] if unit == "quarter" else None, half=nth[1] if unit == "half" else None
    )
    found = with_year(words, (k + 1, named), v) if year is None else (k + 1, named)
    return None if unit == "half" and found[0] == k + 1 else found


def a_holiday(words: Words, i: int, v: Vocabulary) -> Found | None:
    """As in "Christmas Eve", with a year where one follows."""
    found = phrase_at(v.holidays, words, i)
    if found is None or not words.text[i][0].isupper():
        return None
    return with_year(words, (found[0], Meaning(holiday=found[1]["rule"], marks=(mark(found[1], i, found[0]),))), v)
