"""Calendar time in words, short enough for a column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.record import Basis, Precision, TimeInterval

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Days of the longest stretch of each size: what is longer is not that stretch, but holds it.
LONGEST = {
    Precision.MINUTE: 1, Precision.HOUR: 1, Precision.DAY: 1, Precision.WEEK: 7, Precision.MONTH: 31,
    Precision.SEASON: 184, Precision.QUARTER: 92, Precision.YEAR: 366,
}  # fmt: skip
# How many of year, month and day name a stretch of each size.
PARTS = {
    Precision.MONTH: 2, Precision.SEASON: 2, Precision.QUARTER: 2, Precision.YEAR: 1, Precision.DECADE: 1,
    Precision.CENTURY: 1,
}  # fmt: skip


def days_in_words(interval: TimeInterval | None) -> str:
    """An interval in words, at most 24 characters; empty if unknown. A "~" before it: inferred; "c.": approximate.

    >>> given = TimeInterval(date(2023, 3, 4), date(2023, 3, 5), Precision.DAY, Basis.EXPLICIT, inferred=False)
    >>> days_in_words(given)
    '4 Mar 2023'
    >>> year = date(2023, 1, 1), date(2024, 1, 1)
    >>> days_in_words(TimeInterval(*year, Precision.YEAR, Basis.PUBLICATION, inferred=True))
    '~2023'
    >>> days_in_words(TimeInterval(None, date(2023, 3, 5), Precision.DAY, Basis.EXPLICIT, inferred=False))
    'until 4 Mar 2023'
    """
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    mark = ("~" if interval.inferred else "") + ("c. " if interval.approximate else "")
    return mark + _stretch(interval)


def when_in_words(interval: TimeInterval | None) -> str:
    """An interval in words, however many it needs; "a day between ..." where it is known no better; empty if unknown.

    >>> days = date(2011, 5, 1), date(2012, 6, 1)
    >>> when_in_words(TimeInterval(*days, Precision.MONTH, Basis.PUBLICATION, inferred=True))
    'a month between 1 May 2011 and 31 May 2012, inferred'
    """
    if interval is None or (interval.start is None and interval.end is None):
        return relation_in_words(interval)
    words = days_in_words(replace(interval, inferred=False))
    start, end, longest = interval.start, interval.end, LONGEST.get(interval.precision, 0)
    if longest and start is not None and end is not None and not interval.throughout and (end - start).days > longest:
        words = f"a {interval.precision.value} {_between(start, end - timedelta(days=1))}"
    return words + (", inferred" if interval.inferred else "")


def soft_in_words(interval: TimeInterval | None) -> str:
    """An interval in words for a timeline, where no day is meant that is not known; empty if it has no days.

    >>> def between(start, end, **more):
    ...     return soft_in_words(TimeInterval(start, end, Precision.DAY, Basis.EXPLICIT, inferred=False, **more))
    >>> between(date(2023, 5, 3), date(2023, 5, 10)), between(date(2023, 5, 3), date(2023, 5, 4), approximate=True)
    ('between 3 and 9 May 2023', 'about 3 May 2023')
    >>> between(None, date(2023, 5, 3)), between(date(2023, 5, 3), None, throughout=True)
    ('before 3 May 2023', 'since 3 May 2023')
    """
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    about = "about " if interval.approximate else ""
    if interval.start is None:
        return f"{about}before {_day(interval.end)}" if interval.end else ""
    if interval.end is None and interval.throughout:
        return f"{about}since {_in_parts(known_ends(interval)[0])}"
    if interval.end is None:
        return f"{about}on or after {_day(interval.start)}"
    last = interval.end - timedelta(days=1)
    if interval.throughout or is_unit(interval):
        return about + _stretch(interval)
    return about + _between(interval.start, last)


def is_unit(interval: TimeInterval) -> bool:
    """Whether an interval is one day, one month or one year of the calendar, and nothing between."""
    if interval.start is None or interval.end is None:
        return False
    start, last = interval.start, interval.end - timedelta(days=1)
    months = start.month == last.month or (start.month, last.month) == (1, 12)
    return start == last or (bool(_whole(start, last)) and start.year == last.year and months)


def known_parts(interval: TimeInterval | None) -> tuple[int, ...]:
    """Year, month and day as far as they are known; empty if not even the year is.

    >>> days = date(2011, 5, 3), date(2011, 5, 9)
    >>> known_parts(TimeInterval(*days, Precision.DAY, Basis.EXPLICIT, inferred=False))
    (2011, 5)
    """
    if interval is None or interval.start is None or interval.end is None:
        return ()
    start, last = interval.start.timetuple()[:3], (interval.end - timedelta(days=1)).timetuple()[:3]
    known = next((n for n, (a, b) in enumerate(zip(start, last, strict=True)) if a != b), 3)
    return start[:known]


def known_ends(interval: TimeInterval) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of what lasted from one end to the other, year, month and day of both ends as far as they are known.

    >>> year = TimeInterval(date(2019, 1, 1), None, Precision.YEAR, Basis.EXPLICIT, inferred=False, throughout=True)
    >>> known_ends(year)  # since 2019
    ((2019,), ())
    """
    size = PARTS.get(interval.precision, 3)
    start, after = interval.start, interval.end
    first = _as_known(start, start, size) if start else ()
    return first, _as_known(after - timedelta(days=1), after, size) if after else ()


