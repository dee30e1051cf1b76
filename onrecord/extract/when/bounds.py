"""Bounds of a report's date: what it tells as past, with its year, is older; what it tells as yet to come is younger.

Some things bear the name of a year before it begins (an election, a season, a model): such a year tells less.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.clues import Clue, Evidence, Told, why
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Token

AHEAD = "years-ahead"
WILL = frozenset({"will", "'ll", "’ll", "wo", "shall"})
# Before a time in a clause with "will", these say that the time itself is past: "for the first time since 2007".
BACK = frozenset({"since", "of", "from", "between", "than", "like", "as"})
QUOTES = frozenset({'"', "“", "”", "‘", "’", "'", "``", "''", "«", "»"})
DASHES = frozenset({"-", "--", "–", "—"})
REACHING = frozenset({"for", "to", "through", "thru", "till", "until", "towards", "toward"})
DUE = frozenset({"due", "maturing"})
FORESEES = frozenset(
    {"be", "have", "project", "forecast", "predict", "estimate", "expect", "foresee", "schedule", "set"}
)
DETERMINED = frozenset({"det", "poss"})
AUXILIARY = frozenset({"aux", "auxpass"})


def older(evidence: Evidence) -> list[Told]:
    """What is told as past, with its year, lies before the report. The latest such time, and its proof."""
    best: Told | None = None
    for clue in evidence.past:
        if clue.meaning.mod == "APPROX" or _is_title(clue) or _is_setting(clue) or _is_reached(clue):
            continue
        named = _named_ahead(clue, evidence) if clue.year_alone is not None else None
        if named is None and (_counts(clue) or _is_foreseen(clue)):
            continue
        ahead = named[0] if named is not None else int(_is_fiscal(clue))
        start = date(max(clue.start.year - ahead, 1), 1, 1) if ahead else clue.start
        if best is None or best.start is None or start > best.start:
            note = f"{clue.expression.timex} is told as past, so the report is later"
            reason = why("after-the-past", clue, note)
            best = Told(start, None, (reason,) if named is None else (reason, named[1]))
    return [best] if best is not None else []


def _is_title(clue: Clue) -> bool:
    """Whether the year is, or ends, a name: "Vision 2030", the film “2046”, "2016: A Year of Floods"."""
    if clue.year_alone is None or len(clue.tokens) > 1:
        return False
    doc, start = clue.tokens.doc, clue.tokens.start
    if clue.after == ":" or (clue.before in QUOTES and clue.after in QUOTES):
        return True
    before = doc[start - 1] if start > clue.sentence else None
    return before is not None and before.text[:1].isupper() and before.pos_ in {"PROPN", "NOUN", "ADJ"}


def _is_reached(clue: Clue) -> bool:
    """As in "valid to 2030", "put off to 2030", "the class of 2030", "set 2030 as the date": an end, or a thing."""
    doc, start = clue.tokens.doc, clue.tokens.start
    before = doc[start - 2].lower_ if start > 1 else ""
    if clue.before in REACHING:
        return before not in {"back", "dating", "dates", "dated"}
    return (clue.before == "of" and before == "class") or clue.tokens.root.dep_ in {"dobj", "attr", "oprd"}


def _is_fiscal(clue: Clue) -> bool:
    """A fiscal year can begin in the year before the one that it is called by."""
    words = {token.lower_ for token in clue.tokens} | {clue.before}
    return bool(words & {"fiscal", "financial"})


def _is_setting(clue: Clue) -> bool:
    """As in "a film set in 2046"."""
    holder = clue.holder
    return holder.lower_ == "set" and holder.dep_ in {"acl", "amod", "relcl"} and clue.before == "in"


def _named_ahead(clue: Clue, evidence: Evidence) -> tuple[int, Reason] | None:
    """How many years ahead a noun by a year may bear its name, and that noun: "the 2016 race"."""
    noun = clue.holder
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    rows = evidence.lexicons[AHEAD].by_key
    for word in (noun, *(child for child in noun.lefts if child.dep_ in {"compound", "amod", "nmod"})):
        row = rows.get(word.lemma_.lower()) or rows.get(word.lower_)
        if row is not None:
            note = f"“{word.text}”: such a thing may bear the name of a year to come"
            return int(row["years"]), evidence.word(row, note, word)
    return None


def _counts(clue: Clue) -> bool:
    """As in "2047 voters": a number of things or people rather than a year."""
    noun = clue.holder
    plural = noun.tag_ in {"NNS", "NNPS"}
    return clue.beside and plural and not any(child.dep_ in DETERMINED for child in noun.lefts)


def _is_foreseen(clue: Clue) -> bool:
    """As in "projected to swell in 2025", "a delay -- from 2018 to 2020": no past is told of this."""
    if _is_set_off(clue) or (clue.meaning.until is not None and clue.holder.pos_ not in {"VERB", "AUX"}):
        return not clue.beside
    verb = clue.holder
    for _ in range(4):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        verb = verb.head
    words = {child.lower_ for child in verb.children if child.dep_ in AUXILIARY}
    foreseen = verb.head.tag_ != "VBD" or verb.head.lemma_.lower() in FORESEES
    return "to" in words and "have" not in words and foreseen


def _is_set_off(clue: Clue) -> bool:
    """Whether a dash stands before it, or before the stretch of years that it begins or ends."""
    for token in reversed(clue.tokens.doc[max(0, clue.tokens.start - 4) : clue.tokens.start]):
        if token.lower_ not in {"from", "to", "until"} and not token.like_num:
            return token.lower_ in DASHES
    return False


def younger(evidence: Evidence) -> list[Told]:
    """What "will" be, in a year that is named, ends after the report. The earliest such time, and its proof."""
    best: Told | None = None
    for clue in evidence.clues:
        end = clue.expression.interval.end if clue.expression.interval is not None else None
        if not clue.named or clue.beside or end is None or _is_title(clue) or not _is_ahead(clue):
            continue
        if best is None or best.end is None or end < best.end:
            note = f"{clue.expression.timex} is told as yet to come, so the report is earlier"
            best = Told(None, end, (why("before-the-announced", clue, note),))
    return [best] if best is not None else []


def _is_ahead(clue: Clue) -> bool:
    """Whether the words tell this very time as yet to come: "will open in 2019", "bonds due 1993"."""
    if clue.before in DUE:
        return True
    verb = clue.holder
    if clue.tokens.root.dep_ not in {"pobj", "npadvmod", "pcomp"}:
        return False
    if clue.before in BACK or clue.clause.lean is not Lean.FUTURE or verb.pos_ not in {"VERB", "AUX"}:
        return False
    words = [child.lower_ for child in verb.children if child.dep_ in AUXILIARY]
    if "have" in words:
        return False
    return bool(WILL.intersection(words)) or ("to" in words and _planned(verb))


def _planned(verb: Token) -> bool:
    """As in "is due to open", "expects to close": a plan that stands, not one of the past."""
    plan = verb.head
    if verb.dep_ != "xcomp" or plan.i == verb.i:
        return False
    told = plan.head if plan.pos_ == "ADJ" else plan
    words = {child.tag_ for child in told.children if child.dep_ in AUXILIARY}
    return told.tag_ in {"VBZ", "VBP"} or bool(words & {"VBZ", "VBP"})
