"""Attributions that a verb makes: "said", "told X that", "vowed to", "accused X of", "called X a Y".

The lexicon ``reporting-verbs`` says which verbs, and what each takes as content; this module knows how such content
stands in a sentence: as a clause, around a parenthesis, between quotation marks beside the verb, as an object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.attribution import Attribution, named_by
from onrecord.extract.says.page import OPENING, Page, Piece, without
from onrecord.extract.says.speakers import after_the_verb, before_the_verb, speaker
from onrecord.extract.says.unsaid import REFUSES, is_unreal, what_denies
from onrecord.extract.syntax import passive
from onrecord.lexicon import Row
from onrecord.record import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

# Children of a verb that stand between it and a quotation.
BESIDE = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "prep", "prt", "npadvmod", "advmod", "agent", "oprd"})
# Children of a verb that belong to what it says of its object.
OBJECTIVE = frozenset({"dobj", "oprd", "acomp", "attr", "xcomp", "ccomp", "pcomp", "dative"})
# Forms whose lemma the parser gets wrong, and no ending tells.
MISREAD = {"hoped": "hope", "hoping": "hope", "foresaw": "foresee", "undertook": "undertake", "let": "let"}
ENDINGS = ("ed", "ing", "es", "s", "d")
# How far a quotation may stand from the verb that introduces it, and a verb of speech from its refusal, in tokens.
REACH, NEAR = 14, 4


def find(page: Page, tools: Tools) -> Iterator[Attribution]:
    """Every attribution that rests on a verb of the lexicon."""
    rows = tools.lexicons["reporting-verbs"].by_first_word
    for token in page.doc:
        if not _is_verb(token) or not page.is_readable(token):
            continue
        lemma = _lemma(token, rows)
        if lemma in REFUSES and _refuses_to_say(page, token, rows, tools):
            continue  # "declined to say whether": one statement, that of saying
        if lemma in rows:
            for row in rows[lemma]:
                particle = _particle(token, row)
                if particle is None:
                    continue
                found = attribute(page, token, row, particle, tools)
                if found is not None:
                    yield found
                break


def _refuses_to_say(page: Page, verb: Token, rows: Mapping[str, tuple[Row, ...]], tools: Tools) -> bool:
    """Whether a verb of refusal governs one of speech that has a content of its own."""
    for child in verb.rights:
        if child.dep_ == "xcomp" and child.i - verb.i <= NEAR:
            row = next(iter(rows.get(_lemma(child, rows), ())), None)
            return row is not None and attribute(page, child, row, (), tools) is not None
    return False


def _lemma(token: Token, rows: Mapping[str, object]) -> str:
    """The dictionary form of a verb, also where the parser does not know it: "griped", "texting", "blogged"."""
    word, lemma = token.lower_, token.lemma_.lower()
    if word in MISREAD or lemma in rows:
        return MISREAD.get(word, lemma)
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            known = next((form for form in (stem, f"{stem}e", single, f"{stem[:-1]}y") if form in rows), None)
            if known is not None:
                return known
    return lemma


def _is_verb(token: Token) -> bool:
    return token.tag_.startswith("VB") and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


def _particle(verb: Token, row: Row) -> tuple[int, ...] | None:
    """Where the rest of a row's words stands ("point out": "out"); None if the row does not fit."""
    rest = row.key.split()[1:]
    if not rest:
        return ()
    for child in verb.rights:
        if child.lower_ == rest[0] and child.dep_ in {"prt", "prep", "advmod", "dobj", "acomp", "dative"}:
            return (child.i,)
    return None


def attribute(page: Page, verb: Token, row: Row, particle: tuple[int, ...], tools: Tools) -> Attribution | None:
    """The attribution that one verb makes; None if it ascribes nothing to anyone."""
    rule, kind, stance = named_by(row)
    source = _source(page, verb, row)
    shape, content = _content(page, verb, row, source)
    if not content or (not source and not _may_lack_a_source(page, verb, shape, row)):
        return None
    cue = ((verb.i, verb.i + 1), *((i, i + 1) for i in particle if i != verb.i))
    cue = ((verb.i, particle[0] + 1),) if particle and particle[0] == verb.i + 1 else cue
    refusal = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in REFUSES and verb.head.i < verb.i else None
    if refusal is not None and verb.i - refusal.i <= NEAR:
        cue, stance = ((refusal.i, verb.i + 1),), Stance.DECLINES
    denied = what_denies(verb, tools.lexicons["unsaid-words"].by_key)
    also = ((denied[1].rule, (denied[0].i, denied[0].i + 1)),) if denied is not None and denied[1] is not None else ()
    return Attribution(
        cue, source, tuple(content), row.key, kind, stance, rule, shape,
        negated=denied is not None or refusal is not None, hypothetical=is_unreal(verb), also=also,
    )  # fmt: skip


