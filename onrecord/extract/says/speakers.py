"""The words of the speaker: the phrase that a reporting word has as its subject, wherever that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.says.page import Page, Piece
from onrecord.extract.syntax import by_agents, passive

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
# Through these a verb without a subject of its own has that of the verb above.
SHARES = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "parataxis", "ccomp", "prep"})
# A speaker's phrase with all its clauses may be this long, in tokens; a longer one is cut before its clauses.
LONG = 45
CLIMB = 6


def speaker(page: Page, verb: Token) -> tuple[Piece, ...]:
    """The phrase of who says it, with its description; empty where none is said (a passive without "by")."""
    if passive(verb):
        return tuple(phrase_of(page, agent, verb) for agent in by_agents(verb)[:1])
    head = _subject(verb)
    if head is None:
        head = _shared_subject(verb)
    return (phrase_of(page, head, verb),) if head is not None else ()


def _subject(verb: Token) -> Token | None:
    found = next((child for child in verb.children if child.dep_ in {"nsubj", "csubj"}), None)
    if found is None:
        return None
    if found.lower_ in RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if found.lower_ in RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return verb.head.head
    return found


def _shared_subject(verb: Token) -> Token | None:
    """The subject of the verb above: "he left, saying ..."; the noun of "a letter urging ..."."""
    for _ in range(CLIMB):
        above = verb.head
        if above.i == verb.i:
            return None
        if verb.dep_ in {"acl", "relcl"} and above.pos_ in NOMINAL and above.i < verb.i:
            return above
        if verb.dep_ not in SHARES:
            return None
        if above.pos_ in {"VERB", "AUX"}:
            if passive(above):
                return next((child for child in above.lefts if child.dep_ == "nsubjpass"), None)
            found = _subject(above)
            if found is not None:
                return found if found.lower_ not in RELATIVE or above.dep_ != "relcl" else above.head
        verb = above
    return None


def phrase_of(page: Page, head: Token, verb: Token) -> Piece:
    """The whole phrase of a noun on its side of the verb: description and apposition included, points at its ends not.

    It never reaches over the border of a quotation that the verb does not share.
    """
    first, end = head.left_edge.i, head.right_edge.i + 1
    if end - first > LONG:
        end = min(end, head.i + LONG // 2)
        first = max(first, head.i - LONG // 2)
    if head.i < verb.i:
        end = min(end, _before(page, verb, head))
    else:
        first = max(first, verb.i + 1)
    home = page.inside[verb.i]
    for i in range(head.i, first - 1, -1):
        if page.inside[i] != home:
            first = _past_a_scare(page, i, head) or i + 1
            break
    for i in range(head.i, end):
        if page.inside[i] != home:
            end = i
            break
    return _bare(page, (first, end), head)


def _past_a_scare(page: Page, i: int, head: Token) -> int:
    """Where the quotation at ``i`` begins, if it stands inside the noun's phrase; else 0."""
    quote = page.quote(i)
    first = head.left_edge.i
    return first if quote is not None and quote[0] > first and page.inside[first] == page.inside[head.i] else 0


def _before(page: Page, verb: Token, head: Token) -> int:
    """Where what belongs to the verb begins: its auxiliaries and adverbs, nearest to the noun."""
    words = [child.i for child in verb.lefts if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and child.i > head.i]
    return min([verb.i, *words])


def _bare(page: Page, piece: Piece, head: Token) -> Piece:
    first, end = piece
    doc = page.doc
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc"):
        if doc[first].is_quote and page.inside[first] == page.inside[head.i] and page.inside[first] >= 0:
            break
        first += 1
    while end > head.i + 1 and (
        doc[end - 1].text in {",", ";", ":", "—", "–", "-", "--", "("} or doc[end - 1].is_space
    ):
        end -= 1
    return first, end


def after_the_verb(page: Page, verb: Token) -> Piece | None:
    """The noun phrase that follows a verb at once, whatever the parser made of it: "... ," said Mara Tolin."""
    i = verb.i + 1
    if i >= len(page.doc) or page.inside[i] != page.inside[verb.i]:
        return None
    found = None
    for j in range(i, min(i + 8, page.ends[verb.i])):
        token = page.doc[j]
        if token.is_punct or token.pos_ in {"VERB", "AUX", "ADP", "SCONJ"}:
            break
        if token.pos_ in NOMINAL:
            found = token
        elif found is not None:
            break
    return phrase_of(page, found, verb) if found is not None and found.left_edge.i >= i else None


def _over_a_parenthesis(page: Page, verb: Token, j: int) -> int:
    """The noun before a parenthesis that ends at token ``j``: "a diver who hid, fearing arrest, | said"."""
    begin = page.begins[verb.i]
    if j <= begin or page.doc[j].text != ",":
        return j
    comma = next((i for i in range(j - 1, max(begin, j - LONG), -1) if page.doc[i].text == ","), begin)
    token = page.doc[comma - 1] if comma > begin else page.doc[j]
    for _ in range(CLIMB):
        if token.pos_ in NOMINAL or token.head.i >= comma or token.head.i == token.i:
            break
        token = token.head
    return token.i


def before_the_verb(page: Page, verb: Token) -> Piece | None:
    """The noun phrase that stands right before a verb that the parser gave no subject."""
    j = verb.i - 1
    while j >= page.begins[verb.i] and page.doc[j].pos_ in {"ADV", "AUX", "PART"}:
        j -= 1
    j = _over_a_parenthesis(page, verb, j)
    if j < page.begins[verb.i] or page.doc[j].pos_ not in NOMINAL or page.inside[j] != page.inside[verb.i]:
        return None
    head = page.doc[j]
    for _ in range(CLIMB):
        if head.head.i == head.i or head.head.i > verb.i or head.head.pos_ not in NOMINAL | {"ADP"}:
            break
        if page.inside[head.head.i] != page.inside[verb.i]:
            break
        head = head.head
    return phrase_of(page, head, verb) if head.pos_ in NOMINAL else None