def _as_known(day: date, border: date, size: int) -> tuple[int, ...]:
    """The first parts of a day, where a unit of that size begins at the border; else all of it."""
    return day.timetuple()[: size if border.timetuple()[size:3] == (1, 1, 1)[size:] else 3]


def _in_parts(parts: tuple[int, ...]) -> str:
    named = [str(parts[0]), *(MONTHS[month - 1] for month in parts[1:2]), *map(str, parts[2:])]
    return " ".join(reversed(named))


def iso_prefix(parts: tuple[int, ...]) -> str:
    """Year, month and day as the beginning of an ISO date.

    >>> iso_prefix((2011, 5)), iso_prefix(())
    ('2011-05', '')
    """
    return "-".join(f"{part:0{2 if n else 4}d}" for n, part in enumerate(parts))


def relation_in_words(interval: TimeInterval | None) -> str:
    """What an act without any days is set against: "after “resigned”"; empty where it has days, or no such relation.

    >>> from onrecord.record import Reason
    >>> why = Reason("order-words#after", "after “resigned”")
    >>> relation_in_words(TimeInterval(None, None, Precision.VAGUE, Basis.EVENT, inferred=True, reasons=(why,)))
    'after “resigned”'
    """
    if interval is None or interval.basis is not Basis.EVENT or interval.start is not None or interval.end is not None:
        return ""
    return "; ".join(dict.fromkeys(reason.note for reason in interval.reasons))


def _between(start: date, last: date) -> str:
    parts = 3 if start.year != last.year else 2 if start.month != last.month else 1
    return f"between {' '.join(_day(start).split()[:parts])} and {_day(last)}"


def published_in_words(interval: TimeInterval | None) -> str:
    """When a report came out, in words: a day; or the days between which it did, from how many clues; "" if unknown.

    >>> from onrecord.record import Reason, Span
    >>> clues = (Reason("a", "", Span(0, 4)), Reason("b", "", Span(9, 12)))
    >>> days = date(2018, 8, 1), date(2018, 12, 1)
    >>> published_in_words(TimeInterval(*days, Precision.SEASON, Basis.EXPRESSION, inferred=True, reasons=clues))
    'between 1 Aug and 30 Nov 2018, inferred from 2 clues'
    """
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    said = _published(interval)
    if not interval.inferred:
        return said
    count = len({reason.span for reason in interval.reasons if reason.span is not None})
    return f"{said}, inferred" + (f" from {count} clue{'' if count == 1 else 's'}" if count else "")


def _published(interval: TimeInterval) -> str:
    start, last = interval.start, interval.end - timedelta(days=1) if interval.end else None
    if last is None:
        return f"on or after {_day(start)}" if start else ""
    if start is None:
        return f"on or before {_day(last)}"
    if not interval.inferred or start == last:
        return _stretch(interval)
    return _between(start, last)


def _stretch(interval: TimeInterval) -> str:
    start = interval.start
    last = interval.end - timedelta(days=1) if interval.end else None
    if start is None:
        return f"until {_day(last)}" if last else ""
    if last is None:
        return f"from {_day(start)}"
    if start == last:
        return _day(start) + (f" {interval.clock}" if interval.clock else "")
    return _whole(start, last) or _from_to(start, last)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _whole(start: date, last: date) -> str:
    """A stretch of whole months or years by its name; else empty."""
    if start.day != 1 or (last + timedelta(days=1)).day != 1:
        return ""
    if (start.month, last.month) == (1, 12):
        return str(start.year) if start.year == last.year else f"{start.year}–{last.year}"
    if (start.year, start.month) == (last.year, last.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    if start.year == last.year:
        return f"{MONTHS[start.month - 1]}–{MONTHS[last.month - 1]} {start.year}"
    return f"{MONTHS[start.month - 1]} {start.year}–{MONTHS[last.month - 1]} {last.year}"


def _from_to(start: date, last: date) -> str:
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day}–{_day(last)}"
    if start.year == last.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {_day(last)}"
    return f"{MONTHS[start.month - 1]} {start.year} – {MONTHS[last.month - 1]} {last.year}"
