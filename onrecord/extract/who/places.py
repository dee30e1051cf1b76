"""The stage ``places``: where the places of a report are, as far as the gazetteer knows.

Every place that bears a name is a candidate. What stands beside the name decides first ("Lagos, Portugal", "the state
of Niger"); then the company that it keeps: the countries, nations and other places of the sentence and of the report,
which are weighed together, each ambiguous name by the share of its likeliest bearers; then size. Where two are close,
or one is too small to be meant without support, there is no match: a wrong point is worse than none. A capital or
country that acts ("Nairobi denied", "talks between Nairobi and Kampala") is a government and has no point, unless the
report also uses the name for the place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import log10

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.who.acting import SEAT
from onrecord.extract.who.surroundings import Clue, Nation, Standing, Surroundings
from onrecord.extract.who.vocabulary import because, vocabulary
from onrecord.gazetteer import CITY, COUNTRY, SUBDIVISION, Gazetteer, Place, key, load_gazetteer
from onrecord.record import Entity, Form, Id, Kind, Location, Mention, Reading, Reason

# Scores are powers of ten of inhabitants: a place ten times as large has one point more. A country whose name hardly
# means anything else is sure; a capital is meant more often than its size tells, a subdivision or a small city less.
SURE_COUNTRY, CAPITAL, AREA, SMALL, OTHER_NAME = 13.0, 1.0, -0.5, -0.5, -0.4
# What company adds at most: to lie where one other place of the report does, and where several do. Of it, how much for
# the places of the same sentence (of its neighbours by NEXT) and how much for those of the report.
ONE, MORE = 3.4, 1.4
HERE, NEXT, ANYWHERE = 0.6, 0.6, 0.4
# How telling it is that another place lies in the same division, nearby on this side of the border or on the other, or
# in the same country; that this is named.
IN_DIVISION, NEARBY, OVER_BORDER, IN_COUNTRY, NAMED = 1.0, 0.9, 0.5, 0.6, 0.9
# What it adds that the report speaks of the very place under another name.
AGAIN = 1.5
# What words for sorts of places add, right before the name or in its sentence.
BEFORE, OFFICE = 1.5, 1.0
# The lead that the best candidate needs; the least that a city without company must weigh, by its own or another name.
LEAD, LEAST, LEAST_OTHER, SOME_COMPANY, GOOD_COMPANY = 0.5, 4.8, 5.0, 0.5, 1.5
ALIKE = 0.75  # of a name's letters
# The names are weighed so often, and move so far towards each result: two must not push each other to and fro.
ROUNDS, DAMPING = 3, 0.5
SQUARE = 6.0  # degrees: how near is nearby
# Kilometres: within the first two points are one, within the second a subdivision is called after its city.
SAME, CALLED_AFTER = 30.0, 100.0
# Inhabitants: a smaller place is meant only if words say where it lies, or if nothing greater bears the name; a city
# of the world keeps its name from the subdivision around it even if it is not its full one.
TOWN, SMALL_CITY, GREAT_CITY, WORLD_CITY = 15_000, 100_000, 300_000, 5_000_000
# Candidates of one name, and sentences of one place, that are looked at; the share below which one tells nothing.
MOST, SENTENCES, UNLIKELY = 16, 5, 0.01

Key = tuple[object, ...]


@dataclass(slots=True)
class _Candidate:
    """A place that may be meant, what speaks for it whatever the report says, and what the report adds."""

    place: Place
    prior: float
    seat: bool = False
    keys: tuple[Key, ...] = ()
    company: float = 0.0
    share: float = 0.0

    @property
    def score(self) -> float:
        return self.prior + self.company


@dataclass(slots=True)
class _Case:
    """A name of a report: where it stands and what it may mean.

    ``where`` are the sentences of the name, and ``None`` for the report; ``reach`` is how much it weighs in each and in
    those beside them. ``forbidden``: what it is said to lie in holds no such place. ``ruled_out`` are the words that
    leave no candidate.
    """

    entity: Entity
    standings: tuple[Standing, ...]
    candidates: list[_Candidate]
    clues: tuple[Clue, ...]
    names: frozenset[str]
    where: tuple[int | None, ...]
    reach: Mapping[int | None, float]
    held_by: tuple[Place, Clue] | None = None
    forbidden: bool = False
    ruled_out: tuple[Reason, ...] = ()

    def best(self) -> _Candidate:
        """The likeliest; of equals the one with the smaller id."""
        return max(self.candidates, key=lambda candidate: (candidate.score, -candidate.place.id))

    def calls(self, place: Place) -> bool:
        """Whether the report calls the place by its own name."""
        return key(place.name) in self.names

    def shortens(self, place: Place) -> bool:
        """Whether it calls the place by the first or last words of a name with "de" in it: "Durango", "Oaxaca"."""
        own = key(place.name)
        return any(own.endswith(f" de {name}") or own.startswith(f"{name} de ") for name in self.names)

    def spells(self, place: Place) -> bool:
        """Whether it calls the place by its own name or writes it a little otherwise ("Garowe", "Garoowe")."""
        own = key(place.name)
        return any(SequenceMatcher(None, own, name).ratio() >= ALIKE for name in self.names)


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Entity, ...]:
    """The entities of a reading; those whose place the gazetteer knows and the report makes plain with ``place``."""
    if not any(entity.kind is Kind.PLACE and entity.named for entity in reading.entities):
        return reading.entities
    atlas = _Atlas(reading, parse, tools)
    return tuple(atlas.located(entity) for entity in reading.entities)


def _inside_names(reading: Reading) -> set[Id]:
    """Names that are part of a longer one: what a bank or a newspaper is called after is not where it is."""
    inner = set[Id]()
    longest: Mention | None = None
    names = (mention for mention in reading.mentions if mention.form is Form.NAME)
    for mention in sorted(names, key=lambda mention: (mention.head.start, -mention.head.end)):
        inside = longest is not None and mention.head.end <= longest.head.end and mention.head != longest.head
        if inside and longest is not None and longest.head.cut(reading.document.text).split()[-1][:1].isupper():
            inner.add(mention.id)
        if longest is None or mention.head.end > longest.head.end:
            longest = mention
    return inner


class _Atlas:
    """The places of one report, weighed together."""

    def __init__(self, reading: Reading, parse: Parse, tools: Tools) -> None:
        self.text = reading.document.text
        self.words = vocabulary(tools.lexicons)
        self.gazetteer = load_gazetteer()
        self.around = Surroundings(parse, tools.lexicons, self.words, self.gazetteer)
        mentions = {mention.id: mention for mention in reading.mentions}
        self.cases: dict[Id, _Case] = {}
        inner = _inside_names(reading)
        for entity in reading.entities:
            named = [mentions[key] for key in entity.mentions if mentions[key].form is Form.NAME]
            told = [mention for mention in named if mention.id not in inner]
            if entity.kind is Kind.PLACE and entity.named and told:
                self.cases[entity.id] = self._case(entity, told)
        self.nations = tuple(self.around.nations(self._governments(reading, mentions)))
        for case in self.cases.values():
            _by_clues(case)
        self._hold()
        self._weigh()
        self._witnesses = self._by_country()

    def _governments(self, reading: Reading, mentions: dict[Id, Mention]) -> Iterator[tuple[Mention, str]]:
        """Bodies that are called by the name of a country or its capital."""
        for entity in reading.entities:
            if entity.kind is Kind.ORGANISATION and entity.named:
                for mention in (mentions[key] for key in entity.mentions):
                    row = self.words.place(mention.head.cut(self.text))
                    if row is not None:
                        yield mention, row["iso"]

    def _case(self, entity: Entity, told: Sequence[Mention]) -> _Case:
        standings = tuple(self.around.standing(mention) for mention in told)
        candidates: dict[int, _Candidate] = {}
        for name in sorted({standing.name for standing in standings}, key=lambda name: (-len(name), name)):
            found = {candidate.place.id: candidate for candidate in self._candidates(name)}
            both = found.keys() & candidates.keys()
            candidates = {number: candidates[number] for number in both} if both else candidates or found
        clues = tuple(clue for standing in standings for clue in standing.clues)
        names = frozenset(key(standing.name) for standing in standings)
        where = (*dict.fromkeys(standing.sentence for standing in standings),)[:SENTENCES]
        return _Case(entity, standings, list(candidates.values()), clues, names, (*where, None), _reach((*where, None)))

    def _candidates(self, name: str) -> Iterator[_Candidate]:
        listed, certain = self.around.country(name)
        if listed is not None:
            yield _Candidate(listed, SURE_COUNTRY if certain else _prior(listed, True, self.gazetteer))
        for bearer in self.around.bearers(name):
            if listed is None or bearer.place.id != listed.id:
                sure = bearer.place.level == COUNTRY and listed is None
                prior = SURE_COUNTRY if sure else _prior(bearer.place, bearer.own, self.gazetteer)
                yield _Candidate(bearer.place, prior, bearer.place.id in self.gazetteer.seats)

    def _hold(self) -> None:
        """What a place is said to lie in is itself the one that holds it: in "Vancouver, Washington" the state."""
        at = {standing.start: case for case in self.cases.values() for standing in case.standings}
        for holder, clue in (case.held_by for case in self.cases.values() if case.held_by is not None):
            case = at.get(clue.start)
            meant = [c for c in case.candidates if c.place.id == holder.id] if case is not None else []
            if case is not None and meant:
                case.candidates = meant

    def _weigh(self) -> None:
        """Let the names of a report decide together what each of them means."""
        cases = [case for case in self.cases.values() if case.candidates]
        for case in cases:
            _share(case, 1.0)
        for _ in range(ROUNDS):
            company = _Company(cases, self.nations)
            for case in cases:
                company.weigh(case)
            for case in cases:
                _share(case, DAMPING)

    def _by_country(self) -> dict[str, list[tuple[Id, int, Reason]]]:
        """The words that speak for each country: of which entity, in which sentence."""
        said: dict[str, list[tuple[Id, int, Reason]]] = defaultdict(list)
        for nation in self.nations:
            said[nation.place.country].append(("", nation.sentence, nation.reason))
        for case in self.cases.values():
            if case.candidates:
                country, told = case.best().place.country, case.standings[0]
                reason = Reason("places.company", f"{case.entity.name} is in {country} too", told.span, 0.8)
                said[country].append((case.entity.id, told.sentence, reason))
        return said

    # ---------------------------------------------------------------------------------------------- the decision

    def located(self, entity: Entity) -> Entity:
        """An entity with its place; without, if it is none or nothing is certain."""
        case = self.cases.get(entity.id)
        if case is None:
            return entity
        chosen = _chosen(case)
        if chosen is None:
            return _with(replace(entity, country=None) if case.candidates else entity, case.ruled_out)
        place = chosen.place
        governs = COUNTRY if place.level == COUNTRY else SEAT if place.id in self.gazetteer.seats else ""
        uses = [
            standing.use
            for standing in case.standings
            if governs and standing.use is not None and (governs in standing.acts or not standing.acts)
        ]
        if all(standing.part_of_name for standing in case.standings):
            return _with(entity, uses)
        if all(standing.part_of_name or governs in standing.acts for standing in case.standings):
            return _with(replace(entity, country=place.country), uses)
        where = Location(place.latitude, place.longitude, place.country, f"geonames:{place.id}", place.level)
        return _with(replace(entity, place=where, country=place.country), (*self._reasons(case, chosen), *uses))

    def _reasons(self, case: _Case, chosen: _Candidate) -> Iterator[Reason]:
        place, first = chosen.place, case.standings[0].span
        row = self.words.place(case.standings[0].name)
        if row is not None and row["iso"] == place.country and (place.level == COUNTRY) == ("ambiguous" in row.values):
            yield because(row, first)
        bearers = len(case.candidates)
        known = "the only one known" if bearers == 1 else f"one of {bearers} known"
        yield Reason("places.gazetteer", f"{place.name}, {place.country}: {known}", first)
        if case.held_by is not None:
            holder, clue = case.held_by
            yield Reason("places.beside", f"in {holder.name}", clue.span)
            if clue.row is not None:
                yield because(clue.row, clue.span)
        mixed = len({candidate.place.level for candidate in case.candidates}) > 1
        for clue in case.clues:
            if clue.row is not None and clue.speaks_for(place) and (mixed or clue.row["reach"] != "sentence"):
                yield because(clue.row, clue.span)
        witness = self._witness(case, place)
        if witness is not None:
            yield witness
        elif case.held_by is None and bearers > 1:
            yield Reason("places.size", "the greatest of this name", first, 0.6)

    def _witness(self, case: _Case, place: Place) -> Reason | None:
        """The words that speak for a place's country: in its own sentences first."""
        said = [told for told in self._witnesses[place.country][:MOST] if told[0] != case.entity.id]
        here = [reason for _, sentence, reason in said if sentence in case.where]
        return next(iter(here), said[0][2] if said else None)


