"""Time expressions: the words that place something in time, and what is explicit in them.

A full date or a year gets its days here; whatever needs the report's date, or another expression, gets them in
``resolution``. Ordinals ("the third attempt"), counts ("2000 people"), the verb "may" are no times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.when.calendar import Days, Lean, Meaning, denote, duration
from onrecord.extract.when.dategrammar import ERAS
from onrecord.extract.when.timegrammar import read
from onrecord.extract.when.timewords import Vocabulary, Words, vocabulary, words_of, year_of
from onrecord.record import Basis, Id, Reading, Reason, Span, TimeExpression, TimeInterval, TimeKind, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

FINDS_YEAR = frozenset(
    {"in", "of", "since", "until", "till", "by", "from", "to", "through", "before", "after", "during", "and", "between",
     "early", "late", "mid", "than", "for", "about", "around", "circa", "ca", "ca.", "fiscal", "(", "[", "or", "year",
     "back", "beyond", "into", "–"}
)  # fmt: skip
BLURS = {"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", "EQUAL_OR_LESS", "START", "MID", "END"}


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[TimeExpression, ...]:
    """The stage ``times``: every time expression, in the order of the text."""
    words = words_of(parse.doc)
    v = vocabulary(tools.lexicons)
    found = []
    i = 0
    while i < len(words):
        expression = read(words, i, v)
        if (
            expression is None
            or _breaks(words, i, expression[0], parse)
            or not plausible(words, i, expression[0], expression[1], parse)
        ):
            i += 1
            continue
        end, meaning = expression
        found.append(express(reading.document.id, meaning, words, i, end, parse))
        i = end
    return tuple(found)


def _breaks(words: Words, i: int, end: int, parse: Parse) -> bool:
    """Whether the words run over the end of a paragraph: then they are no one expression."""
    return "\n" in parse.view.text[words.start[i] : words.end[end - 1]]


def express(document: Id, meaning: Meaning, words: Words, i: int, end: int, parse: Parse) -> TimeExpression:
    """The words from ``i`` to before ``end`` as a time expression; its interval only if the words alone give it."""
    span = parse.view.span(words.start[i], words.end[end - 1])
    reasons = tuple(
        Reason(rule, " ".join(words.text[first:last]), parse.view.span(words.start[first], words.end[last - 1]))
        for rule, first, last in meaning.marks
    ) or (Reason("times.in-figures", "a date in figures", span),)
    days = denote(meaning, None, Lean.NEAREST) if meaning.absolute else None
    interval = None
    if days is not None:
        approximate = meaning.mod in BLURS
        interval = TimeInterval(
            days.start,
            days.end,
            days.precision,
            Basis.EXPLICIT,
            inferred=False,
            approximate=approximate,
            clock=days.clock,
        )
    return TimeExpression(
        make_id("t", document, span.start, span.end), span, meaning.kind, formula(meaning, days), edtf(meaning, days),
        interval, None, reasons,
    )  # fmt: skip


def formula(meaning: Meaning, days: Days | None) -> str:
    """The TIMEX3 value: that of the days where they are known, else what the words give, X for the rest."""
    if days is not None:
        return days.timex
    if meaning.literal:
        return meaning.literal if meaning.literal != "VAGUE" else "PAST_REF"
    if meaning.unit and meaning.shift is None:
        if meaning.way in {"ago", "earlier"}:
            return "PAST_REF"
        return "FUTURE_REF" if meaning.way == "hence" else duration(meaning.unit, meaning.count)
    return _unresolved(meaning)


def _unresolved(meaning: Meaning) -> str:
    year = "XXXX" if meaning.year is None else f"{meaning.year:04d}"
    tail = f"T{meaning.clock}" if meaning.clock else meaning.part
    if meaning.month is not None:
        return f"{year}-{meaning.month:02d}" + (f"-{meaning.day:02d}{tail}" if meaning.day is not None else "")
    if meaning.weekday is not None:
        return f"{year}-WXX-{meaning.weekday}{tail}"
    if meaning.season or meaning.quarter:
        return f"{year}-{meaning.season or f'Q{meaning.quarter}'}"
    shapes = {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "quarter": "XXXX-QX",
              "decade": "XXX", "century": "XX"}  # fmt: skip
    return shapes.get(meaning.unit, f"XXXX-XX-XX{tail}")


def edtf(meaning: Meaning, days: Days | None) -> str:
    """The EDTF string (ISO 8601-2): "~" approximate; X for what is not known; empty where there is nothing to write."""
    if meaning.before_christ:
        figures = meaning.literal.removeprefix("BC")
        return f"-{int(figures) - 1:04d}" if len(figures) == 4 and int(figures) > 1 else ""
    if days is None or meaning.kind in {TimeKind.DURATION, TimeKind.SET}:
        unresolved = _unresolved(meaning) if meaning.month is not None and meaning.until is None else ""
        return unresolved.split("T")[0]
    blurred = meaning.mod in BLURS and "/" not in days.edtf
    return days.edtf + ("~" if blurred else "")


# ------------------------------------------------------------------------------------------- words that are no times


def plausible(words: Words, i: int, end: int, meaning: Meaning, parse: Parse) -> bool:
    """Whether the words are used for time here: asked of those that can mean something else too."""
    first, last = parse.doc[words.token[i]], parse.doc[words.token[end - 1]]
    if first.ent_type_ in {"PERSON", "MONEY", "WORK_OF_ART"} and end - i == 1 and meaning.clock == "":
        return False
    if end - i == 1 and meaning.month is not None and first.tag_ in {"MD", "VB", "VBP"}:
        return False
    if meaning.season and first.tag_ in {"VB", "VBP"}:  # "will fall in 1990"
        return False
    if meaning.year is not None and end - i == 1 and year_of(words.at(i)) is not None:
        return _is_year(words, i, last)
    if end - i == 1 and words.at(i) == "current":
        return words.at(i + 1) not in {"account", "and", "or"}
    if end - i == 1 and words.at(i) in {"quarterly", "monthly"} and last.tag_ == "JJ":
        return False
    return not (words.at(end) == "-" and words.at(end + 1) == "old" and meaning.unit == "")


def _is_year(words: Words, i: int, token: Token) -> bool:
    before, after = words.at(i - 1), words.at(i + 1)
    if before in {"$", "#", "£", "€"} or (after in {"%", "percent", "-", "/"} | ERAS and words.glued(i) is not False):
        return before in {"(", "in", "since"} and after in {"-", "/"}
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    counts = following is not None and following.tag_ in {"NNS", "NNPS"} and before not in {"the", "in"}
    if counts and token.dep_ == "nummod":
        return False
    if before in FINDS_YEAR:
        return True
    return 1900 <= int(words.at(i)) <= 2099 and not (following is not None and following.tag_ == "CD")


def meaning_of(
    span: Span, words: Words, at: dict[int, int], v: Vocabulary, parse: Parse
) -> tuple[int, int, Meaning] | None:
    """Read an expression again from its span: the words from, to, and their meaning. ``at``: word index by offset."""
    start = parse.view.find(span)[0]
    i = at.get(start)
    found = read(words, i, v) if i is not None else None
    return (i, found[0], found[1]) if found is not None and i is not None else None
