"""The stage ``entities``: an entity for every cluster of mentions, named or not, with what the report says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.who.phrases import Phrase, nationality, phrases
from onrecord.extract.who.vocabulary import Vocabulary, because, vocabulary
from onrecord.names import fold
from onrecord.record import Entity, Form, Id, Kind, Range, Reading, Reason, Role

# Nouns of many kinds: what they say of the entity yields to a name's kind.
NAME_TAGS = frozenset({"NNP", "NNPS"})
NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
NAME_WEIGHT, NOUN_WEIGHT, PRONOUN_WEIGHT = 3.0, 1.0, 0.1


def gather(reading: Reading, parse: Parse, tools: Tools) -> tuple[Entity, ...]:
    """One entity for each id that a mention means, in the order of their first mentions."""
    words = vocabulary(tools.lexicons)
    by_id = {phrase.mention.id: phrase for phrase in phrases(reading, parse, words)}
    clusters: dict[Id, list[Phrase]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.means is not None and mention.id in by_id:
            clusters[mention.means].append(by_id[mention.id])
    roles: dict[Id, list[Role]] = defaultdict(list)
    for role in reading.roles:
        roles[role.holder].append(role)
    makers = _Maker(reading, parse, words, roles)
    return tuple(makers.entity(key, members) for key, members in clusters.items())


class _Maker:
    """Makes entities of clusters."""

    def __init__(self, reading: Reading, parse: Parse, words: Vocabulary, roles: dict[Id, list[Role]]) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.parse = parse
        self.words = words
        self.roles = roles
        self._mentions = {mention.id: mention for mention in reading.mentions}

    def entity(self, key: Id, members: Sequence[Phrase]) -> Entity:
        """The entity of some mentions."""
        names = self._names(members)
        kind = self._kind(members)
        told = names or self._descriptions(members) or (self._words(members[0]),)
        country, because_country = self._country(members, kind)
        count, because_count = self._count(members)
        sector, because_sector = self._sector(members)
        return Entity(
            key,
            kind,
            named=bool(names),
            name=told[0],
            mentions=tuple(phrase.mention.id for phrase in members),
            aliases=told[1:],
            count=count,
            country=country,
            sector=sector,
            members=(key,),
            reasons=(*because_country, *because_count, *because_sector),
        )

    def _words(self, phrase: Phrase) -> str:
        return " ".join(phrase.mention.span.cut(self.text).split())

    def _names(self, members: Sequence[Phrase]) -> tuple[str, ...]:
        """Its names without titles, the fullest first."""
        found: dict[str, str] = {}
        for phrase in members:
            if phrase.mention.form is Form.NAME:
                name = " ".join(phrase.mention.head.cut(self.text).split())
                found.setdefault(fold(name), name)
        return tuple(sorted(found.values(), key=lambda name: (-len(name.split()), -len(name))))

    def _in_running_text(self, phrase: Phrase) -> str:
        """A description as it would stand inside a sentence: "the colonel", where it opened one with "The colonel"."""
        wording = self._words(phrase)
        first = self.parse.doc[phrase.start]
        lowers = first.is_title and first.tag_ not in NAME_TAGS and nationality(first, self.words) is None
        return wording[0].lower() + wording[1:] if lowers and first.ent_type_ not in NAME_LABELS else wording

    def _descriptions(self, members: Sequence[Phrase]) -> tuple[str, ...]:
        """Its descriptions, the one that says most first; of equals the earliest."""
        found: dict[str, tuple[int, str]] = {}
        for phrase in members:
            if phrase.mention.form is Form.DESCRIPTION:
                wording = self._in_running_text(phrase)
                found.setdefault(fold(wording), (len(phrase.modifiers) + (phrase.end - phrase.start > 4), wording))
        ranked = sorted(found.values(), key=lambda pair: -pair[0])
        return tuple(wording for _, wording in ranked)

    def _kind(self, members: Sequence[Phrase]) -> Kind:
        votes: dict[Kind, float] = defaultdict(float)
        for phrase in members:
            form = phrase.mention.form
            weight = NAME_WEIGHT if form is Form.NAME else NOUN_WEIGHT if form is Form.DESCRIPTION else PRONOUN_WEIGHT
            if phrase.mention.kind is not Kind.OTHER:
                votes[phrase.mention.kind] += weight
            if phrase.mention.id in self.roles:
                votes[Kind.PERSON] += 1.0
        return max(votes, key=lambda kind: (votes[kind], kind)) if votes else Kind.OTHER

    def _count(self, members: Sequence[Phrase]) -> tuple[Range | None, tuple[Reason, ...]]:
        """How many they are, if the report gives one number and no other."""
        numbers = {phrase.number for phrase in members if phrase.number is not None}
        if len(numbers) != 1:
            return None, ()
        number = numbers.pop()
        phrase = next(phrase for phrase in members if phrase.number == number)
        token = next((child for child in phrase.token.lefts if child.dep_ == "nummod"), None)
        row = self.words.numbers.get(token.lower_) if token is not None else None
        if token is None or any(child.dep_ == "advmod" or child.dep_ == "quantmod" for child in token.children):
            return None, ()
        span = self.parse.span(token)
        reason = because(row, span) if row is not None else Reason("entities.number", token.text, span)
        return Range(number, number), (reason,)

    def _country(self, members: Sequence[Phrase], kind: Kind) -> tuple[str | None, tuple[Reason, ...]]:
        """The country of an entity, where all that the report says points to one."""
        said: dict[str, Reason] = {}
        for phrase in members:
            for iso, reason in self._countries(phrase, kind):
                said.setdefault(iso, reason)
        if len(said) != 1:
            return None, ()
        ((iso, reason),) = said.items()
        return iso, (reason,)

    def _countries(self, phrase: Phrase, kind: Kind) -> Iterator[tuple[str, Reason]]:
        if phrase.mention.form is Form.NAME and kind is Kind.PLACE:
            row = self.words.place(phrase.mention.head.cut(self.text))
            if row is not None:
                yield row["iso"], because(row, phrase.mention.head)
        elif phrase.mention.form is Form.DESCRIPTION:
            yield from self._from_modifiers(phrase)
        for role in self.roles.get(phrase.mention.id, ()):
            of = self._mentions.get(role.of) if role.of is not None else None
            row = self.words.countries.get(fold(of.head.cut(self.text))) if of is not None else None
            if row is not None and of is not None:
                yield row["iso"], because(row, of.head)

    def _from_modifiers(self, phrase: Phrase) -> Iterator[tuple[str, Reason]]:
        people = self.words.peoples.get(fold(phrase.token.text)) if phrase.token.text[:1].isupper() else None
        if people is not None:
            yield people["iso"], because(people, self.parse.span(phrase.token))
        doc = self.parse.doc
        for token in doc[phrase.start : phrase.token.i]:
            row = nationality(token, self.words)
            name = row is not None and fold(token.text) in self.words.countries
            if row is not None and (not name or token.dep_ in {"poss", "compound"}):
                yield row["iso"], because(row, self.parse.span(token))

    def _sector(self, members: Sequence[Phrase]) -> tuple[str | None, tuple[Reason, ...]]:
        """The sector that titles and nouns give, where they agree; what a name's own words say counts too."""
        said: dict[str, Reason] = {}
        for phrase in members:
            if phrase.noun is not None and phrase.noun.sector:
                said.setdefault(phrase.noun.sector, because(phrase.noun.row, phrase.mention.head))
            for reason in phrase.mention.reasons:
                file, _, key = reason.rule.partition("#")
                rows = {"titles": self.words.titles, "bodies": self.words.bodies}.get(file, {})
                row = rows.get(key)
                noun = self.words.nouns.get(key) if file == "body-nouns" else None
                sector = row["sector"] if row is not None else noun.sector if noun is not None else ""
                if sector:
                    said.setdefault(sector, reason)
        if len(said) != 1:
            return None, ()
        ((sector, reason),) = said.items()
        return sector, (reason,)
