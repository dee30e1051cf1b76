"""Bearers of names: what the reports say of each named entity, gathered for comparison with its namesakes.

A bearer begins as one entity of one report and takes in others as they are found to be the same. Nothing in here
depends on the order in which reports were added, except for which entity of a bearer counts as its first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.names import FEMININE, GENERATIONS, MASCULINE, bare, fold, is_acronym, split, words
from onrecord.record import Entity, Form, Id, Kind, Location, Mention, Reading, Role

HE = frozenset({"he", "him", "his", "himself"})
# Of the names in one report, so many of the rarest are looked at when two bearers' company is compared.
NEIGHBOURS = 200
# What anybody may be called, whatever their work.
ANYBODY = frozenset({
    "aide", "ally", "american", "author", "boy", "brother", "candidate", "child", "citizen", "colleague", "critic",
    "daughter", "expert", "father", "figure", "friend", "girl", "guest", "head", "husband", "lady", "leader", "man",
    "member", "mother", "native", "official", "old", "one", "owner", "partner", "people", "person", "player",
    "politician", "resident", "rival", "sister", "son", "source", "speaker", "spokesman", "spokesperson",
    "spokeswoman", "student", "successor", "supporter", "suspect", "veteran", "victim", "wife", "winner", "witness",
    "woman", "worker",
})  # fmt: skip
SHE = frozenset({"she", "her", "hers", "herself"})


@dataclass(slots=True)
class Bearer:
    """What is known of one bearer of a name.

    ``id`` is the least of its ``ids``, ``first`` the place of its first entity among all; ``entities`` are kept by that
    place. ``keys``: its bare names, with the number of entities that have each. ``beside``: the names that stand in
    the same ``reports`` and in others; ``crowd``: how many stand there in all; ``world``: the countries of the places
    there. ``roles``: a title's words and the bare name of the body (empty: none is named); ``called``: the nouns of
    descriptions. ``genders``: how often the reports say "he" or "Mr.", and "she" or "Ms."; ``generations``: "jr" and
    the like. ``apart``: ids that somebody decided are others'. ``into``: the bearer that took this one in.
    """

    id: Id
    first: int
    entities: dict[int, Entity]
    kinds: Counter[Kind]
    keys: Counter[str]
    reports: set[Id]
    beside: set[str] | frozenset[str]
    crowd: int
    world: set[str]
    roles: set[tuple[str, str]] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)
    generations: set[str] = field(default_factory=set)
    spots: list[Location] = field(default_factory=list)
    ids: set[Id] = field(default_factory=set)
    apart: set[Id] = field(default_factory=set)
    into: Bearer | None = None

    @property
    def kind(self) -> Kind:
        """What most mentions say it is."""
        return max(self.kinds, key=lambda kind: (self.kinds[kind], kind))

    @property
    def key(self) -> str:
        """The bare name that most of its entities have; the fuller one of equals."""
        return max(self.keys, key=lambda key: (self.keys[key], len(key), key)) if self.keys else ""

    @property
    def gender(self) -> str:
        """Whether it is "he" or "she" in the reports; empty where they do not clearly say."""
        he, she = self.genders["he"], self.genders["she"]
        return "he" if he > 2 * she else "she" if she > 2 * he else ""

    @property
    def richness(self) -> tuple[int, int, int]:
        """How much can be told by: those of whom most is known are compared first."""
        return len(self.entities), len(self.roles) + len(self.countries) + len(self.spots), len(self.beside)

    def final(self) -> Bearer:
        """The bearer into which this one went in the end: itself, if into none."""
        bearer = self
        while bearer.into is not None:
            bearer = bearer.into
        return bearer

    def absorb(self, other: Bearer) -> None:
        """Take in another bearer, which is the same."""
        other.into = self
        self.first, self.id = min(self.first, other.first), min(self.id, other.id)
        self.crowd = max(self.crowd, other.crowd)
        self.entities |= other.entities
        self.kinds += other.kinds
        self.keys += other.keys
        self.genders += other.genders
        self.spots += [spot for spot in other.spots if spot not in self.spots]
        small, large = sorted((self.beside, other.beside), key=len)
        self.beside = set(large) if isinstance(large, frozenset) else large
        if small is not large:
            self.beside |= small
        for mine, theirs in (
            (self.reports, other.reports),
            (self.world, other.world),
            (self.roles, other.roles),
            (self.called, other.called),
            (self.generations, other.generations),
            (self.countries, other.countries),
            (self.ids, other.ids),
            (self.apart, other.apart),
        ):
            mine |= theirs  # type: ignore[operator]


class Neighbourhood:
    """How much it says that two stand beside the same third: much if that one is rare, little if it is everywhere.

    The share of a name is 1 if it stands in two reports, and falls to 1/2 at six and 1/8 at thirty. ``shown``: bare
    names as they are written; ``towns``: those of places; ``places``: those of places and nothing else.
    """

    def __init__(
        self, shown: Mapping[str, str], towns: frozenset[str], places: frozenset[str], reports: Mapping[str, int]
    ) -> None:
        self.shown = shown
        self.towns = towns
        self.places = places
        self._reports = reports

    def share(self, key: str) -> float:
        """How much this one says, from 0 to 1."""
        return 1 / (1 + max(0, self._reports.get(key, 0) - 2) / 4)


def gather(readings: Sequence[Reading]) -> tuple[list[Bearer], Neighbourhood]:
    """A bearer for every entity of the readings, in their order, and the neighbourhood in which they stand."""
    shown: dict[str, str] = {}
    places, others, reports = set[str](), set[str](), Counter[str]()
    nations = _nations(readings)
    named: list[dict[Id, tuple[str, ...]]] = []
    for reading in readings:
        named.append({entity.id: _keys(entity, nations) for entity in reading.entities if entity.named})
        reports.update(_names(named[-1]))
        for entity in reading.entities:
            own = named[-1].get(entity.id, ())
            (places if entity.kind is Kind.PLACE else others).update(own)
            for name in (entity.name, *entity.aliases) if own else ():
                known = shown.setdefault(bare(name), name)
                if (name.isupper(), name) < (known.isupper(), known):
                    shown[bare(name)] = name
    bearers: list[Bearer] = []
    for reading, keys in zip(readings, named, strict=True):
        told = sorted((reports[key], key) for key in _names(keys) if reports[key] > 1)
        beside = frozenset(key for _, key in told[:NEIGHBOURS])
        bearers += _of_reading(reading, keys, beside, len(bearers))
    return bearers, Neighbourhood(shown, frozenset(places), frozenset(places - others), reports)


def _names(keys: Mapping[Id, Iterable[str]]) -> set[str]:
    """All bare names of a report, without those that begin with a country's code."""
    return {key for own in keys.values() for key in own if not key[:2].isupper()}


