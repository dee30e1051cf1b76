"""What stands around the name of a place: where it lies, what sort of place it is, and how the name is used.

"Lagos, Portugal" and "Agadez, in Niger" say where; "the state of Niger", "eastern Washington" and "the governor" say
what sort; "Nairobi denied" is about a government.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.extract.who.acting import acts
from onrecord.extract.who.vocabulary import Vocabulary, because
from onrecord.gazetteer import CITY, SUBDIVISION, Bearer, Gazetteer, Place
from onrecord.lexicon import Lexicons, Row
from onrecord.names import fold
from onrecord.record import Mention, Reason, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 4  # words of a country or subdivision
# Words that may part a place from what it lies in: "the capital of", "in", "a town in northern".
PARTING = frozenset({"in", "of", "the", "a", "an", "high"})
STEPS = 6
MOST_OFFICES = 6  # of one sentence
VILLAGE = 50_000  # a village has fewer inhabitants
# Countries and cities that take an article.
WITH_ARTICLE = frozenset({
    "bahamas", "congo", "crimea", "gambia", "hague", "ivory coast", "lebanon", "netherlands", "philippines", "punjab",
    "sudan", "ukraine", "vatican", "yemen",
})  # fmt: skip
PROPER = frozenset({"NNP", "NNPS"})
# Behind a name these make it the name of a treaty, of talks, of an idea: "the Orlo Accords".
TREATIES = frozenset({
    "accord", "accords", "agreement", "charter", "consensus", "convention", "conventions", "declaration", "doctrine",
    "framework", "memorandum", "pact", "process", "protocol", "statute", "syndrome", "treaty",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that tell of a place what it lies in (``places``) or what sort it is (``says``, a level).

    ``strict``: what they say must hold. ``plain``: the place it lies in stands right behind a comma. ``start`` is the
    token at which that begins.
    """

    span: Span
    places: tuple[Place, ...] = ()
    says: str = ""
    row: Row | None = None
    strict: bool = False
    plain: bool = False
    start: int = -1

    def speaks_for(self, place: Place) -> bool:
        """Whether this says of what sort the place is."""
        if self.says == "county":
            return place.level == SUBDIVISION
        return self.says == place.level or (self.says == "area" and place.level != CITY)

    def allows(self, place: Place) -> bool:
        """Whether the place may be meant for all that this says."""
        if not self.strict:
            return True
        if self.says == "village":
            return place.level == CITY and place.population < VILLAGE
        if self.says == "county":
            return place.level == SUBDIVISION and place.country != "US"
        return self.says == place.level


@dataclass(frozen=True, slots=True)
class Nation:
    """Words that speak of a country or subdivision without naming it: an adjective, a people, a government."""

    sentence: int
    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """One place where a name stands: its tokens, its sentence, what is told beside it, how it is used."""

    name: str
    span: Span
    start: int
    end: int
    sentence: int
    outer: tuple[Clue, ...]
    clues: tuple[Clue, ...]
    acts: frozenset[str]
    use: Reason | None
    part_of_name: bool


