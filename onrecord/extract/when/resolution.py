"""Resolution: which days a time expression means.

Relative expressions are reckoned from the report's own date, or from the time spoken of before them; the tense and mood
of the clause decide on which side ("met on Friday", "will meet on Friday"). Without a date they stay formulas. If the
report's date is itself a stretch, both its ends are reckoned from, and the answer is as wide as it must be. The clock
of the machine is never asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import CLOCK_UNITS, Days, Lean, Meaning, denote, duration
from onrecord.extract.when.dategrammar import within_the_year
from onrecord.extract.when.story import ONE, PUBLICATION, UNPLACED, Place, Story, from_day_of_report
from onrecord.extract.when.telling import Passage, settle
from onrecord.extract.when.tense import UNSAID, Clause, clause_of
from onrecord.extract.when.times import BLURS, RANGE, edtf, meaning_of, range_of
from onrecord.extract.when.timewords import Words, vocabulary, words_of
from onrecord.extract.when.vagueness import Quoted, vague
from onrecord.record import Alternative, Basis, Precision, Reading, Reason, TimeExpression, TimeInterval, TimeKind

CALENDAR_ORDER = list(Precision)
# A time opens its sentence if it begins within so many tokens: "By the end of May, ...".
FRONT = 5
# "The year ended Jan. 31" is over, whatever lies nearer.
ENDED = {"ended": -1, "ending": 1}
BACKWARDS = 1.3
# Days back and ahead between which a day without its year is taken to be the one ahead.
FAR_BACK, NEAR_AHEAD = 240, 100
FAR = 1e6
# A date that the tense rules out is kept as rejected if it lies within two months of the report.
NEAR = timedelta(62)


def resolve(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``resolution``: every expression with its interval, what it was reckoned from, and why."""
    if not reading.times:
        return ()
    words, v = words_of(parse.doc), vocabulary(tools.lexicons)
    at = {start: i for i, start in enumerate(words.start)}
    story = Story(reading.published)
    story.narrative = _is_history(reading.times, story)
    quoted = Quoted.of(reading.quotations)
    found: list[TimeExpression] = []
    begun: Meaning | None = None
    for expression in reading.times:
        meaning, place = None, UNPLACED
        read = meaning_of(expression.span, words, at, v, parse)
        if read is not None:
            i, end, meaning = read
            tokens = parse.doc[words.token[i] : words.token[end - 1] + 1]
            clause = clause_of(tokens, words.at(i - 1), v, parse)
            place = Place(clause, words.at(i - 1), tokens.start - tokens.sent.start <= FRONT, expression.span in quoted)
            meaning = _in_context(meaning, words, i, clause, story)
            expression = _resolve(expression, meaning, place, story)
            if found and begun is not None and _runs_backwards(found[-1], expression):
                found[-1] = _before_the_last(found[-1], expression, begun)
        begun = meaning
        story.remember(expression, meaning, place)
        found.append(expression)
    return settle(found, Passage(parse, words, at, v, tools.lexicons), story)


def _runs_backwards(first: TimeExpression, last: TimeExpression) -> bool:
    """Whether the two ends of a range came out in the wrong order: "from November to February"."""
    if range_of(last) is None or range_of(first) != range_of(last) or first.interval is None or last.interval is None:
        return False
    return (
        first.interval.start is not None
        and last.interval.start is not None
        and (first.interval.start > last.interval.start)
    )


def _before_the_last(first: TimeExpression, last: TimeExpression, meaning: Meaning) -> TimeExpression:
    """The first end of a range, reckoned back from the last."""
    assert last.interval is not None
    days = denote(meaning, last.interval.start, Lean.PAST)
    if days is None or first.interval is None:
        return first
    why = Reason(RANGE, f"reckoned back from {last.timex}, the end of the stretch", range_of(last))
    interval = replace(first.interval, start=days.start, end=days.end, basis=Basis.EXPRESSION, anchor_id=last.id,
                       reasons=(*first.interval.reasons, why))  # fmt: skip
    return replace(first, interval=interval, timex=days.timex, edtf=edtf(meaning, days), relative_to=last.id)


def _is_history(times: tuple[TimeExpression, ...], story: Story) -> bool:
    """Whether a report tells of the past by its own dates: then a month without a year belongs to the year spoken of.

    So it is where years are named often, they lie well before the report's date, and few words point at its day.
    """
    named = [t for t in times if t.interval is not None and t.interval.start is not None]
    antique = sum(t.timex.startswith("BC") for t in times)
    pointing = sum(_points_at_its_day(t) for t in times)
    if story.ends is None:
        return len(named) + antique >= 3 and pointing * 3 <= len(named) + antique
    old = sum(
        t.interval is not None and t.interval.start is not None and t.interval.start.year <= story.ends[0].year - 2
        for t in named
    )
    return old + antique >= 5 and pointing * 3 <= old + antique


