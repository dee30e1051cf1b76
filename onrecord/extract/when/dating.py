"""The report's own date: given, stated in the text, or closed in upon by what the text says.

In this order: the document's own date; a line that says so ("Published 3 May 2019"); a dateline; constraints between
the time expressions. The last gives a stretch, as wide as the words leave it, with the words that prove it. Prior art
for the constraints: Chambers, Labeling Documents with Timestamps (ACL 2012).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when import comparisons, datelines
from onrecord.extract.when.calendar import Lean, Meaning, denote, of_season
from onrecord.extract.when.clues import Clue, Window, gather, told_past
from onrecord.extract.when.datelines import DateLine
from onrecord.extract.when.timewords import vocabulary
from onrecord.record import Basis, Precision, Reading, Reason, TimeExpression, TimeInterval

DAYS = frozenset({Precision.DAY, Precision.HOUR, Precision.MINUTE})
UPDATED = "dating.updated"
# A first version and its update this many days apart are told as one stretch; else the first day counts.
UPDATE = timedelta(3)
ONE = timedelta(1)


def find(reading: Reading, parse: Parse, tools: Tools) -> TimeInterval | None:
    """The stage ``dating``: the report's date, given, stated or inferred; None where nothing tells."""
    if reading.document.published is not None:
        return reading.document.published
    lines = datelines.find(reading, vocabulary(tools.lexicons))
    whole = [line for line in lines if _is_day(line.expression)]
    clues: list[Clue] | None = None
    if any(_later(line, reading) for line in whole):
        clues = gather(reading, parse, tools)
        whole = [line for line in whole if not _contradicted(line, clues)]
    if whole:
        return _stated(whole)
    clues = gather(reading, parse, tools) if clues is None else clues
    window = _window(clues)
    _in_the_year(lines, clues, window)
    return _as_interval(window)


# --------------------------------------------------------------------------------------------------- said in the text


def _is_day(expression: TimeExpression) -> bool:
    interval = expression.interval
    return interval is not None and interval.start is not None and interval.precision in DAYS


def _stated(lines: list[DateLine]) -> TimeInterval:
    """The day that the surest line states; with an update soon after it, both days and what lies between."""
    line = next((other for other in lines if other.version == "first"), lines[0])
    day = _interval_of(line)
    if line.rule == "dateline":
        return replace(day, precision=Precision.DAY, basis=Basis.EXPRESSION, inferred=True, clock="",
                       anchor_id=line.expression.id, reasons=line.reasons)  # fmt: skip
    reasons = line.reasons
    update = next((other for other in lines if other.version == "last" and line.version == "first"), None)
    end = day.end
    if update is not None and end is not None:
        last = _interval_of(update)
        if last.end is not None and end < last.end <= end + UPDATE:
            why = Reason(UPDATED, f"the version at hand is of {update.expression.timex}", update.expression.span)
            end, reasons = last.end, (*reasons, why, *update.reasons[1:])
    clock = day.clock if end == day.end else ""
    return TimeInterval(day.start, end, Precision.DAY, Basis.EXPLICIT, inferred=False, clock=clock,
                        anchor_id=line.expression.id, reasons=reasons)  # fmt: skip


def _interval_of(line: DateLine) -> TimeInterval:
    assert line.expression.interval is not None
    return line.expression.interval


def _later(line: DateLine, reading: Reading) -> bool:
    """Whether the report names a day after this one, which then is perhaps not its own."""
    end = _interval_of(line).end
    return line.rule != "stated-line" and any(
        t.interval is not None and t.interval.start is not None and end is not None and t.interval.start > end
        for t in reading.times
    )


def _contradicted(line: DateLine, clues: list[Clue]) -> bool:
    """Whether a sentence tells as past what lies after the day of a line without a word such as "Published"."""
    end = _interval_of(line).end
    told = (clue for clue in clues if clue.named and clue.clause.note.endswith("is past"))
    return line.rule != "stated-line" and end is not None and any(clue.start > end for clue in told)


def _in_the_year(lines: list[DateLine], clues: list[Clue], window: Window) -> None:
    """A date line without its year: the year is the one left by what else the text says, if it leaves one."""
    meanings = {clue.expression.id: clue.meaning for clue in clues}
    for line in lines:
        meaning = meanings.get(line.expression.id)
        if meaning is None or meaning.month is None or meaning.day is None or window.start is None:
            continue
        last = window.end.year if window.end is not None else window.start.year + 40
        days = [day for day in (_in(meaning, year) for year in range(window.start.year, last + 1)) if day is not None]
        days = [day for day in days if day >= window.start and (window.end is None or day < window.end)]
        if days:
            end = days[-1] + ONE if window.end is not None else None
            window.narrow(days[0], end, line.reasons[0])
            window.reasons.extend(line.reasons[1:])
            window.precise = len(days) == 1 and end is not None
        return


def _in(meaning: Meaning, year: int) -> date | None:
    """The day that a date line names in a year, if it exists there and falls on the weekday named with it."""
    days = denote(replace(meaning, year=year, clock="", part=""), None, Lean.NEAREST)
    if days is None or days.start is None:
        return None
    return days.start if meaning.weekday in {None, days.start.isoweekday()} else None


