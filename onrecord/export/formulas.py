"""What a time expression means as long as no day is known: "the year before publication".

Built from the rules that read the expression, so it says no more than they do. An expression that is reckoned from
another one, or from an event, is shown with the words of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.lexicon import Lexicon, load_lexicons
from onrecord.record import Id, Reading, Reason, Span, TimeExpression

PUBLICATION = "publication"
# How a number of units lies beside the day that it is counted from.
SIDES = {-1: "before", 0: "of", 1: "after"}
REFERENCES = {"PAST_REF": "some time before", "PRESENT_REF": "the time of", "FUTURE_REF": "some time after"}


def formula_in_words(time: TimeExpression, text: str, spans: Mapping[Id, Span]) -> str:
    """What an expression is reckoned from, and how; empty if it hangs on nothing. ``spans``: see ``spans_by_id``.

    >>> from onrecord.record import TimeKind
    >>> reasons = Reason("time-shifts#last", "last", Span(0, 4)), Reason("time-units#year", "year", Span(5, 9))
    >>> last_year = TimeExpression("t-1", Span(0, 9), TimeKind.DATE, "XXXX", relative_to="publication", reasons=reasons)
    >>> formula_in_words(last_year, "last year", {})
    'the year before publication'
    """
    if time.relative_to is None:
        return ""
    words = _words(time.span, text)
    if time.relative_to != PUBLICATION:
        anchor = spans.get(time.relative_to)
        return f"“{words}”, reckoned from " + (f"“{_words(anchor, text)}”" if anchor is not None else time.relative_to)
    return _from_publication(time, text) or f"“{words}”, reckoned from publication"


def spans_by_id(reading: Reading) -> dict[Id, Span]:
    """Where the words stand from which an expression may be reckoned: other expressions, and events."""
    return {time.id: time.span for time in reading.times} | {event.id: event.trigger for event in reading.events}


def _words(span: Span, text: str) -> str:
    return " ".join(span.cut(text).split())


def waits(time: TimeExpression) -> bool:
    """Whether an expression has no days only because the report's date is not known."""
    return time.interval is None and time.relative_to == PUBLICATION


def modifier(time: TimeExpression) -> str:
    """The ``mod`` of TIMEX3 that the words of an expression give ("early": START); empty if none."""
    rules = (reason.rule for reason in time.reasons if reason.rule.startswith("time-modifiers#"))
    return next((mod for mod in (_column("time-modifiers", rule, "mod") for rule in rules) if mod), "")


def _from_publication(time: TimeExpression, text: str) -> str:
    rules = {reason.rule.partition("#")[0]: reason for reason in time.reasons if "#" in reason.rule}
    if set(rules) == {"deictic-times"}:
        return _deictic(time.timex, rules["deictic-times"])
    unit = rules.get("time-units")
    if "time-shifts" in rules and len(rules) == 2:
        return _stepped(time, text, rules)
    if unit is None or unit.span is None or not set(rules) <= {"time-units", "number-words"}:
        return ""
    counted = _words(Span(time.span.start, unit.span.end), text).lower()
    after = text[unit.span.end : time.span.end].strip().lower()
    if time.timex == "PAST_REF" and after == "ago":
        return f"{counted} before publication"
    ahead = time.timex == "FUTURE_REF" and after in {"from now", "hence"}
    return f"{counted} after publication" if ahead else ""


def _stepped(time: TimeExpression, text: str, rules: Mapping[str, Reason]) -> str:
    """As in "last year", "next Friday": one step of a unit, or to a season, month or weekday by its name."""
    side = _side(_column("time-shifts", rules["time-shifts"].rule, "step"))
    unit = rules.get("time-units")
    # "the past six months", "the coming months" are lengths (P6M, PXM), not one step.
    if unit is not None and time.timex.startswith("X"):
        return f"the {unit.rule.partition('#')[2]} {side} publication" if side else ""
    named = next((rules[name] for name in ("seasons", "months", "weekdays") if name in rules), None)
    if named is None or named.span is None or side in {"", "of"}:
        return ""
    return f"the {named.span.cut(text)} {side} publication"


def _deictic(timex: str, reason: Reason) -> str:
    if timex in REFERENCES:
        return f"{REFERENCES[timex]} publication"
    offset = _column("deictic-times", reason.rule, "offset")
    if not offset.lstrip("-").isdecimal() or _column("deictic-times", reason.rule, "part"):
        return ""
    days = int(offset)
    counted = f"{abs(days)} days" if abs(days) > 1 else "the day"
    return f"{counted} {SIDES[(days > 0) - (days < 0)]} publication"


def _side(step: str) -> str:
    """The word for a step of one unit; a step marked "*" is no step from publication."""
    return SIDES.get(int(step), "") if step.lstrip("-").isdecimal() else ""


def _column(lexicon: str, rule: str, column: str) -> str:
    """What the package's lexicon says in the row of a rule; empty for a row of somebody's own lexicon."""
    row = _lexicons()[lexicon].by_key.get(rule.partition("#")[2]) if lexicon in _lexicons() else None
    return row.values.get(column, "") if row is not None else ""


@cache
def _lexicons() -> Mapping[str, Lexicon]:
    return load_lexicons().files