def _points_at_its_day(expression: TimeExpression) -> bool:
    """Whether an expression can only be reckoned from the day of the report: "yesterday", "on Friday", "last year"."""
    rules = {reason.rule.partition("#")[0] for reason in expression.reasons}
    if expression.timex == "XXXX-XX-XX":
        return "deictic-times" in rules
    return expression.timex.startswith("XXXX-WXX-") or (expression.timex == "XXXX" and "time-shifts" in rules)


def _in_context(meaning: Meaning, words: Words, i: int, clause: Clause, story: Story) -> Meaning:
    """What neighbours decide: "in three days" of what is to come, "eventually", "the year"."""
    if _is_bare_day(meaning) and story.last is not None:
        return replace(meaning, previous=any(reason.rule.startswith("months#") for reason in story.last.reasons))
    held_beside = any("time-shifts" in rule for rule, _, _ in meaning.marks)
    vague_anchor = meaning.previous and meaning.shift == 0 and not meaning.way and not held_beside
    if vague_anchor and meaning.unit != "quarter" and not story.narrative and story.ends is not None:
        return replace(meaning, previous=False)
    if words.at(i - 1) in ENDED and meaning.month is not None and meaning.year is None and meaning.shift is None:
        return replace(meaning, shift=ENDED[words.at(i - 1)])
    ahead = clause.lean is Lean.FUTURE and words.at(i - 1) in {"in", "within"}
    if ahead and meaning.kind is TimeKind.DURATION and meaning.count is not None and not meaning.way:
        return replace(meaning, way="hence" if words.at(i - 1) == "in" else "coming")
    if meaning.literal == "VAGUE":
        return replace(meaning, literal="FUTURE_REF" if clause.lean is Lean.FUTURE else "PAST_REF")
    return meaning


def _is_bare_day(meaning: Meaning) -> bool:
    """As in "on the 14th": of the month named before it, if one is."""
    return meaning.previous and meaning.day is not None and meaning.month is None


def _resolve(expression: TimeExpression, meaning: Meaning, place: Place, story: Story) -> TimeExpression:
    if expression.interval is not None:
        return expression
    if meaning.literal or meaning.kind is TimeKind.SET or meaning.before_christ:
        return vague(expression, meaning, story, place.quoted)
    if meaning.kind is TimeKind.DURATION and not meaning.way:
        return expression
    if meaning.previous or _is_told(meaning, place, story) or _beside(expression, meaning, story):
        return _from_before(expression, meaning, place, story)
    return _from_publication(expression, meaning, place.clause, story)


def _is_told(meaning: Meaning, place: Place, story: Story) -> bool:
    """Whether a history reckons it from what it tells of: "in May", "the next month", "this year" told in the past."""
    if not story.narrative:
        return False
    lean = place.clause.lean
    if meaning.unit and meaning.shift in {0, 1} and not place.quoted:
        return lean is Lean.PAST or (meaning.shift == 1 and lean is Lean.NEAREST)
    return _incomplete(meaning)


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
    lean = _lean(meaning, clause)
    first, last = (_seen_from(day, meaning, lean, clause) for day in story.ends)
    days = _both(first, last, meaning)
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
    """A length keeps its value: "the past two weeks", "ten minutes later" have days, but name a length."""
    length = meaning.way in {"past", "coming"} or (meaning.way and meaning.unit in CLOCK_UNITS)
    return duration(meaning.unit, meaning.count) if length else days.timex


def _needs_tense(meaning: Meaning) -> bool:
    return _incomplete(meaning) or meaning.quarter is not None


def _lean(meaning: Meaning, clause: Clause) -> Lean:
    if meaning.quarter is not None:
        return Lean.NEAREST if clause.lean is Lean.FUTURE else Lean.PAST
    if clause.past_plan and meaning.weekday is None:
        return Lean.NEAREST
    if clause is UNSAID and meaning.weekday is not None:
        return Lean.PAST
    return clause.lean


def _seen_from(day: date, meaning: Meaning, lean: Lean, clause: Clause) -> Days | None:
    """The days as seen from a day; those just ahead where the tense need not be that of a day told far back.

    As in "set a Nov. 20 deadline", told on 2 November.
    """
    days = denote(meaning, day, lean)
    if lean is not Lean.PAST or clause.firm or not _incomplete(meaning) or days is None or days.end is None:
        return days
    ahead = denote(meaning, day, Lean.FUTURE) if (day - days.end).days > FAR_BACK else None
    near = ahead is not None and ahead.start is not None and 0 <= (ahead.start - day).days <= NEAR_AHEAD
    return ahead if near and days.precision is Precision.DAY else days


