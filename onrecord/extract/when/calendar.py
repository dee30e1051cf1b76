"""The calendar: what the words of a time expression mean, and which days that is, seen from a given day.

``Meaning`` is what was said ("the last May", "two weeks back"), ``denote`` turns it into ``Days``: a half-open stretch
with its TIMEX3 value (ISO 24617-1, as in TimeBank) and its EDTF string (ISO 8601-2:2019). Nothing here knows what day
it is: the day to reckon from is always handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from onrecord.record import Precision, TimeKind

Mark = tuple[str, int, int]  # a lexicon row and the words, from and to, that set it off


class Lean(Enum):
    """To which side of the reference day an incomplete date is looked for."""

    PAST = -1
    NEAREST = 0
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a time expression says, before anything is reckoned.

    ``shift``: last -1, this 0, next 1, applied to the finest named unit. ``year_shift``: the same for a year named
    beside it ("May of last year"). ``count`` and ``unit``: a length (``None`` = "some"). ``way``: ago, hence (from the
    reference day), earlier, later (from the time spoken of), past, coming (a stretch that touches the reference day),
    first, last (so much at the beginning or end of what is named).
    ``literal``: a TIMEX3 value that the words give whole (PAST_REF, P1D of "daily"). ``lent``: the year stands beside
    another time. ``previous``: counted from the time spoken of before. ``until``: the other end of a range that begins
    here.
    """

    kind: TimeKind = TimeKind.DATE
    year: int | None = None
    year_shift: int | None = None
    decade: int | None = None
    century: int | None = None
    half: int | None = None
    quarter: int | None = None
    season: str = ""
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    holiday: str = ""
    day_offset: int | None = None
    part: str = ""
    clock: str = ""
    shift: int | None = None
    unit: str = ""
    count: float | None = None
    way: str = ""
    literal: str = ""
    mod: str = ""
    before_christ: bool = False
    lent: bool = False
    previous: bool = False
    until: Meaning | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def absolute(self) -> bool:
        """Whether the words alone name the days, the year included."""
        named = self.year is not None or self.decade is not None or self.century is not None
        return named and not self.previous


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of the calendar, ``end`` excluded; either end may be open."""

    start: date | None
    end: date | None
    precision: Precision
    timex: str
    edtf: str = ""
    clock: str = ""
    note: str = ""


SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
SEASON_EDTF = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "weekend": "WE",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
PRECISION = {
    "second": Precision.MINUTE, "minute": Precision.MINUTE, "hour": Precision.HOUR, "day": Precision.DAY,
    "week": Precision.WEEK, "fortnight": Precision.WEEK, "weekend": Precision.DAY, "month": Precision.MONTH,
    "quarter": Precision.QUARTER, "year": Precision.YEAR, "decade": Precision.DECADE, "century": Precision.CENTURY,
}  # fmt: skip
ONE = timedelta(1)


# ----------------------------------------------------------------------------------------------------- single units


def of_day(day: date) -> Days:
    """One day."""
    return Days(day, day + ONE, Precision.DAY, day.isoformat(), day.isoformat())


def of_week(day: date) -> Days:
    """The week (from Monday, ISO 8601) that holds a day."""
    monday = day - timedelta(day.weekday())
    year, week, _ = monday.isocalendar()
    edtf = f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"
    return Days(monday, monday + timedelta(7), Precision.WEEK, f"{year:04d}-W{week:02d}", edtf)


def of_weekend(day: date) -> Days:
    """The Saturday and Sunday of the week that holds a day."""
    week = of_week(day)
    assert week.start is not None
    saturday = week.start + timedelta(5)
    edtf = f"{saturday.isoformat()}/{(saturday + ONE).isoformat()}"
    return Days(saturday, saturday + timedelta(2), Precision.DAY, week.timex + "-WE", edtf)


def of_months(first: int, length: int, precision: Precision, timex: str, edtf: str = "") -> Days:
    """Months counted from year 0: ``first`` = 12 * year + month - 1. Raises ValueError outside years 1 to 9999."""
    return Days(_month_start(first), _month_start(first + length), precision, timex, edtf or timex)


def _month_start(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def of_month(index: int) -> Days:
    """One month, counted from year 0."""
    return of_months(index, 1, Precision.MONTH, f"{index // 12:04d}-{index % 12 + 1:02d}")


def of_quarter(index: int) -> Days:
    """One quarter, counted from year 0."""
    year, quarter = divmod(index, 4)
    return of_months(index * 3, 3, Precision.QUARTER, f"{year:04d}-Q{quarter + 1}", f"{year:04d}-{33 + quarter}")


def of_half(year: int, half: int) -> Days:
    """Half a year."""
    return of_months(year * 12 + 6 * half - 6, 6, Precision.SEASON, f"{year:04d}-H{half}", f"{year:04d}-{39 + half}")


def of_season(year: int, season: str) -> Days:
    """A season by its months in the north; a winter belongs to the year in which it begins."""
    first = year * 12 + SEASON_MONTHS[season] - 1
    return of_months(first, 3, Precision.SEASON, f"{year:04d}-{season}", f"{year:04d}-{SEASON_EDTF[season]}")


def of_year(year: int) -> Days:
    """One year."""
    return of_months(year * 12, 12, Precision.YEAR, f"{year:04d}")


def of_decade(year: int) -> Days:
    """The decade that a year lies in."""
    return of_months(year // 10 * 120, 120, Precision.DECADE, f"{year // 10:03d}", f"{year // 10:03d}X")


def of_century(year: int) -> Days:
    """The hundred years that begin with the same two figures."""
    start = max(year // 100 * 1200, 12)
    length = (year // 100 + 1) * 1200 - start
    return of_months(start, length, Precision.CENTURY, f"{year // 100:02d}", f"{year // 100:02d}XX")


def step(unit: str, day: date, count: int) -> Days:
    """The unit ``count`` units away from the one that holds a day. Raises ValueError out of the calendar."""
    month = day.year * 12 + day.month - 1
    if unit in CLOCK_UNITS:
        return of_day(day)
    if unit == "day":
        return of_day(day + timedelta(count))
    if unit in {"week", "fortnight"}:
        return of_week(day + timedelta(DAYS_IN[unit] * count))
    if unit == "weekend":
        return of_weekend(day + timedelta(7 * count))
    makers: dict[str, Callable[[], Days]] = {
        "month": lambda: of_month(month + count),
        "quarter": lambda: of_quarter(month // 3 + count),
        "year": lambda: of_year(day.year + count),
        "decade": lambda: of_decade(day.year + 10 * count),
        "century": lambda: of_century(day.year + 100 * count),
    }
    return makers[unit]()


def move(day: date, unit: str, count: float) -> date:
    """The day ``count`` units on; the 31st becomes the last of a shorter month. Raises ValueError, OverflowError."""
    if unit in CLOCK_UNITS:
        return day
    if unit in DAYS_IN:
        return day + timedelta(round(DAYS_IN[unit] * count))
    index = day.year * 12 + day.month - 1 + round(MONTHS_IN[unit] * count)
    first = _month_start(index)
    last = (_month_start(index + 1) - ONE).day
    return first.replace(day=min(day.day, last))


def duration(unit: str, count: float | None) -> str:
    """The ISO 8601 duration of so many units; X for an unsaid number."""
    letter = LETTERS[unit]
    if count is not None and count % 1 and unit in {"decade", "century"}:
        letter, count, unit = "Y", count * MONTHS_IN[unit] / 12, "year"
    if count is not None and unit == "fortnight":
        count *= 2
    if count is not None and unit == "quarter":
        letter, count = "M", count * 3
    number = "X" if count is None else f"{count:g}"
    if count is not None and count % 1 == 0.5 and unit in {"year", "hour", "minute"}:
        half = {"year": "6M", "hour": "30M", "minute": "30S"}[unit]
        return f"P{'T' if unit in CLOCK_UNITS else ''}{int(count) or ''}{letter if int(count) else ''}{half}"
    return f"P{'T' if unit in CLOCK_UNITS else ''}{number}{'D' if letter == 'WE' else letter}"


def holiday(rule: str, year: int) -> date:
    """The day of a holiday in a year: MM-DD, MM-Wn-d (n-th weekday, 5 = last), easter+N."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    if "W" not in rule:
        return date(year, int(rule[:2]), int(rule[3:]))
    month, nth, weekday = int(rule[:2]), int(rule[4]), int(rule[6])
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else day - timedelta(7)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


