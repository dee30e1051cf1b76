"""Tense: whether the clause around a time expression tells of what was, or of what is to come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract import syntax
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
NOW = frozenset({"is", "are", "'s", "’s"})
AUXILIARY = frozenset({"aux", "auxpass"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The side on which a clause lies, in words, and the rows that said so.

    ``past_plan``: "planned to open in May". ``firm``: the time hangs on the verb itself.
    """

    lean: Lean
    note: str
    reasons: tuple[Reason, ...] = ()
    past_plan: bool = False
    firm: bool = False


UNSAID = Clause(Lean.NEAREST, "no tense says on which side, so the nearest is taken")


def clause_of(tokens: Tokens, before: str, v: Vocabulary, parse: Parse) -> Clause:
    """The tense around an expression, ``before`` being the word before it: of the nearest verb above it."""
    token = tokens.root
    if before in DEADLINES:
        return _deadline(tokens, before, v, parse)
    if token.dep_ in {"poss", "compound", "nmod", "nummod"}:
        fixed = _fixed(token.head, token.lower_ in v.weekdays, v, parse)
        if fixed is not None:
            return fixed
    if token.dep_ == "poss" or _owns(tokens):
        return Clause(Lean.PAST, f"of “{token.head.text}”, taken for past")
    inside = tokens.start <= token.head.i < tokens.end
    if token.dep_ in {"compound", "nmod", "amod", "nummod"} and token.head.pos_ in {"NOUN", "PROPN"} and not inside:
        return Clause(Lean.PAST, f"beside “{token.head.text}”, taken for past")
    for _ in range(FAR):
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}:
            found = _plans(token, v, parse) or tense(token, before, v, parse)
            if found is not None:
                return replace(found, firm=_is_firm(tokens, token, before, v))
        row = v.planning.get(token.lemma_.lower()) if token.pos_ == "ADJ" else None
        if row is not None:
            return Clause(
                Lean.FUTURE, f"“{token.text}” looks ahead", (Reason(row.rule, "looks ahead", parse.span(token)),)
            )
        if token.head.i == token.i:
            break
        token = token.head
    return UNSAID


def _is_firm(tokens: Tokens, verb: Token, before: str, v: Vocabulary) -> bool:
    """Whether a time hangs on the verb itself: that of "spoke on Feb. 1", not of "set a Feb. 1 deadline"."""
    root = tokens.root
    perfect = any(child.lower_ in {"has", "have"} for child in verb.lefts)  # takes no day that is over
    if perfect or verb.lemma_ in v.planning:
        return False
    if root.dep_ not in {"pobj", "npadvmod", "advmod", "tmod"} or before in {"to", "through", "past"}:
        return False
    above = root.head.head if root.dep_ == "pobj" else root.head
    return above.i == verb.i and not any(word.dep_ in {"xcomp", "advcl", "acl"} for word in verb.rights)


def _plans(verb: Token, v: Vocabulary, parse: Parse) -> Clause | None:
    """As in "on Friday, the crew plans to sail", "a vote is expected on Friday": the day hangs on the plan."""
    row = v.planning.get(verb.lemma_) if verb.tag_ in {"VBZ", "VBP", "VBN"} else None
    if row is None:
        return None
    now = any(child.lower_ in NOW and child.dep_ == "auxpass" for child in verb.children)
    active = verb.tag_ != "VBN" and any(child.dep_ == "xcomp" for child in verb.children)
    if not active and not (verb.tag_ == "VBN" and now):
        return None
    return Clause(Lean.FUTURE, f"“{verb.text}” looks ahead", (Reason(row.rule, "looks ahead", parse.span(verb)),))


def _owns(tokens: Tokens) -> bool:
    """Whether an apostrophe follows: "Friday's ruling"."""
    return tokens.end < len(tokens.doc) and tokens.doc[tokens.end].tag_ == "POS"


def _fixed(event: Token, weekday: bool, v: Vocabulary, parse: Parse) -> Clause | None:
    """As in "Friday's election will be close", "ahead of Friday's vote": what is fixed beforehand may be to come."""
    row = v.fixed.get(event.lemma_.lower()) or v.fixed.get(event.lower_)
    if row is None:
        return None
    verb = event.head
    coming = event.dep_ == "nsubj" and any(child.lower_ in {"will", "'ll", "’ll", "wo"} for child in verb.children)
    awaited = event.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lower_ == "ahead"
    if not coming and not awaited:
        return None
    why = Reason(row.rule, "fixed beforehand, and still to come", parse.span(event))
    if (
        awaited and not coming and not weekday and syntax.clause_verb(event).tag_ in {"VBD", "VBN"}
    ):  # told before it, or long after
        return Clause(Lean.NEAREST, f"“ahead of” the {event.text}, so the nearest is taken", (why,))
    return Clause(Lean.FUTURE, f"“{event.text}” is still to come", (why,))


def _deadline(tokens: Tokens, before: str, v: Vocabulary, parse: Parse) -> Clause:
    """As in "by" and "until": ahead, but not beside "had", "did not" or "lasted", which tell what was so until then."""
    verb = tokens.root
    for _ in range(FAR):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        verb = verb.head
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"}}
    if before in {"by", "until", "till"} and ("had" in words or ("did" in words and words & {"not", "n't", "n’t"})):
        return _past(f"“{before}” beside “{'had' if 'had' in words else 'did not'}” looks back")
    past = verb.tag_ == "VBD" and not words & AHEAD
    row = v.lasting.get(verb.lemma_) if past and before in {"until", "till"} else None
    if row is not None:
        why = Reason(row.rule, "over by then", parse.span(verb))
        return Clause(Lean.PAST, f"“{verb.text} {before}” looks back", (why,))
    if past and before == "by" and tokens.start - tokens.sent.start < 2 and verb.lemma_ not in v.planning:
        return _past(f"“{before}” at the head of what was looks back")
    return Clause(Lean.FUTURE, f"“{before}” looks ahead", (), past and before in {"until", "till", "by"})


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
    if verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBN" and words & NOW):
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
