"""Resolution: which days a time expression means.

Relative expressions are reckoned from the report's own date, or from the time spoken of before them; the tense and mood
of the clause decide on which side ("met on Friday", "will meet on Friday"). Without a date they stay formulas. If the
report's date is itself a stretch, both its ends are reckoned from, and the answer is as wide as it must be. The clock
of the machine is never asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import CLOCK_UNITS, Days, Lean, Meaning, denote, duration
from onrecord.extract.when.story import ONE, PUBLICATION, Story, from_day_of_report
from onrecord.extract.when.telling import Passage, settle
from onrecord.extract.when.tense import Clause, clause_of
from onrecord.extract.when.times import BLURS, edtf, meaning_of
from onrecord.extract.when.timewords import Words, vocabulary, words_of
from onrecord.extract.when.vagueness import Quoted, vague
from onrecord.record import Alternative, Basis, Precision, Reading, Reason, TimeExpression, TimeInterval, TimeKind

CALENDAR_ORDER = list(Precision)


def resolve(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``resolution``: every expression with its interval, what it was reckoned from, and why."""
    if not reading.times:
        return ()
    words, v = words_of(parse.doc), vocabulary(tools.lexicons)
    at = {start: i for i, start in enumerate(words.start)}
    story = Story(reading.published)
    story.narrative = _is_history(reading.times, story)
    quoted = Quoted.of(reading.quotations)
    found = []
    for expression in reading.times:
        meaning, lean = None, Lean.PAST
        read = meaning_of(expression.span, words, at, v, parse)
        if read is not None:
            i, end, meaning = read
            clause = clause_of(parse.doc[words.token[i] : words.token[end - 1] + 1], words.at(i - 1), v, parse)
            lean = clause.lean
            meaning = _in_context(meaning, words, i, clause, story)
            expression = _resolve(expression, meaning, clause, story, expression.span in quoted)
        story.remember(expression, meaning, lean)
        found.append(expression)
    return settle(found, Passage(parse, words, at, v, tools.lexicons), story)


def _is_history(times: tuple[TimeExpression, ...], story: Story) -> bool:
    """Whether a report tells of the past by its own dates: then a month without a year belongs to the year spoken of.

    So it is where years are named often, they lie well before the report's date, and few words point at its day.
    """
    named = [t for t in times if t.interval is not None and t.interval.start is not None]
    pointing = sum(_points_at_its_day(t) for t in times)
    if story.ends is None:
        return len(named) >= 3 and pointing * 3 <= len(named)
    old = sum(
        t.interval is not None and t.interval.start is not None and t.interval.start.year <= story.ends[0].year - 2
        for t in named
    )
    return old >= 5 and pointing * 3 <= old


def _points_at_its_day(expression: TimeExpression) -> bool:
    """Whether an expression can only be reckoned from the day of the report: "yesterday", "on Friday", "last year"."""
    rules = {reason.rule.partition("#")[0] for reason in expression.reasons}
    if expression.timex == "XXXX-XX-XX":
        return "deictic-times" in rules
    return expression.timex.startswith("XXXX-WXX-") or (expression.timex == "XXXX" and "time-shifts" in rules)


def _in_context(meaning: Meaning, words: Words, i: int, clause: Clause, story: Story) -> Meaning:
    """What neighbours decide: "in three days" of what is to come, "eventually", "the year"."""
    vague_anchor = (
        meaning.previous and not meaning.way and not any("time-shifts" in rule for rule, _, _ in meaning.marks)
    )
    if vague_anchor and meaning.unit != "quarter" and not story.narrative and story.ends is not None:
        return replace(meaning, previous=False)
    ahead = clause.lean is Lean.FUTURE and words.at(i - 1) in {"in", "within"}
    if ahead and meaning.kind is TimeKind.DURATION and meaning.count is not None and not meaning.way:
        return replace(meaning, way="hence")
    if meaning.literal == "VAGUE":
        return replace(meaning, literal="FUTURE_REF" if clause.lean is Lean.FUTURE else "PAST_REF")
    return meaning


def _resolve(
    expression: TimeExpression, meaning: Meaning, clause: Clause, story: Story, quoted: bool
) -> TimeExpression:
    if expression.interval is not None:
        return expression
    if meaning.literal or meaning.kind is TimeKind.SET or meaning.before_christ:
        return vague(expression, meaning, story, quoted)
    if meaning.kind is TimeKind.DURATION and not meaning.way:
        return expression
    told = story.narrative and (_incomplete(meaning) or (meaning.shift == 1 and clause.lean is not Lean.FUTURE))
    if meaning.previous or told or _beside(expression, meaning, story):
        return _from_before(expression, meaning, clause, story)
    return _from_publication(expression, meaning, clause, story)


def _beside(expression: TimeExpression, meaning: Meaning, story: Story) -> bool:
    """Whether a time just before it is the one to reckon from: a day for a clock time, a quarter for "a year ago"."""
    near = 250
    if meaning.way == "ago" and meaning.unit == "year" and meaning.count == 1:
        return story.quarter is not None and expression.span.start - story.quarter.span.end < near
    dated = meaning.weekday is not None or meaning.day is not None or meaning.day_offset is not None
    if dated or meaning.holiday or meaning.unit or not (meaning.clock or meaning.part):
        return False
    last = story.last
    by_day = last is not None and last.interval is not None and last.interval.precision is Precision.DAY
    return by_day and last is not None and expression.span.start - last.span.end < near