def _nations(readings: Iterable[Reading]) -> dict[str, str]:
    """The bare names of countries in these reports, and their codes."""
    return {
        bare(name): entity.place.country
        for reading in readings
        for entity in reading.entities
        if entity.place is not None and entity.place.precision == "country"
        for name in (entity.name, *entity.aliases)
    }


def _keys(entity: Entity, nations: Mapping[str, str]) -> tuple[str, ...]:
    """The bare names of an entity, that of its name first; other names only where they look like names of the same.

    A wrong "also called" in one report must not tie two names together in all. A body whose name begins with that of
    a country has one more, with the country's code: the same for "U.S. Senate" and "United States Senate".
    """
    main = bare(entity.name)
    keys = [main, *(bare(alias) for alias in entity.aliases if _akin(entity.name, alias))]
    if entity.kind not in {Kind.PERSON, Kind.PLACE}:
        keys += [f"{nations[begin]} {rest}" for key in keys for begin, rest in beginnings(key) if begin in nations]
    return tuple(key for key in dict.fromkeys(keys) if key)


def beginnings(key: str) -> Iterator[tuple[str, str]]:
    """The first one, two and three words of a name, each with the words after them; nothing without such.

    >>> list(beginnings("port velm herald"))
    [('port', 'velm herald'), ('port velm', 'herald')]
    """
    parts = key.split()
    for n in range(1, min(4, len(parts))):
        yield " ".join(parts[:n]), " ".join(parts[n:])


