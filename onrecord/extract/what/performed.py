"""Acts done by saying: who says that he will release the captives promises it, who says that they must go demands it.

PLOVER codes such an act (AGREE, THREATEN, REJECT, REQUEST), and so does an account: it happened when the words were
said, while what they promise, threaten or demand is an event of its own with a status of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract import syntax
from onrecord.extract.what.predicates import Predicates, Told
from onrecord.lexicon import Row

if TYPE_CHECKING:
    from spacy.tokens import Token

WILL = frozenset({"will", "'ll", "’ll", "wo", "would", "'d", "’d", "shall"})
MUST = frozenset({"must", "should", "ought"})
READY = frozenset({"willing", "ready", "prepared"})
OWN = frozenset({"i", "we"})
PRONOUNS = frozenset({"he", "she", "it", "they"})


@dataclass(frozen=True, slots=True)
class Performed:
    """An act done by saying: its row, and the act that is promised, refused or demanded."""

    row: Row
    act: Told
    demanded: bool = False


def performed(
    cue: Token, known: Predicates, rows: Mapping[str, Row], same: Callable[[Token, Token], bool]
) -> Performed | None:
    """What a verb of saying does by its content; None if it only asserts.

    ``rows`` are those of performed-acts.csv; ``same`` says whether two words stand for one entity.
    """
    for clause in cue.children:
        if clause.dep_ not in {"ccomp", "xcomp"} or clause.pos_ not in {"VERB", "AUX"}:
            continue
        for verb, helper in _committed(clause):
            found = _done(cue, verb, helper, known, rows, same)
            if found is not None:
                return found
    return None


def _committed(clause: Token) -> Iterator[tuple[Token, Token]]:
    """The verb that somebody is said to be about to do, and the modal or adjective that says so."""
    modal = syntax.modal(clause)
    if modal is not None:
        yield clause, modal
    for child in clause.children:
        if child.dep_ == "acomp" and child.lower_ in READY:
            yield from ((low, child) for low in child.rights if low.dep_ == "xcomp")


def _done(
    cue: Token,
    verb: Token,
    helper: Token,
    known: Predicates,
    rows: Mapping[str, Row],
    same: Callable[[Token, Token], bool],
) -> Performed | None:
    told = known.told_by(verb) or _lent(verb, known)
    if told is None:
        return None
    doer = next(iter(syntax.subjects(verb) or syntax.subjects(helper.head)), None)
    speaker = next(iter(syntax.subjects(cue)), None)
    if doer is None:
        return None
    own = doer.lower_ in OWN or (speaker is not None and (same(doer, speaker) or doer.lower_ in PRONOUNS))
    if helper.lower_ in MUST and not own and doer.pos_ in {"NOUN", "PROPN"}:
        return Performed(rows["must"], told, demanded=True) if syntax.negation(verb) is None else None
    if not own or (helper.lower_ not in WILL and helper.lower_ not in READY) or told.row is None:
        return None
    key = "refused" if syntax.negation(verb) is not None else "unless" if _unless(verb) else told.row["type"]
    row = rows.get(key)
    return Performed(row, told) if row is not None else None


def _unless(verb: Token) -> bool:
    """Whether a condition makes a threat of what is said: "will withdraw unless a truce is signed"."""
    return any(
        child.dep_ == "advcl" and any(word.lower_ == "unless" for word in child.lefts)
        for child in (*verb.children, *verb.head.children)
    )


def _lent(verb: Token, known: Predicates) -> Told | None:
    """The event of a noun that the verb lends its people to: "will hold talks"."""
    return next((told for noun in syntax.objects(verb) if (told := known.told_by(noun)) is not None), None)
