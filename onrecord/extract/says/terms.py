"""Terms of anonymity: set phrases, and any words by which a name is to be kept back.

``anonymity-terms`` holds what states terms by itself ("on condition of anonymity"); ``anonymity-words`` the parts of
which reporters make others: a name or a verb of naming, a word that denies, refuses or withholds it, and who asks for
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.grounds import Ground, Wording, clause_end, matched
from onrecord.extract.says.page import Page
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

Marks = list[tuple[Row, int]]
Words = Mapping[str, Row]

# How far from the name the words stand that keep it back, in tokens.
BEFORE, AFTER = 12, 8
POSSESSIVE = frozenset({"his", "her", "their", "its", "whose", "my", "our", "your"})
ANY_NAME = frozenset({"no", "real", "the", "a", "any", "full", "last"})
ONLY = frozenset({"only", "just", "merely"})
# Verbs of naming under which another name is asked for: "asked to be known as".
ANOTHER_NAME = frozenset({"call", "know", "refer", "describe"})
WHO_IS = frozenset({"he", "she", "they", "i", "we"})
NAMED = frozenset({"him", "her", "them", "me", "us", "himself", "herself", "themselves", "myself"})
# What ends the words about a name, going right; and what still belongs to them after "by", "in" and "of".
BORDERS = frozenset({"because", "for", "as", "since", "lest", "so", "citing", "owing", "due", "given", "while", "but"})
PUBLISHED = frozenset({"name", "print", "full", "public", "it", "paper", "newspaper", "report", "article", "story"})
KEPT_BACK = frozenset({"negate", "refuse", "withhold"})
WIDENS = frozenset({"ask", "condition", "refuse"})


def find(page: Page, tools: Tools) -> Iterator[Wording]:
    """Every wording of terms, in the order of the text."""
    phrases = tools.lexicons["anonymity-terms"].by_first_word
    words = tools.lexicons["anonymity-words"].by_key
    for token in page.doc:
        if token.lower_ in phrases and (end := matched(page, token, phrases[token.lower_])):
            first, marks = _widened(page, token.i, words)
            own = (end[1].rule, (token.i, end[0]))
            yield Wording(Ground.TERMS, (first, end[0]), (own, *_named(marks)))
        row = words["identity"] if _who_somebody_is(token) else _row(token, words)
        shape = SHAPES.get(row["class"]) if row is not None else None
        found = shape(page, token, row, words) if shape is not None and row is not None else None
        if found is not None:
            yield found


def _row(token: Token, words: Words) -> Row | None:
    """The row of a token: as a verb where the noun has another meaning here."""
    lemma = "not" if token.lower_ in {"n't", "’t"} else token.lemma_.lower()
    verbal = token.tag_.startswith("VB")
    row = words.get(f"{lemma} verb") if verbal else None
    return row or words.get(lemma) or words.get(token.lower_)


def _named(marks: Marks) -> Iterator[tuple[str, tuple[int, int]]]:
    return ((row.rule, (i, i + 1)) for row, i in marks)


def _widened(page: Page, i: int, words: Words) -> tuple[int, Marks]:
    """Where the words begin that ask for a set phrase: "asked [for anonymity]" is one, "spoke on background" is two."""
    first, marks = i, []
    for j in range(i - 1, max(page.begins[i], i - 4) - 1, -1):
        token = page.doc[j]
        row = _row(token, words)
        if row is not None and row["class"] in WIDENS and token.pos_ in {"VERB", "ADJ"}:
            first = j
            marks.append((row, j))
        elif token.pos_ not in {"PART", "AUX", "ADP"}:
            break
    return first, marks


def _around_a_name(page: Page, token: Token, row: Row, words: Words) -> Wording | None:
    naming = row["class"] == "naming"
    if naming and not (_passive(token) or _names_a_speaker(token)):
        return None
    if not naming and not _somebodys(token):
        return None
    left = _operators(
        page, token, range(token.i - 1, max(page.begins[token.i], token.i - BEFORE) - 1, -1), words, naming
    )
    last = min(page.ends[token.i], token.i + AFTER)
    right = _operators(page, token, range(token.i + 1, min(last, token.i + 3) if naming else last), words, naming)
    right = [(mark, i) for mark, i in right if not naming or mark.key in ONLY]
    kept_back = [(mark, i) for mark, i in (*left, *right) if mark["class"] in KEPT_BACK]
    if not naming and token.tag_ == "NNS" and not _has_an_owner(token):
        kept_back = [(mark, i) for mark, i in kept_back if mark["class"] == "withhold"]
    another_name = naming and token.lemma_ in ANOTHER_NAME and any(mark["class"] == "ask" for mark, _ in left)
    if not another_name and not any(_keeps_back(page, token, mark, i) for mark, i in kept_back):
        return None
    first = min([_left_of_name(token), *(i for _, i in left)])
    end = max([token.i + 1, *(i + 1 for _, i in right)])
    first = _with_its_small_words(page, first)
    marks = sorted((*left, *right), key=lambda mark: mark[1])
    own = (row.rule, (token.i, token.i + 1))
    known_as = (
        naming and bool(right or another_name) and end < page.ends[token.i] and page.doc[end].lower_ in {"as", "by"}
    )
    last = clause_end(page, end, end + 1) if known_as else _end(page, token, end)
    return Wording(Ground.TERMS, (first, last), (own, *_named(marks)))


def _anonymity(page: Page, token: Token, row: Row, words: Words) -> Wording | None:
    """In "sought anonymity", "insisted on anonymity", "in exchange for anonymity": beside who asks for it, or the
    bargain.
    """
    left = [
        (mark, i)
        for mark, i in _operators(
            page, token, range(token.i - 1, max(page.begins[token.i], token.i - 6) - 1, -1), words, False
        )
        if mark["class"] in WIDENS
    ]
    under = next((c for c in _governing_prepositions(token) if c.lower_ in {"under", "on", "behind", "with"}), None)
    if not left and under is None:
        return None
    if not left:
        assert under is not None
        return Wording(Ground.TERMS, (under.i, token.i + 1), ((row.rule, (token.i, token.i + 1)),))
    first = _with_its_small_words(page, min(i for _, i in left))
    own = (row.rule, (token.i, token.i + 1))
    return Wording(Ground.TERMS, (first, token.i + 1), (own, *_named(left)))


def _governing_prepositions(token: Token) -> Iterator[Token]:
    """The prepositions that a noun stands under: "under", "of" in "under the protection of anonymity"."""
    for _ in range(4):
        if token.dep_ not in {"pobj", "prep", "compound", "nmod"}:
            return
        token = token.head
        if token.dep_ == "prep":
            yield token


def _nameless(page: Page, token: Token, row: Row, words: Words) -> Wording | None:
    """In "stayed anonymous", "asked to remain nameless": beside a verb of being, with who asks for it."""
    near = range(token.i - 1, max(page.begins[token.i], token.i - 3) - 1, -1)
    verb = next((i for i in near if page.doc[i].lemma_ in {"remain", "stay", "be", "keep", "leave"}), None)
    if verb is None or (page.doc[verb].lemma_ == "be" and page.doc[verb].dep_ == "ROOT"):
        return None  # "the letter was anonymous"
    first, marks = _widened(page, verb, words)
    own = (row.rule, (token.i, token.i + 1))
    return Wording(Ground.TERMS, (first, token.i + 1), (own, *_named(marks)))


def _who_somebody_is(token: Token) -> bool:
    """Whether words stand for somebody's identity: "not to print who he was"."""
    after = token.doc[token.i + 1 : token.i + 3]
    return token.lower_ == "who" and len(after) > 1 and after[0].lower_ in WHO_IS and after[1].lemma_ == "be"