# ------------------------------------------------------------------------------------------------- from a given day


def choose(at: Callable[[int], Days], year: int, anchor: date, lean: Lean) -> Days:
    """Of the yearly returns of something ("May", "Sept. 8"), the one that is meant, seen from a day.

    A return that holds the day is meant in any case. Raises ValueError out of the calendar.
    """
    around = [days for days in map(_or_none(at), (year - 1, year, year + 1)) if days is not None]
    holding = [days for days in around if days.start <= anchor < days.end]  # type: ignore[operator]
    if holding:
        return holding[0]
    before = [days for days in around if days.end <= anchor]  # type: ignore[operator]
    after = [days for days in around if days.start > anchor]  # type: ignore[operator]
    if lean is Lean.PAST and before:
        return before[-1]
    if lean is Lean.FUTURE and after:
        return after[0]
    return min(around, key=lambda days: min(abs(days.start - anchor), abs(days.end - anchor)))  # type: ignore[operator]


def _or_none(at: Callable[[int], Days]) -> Callable[[int], Days | None]:
    def made(year: int) -> Days | None:
        try:
            return at(year)
        except (ValueError, OverflowError):  # 29 February, or a year outside the calendar
            return None

    return made


def denote(meaning: Meaning, anchor: date | None, lean: Lean) -> Days | None:
    """The days that a meaning names, seen from a day (``None``: only what needs no such day). Never raises."""
    try:
        days = _plain(meaning, anchor, lean)
        return None if days is None else _with_clock(days, meaning)
    except (ValueError, OverflowError, KeyError):
        return None


