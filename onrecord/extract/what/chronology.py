"""Chronology: when an act took place that has no time of its own, by the acts that the report sets it against.

"They met after the mayor resigned on 3 May": the meeting lies on that day or later, and before the report, since it
is told as past. Bounds pass on from act to act. Where the other act is undated too, the relation itself is kept, for
whoever comes to know that date. Nothing is dated by its mere place in the text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.sequence import Order, Sequence
from onrecord.extract.when.calendar import move, step
from onrecord.extract.when.occasions import Dates, Timed, opened
from onrecord.record import Basis, Event, Precision, Reading, Reason, Status, TimeExpression, TimeInterval

COUNTED_FROM = "chronology.counted-from"
COUNT = re.compile(r"P(\d+(?:\.5)?)([DWMY])")
UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# How often bounds are passed on: an act that hangs on an act that hangs on an act.
ROUNDS = 3


def settle(reading: Reading, parse: Parse, tools: Tools) -> tuple[Event, ...]:
    """The stage ``chronology``: the events, those without a time of their own bounded by those they are set against."""
    events = list(reading.events)
    if not events:
        return ()
    sequence = Sequence(reading, parse, tools)
    own = frozenset(k for k, event in enumerate(events) if event.when is not None)
    for k, event in enumerate(events):
        if k not in own:
            events[k] = _timed(event, sequence.times_of(k), sequence.dates, k in sequence.begun)
    orders = sequence.both_ways()
    for _ in range(ROUNDS):
        before = list(events)
        _share(events)
        for order in orders:
            if order.event not in own:
                events[order.event] = _bounded(events[order.event], events[order.other], order, reading.published)
        if events == before:
            break
    return tuple(_over(event, reading.published) for event in events)


# ------------------------------------------------------------------------------------------------- bounds


def _bounded(event: Event, other: Event, order: Order, published: TimeInterval | None) -> Event:
    """The event with the bound that another gives it; unchanged where that would leave it no time at all."""
    if order.length is not None:
        return _counted(event, other, order, order.length)
    start, end = _bounds(order.relation, other.when)
    known = event.when
    if known is not None:
        start = max((d for d in (known.start, start) if d is not None), default=None)
        end = min((d for d in (known.end, end) if d is not None), default=None)
    over = published.end if published is not None else None
    if start is not None and end is not None and start >= end:
        return event
    if known is not None and (start, end) == (known.start, known.end):
        return event
    reasons = () if known is None else known.reasons
    trivial = start is None and (end is None or (over is not None and end >= over))
    if trivial and not (order.kept and end is None):
        return event
    inside = order.relation in {"during", "meanwhile", "eve"} and other.when is not None
    when = TimeInterval(
        start, end, other.when.precision if inside and other.when is not None else Precision.VAGUE, Basis.EVENT,
        inferred=True, throughout=order.relation == "since",
        approximate=any(w is not None and w.approximate for w in (known, other.when)),
        anchor_id=other.id, reasons=tuple(dict.fromkeys((*reasons, order.why))),
    )  # fmt: skip
    return replace(event, when=when, reasons=tuple(dict.fromkeys((*event.reasons, order.why))))


def _counted(event: Event, other: Event, order: Order, length: TimeExpression) -> Event:
    """As in "three days after the raid": so far from that act, as fine as the unit; the relation if it is undated."""
    if event.when is not None and event.when.start is not None:
        return event
    rule = COUNTED_FROM if order.kept else "chronology.counted-back"
    why = Reason(rule, f"{length.timex} {order.why.note}", length.span)
    counted = COUNT.fullmatch(length.timex)
    days = None
    if counted is not None and other.when is not None and other.when.start is not None and other.when.end is not None:
        sign = -1 if order.relation == "before" else 1
        days = _away(other.when.start, other.when.end, UNITS[counted[2]], sign * float(counted[1]))
    if days is None and not order.kept:
        return event
    start, end, precision = days if days is not None else (None, None, Precision.VAGUE)
    when = TimeInterval(start, end, precision, Basis.EVENT, inferred=True, approximate=precision is not Precision.DAY,
                        anchor_id=other.id, reasons=(order.why, why))  # fmt: skip
    reasons = tuple(dict.fromkeys((*event.reasons, order.why, why)))
    return event if when == event.when else replace(event, when=when, reasons=reasons)


def _away(first: date, end: date, unit: str, count: float) -> tuple[date, date, Precision] | None:
    """The stretch so many units away from another, in whole units; None beyond the calendar."""
    try:
        starts, ends = (step(unit, move(day, unit, count), 0) for day in (first, end - timedelta(1)))
    except (ValueError, OverflowError):
        return None
    if starts.start is None or ends.end is None:
        return None
    return starts.start, ends.end, starts.precision


def hang_times(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``hung-times``: lengths that count from an event ("three days after the raid") with its id and days."""
    hung = {
        reason.span: event.when
        for event in reading.events
        for reason in (event.when.reasons if event.when is not None else ())
        if reason.rule == COUNTED_FROM
    }
    found = []
    for time in reading.times:
        when = hung.get(time.span)
        if when is not None and time.interval is None:
            interval = when if when.start is not None else None
            time = replace(time, interval=interval, relative_to=when.anchor_id, reasons=(*time.reasons, *when.reasons))
        found.append(time)
    return tuple(found)