def _with(entity: Entity, reasons: Iterable[Reason]) -> Entity:
    """An entity with more reasons, none twice."""
    return replace(entity, reasons=tuple(dict.fromkeys((*entity.reasons, *reasons))))


def _prior(place: Place, own: bool, gazetteer: Gazetteer) -> float:
    """What speaks for a place before the report is looked at."""
    seat = place.id in gazetteer.seats
    sort = AREA if place.level == SUBDIVISION else CAPITAL if seat else SMALL if place.population < SMALL_CITY else 0.0
    return log10(max(place.population, 1000)) + sort + (0.0 if own else OTHER_NAME)


# ------------------------------------------------------------------------------------------ what decides at once


def _by_clues(case: _Case) -> None:
    """Keep the candidates that what stands beside the name allows."""
    for clue in (clue for standing in case.standings for clue in standing.outer):
        pairs = [(c, holder) for holder in clue.places for c in case.candidates if holder.holds(c.place)]
        if pairs:
            _, holder = max(pairs, key=lambda pair: (pair[0].prior, -pair[0].place.id))
            case.candidates = [c for c in case.candidates if holder.holds(c.place)]
            case.held_by = (holder, clue)
            break
        case.forbidden = case.forbidden or clue.plain
    fitting = [c for c in case.candidates if all(clue.allows(c.place) for clue in case.clues)]
    if case.candidates and not fitting:
        case.ruled_out = tuple(because(clue.row, clue.span) for clue in case.clues if clue.strict and clue.row)
    if case.held_by is None:
        fitting = [c for c in fitting if c.place.level != CITY or c.place.population >= TOWN or c.seat] or fitting
    greatest = sorted(_without_surrounding(case, fitting), key=lambda c: (-c.prior, c.place.id))
    case.candidates = greatest[:MOST]
    for candidate in case.candidates:
        candidate.keys = _keys(candidate.place)


