"""Calendar time in the strings of two standards: EDTF (ISO 8601-2:2019) and TIMEX3 (ISO 24617-1, TimeML).

Both say less than an interval with its reasons does, and neither is ever read back.
"""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.record import Precision, TimeInterval

SEASONS = {3: ("21", "SP"), 6: ("22", "SU"), 9: ("23", "FA"), 12: ("24", "WI")}
QUARTERS = {1: ("33", "Q1"), 4: ("34", "Q2"), 7: ("35", "Q3"), 10: ("36", "Q4")}
HALVES = {1: ("40", "H1"), 7: ("41", "H2")}
# What has no name of its own in EDTF that a "~" may follow.
UNQUALIFIED = frozenset({Precision.SEASON, Precision.QUARTER, Precision.DECADE, Precision.CENTURY})
ONE = timedelta(1)


def edtf(interval: TimeInterval | None) -> str:
    """The EDTF string of an interval, level 0 to 2; empty if unknown.

    A stretch of the calendar by its name; another one as ``[first..last]``, one of these days, or as ``first/last``
    where it lasted throughout. ``..`` is an open end, "~" approximate.

    >>> from onrecord.record import Basis
    >>> def between(start, end, size=Precision.DAY, **more):
    ...     return edtf(TimeInterval(start, end, size, Basis.EXPLICIT, inferred=False, **more))
    >>> between(date(2023, 3, 4), date(2023, 3, 5)), between(date(2011, 9, 1), date(2011, 12, 1), Precision.SEASON)
    ('2023-03-04', '2011-23')
    >>> between(date(2023, 3, 6), date(2023, 3, 13)), between(date(2023, 3, 6), date(2023, 3, 13), throughout=True)
    ('[2023-03-06..2023-03-12]', '2023-03-06/2023-03-12')
    >>> between(None, date(2023, 3, 5)), between(date(2023, 3, 4), None, approximate=True)
    ('[..2023-03-04]', '2023-03-04~/..')
    """
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    start, last = interval.start, interval.end - ONE if interval.end else None
    named = _named(start, last, interval.precision)
    about = "~" if interval.approximate else ""
    if named and not (about and (interval.precision in UNQUALIFIED or "X" in named[0])):
        return named[0] + about
    if interval.throughout or about:
        return f"{start}{about}/{last}{about}".replace(f"None{about}", "..")
    return f"[{start or ''}..{last or ''}]"


def timex(interval: TimeInterval | None) -> str:
    """The TIMEX3 value of an interval: its name, else the figures that its days share, X for the others.

    >>> from onrecord.record import Basis
    >>> def between(start, end, size):
    ...     return timex(TimeInterval(start, end, size, Basis.EXPLICIT, inferred=False))
    >>> between(date(2012, 1, 1), date(2012, 12, 1), Precision.YEAR)
    '2012-XX-XX'
    >>> between(date(2012, 1, 2), date(2012, 1, 9), Precision.WEEK), timex(None)
    ('2012-W01', 'XXXX-XX-XX')
    """
    if interval is None or interval.start is None or interval.end is None:
        return "XXXX-XX-XX"
    start, last = interval.start, interval.end - ONE
    named = _named(start, last, interval.precision)
    if named:
        return named[1] + (f"T{interval.clock}" if interval.clock and start == last else "")
    if (last - start).days == 6 and start.isoweekday() == 1:
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return _shared(start.isoformat(), last.isoformat())


def _shared(first: str, last: str) -> str:
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), len(first))
    return first[:same] + "".join("-" if char == "-" else "X" for char in first[same:])


def _named(start: date | None, last: date | None, precision: Precision) -> tuple[str, str] | None:
    """The names of a stretch in EDTF and in TIMEX3, if it is a day, month, season, quarter, year ... and no other."""
    if start is None or last is None:
        return None
    if start == last:
        return start.isoformat(), start.isoformat()
    if start.day != 1 or (last + ONE).day != 1:
        return None
    months = 12 * (last.year - start.year) + last.month - start.month + 1
    return _months(start, months, precision)


def _months(start: date, months: int, precision: Precision) -> tuple[str, str] | None:
    """The names of so many whole months from the first of a month on."""
    year = f"{start.year:04d}"
    if months == 1:
        return (f"{year}-{start.month:02d}",) * 2
    tables = {(3, Precision.SEASON): SEASONS, (3, Precision.QUARTER): QUARTERS, (6, Precision.SEASON): HALVES}
    names = tables.get((months, precision), {}).get(start.month)
    if names is not None:
        return f"{year}-{names[0]}", f"{year}-{names[1]}"
    if months == 12 and start.month == 1:
        return year, year
    for size, figures in ((120, 3), (1200, 2)):
        if months == size and year[figures:] == "0" * (4 - figures) and start.month == 1:
            return year[:figures] + "X" * (4 - figures), year[:figures]
    return None