def _plain(meaning: Meaning, anchor: date | None, lean: Lean) -> Days | None:
    if meaning.way in {"first", "last"}:
        whole = _plain(replace(meaning, unit="", count=None, way=""), anchor, lean)
        return None if whole is None else _part(whole, meaning)
    if meaning.before_christ:
        return None
    if meaning.year_shift is not None and meaning.year is None:
        if anchor is None:
            return None
        meaning = replace(meaning, year=anchor.year + meaning.year_shift, shift=None)
    if meaning.year is not None:
        return _in_year(meaning, meaning.year)
    if meaning.decade is not None:
        return of_decade(meaning.decade)
    if meaning.century is not None:
        return of_century(meaning.century)
    return None if anchor is None else _from_day(meaning, anchor, lean)


def _part(whole: Days, meaning: Meaning) -> Days | None:
    """As in "the first week of May": so much at the beginning or the end of a stretch."""
    if whole.start is None or whole.end is None or meaning.count is None:
        return None
    if meaning.way == "first":
        start, end = whole.start, min(whole.end, move(whole.start, meaning.unit, meaning.count))
    else:
        start, end = max(whole.start, move(whole.end, meaning.unit, -meaning.count)), whole.end
    if end - start == ONE:
        return of_day(start)
    edtf = f"{start.isoformat()}/{(end - ONE).isoformat()}"
    return Days(start, end, PRECISION[meaning.unit], duration(meaning.unit, meaning.count), edtf)


def _in_year(meaning: Meaning, year: int) -> Days:
    if meaning.holiday:
        return of_day(holiday(meaning.holiday, year))
    if meaning.month is not None and meaning.day is not None:
        return of_day(date(year, meaning.month, meaning.day))
    if meaning.month is not None:
        return of_month(year * 12 + meaning.month - 1)
    if meaning.season:
        return of_season(year, meaning.season)
    if meaning.quarter is not None:
        return of_quarter(year * 4 + meaning.quarter - 1)
    if meaning.half is not None:
        return of_half(year, meaning.half)
    return of_year(year)


