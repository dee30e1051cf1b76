"""Calendar time in words, short enough for a column."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.record import TimeInterval

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_in_words(interval: TimeInterval | None) -> str:
    """An interval in words, at most 24 characters; empty if unknown. A "~" before it: inferred; "c.": approximate.

    >>> from onrecord.record import Basis, Precision
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
