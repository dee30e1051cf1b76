"""What has passed since: "five years since 1993", "ten years after the 1994 accord", "last month (June 2016)".

Two times that tell each other. How news counts years is measured: "three years ago" of a year is by the calendar year,
of a month within half a year of the day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from onrecord.extract.when.calendar import move, step
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from
from onrecord.record import TimeKind

Ends = tuple[date | None, date | None]
UNKNOWN: Ends = (None, None)
UNDER = frozenset({"almost", "nearly", "less", "under"})
OVER = frozenset({"more", "over", "least"})
OPEN, CLOSE = frozenset({"(", ",", "—", "–", "-"}), frozenset({")", ",", ".", "—", "–", "-", ";", ":"})
NEAR = 12  # words after a length in which its year is looked for; so many lengths are set against so many years
ONE = timedelta(1)
SLACK = {"month": timedelta(31), "week": timedelta(4), "day": timedelta(0)}
AFTER = frozenset({"after", "since", "following"})


def elapsed(other: Clue, count: float, clue: Clue) -> Ends:
    """The days on which a report can say that so many years have passed since a time that is named.

    Of a year: in the calendar year so many years on. Of a month or day: within half a year of it; before it if the
    words are "almost" or "nearly", after it if they are "more than".
    """
    try:
        if other.meaning.month is None:
            return year_from(date(other.start.year + round(count), 1, 1))
        day = move(other.start, "year", count)
        words = {token.lower_ for token in clue.tokens.doc[max(0, clue.tokens.start - 2) : clue.tokens.end]}
        months = (-6, 1) if words & UNDER else (0, 11) if words & OVER else (-5, 7)
        return move(day, "month", months[0]), move(day, "month", months[1])
    except (ValueError, OverflowError):
        return UNKNOWN


# ------------------------------------------------------------------------------------------------------ side by side


def side_by_side(evidence: Evidence) -> list[Told]:
    """As in "last month (June 2016)", "today, 3 May 2019,", "in 1986, three years ago": one time, said twice."""
    found = []
    for first, last in pairwise(evidence.clues):
        if first.sentence != last.sentence or not _touch(first, last):
            continue
        named, reckoned = (first, last) if first.named else (last, first)
        if not named.named or reckoned.named:
            continue
        ends = _same(named, reckoned)
        if ends != UNKNOWN:
            note = f"“{reckoned.tokens.text}” is {named.expression.timex}, said beside it"
            found.append(Told(*ends, (why("said-twice", reckoned, note), why("said-twice", named, note))))
    return found


def _touch(first: Clue, last: Clue) -> bool:
    """Whether nothing but a bracket or a pair of commas parts them, and neither is one of a list."""
    between = [token.lower_ for token in first.tokens.doc[first.tokens.end : last.tokens.start]]
    marks = [word for word in between if word not in {"in", "on", "that", "is"}]
    alone = first.before not in {",", "and", "or", "from", "between", "to"} and last.after not in {"and", "or", "to"}
    if not alone or len(between) > 2 or len(marks) > 1:
        return False
    if not marks:
        return between == ["in"] and first.meaning.way == "ago"
    return marks[0] in OPEN and (last.after in CLOSE or last.meaning.way == "ago")


def _same(named: Clue, reckoned: Clue) -> Ends:
    """The days of the report from which a time so reckoned is the one that is named."""
    m, n = reckoned.meaning, named.meaning
    try:
        if reckoned.is_year(m.shift or 0) and m.shift is not None and named.year_alone is not None:
            return year_from(date(named.year_alone - m.shift, 1, 1))
        if m.day_offset is not None and not m.part and n.day is not None and n.year is not None:
            day = named.start - timedelta(m.day_offset)
            return day, day + ONE
        if m.unit == "month" and m.shift is not None and not m.previous and n.month is not None and n.day is None:
            month = step("month", named.start, -m.shift)
            return month.start, month.end
        if m.way == "ago" and m.unit == "year" and m.count is not None and n.year is not None:
            return elapsed(named, m.count, reckoned)
        last = named.expression.interval.end if named.expression.interval is not None else None
        if m.way == "ago" and m.unit in SLACK and m.count is not None and n.month is not None and last is not None:
            slack = SLACK[m.unit]
            return move(named.start, m.unit, m.count) - slack, move(last, m.unit, m.count) + slack
    except (ValueError, OverflowError):
        return UNKNOWN
    return UNKNOWN


# -------------------------------------------------------------------------------------------------- so long, since then


def so_long_since(evidence: Evidence) -> list[Told]:
    """As in "for ten years, since 1979", or "14 strikes in the past five years" and "the 14 strikes since 1993"."""
    found = []
    lengths = [c for c in evidence.clues if _years(c) is not None]
    starts = [c for c in evidence.clues if c.before == "since" and c.year_alone is not None] if lengths else []
    for clue, other in ((c, o) for c in lengths[:NEAR] for o in starts[:NEAR]):
        count, year = _years(clue), other.year_alone
        if count is None or year is None or not _same_stretch(clue, other) or _was(clue) or _was(other):
            continue
        note = f"{count} years have passed since {year}"
        ends = year_from(date(min(year + count, 9998), 1, 1))
        found.append(Told(*ends, (why("so-long-since", clue, note), why("so-long-since", other, note))))
    return found[:1]


def _years(clue: Clue) -> int | None:
    """The number of a stretch of years that reaches up to now: "the past five years", "for ten years"."""
    m = clue.meaning
    if m.unit != "year" or m.kind is not TimeKind.DURATION or m.count is None or m.mod or m.way not in {"", "past"}:
        return None
    return int(m.count) if m.count > 1 and m.count == int(m.count) else None


def _same_stretch(clue: Clue, other: Clue) -> bool:
    if clue.sentence == other.sentence:
        low, high = sorted((clue, other), key=lambda c: c.tokens.start)
        between = [t.lower_ for t in low.tokens.doc[low.tokens.end : high.tokens.start]]
        return len(between) <= 3 and set(between) <= {",", "since", "or", "for", "(", "the", "in"}
    figure = _figure(clue)
    return clue.meaning.way == "past" and figure != "" and figure == _figure(other)


def _figure(clue: Clue) -> str:
    """The number of things nearest before a time in its sentence, three or more: the 14 of "14 strikes since 1993"."""
    doc = clue.tokens.doc
    for i in range(clue.tokens.start - 1, max(clue.sentence, clue.tokens.start - 9) - 1, -1):
        if doc[i].like_num:
            plural = any(doc[j].tag_ == "NNS" for j in range(i + 1, min(i + 4, clue.tokens.start)))
            return doc[i].lower_ if plural and doc[i].lower_ not in {"one", "two", "1", "2"} else ""
    return ""


def _was(clue: Clue) -> bool:
    """Whether the stretch ended in the past: "had worked there for ten years"."""
    verb = clue.holder
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    return "had" in words or (verb.tag_ == "VBD" and verb.pos_ == "VERB" and clue.before == "for")


def so_long_after(evidence: Evidence) -> list[Told]:
    """As in "fifty years after the flood of 1931, the town still builds on stilts": told in the present."""
    for i, clue in enumerate(evidence.clues):
        m = clue.meaning
        if m.unit != "year" or m.count is None or not 2 <= m.count <= 400 or not _is_after(clue):
            continue
        other = next((c for c in evidence.clues[i + 1 : i + 3] if c.named and c.meaning.year is not None), None)
        if other is None or not _leads_to(clue, other) or not _is_told_now(clue):
            continue
        ends = elapsed(other, m.count, clue)
        note = f"“{clue.tokens.text}” after {other.expression.timex}, told in the present"
        return [Told(*ends, (why("so-long-after", clue, note), why("so-long-after", other, note)))]
    return []


def _is_after(clue: Clue) -> bool:
    """Whether "after" or "since" follows, or "on from"."""
    end = clue.tokens.end
    words = [token.lower_ for token in clue.tokens.doc[max(0, end - 1) : end + 2]]
    return not AFTER.isdisjoint(words[:2]) or words[1:] == ["on", "from"]


def _leads_to(clue: Clue, other: Clue) -> bool:
    """Whether the words between are of one noun, as in "after the flood of 1931"."""
    between = [token.lower_ for token in clue.tokens.doc[clue.tokens.end : other.tokens.start]]
    return other.sentence == clue.sentence and len(between) <= NEAR and not {",", ";", "and"}.intersection(between)


def _is_told_now(clue: Clue) -> bool:
    """Whether its sentence is in the present or the perfect, as far as its main verb tells."""
    root = clue.tokens.root.sent.root
    words = {child.tag_ for child in root.children if child.dep_ in {"aux", "auxpass"}}
    return (root.tag_ in {"VBZ", "VBP"} and "MD" not in words) or bool(words & {"VBZ", "VBP"})


def so_far(evidence: Evidence) -> list[Told]:
    """As in "so far in 2016", "in 2016 so far": the report is of that year."""
    for clue in evidence.clues:
        doc, low = clue.tokens.doc, clue.sentence
        year = clue.year_alone
        if year is None or not 1 < year < 9999 or not evidence.latest <= year:
            continue
        before = [t.lower_ for t in doc[max(low, clue.tokens.start - 3) : clue.tokens.start]]
        after = [t.lower_ for t in doc[clue.tokens.end : clue.tokens.end + 2]]
        if (before == ["so", "far", "in"] or after == ["so", "far"]) and not _was(clue):
            note = f"“so far” in {year}: the report is of that year"
            return [Told(*year_from(date(year, 1, 1)), (why("so-far", clue, note),))]
    return []


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (side_by_side, so_long_since, so_long_after, so_far)
