"""The story: what is known on the way through a report, of its own date and of the time last spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.extract.when.calendar import Lean, Meaning
from onrecord.extract.when.dating import UPDATED
from onrecord.record import Basis, Precision, Reason, Span, TimeExpression, TimeInterval, TimeKind

PUBLICATION = "publication"
ONE = timedelta(1)
# A report's date that is less sure than this is no date to reckon from.
WIDEST = timedelta(400)
# A year named in passing, this far from the days that a history is telling of, does not move it.
ASIDE = 4


@dataclass(slots=True)
class Story:
    """What is known on the way through a report: its date, and the time last spoken of."""

    published: TimeInterval | None
    narrative: bool = False
    last: TimeExpression | None = None
    quarter: TimeExpression | None = None

    @property
    def ends(self) -> tuple[date, date] | None:
        """The first and the last day on which the report can have come out; None if that is too unsure."""
        known = self.published
        if known is None or known.start is None or known.end is None or known.end - known.start > WIDEST:
            return None
        updated = any(reason.rule == UPDATED for reason in known.reasons)
        return (known.end - ONE if updated else known.start), known.end - ONE

    def remember(self, expression: TimeExpression, meaning: Meaning | None, lean: Lean = Lean.PAST) -> None:
        """Note a resolved date as the time now spoken of; not one that is only held beside it ("a year earlier")."""
        if expression.interval is None or expression.kind not in {TimeKind.DATE, TimeKind.TIME}:
            return
        if meaning is not None and (
            (meaning.unit == "year" and meaning.way) or meaning.year_shift == -1 or meaning.literal
        ):
            return
        planned = lean is Lean.FUTURE and meaning is not None and meaning.year is not None
        if self.narrative and (planned or self._is_aside(expression, meaning)):
            return
        if expression.interval.precision is Precision.QUARTER and not self._is_ahead(expression.interval):
            self.quarter = expression
        if expression.interval.start is not None and expression.interval.end is not None:
            self.last = expression

    def _is_ahead(self, interval: TimeInterval) -> bool:
        return self.ends is not None and interval.start is not None and interval.start > self.ends[1]

    def _is_aside(self, expression: TimeExpression, meaning: Meaning | None) -> bool:
        """What a history mentions in passing: a feast, its own day of writing, a year far from the time spoken of."""
        interval, last = expression.interval, self.last.interval if self.last is not None else None
        if interval is None or interval.basis is Basis.PUBLICATION or (meaning is not None and meaning.holiday):
            return True
        if interval.precision in {Precision.DECADE, Precision.CENTURY}:
            return True
        if last is None or last.start is None or interval.start is None or interval.precision is not Precision.YEAR:
            return False
        return last.precision is not Precision.YEAR and abs(interval.start.year - last.start.year) > ASIDE


def from_day_of_report(story: Story, span: Span, note: str = "") -> Reason:
    """The reason of what is reckoned from the report's date; only where ``story.ends`` is known."""
    assert story.ends is not None
    first, last = story.ends
    day = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    inferred = " (inferred)" if story.published is not None and story.published.inferred else ""
    return Reason("resolution.publication", f"reckoned from the report's date, {day}{inferred}{note}", span)