def _without_surrounding(case: _Case, candidates: list[_Candidate]) -> list[_Candidate]:
    """Without the subdivisions that are called after their city, unless words tell that the area is meant."""
    if any(clue.says == SUBDIVISION and clue.strict for clue in case.clues):
        return candidates
    cities = [c.place for c in candidates if c.place.level == CITY]
    named = [city for city in cities if city.population >= WORLD_CITY or case.calls(city) or case.shortens(city)]
    return [
        c
        for c in candidates
        if c.place.level != SUBDIVISION
        or not any(c.place.holds(city) or c.place.distance(city) < CALLED_AFTER for city in named)
    ]


# ------------------------------------------------------------------------------------------ what company decides


def _share(case: _Case, damping: float) -> None:
    """How likely each candidate is, all together one; moved towards it from what it was."""
    top = max(candidate.score for candidate in case.candidates)
    weights = [10 ** max(candidate.score - top, -6.0) for candidate in case.candidates]
    for candidate, weight in zip(case.candidates, weights, strict=True):
        candidate.share += damping * (weight / sum(weights) - candidate.share)


class _Company:
    """How much of a report's places lies in each country, division and square of the map, by sentence and in all."""

    def __init__(self, cases: Sequence[_Case], nations: Sequence[Nation]) -> None:
        self.mass: dict[int | None, dict[Key, float]] = defaultdict(lambda: defaultdict(float))
        for nation in nations:
            self._enter(dict.fromkeys(_keys(nation.place), 1.0), _reach((nation.sentence, None)))
        for case in cases:
            self._enter(_own(case), case.reach)

    def _enter(self, own: dict[Key, float], reach: Mapping[int | None, float]) -> None:
        for sentence, weight in reach.items():
            mass = self.mass[sentence]
            for at, share in own.items():
                mass[at] += share * weight

    def weigh(self, case: _Case) -> None:
        """Write down what the rest of the report adds to each candidate of a name."""
        own = _own(case)
        for candidate in case.candidates:
            *here, report = [self._at(candidate, where, own, case.reach[where]) for where in case.where]
            again = self.mass[None][(candidate.place.id,)] - own[(candidate.place.id,)]
            candidate.company = HERE * max(here) + ANYWHERE * report + AGAIN * min(max(again, 0.0), 1.0)
            candidate.company += _clued(candidate, case)

    def _at(self, candidate: _Candidate, where: int | None, own: dict[Key, float], weight: float) -> float:
        """What the other places of a sentence or of the report add."""
        mass = self.mass[where]
        country, *others = [max(mass[at] - own[at] * weight, 0.0) for at in candidate.keys]
        near, one = 0.0, country
        if candidate.place.level != COUNTRY:
            named = mass[candidate.place.country, "named"] - own[candidate.place.country, "named"] * weight
            division, near = others[0], max(others[1:])
            neighbour = max(min(near, country) * NEARBY, near * OVER_BORDER)
            one = max(division * IN_DIVISION, neighbour, named * NAMED, country * IN_COUNTRY)
        return ONE * min(one, 1.0) + MORE * min(max(max(country, near) - 1.0, 0.0), 1.0)


