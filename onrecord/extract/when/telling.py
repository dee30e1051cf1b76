"""The order of telling: what a report tells as later lies later, and chooses between two readings."""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.parse import Parse
from onrecord.extract.when.story import PUBLICATION
from onrecord.extract.when.timewords import Words
from onrecord.record import Alternative, Basis, Precision, Reason, Span, TimeExpression, TimeKind


def told_in_order(times: list[TimeExpression], words: Words, at: dict[int, int], parse: Parse) -> list[TimeExpression]:
    """Where "last summer" leaves two readings and what is told as later lies before it, the other is right."""
    found = list(times)
    for k, expression in enumerate(times):
        interval = expression.interval
        if interval is None or not interval.alternatives or interval.precision is not Precision.SEASON:
            continue
        after = _told_later(times[k + 1 : k + 6], expression, words, at, parse)
        other = interval.alternatives[0]
        if after is None or interval.start is None or after[0].interval is None or after[0].interval.start is None:
            continue
        if after[0].interval.start >= interval.start or other.start is None:
            continue
        why = Reason("resolution.told-later", f"{after[0].timex} is told as later", after[1])
        rejected = Alternative(
            interval.start, interval.end, f"what is told as later, {after[0].timex}, would lie before it"
        )
        changed = replace(interval, start=other.start, end=other.end, basis=Basis.NARRATIVE, anchor_id=after[0].id,
                          alternatives=(rejected,), reasons=(*interval.reasons, why))  # fmt: skip
        year = f"{other.start.year:04d}"
        timex, written = year + expression.timex[4:], year + expression.edtf[4:]
        reasons = (*expression.reasons, why)
        found[k] = replace(expression, interval=changed, timex=timex, edtf=written, reasons=reasons)
    return found


def _told_later(
    following: list[TimeExpression], expression: TimeExpression, words: Words, at: dict[int, int], parse: Parse
) -> tuple[TimeExpression, Span] | None:
    """The next date in the three sentences that follow which the words mark as later, and the word that does."""
    start = at.get(parse.view.find(expression.span)[1] + 1) or at.get(parse.view.find(expression.span)[1])
    for candidate in following:
        stop = at.get(parse.view.find(candidate.span)[0])
        if start is None or stop is None or stop - start > 80:
            return None
        if candidate.kind is not TimeKind.DATE or candidate.relative_to != PUBLICATION:
            continue
        for i in range(start, stop):
            if words.at(i) in {"later", "then", "subsequently", "afterwards"}:
                return candidate, parse.view.span(words.start[i], words.end[i])
    return None