def _passive(token: Token) -> bool:
    """Whether somebody is named, not names: "not to be named", "without being quoted"."""
    return token.tag_ == "VBN" and any(
        child.lower_ in {"be", "being", "been", "is", "was", "were", "are"} for child in token.lefts
    )


def _names_a_speaker(token: Token) -> bool:
    """Whether somebody names themselves, or others name somebody spoken of: "identified himself only as", "not to
    name her".
    """
    return any(child.dep_ == "dobj" and child.lower_ in NAMED for child in token.rights)


def _somebodys(noun: Token) -> bool:
    """Whether it is the name of somebody spoken of, or names at large."""
    if _who_somebody_is(noun):
        return True
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    near = [child.lower_ for child in noun.lefts]
    return bool(POSSESSIVE & set(near)) or noun.tag_ == "NNS" or bool(ANY_NAME & set(near))


def _has_an_owner(noun: Token) -> bool:
    return any(child.lower_ in POSSESSIVE for child in noun.lefts)


def _operators(page: Page, token: Token, reach: range, words: Words, naming: bool) -> Marks:
    """The words of the lexicon on one side of a name, up to the border of its clause."""
    found: Marks = []
    for i in reach:
        word = page.doc[i]
        if word.is_punct and word.text != "-":
            break
        row = _row(word, words)
        if row is not None and row["class"] not in SHAPES:
            found.append((row, i))
        elif naming and word.pos_ in {"NOUN", "PROPN"} and word.dep_ in {"nsubj", "nsubjpass"}:
            if not any(child.lower_ == "no" for child in word.lefts):
                break  # somebody else is named
        elif i > token.i and word.lower_ in BORDERS:
            break
    return found