def _incomplete(meaning: Meaning) -> bool:
    """A month, day or season without its year, or a weekday: what a history leaves to the reader."""
    named = (
        meaning.month is not None
        or meaning.season
        or meaning.holiday
        or meaning.weekday is not None
        or meaning.clock
        or meaning.part
    )
    return bool(named) and meaning.year_shift is None and meaning.shift is None and meaning.day_offset is None


# -------------------------------------------------------------------------------------------- from the report's own day


def _from_publication(expression: TimeExpression, meaning: Meaning, clause: Clause, story: Story) -> TimeExpression:
    if story.ends is None:
        ahead = clause.reasons if _needs_tense(meaning) else ()
        return replace(expression, relative_to=PUBLICATION, reasons=(*expression.reasons, *ahead))
    lean = _lean(meaning, clause, expression)
    first, last = (denote(meaning, day, lean) for day in story.ends)
    days = _both(first, last)
    if days is None:
        return replace(expression, relative_to=PUBLICATION)
    days, clipped = _clip(days, meaning, clause, story)
    note = f"; {clause.note}" if _needs_tense(meaning) else ""
    why = from_day_of_report(story, expression.span, note + clipped)
    interval = _interval(days, meaning, Basis.PUBLICATION, why)
    interval = replace(interval, alternatives=_alternatives(meaning, days, story, clause))
    reasons = (*expression.reasons, why, *clause.reasons) if _needs_tense(meaning) else (*expression.reasons, why)
    return replace(
        expression, timex=_modified_timex(days, meaning), kind=_kind(expression, meaning), edtf=edtf(meaning, days),
        interval=interval, relative_to=PUBLICATION, reasons=reasons,
    )  # fmt: skip


def _kind(expression: TimeExpression, meaning: Meaning) -> TimeKind:
    return TimeKind.DATE if meaning.way in {"hence", "ago"} and meaning.unit not in CLOCK_UNITS else expression.kind


def _modified_timex(days: Days, meaning: Meaning) -> str:
    return duration(meaning.unit, meaning.count) if meaning.way in {"past", "coming"} else days.timex


def _needs_tense(meaning: Meaning) -> bool:
    return _incomplete(meaning) or meaning.quarter is not None


def _lean(meaning: Meaning, clause: Clause, expression: TimeExpression) -> Lean:
    if meaning.quarter is not None:
        return Lean.NEAREST if clause.lean is Lean.FUTURE else Lean.PAST
    if clause.past_plan and meaning.weekday is None:
        return Lean.NEAREST
    return clause.lean


def _both(first: Days | None, last: Days | None) -> Days | None:
    """What is sure whichever day of the report's stretch is the right one: the days from both ends together."""
    if first is None or last is None or first == last:
        return first if last is not None else None
    starts = [days.start for days in (first, last) if days.start is not None]
    ends = [days.end for days in (first, last) if days.end is not None]
    if len(starts) < 2 or len(ends) < 2:
        return None
    return Days(min(starts), max(ends), _coarser(first.precision, last.precision), masked(first.timex, last.timex),
                masked(first.edtf, last.edtf), first.clock)  # fmt: skip


def _coarser(a: Precision, b: Precision) -> Precision:
    return max(a, b, key=CALENDAR_ORDER.index)


def masked(a: str, b: str) -> str:
    """Two values as one: X for each figure in which they differ, and for all figures of that part.

    >>> masked("2018-03-04", "2018-04-01")
    '2018-XX-XX'
    """
    if a == b:
        return a
    parts_a, parts_b = a.split("-"), b.split("-")
    if len(parts_a) != len(parts_b) or "/" in a + b:
        return ""
    out, differs = [], False
    for x, y in zip(parts_a, parts_b, strict=True):
        differs = differs or x[:2] != y[:2] or (x != y)
        out.append("X" * len(x[:4]) if differs and x[:1].isdigit() and len(x) <= 4 else (x if x == y else "XX"))
    return "-".join(out)


def _clip(days: Days, meaning: Meaning, clause: Clause, story: Story) -> tuple[Days, str]:
    """As in "this year", told in the past, ends with the day of the report."""
    assert story.ends is not None
    end = story.ends[1] + ONE
    holds = days.start is not None and days.end is not None and days.start < end < days.end
    current = (
        meaning.unit in {"week", "month", "quarter", "year", "decade", "century"} and meaning.shift == 0
    ) or meaning.year_shift == 0
    if holds and current and clause.lean is Lean.PAST:
        return replace(days, end=end), "; told in the past, so it ends with the day of the report"
    if holds and current and clause.lean is Lean.FUTURE and meaning.mod == "AFTER":
        return replace(days, start=story.ends[0]), "; later in it, so it begins with the day of the report"
    return days, ""


