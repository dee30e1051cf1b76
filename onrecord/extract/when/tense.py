"""Tense: whether the clause around a time expression tells of what was, or of what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.when.calendar import Lean
from onrecord.extract.when.timewords import Vocabulary
from onrecord.record import Reason

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

AHEAD = frozenset(
    {"will", "'ll", "’ll", "shall", "wo", "would", "'d", "may", "might", "could", "should", "can", "must"}
)
DEADLINES = frozenset({"until", "till", "by", "effective", "payable", "expiring", "due"})
# How far up the parse a clause's verb is looked for.
FAR = 8
AUXILIARY = frozenset({"aux", "auxpass"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The side on which a clause lies, in words, and the rows that said so; ``past_plan``: "planned to open in May"."""

    lean: Lean
    note: str
    reasons: tuple[Reason, ...] = ()
    past_plan: bool = False


UNSAID = Clause(Lean.NEAREST, "no tense says on which side, so the nearest is taken")


def clause_of(tokens: Tokens, before: str, v: Vocabulary, parse: Parse) -> Clause:
    """The tense around an expression, ``before`` being the word before it: of the nearest verb above it."""
    token = tokens.root
    if before in DEADLINES:
        return _deadline(token, before)
    if token.dep_ == "poss" or _owns(tokens):
        return Clause(Lean.PAST, f"of “{token.head.text}”, taken for past")
    inside = tokens.start <= token.head.i < tokens.end
    if token.dep_ in {"compound", "nmod", "amod", "nummod"} and token.head.pos_ in {"NOUN", "PROPN"} and not inside:
        return Clause(Lean.PAST, f"beside “{token.head.text}”, taken for past")
    for _ in range(FAR):
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            found = tense(token, before, v, parse)
            if found is not None:
                return found
        row = v.planning.get(token.lemma_.lower()) if token.pos_ == "ADJ" else None
        if row is not None:
            return Clause(
                Lean.FUTURE, f"“{token.text}” looks ahead", (Reason(row.rule, "looks ahead", parse.span(token)),)
            )
        if token.head.i == token.i:
            break
        token = token.head
    return UNSAID


def _owns(tokens: Tokens) -> bool:
    """Whether an apostrophe follows: "Friday's ruling"."""
    return tokens.end < len(tokens.doc) and tokens.doc[tokens.end].tag_ == "POS"


def _deadline(token: Token, before: str) -> Clause:
    """As in "by" and "until": ahead, but not beside "had" or "did not", which tell what was so until then."""
    verb = token
    for _ in range(FAR):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        verb = verb.head
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"}}
    if before in {"by", "until", "till"} and ("had" in words or ("did" in words and words & {"not", "n't", "n’t"})):
        return _past(f"“{before}” beside “{'had' if 'had' in words else 'did not'}” looks back")
    return Clause(Lean.FUTURE, f"“{before}” looks ahead")


def tense(verb: Token, before: str, v: Vocabulary, parse: Parse) -> Clause | None:
    """The side on which a verb's own act lies; None where the verb above it must tell (a bare participle)."""
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in auxiliaries}
    perfect = bool(words & {"have", "has", "had", "'ve", "’ve", "having"})
    ahead = next((child for child in auxiliaries if child.lower_ in AHEAD), None)
    if ahead is not None and ahead.lower_ == "could" and _is_denied(verb):
        return _past("“could not” is past")
    if ahead is not None:
        return _past("have after a modal") if perfect else Clause(Lean.FUTURE, f"“{ahead.text}” looks ahead")
    if "to" in words:
        return _past("a perfect infinitive") if perfect else _infinitive(verb, v, parse)
    row = v.planning.get(verb.lemma_) if before == "for" and verb.tag_ == "VBN" else None
    if row is not None:
        return Clause(
            Lean.FUTURE, f"“{verb.text} for” looks ahead", (Reason(row.rule, "looks ahead", parse.span(verb)),)
        )
    if perfect or verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return _past(f"“{verb.text}” is past")
    if verb.tag_ == "VBN" and not auxiliaries and verb.dep_ in {"acl", "advcl", "relcl", "ROOT"}:
        return _past(f"“{verb.text}” is past")
    if verb.tag_ == "VBG":
        return Clause(Lean.FUTURE, f"“{verb.text}” is going on") if words & {"is", "are", "'s", "’s", "am"} else None
    if verb.tag_ in {"VBZ", "VBP"}:
        return Clause(Lean.NEAREST, f"“{verb.text}” is present, so the nearest is taken")
    return None


def _is_denied(verb: Token) -> bool:
    subjects = [child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass", "neg", "preconj", "cc"}]
    words = {token.lower_ for child in subjects for token in (child, *child.lefts)}
    return bool(words & {"not", "n't", "n’t", "neither", "nobody", "nothing", "none", "no"})


def _past(note: str) -> Clause:
    return Clause(Lean.PAST, note)


def _is_pluperfect(plan: Token) -> bool:
    """As in "had been due to", "had been scheduled to": what was to come then is mostly over now."""
    verb = plan.head if plan.pos_ == "ADJ" and plan.head.pos_ == "AUX" else plan
    words = [child.lower_ for child in verb.children if child.dep_ in AUXILIARY]
    return "had" in words and (verb.lower_ == "been" or "been" in words)


def _infinitive(verb: Token, v: Vocabulary, parse: Parse) -> Clause | None:
    """An infinitive lies ahead after a word that plans; else it lies where the verb above it lies."""
    head = verb.head
    row = v.planning.get(head.lemma_.lower()) or v.planning.get(head.lower_)
    if row is not None:
        if _is_pluperfect(head):
            return _past(f"“had ... {head.text}” looks back")
        past = head.tag_ == "VBD" or any(child.tag_ == "VBD" and child.dep_ in AUXILIARY for child in head.children)
        past = past or (head.pos_ == "ADJ" and head.head.tag_ == "VBD")
        note = f"“{head.text}” looks ahead" + (" from the past" if past else "")
        return Clause(Lean.FUTURE, note, (Reason(row.rule, "looks ahead", parse.span(head)),), past)
    return Clause(Lean.FUTURE, "an infinitive of purpose looks ahead") if head.pos_ == "NOUN" else None
