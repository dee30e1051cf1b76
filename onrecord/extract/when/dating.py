"""The report's own date: given, stated in the text, or closed in upon by what the text says.

In this order: the document's own date; a line that says so ("Published 3 May 2019"); a dateline; constraints between
the time expressions. The last gives a stretch, as wide as the words leave it, with the words that prove it. Prior art
for the constraints: Chambers, Labeling Documents with Timestamps (ACL 2012).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when import (
    accounts,
    agreement,
    anniversaries,
    bounds,
    comparisons,
    datelines,
    equations,
    footers,
    lapses,
    lives,
    plans,
    terms,
)
from onrecord.extract.when.calendar import Lean, Meaning, denote
from onrecord.extract.when.clues import Clue, Evidence, Told, Window, gather, why
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
    evidence: Evidence | None = None
    if any(_later(line, reading) for line in whole):
        evidence = gather(reading, parse, tools)
        whole = [line for line in whole if not _contradicted(line, evidence.clues)]
    if whole:
        return _stated(whole)
    evidence = gather(reading, parse, tools) if evidence is None else evidence
    window = _window(evidence)
    _in_the_year(lines, evidence.clues, window)
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
    told = (c for c in clues if c.named and c.clause.note.endswith("is past") and c.holder.pos_ in {"VERB", "AUX"})
    return line.rule != "stated-line" and end is not None and any(clue.start > end for clue in told)


def _in_the_year(lines: list[DateLine], clues: list[Clue], window: Window) -> None:
    """A date line without its year: the year is the one left by what else the text says, if it leaves one."""
    meanings = {clue.expression.id: clue.meaning for clue in clues}
    for line in lines:
        meaning = meanings.get(line.expression.id)
        if meaning is None or meaning.year is not None or meaning.month is None or meaning.day is None:
            continue
        if window.start is None:
            return
        last = window.end.year if window.end is not None else window.start.year + 40
        days = [day for day in (_in(meaning, year) for year in range(window.start.year, last + 1)) if day is not None]
        days = [day for day in days if day >= window.start and (window.end is None or day < window.end)]
        if line.ending is not None:
            days = [day for day in days if day.year % 100 == line.ending]
        if days:
            known = window.end is not None or (line.ending is not None and len(days) == 1)
            window.narrow(Told(days[0], days[-1] + ONE if known else None, line.reasons))
            window.precise = len(days) == 1 and known
        return


def _in(meaning: Meaning, year: int) -> date | None:
    """The day that a date line names in a year, if it exists there and falls on the weekday named with it."""
    days = denote(replace(meaning, year=year, clock="", part=""), None, Lean.NEAREST)
    if days is None or days.start is None:
        return None
    return days.start if meaning.weekday in {None, days.start.isoweekday()} else None


# ------------------------------------------------------------------------------------------------------- closed in upon


def _window(evidence: Evidence) -> Window:
    """What the bounds leave, then what the equations between times leave of that, then what the year so found tells."""
    window = Window(None, None, [])
    for bound in (bounds.older, bounds.younger):
        for told in bound(evidence):
            window.narrow(told)
    window.equate([told for rule in EQUATIONS for told in rule(evidence)])
    for finer in FINER:
        for told in finer(evidence, window):
            window.narrow(told)
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


def _this_year_is_another(evidence: Evidence, window: Window) -> list[Told]:
    """As in "began last autumn and went on this year": this year is not the year of that autumn."""
    if not window.closed or window.start is None or window.start.month == 1 or window.start.year > 9998:
        return []
    relative = {c.sentence for c in evidence.clues if c.meaning.shift == -1 and (c.meaning.season or c.meaning.month)}
    first = date(window.start.year + 1, 1, 1)
    note = "“this year” is set against a season before it, so it is a later year"
    found = [c for c in evidence.clues if c.sentence in relative and c.is_year(0)]
    return [Told(first, None, (why("this-year", clue, note),)) for clue in found[:1]]


def _told_from_last_year(evidence: Evidence, window: Window) -> list[Told]:
    """As in "May of last year" beside a bare "May", past: the bare one is of the report's own year."""
    if not window.closed or window.start is None or window.end is None:
        return []
    if window.start.year != (window.end - ONE).year:
        return []
    told_apart = {c.meaning.month for c in evidence.clues if c.meaning.month is not None and c.meaning.year_shift == -1}
    note = "the report tells this month from that of last year, so it is past in the report's year"
    found = []
    for clue in evidence.clues:
        m = clue.meaning
        bare = m.year is None and m.year_shift is None and m.shift is None and m.month in told_apart
        if bare and m.month is not None and clue.clause.lean is Lean.PAST:
            first = _in(Meaning(month=m.month, day=m.day or 1), window.start.year)
            found.append(Told(first, None, (why("told-from-last-year", clue, note),)))
    return found


EQUATIONS = (
    *equations.RULES, *anniversaries.RULES, *lapses.RULES, *comparisons.RULES, *accounts.RULES, *terms.RULES,
    *lives.RULES, *plans.RULES, *footers.RULES,
)  # fmt: skip
FINER = (_this_year_is_another, _told_from_last_year, agreement.weekdays)
