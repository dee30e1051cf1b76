"""The deixis of a quoted speaker: "tomorrow", said on a day that the report names, is the day after that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.resolution import resolve
from onrecord.extract.when.story import PUBLICATION
from onrecord.extract.when.times import express, meaning_of
from onrecord.extract.when.timewords import vocabulary, words_of
from onrecord.extract.when.vagueness import QUOTED_NOW, Quoted
from onrecord.record import Basis, Id, Manner, Reading, Reason, Span, Statement, TimeExpression, TimeInterval

# When something was said must be known as well as this to reckon from it.
WIDEST = timedelta(31)


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``quoted-times``: what speakers mean by "tomorrow", where it is known when they spoke."""
    spoken = {span: statement for statement, span in _said_before(reading)}
    if not spoken:
        return reading.times
    quoted = Quoted.of(reading.quotations)
    asked: dict[TimeInterval, list[TimeExpression]] = {}
    for time in reading.times:
        if _points_from_the_speaker(time) and time.span in quoted:
            statement = next((s for span, s in spoken.items() if span.contains(time.span)), None)
            if statement is not None and statement.when is not None:
                asked.setdefault(statement.when, []).append(time)
    again: dict[Id, TimeExpression] = {}
    for when, times in asked.items():
        again |= _reckoned(when, times, reading, parse, tools)
    return tuple(again.get(time.id, time) for time in reading.times)


def _said_before(reading: Reading) -> Iterator[tuple[Statement, Span]]:
    """Quoted statements that were made on a known day or month which is not that of the report."""
    report = reading.published
    for statement in reading.statements:
        when = statement.when
        if when is None or when.start is None or when.end is None or statement.manner is Manner.INDIRECT:
            continue
        same = report is not None and (report.start, report.end) == (when.start, when.end)
        if not same and when.end - when.start <= WIDEST:
            yield from ((statement, span) for span in statement.content)


def _points_from_the_speaker(time: TimeExpression) -> bool:
    """Whether it is reckoned, or would be, from the day of the report."""
    return time.relative_to == PUBLICATION or any(reason.rule == QUOTED_NOW for reason in time.reasons)


def _reckoned(
    when: TimeInterval, times: list[TimeExpression], reading: Reading, parse: Parse, tools: Tools
) -> dict[Id, TimeExpression]:
    """The expressions resolved anew, from the day on which they were said."""
    words, v = words_of(parse.doc), vocabulary(tools.lexicons)
    at = {start: i for i, start in enumerate(words.start)}
    bare = []
    for time in times:
        read = meaning_of(time.span, words, at, v, parse)
        if read is not None:
            bare.append(express(reading.document.id, read[2], words, read[0], read[1], parse))
    day = replace(when, inferred=True, alternatives=(), reasons=())
    resolved = resolve(replace(reading, times=tuple(bare), quotations=(), published=day), parse, tools)
    return {time.id: _said(time, when) for time in resolved if time.interval is not None}


def _said(time: TimeExpression, when: TimeInterval) -> TimeExpression:
    """The expression as one of the speaker: its basis the quotation, its anchor the time at which it was said."""
    assert time.interval is not None
    assert when.start is not None
    why = Reason("resolution.speaker", f"reckoned from {when.start.isoformat()}, when it was said", time.span)
    interval = replace(time.interval, basis=Basis.QUOTATION, anchor_id=when.anchor_id, reasons=(why,))
    kept = tuple(reason for reason in time.reasons if reason.rule != "resolution.publication")
    return replace(time, interval=interval, relative_to=when.anchor_id, reasons=(*kept, why))
