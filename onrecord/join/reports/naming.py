"""How a report names others: their outlet, and the day on which they appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from onrecord.join.rows import lexicon
from onrecord.record import Basis, Precision, Reading, Span, TimeInterval

_WORD = re.compile(r"[^\W_]+\.?")
# The name in the address of pages is looked for letter by letter, if it has so many of them.
LETTERS = 7
DAYS, YEARS = range(1, 32), range(1900, 2100)


def published(reading: Reading) -> TimeInterval | None:
    """When a report came out, as it says itself or as was inferred."""
    return reading.published or reading.document.published


@lru_cache
def bare_outlet(outlet: str) -> str:
    """An outlet's name without the article, or the name in the address of its pages."""
    name = re.sub(r"^(?:https?://)?(?:www\.)", "", outlet.strip(), flags=re.IGNORECASE)
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)


def names_outlet(words: str, outlet: str) -> bool:
    """Whether these words name an outlet: as it is written, or letter by letter as in the address of its pages."""
    name = bare_outlet(outlet)
    if not name:
        return False
    at = words.find(name)
    while at >= 0:
        if not (words[at - 1 : at].isalnum() or words[at + len(name) : at + len(name) + 1].isalnum()):
            return True
        at = words.find(name, at + 1)
    letters = re.sub(r"[^a-z0-9]+", "", name.split(".")[0].lower())
    return " " not in name and len(letters) >= LETTERS and letters in re.sub(r"[^a-z0-9]+", "", words.lower())


def named_day(reading: Reading, span: Span) -> TimeInterval | None:
    """The first day that these words name, before the report came out; None if they name none."""
    told = published(reading)
    for time in reading.times:
        interval = time.interval
        if span.contains(time.span) and interval is not None and interval.precision is Precision.DAY:
            return interval
    if told is None or told.end is None:
        return None
    last = told.end - timedelta(1)
    day = next(_days(span.cut(reading.document.text), last), None)
    if day is None:
        return None
    return TimeInterval(day, day + timedelta(1), Precision.DAY, Basis.PUBLICATION, inferred=True)


def _days(words: str, last: date) -> Iterator[date]:
    """The days in words, the latest that are not after ``last``: a weekday before it, or a day of a month."""
    months, weekdays = _numbers("months"), _numbers("weekdays")
    pieces = [piece.group().lower().rstrip(".") for piece in _WORD.finditer(words)]
    for n, piece in enumerate(pieces):
        if piece in weekdays:
            yield last - timedelta((last.isoweekday() - weekdays[piece] - 1) % 7 + 1)
        elif piece in months:
            near = [int(one) for one in (*pieces[n + 1 : n + 3], *pieces[max(0, n - 1) : n]) if one.isdecimal()]
            days, years = ([one for one in near if one in numbers] for numbers in (DAYS, YEARS))
            yield from _of_month(months[piece], days, years, last)


def _of_month(month: int, days: list[int], years: list[int], last: date) -> Iterator[date]:
    for day in days[:1]:
        for year in years[:1] or (last.year, last.year - 1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found <= last:
                yield found
                return


def _numbers(name: str) -> dict[str, int]:
    """The names and short forms of months or weekdays."""
    return {form.rstrip("."): int(row["number"]) for row in lexicon(name) for form in (row.key, *row.words("forms"))}
