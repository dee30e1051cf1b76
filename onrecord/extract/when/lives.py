"""Lives: an age beside a day of birth. "Born on 3 March 1940 ... turns 72 in five weeks": the report is of early 2012.

The age must be that of the report's own day: "Ilda Venn, 72," or "turns 72", not "died in 1990, aged 50".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from onrecord.extract.when.clues import Clue, Evidence, Told, why, year_from
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

AGE = re.compile(r"(?:[2-9]|[1-9]\d|10\d|11\d)", re.ASCII)
TURNS = frozenset({"turn", "become", "reach"})
NEAR = 120  # tokens between an age and a birth of one person
SOON = timedelta(62)  # how far ahead a birthday lies of which a report says "turns 72 in May"


def births(evidence: Evidence) -> list[Told]:
    """An age and a birth that stand near each other and are of one person, as far as names and pronouns tell."""
    born = [c for c in evidence.clues if c.named and c.holder.lower_ == "born" and c.meaning.year is not None]
    if len({c.start for c in born}) != 1:
        return []
    birth = born[0]
    interval = birth.expression.interval
    if (
        interval is None or interval.end is None or birth.meaning.month is None
    ):  # by the year alone it is two years wide
        return []
    found = []
    ages = list(_ages(evidence))
    for token, count, turns in ages:
        first, last = year_from(interval.start, count)[1], year_from(interval.end, count + 1)[1]
        if first is None or last is None or not _of_one(token, birth, len(ages) == 1):
            continue
        start, end = (first - SOON, first + SOON) if turns else (first, last)
        note = f"{count} years old, born {birth.expression.timex}"
        found.append(
            Told(start, end, (why("age", birth, note), Reason("dating.age", note, evidence.parse.span(token))))
        )
    return found[:1]


def _ages(evidence: Evidence) -> Iterator[tuple[Token, int, bool]]:
    """Ages of the report's own day: the figure, and whether it is about to be reached ("turns 72")."""
    for token in evidence.parse.doc:
        if not AGE.fullmatch(token.text):
            continue
        before = token.nbor(-1) if token.i else None
        after = token.nbor(1).text if token.i + 1 < len(token.doc) else "."
        if before is None:
            continue
        if before.lemma_ in TURNS and before.tag_ in {"VBZ", "VB", "VBG", "VBP"}:
            yield token, int(token.text), True
        elif before.text == "," and after in {",", "."} and token.i > 1 and token.nbor(-2).pos_ == "PROPN":
            yield token, int(token.text), False


def _of_one(age: Token, birth: Clue, alone: bool) -> bool:
    """Whether the birth is told of the person with the age: by a shared name; or by a pronoun, of the only age told."""
    verb = birth.holder
    if abs(age.i - birth.tokens.start) > NEAR:
        return False
    subject = next((word for word in verb.lefts if word.dep_ in {"nsubj", "nsubjpass"}), None)
    person = verb.head if subject is None or subject.tag_ == "WP" else subject
    if subject is not None and subject.tag_ == "PRP":
        return alone
    holders = [age.nbor(-2)] if age.nbor(-1).text == "," else [w for w in age.head.lefts if w.dep_ == "nsubj"]
    return bool(_names(person) & {name for holder in holders for name in _names(holder)})


def _names(person: Token) -> set[str]:
    return {word.text for word in person.subtree if word.pos_ == "PROPN"}


RULES: tuple[Callable[[Evidence], list[Told]], ...] = (births,)