def _keeps_back(page: Page, name: Token, row: Row, i: int) -> bool:
    """Whether a word keeps back this name: "only" does beside a first name, "out" does after a verb."""
    if row.key in ONLY:
        first_name = any(child.lower_ in {"first", "middle", "given"} for child in name.lefts)
        return name.tag_.startswith("VB") or first_name or i == name.i + 1
    if row.key == "out":
        return page.doc[i - 1].lemma_ in {"leave", "keep", "stay"} or i > name.i
    return True


def _left_of_name(token: Token) -> int:
    return token.left_edge.i if token.pos_ in {"NOUN", "PROPN"} and token.i - token.left_edge.i <= 6 else token.i


def _with_its_small_words(page: Page, first: int) -> int:
    """Where the small words begin that belong to the first one: "would not", "on the condition", "in return"."""
    doc, begin = page.doc, page.begins[first]
    noun = doc[first].pos_ == "NOUN"
    while first > begin and (
        (noun and doc[first - 1].pos_ in {"ADP", "DET", "ADJ"})
        or (not noun and doc[first - 1].pos_ in {"AUX", "ADV"} and doc[first - 1].lower_ not in {"so", "also"})
    ):
        first -= 1
    return first


def _end(page: Page, token: Token, least: int) -> int:
    """Where the words about a name end: the verb that is denied, "by name" and "in print" still belong to them."""
    doc, end, limit = page.doc, least, page.ends[token.i]
    if least - 1 > token.i and doc[least - 1].lower_ in {"not", "n't", "never"}:
        while end < limit and doc[end].pos_ in {"VERB", "AUX", "PART"}:
            end += 1
    for first in (end, end + 1):
        near = [word.lower_ for word in doc[first : min(first + 3, limit)]]
        if near[:1] and near[0] in {"by", "in", "of"} and (found := set(near[1:]) & PUBLISHED):
            return first + 1 + min(near[1:].index(word) for word in found) + 1
    return end


SHAPES: dict[str, Callable[[Page, Token, Row, Words], Wording | None]] = {
    "name": _around_a_name, "naming": _around_a_name, "anonymity": _anonymity, "nameless": _nameless,
}  # fmt: skip
