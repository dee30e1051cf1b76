"""Vague times: "now", "recently", "for years"; whose now it is, and how far it can reach.

What a vague word leaves open stays open, but for two things: how far "recently" and "soon" reach is taken by a stated
convention (``vague-times.csv``), and what "has lasted for two years" ends with the report.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import CLOCK_UNITS, PRECISION, Lean, Meaning, move
from onrecord.extract.when.story import ONE, PUBLICATION, Story, from_day_of_report
from onrecord.extract.when.times import formula
from onrecord.lexicon import Row
from onrecord.record import Basis, Precision, Quotation, Reason, Span, TimeExpression, TimeInterval, TimeKind

if TYPE_CHECKING:
    from onrecord.extract.when.telling import Passage

QUOTED_NOW = "resolution.quoted-now"
# How many words back a time may stand of which "now" is said.
NEAR = 60
PERFECT = frozenset({"have", "has", "'ve", "’ve", "'s", "’s"})


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
            QUOTED_NOW,
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


# ------------------------------------------------------------------------------------------------- how far they reach


def bounded(times: Sequence[TimeExpression], passage: Passage, story: Story) -> tuple[TimeExpression, ...]:
    """The times, the vague among them with the bounds that a convention, the tense or the story gives."""
    reaches = passage.lexicons["vague-times"].by_key
    found: list[TimeExpression] = []
    told: tuple[int, TimeExpression] | None = None
    for expression in times:
        at = passage.word_at(expression.span)
        row = reaches.get(passage.words.at(at))
        if row is not None and passage.words.at(at + 1) in {"after", "before", "afterwards", "thereafter"}:
            expression = replace(
                expression, interval=None, relative_to=None
            )  # "soon after the raid": not seen from here
        elif row is not None and _is_vague(expression):
            expression = _by_convention(expression, row, story)
        elif expression.kind is TimeKind.DURATION and expression.interval is None:
            expression = _until_the_report(expression, at, passage, story)
        elif expression.timex == "PRESENT_REF" and told is not None and at - told[0] <= NEAR:
            expression = _told_now(expression, told[1], passage, story)
        if _is_dated(expression):
            told = at, expression
        found.append(expression)
    return tuple(found)


def _is_vague(expression: TimeExpression) -> bool:
    return expression.interval is not None and expression.timex in {"PAST_REF", "FUTURE_REF"}


def _is_dated(expression: TimeExpression) -> bool:
    interval = expression.interval
    sized = interval is not None and interval.start is not None and interval.end is not None
    return sized and expression.kind is TimeKind.DATE and interval is not None and interval.precision != Precision.VAGUE


def _by_convention(expression: TimeExpression, row: Row, story: Story) -> TimeExpression:
    """As in "recently": the stretch before the report's date that the convention gives it; "soon": after it."""
    interval, months = expression.interval, int(row["months"])
    if interval is None or story.ends is None:
        return expression
    first, last = story.ends
    try:
        start = interval.start or move(first, "month", -months)
        end = interval.end or move(last + ONE, "month", months)
    except (ValueError, OverflowError):  # beyond the calendar
        return expression
    why = Reason(row.rule, f"taken as within {months} months, a convention", expression.span)
    interval = replace(interval, start=start, end=end, reasons=(*interval.reasons, why))
    return replace(expression, interval=interval, reasons=(*expression.reasons, why))


def _until_the_report(expression: TimeExpression, at: int, passage: Passage, story: Story) -> TimeExpression:
    """As in "has been shut for two years": a stretch that ends with the report; with its beginning if it is counted."""
    read = passage.meaning(expression)
    words = passage.words
    if story.ends is None or read is None or words.at(at - 1) != "for" or read[2].unit in CLOCK_UNITS:
        return expression
    perfect = _perfect(at, passage)
    if perfect is None:
        return expression
    first, last = story.ends
    meaning = read[2]
    try:
        start = None if meaning.count is None else move(first, meaning.unit, -meaning.count)
    except (ValueError, OverflowError):
        return expression
    note = f"“{words.text[perfect]} ... for” goes on until the report"
    why = Reason("resolution.until-the-report", note, passage.parse.view.span(words.start[perfect], words.end[perfect]))
    interval = TimeInterval(
        start, last + ONE, PRECISION.get(meaning.unit, Precision.VAGUE), Basis.PUBLICATION, inferred=True,
        throughout=True, approximate=True, reasons=(from_day_of_report(story, expression.span), why),
    )  # fmt: skip
    return replace(expression, interval=interval, relative_to=PUBLICATION, reasons=(*expression.reasons, why))


def _perfect(at: int, passage: Passage) -> int | None:
    """The word of the present perfect that governs the words from ``at``; None if another tense does."""
    words = passage.words
    token = passage.parse.doc[words.token[at]]
    for _ in range(8):
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            found = next((a for a in token.lefts if a.dep_ == "aux" and a.lower_ in PERFECT), None)
            modal = any(a.tag_ == "MD" or a.lower_ == "to" for a in token.lefts)
            return None if found is None or modal else bisect_right(words.token, found.i) - 1
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _told_now(expression: TimeExpression, told: TimeExpression, passage: Passage, story: Story) -> TimeExpression:
    """As in "it was now the army that ruled", in a history or in somebody's words: at the time told of before it."""
    read = passage.meaning(expression)
    quoted = any(reason.rule == QUOTED_NOW for reason in expression.reasons)
    if read is None or told.interval is None or not (quoted or story.narrative):
        return expression
    clause = passage.clause(read[0], read[1])
    if clause.lean is not Lean.PAST or not clause.note.endswith("is past"):
        return expression
    why = Reason("resolution.told-now", f"“now” of what is told of {told.timex}: {clause.note}", told.span)
    interval = replace(told.interval, inferred=True, approximate=True, basis=Basis.NARRATIVE, anchor_id=told.id,
                       alternatives=(), reasons=(why,))  # fmt: skip
    return replace(expression, interval=interval, relative_to=told.id, reasons=(*expression.reasons, why))
