"""Signatures: what single words make of the event in their complement, from the status lexicons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.what.predicates import lemma
from onrecord.lexicon import Lexicons, Row
from onrecord.record import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words whose lemma the pipeline does not give: "won't", "can't", "he'll", "he'd".
MODAL_FORMS = {"wo": "will", "'ll": "will", "’ll": "will", "ca": "can", "sha": "shall", "'d": "would", "’d": "would"}
# Words that lay an act on somebody: an attempt that he is accused of is no more certain than any act.
ACCUSING = frozenset(
    f"status-predicates#{word}" for word in ("accuse", "allege", "charge with", "claim", "suspect", "blame for")
)
# Adverbs that may belong to a number.
OF_NUMBERS = frozenset({"almost", "nearly", "virtually"})
# Modals of what is to come or only thought of.
TO_COME = frozenset(f"status-modals#{w}" for w in ("can", "may", "might", "must", "shall", "should", "will", "would"))
# Markers after which nothing is taken for granted but what is told aside.
CONDITIONS = frozenset(f"status-markers#{word}" for word in ("if", "unless", "lest"))
OPEN = frozenset({Status.POSSIBLE, Status.HYPOTHETICAL, Status.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that had a say in a status, and the rule by which."""

    rule: str
    first: Token
    last: Token


