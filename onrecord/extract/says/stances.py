"""What a speaker does by saying something, where the verb does not tell: "said she had never met him" is a denial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.extract.says.page import Page
from onrecord.extract.syntax import negation
from onrecord.extract.whereabouts import Whereabouts
from onrecord.record import Cue, Id, Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# Modal verbs of a main clause that urge.
URGING = frozenset({"should", "must", "ought"})
FIRST = frozenset({"i", "we"})
PAST = frozenset({"VBD", "VBN"})


def stance_of(page: Page, cue: Cue, speakers: Sequence[Id | None], where: Whereabouts) -> Stance:
    """The stance of a statement: that of its verb, and where that only asserts, that of the main clause it says.

    A speaker who says of themselves that they did not do something denies it; who says what should be done urges.
    """
    if cue.stance is not Stance.ASSERTS or cue.kind is not StatementKind.SPEECH or cue.negated or not cue.content:
        return cue.stance
    said = page.parse.tokens(cue.content[0])
    if not len(said):
        return cue.stance
    verb = said.root
    words = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    if words & URGING:
        return Stance.URGES
    return Stance.DENIES if _of_the_speaker(page, verb, speakers, where) and _denied(verb) else cue.stance


def _denied(verb: Token) -> bool:
    past = verb.tag_ in PAST or any(child.tag_ == "VBD" for child in verb.lefts if child.dep_ in {"aux", "auxpass"})
    return past and negation(verb) is not None


def _of_the_speaker(page: Page, verb: Token, speakers: Sequence[Id | None], where: Whereabouts) -> bool:
    """Whether the subject is who speaks."""
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None:
        return False
    if subject.lower_ in FIRST and page.quote(subject.i) is not None:
        return True
    entity = where.entity(where.at_head(page.parse.span(subject)))
    return entity is not None and entity.id in speakers
