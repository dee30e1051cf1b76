"""Correction notes: where a report says that it, or an earlier report of its outlet, was wrong.

A note speaks of the article itself, at its beginning, at its end or in a paragraph of its own; a quoted one is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.join.reports.naming import named_day
from onrecord.join.reports.wording import QUOTED, WORD, split_sentences
from onrecord.join.rows import lexicon, patterns
from onrecord.lexicon import Row
from onrecord.record import Reading, Reason, Span, TimeInterval

# So many words may stand before a note in its sentence; so many paragraphs count as the beginning and the end.
LATE, EDGE = 3, 2
# How much of the beginning and the end of a paragraph is looked at: a text without paragraphs may be very long.
REACH = 2_000
# What stands between a label and the note: a day, in brackets or not, and a colon or a dash. A label may stand alone.
_AFTER_LABEL = re.compile(
    r"\s*(?:\([^)\n]{1,40}\)|,?\s*[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|[\d./]{3,10})?"
    r"\s*(?:[:—–|]| - |\.?\s*(?:\n|$))"
)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*")
_CLAUSE_END = re.compile(r"[;:]|[.!?](?=[\s”\"')]|$)|\s+when\b|\s+and that\b|\)$")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NOT = re.compile(r"\bnot\b|n['’]t\b|\bdenied\b")
# Without one of these, in small letters, no paragraph is a note: a quick look.
STEMS = (
    "version", "correct", "clarif", "amended", "erratum", "error", "erroneous", "for the record", "misstat", "misident",
    "misspel", "misquot", "misattrib", "mistak", "wrong", "revised", "edited o", "edited t", "was changed",
    "headline have",
    "updated to", "apologi", "we are happy", "we have been asked", "we wish", "we would like", "earlier said",
    "initially said", "originally s", "previously s",
)  # fmt: skip
SAYS = {
    "label": "the label of a correction", "version": "it speaks of an earlier version", "self": "it was corrected",
    "opening": "it sets something right", "earlier": "it speaks of another report", "fault": "something was wrong",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """A correction note. ``field``: on what the report was wrong (``None``: the note does not say).

    ``wrong`` and ``right`` are the words that were wrong and those that are right, as far as the note says them.
    ``own``: it speaks of an earlier version of its own report; else of another one, of the day ``day`` if it says so.
    """

    span: Span
    field: str | None = None
    wrong: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    own: bool = True
    day: TimeInterval | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    row: Row
    span: Span

    @property
    def kind(self) -> str:
        return self.row["class"]


def correction_notes(reading: Reading) -> tuple[CorrectionNote, ...]:
    """The correction notes of a report, in the order of its text."""
    text = reading.document.text
    if not _has_stem(text):
        return ()
    paragraphs = list(_paragraphs(text))
    quoted = [Span(*found.span()) for found in QUOTED.finditer(text)]
    notes, done = [], -1
    for n, paragraph in enumerate(paragraphs):
        if n <= done or not _has_stem(paragraph.cut(text)):
            continue
        found = [one for one in _phrases(text, paragraph) if not any(quote.contains(one.span) for quote in quoted)]
        span = _note_span(text, paragraphs, n, found)
        if span is None:
            continue
        if span.end > paragraph.end:  # a label alone: the note is the next paragraph
            done = n + 1
            found += [one for one in _phrases(text, paragraphs[done]) if one.kind != "label"]
        notes.append(_note(reading, span, [one for one in found if span.contains(one.span)]))
    return tuple(notes)


def _has_stem(text: str) -> bool:
    low = text.lower()
    return any(stem in low for stem in STEMS)


def _paragraphs(text: str) -> Iterator[Span]:
    return (Span(*found.span()) for found in _PARAGRAPH.finditer(text))


def _phrases(text: str, paragraph: Span) -> list[_Found]:
    """The phrases at the beginning and the end of a paragraph, none inside a longer one of its class."""
    found: list[_Found] = []
    first = min(paragraph.start + REACH, paragraph.end)
    for start, end in ((paragraph.start, first), (max(first, paragraph.end - REACH), paragraph.end)):
        for finder, row in patterns("correction-notes"):
            if row["class"] == "article" or start == end:
                continue
            for hit in finder.finditer(text, start, end):
                one = _Found(row, Span(*hit.span()))
                if not any(other.kind == one.kind and other.span.overlaps(one.span) for other in found):
                    found.append(one)
    return found


def _note_span(text: str, paragraphs: list[Span], n: int, found: list[_Found]) -> Span | None:
    """From where the note begins to the end of its paragraph; None if it is none."""
    paragraph = paragraphs[n]
    label = next((one for one in found if one.kind == "label" and _is_label(text, paragraph, one.span)), None)
    if label is not None:
        alone = not WORD.search(text, label.span.end, paragraph.end) and n + 1 < len(paragraphs)
        return Span(paragraph.start, paragraphs[n + 1].end) if alone else paragraph
    strong = [one.span for one in found if one.kind in {"version", "self"}]
    opening = [one.span for one in found if one.kind == "opening"]
    if {"earlier", "fault"} <= {one.kind for one in found}:
        opening += [one.span for one in found if one.kind in {"earlier", "fault"}]
    if not strong + opening:
        return None
    first = min([*strong, *opening, *(one.span for one in found if one.kind == "fault")])
    sentence = next(one for one in _sentences(text, paragraph) if one.end > first.start)
    if len(WORD.findall(text, sentence.start, first.start)) > LATE:
        return None
    if sentence.start == paragraph.start:
        return paragraph
    at_an_edge = not EDGE <= n < len(paragraphs) - EDGE
    return Span(sentence.start, paragraph.end) if strong and at_an_edge else None


def _is_label(text: str, paragraph: Span, span: Span) -> bool:
    before = text[paragraph.start : span.start]
    return not WORD.search(before) and _AFTER_LABEL.match(text, span.end) is not None


def _sentences(text: str, span: Span) -> Iterator[Span]:
    for sentence in split_sentences(span.cut(text)):
        yield Span(sentence.start + span.start, sentence.end + span.start)


def _note(reading: Reading, span: Span, found: list[_Found]) -> CorrectionNote:
    text = reading.document.text
    wrong, right, turns = _sides(text, span, [one.span for one in found])
    kinds = {one.kind for one in found}
    field, told = _field(text, span, (wrong, right), kinds != {"label"})
    own = bool(kinds & {"version", "self"}) or "earlier" not in kinds
    reasons = [Reason(one.row.rule, SAYS[one.kind], one.span) for one in sorted(found, key=lambda one: one.span)]
    reasons += _article_words(text, found)
    day = None if own else named_day(reading, span)
    return CorrectionNote(span, field, wrong, right, own, day, (*reasons, *turns, *told))


def _article_words(text: str, found: list[_Found]) -> Iterator[Reason]:
    words = lexicon("correction-notes").by_key
    for one in found:
        for word in WORD.finditer(text, one.span.start, one.span.end):
            row = words.get(word.group().lower())
            if row is not None and row["class"] == "article":
                yield Reason(row.rule, "a report speaks of itself", Span(*word.span()))


def _sides(text: str, span: Span, phrases: list[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...], list[Reason]]:
    """The wrong words, the right words, and the turns that lead up to them."""
    turns: list[tuple[Span, Row]] = []
    for finder, row in patterns("correction-turns"):
        for hit in finder.finditer(text, span.start, span.end):
            one = Span(*hit.span())
            if not any(one.overlaps(other) for other, _ in turns):
                turns.append((one, row))
    turns.sort(key=lambda turn: turn[0])
    sides: dict[str, list[Span]] = {"wrong": [], "right": []}
    reasons = []
    for n, (turn, row) in enumerate(turns):
        stop = turns[n + 1][0].start if n + 1 < len(turns) else span.end
        words = _clause(text, turn.end, stop)
        if words is not None:
            sides[row["side"]].append(words)
            reasons.append(Reason(row.rule, f"{row['side']} words follow", turn))
    if sides["wrong"] and not sides["right"]:
        after = max(side.end for side in sides["wrong"])
        free = (one for one in _trimmed_sentences(text, span) if not any(one.contains(phrase) for phrase in phrases))
        sides["right"] = [one for one in free if one.start >= after][:1]
    return tuple(sides["wrong"]), tuple(sides["right"]), reasons


def _trimmed_sentences(text: str, span: Span) -> Iterator[Span]:
    for sentence in _sentences(text, span):
        words = [word.span() for word in WORD.finditer(text, sentence.start, sentence.end)]
        if words:
            yield Span(words[0][0], words[-1][1])


def _clause(text: str, start: int, stop: int) -> Span | None:
    """The words from here to the end of the clause, without "that" and marks."""
    end = _CLAUSE_END.search(text, start, stop)
    words = list(WORD.finditer(text, start, end.start() if end else stop))
    if words and words[0].group().lower() == "that":
        words = words[1:]
    return Span(words[0].start(), words[-1].end()) if words else None


def _field(
    text: str, span: Span, sides: tuple[tuple[Span, ...], ...], speaks: bool
) -> tuple[str | None, tuple[Reason, ...]]:
    """What the note concerns: by a word that says so outside what was wrong and is right; else by what these are.

    ``speaks``: it says more of itself than a label does, so that such a word is about the mistake.
    """
    rows = lexicon("correction-fields").by_key
    words = [word for word in WORD.finditer(text, span.start, span.end) if word.group().lower() in rows]
    hits = [(Span(*word.span()), rows[word.group().lower()]) for word in words]
    said = [hit for hit in hits if not any(words.contains(hit[0]) for side in sides for words in side)]
    alike = None if said or not all(sides) else _alike(*(" ".join(words.cut(text) for words in side) for side in sides))
    if alike is not None:
        return alike, ()
    if not (hits and speaks):
        return None, ()
    where, row = (*said, *hits)[0]
    return row["field"], (Reason(row.rule, f"it concerns {row['field']}", where),)


def _alike(wrong: str, right: str) -> str | None:
    """The field of which both sides speak: days, numbers, or whether something is so."""
    if _has_day(wrong) and _has_day(right):
        return "when"
    if _has_number(wrong) and _has_number(right):
        return "quantity"
    return "status" if bool(_NOT.search(wrong)) != bool(_NOT.search(right)) else None


def _has_day(words: str) -> bool:
    days = {*lexicon("weekdays").by_key, *lexicon("months").by_key}
    return _YEAR.search(words) is not None or any(word.lower() in days for word in WORD.findall(words))


def _has_number(words: str) -> bool:
    numbers = lexicon("number-words").by_key
    return any(word.isdecimal() or word.lower() in numbers for word in WORD.findall(words))
