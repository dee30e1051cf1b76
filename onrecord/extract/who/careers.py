"""Careers: words that tell how somebody's office begins, that it is held, how it ends; and what their tense says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.syntax import (
    SUBJECTS,
    auxiliaries,
    by_agents,
    crowded,
    modal,
    negation,
    objects,
    passive,
    subjects,
    with_conjuncts,
)
from onrecord.lexicon import Lexicons, Row

if TYPE_CHECKING:
    from spacy.tokens import Token

BEGINS, HOLDS, ENDS = "begins", "holds", "ends"
RELATIVE = frozenset({"who", "that"})
# Under these words, and after these conjunctions, nobody says that it is so.
OPEN_MARKS = frozenset({"if", "unless", "whether", "lest"})
NOT_SAID = frozenset({
    "deny", "doubt", "hope", "wish", "want", "pretend", "imagine", "suppose", "dream", "ask", "demand", "propose",
    "suggest", "urge", "insist",
})  # fmt: skip
# Verbs with which one enters an office that need not be said.
ENTERING = frozenset({"take office", "swear in", "inaugurate"})
POSTS = frozenset({"office", "post", "job", "position", "role", "power"})
HAVE = frozenset({"has", "have", "'ve", "’ve", "'s", "’s"})


@dataclass(frozen=True)
class Careers:
    """The rows of the lexicons ``tenure-words``, ``tenure-verbs`` (by their first lemma) and ``tenure-nouns``."""

    words: Mapping[str, Row]
    verbs: Mapping[str, tuple[Row, ...]]
    nouns: Mapping[str, Row]
    rules: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Told:
    """A verb of the lexicon as used: its words, who holds the office, the nouns or the body that say which.

    ``says`` is begins, holds or ends; ``real`` is False where it did not happen or is only wanted.
    """

    row: Row
    verb: Token
    words: tuple[Token, ...]
    says: str
    real: bool
    holders: tuple[Token, ...]
    offices: tuple[Token, ...]
    body: Token | None = None
    before: tuple[Token, ...] = ()


_READY: dict[tuple[tuple[str, str], ...], Careers] = {}


def careers(lexicons: Lexicons) -> Careers:
    """The look-ups of these lexicons, made once per process and edition."""
    key = lexicons.digests
    if key not in _READY:
        verbs = lexicons["tenure-verbs"]
        words, nouns = lexicons["tenure-words"].by_key, lexicons["tenure-nouns"].by_key
        _READY[key] = Careers(words, verbs.by_first_word, nouns, {row.rule: row for row in verbs})
    return _READY[key]


def told_by(verb: Token, known: Careers) -> Told | None:
    """What a verb tells of an office, or None if it is no such verb or names no office."""
    if not verb.tag_.startswith("VB") or verb.dep_ in {"aux", "auxpass"}:
        return None
    for row in known.verbs.get(verb.lemma_.lower(), ()):
        words = _words(verb, row)
        if words and not crowded(verb):
            told = _told(verb, row, words)
            if told is not None:
                return told
    return None


def told_without_office(verb: Token, known: Careers) -> Told | None:
    """A verb that really ended or began an office which it leaves unsaid: "the mayor resigned", "took office"."""
    if not verb.tag_.startswith("VB") or verb.dep_ in {"aux", "auxpass"}:
        return None
    for row in known.verbs.get(verb.lemma_.lower(), ()):
        words = _words(verb, row) if row["says"] == ENDS or row.key in ENTERING else ()
        if not words or crowded(verb) or not is_real(verb) or _is_of_another(verb, row, words):
            continue
        holders, _ = _parties(verb, row)
        if holders:
            return Told(row, verb, words, row["says"], True, holders, ())
    return None


def _is_of_another(verb: Token, row: Row, words: tuple[Token, ...]) -> bool:
    """Whether it says of what office: "resigned as leader", "quit the party", "was removed from the list"."""
    if row["holder"] == "subject" and any(thing.i not in {word.i for word in words} for thing in objects(verb)):
        return True
    left = (inner for word in ("from", "of") for inner in under(verb, word))
    return any(child.lower_ == "as" for child in verb.rights) or any(inner.lemma_ not in POSTS for inner in left)


def told_by_noun(noun: Token, known: Careers) -> Told | None:
    """What a noun tells of an office: "his resignation as mayor". It presupposes the office, and asserts nothing."""
    row = known.nouns.get(noun.lemma_.lower())
    if row is None or noun.pos_ != "NOUN" or crowded(noun):
        return None
    holders = tuple(child for child in noun.lefts if child.dep_ == "poss")
    offices = (noun,) if row["frame"] == "itself" else under(noun, "as")
    return Told(row, noun, (noun,), "", False, holders, offices) if holders and offices else None


def _words(verb: Token, row: Row) -> tuple[Token, ...]:
    """The verb with its particle, if it has the one that the row asks for; empty if not."""
    _, _, particle = row.key.partition(" ")
    if not particle:
        return (verb,)
    found = next((child for child in verb.rights if child.lower_ == particle), None)
    return (verb, found) if found is not None else ()


def _told(verb: Token, row: Row, words: tuple[Token, ...]) -> Told | None:
    frames = row.words("frame")
    offices = tuple(noun for noun in _said_of(verb, frames, row["holder"]) if noun.tag_ in {"NN", "NNP"})
    body = next(iter(objects(verb)), None) if "body" in frames and not passive(verb) else None
    if not offices and body is None:
        return None
    holders, before = _parties(verb, row)
    if not holders and row["other"]:  # "replaced as mayor by Heldt"
        holders = tuple(agent for noun in offices for agent in under(noun, "by"))
    real = is_real(verb)
    if not holders and not before:
        return None
    return Told(row, verb, words, row["says"], real, holders, offices, body, before)


def _said_of(verb: Token, frames: tuple[str, ...], holder: str) -> Iterator[Token]:
    complements = {"attr", "oprd"} | ({"dobj"} if holder == "object" and is_suffered(verb) else set())
    for child in verb.rights:
        if "is" in frames and child.dep_ in complements:
            yield from _all_said(child)
        elif child.lower_ in {"as", "to"} and child.lower_ in frames and child.dep_ in {"prep", "advcl"}:
            for inner in child.rights:
                if inner.dep_ == "pobj":
                    yield from _all_said(inner)


def _all_said(noun: Token) -> tuple[Token, ...]:
    return (noun,) if crowded(noun) else with_conjuncts(noun)


def _parties(verb: Token, row: Row) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Who holds the office, and whom they replaced."""
    by_passive = is_suffered(verb)
    if row["other"] == "from":
        return _who(verb), under(verb, "from")
    if row["other"]:
        return (by_agents(verb), _who(verb)) if by_passive else (_who(verb), objects(verb))
    if (row["holder"] == "object") != by_passive:
        return (objects(verb), ()) if row["holder"] == "object" else ((), ())
    return _who(verb), ()


