"""The order of telling: what a report tells as later lies later, and chooses between two readings of a time.

"They wanted to march last spring. It was later put off to February": that spring lies before that February, whichever
of the two springs the calendar would prefer. Readings that no order allows are kept as rejected alternatives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.extract.parse import Parse
from onrecord.extract.when.calendar import Days, Lean, Meaning, denote
from onrecord.extract.when.story import PUBLICATION, Story
from onrecord.extract.when.tense import Clause, clause_of
from onrecord.extract.when.times import edtf, meaning_of
from onrecord.extract.when.timewords import Vocabulary, Words
from onrecord.extract.when.vagueness import bounded
from onrecord.lexicon import Lexicons, Row
from onrecord.record import Alternative, Basis, Reason, Span, TimeExpression, TimeInterval, TimeKind

# How many words may stand between two times that a word of order joins.
NEAR = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """A report's words as the time grammar reads them, with the way back from a time expression to its words."""

    parse: Parse
    words: Words
    at: dict[int, int]
    v: Vocabulary
    lexicons: Lexicons

    def meaning(self, expression: TimeExpression) -> tuple[int, int, Meaning] | None:
        """The words of an expression, from and to, and what they mean."""
        return meaning_of(expression.span, self.words, self.at, self.v, self.parse)

    def clause(self, i: int, end: int) -> Clause:
        """The clause around the words from ``i`` to before ``end``."""
        words = self.words
        tokens = self.parse.doc[words.token[i] : words.token[end - 1] + 1]
        return clause_of(tokens, words.at(i - 1), self.v, self.parse)

    def word_at(self, span: Span) -> int:
        """The index of the first word that begins at or after a span's start."""
        return bisect_left(self.words.start, self.parse.view.find(span)[0])


def settle(times: Sequence[TimeExpression], passage: Passage, story: Story) -> tuple[TimeExpression, ...]:
    """The times with what their order in the report decides, and the vague ones with what bounds them."""
    return bounded(_in_order(times, passage, story), passage, story)


# ------------------------------------------------------------------------------------------------- two readings of one


@dataclass(slots=True)
class Choice:
    """A time expression with all readings that its words and the report's date leave."""

    expression: TimeExpression
    meaning: Meaning | None
    readings: list[Days]

    @property
    def default(self) -> Days:
        """The reading that the calendar prefers."""
        interval = self.expression.interval
        assert interval is not None
        return _as_days(self.expression, interval)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.readings) > 1


def _in_order(times: Sequence[TimeExpression], passage: Passage, story: Story) -> tuple[TimeExpression, ...]:
    """The times, those with several readings narrowed to what the words of order around them allow."""
    steps = list(_steps(times, passage))
    if not steps:
        return tuple(times)
    choices: dict[int, Choice] = {}
    for before, after, _, _ in steps:
        for k in (before, after):
            choices[k] = choices.get(k) or _choice(times[k], passage, story)
    told: dict[int, tuple[TimeExpression, Reason]] = {}
    for _ in range(2):  # what a later step decides can decide an earlier one
        for before, after, row, span in steps:
            _drop(choices, (before, after), told, Reason(row.rule, "told as later", span))
    return tuple(
        _chosen(choices[k], *told[k]) if k in told and k in choices else expression
        for k, expression in enumerate(times)
    )


def _drop(
    choices: dict[int, Choice], pair: tuple[int, int], told: dict[int, tuple[TimeExpression, Reason]], why: Reason
) -> None:
    """Leave out readings of either time that the other's readings cannot be in order with."""
    first, last = (choices[k] for k in pair)
    earlier = [a for a in first.readings if any(_precedes(a, b) for b in last.readings)]
    later = [b for b in last.readings if any(_precedes(a, b) for a in first.readings)]
    if not earlier or not later:
        return
    if len(earlier) == len(first.readings) and not _precedes(first.default, last.default):
        earlier = [a for a in earlier if _precedes(a, last.default)] or earlier  # the later of the two is the surer
    for k, choice, kept, other in ((pair[0], first, earlier, last), (pair[1], last, later, first)):
        if len(kept) < len(choice.readings):
            choice.readings = kept
            told[k] = (other.expression, why)


def _precedes(a: Days, b: Days) -> bool:
    return a.start is None or b.start is None or a.start <= b.start


