"""How somebody knows: what describes a speaker by what they saw, did, or were told of.

``knowledge`` holds the words with which such a description begins ("briefed on"). Beside them any relative clause
counts ("who sat beside him"), unless it tells of speaking, of terms, or only of what somebody is; whether it
describes a speaker, and one without a name, is for ``bearers`` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.grounds import Ground, Wording, clause_end, matched
from onrecord.extract.says.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE = frozenset({"who", "whose", "whom"})
# Verbs that tell what somebody is, has or does for a living, not what they came to know.
BEING = frozenset(
    {"be", "become", "live", "work", "have", "belong", "earn", "retire", "remain", "want", "use", "give", "go", "like"}
)
# What stands before the words of knowledge and belongs to them: "with first-hand [knowledge of ...]".
BEFORE = frozenset(
    {
        "with",
        "direct",
        "first",
        "hand",
        "-",
        "firsthand",
        "detailed",
        "personal",
        "intimate",
        "close",
        "some",
        "good",
        "full",
    }
)
# How far from "who" its verb may stand, in tokens.
NEAR = 6


def find(page: Page, tools: Tools, others: Sequence[Wording]) -> Iterator[Wording]:
    """Every wording of knowledge; ``others`` are the wordings of terms and reasons, which are none."""
    rows = tools.lexicons["knowledge"].by_first_word
    taken = {i for wording in others for i in range(*wording.piece)}
    for token in page.doc:
        if token.lower_ in rows and (end := matched(page, token, rows[token.lower_])):
            first = token.i
            while first > page.begins[first] and page.doc[first - 1].lower_ in BEFORE:
                first -= 1
            piece = (first, clause_end(page, token.i, end[0]))
            yield Wording(Ground.KNOWLEDGE, piece, ((end[1].rule, (token.i, end[0])),))
        elif token.lower_ in RELATIVE and token.i not in taken and _follows_somebody(page, token):
            verb = _verb_of(page, token)
            if verb is not None and verb.i not in taken and not _tells_of_speaking(verb, tools):
                piece = (token.i, clause_end(page, token.i, verb.i + 1))
                yield Wording(Ground.KNOWLEDGE, piece, (("knowledge.clause", (token.i, verb.i + 1)),))


def _follows_somebody(page: Page, who: Token) -> bool:
    """Whether a noun stands right before, that "who" takes up: it is no question ("we know who sent it")."""
    i = who.i - 1
    while i > page.begins[who.i] and (page.doc[i].text == "," or page.doc[i].pos_ in {"ADP", "CCONJ"}):
        i -= 1
    return i >= page.begins[who.i] and page.doc[i].pos_ in {"NOUN", "PROPN", "PRON", "NUM"}


def _verb_of(page: Page, who: Token) -> Token | None:
    """The verb of a relative clause."""
    for i in range(who.i + 1, min(page.ends[who.i], who.i + NEAR)):
        word = page.doc[i]
        if word.is_punct:
            return None
        if word.pos_ == "VERB" or (word.lemma_ == "be" and word.pos_ == "AUX" and word.dep_ not in {"aux", "auxpass"}):
            return word
    return None


def _tells_of_speaking(verb: Token, tools: Tools) -> bool:
    lemma = verb.lemma_.lower()
    known = (lemma in tools.lexicons[name].by_key for name in ("reporting-verbs", "anonymity-words"))
    heard = lemma in {"hear", "see", "learn", "discover", "record"}
    return not heard and (lemma in BEING or any(known))