def _akin(name: str, alias: str) -> bool:
    if is_acronym(alias, name) or is_acronym(name, alias):
        return True
    mine, theirs = set(words(bare(name))), set(words(bare(alias)))
    return theirs < mine or mine < theirs


def _of_reading(
    reading: Reading, keys: Mapping[Id, Sequence[str]], beside: frozenset[str], count: int
) -> Iterator[Bearer]:
    mentions: dict[Id, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.means is not None:
            mentions[mention.means].append(mention)
    roles = _roles(reading, keys)
    world = {place.country for entity in reading.entities if (place := entity.place) is not None}
    for n, entity in enumerate(reading.entities):
        told = mentions.get(entity.id, ())
        named = keys.get(entity.id, ())
        yield Bearer(
            entity.id,
            count + n,
            {count + n: entity},
            Counter({entity.kind: 1 + sum(mention.form is Form.NAME for mention in told)}),
            Counter(named),
            {reading.document.id},
            beside if named else frozenset(),
            len(keys),
            set(world),
            roles.get(entity.id, set()),
            _called(told, reading.document.text) if entity.kind is Kind.PERSON else set(),
            {entity.country} if entity.country else set(),
            _genders(told, reading.document.text) if entity.kind is Kind.PERSON else Counter(),
            _generations(entity) if entity.kind is Kind.PERSON else set(),
            [entity.place] if entity.place is not None else [],
            {entity.id},
        )


def _genders(told: Iterable[Mention], text: str) -> Counter[str]:
    """How often "he", "she", or a title that says as much stands for somebody. A title counts three times."""
    found = Counter[str]()
    for mention in told:
        if mention.form is Form.PRONOUN:
            word = mention.span.cut(text).casefold()
            found["he"] += word in HE
            found["she"] += word in SHE
        elif mention.form is Form.NAME and mention.span.start < mention.head.start:
            before = fold(text[mention.span.start : mention.head.start]).split()
            found["he"] += 3 * any(word in MASCULINE for word in before)
            found["she"] += 3 * any(word in FEMININE for word in before)
    return found


def _generations(entity: Entity) -> set[str]:
    """What tells a father from a son after a person's name."""
    last = {word for name in (entity.name, *entity.aliases) for word in words(name)[-1:]}
    return last & GENERATIONS


def _called(told: Iterable[Mention], text: str) -> set[str]:
    """The nouns by which somebody is called, but for those that anybody may be called by."""
    heads = (fold(m.head.cut(text)).rpartition(" ")[2] for m in told if m.form is Form.DESCRIPTION)
    return {head for head in heads if head and head not in ANYBODY}


def _roles(reading: Reading, keys: Mapping[Id, Sequence[str]]) -> dict[Id, set[tuple[str, str]]]:
    """The roles of each entity: a title's folded words, and the bare name of the body."""
    means = {mention.id: mention.means for mention in reading.mentions} if reading.roles else {}
    found: dict[Id, set[tuple[str, str]]] = defaultdict(set)
    for role in reading.roles:
        holder = means.get(role.holder)
        if holder is not None:
            found[holder].add((_title(role), _body(role, means, keys)))
    return found


def _title(role: Role) -> str:
    return fold(role.title).removeprefix("former ").removeprefix("the ")


def _body(role: Role, means: Mapping[Id, Id | None], keys: Mapping[Id, Sequence[str]]) -> str:
    of = means.get(role.of) if role.of is not None else None
    named = keys.get(of, ()) if of is not None else ()
    return named[0] if named else ""


def surname(name: str) -> str:
    """The last word of a person's name, folded; empty if there is none."""
    return fold(split(name).surname).rpartition(" ")[2]


def is_full(key: str) -> bool:
    """Whether a bare name of a person has a given name, or its letter, beside the surname."""
    return " " in key
