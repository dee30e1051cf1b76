"""Vague times: "now", "recently", "soon"; whose now it is, and how far it can reach."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from onrecord.extract.when.calendar import Meaning
from onrecord.extract.when.story import ONE, PUBLICATION, Story, from_day_of_report
from onrecord.extract.when.times import formula
from onrecord.record import Basis, Precision, Quotation, Reason, Span, TimeExpression, TimeInterval


@dataclass(frozen=True, slots=True)
class Quoted:
    """Which stretches are quoted, for quick asking."""

    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, quotations: tuple[Quotation, ...]) -> Quoted:
        """The quotations but scare quotes, in order."""
        spans = tuple(sorted(q.span for q in quotations if not q.scare))
        return cls(tuple(span.start for span in spans), spans)

    def __contains__(self, span: Span) -> bool:
        i = bisect_right(self.starts, span.start) - 1
        return i >= 0 and self.spans[i].contains(span)


def vague(expression: TimeExpression, meaning: Meaning, story: Story, quoted: bool) -> TimeExpression:
    """A vague expression with what bounds it; unbounded inside a quotation, whose speaker has a now of his own."""
    expression = replace(expression, timex=formula(meaning, None))
    if expression.timex not in {"PAST_REF", "PRESENT_REF", "FUTURE_REF"}:
        return expression
    if quoted:
        why = Reason(
            "resolution.quoted-now",
            "reckoned from the moment of speaking, which need not be the report's",
            expression.span,
        )
        return replace(expression, reasons=(*expression.reasons, why))
    if story.ends is None:
        return replace(expression, relative_to=PUBLICATION)
    first, last = story.ends
    spans: dict[str, tuple[date | None, date | None]] = {
        "PAST_REF": (None, last + ONE), "PRESENT_REF": (first, last + ONE), "FUTURE_REF": (first, None)
    }  # fmt: skip
    start, end = spans[expression.timex]
    why = from_day_of_report(story, expression.span)
    interval = TimeInterval(
        start, end, Precision.VAGUE, Basis.PUBLICATION, inferred=True, approximate=True, reasons=(why,)
    )
    return replace(expression, interval=interval, relative_to=PUBLICATION, reasons=(*expression.reasons, why))