class Surroundings:
    """Reads what stands around the names of one report."""

    def __init__(self, parse: Parse, lexicons: Lexicons, words: Vocabulary, gazetteer: Gazetteer) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.words = words
        self.gazetteer = gazetteer
        self.cues = lexicons["place-cues"].by_key
        self.short = {key: row for row in lexicons["place-abbreviations"] for key in (row.key, row.key.rstrip("."))}
        self.uses = lexicons["place-uses"].by_key
        self.natives = {fold(row.key): row for row in lexicons["place-adjectives"]}
        self._sentence = [n for n, sent in enumerate(self.doc.sents) for _ in sent]
        self._offices = self._all_offices()

    def _all_offices(self) -> dict[int, list[Clue]]:
        """The words that tell by sentence of what sort its places are."""
        found: dict[int, list[Clue]] = {}
        for token, sentence in zip(self.doc, self._sentence, strict=True):
            cue = self.cues.get(token.lower_)
            if cue is not None and cue["reach"] == "sentence":
                clue = Clue(self.parse.span(token), says=cue["says"], row=cue)
                said = found.setdefault(sentence, [])
                if len(said) < MOST_OFFICES:
                    said.append(clue)
        return found

    # ------------------------------------------------------------------------------------------------ names

    def bearers(self, name: str) -> tuple[Bearer, ...]:
        """The places of this name; of an abbreviation, the one that it stands for; without the word for their sort."""
        row = self.short.get(name)
        if row is not None:
            return tuple(b for b in self.gazetteer.named(row["name"]) if b.place.country == row["iso"] and b.own)
        found = self.gazetteer.named(name)
        if not found and " " in name:
            first, _, last = name.rpartition(" ")
            cue = self.cues.get(last.lower())
            if cue is not None and cue["reach"] == "beside":
                return tuple(b for b in self.gazetteer.named(first) if b.place.level == cue["says"])
        return found

    def country(self, name: str) -> tuple[Place | None, bool]:
        """The country that the lexicon lists under a name, and whether the name hardly means anything else."""
        row = self.words.countries.get(fold(name)) or self.words.exact.get(name)
        if row is None or "ambiguous" not in row.values:
            return None, False
        return self.gazetteer.countries.get(row["iso"]), not row.flag("ambiguous")

    def areas(self, name: str) -> tuple[Place, ...]:
        """The countries and subdivisions of this name."""
        listed, _ = self.country(name)
        found = [bearer.place for bearer in self.bearers(name) if bearer.place.level != CITY]
        return tuple(dict.fromkeys([*([listed] if listed is not None else []), *found]))

    def _area_at(self, i: int) -> tuple[tuple[Place, ...], int]:
        """The longest country or subdivision that begins at a token, and the token behind it."""
        doc = self.doc
        for end in range(min(i + LONGEST, len(doc)), i, -1):
            if doc[end - 1].is_space or not doc[end - 1].text[0].isalnum():
                continue
            found = self.areas(str(doc[i:end].text))
            if found:
                stop = end < len(doc) and doc[end].text == "." and f"{doc[i:end].text}." in self.short
                return found, end + stop
        return (), i

    # ---------------------------------------------------------------------------------------------- standing

    def standing(self, mention: Mention) -> Standing:
        """All that is told where a mention stands."""
        tokens = self.parse.tokens(mention.head)
        start, end = tokens.start, self._end_of_city(tokens.start, tokens.end)
        tokens = self.doc[start:end]
        root = tokens.root
        name = " ".join(str(tokens.text).split())
        clues = (*self._sort_beside(start, end), *self._offices.get(self._sentence[start], ()))
        return Standing(
            name,
            mention.head,
            start,
            end,
            self._sentence[start],
            tuple(self._outer(end)),
            clues,
            *acts(self.parse, self.uses, root, end),
            self._part_of_name(root, start, end),
        )

    def _end_of_city(self, start: int, end: int) -> int:
        """The end of a name without the state that was read into it: "Tarsk, Texas", "Tarsk D.C."."""
        for i in range(start + 1, end):
            if self.doc[i].text == "," or self.doc[i].text in self.short:
                return i
        return end

    def _outer(self, end: int) -> Iterator[Clue]:
        """What a place is said to lie in: ", Portugal", ", the capital of Hubei", " in Idaho", " (Peru)"."""
        doc = self.doc
        bare = end < len(doc) and doc[end].text in self.short
        if end + 1 >= len(doc) or not (bare or doc[end].text in {",", "("} or doc[end].lower_ in {"in", "of"}):
            return
        i, plain = end + (not bare), bare or doc[end].text in {",", "("}
        for _ in range(STEPS):
            if i >= len(doc) or doc[i].text[:1].isupper():
                break
            cue = self.cues.get(doc[i].lower_)
            if doc[i].lower_ not in PARTING and cue is None and doc[i].pos_ != "ADJ":
                return
            i, plain = i + 1, False
        places, beyond = self._area_at(i) if i < len(doc) and doc[i].text[:1].isupper() else ((), i)
        if places:
            closed = beyond >= len(doc) or doc[beyond].is_punct
            short = self.short.get(doc[i].text) if beyond - i <= 2 else None
            yield Clue(self.parse.span(doc[i:beyond]), places, row=short, plain=plain and closed, start=i)

    def _sort_beside(self, start: int, end: int) -> Iterator[Clue]:
        """Words for sorts of places: in "the province of Kaduna", "Kaduna province", "eastern Kaduna"."""
        doc = self.doc
        near = []
        if start > 1 and doc[start - 1].lower_ == "of":
            near.append(start - 2)
        if start > 2 and doc[start - 1].lower_ == "the" and doc[start - 2].lower_ == "of":
            near.append(start - 3)
        near = [i for i in near if not self._one_of_many(i)]
        if end < len(doc):
            near.append(end)
        for i in near:
            cue = self.cues.get(doc[i].lower_)
            if cue is not None and cue["reach"] == "beside":
                yield Clue(self.parse.span(doc[i]), says=cue["says"], row=cue, strict=True)
        before = self.cues.get(doc[start - 1].lower_) if start else None
        if before is not None and before["reach"] == "before":
            yield Clue(self.parse.span(doc[start - 1]), says=before["says"], row=before)

    def _one_of_many(self, i: int) -> bool:
        """Whether "of" after a noun tells of what it is a part: "a province of", "the largest city of"."""
        before = self.doc[i - 1] if i else None
        return before is not None and (before.lower_ in {"a", "an", "capital", "port"} or before.tag_ in {"JJS", "CD"})

    def _part_of_name(self, root: Token, start: int, end: int) -> bool:
        """Whether a name is only the beginning of another ("the Orlo Accords"), or a river's ("the Orlo")."""
        doc = self.doc
        if end < len(doc) and doc[end].text not in self.short:
            after = doc[end]
            if after.lower_ in TREATIES:
                return True
            if after.text[:1].isupper() and after.tag_ in PROPER and root.head.i == after.i and root.dep_ == "compound":
                return self.words.title(after) is None and self.words.noun(after) is None
        article = start > 0 and doc[start - 1].lower_ == "the" and doc[start - 1].head.i in range(start, end)
        if not article:
            return False
        name = fold(str(doc[start:end].text))
        return not (" " in name or name in WITH_ARTICLE or name.endswith("s") or doc[start].text.isupper())

    # ----------------------------------------------------------------------------------------------- nations

    def nations(self, governments: Iterable[tuple[Mention, str]]) -> Iterator[Nation]:
        """What a report speaks of by an adjective, a people or a government."""
        for mention, iso in governments:
            tokens, country = self.parse.tokens(mention.head), self.gazetteer.countries.get(iso)
            if len(tokens) and country is not None:
                reason = Reason("places.company", "its government acts", mention.head, 0.8)
                yield Nation(self._sentence[tokens.start], country, reason)
        for i, token in enumerate(self.doc):
            place, row = self._nation_at(i) if token.text[:1].isupper() else (None, None)
            if place is not None and row is not None:
                reason = because(row, self.parse.span(token), "a nation of the report", 0.8)
                yield Nation(self._sentence[i], place, reason)

    def _nation_at(self, i: int) -> tuple[Place | None, Row | None]:
        """The country or subdivision whose adjective or people begins at a token: "Kenyan", "South Koreans"."""
        doc = self.doc
        word = fold(doc[i].text)
        pair = f"{word} {fold(doc[i + 1].text)}" if i + 1 < len(doc) and doc[i + 1].text[:1].isupper() else word
        for name in (pair, word):
            row = self.words.adjectives.get(name) or self.words.peoples.get(name)
            if row is not None and name not in self.words.countries:
                return self.gazetteer.countries.get(row["iso"]), row
        part = self.natives.get(word)
        if part is None:
            return None, None
        named = [b.place for b in self.gazetteer.named(part["name"]) if b.place.country == part["iso"]]
        return next((place for place in named if place.level == SUBDIVISION), None), part