def under(word: Token, preposition: str) -> tuple[Token, ...]:
    """What stands under a preposition that follows a word."""
    found = [child for child in word.rights if child.lower_ == preposition]
    return tuple(inner for child in found for inner in child.rights if inner.dep_ == "pobj")


def _who(verb: Token) -> tuple[Token, ...]:
    """The subject; for a relative clause or a participle the noun it hangs on."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if verb.dep_ == "relcl" and own:
        return (verb.head,) if any(child.lower_ in RELATIVE for child in own) else tuple(own)
    if verb.dep_ == "acl" and not own:
        return (verb.head,)
    found = subjects(verb)
    above = verb.head
    if above.dep_ == "relcl" and any(token.lower_ in RELATIVE for token in found):
        return (above.head,)
    return tuple(token for token in found if token.lower_ not in RELATIVE)


def is_suffered(verb: Token) -> bool:
    """Whether the subject suffers the act: a passive or a participle, also "Orvik, appointed mayor, left" misread."""
    if passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        return True
    if verb.i < 2 or verb.nbor(-1).text != "," or verb.tag_ not in {"VBD", "VBN"}:
        return False
    bare = next(iter(verb.rights), verb)
    return bare.dep_ == "dobj" and bare.tag_ == "NN" and not _determined(bare) and verb.nbor(-2).head.i == verb.i


def _determined(noun: Token) -> bool:
    return any(child.dep_ in {"det", "poss", "compound", "nummod"} and child.tag_ != "NN" for child in noun.lefts)


def is_real(verb: Token) -> bool:
    """Whether the clause says that it is or was so: finite, not negated, not asked, wished, planned or conditional."""
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN" and not auxiliaries(verb):
        return True
    if negation(verb) is not None or modal(verb) is not None or not _finite(verb):
        return False
    if any(child.lower_ in OPEN_MARKS for child in verb.lefts if child.dep_ == "mark"):
        return False
    if verb.dep_ == "ccomp" and verb.head.lemma_ in NOT_SAID:
        return False
    return not any(child.text == "?" for child in verb.rights)


def _finite(verb: Token) -> bool:
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    helped = auxiliaries(verb)
    if any(word.lower_ == "to" for word in helped):
        return False
    if not helped and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return verb.tag_ == "VBN" and modal(verb.head) is None and _finite_head(verb.head)
    return verb.tag_ == "VBN" and any(word.tag_ in {"VBD", "VBZ", "VBP"} for word in helped)


def _finite_head(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(w.tag_ in {"VBD", "VBZ", "VBP"} for w in auxiliaries(verb))


def is_present(verb: Token) -> bool:
    """Whether the clause stands in the present, without a modal."""
    return verb.tag_ in {"VBZ", "VBP"} and not auxiliaries(verb)


def is_perfect(verb: Token) -> bool:
    """Whether the clause stands in the present perfect: "has been the mayor"."""
    return any(word.lower_ in HAVE and word.tag_ in {"VBZ", "VBP"} for word in auxiliaries(verb))


def is_past(verb: Token) -> bool:
    """Whether the clause stands in the simple past: "was", "served", "was appointed"."""
    helped = auxiliaries(verb)
    return (verb.tag_ == "VBD" and not helped) or (passive(verb) and any(word.tag_ == "VBD" for word in helped))
