"""Attributions that no verb makes: "according to X", "his claim that", "is confident that".

Three lexicons: ``attribution-phrases`` (set phrases before a speaker), ``reporting-nouns`` and
``reporting-adjectives``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.attribution import Attribution, named_by
from onrecord.extract.says.page import Page, Piece, without
from onrecord.extract.says.speakers import phrase_of, speaker
from onrecord.extract.says.unsaid import is_unreal
from onrecord.extract.syntax import clause_verb, negation, passive
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that do no more than utter the noun they govern: "made the claim that", "expressed fear that".
LIGHT = frozenset(
    {"air", "deliver", "echo", "express", "face", "fuel", "give", "have", "hear", "hold", "issue", "make", "offer"}
    | {"raise", "release", "repeat", "send", "share", "state", "voice"}
)
BEING = frozenset({"be", "become", "remain", "seem", "appear", "sound", "feel", "grow"})
# A speaker's phrase after "according to" runs no further than this many tokens.
LONG = 40


def find(page: Page, tools: Tools) -> Iterator[Attribution]:
    """Every attribution that rests on a set phrase, a noun or an adjective."""
    phrases = tools.lexicons["attribution-phrases"].by_first_word
    nouns = tools.lexicons["reporting-nouns"].by_key
    adjectives = tools.lexicons["reporting-adjectives"].by_key
    for token in page.doc:
        found = None
        if not page.is_readable(token):
            continue
        if token.lower_ in phrases:
            found = _by_phrase(page, token, phrases[token.lower_])
        elif token.pos_ == "NOUN" and token.lemma_ in nouns:
            found = _by_noun(page, token, nouns[token.lemma_])
        elif token.lower_ in adjectives and _is_predicate(token):
            found = _by_adjective(page, token, adjectives[token.lower_])
        if found is not None:
            yield found


# ------------------------------------------------------------------------------------------------ set phrases


def _by_phrase(page: Page, token: Token, rows: tuple[Row, ...]) -> Attribution | None:
    doc = page.doc
    for row in rows:
        words = row.key.split()
        end = token.i + len(words)
        if end < page.ends[token.i] and [word.lower_ for word in doc[token.i : end]] == words:
            break
    else:
        return None
    source = _speaker_after(page, end, page.ends[token.i])
    if source is None:
        return None
    hole = _with_commas(page, (token.i, source[1]))
    clause = _clause_around(page, token, end)
    content = without(clause, hole)
    beside = [quote for quote in (page.quote(hole[0] - 1), page.quote(hole[1])) if quote is not None]
    content += [quote for quote in beside if page.quote(token.i) is None]
    if not content:
        return None
    rule, kind, stance = named_by(row)
    return Attribution(((token.i, end),), (source,), tuple(content), row.key, kind, stance, rule, "cues.phrase")


def _speaker_after(page: Page, first: int, limit: int) -> Piece | None:
    """The noun phrase that begins at a token."""
    doc = page.doc
    head = None
    for i in range(first, min(first + 12, limit)):
        if doc[i].dep_ == "pobj" and doc[i].head.i < first:
            head = doc[i]
            break
        if doc[i].text in {",", ".", ";"}:
            break
    if head is None:
        return None
    end = min(head.right_edge.i + 1, limit, first + LONG)
    for i in range(head.i + 1, end):
        if page.inside[i] != page.inside[first]:
            end = i
            break
    while end > head.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return first, end


def _with_commas(page: Page, piece: Piece) -> Piece:
    first, end = piece
    if first and page.doc[first - 1].text == ",":
        first -= 1
    if end < len(page.doc) and page.doc[end].text == ",":
        end += 1
    return first, end


def _clause_around(page: Page, token: Token, end: int) -> Piece:
    """The clause that a set phrase stands in: the whole sentence, or the clause that another verb governs."""
    verb = clause_verb(token)
    if token.i < verb.i < end:  # "as stated by": the verb of the phrase itself
        verb = clause_verb(verb.head) if verb.head.i != verb.i else verb
    sentence = page.sentence(token)
    if page.quote(token.i) is not None or verb.dep_ in {"ROOT", "conj", "dep", "parataxis"}:
        return sentence
    around = verb.left_edge.i, verb.right_edge.i + 1
    governor = verb.head
    if verb.dep_ in {"ccomp", "xcomp"} and governor.i < token.i and verb.i < token.i:
        return sentence  # "He said it had failed, according to X": X vouches for the whole
    return around if verb.dep_ in {"ccomp", "advcl"} else sentence


# ------------------------------------------------------------------------------------------------ nouns


def _by_noun(page: Page, noun: Token, row: Row) -> Attribution | None:
    content = _said_of(page, noun, row)
    if content is None:
        return None
    light = noun.head if noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_ in LIGHT else None
    owner = _owner(page, noun, content)
    cue: tuple[Piece, ...] = ((noun.i, noun.i + 1),)
    negated = unreal = False
    if light is not None:
        cue = ((light.i, light.i + 1), *cue) if light.i < noun.i else (*cue, (light.i, light.i + 1))
        owner = owner or speaker(page, light)
        negated, unreal = negation(light) is not None, is_unreal(light)
    if not owner and not row.flag("alone"):
        return None
    rule, kind, stance = named_by(row)
    return Attribution(cue, owner, (content,), row.key, kind, stance, rule, "cues.noun", negated, unreal)


def _said_of(page: Page, noun: Token, row: Row) -> Piece | None:
    """The clause or phrase that says what was claimed, promised, feared."""
    preps = row.words("preps")
    for child in noun.rights:
        mark = next(
            (word for word in child.lefts if word.lower_ in {"that", "to"} and word.dep_ in {"mark", "aux"}), None
        )
        if (
            child.dep_ in {"acl", "ccomp", "relcl"}
            and mark is not None
            and (mark.lower_ == "that" or "to" in row.words("takes"))
        ):
            return mark.i, child.right_edge.i + 1
        if child.dep_ == "prep" and child.lower_ in preps and child.right_edge.i > child.i:
            return child.i + 1, child.right_edge.i + 1
    return None


def _owner(page: Page, noun: Token, content: Piece) -> tuple[Piece, ...]:
    """Whose claim: "the minister's claim", "his claim", "a claim by the minister"."""
    for child in noun.children:
        if child.dep_ == "poss":
            first, end = child.left_edge.i, child.right_edge.i + 1
            if end - first > 1 and page.doc[end - 1].dep_ == "case":
                end -= 1
            return ((first, end),)
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "among"} and child.i < content[0]:
            head = next((word for word in child.rights if word.dep_ == "pobj"), None)
            if head is not None:
                return ((head.left_edge.i, min(head.right_edge.i + 1, content[0])),)
    return ()


# ------------------------------------------------------------------------------------------------ adjectives


def _is_predicate(token: Token) -> bool:
    """Whether a word is said of a subject: "is confident", "was worried" (which the parser may take for a passive)."""
    return token.dep_ in {"acomp", "oprd"} or (token.tag_ == "VBN" and passive(token))


def _by_adjective(page: Page, word: Token, row: Row) -> Attribution | None:
    verb = word.head if word.dep_ in {"acomp", "oprd"} and word.head.lemma_ in BEING else word
    content = next(
        (
            (child.left_edge.i, child.right_edge.i + 1)
            for child in (*word.rights, *(verb.rights if verb.i != word.i else ()))
            if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and "to" in row.words("takes"))
        ),
        None,
    ) or next(
        (
            (child.i + 1, child.right_edge.i + 1)
            for child in word.rights
            if child.lower_ in row.words("preps") and child.dep_ == "prep"
        ),
        None,
    )
    source = speaker(page, verb)
    if not source and passive(word):
        source = tuple(phrase_of(page, child, word) for child in word.lefts if child.dep_ == "nsubjpass")[:1]
    if content is None or not source or content[0] <= word.i:
        return None
    if page.doc[source[0][0]].lower_ in {"it", "there", "that", "this"}:
        return None
    rule, kind, stance = named_by(row)
    cue = ((word.i, word.i + 1),)
    negated, unreal = negation(verb) is not None, is_unreal(verb)
    return Attribution(cue, source, (content,), row.key, kind, stance, rule, "cues.adjective", negated, unreal)
