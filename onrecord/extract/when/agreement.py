"""The calendar's agreement: "Friday, 23 October" exists in one year of five to eleven.

Where the report's date is already known to a few years, a day told with its weekday, but without its year, tells which:
news names such days within a year of its own day.
"""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, Window, why

YEAR = timedelta(366)
ONE = timedelta(1)
FEW = 11  # years, from the first to the last in which the report can have come out


def weekdays(evidence: Evidence, window: Window) -> list[Told]:
    """A weekday, month and day that agree in only one of the years that are left: a year from that day on or back."""
    if window.start is None or window.end is None or window.end.year - window.start.year > FEW:
        return []
    for clue in evidence.clues:
        m = clue.meaning
        if m.weekday is None or m.month is None or m.day is None or m.year is not None or m.year_shift is not None:
            continue
        fits = [ends for ends in _ends(clue, window) if ends[0] < window.end and window.start < ends[1]]
        if len(fits) == 1:
            note = f"“{clue.tokens.text}” agrees with the calendar in one year only of those left"
            return [Told(*fits[0], (why("weekday-agrees", clue, note),))]
    return []


def _ends(clue: Clue, window: Window) -> list[tuple[date, date]]:
    """For each year in which weekday and day agree, the days on which a report can name it without its year."""
    assert window.start is not None
    assert window.end is not None
    found = []
    for year in range(max(window.start.year - 1, 1), min(window.end.year + 1, 9997) + 1):
        day = _day(year, clue)
        if day is None:
            continue
        back = timedelta(0) if clue.clause.lean is Lean.PAST else YEAR
        on = ONE if clue.clause.lean is Lean.FUTURE else YEAR
        found.append((max(day - back, date.min + ONE), day + on))
    return found


def _day(year: int, clue: Clue) -> date | None:
    m = clue.meaning
    try:
        day = date(year, m.month or 1, m.day or 1)
    except ValueError:  # 29 February
        return None
    return day if day.isoweekday() == m.weekday and 1 < year < 9998 else None