def sign(rule: str, first: Token, last: Token | None = None) -> Sign:
    """A sign of one word, or of a stretch of words."""
    return Sign(rule, first, last if last is not None else first)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clause stands to what happened, and the words that made it so, outermost first."""

    status: Status = Status.HAPPENED
    certainty: int = 3
    signs: tuple[Sign, ...] = ()
    is_reported: bool = False
    granted: bool = False  # under a factive: whoever speaks takes it for granted

    @property
    def real(self) -> bool:
        """Told as having happened."""
        return self.status is Status.HAPPENED

    @property
    def negative(self) -> bool:
        """Told as not having happened."""
        return self.certainty <= -1

    @property
    def conditioned(self) -> bool:
        """Under a condition, or told as contrary to fact."""
        return self.status is Status.COUNTERFACTUAL or any(s.rule in CONDITIONS for s in self.signs)

    def under(self, row: Row, word: Token) -> Standing:
        """The standing of what a word governs: by the word's signature."""
        signs = (*self.signs, sign(row.rule, word))
        if row["negated"] == row["status"] == "happened" and not self.conditioned:
            return replace(self, status=Status.HAPPENED, certainty=2, signs=signs, granted=True)  # "regret", "fact"
        if row["negated"] == "happened" and row["status"] == "pass":
            return self._granted(row, signs)
        if self.negative:
            if (
                row["status"] == "prevented"
                and row["negated"] == "happened"
                and any(s.rule in TO_COME for s in self.signs)
            ):
                return self.opened(row.rule, word)  # "will not prevent a war" is no word of one
            return self._set(row["negated"], row["negated_certainty"], signs, passed=Standing(certainty=2))
        status, certainty = row["status"], row["certainty"]
        if self.real or status == "pass":
            reported = self.is_reported or (status == "pass" and row["negated"] == "uncertain")
            return replace(self._set(status, certainty, signs, passed=self), is_reported=reported)
        if self.status is Status.UNCERTAIN and any(s.rule in ACCUSING for s in self.signs):
            return replace(self, certainty=min(1, max(0, int(certainty or 1))), signs=signs)
        if self.status is Status.UNCERTAIN and self.certainty > 0:
            return self._set(status, str(max(-1, min(1, int(certainty)))), signs, passed=self)
        opened = (
            Status(status)
            if status in {"possible", "hypothetical", "uncertain", "counterfactual"}
            else Status.HYPOTHETICAL
        )
        if opened is Status.COUNTERFACTUAL:
            return replace(self, status=opened, certainty=-2, signs=signs)
        return replace(self, status=opened, certainty=max(0, min(1, int(certainty))), signs=signs)

    def _granted(self, row: Row, signs: tuple[Sign, ...]) -> Standing:
        """Under a factive: as told where its clause is, and not touched by the clause's negation."""
        if self.negative:
            return Standing(Status.HAPPENED, int(row["negated_certainty"]), signs, granted=True)
        return replace(self, signs=signs, granted=self.real)

    def _set(self, status: str, certainty: str, signs: tuple[Sign, ...], passed: Standing) -> Standing:
        if status == "pass":
            return replace(passed, signs=signs, is_reported=self.is_reported)
        return replace(self, status=Status(status), certainty=int(certainty), signs=signs)

    def reported(self, word: Token) -> Standing:
        """Under a verb of saying: as the source presents it."""
        if self.negative:
            return self.opened("status.not-said", word)
        return replace(self, is_reported=True, signs=(*self.signs, sign("status.said", word)))

    def turned(self, status: Status, certainty: int, why: Sign) -> Standing:
        """Made into something else by the construction."""
        return replace(self, status=status, certainty=certainty, signs=(*self.signs, why))

    def marked(self, row: Row, word: Token) -> Standing:
        """Under a word that opens a clause."""
        first = word.nbor(-1) if " " in row.key and word.i and word.nbor(-1).lower_ == row.key.split()[0] else word
        signs = (*self.signs, sign(row.rule, first, word))
        return replace(self, status=Status(row["status"]), certainty=int(row["certainty"]), signs=signs)

    def negated(self, word: Token) -> Standing:
        """With a negation of its own."""
        signs = (*self.signs, sign("status.negation", word))
        if self.real:
            certainty = -2 if self.is_reported else -3
            return replace(self, status=Status.DID_NOT_HAPPEN, certainty=certainty, signs=signs)
        if self.negative:
            return replace(self, status=Status.UNCERTAIN, certainty=0, signs=signs)
        if self.status is Status.PLANNED:
            return replace(self, status=Status.DID_NOT_HAPPEN, certainty=-2, signs=signs)
        return replace(self, status=Status.UNCERTAIN, certainty=-1, signs=signs)

    def hedged(self, row: Row, word: Token, last: Token | None = None) -> Standing:
        """With an adverb, adjective or phrase that has a say; it counts only where the rest asserts."""
        signs = (*self.signs, sign(row.rule, word, last))
        if self.real:
            return replace(self, status=Status(row["status"]), certainty=int(row["certainty"]), signs=signs)
        return replace(self, certainty=min(self.certainty, max(0, int(row["certainty"]))), signs=signs)

    def modal(self, row: Row, word: Token, negation: Token | None, perfect: bool) -> Standing:
        """With a modal verb."""
        kind = "perfect" if perfect else "negated" if negation is not None else "status"
        certainty = {"perfect": "perfect_certainty", "negated": "negated_certainty", "status": "certainty"}[kind]
        signs = (*self.signs, sign(row.rule, word))
        if negation is not None:
            signs = (*signs, sign("status.negation", negation))
            if perfect:  # "would not have": it did, then, happen; but nothing here says so
                could_not = row.key in {"can", "could"}
                status, value = (Status.DID_NOT_HAPPEN, -2) if could_not else (Status.UNCERTAIN, 0)
                return replace(self, status=status, certainty=value, signs=signs)
        status, value = Status(row[kind]), int(row[certainty])
        if not self.real and status is not Status.COUNTERFACTUAL:
            return replace(self, certainty=min(self.certainty, value), signs=signs)
        return replace(self, status=status, certainty=value, signs=signs)

    def opened(self, rule: str, word: Token, status: Status = Status.UNCERTAIN) -> Standing:
        """Left open: what stands here may or may not have happened. A status that is open already stays."""
        signs = (*self.signs, sign(rule, word))
        denied = self.negative or any(s.rule == "status.negation" for s in self.signs)
        if self.status in {Status.PLANNED, Status.REQUESTED, Status.THREATENED}:
            status = Status.HYPOTHETICAL
        elif self.status in OPEN:
            status = self.status
        return replace(self, status=status, certainty=0 if denied else 1, signs=signs)