def _alternatives(meaning: Meaning, days: Days, story: Story, clause: Clause) -> tuple[Alternative, ...]:
    """A second reading where the words leave one: "last summer" in autumn, a date on the other side."""
    assert story.ends is not None
    assert days.start is not None
    if meaning.season and meaning.shift == -1 and days.start.year == story.ends[1].year:
        before = denote(replace(meaning, shift=None, year=days.start.year - 1), None, clause.lean)
        why = "some writers mean the season of the year before, as long as the year is not over"
        return (Alternative(before.start, before.end, why),) if before is not None else ()
    if meaning.shift is not None or meaning.year_shift is not None or not _incomplete(meaning):
        return ()
    if clause.past_plan and meaning.weekday is None:
        why = "a plan told in the past: its day may lie before the report or after it"
        sides = (denote(meaning, story.ends[0], Lean.PAST), denote(meaning, story.ends[1], Lean.FUTURE))
        return tuple(
            Alternative(side.start, side.end, why)
            for side in sides
            if side is not None and (side.start, side.end) != (days.start, days.end)
        )
    if clause.lean is Lean.NEAREST:
        side = Lean.FUTURE if days.start <= story.ends[0] else Lean.PAST
        other = denote(meaning, story.ends[0], side)
        if other is not None and other.start != days.start:
            return (Alternative(other.start, other.end, "the clause does not say whether it is past or to come"),)
    return ()


def _interval(days: Days, meaning: Meaning, basis: Basis, why: Reason, anchor: str | None = None) -> TimeInterval:
    blurred = meaning.mod in BLURS or (meaning.way in {"ago", "earlier", "later", "hence"} and meaning.unit != "day")
    return TimeInterval(
        days.start, days.end, days.precision, basis, inferred=True, throughout=meaning.way in {"past", "coming"},
        approximate=blurred, clock=days.clock, anchor_id=anchor, reasons=(why,),
    )  # fmt: skip


# --------------------------------------------------------------------------------------- from the time spoken of before


def _from_before(expression: TimeExpression, meaning: Meaning, clause: Clause, story: Story) -> TimeExpression:
    """As in "a week later", "that year", "the quarter"; and in a history "in August"."""
    anchor = _anchor(meaning, story)
    if anchor is None or anchor.interval is None or anchor.interval.start is None:
        if story.narrative and _incomplete(meaning):
            return expression
        return _from_publication(expression, _detached(meaning), clause, story)
    day = anchor.interval.start
    if not meaning.previous and not meaning.way and meaning.shift is None:
        days = _in_the_year(meaning, day, anchor)
    else:
        days = denote(_same_quarter(meaning, anchor), day, Lean.NEAREST)
    if days is None:
        return replace(expression, relative_to=anchor.id)
    why = Reason("resolution.time-spoken-of", f"reckoned from {anchor.timex}, spoken of before", anchor.span)
    basis = Basis.EXPRESSION if meaning.previous else Basis.NARRATIVE
    interval = _interval(days, meaning, basis, why, anchor.id)
    return replace(expression, timex=days.timex, edtf=edtf(meaning, days), interval=interval, relative_to=anchor.id,
                   reasons=(*expression.reasons, why))  # fmt: skip


def _anchor(meaning: Meaning, story: Story) -> TimeExpression | None:
    quarterly = meaning.unit == "quarter" or (meaning.unit == "year" and meaning.way in {"earlier", "ago"})
    return story.quarter if quarterly and story.quarter is not None else story.last


def _same_quarter(meaning: Meaning, anchor: TimeExpression) -> Meaning:
    """As in "a year earlier", beside a quarter, is that quarter of the year before; "the day" of a day is that day."""
    start = anchor.interval.start if anchor.interval is not None else None
    if (
        meaning.way in {"earlier", "ago"}
        and meaning.unit == "year"
        and anchor.timex[4:6] == "-Q"
        and start is not None
        and meaning.count
    ):
        return Meaning(year=start.year - int(meaning.count), quarter=(start.month + 2) // 3, mod=meaning.mod)
    return meaning


def _in_the_year(meaning: Meaning, day: date, anchor: TimeExpression) -> Days | None:
    """In a history, a month or day without a year: in the year spoken of, or the next if it would run far back."""
    if meaning.weekday is not None and meaning.month is None:
        return denote(meaning, day, Lean.FUTURE)
    if meaning.month is None and not meaning.season and not meaning.holiday:
        return denote(meaning, day, Lean.NEAREST)
    same = denote(replace(meaning, year=day.year, weekday=None), None, Lean.NEAREST)
    fine = anchor.interval is not None and anchor.interval.precision not in {Precision.YEAR, Precision.DECADE}
    if same is not None and same.start is not None and fine and (day - same.start).days > 200:
        return denote(replace(meaning, year=day.year + 1, weekday=None), None, Lean.NEAREST)
    return same


def _detached(meaning: Meaning) -> Meaning:
    """What counts from a time spoken of, where none was: "the quarter" is the one just over, "that year" unknown."""
    if meaning.unit == "quarter" and meaning.shift == 0:
        return replace(meaning, previous=False, shift=-1)
    if meaning.way == "earlier":
        return replace(meaning, previous=False, way="ago")
    return replace(meaning, previous=False)