def _source(page: Page, verb: Token, row: Row) -> tuple[Piece, ...]:
    found = speaker(page, verb)
    if not found and not passive(verb):
        beside = _inverted(page, verb)
        if beside is None:
            beside = after_the_verb(page, verb) if _quote_ending_at(page, verb.i - 1) else before_the_verb(page, verb)
        found = (beside,) if beside is not None else ()
    if (
        len(found) == 1
        and found[0][1] - found[0][0] == 1
        and page.doc[found[0][0]].lower_ in {"it", "there"}
        and passive(verb)
    ):
        return ()
    return tuple(piece for piece in found if piece[0] < piece[1])


def _inverted(page: Page, verb: Token) -> Piece | None:
    """A speaker after the verb whose description the parser took for what is said: "said two clerks briefed on ..."."""
    if _quote_ending_at(page, verb.i - 1) is None and not any(child.dep_ == "ccomp" for child in verb.lefts):
        return None
    for child in verb.rights:
        bare = child.tag_ in {"VBN", "VBG"} or child.pos_ == "ADJ"
        if (
            child.dep_ == "ccomp"
            and bare
            and child.left_edge.i == verb.i + 1
            and page.inside[child.i] == page.inside[verb.i]
        ):
            kinds = {word.dep_ for word in child.lefts}
            return (
                (child.left_edge.i, child.right_edge.i + 1)
                if "nsubj" in kinds and not kinds & {"aux", "mark"}
                else None
            )
    return None


def _may_lack_a_source(page: Page, verb: Token, shape: str, row: Row) -> bool:
    """A passive, or a participle with a clause of its own, ascribes words to nobody; a bare verb does nothing."""
    return (passive(verb) or verb.tag_ == "VBG") and shape in {"cues.clause", "cues.infinitive", "cues.quotation"}


# ------------------------------------------------------------------------------------------------ content


def _content(page: Page, verb: Token, row: Row, source: tuple[Piece, ...]) -> tuple[str, list[Piece]]:
    """The structure that gives the content, and its pieces."""
    takes = row.words("takes")
    hole = _cluster(page, verb, source)
    if passive(verb):
        return _passive_content(page, verb, row)
    pieces: list[Piece] = []
    shape = ""
    if "clause" in takes:
        pieces = _clauses(page, verb, row, hole)
        shape = "cues.clause"
        if not pieces and verb.dep_ == "parataxis":
            pieces = _around(page, verb)
            shape = "cues.parenthesis"
        beside = _quotes_beside(page, verb, hole, pieces)
        if beside:
            pieces, shape = [*pieces, *beside], "cues.quotation"
    if not pieces and "to" in takes:
        pieces, shape = _infinitive(page, verb, row), "cues.infinitive"
    if not pieces and row["preps"]:
        pieces, shape = _under_preposition(verb, row), "cues.preposition"
    if not pieces and ("object" in takes or "name" in takes):
        pieces, shape = _object(page, verb, row), "cues.object"
    return shape, pieces


def _cluster(page: Page, verb: Token, source: tuple[Piece, ...]) -> Piece:
    """The tokens of the attribution itself, without its content: subject, verb, and what stands beside it."""
    first, end = verb.i, verb.i + 1
    for piece in source:
        if page.begins[verb.i] <= piece[0] and piece[1] <= page.ends[verb.i] and _next_to(page, piece, verb):
            first, end = min(first, piece[0]), max(end, piece[1])
    for child in verb.lefts:
        if child.dep_ in {"aux", "auxpass", "neg", "advmod"} and page.inside[child.i] == page.inside[verb.i]:
            first = min(first, child.i)
    for child in verb.rights:
        if (
            child.dep_ in BESIDE
            and page.inside[child.left_edge.i] == page.inside[verb.i]
            and not _holds_a_clause(child)
        ):
            end = max(end, child.right_edge.i + 1)
        elif child.dep_ != "punct" or child.text == ",":
            break
    for i in range(verb.i + 1, end):
        if page.inside[i] != page.inside[verb.i]:
            return first, i
    return first, end


def _next_to(page: Page, piece: Piece, verb: Token) -> bool:
    """Whether nothing but the verb's own small words stands between a phrase and the verb."""
    between = range(piece[1], verb.i) if piece[1] <= verb.i else range(verb.i + 1, piece[0])
    return all(page.inside[i] == page.inside[verb.i] for i in between) and len(between) <= REACH