def _both(first: Days | None, last: Days | None, meaning: Meaning) -> Days | None:
    """What is sure whichever day of the report's stretch is the right one: the days from both ends together."""
    if first is None or last is None or first == last:
        return first if last is not None else None
    starts = [days.start for days in (first, last) if days.start is not None]
    ends = [days.end for days in (first, last) if days.end is not None]
    if len(starts) < 2 or len(ends) < 2:
        return None
    named = _incomplete(meaning) and meaning.weekday is None
    timex, written = (masked(a, b, named) for a, b in ((first.timex, last.timex), (first.edtf, last.edtf)))
    return Days(min(starts), max(ends), _coarser(first.precision, last.precision), timex, written, first.clock)


def _coarser(a: Precision, b: Precision) -> Precision:
    return max(a, b, key=CALENDAR_ORDER.index)


def masked(a: str, b: str, named: bool = False) -> str:
    """Two values as one: X for all figures of the first part in which they differ, and of those after it.

    ``named``: the words name the month, day or season, so that only the year is open.

    >>> masked("2018-03-04", "2018-04-01"), masked("2011-05", "2012-05", named=True)
    ('2018-XX-XX', 'XXXX-05')
    """
    if a == b:
        return a
    parts_a, parts_b = a.split("-"), b.split("-")
    if len(parts_a) != len(parts_b) or "/" in a + b:
        return ""
    if named and parts_a[1:] == parts_b[1:]:
        return "-".join(["X" * len(parts_a[0]), *parts_a[1:]])
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
    return _across(meaning, days, story.ends, clause)


def _across(meaning: Meaning, days: Days, ends: tuple[date, date], clause: Clause) -> tuple[Alternative, ...]:
    """What the tense alone ruled out, if it lies near the report's date: "on Friday" of what was, or is to come."""
    if days.start is None or days.end is None or days.start <= ends[1] < days.end:
        return ()
    before = days.start < ends[0]
    if clause.lean is Lean.PAST and not before:
        past = denote(replace(meaning, shift=-1), ends[0], Lean.PAST)
        why = "the clause is past, but this lies most of a year back"
        return (Alternative(past.start, past.end, why),) if past is not None else ()
    other = denote(meaning, ends[1] if before else ends[0], Lean.FUTURE if before else Lean.PAST)
    if other is None or other.start is None or other.end is None or (other.start, other.end) == (days.start, days.end):
        return ()
    gap = other.start - ends[1] if before else ends[0] - other.end
    if gap > NEAR:
        return ()
    return (Alternative(other.start, other.end, f"ruled out by the clause: {clause.note}"),)


def _interval(days: Days, meaning: Meaning, basis: Basis, why: Reason, anchor: str | None = None) -> TimeInterval:
    blurred = meaning.mod in BLURS or (meaning.way in {"ago", "earlier", "later", "hence"} and meaning.unit != "day")
    return TimeInterval(
        days.start, days.end, days.precision, basis, inferred=True, throughout=meaning.way in {"past", "coming"},
        approximate=blurred, clock=days.clock, anchor_id=anchor, reasons=(why,),
    )  # fmt: skip


# --------------------------------------------------------------------------------------- from the time spoken of before


def _from_before(expression: TimeExpression, meaning: Meaning, place: Place, story: Story) -> TimeExpression:
    """As in "a week later", "that year", "the quarter"; and in a history "in August"."""
    if story.antique is not None:
        return _in_antiquity(expression, meaning, story.antique)
    anchor = _anchor(meaning, place, story)
    if anchor is None or anchor.interval is None or anchor.interval.start is None:
        if (story.narrative and _incomplete(meaning)) or _hangs_in_the_air(meaning):
            return expression
        return _from_publication(expression, _detached(meaning), place.clause, story)
    days = _from_anchor(meaning, anchor.interval.start, anchor, place)
    if _is_loose(anchor.interval) and anchor.interval.end is not None:  # as wide as what it is reckoned from
        days = _both(days, _from_anchor(meaning, anchor.interval.end - ONE, anchor, place), meaning)
    if days is None:
        return replace(expression, relative_to=anchor.id)
    why = Reason("resolution.time-spoken-of", f"reckoned from {anchor.timex}, spoken of before", anchor.span)
    basis = Basis.EXPRESSION if meaning.previous else Basis.NARRATIVE
    interval = _interval(days, meaning, basis, why, anchor.id)
    timex = _modified_timex(days, meaning)
    return replace(expression, timex=timex, edtf=edtf(meaning, days), interval=interval, relative_to=anchor.id,
                   reasons=(*expression.reasons, why))  # fmt: skip


def _from_anchor(meaning: Meaning, day: date, anchor: TimeExpression, place: Place) -> Days | None:
    if not meaning.previous and not meaning.way and meaning.shift is None:
        return _in_the_year(meaning, day, anchor, place)
    return denote(_same_quarter(meaning, anchor), day, Lean.NEAREST)