def _from_day(meaning: Meaning, anchor: date, lean: Lean) -> Days | None:
    if meaning.day_offset is not None:
        return of_day(anchor + timedelta(meaning.day_offset))
    if meaning.way:
        return _counted(meaning, anchor)
    if meaning.weekday is not None and meaning.month is None:
        return of_day(_weekday(meaning, anchor, lean))
    if meaning.unit == "weekend" and meaning.shift is None:
        over = lean is not Lean.FUTURE and anchor.isoweekday() < 6
        return step("weekend", anchor, -1 if over else 0)
    if meaning.unit and meaning.shift is not None:
        return step(meaning.unit, anchor, meaning.shift)
    if meaning.day is not None and meaning.month is None:
        return of_day(_day_of_month(meaning.day, anchor, lean))
    if meaning.holiday or meaning.month is not None or meaning.season or meaning.quarter or meaning.half:
        return _yearly(meaning, anchor, lean)
    return of_day(anchor) if meaning.part or meaning.clock else None


def _counted(meaning: Meaning, anchor: date) -> Days | None:
    """As in "two weeks ago", "in three days", "the past six months"."""
    if meaning.count is None:
        return None
    if meaning.way in {"past", "coming"}:
        back = move(anchor, meaning.unit, -meaning.count if meaning.way == "past" else meaning.count)
        start, end = (back, anchor + ONE) if meaning.way == "past" else (anchor, back + ONE)
        timex = duration(meaning.unit, meaning.count)
        return Days(start, end, PRECISION[meaning.unit], timex, f"{start.isoformat()}/{(end - ONE).isoformat()}")
    sign = -1 if meaning.way in {"ago", "earlier"} else 1
    day = move(anchor, meaning.unit, sign * meaning.count)
    return step(meaning.unit, day, 0)


def _weekday(meaning: Meaning, anchor: date, lean: Lean) -> date:
    assert meaning.weekday is not None
    ahead = (meaning.weekday - anchor.isoweekday()) % 7
    if meaning.shift == 1:
        return anchor + timedelta(ahead or 7)
    if meaning.shift == -1:
        return anchor + timedelta(ahead - 7)
    if ahead == 0 or lean is Lean.FUTURE or (lean is Lean.NEAREST and ahead <= 3):
        return anchor + timedelta(ahead)
    return anchor + timedelta(ahead - 7)


def _day_of_month(number: int, anchor: date, lean: Lean) -> date:
    """As in "on the 20th": of the month that holds the anchor, or of the one beside it on the side that is meant."""
    months = 0
    if lean is Lean.PAST and number > anchor.day:
        months = -1
    if lean is Lean.FUTURE and number < anchor.day:
        months = 1
    return _month_start(anchor.year * 12 + anchor.month - 1 + months).replace(day=number)


def _yearly(meaning: Meaning, anchor: date, lean: Lean) -> Days:
    def at(year: int) -> Days:
        return _in_year(meaning, year)

    if meaning.shift is None:
        agreeing = _on_weekday(at, anchor, meaning.weekday)
        return agreeing if agreeing is not None else choose(at, anchor.year, anchor, lean)
    around = [days for days in map(_or_none(at), range(anchor.year - 2, anchor.year + 3)) if days is not None]
    if meaning.shift < 0:  # the last that is over
        return [days for days in around if days.end <= anchor][-1]  # type: ignore[operator]
    if meaning.shift > 0:
        return next(days for days in around if days.start > anchor)  # type: ignore[operator]
    holding = [days for days in around if days.start <= anchor < days.end]  # type: ignore[operator]
    return holding[0] if holding else at(anchor.year)


def _on_weekday(at: Callable[[int], Days], anchor: date, weekday: int | None) -> Days | None:
    """As in "Friday, Oct. 23": in the nearest year in which the two agree."""
    for year in (anchor.year, anchor.year - 1, anchor.year + 1) if weekday is not None else ():
        days = _or_none(at)(year)
        if days is not None and days.start is not None and days.start.isoweekday() == weekday:
            return days
    return None


def _with_clock(days: Days, meaning: Meaning) -> Days:
    if days.precision is not Precision.DAY or not (meaning.clock or meaning.part):
        return days
    if meaning.clock:
        return replace(days, timex=f"{days.timex}T{meaning.clock}", precision=Precision.MINUTE, clock=meaning.clock)
    if meaning.part.startswith("T") and meaning.part[1].isdigit():
        clock = meaning.part[1:]
        return replace(days, timex=days.timex + meaning.part, precision=Precision.HOUR, clock=clock)
    return replace(days, timex=days.timex + meaning.part)
