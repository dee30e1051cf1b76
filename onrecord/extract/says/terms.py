"""On what terms somebody speaks: not to be named, why not, and how they know.

Three lexicons of set wordings: ``anonymity-terms`` ("on condition of anonymity"), ``anonymity-reasons`` ("for fear
of ...") and ``knowledge`` ("briefed on ..."). Each wording is found once, with its words; which speaker it belongs to
is for ``statements`` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
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
    """A set wording with what follows from it: tokens ``piece``, and the words ``key`` that the lexicon knows."""

    ground: Ground
    piece: Piece
    key: Piece
    rule: str


# A wording may skip this many small words between two of its own: "asked [that he] not be named".
FILLERS = frozenset(
    {
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "of",
        "that",
        "he",
        "she",
        "they",
        "it",
        "be",
        "being",
    }
    | {"been", "to", "strict"}
)
# How far after the terms a reason may begin, in tokens.
NEAR = 5


def find_wordings(page: Page, tools: Tools) -> list[Wording]:
    """All wordings in the order of the text. A reason that only counts after terms is looked for only there."""
    terms = tools.lexicons["anonymity-terms"].by_first_word
    reasons = tools.lexicons["anonymity-reasons"].by_first_word
    knowledge = tools.lexicons["knowledge"].by_first_word
    found: list[Wording] = []
    for token in page.doc:
        word = token.lower_
        if word in terms and (end := _matched(page, token, terms[word])):
            found.append(Wording(Ground.TERMS, (token.i, end[0]), (token.i, end[0]), end[1].rule))
            found += _reason_after(page, end[0], token, reasons)
        if word in reasons and (end := _matched(page, token, [row for row in reasons[word] if not row.flag("after")])):
            first = _with_its_verb(page, token)
            found.append(
                Wording(Ground.REASON, (first, _clause_end(page, token, end[0])), (token.i, end[0]), end[1].rule)
            )
        if word in knowledge and (end := _matched(page, token, knowledge[word])):
            found.append(
                Wording(Ground.KNOWLEDGE, (token.i, _clause_end(page, token, end[0])), (token.i, end[0]), end[1].rule)
            )
    return _once(found)


def _once(found: Sequence[Wording]) -> list[Wording]:
    kept: dict[tuple[Ground, int], Wording] = {}
    for wording in sorted(found, key=lambda wording: (wording.piece[0], -wording.piece[1])):
        inside = any(
            w.ground == wording.ground and w.piece[0] <= wording.piece[0] < w.piece[1] for w in list(kept.values())[-3:]
        )
        if not inside:
            kept[(wording.ground, wording.piece[0])] = wording
    return list(kept.values())


def _matched(page: Page, token: Token, rows: Sequence[Row]) -> tuple[int, Row] | None:
    """Where the first row that fits at a token ends, and the row."""
    doc, limit = page.doc, page.ends[token.i]
    for row in rows:
        i = token.i
        for n, word in enumerate(row.key.split()):
            skipped = 0
            while n and i < limit and doc[i].lower_ != word and doc[i].lower_ in FILLERS and skipped < 4:
                i, skipped = i + 1, skipped + 1
            if i >= limit or doc[i].lower_ != word:
                break
            i += 1
        else:
            return i, row
    return None


def _reason_after(page: Page, end: int, term: Token, reasons: Mapping[str, tuple[Row, ...]]) -> Iterator[Wording]:
    """The reason that follows the terms: "..., because he feared for his job"."""
    limit = min(end + NEAR, page.ends[term.i])
    for i in range(end, limit):
        token = page.doc[i]
        if token.lower_ in reasons and (fits := _matched(page, token, reasons[token.lower_])):
            if fits[1].key == "to" and (i != end or token.tag_ != "TO"):
                continue
            yield Wording(Ground.REASON, (i, _clause_end(page, token, fits[0])), (i, fits[0]), fits[1].rule)
            return


def _with_its_verb(page: Page, token: Token) -> int:
    """Where "was not authorised" begins: from the verb of being on, where it stands right before."""
    before = token.nbor(-1) if token.i > page.begins[token.i] else token
    return before.i if before.lemma_ == "be" else token.i


def _clause_end(page: Page, token: Token, least: int) -> int:
    """Where the wording's own clause ends: at a comma, dash, mark or bracket outside it, or with the sentence."""
    doc = page.doc
    end = page.ends[token.i]
    for i in range(least, end):
        word = doc[i]
        if word.text in {"—", "–", "--", ";", ":", ")", "("} or page.inside[i] != page.inside[token.i]:
            end = i
            break
        if word.text == "," and not _series(page, i):
            end = i
            break
        if word.tag_ in {"VBD", "VBZ"} and i > least and not _has_subject_after(token, word):
            end = i - (doc[i - 1].pos_ == "ADV")  # the speaker's own verb: "a clerk barred from talking | later said"
            break
    while (
        end > least and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in {'"', "”", "''"}
    ):
        end -= 1
    return end


def _series(page: Page, comma: int) -> bool:
    """Whether a comma only parts the members of a short series: "the talks, the list and the names"."""
    after = page.doc[comma + 1 : comma + 4]
    return any(word.lower_ in {"and", "or"} for word in after) and not any(
        word.pos_ in {"VERB", "AUX"} for word in after
    )


def _has_subject_after(start: Token, verb: Token) -> bool:
    """Whether a verb's subject stands inside the wording: "because he said too much"."""
    return any(child.dep_ == "nsubj" and start.i < child.i < verb.i for child in verb.lefts)
