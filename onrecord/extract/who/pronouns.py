"""Whom a pronoun stands for: the chain of speakers first, then agreement and salience; open where that is not enough.

Candidates are weighed by recency, grammatical part and agreement, as rule resolvers tested on OntoGUM do (Zhu et al.,
2021); the best one must lead by ``MARGIN``. "It" can be told so seldom that only a subject in its own clause counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.syntax import clause_verb
from onrecord.extract.who.clusters import Cluster, alive
from onrecord.extract.who.phrases import FEMALE, MALE, Phrase
from onrecord.record import Form, Id, Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
MARGIN = 1.0
# With the learned head: what the rules' weighing adds to its log odds, the least sum, and the lead over the next, of a
# pronoun and of one for a single person.
RULED, LEAST, LEAD, LEAD_OF_ONE = 1.5, 1.5, 1.0, 3.0
# Whoever spoke last speaks on, if a pronoun does.
SPEAKS = 3.0
REACH = 3
# Parts in which a plural noun is first in the reader's mind.
RIVAL_PARTS = frozenset({"nsubj", "nsubjpass"})
# Candidates kept: later ones push out earlier ones, so that a long report stays linear.
KEPT = 48


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided: the cluster, or None and those between which it lay; and by what rule."""

    cluster: Cluster | None
    among: tuple[Cluster, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """Whose words a place in the text is in, as the mention of the speaker; and whether they are quoted."""

    speaker: Id | None = None
    quoted: bool = False


@dataclass(slots=True)
class _Seen:
    phrase: Phrase
    cluster: Cluster
    sentence: int
    quoted_by: Id | None
    paragraph: int


@dataclass(slots=True)
class Memory:
    """What a reader has in mind: the latest mentions, the last speaker, pronouns that stayed open."""

    seen: deque[_Seen] = field(default_factory=lambda: deque(maxlen=KEPT))
    paragraph: int = 0
    speaker: Cluster | None = None
    speaker_sentence: int = -99
    open_since: dict[str, int] = field(default_factory=dict)
    rivals: tuple[int, ...] = ()

    def note(self, phrase: Phrase, cluster: Cluster, sentence: int, quoted_by: Id | None = None) -> None:
        """A mention was read."""
        self.seen.append(_Seen(phrase, cluster, sentence, quoted_by, self.paragraph))

    def last_name(self) -> _Seen | None:
        """The last mention; of names inside each other the longest."""
        if not self.seen:
            return None
        end = self.seen[-1].phrase.end
        return min((seen for seen in self.seen if seen.phrase.end == end), key=lambda seen: seen.phrase.start)

    def spoke(self, cluster: Cluster, sentence: int) -> None:
        """Somebody was the source of a statement."""
        cluster.speaks = True
        self.speaker, self.speaker_sentence = cluster, sentence

    def choose(
        self, phrase: Phrase, sentence: int, source: bool, said: Within, alike: dict[Cluster, float] | None = None
    ) -> Choice:
        """Whom a pronoun stands for. ``source``: it is the source of a statement; ``alike``: what the head finds."""
        if alike is not None:
            return self._most_alike(phrase, sentence, source, said, alike)
        word = phrase.lemma
        if word in REFLEXIVE or word == "its":
            return self._within_clause(phrase, sentence)
        if word in IT or word not in MALE | FEMALE | THEY:
            return Choice(None)
        scores = self._scores(phrase, sentence, source, said)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked:
            return self._leave_open(phrase, ())
        best, score = ranked[0]
        among = tuple(cluster for cluster, _ in ranked[:3])
        if len(ranked) > 1 and score - ranked[1][1] < MARGIN:
            return self._leave_open(phrase, among)
        if word in THEY and _gives_way(best, among, said):
            return self._leave_open(phrase, among)
        if self._after_an_open_one(phrase, best) or (word in THEY and self._rivalled(phrase, best)):
            return self._leave_open(phrase, among)
        return Choice(
            best, (), "coreference.speaker-goes-on" if source and best is self._last() else "coreference.salience"
        )

    def _most_alike(
        self, phrase: Phrase, sentence: int, source: bool, said: Within, alike: dict[Cluster, float]
    ) -> Choice:
        third = phrase.lemma in MALE | FEMALE | THEY
        ruled = self._scores(phrase, sentence, source, said) if third else {}
        barred = self.barred(phrase, sentence)
        scores = {}
        for cluster, score in alike.items():
            if third and not agrees(phrase, cluster):
                continue
            if cluster in barred and phrase.lemma not in REFLEXIVE:
                continue
            goes_on = source and cluster is self._last() and sentence - self.speaker_sentence <= REACH
            scores[cluster] = score + RULED * ruled.get(cluster, 0.0) + (SPEAKS if goes_on else 0.0)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        among = tuple(cluster for cluster, _ in ranked[:3])
        lead = LEAD_OF_ONE if phrase.lemma in MALE | FEMALE else LEAD
        if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < lead):
            return Choice(None, among)
        best = ranked[0][0]
        if phrase.lemma in THEY and (self._rivalled(phrase, best) or _gives_way(best, among, said)):
            return Choice(None, among)
        return Choice(best, (), "coreference.head")

    def barred(self, phrase: Phrase, sentence: int) -> set[Cluster]:
        """The clusters that a mention cannot mean, because they take another part in its own clause."""
        return {alive(seen.cluster) for seen in self.seen if _barred(phrase, seen, sentence - seen.sentence)}

    def _last(self) -> Cluster | None:
        return alive(self.speaker) if self.speaker is not None else None

    def _leave_open(self, phrase: Phrase, among: tuple[Cluster, ...]) -> Choice:
        self.open_since[_class(phrase.lemma)] = phrase.start
        return Choice(None, among)

    def _after_an_open_one(self, phrase: Phrase, best: Cluster) -> bool:
        """A pronoun after one that stayed open goes with that one, unless the cluster was named since."""
        since = self.open_since.get(_class(phrase.lemma))
        if since is None:
            return False
        return not any(
            seen.phrase.start > since and seen.phrase.mention.form is not Form.PRONOUN and alive(seen.cluster) is best
            for seen in self.seen
        )

    def _rivalled(self, phrase: Phrase, best: Cluster) -> bool:
        """Whether the report has spoken, since it last named those, of several things that are no mentions."""
        last = max((seen.phrase.start for seen in self.seen if alive(seen.cluster) is best), default=phrase.start)
        at = bisect_right(self.rivals, last)
        return at < len(self.rivals) and self.rivals[at] < phrase.start

    def _within_clause(self, phrase: Phrase, sentence: int) -> Choice:
        """Reflexives and "its": the subject of their own clause, or the words right before ("the general himself")."""
        for seen in reversed(self.seen):
            if seen.sentence != sentence:
                break
            cluster = alive(seen.cluster)
            if not agrees(phrase, cluster):
                continue
            if phrase.lemma in REFLEXIVE and seen.phrase.end == phrase.start:
                return Choice(cluster, (), "coreference.reflexive")
            if seen.phrase.subject and seen.phrase.token.head.i == clause_verb(phrase.token.head).i:
                return Choice(cluster, (), "coreference.reflexive")
        return Choice(None)

    def _scores(self, phrase: Phrase, sentence: int, source: bool, said: Within) -> dict[Cluster, float]:
        quoted_by = said.speaker if said.quoted else None
        told_by = said.speaker if not said.quoted else None
        scores: dict[Cluster, float] = {}
        speaker = self._last()
        before = {alive(seen.cluster) for seen in self.seen if 0 <= sentence - seen.sentence <= 1}
        sole = {cluster for cluster in before if agrees(phrase, cluster)}
        for seen in self.seen:
            away = sentence - seen.sentence
            cluster = alive(seen.cluster)
            if away > REACH or not agrees(phrase, cluster) or _barred(phrase, seen, away):
                continue
            if quoted_by is not None and _holds(cluster, quoted_by):
                continue
            score = _salience(phrase, seen, cluster, away)
            if source and cluster is speaker and sentence - self.speaker_sentence <= REACH:
                score += 1.5
            elif quoted_by is None and seen.quoted_by is not None:
                score -= 0.7
            score += 1.0 if sole == {cluster} else 0.0
            score += 0.8 if told_by is not None and _holds(cluster, told_by) else 0.0
            score -= 0.7 if seen.paragraph != self.paragraph else 0.0
            scores[cluster] = max(scores.get(cluster, -9.0), score)
        return scores