def _reach(where: tuple[int | None, ...]) -> dict[int | None, float]:
    """How much a name weighs in its sentences, in those beside them, and in the report."""
    reach: dict[int | None, float] = defaultdict(float)
    for sentence in where:
        reach[sentence] += 1.0
        if sentence is not None:
            reach[sentence - 1] += NEXT
            reach[sentence + 1] += NEXT
    return reach


def _own(case: _Case) -> dict[Key, float]:
    """What a name itself adds, wherever it stands."""
    own: dict[Key, float] = defaultdict(float)
    for candidate in case.candidates:
        if candidate.share > UNLIKELY:
            for at in (*candidate.keys, (candidate.place.id,)):
                own[at] += candidate.share
    return own


def _keys(place: Place) -> tuple[Key, ...]:
    """Under what a place counts: its country; and this as named, or its division and two squares of the map.

    The squares overlap by half, so that neighbours share at least one.
    """
    if place.level == COUNTRY:
        return (place.country,), (place.country, "named")
    north, east = place.latitude / SQUARE, place.longitude / SQUARE
    squares = ("a", int(north // 1), int(east // 1)), ("b", int((north + 0.5) // 1), int((east + 0.5) // 1))
    return (place.country,), (place.country, "in", place.division), *squares


def _clued(candidate: _Candidate, case: _Case) -> float:
    """What the words for sorts of places add to one of that sort."""
    said = [clue.row["reach"] for clue in case.clues if clue.row is not None and clue.speaks_for(candidate.place)]
    return BEFORE if "before" in said else OFFICE if "sentence" in said else 0.0


def _chosen(case: _Case) -> _Candidate | None:
    """The place that is meant, or None where nothing is certain."""
    if case.forbidden or not case.candidates:
        return None
    best = case.best()
    rest = [c.score for c in case.candidates if c is not best and not _together(c.place, best.place)]
    if rest and best.score - max(rest) < LEAD:
        return None
    return best if case.held_by is not None or best.place.level != CITY or _is_known(case, best) else None


def _is_known(case: _Case, city: _Candidate) -> bool:
    """Whether a city is known well enough to be meant without words that tell where it lies."""
    own, people = case.spells(city.place), city.place.population
    if city.company < SOME_COMPANY:
        return city.prior >= (LEAST if own else LEAST_OTHER)
    return city.seat or (city.company >= GOOD_COMPANY if own and people < TOWN else own or people >= GREAT_CITY)


def _together(left: Place, right: Place) -> bool:
    """Whether one lies in the other or beside it, so that the wrong one of the two is no wrong point."""
    if COUNTRY in (left.level, right.level):
        return False
    return left.holds(right) or right.holds(left) or left.distance(right) < SAME
