"""The story: what is known on the way through a report, of its own date and of the time last spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.extract.when.calendar import Lean, Meaning
from onrecord.extract.when.dating import UPDATED
from onrecord.extract.when.tense import DEADLINES, UNSAID, Clause
from onrecord.record import Basis, Precision, Reason, Span, TimeExpression, TimeInterval, TimeKind

PUBLICATION = "publication"
ONE = timedelta(1)
# A report's date that is less sure than this is no date to reckon from.
WIDEST = timedelta(400)
# A year named in passing, this far from the days that a history is telling of, does not move it.
ASIDE = 4
# A quarter is told of as done in its last days.
NEARLY_OVER = timedelta(20)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: its clause, the word before it, whether it opens its sentence or is quoted."""

    clause: Clause
    before: str = ""
    fronted: bool = False
    quoted: bool = False


UNPLACED = Place(UNSAID)


# Before a year that opens a sentence, and with which a history goes on: "In 1986, ..."; not "A film of 1988 ...".
OPENS = frozenset({"in", "by", "during", "from", "after", "since", "until"})


@dataclass(slots=True)
class Story:
    """What is known on the way through a report: its date, and the time last spoken of.

    ``main``: the last time that opened a sentence. Such a time carries a history on ("In May, ..."); what stands inside
    a sentence ("a siege that lasted until 1945") is often told beside it.
    ``antique``: the year before Christ last spoken of, which no calendar of the standard library holds.
    """

    published: TimeInterval | None
    narrative: bool = False
    last: TimeExpression | None = None
    quarter: TimeExpression | None = None
    main: TimeExpression | None = None
    antique: int | None = None

    @property
    def ends(self) -> tuple[date, date] | None:
        """The first and the last day on which the report can have come out; None if that is too unsure."""
        known = self.published
        if known is None or known.start is None or known.end is None or known.end - known.start > WIDEST:
            return None
        updated = any(reason.rule == UPDATED for reason in known.reasons)
        return (known.end - ONE if updated else known.start), known.end - ONE

    @property
    def frame(self) -> TimeExpression | None:
        """The time that a sentence beginning with a bare month or day goes on from.

        What last opened a sentence, or a day told of since then, if it lies later.
        """
        if self.main is None or self.last is None or self.last.interval is None or self.main.interval is None:
            return self.last
        start, since = self.main.interval.start, self.last.interval.start
        later = start is not None and since is not None and since > start
        return self.last if later and self.last.interval.precision is Precision.DAY else self.main

    def remember(self, expression: TimeExpression, meaning: Meaning | None, place: Place = UNPLACED) -> None:
        """Note a resolved date as the time now spoken of; not one that is only held beside it ("a year earlier")."""
        if meaning is not None and meaning.before_christ and meaning.literal[2:6].isdigit():
            self.antique = int(meaning.literal[2:6])
        if expression.interval is None or expression.kind not in {TimeKind.DATE, TimeKind.TIME}:
            return
        if meaning is not None and _looks_back(meaning, self.narrative or self.ends is None):
            return
        planned = place.clause.lean is Lean.FUTURE and meaning is not None and meaning.year is not None
        planned = planned and place.before not in DEADLINES
        if self.narrative and (planned or self._is_aside(expression, meaning, place)):
            return
        if expression.interval.precision is Precision.QUARTER and not self._is_ahead(expression.interval):
            self.quarter = expression
        if expression.interval.start is not None and expression.interval.end is not None:
            self.last, self.antique = expression, None
            self.main = expression if place.fronted else self.main

    def _is_ahead(self, interval: TimeInterval) -> bool:
        """Whether a quarter is not over yet: what firms report of, and compare with, is over."""
        return self.ends is not None and interval.end is not None and interval.end > self.ends[1] + NEARLY_OVER

    def _is_aside(self, expression: TimeExpression, meaning: Meaning | None, place: Place) -> bool:
        """What a history mentions in passing: a feast, its own day of writing, a year far from the time spoken of."""
        interval, last = expression.interval, self.last.interval if self.last is not None else None
        if interval is None or interval.basis is Basis.PUBLICATION or (meaning is not None and meaning.holiday):
            return True
        if interval.precision in {Precision.DECADE, Precision.CENTURY}:
            return True
        if last is None or last.start is None or interval.start is None or interval.precision is not Precision.YEAR:
            return False
        if (
            place.fronted and place.before in OPENS and place.clause.lean is not Lean.FUTURE
        ):  # "In 1986, two engineers warned": the story goes on
            return False
        return last.precision is not Precision.YEAR and abs(interval.start.year - last.start.year) > ASIDE


def _looks_back(meaning: Meaning, narrative: bool) -> bool:
    """As in "a year earlier", "last year's", "the previous day": held beside the time spoken of.

    "A year later" is a comparison in a report of the day; a history goes on from it.
    """
    compared = meaning.unit == "quarter" and (meaning.year is not None or meaning.year_shift is not None)
    back = meaning.previous and (meaning.shift == -1 or compared)
    aside = meaning.unit == "year" and meaning.way and not (narrative and meaning.way == "later")
    return bool(aside or meaning.year_shift == -1 or meaning.literal or back)


def from_day_of_report(story: Story, span: Span, note: str = "") -> Reason:
    """The reason of what is reckoned from the report's date; only where ``story.ends`` is known."""
    assert story.ends is not None
    first, last = story.ends
    day = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    inferred = " (inferred)" if story.published is not None and story.published.inferred else ""
    return Reason("resolution.publication", f"reckoned from the report's date, {day}{inferred}{note}", span)
