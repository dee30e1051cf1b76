"""On what terms somebody speaks: not to be named, why not, and how they know.

Each wording is found once, with its words and the lexicon rows that set it off (``terms``, ``reasons``,
``knowledge``); which speaker it belongs to is for ``bearers`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from onrecord.extract.says.page import Page, Piece
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token


class Ground(StrEnum):
    """Which of the three a wording is; the names are the fields of ``Source``."""

    TERMS = "terms"
    REASON = "reason"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that state a ground: tokens ``piece``, and the lexicon rows behind it with the tokens that each knows.

    ``of``: the terms whose reason it is; both have the same speaker.
    """

    ground: Ground
    piece: Piece
    marks: tuple[tuple[str, Piece], ...]
    of: Wording | None = None


# A set phrase may skip this many small words between two of its own: "asked [that he] not be named".
SKIPPED = 4
FILLERS = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "my", "our", "of", "that", "he", "she", "they", "it", "be"}
    | {"being", "been", "to", "strict", "any", "all", "some"}
)
RELATIVE = frozenset({"who", "whose", "whom", "which", "that"})
CLOSERS = frozenset({"—", "–", "--", ";", ":", ")", "(", "…", ".", "!", "?"})


def matched(page: Page, token: Token, rows: Sequence[Row]) -> tuple[int, Row] | None:
    """Where the first row whose set phrase begins at a token ends, and the row; small words may stand between."""
    doc, limit = page.doc, page.ends[token.i]
    for row in rows:
        i = token.i
        for n, word in enumerate(row.key.split()):
            skipped = 0
            while n and i < limit and doc[i].lower_ != word and doc[i].lower_ in FILLERS and skipped < SKIPPED:
                i, skipped = i + 1, skipped + 1
            if i >= limit or doc[i].lower_ != word:
                break
            i += 1
        else:
            return i, row
    return None


def clause_end(page: Page, first: int, least: int) -> int:
    """Where the clause that begins at ``first`` ends, ``least`` or later.

    At a comma, dash, mark or bracket outside it, before "and who" or a clause with a subject of its own, at the
    speaker's own verb ("a clerk barred from talking | later said"), or with the sentence.
    """
    doc = page.doc
    end = page.ends[first]
    awaits_a_verb = doc[first].lower_ in RELATIVE or doc[first].tag_ in {"IN", "WRB"}
    for i in range(first, end):
        word = doc[i]
        if i >= least and (_parts(page, i, first) or (_is_finite(word) and not awaits_a_verb)):
            end = i - (doc[i - 1].pos_ == "ADV" and _is_finite(word))
            break
        if _is_finite(word):
            awaits_a_verb = False
        elif word.tag_ in {"CC", "WP", "WDT", "WRB", "IN", "PRP", "WP$"} and word.dep_ not in {"prep", "dobj", "pobj"}:
            awaits_a_verb = True
    while end > least and (doc[end - 1].is_punct or doc[end - 1].is_space) and not doc[end - 1].is_quote:
        end -= 1
    return end


def _is_finite(word: Token) -> bool:
    """Whether a word is a finite verb of its own, no participle that the tagger took for one after an auxiliary."""
    return word.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not (word.i and word.nbor(-1).pos_ == "AUX")


def _parts(page: Page, i: int, first: int) -> bool:
    """Whether the clause ends before token ``i``."""
    word = page.doc[i]
    if word.text in CLOSERS or (page.inside[i] != page.inside[first] and not _scare(page, i, first)):
        return True
    if word.text == ",":
        return not _series(page, i)
    if word.tag_ == "CC" and i + 1 < len(page.doc):
        joined = next((child for child in word.head.rights if child.dep_ == "conj" and child.i > i), None)
        own = joined is not None and any(child.dep_ in {"nsubj", "nsubjpass"} and child.i > i for child in joined.lefts)
        return own or page.doc[i + 1].lower_ in RELATIVE
    return False


def _scare(page: Page, i: int, first: int) -> bool:
    """Whether the quotation at ``i`` is a few words inside the clause, not a statement beside it."""
    quote = page.quote(i)
    return quote is not None and quote[0] > first and quote[1] - quote[0] <= 8 and page.inside[first] < 0


def _series(page: Page, comma: int) -> bool:
    """Whether a comma only parts the members of a short series: "the talks, the list and the names"."""
    after = page.doc[comma + 1 : comma + 4]
    return any(word.lower_ in {"and", "or"} for word in after) and not any(
        word.pos_ in {"VERB", "AUX"} for word in after
    )


def once(found: Iterable[Wording]) -> list[Wording]:
    """Of wordings of one ground that overlap, the first and longest."""
    kept: list[Wording] = []
    for wording in sorted(found, key=lambda wording: (wording.piece[0], -wording.piece[1])):
        if not any(w.ground is wording.ground and w.piece[1] > wording.piece[0] for w in kept[-4:]):
            kept.append(wording)
    return kept