def _choice(expression: TimeExpression, passage: Passage, story: Story) -> Choice:
    """All readings: of either end of the report's date, and of either side where the tense leaves both."""
    read = passage.meaning(expression)
    interval = expression.interval
    if read is None or interval is None or expression.relative_to != PUBLICATION or story.ends is None:
        days = [] if interval is None else [_as_days(expression, interval)]
        return Choice(expression, None, days)
    i, end, meaning = read
    clause = passage.clause(i, end)
    leans = {clause.lean}
    bare = meaning.shift is None and meaning.year_shift is None and meaning.day_offset is None
    if bare and (clause.past_plan or clause.lean is Lean.NEAREST):
        leans |= {Lean.PAST, Lean.FUTURE}
    found = [denote(meaning, day, lean) for day in story.ends for lean in leans]
    if meaning.season and meaning.shift == -1:
        found += [denote(replace(meaning, shift=None, year=day.year - 1), None, Lean.PAST) for day in story.ends]
    unique = {(days.start, days.end): days for days in found if days is not None}
    readings = sorted(unique.values(), key=lambda days: (days.start is not None, days.start))
    return Choice(expression, meaning, readings or [_as_days(expression, interval)])


def _as_days(expression: TimeExpression, interval: TimeInterval) -> Days:
    return Days(interval.start, interval.end, interval.precision, expression.timex, expression.edtf, interval.clock)


def _chosen(choice: Choice, other: TimeExpression, why: Reason) -> TimeExpression:
    """The expression with the one reading left, the others kept as rejected; unchanged where several are left."""
    expression, interval = choice.expression, choice.expression.interval
    if choice.is_open or not choice.readings or interval is None or choice.meaning is None:
        return expression
    days = choice.readings[0]
    note = f"out of order with {other.timex or 'a time'}, which the report tells beside it"
    rejected = [
        Alternative(a.start, a.end, note) for a in interval.alternatives if (a.start, a.end) != (days.start, days.end)
    ]
    if (interval.start, interval.end) != (days.start, days.end):
        rejected.insert(0, Alternative(interval.start, interval.end, note))
    changed = replace(
        interval, start=days.start, end=days.end, precision=days.precision, basis=Basis.NARRATIVE, anchor_id=other.id,
        alternatives=tuple(dict.fromkeys(rejected)), reasons=(*interval.reasons, why),
    )  # fmt: skip
    return replace(expression, interval=changed, timex=days.timex, edtf=edtf(choice.meaning, days),
                   reasons=(*expression.reasons, why))  # fmt: skip


# ------------------------------------------------------------------------------------------------- words of order


def _steps(times: Sequence[TimeExpression], passage: Passage) -> Iterator[tuple[int, int, Row, Span]]:
    """Pairs of times (their places in ``times``) that a word such as "later" joins, with that word's row and span.

    The word opens or stands in the clause of the second; both are dates, of no other paragraph but the next.
    """
    dated = [(passage.word_at(t.span), k) for k, t in enumerate(times) if _may_be_ordered(t)]
    order = passage.lexicons["order-words"].by_key
    for (first, a), (second, b) in _neighbours(dated):
        if second - first > NEAR:
            continue
        for i in range(second - 1, first, -1):
            row = order.get(passage.words.at(i))
            if row is not None and row["stands"] == "adverb" and not _is_counted(passage.words, i):
                if _same_sentence(passage, i, second):
                    words = passage.words
                    yield a, b, row, passage.parse.view.span(words.start[i], words.end[i])
                break


def _neighbours(dated: list[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return pairwise(dated)


def _may_be_ordered(expression: TimeExpression) -> bool:
    interval = expression.interval
    dated = expression.kind in {TimeKind.DATE, TimeKind.TIME} and interval is not None
    return dated and interval is not None and interval.start is not None and interval.end is not None


def _is_counted(words: Words, i: int) -> bool:
    """As in "a week later", "later this year", "then-president": part of a time or a title, no step of the story."""
    return words.at(i + 1) in {"this", "that", "in", "on", "next", "-"} or words.at(i - 1).endswith(
        ("day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "since", "until", "by")
    )


def _same_sentence(passage: Passage, i: int, j: int) -> bool:
    doc, token = passage.parse.doc, passage.words.token
    return not any(doc[k].is_sent_start for k in range(token[i] + 1, token[j] + 1))