def _holds_a_clause(token: Token) -> bool:
    return any(child.dep_ in {"acl", "relcl"} and _that(child) is not None for child in _down(token))


def _down(token: Token) -> Iterator[Token]:
    yield token
    for child in token.rights:
        if child.dep_ in {"pobj", "appos"}:
            yield child


def _that(clause: Token) -> Token | None:
    return next((child for child in clause.lefts if child.lower_ == "that" and child.dep_ == "mark"), None)


def _clauses(page: Page, verb: Token, row: Row, hole: Piece) -> list[Piece]:
    """The clauses that a verb of saying governs, the words of the attribution cut out of those around it."""
    pieces: list[Piece] = []
    for child in verb.children:
        if child.dep_ == "ccomp" or (
            child.dep_ in {"conj", "advcl", "acl"} and child.i > verb.i and _that(child) is not None
        ):
            pieces += _without_cluster(page, child, verb, row, hole)
        elif child.i > verb.i and child.dep_ in {"prep", "dobj", "dative"}:
            pieces += [_subtree(clause) for word in _down(child) for clause in word.rights if _that(clause) is not None]
    if not pieces:
        pieces = _after_that(page, verb, row)
    return pieces


def _without_cluster(page: Page, clause: Token, verb: Token, row: Row, hole: Piece) -> list[Piece]:
    first, end = _subtree(clause)
    if first > verb.i:
        subject = next((child for child in clause.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
        to = next((child for child in clause.lefts if child.lower_ == "to"), None)
        if row.flag("tells") and to is not None and subject is not None and subject.i < to.i:
            return [(to.i, end)]  # "asked the union to wait": the union is who is asked
        return [(first, end)]
    if end <= hole[0]:
        return [(first, end)]
    return without((first, end), hole)


def _subtree(token: Token) -> Piece:
    return token.left_edge.i, token.right_edge.i + 1


def _after_that(page: Page, verb: Token, row: Row) -> list[Piece]:
    """What follows a "that" near the verb, where the parser saw no clause."""
    for i in range(verb.i + 1, min(verb.i + REACH, page.ends[verb.i])):
        token = page.doc[i]
        if (
            token.lower_ == "that"
            and (token.tag_ == "IN" or row.flag("tells"))
            and page.inside[i] == page.inside[verb.i]
        ):
            return [(i + 1, max(i + 1, verb.right_edge.i + 1))]
        if token.text in {",", ";", ":"} or token.pos_ == "VERB":
            break
    return []


def _around(page: Page, verb: Token) -> list[Piece]:
    """The clause into which a parenthesis is set: "The plan, he said, had failed"."""
    return without(_subtree(verb.head), _subtree(verb))


def _infinitive(page: Page, verb: Token, row: Row) -> list[Piece]:
    """The infinitive under a verb of willing: "vowed to leave"; with its subject, "wants the army to leave"."""
    for child in verb.rights:
        to = next((word for word in child.lefts if word.lower_ == "to"), None)
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and (to is not None or child.tag_ == "VBG"):
            return [(child.left_edge.i if not row.flag("tells") or to is None else to.i, child.right_edge.i + 1)]
    return []


def _under_preposition(verb: Token, row: Row) -> list[Piece]:
    preps = row.words("preps")
    for child in verb.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ in preps and child.right_edge.i > child.i:
            objects = [word for word in verb.rights if word.dep_ == "dobj" and word.i < child.i]
            start = objects[0].left_edge.i if objects else child.i + 1
            return [(start, child.right_edge.i + 1)]
    return []


def _object(page: Page, verb: Token, row: Row) -> list[Piece]:
    """The object of a verb that needs no clause ("denied the report"), with what is said of it ("called X a Y")."""
    first, end = 0, 0
    preps = {"as", "for", "of"} if "name" in row.words("takes") else {"of", "for", "as", "over", "against"}
    for child in verb.rights:
        if (
            child.dep_ == "punct"
            and child.text in {",", ";", "—", "–", "--"}
            and page.quote(child.i) == page.quote(verb.i)
        ):
            break
        named = child.dep_ == "npadvmod" and bool(end) and "name" in row.words("takes")
        if named or child.dep_ in OBJECTIVE or (end and child.dep_ == "prep" and child.lower_ in preps):
            first, end = first or child.left_edge.i, child.right_edge.i + 1
    if not end or (end - first == 1 and page.doc[first].lower_ in {"so", "it", "that", "what", "which", "himself"}):
        return []
    if "name" in row.words("takes") and not _says_what(page, first, end, verb):
        return []
    return [(first, end)]


def _says_what(page: Page, first: int, end: int, verb: Token) -> bool:
    """Whether "called X" goes on to say what: an object alone is a telephone call."""
    heads = sum(page.doc[i].head == verb and page.doc[i].dep_ in OBJECTIVE | {"npadvmod"} for i in range(first, end))
    quoted = any(
        page.inside[i] >= 0 and page.inside[i] != page.inside[verb.i] for i in range(first, min(end, first + 40))
    )
    inner = any(page.doc[i].dep_ in {"oprd", "nsubj", "appos"} for i in range(first, min(end, first + 40)))
    return heads >= 2 or quoted or inner


def _passive_content(page: Page, verb: Token, row: Row) -> tuple[str, list[Piece]]:
    """In "is expected to leave", "was accused of lying": the subject and what is said of it, as two pieces."""
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubjpass", "csubjpass", "nsubj"}), None)
    if subject is not None and subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        subject = None
    said = _clauses(page, verb, row, (verb.i, verb.i + 1))
    if said:
        return "cues.clause", said
    about = [] if subject is None or subject.lower_ in {"it", "there"} else [_subtree(subject)]
    infinitive = _infinitive(page, verb, row)
    if infinitive and ("to" in row.words("takes") or "clause" in row.words("takes")):
        return "cues.infinitive", (infinitive if row.flag("tells") else [*about, *infinitive])
    under = _under_preposition(verb, row)
    if under:
        return "cues.preposition", [*about, *under]
    beside = _quotes_beside(page, verb, (verb.i, verb.right_edge.i + 1), []) if "clause" in row.words("takes") else []
    if beside:
        return "cues.quotation", beside
    called = [child for child in verb.rights if child.dep_ in {"oprd", "attr", "acomp"}]
    if called and "name" in row.words("takes"):
        return "cues.object", [*about, *(_subtree(child) for child in called)]
    return "cues.object", about if "object" in row.words("takes") else []


# ------------------------------------------------------------------------------------------------ quotations


def _quotes_beside(page: Page, verb: Token, hole: Piece, pieces: list[Piece]) -> list[Piece]:
    """The quotations that the verb introduces or follows up: right before its words, or right after them."""
    found = []
    before = _quote_ending_at(page, hole[0] - 1)
    if before is not None and pieces and pieces[0][0] > verb.i and not _opens(page, before):
        before = None  # "having named him a "traitor," she said that ...": the mark belongs to the words before
    if verb.tag_ == "VBG" and pieces:
        before = None  # ""...," she said, adding that": the quotation is the main verb's
    if before is not None and not (verb.dep_ == "advcl" and hole[0] == verb.i and before[1] <= verb.head.i):
        found.append(before)
    after = _quote_starting_at(page, hole[1], verb)
    if after is None and pieces:
        after = _quote_after_colon(page, max(end for _, end in pieces), verb)
    if after is not None:
        found.append(after)
    return found


def _opens(page: Page, quote: Piece) -> bool:
    """Whether a quotation opens its sentence or paragraph, but for small words."""
    start = max(page.paragraph(quote[0])[0], quote[0] - 3)
    before = [token for token in page.doc[start : quote[0]] if not token.is_space]
    return all(token.pos_ in {"CCONJ", "ADV", "PUNCT"} for token in before) or page.doc[quote[0]].is_sent_start is True


def _quote_ending_at(page: Page, i: int) -> Piece | None:
    """The quotation that ends at token ``i`` or just before the points there."""
    while i >= 0 and page.inside[i] < 0 and page.doc[i].text in {",", "—", "–", "--", "-"}:
        i -= 1
    quote = page.quote(i)
    return quote if quote is not None and quote[1] - 1 == i else None


def _quote_starting_at(page: Page, i: int, verb: Token) -> Piece | None:
    """The quotation that starts at token ``i`` or shortly after, with no other verb in between."""
    if page.inside[verb.i] >= 0:
        return None
    limit = min(i + REACH, page.paragraph(verb.i)[1])
    while i < limit:
        if page.inside[i] >= 0:
            quote = page.quotes[page.inside[i]]
            close = page.doc[i - 1].text in {",", ":", "that", "—", "–", "--"} or i <= verb.i + 1
            return quote if quote[0] == i and (close or page.doc[i].is_sent_start is not True) else None
        token = page.doc[i]
        if token.text in {".", ";", "!", "?"} or (token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG"):
            return None
        i += 1
    return None


def _quote_after_colon(page: Page, i: int, verb: Token) -> Piece | None:
    if i < len(page.doc) and page.doc[i].text == ":" and page.quote(i + 1) is not None:
        return page.quote(i + 1)
    return page.quote(i) if i < len(page.doc) and page.doc[i - 1].text == ":" and page.doc[i].text in OPENING else None