def _is_loose(interval: TimeInterval) -> bool:
    """Whether the days are more than its precision says: a day that lies somewhere in a year."""
    longest = {Precision.MINUTE: 1, Precision.HOUR: 1, Precision.DAY: 1, Precision.WEEK: 7, Precision.MONTH: 31}
    most = longest.get(interval.precision)
    if most is None or interval.start is None or interval.end is None or interval.throughout:
        return False
    return (interval.end - interval.start).days > most


def _in_antiquity(expression: TimeExpression, meaning: Meaning, year: int) -> TimeExpression:
    """A time reckoned from a year before Christ: its value alone, as far as the year goes; no days."""
    if meaning.unit == "year" and (meaning.shift is not None or meaning.count):
        forwards = meaning.shift if meaning.shift is not None else int(meaning.count or 0)
        back = meaning.way in {"earlier", "ago"}
        year = year + forwards if back else year - forwards
    elif not _incomplete(meaning) or not (meaning.month or meaning.season):
        return expression
    if year < 1:
        return expression
    why = Reason("resolution.time-spoken-of", "reckoned from a year before Christ, spoken of before", expression.span)
    literal = f"BC{year:04d}{within_the_year(meaning)}"
    return replace(expression, timex=literal, edtf="", reasons=(*expression.reasons, why))


def _anchor(meaning: Meaning, place: Place, story: Story) -> TimeExpression | None:
    if story.narrative and place.fronted and _incomplete(meaning):
        return story.frame
    if meaning.unit == "quarter":
        return story.quarter
    yearly = meaning.unit == "year" and meaning.way in {"earlier", "ago"}
    return story.quarter if yearly and story.quarter is not None else story.last


def _same_quarter(meaning: Meaning, anchor: TimeExpression) -> Meaning:
    """As in "a year earlier", beside a quarter, is that quarter of the year before; "the 1988 period" too."""
    start = anchor.interval.start if anchor.interval is not None else None
    if (
        meaning.way in {"earlier", "ago"}
        and meaning.unit == "year"
        and anchor.timex[4:6] == "-Q"
        and start is not None
        and meaning.count
    ):
        return Meaning(year=start.year - int(meaning.count), quarter=(start.month + 2) // 3, mod=meaning.mod)
    if meaning.unit == "quarter" and anchor.timex[4:6] == "-Q" and start is not None:
        year = meaning.year if meaning.year is not None else start.year + (meaning.year_shift or 0)
        if meaning.year is not None or meaning.year_shift is not None:
            return Meaning(year=year, quarter=(start.month + 2) // 3, mod=meaning.mod)
    return meaning


def _hangs_in_the_air(meaning: Meaning) -> bool:
    """As in "that day", "the following week", where no time was spoken of: its days are not known."""
    if meaning.unit == "quarter" or meaning.year is not None or not meaning.previous:
        return False
    return meaning.shift is not None or meaning.year_shift is not None or meaning.way == "later"


def _in_the_year(meaning: Meaning, day: date, anchor: TimeExpression, place: Place) -> Days | None:
    """In a history, a month or day without a year: in the year spoken of, or so that it lies nearest to the day."""
    if meaning.weekday is not None and meaning.month is None:
        return denote(meaning, day, Lean.FUTURE)
    if meaning.month is None and not meaning.season and not meaning.holiday:
        return denote(meaning, day, Lean.NEAREST)
    assert anchor.interval is not None
    by_year = anchor.interval.precision in {Precision.YEAR, Precision.DECADE}
    if anchor.timex.endswith("-WI"):  # a winter lies in two years
        day += timedelta(45)
    returns = [
        days
        for year in ((day.year,) if by_year else (day.year, day.year + 1, day.year - 1))
        if (days := denote(replace(meaning, year=year, weekday=None), None, Lean.NEAREST)) is not None
    ]
    return min(returns, key=lambda days: _told_distance(days, day, place), default=None)


def _told_distance(days: Days, day: date, place: Place) -> float:
    """How far a date lies from the day told of; a history goes on, so what lies before counts for more.

    "since January" looks back.
    """
    assert days.start is not None
    if place.before == "since" and days.start > day:
        return FAR
    if (days.start.year, days.start.month) == (day.year, day.month):
        return 0
    ahead = (days.start - day).days
    return ahead if ahead >= 0 else -ahead * BACKWARDS


def _detached(meaning: Meaning) -> Meaning:
    """What counts from a time spoken of, where none was: "the quarter" is the one just over, "that year" unknown."""
    if meaning.unit == "quarter" and (meaning.year is not None or meaning.year_shift is not None):
        return replace(meaning, previous=False, unit="", shift=None)
    if meaning.unit == "quarter" and meaning.shift == 0:
        return replace(meaning, previous=False, shift=-1)
    if meaning.way == "earlier":
        return replace(meaning, previous=False, way="ago")
    return replace(meaning, previous=False)
