"""Terms: what runs so many years from a named year, and ends next year; what comes round every so many years.

"Elected in 1996 to a four-year term that ends next year": the report is of 1999. "The ten-yearly count, last held in
2007 and due next year": of 2016.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from
from onrecord.extract.when.timewords import CARDINAL
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

# What somebody or something has for so many years.
TERMS = frozenset(
    {
        "term",
        "mandate",
        "contract",
        "lease",
        "licence",
        "license",
        "concession",
        "tenure",
        "mission",
        "plan",
        "agreement",
    }
    | {"presidency", "sentence", "charter", "franchise", "moratorium", "guarantee"}
)
ENDS = frozenset({"end", "expire", "finish", "run", "conclude", "lapse"})
LENGTH = re.compile(r"([a-z]+|\d{1,2})-year(?:ly)?", re.IGNORECASE)
NEAR = 45  # tokens between the year in which something began and the words that tell how long it runs
FAR = 60  # tokens between its length and the words that tell when it ends


def running_out(evidence: Evidence) -> list[Told]:
    """As in "elected in 1996 to a four-year term ... which ends next year"."""
    found = []
    for count, noun in _lengths(evidence):
        began = [c for c in evidence.past if c.year_alone is not None or c.meaning.month is not None]
        began = [c for c in began if abs(c.tokens.start - noun.i) <= NEAR and c.meaning.year is not None]
        ends = [c for c in evidence.clues if abs(c.tokens.start - noun.i) <= FAR and _ends(c)]
        if len({c.start.year for c in began}) != 1 or not ends:
            continue
        last = began[0].start.year + count
        told = _seen_from(last, ends[0])
        if told is not None and 1 < last < 9998:
            note = f"{count} years from {began[0].start.year} end {ends[0].tokens.text}"
            reasons = (*(why("runs-out", clue, note) for clue in (began[0], ends[0])), _length_of(noun, note, evidence))
            found.append(Told(*told, reasons))
    return found[:1]


def _lengths(evidence: Evidence) -> Iterator[tuple[int, Token]]:
    """Every "four-year term" of a report, and the number of its years."""
    doc = evidence.parse.doc
    for noun in doc:
        if noun.lemma_.lower() not in TERMS or noun.pos_ != "NOUN":
            continue
        before = doc[max(0, noun.i - 5) : noun.i].text.lower().replace(" - ", "-")
        lengths = LENGTH.findall(before)
        count = _number(lengths[-1]) if lengths else 0
        if 2 <= count <= 99:
            yield count, noun


def _number(word: str) -> int:
    return int(word) if word.isdigit() else CARDINAL.get(word.lower(), 0)


def _ends(clue: Clue) -> bool:
    """As in "ends next year", "expired last month", "runs out in May"."""
    holder = clue.holder
    if holder.lemma_.lower() not in ENDS or not (clue.is_year(1) or clue.is_year(0) or clue.is_year(-1)):
        return False
    subjects = [word for word in holder.lefts if word.dep_ in {"nsubj", "nsubjpass"}]
    return all(word.lemma_.lower() in TERMS or word.pos_ == "PRON" for word in subjects)


def _seen_from(last: int, clue: Clue) -> tuple[date | None, date | None] | None:
    shift = clue.meaning.shift
    return year_from(date(last - (shift or 0), 1, 1)) if shift is not None else None


def _length_of(noun: Token, note: str, evidence: Evidence) -> Reason:
    return Reason("dating.runs-out", note, evidence.parse.span(noun))


# ------------------------------------------------------------------------------------------------- what comes round

EVERY = re.compile(
    r"\bevery (\w+) years\b|\b(\w+)-yearly\b|\b(decennial|quadrennial|quinquennial|biennial)\b", re.IGNORECASE
)
NAMED = {"decennial": 10, "quadrennial": 4, "quinquennial": 5, "biennial": 2}


def coming_round(evidence: Evidence) -> list[Told]:
    """As in "held every ten years, last in 2007; the next is due next year": the report is of 2016."""
    text = evidence.parse.view.text
    for match in EVERY.finditer(text):
        count = NAMED.get((match.group(3) or "").lower()) or _number(match.group(1) or match.group(2) or "")
        if not 2 <= count <= 50:
            continue
        span = evidence.parse.view.span(match.start(), match.end())
        near = [c for c in evidence.clues if abs(c.expression.span.start - span.start) < 400]
        last = {c.start.year: c for c in near if c.named and c.clause.lean is Lean.PAST and _is_last(c)}
        following = [c for c in near if (c.is_year(1) or c.is_year(0)) and c.clause.lean is not Lean.PAST]
        if len(last) != 1 or not following or following[0].meaning.shift is None:
            continue
        year, clue = next(iter(last.items()))
        own = year + count - following[0].meaning.shift
        if 1 < own < 9998:
            note = f"last in {year}, every {count} years, and again {following[0].tokens.text}"
            reasons = (
                *(why("comes-round", c, note) for c in (clue, following[0])),
                Reason("dating.comes-round", note, span),
            )
            return [Told(*year_from(date(own, 1, 1)), reasons)]
    return []


def _is_last(clue: Clue) -> bool:
    """As in "last held in 2007", "the last, in 2007", "the previous one was in 2007"."""
    before = [token.lower_ for token in clue.tokens.doc[max(0, clue.tokens.start - 6) : clue.tokens.start]]
    return "last" in before or "previous" in before or "latest" in before


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (running_out, coming_round)