def _over(event: Event, published: TimeInterval | None) -> Event:
    """What is told as having happened is over: an open end is the day of the report."""
    when, over = event.when, published.end if published is not None else None
    if when is None or when.start is None or when.end is not None or event.status is not Status.HAPPENED:
        return event
    if over is None or when.start >= over:
        return event
    why = Reason("chronology.before-the-report", "told as having happened, so before the report", event.trigger)
    return replace(event, when=replace(when, end=over, inferred=True, reasons=(*when.reasons, why)))


def _timed(event: Event, found: list[Timed], dates: Dates, begun: bool) -> Event:
    """The event with the times that were found for it: from the first to the last of them; open if it only began."""
    if not found:
        return event
    first, last = (opened(expression, signal, dates) for expression, signal in (found[0], found[-1]))
    whys = tuple(Reason("chronology.told-of-a-time", "told of that time", e.span) for e, _ in dict.fromkeys(found))
    when = replace(first, inferred=True, reasons=(*first.reasons, *whys))
    if last.end is not None and first.start is not None and last.end > (first.end or last.end):
        when = replace(when, end=last.end, precision=Precision.VAGUE, throughout=True)
    elif begun and len(found) == 1:
        when = replace(when, end=None, precision=Precision.VAGUE, throughout=True)
    return replace(event, when=when, reasons=(*event.reasons, *whys))


def _bounds(relation: str, when: TimeInterval | None) -> tuple[date | None, date | None]:
    """What the time of the other act says of this one: its first day and the day after its last."""
    if when is None:
        return None, None
    return {
        "after": (when.start, None),
        "since": (when.start, None),
        "before": (None, when.end),
        "until": (None, when.end),
        "during": (when.start, when.end),
        "eve": _day_before(when),
        "meanwhile": (when.start, when.end),
    }[relation]


def _day_before(when: TimeInterval) -> tuple[date | None, date | None]:
    """The day before an act of one day; of a longer one, before its end."""
    if when.start is None or when.end is None or when.end - when.start > timedelta(1):
        return None, when.end
    return when.start - timedelta(1), when.start


def _share(events: list[Event]) -> None:
    """Give tellings of one event the time that the first dated of them has."""
    times: dict[str, TimeInterval] = {}
    for event in events:
        if event.when is not None and (event.when.start or event.when.end):
            times.setdefault(event.same_as or event.id, event.when)
    for k, event in enumerate(events):
        shared = times.get(event.same_as or event.id)
        if shared is not None and (event.when is None or not (event.when.start or event.when.end)):
            why = Reason("chronology.same-event", "the time told of the same event elsewhere", event.trigger)
            when = replace(shared, inferred=True, reasons=(*shared.reasons, why))
            events[k] = replace(event, when=when, reasons=(*event.reasons, why))