@dataclass(frozen=True, slots=True)
class Signatures:
    """The status lexicons, prepared for look-up."""

    predicates: Mapping[str, Row]
    nouns: Mapping[str, Row]
    modifiers: Mapping[str, Row]
    modals: Mapping[str, Row]
    markers: Mapping[str, Row]

    def of(self, word: Token, frame: str, strict: bool = False) -> Row | None:
        """The signature of a governing verb, adjective or noun in this frame."""
        if word.pos_ in {"NOUN", "PROPN"}:
            return self.nouns.get(f"{lemma(word)} {frame}") or self.nouns.get(lemma(word))
        return self.predicate(word, frame, strict)

    def predicate(self, word: Token, frame: str, strict: bool = False) -> Row | None:
        """The row for a verb or adjective in this frame, else, unless ``strict``, the row for all its frames.

        A particle belongs to the verb: "call off".
        """
        if f"{word.lower_} {frame}" in self.predicates:  # "had to", which was done; "have to", which may be
            return self.predicates[f"{word.lower_} {frame}"]
        key = lemma(word) if word.pos_ in {"VERB", "AUX"} else word.lower_
        if frame == "noun" and f"{key} bare" in self.predicates and _bare_object(word):
            return self.predicates[f"{key} bare"]
        for special in _special_frames(word) if frame == "to" else ():
            if f"{key} {special}" in self.predicates:
                return self.predicates[f"{key} {special}"]
        bound = ("prt", "prep") if frame == "to" else ("prt",)
        for child in word.children:
            if child.dep_ in bound and f"{key} {child.lower_}" in self.predicates:
                return self.predicates[f"{key} {child.lower_}"]
        found = self.predicates.get(f"{key} {frame}")
        if found is not None or strict:
            return found
        return self.predicates.get(key) or self.predicates.get(word.lower_)

    def modifier(self, word: Token) -> Row | None:
        """The row of an adjective or adverb, or of a preposition with its bare noun: "on paper"."""
        if word.dep_ == "prep":
            noun = next((low for low in word.rights if low.dep_ == "pobj" and not low.n_lefts), None)
            return self.modifiers.get(f"{word.lower_} {noun.lower_}") if noun is not None else None
        row = self.modifiers.get(word.lower_)
        if row is not None and word.lower_ in OF_NUMBERS and _before_a_number(word):
            return None
        return row

    def modal(self, word: Token) -> Row | None:
        """The row of a modal verb."""
        return self.modals.get(MODAL_FORMS.get(word.lower_, word.lower_))

    def marker(self, word: Token) -> Row | None:
        """The row of a word that opens a clause, with the word before it if that belongs to it."""
        if word.i:
            found = self.markers.get(f"{word.nbor(-1).lower_} {word.lower_}")
            if found is not None:
                return found
        return self.markers.get("if" if word.lower_ in {"had", "should", "were"} else word.lower_)


def _bare_object(verb: Token) -> bool:
    """Whether the verb's object stands without article or possessor: "escaped death", not "escaped the raid"."""
    return any(child.dep_ == "dobj" and not child.n_lefts for child in verb.rights)


def _before_a_number(word: Token) -> bool:
    """As in "almost 40", "nearly all": the word limits the number, not the act."""
    after = word.nbor(1) if word.i + 1 < len(word.doc) else None
    if after is None:
        return False
    return after.tag_ == "CD" or after.lower_ in {"all", "every", "half", "everyone", "everything", "a", "everybody"}


def _special_frames(verb: Token) -> Iterator[str]:
    """Frames that say more than "to": "it took .. to", "dared somebody to"."""
    for child in verb.children:
        if child.lower_ == "it" and child.dep_ in {"nsubj", "expl", "nsubjpass"}:
            yield "it-to"
        elif child.dep_ in {"dobj", "obj"}:
            yield "noun-to"


_PREPARED: dict[tuple[str, ...], Signatures] = {}
_FILES = ("status-predicates", "status-nouns", "status-modifiers", "status-modals", "status-markers")


def signatures(lexicons: Lexicons) -> Signatures:
    """The status lexicons, prepared once for each set of files."""
    files = [lexicons[name] for name in _FILES]
    key = tuple(file.digest for file in files)
    if key not in _PREPARED:
        _PREPARED[key] = Signatures(*(file.by_key for file in files))
    return _PREPARED[key]
