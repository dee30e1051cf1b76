"""Why somebody is not named: what follows the terms ("because ..."), or tells that they may not speak, or what they
risk.

``anonymity-reasons`` holds the words with which a reason begins; ``silencing-words`` those that tell that somebody may
not speak, and those of what they fear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.grounds import Ground, Wording, clause_end, matched
from onrecord.extract.says.page import Page, Piece
from onrecord.extract.syntax import negation
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

Rows = Mapping[str, tuple[Row, ...]]
# How far after the terms a reason may begin, how far before them, and how far a word of speaking may stand from one
# of forbidding, in tokens.
NEAR, BEFORE, REACH = 7, 24, 9
# A sentence of so many tokens may be the reason for the terms in the one before it.
SHORT = 40
WEAK = frozenset({"to", "as", "for", "with", "under", "so", "in"})


def find(page: Page, tools: Tools, terms: Sequence[Wording]) -> Iterator[Wording]:
    """Every wording of a reason. What is a reason only after terms is looked for only beside them."""
    rows = tools.lexicons["anonymity-reasons"].by_first_word
    alone = {word: found for word, every in rows.items() if (found := tuple(r for r in every if not r.flag("after")))}
    words = tools.lexicons["silencing-words"].by_key
    for token in page.doc:
        if token.lower_ in alone and (end := matched(page, token, alone[token.lower_])):
            yield _reason(page, token.i, end[0], ((end[1].rule, (token.i, end[0])),))
        silenced = _silenced(page, token, words)
        if silenced is not None:
            yield silenced
    for wording in terms:
        beside = _after(page, wording.piece[1], rows) or _before(page, wording.piece[0], rows)
        if beside is None:
            beside = _next_sentence(page, wording, words)
        if beside is not None:
            yield replace(beside, of=wording)


def _reason(page: Page, first: int, least: int, marks: tuple[tuple[str, Piece], ...]) -> Wording:
    return Wording(Ground.REASON, (first, clause_end(page, first, least)), marks)


def _after(page: Page, end: int, rows: Rows) -> Wording | None:
    """The reason that follows the terms: "..., because he feared for his job"."""
    limit = min(end + NEAR, page.ends[end - 1])
    for i in range(end, limit):
        token = page.doc[i]
        if token.lower_ in rows and (fits := matched(page, token, rows[token.lower_])) and _begins(page, i, end, fits):
            return _reason(page, i, fits[0], ((fits[1].rule, (i, fits[0])),))
        if token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ in {"ROOT", "conj"}:
            return None
    return None


def _begins(page: Page, i: int, end: int, fits: tuple[int, Row]) -> bool:
    """Whether a word that has other uses begins a reason here."""
    token, (after, row) = page.doc[i], fits
    if row.key == "to":
        return i == end and token.tag_ == "TO"
    if row.key in {"as", "since"}:
        return token.dep_ in {"mark", "advmod"} or any(t.pos_ in {"VERB", "AUX"} for t in page.doc[after : after + 8])
    return True


def _before(page: Page, first: int, rows: Rows) -> Wording | None:
    """The reason that stands before the terms: "Citing threats, he asked not to be named"."""
    for i in range(first - 1, max(page.begins[first], first - BEFORE) - 1, -1):
        token = page.doc[i]
        fits = matched(page, token, rows.get(token.lower_, ()))
        opens = i == page.begins[first] or page.doc[i - 1].is_punct or page.doc[i - 1].lower_ in {"who", "and", "but"}
        if fits is None or fits[1].key in WEAK or fits[0] >= first or not opens:
            continue
        found = _reason(page, i, fits[0], ((fits[1].rule, (i, fits[0])),))
        return Wording(found.ground, (i, min(found.piece[1], first)), found.marks)
    return None


def _silenced(page: Page, token: Token, words: Mapping[str, Row]) -> Wording | None:
    """Words that tell that somebody may not speak: "was not cleared to talk", "rules forbid them to comment"."""
    row = words.get(token.lemma_.lower()) or words.get(token.lower_)
    if row is None or row["class"] not in {"permit", "forbid"}:
        return None
    denied = _negator(page, token)
    if row["class"] == "permit" and denied is None:
        return None
    speech = _speech(page, token, words)
    if speech is None:
        return None
    first = min(token.i, denied.i if denied is not None else token.i)
    first = _clause_begin(page, token, first)
    marks = ((row.rule, (token.i, token.i + 1)), (speech[1].rule, (speech[0], speech[0] + 1)))
    return _reason(page, first, speech[0] + 1, marks)


def _negator(page: Page, token: Token) -> Token | None:
    found = negation(token) if token.pos_ in {"VERB", "AUX"} else None
    if found is not None:
        return found
    for i in range(token.i - 1, max(page.begins[token.i], token.i - 4) - 1, -1):
        if page.doc[i].lower_ in {"not", "n't", "never", "no", "nor", "without"}:
            return page.doc[i]
    return None


def _speech(page: Page, token: Token, words: Mapping[str, Row]) -> tuple[int, Row] | None:
    """The word of speaking near a word of forbidding, right of it before left."""
    right = range(token.i + 1, min(page.ends[token.i], token.i + REACH))
    for i in right:
        word = page.doc[i]
        if word.text in {",", ";", ":", "—"}:
            break
        row = words.get(word.lemma_.lower()) or words.get(word.lower_)
        if row is not None and row["class"] == "speak":
            return i, row
    return None


def _clause_begin(page: Page, verb: Token, first: int) -> int:
    """Where the clause begins: with its subject where that is a thing ("rules forbid ..."), else with its first
    verb.
    """
    doc = page.doc
    while first > page.begins[verb.i] and doc[first - 1].pos_ == "AUX":
        first -= 1
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.pos_ == "PRON" or subject.i >= first:
        return first
    left = subject.left_edge.i
    between = doc[subject.i + 1 : first]
    return left if not any(token.is_punct for token in between) and not _is_somebody(subject) else first


def _is_somebody(noun: Token) -> bool:
    """Whether the subject is the speaker and not a rule or an employer: it has no owner and is one of a kind."""
    return any(child.lower_ in {"a", "an", "one", "two", "three"} for child in noun.lefts)


def _next_sentence(page: Page, terms: Wording, words: Mapping[str, Row]) -> Wording | None:
    """The sentence after the terms, if it speaks of what somebody risks or may not do."""
    begin = page.ends[terms.piece[1] - 1]
    if begin >= len(page.doc) or page.paragraph(begin - 1) != page.paragraph(begin):
        return None
    end = page.ends[begin]
    if end - begin > SHORT or any(page.inside[i] >= 0 for i in range(begin, end)):
        return None
    for token in page.doc[begin:end]:
        row = words.get(token.lemma_.lower()) or words.get(token.lower_)
        if row is not None and row["class"] == "danger":
            while end > begin and (page.doc[end - 1].is_punct or page.doc[end - 1].is_space):
                end -= 1
            return Wording(Ground.REASON, (begin, end), ((row.rule, (token.i, token.i + 1)),))
    return None
