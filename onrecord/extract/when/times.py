"""Time expressions: the words that place something in time, and what is explicit in them.

A full date or a year gets its days here; whatever needs the report's date, or another expression, gets them in
``resolution``. Ordinals ("the third attempt"), counts ("2000 people"), the verb "may" are no times.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import CLOCK_UNITS, Days, Lean, Meaning, denote, duration
from onrecord.extract.when.timegrammar import read
from onrecord.extract.when.timeuse import plausible
from onrecord.extract.when.timewords import Vocabulary, Words, vocabulary, words_of
from onrecord.record import Basis, Id, Reading, Reason, Span, TimeExpression, TimeInterval, TimeKind, make_id

RANGE = "times.range"
BLURS = {"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "START", "MID", "END"}


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``times``: every time expression, in the order of the text."""
    words = words_of(parse.doc)
    v = vocabulary(tools.lexicons)
    found: list[TimeExpression] = []
    i, awaited = 0, -1
    while i < len(words):
        expression = read(words, i, v)
        if (
            expression is None
            or _breaks(words, i, expression[0], parse)
            or not plausible(words, i, expression[0], expression[1], parse, v)
        ):
            i = expression[0] if expression is not None and words.at(expression[0] - 1) == "old" else i + 1
            continue
        end, meaning = expression
        found.append(express(reading.document.id, meaning, words, i, end, parse))
        if i == awaited:
            found[-2:] = _as_range(found[-2], found[-1])
        i, awaited = end, end + 1 if meaning.until is not None else -1
    return tuple(found)


def _as_range(first: TimeExpression, last: TimeExpression) -> tuple[TimeExpression, TimeExpression]:
    """Both ends of a range, each with the range as a reason."""
    whole = Span(first.span.start, last.span.end)
    why = Reason(RANGE, "the first and the last of a stretch", whole)
    return replace(first, reasons=(*first.reasons, why)), replace(last, reasons=(*last.reasons, why))


def range_of(expression: TimeExpression) -> Span | None:
    """The words of the range that an expression is one end of: "March to May"; None if it is none."""
    return next((reason.span for reason in expression.reasons if reason.rule == RANGE), None)


def with_ranges(times: Iterable[TimeExpression]) -> tuple[TimeExpression, ...]:
    """The times with both ends of a range as one, over all its words and days; under the id of the first."""
    found: list[TimeExpression] = []
    for expression in times:
        first = found[-1] if found else expression
        whole = range_of(expression)
        if whole is None or whole.end != expression.span.end or range_of(first) != whole:
            found.append(expression)
            continue
        interval = _from_to(first.interval, expression.interval, Reason(RANGE, "from the first to the last", whole))
        values = f"{first.timex}/{expression.timex}", f"{first.edtf}/{expression.edtf}"
        found[-1] = replace(first, span=whole, timex=values[0], edtf=values[1], interval=interval)
    return tuple(found)


def _from_to(first: TimeInterval | None, last: TimeInterval | None, why: Reason) -> TimeInterval | None:
    if first is None or last is None or first.start is None or last.end is None or first.start >= last.end:
        return None
    reasons = (*first.reasons, *last.reasons, why)
    inferred = first.inferred or last.inferred
    return replace(last, start=first.start, end=last.end, inferred=inferred, clock="", reasons=reasons)


def _breaks(words: Words, i: int, end: int, parse: Parse) -> bool:
    """Whether the words run over the end of a paragraph: then they are no one expression."""
    return "\n" in parse.view.text[words.start[i] : words.end[end - 1]]


def express(document: Id, meaning: Meaning, words: Words, i: int, end: int, parse: Parse) -> TimeExpression:
    """The words from ``i`` to before ``end`` as a time expression; its interval only if the words alone give it."""
    span = parse.view.span(words.start[i], words.end[end - 1])
    reasons = tuple(
        Reason(rule, " ".join(words.text[first:last]), parse.view.span(words.start[first], words.end[last - 1]))
        for rule, first, last in meaning.marks
    ) or (Reason("times.in-figures", "a date in figures", span),)
    days = denote(meaning, None, Lean.NEAREST) if meaning.absolute else None
    interval = None
    if days is not None:
        approximate = meaning.mod in BLURS
        interval = TimeInterval(
            days.start,
            days.end,
            days.precision,
            Basis.EXPLICIT,
            inferred=meaning.lent,
            approximate=approximate,
            clock=days.clock,
            reasons=(Reason("times.lent-year", "its year stands beside the next date", span),) if meaning.lent else (),
        )
    return TimeExpression(
        make_id("t", document, span.start, span.end), span, meaning.kind, formula(meaning, days), edtf(meaning, days),
        interval, None, reasons,
    )  # fmt: skip


def formula(meaning: Meaning, days: Days | None) -> str:
    """The TIMEX3 value: that of the days where they are known, else what the words give, X for the rest."""
    if days is not None:
        return days.timex
    if meaning.literal:
        return meaning.literal if meaning.literal != "VAGUE" else "PAST_REF"
    if meaning.unit and meaning.shift is None:
        if meaning.way and meaning.unit in CLOCK_UNITS and meaning.count is not None:
            return duration(meaning.unit, meaning.count)
        if meaning.way in {"ago", "earlier"}:
            return "PAST_REF"
        return "FUTURE_REF" if meaning.way in {"hence", "later"} else duration(meaning.unit, meaning.count)
    return _unresolved(meaning)


def _unresolved(meaning: Meaning) -> str:
    year = "XXXX" if meaning.year is None else f"{meaning.year:04d}"
    tail = f"T{meaning.clock}" if meaning.clock else meaning.part
    if meaning.month is not None:
        return f"{year}-{meaning.month:02d}" + (f"-{meaning.day:02d}{tail}" if meaning.day is not None else "")
    if meaning.weekday is not None:
        return f"{year}-WXX-{meaning.weekday}{tail}"
    if meaning.season or meaning.quarter:
        return f"{year}-{meaning.season or f'Q{meaning.quarter}'}"
    shapes = {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "quarter": "XXXX-QX",
              "decade": "XXX", "century": "XX"}  # fmt: skip
    return shapes.get(meaning.unit, f"XXXX-XX-XX{tail}")


def edtf(meaning: Meaning, days: Days | None) -> str:
    """The EDTF string (ISO 8601-2): "~" approximate; X for what is not known; empty where there is nothing to write."""
    if meaning.before_christ:
        figures = meaning.literal.removeprefix("BC")
        return f"-{int(figures) - 1:04d}" if len(figures) == 4 and int(figures) > 1 else ""
    if days is None or meaning.kind in {TimeKind.DURATION, TimeKind.SET}:
        unresolved = _unresolved(meaning) if meaning.month is not None else ""
        return unresolved.split("T")[0]
    # The standard has no "~" beside a season or an X.
    blurred = meaning.mod in BLURS and not meaning.season and "/" not in days.edtf and "X" not in days.edtf
    return days.edtf + ("~" if blurred else "")


# -------------------------------------------------------------------------------------------------- read once more


def meaning_of(
    span: Span, words: Words, at: dict[int, int], v: Vocabulary, parse: Parse
) -> tuple[int, int, Meaning] | None:
    """Read an expression again from its span: the words from, to, and their meaning. ``at``: word index by offset."""
    start = parse.view.find(span)[0]
    i = at.get(start)
    found = read(words, i, v) if i is not None else None
    return (i, found[0], found[1]) if found is not None and i is not None else None