# ------------------------------------------------------------------------------------------------------- closed in upon


def _window(clues: list[Clue]) -> Window:
    window = Window(None, None, [])
    for rule in RULES:
        rule(clues, window)
    return window


def _as_interval(window: Window) -> TimeInterval | None:
    if window.start is None and window.end is None:
        return None
    precision = Precision.VAGUE
    if window.closed and window.start is not None and window.end is not None:
        days = (window.end - window.start).days
        sizes = ((1, Precision.DAY), (31, Precision.MONTH), (125, Precision.SEASON))
        precision = next((size for most, size in sizes if days <= most), Precision.YEAR)
    return TimeInterval(window.start, window.end, precision, Basis.EXPRESSION, inferred=True,
                        approximate=not window.precise, reasons=tuple(window.reasons))  # fmt: skip


def _after_the_past(clues: list[Clue], window: Window) -> None:
    """What is told as past, with its year, lies before the report."""
    past = [c for c in told_past(clues) if c.meaning.mod != "APPROX"]
    latest = max(past, key=lambda c: c.start, default=None)
    if latest is not None:
        note = f"{latest.expression.timex} is told as past, so the report is later"
        window.narrow(latest.start, None, Reason("dating.after-the-past", note, latest.expression.span))


def _before_the_announced(clues: list[Clue], window: Window) -> None:
    """What "will" be, in a year that is named, ends after the report."""
    for clue in clues:
        interval = clue.expression.interval
        if (
            clue.named
            and not clue.beside
            and interval is not None
            and clue.clause.note.startswith(("“will”", "“'ll”", "“’ll”"))
        ):
            note = f"{clue.expression.timex} is told as yet to come, so the report is earlier"
            window.narrow(None, interval.end, Reason("dating.before-the-announced", note, clue.expression.span))


def _the_same_season(clues: list[Clue], window: Window) -> None:
    """As in "last autumn" and "the autumn of 2011" of one thing: the report lies in the year after it."""
    dated = [
        c
        for c in clues
        if c.meaning.year is not None and (c.meaning.season or c.meaning.month) and c.meaning.day is None
    ]
    for clue in clues:
        if clue.meaning.shift != -1 or clue.meaning.previous or clue.meaning.year_shift is not None:
            continue
        for other in dated:
            same = (clue.meaning.season, clue.meaning.month) == (other.meaning.season, other.meaning.month)
            if not same or not clue.about & other.about or other.meaning.year is None:
                continue
            until = _return(other.meaning, other.meaning.year + 1)
            ended = other.expression.interval.end if other.expression.interval is not None else None
            thing = min(clue.about & other.about)
            note = f"“last” is {other.expression.timex} here: both are said of “{thing}”"
            window.narrow(ended, until, Reason("dating.same-season", note, clue.expression.span))
            window.reasons.append(Reason("dating.same-season", note, other.expression.span))
            return


def _return(meaning: Meaning, year: int) -> date | None:
    """The end of the same season or month in another year."""
    days = (
        of_season(year, meaning.season)
        if meaning.season
        else denote(Meaning(year=year, month=meaning.month), None, Lean.PAST)
    )
    return days.end if days is not None else None


def _this_year_is_another(clues: list[Clue], window: Window) -> None:
    """As in "began last autumn and went on this year": this year is not the year of that autumn."""
    if not window.closed or window.start is None:
        return
    relative = {c.sentence for c in clues if c.meaning.shift == -1 and (c.meaning.season or c.meaning.month)}
    for clue in clues:
        if (
            clue.sentence in relative
            and clue.meaning.unit == "year"
            and clue.meaning.shift == 0
            and not clue.meaning.previous
        ):
            first = date(window.start.year + 1, 1, 1) if window.start.month > 1 else None
            note = "“this year” is set against a season before it, so it is a later year"
            window.narrow(first, None, Reason("dating.this-year", note, clue.expression.span))


def _told_from_last_year(clues: list[Clue], window: Window) -> None:
    """As in "May of last year" beside a bare "May", past: the bare one is of the report's own year."""
    if not window.closed or window.start is None or window.end is None:
        return
    if window.start.year != (window.end - timedelta(1)).year:
        return
    told_apart = {c.meaning.month for c in clues if c.meaning.month is not None and c.meaning.year_shift == -1}
    for clue in clues:
        bare = clue.meaning.year is None and clue.meaning.year_shift is None and clue.meaning.shift is None
        month = clue.meaning.month
        if not bare or month is None or month not in told_apart or clue.clause.lean is not Lean.PAST:
            continue
        note = "the report tells this month from that of last year, so it is past in the report's year"
        first = date(window.start.year, month, clue.meaning.day or 1)
        window.narrow(first, None, Reason("dating.told-from-last-year", note, clue.expression.span))


RULES = (
    _after_the_past, _before_the_announced, _the_same_season, _this_year_is_another, _told_from_last_year,
    *comparisons.RULES,
)  # fmt: skip
