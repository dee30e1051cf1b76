"""Clusters: the mentions of one report that stand for one entity, and the rules by which names and descriptions join.

A cluster never takes in a mention on likeness alone where the report could mean two: a rule gives all clusters that
fit, and whoever asks decides or leaves it open.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from onrecord.extract.who.phrases import Phrase
from onrecord.extract.who.vocabulary import Vocabulary
from onrecord.names import LEGAL_FORMS, is_acronym, same_given
from onrecord.record import Form, Kind

# How many of the clusters with one noun are looked at, latest first: keeps long reports linear.
LATEST = 24


@dataclass(eq=False, slots=True)
class Cluster:
    """Mentions that stand for one entity, and what the report has said of it so far."""

    phrases: list[Phrase] = field(default_factory=list)
    modifiers: set[str] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)
    names: set[tuple[str, ...]] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    number: int | None = None
    kind: Kind = Kind.OTHER
    speaks: bool = False
    definite: bool = False
    sentence: int = -1
    named_in: int = -99
    merged: Cluster | None = None

    def add(self, phrase: Phrase, sentence: int) -> None:
        """Take a mention in."""
        self.phrases.append(phrase)
        self.sentence = max(self.sentence, sentence)
        self.gender = self.gender or phrase.gender
        if phrase.mention.form is Form.PRONOUN:
            return
        if self.kind is Kind.OTHER or (phrase.mention.form is Form.NAME and not self.names):
            self.kind = phrase.mention.kind
        self.plural = self.plural or phrase.plural
        if phrase.mention.form is Form.NAME:
            self.names.add(tuple(phrase.lemma.split()))
            self.named_in = max(self.named_in, sentence)
        else:
            self.modifiers |= phrase.modifiers
            self.lemmas.add(phrase.lemma)
            self.definite = self.definite or (phrase.article == "definite" and phrase.end - phrase.start <= 3)
            self.number = self.number if self.number is not None else phrase.number

    @property
    def named(self) -> bool:
        """Whether one of its mentions is a name."""
        return bool(self.names)

    @property
    def person(self) -> bool:
        """Whether it is one person."""
        return self.kind is Kind.PERSON and not self.plural


class Index:
    """The clusters of a report by what later mentions may take them up with."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.clusters: list[Cluster] = []
        self._names: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
        self._surnames: dict[str, list[Cluster]] = defaultdict(list)
        self._bodies: list[Cluster] = []
        self._nouns: dict[str, list[Cluster]] = defaultdict(list)

    def new(self) -> Cluster:
        """A cluster of its own."""
        self.clusters.append(cluster := Cluster())
        return cluster

    def add(self, cluster: Cluster, phrase: Phrase, sentence: int) -> None:
        """Put a mention into a cluster and enter what it can be taken up with."""
        cluster = alive(cluster)
        cluster.add(phrase, sentence)
        if phrase.mention.form is Form.NAME:
            self._enter_name(cluster, phrase)
        elif phrase.mention.form is Form.DESCRIPTION:
            self.enter_noun(cluster, phrase.lemma)
            for broader in phrase.noun.broader if phrase.noun is not None and not phrase.plural else ():
                self.enter_noun(cluster, f">{broader}")

    def enter_noun(self, cluster: Cluster, noun: str) -> None:
        """Let a cluster be taken up with a noun; the latest entry stands last."""
        entries = self._nouns[noun]
        if not entries or entries[-1] is not cluster:
            entries.append(cluster)

    def _enter_name(self, cluster: Cluster, phrase: Phrase) -> None:
        words = tuple(phrase.lemma.split())
        if not words:
            return
        for key in {words, self.name_key(phrase)}:
            if cluster not in self._names[key][-1:]:
                self._names[key].append(cluster)
        if phrase.mention.kind is Kind.PERSON:
            _enter(self._surnames[words[-1]], cluster)
        elif len(words) > 1:
            _enter(self._bodies, cluster)
            initials = "".join(word[0] for word in words)
            _enter(self._surnames[f"~{initials}"], cluster)
            _enter(
                self._surnames[f"~{''.join(w[0] for w in words if w not in {'of', 'the', 'and', 'for', 'in', 'on'})}"],
                cluster,
            )
            for n in range(1, len(words) - 1):
                _enter(self._names[("…", *words[n:])], cluster)
        for word in {words[-1], words[words.index("of") - 1] if "of" in words[1:] else words[-1]}:
            noun = self.words.nouns.get(word)
            if (
                noun is not None
                and noun.kind is phrase.mention.kind
                and len(words) > 1
                and noun.kind is not Kind.PERSON
            ):
                self.enter_noun(cluster, noun.key)

    def name_key(self, phrase: Phrase) -> tuple[str, ...]:
        """What a name is known by: a country by its code, a body without its legal form, another by its words."""
        words = tuple(phrase.lemma.split())
        if phrase.mention.kind is Kind.PLACE and (row := self.words.countries.get(phrase.lemma)) is not None:
            return ("@", row["iso"])
        if phrase.mention.kind is Kind.ORGANISATION:
            return tuple(word for word in words if word not in LEGAL_FORMS and word != "the") or words
        return words

    def with_name(self, phrase: Phrase) -> list[Cluster]:
        """The clusters that a name can stand for, as names go; several mean that the report names several alike."""
        words = tuple(phrase.lemma.split())
        if not words:
            return []
        if phrase.mention.kind is Kind.PERSON:
            found = [c for c in _distinct(self._surnames.get(words[-1], ())) if _one_person(c, words, phrase.gender)]
            exact = [c for c in found if len(words) > 1 and words in c.names]
            return exact or found
        exact = _distinct([*self._names.get(words, ()), *self._names.get(self.name_key(phrase), ())])
        exact = [c for c in exact if not (c.kind is Kind.PERSON and phrase.mention.kind is Kind.PLACE)]
        if exact:
            return exact[-1:]
        if len(words) == 1:
            return _distinct(self._surnames.get(f"~{words[0]}", ()))
        shorter = self._names.get(("…", *words), [])
        return _distinct(shorter) or self._acronyms(words)

    def _acronyms(self, words: tuple[str, ...]) -> list[Cluster]:
        """Clusters so far known only by the initials of these words."""
        initials = "".join(word[0] for word in words)
        keys = {initials, "".join(w[0] for w in words if w not in {"of", "the", "and", "for", "in", "on"})}
        return [
            c for key in keys for c in _distinct(self._names.get((key,), ()))
            if len(key) > 1 and c.kind is not Kind.PERSON and is_acronym(key, " ".join(words))
        ]  # fmt: skip

    def with_noun(self, phrase: Phrase, noun: str | None = None) -> list[Cluster]:
        """The clusters that a description can take up: the same noun, and nothing new said of it. Latest first."""
        found = _distinct(self._nouns.get(noun or phrase.lemma, ())[-LATEST:])
        return [
            c for c in reversed(found)
            if c.plural == phrase.plural
            and phrase.modifiers <= c.modifiers | _name_words(c)
            and (phrase.number is None or c.number in {None, phrase.number})
            and not (phrase.gender and c.gender and phrase.gender != c.gender)
        ]  # fmt: skip

    def merge(self, first: Cluster, second: Cluster) -> Cluster:
        """Make two clusters one, because the report says so. The first goes on."""
        first, second = alive(first), alive(second)
        if first is second:
            return first
        second.merged = first
        first.phrases = sorted([*first.phrases, *second.phrases], key=lambda phrase: phrase.mention.head)
        first.modifiers |= second.modifiers
        first.lemmas |= second.lemmas
        first.names |= second.names
        first.gender = first.gender or second.gender
        first.number = first.number if first.number is not None else second.number
        first.sentence = max(first.sentence, second.sentence)
        first.named_in = max(first.named_in, second.named_in)
        first.speaks = first.speaks or second.speaks
        return first


def alive(cluster: Cluster) -> Cluster:
    """The cluster that a cluster was merged into, or itself."""
    while cluster.merged is not None:
        cluster = cluster.merged
    return cluster


def _enter(entries: list[Cluster], cluster: Cluster) -> None:
    if cluster not in entries[-LATEST:]:
        entries.append(cluster)


def _distinct(entries: object) -> list[Cluster]:
    return list(dict.fromkeys(alive(c) for c in entries))  # type: ignore[attr-defined]


def _name_words(cluster: Cluster) -> set[str]:
    return {word for name in cluster.names for word in name} if cluster.kind is not Kind.PERSON else set()


def _one_person(cluster: Cluster, words: tuple[str, ...], gender: str) -> bool:
    """Whether a person's name can be one of a cluster's: no given name and no title speaks against it."""
    if gender and cluster.gender and gender != cluster.gender:
        return False
    return all(
        name[-1] == words[-1] and same_given(name[:-1], words[:-1]) if len(name) > 1 and len(words) > 1 else True
        for name in cluster.names
    )