def plural_rivals(doc: Doc, found: Sequence[Phrase]) -> tuple[int, ...]:
    """Plural nouns that are subjects and no mentions: "they" may stand for them as well."""
    heads = {phrase.token.i for phrase in found}
    return tuple(
        token.i
        for token in doc
        if token.tag_ == "NNS" and token.i not in heads and not token.ent_type_ and token.dep_ in RIVAL_PARTS
    )


def _holds(cluster: Cluster, mention: Id) -> bool:
    return any(phrase.mention.id == mention for phrase in cluster.phrases[-8:])


def _class(word: str) -> str:
    return "m" if word in MALE else "f" if word in FEMALE else "p"


def agrees(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether a pronoun can stand for a cluster: gender, number and kind."""
    word = phrase.lemma
    if word in MALE or word in FEMALE:
        unknown = cluster.kind is Kind.OTHER and any(len(name) > 1 for name in cluster.names)
        return (cluster.person or unknown) and cluster.gender in {"", "m" if word in MALE else "f"}
    if word in IT:
        return cluster.kind in {Kind.ORGANISATION, Kind.PLACE} and not cluster.plural
    return cluster.kind is Kind.GROUP or cluster.plural or (cluster.kind is Kind.ORGANISATION and word != "themselves")


def fronted(pronoun: Token, subject: Token) -> bool:
    """Whether a pronoun stands in what goes before its sentence's subject: "in his speech, X", "when she left, X"."""
    verb = subject.head
    top = pronoun
    while top.head.i not in {verb.i, top.i}:
        top = top.head
    return (
        top.head.i == verb.i and top.i < subject.i and top.dep_ in {"prep", "advcl", "npadvmod"} and top.i != pronoun.i
    )


def _is_one_body(cluster: Cluster) -> bool:
    """A single organisation: "they" may stand for it, but it gives way to several people."""
    return cluster.kind is Kind.ORGANISATION and not cluster.plural


def _gives_way(best: Cluster, among: Sequence[Cluster], said: Within) -> bool:
    """Whether "they" is not to be given to a single body, because it may be several people."""
    return _is_one_body(best) and (said.quoted or any(not _is_one_body(other) for other in among))


def _barred(phrase: Phrase, seen: _Seen, away: int) -> bool:
    """In one clause a plain pronoun is somebody else; and nobody is inside his own description."""
    if away:
        return False
    if seen.phrase.start <= phrase.start < seen.phrase.end:
        return True
    if phrase.possessive:
        return False
    return _governor(phrase.token).i == _governor(seen.phrase.token).i and not seen.phrase.possessive


def _governor(token: Token) -> Token:
    head = token.head
    while head.dep_ in {"prep", "dative", "agent"} and head.head.i != head.i:
        head = head.head
    return head


def _salience(phrase: Phrase, seen: _Seen, cluster: Cluster, away: int) -> float:
    score = 3.0 - 1.0 * away + 0.15 * min(len(cluster.phrases), 4)
    score += 0.9 if seen.phrase.subject else 0.0
    if seen.phrase.mention.form is Form.PRONOUN and _class(seen.phrase.lemma) == _class(phrase.lemma):
        score += 0.8
    if phrase.lemma in MALE | FEMALE and cluster.gender:
        score += 0.2
    if phrase.lemma in THEY and cluster.kind is Kind.GROUP:
        score += 0.7
    if phrase.possessive and seen.phrase.subject and not away:
        score += 0.7
    if seen.phrase.possessive and seen.phrase.mention.form is Form.NAME:
        score -= 0.5
    return score
