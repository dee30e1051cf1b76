"""The lexicons of who is who, prepared once for look-ups by word: nouns, titles, names, countries, cities, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.lexicon import Lexicons, Row
from onrecord.names import fold
from onrecord.record import Kind, Reason, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = (
    ("place-nouns", Kind.PLACE),
    ("body-nouns", Kind.ORGANISATION),
    ("group-nouns", Kind.GROUP),
    ("person-nouns", Kind.PERSON),
)
# Plurals that the pipeline's lemmatiser sometimes leaves alone.
_PLURALS = (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", "e"), ("s", ""), ("es", ""))


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for somebody or something. ``words`` is 2 where the word before it belongs to it."""

    kind: Kind
    row: Row
    words: int = 1

    @property
    def key(self) -> str:
        """The lemma, blanks included."""
        return self.row.key

    @property
    def gender(self) -> str:
        """m, f or nothing."""
        return self.row.values.get("gender", "")

    @property
    def sector(self) -> str:
        """A PLOVER sector code or nothing."""
        return self.row.values.get("sector", "")

    @property
    def office(self) -> bool:
        """Whether it names an office or rank."""
        return self.row.values.get("office", "") == "yes"

    @property
    def broader(self) -> tuple[str, ...]:
        """Nouns that may take this one up again."""
        return tuple(self.row.values.get("broader", "").split())


@dataclass(frozen=True)
class Vocabulary:
    """Look-ups made of the lexicons. Countries and cities are keyed by folded name, bodies and given names as is."""

    nouns: Mapping[str, Noun]
    titles: Mapping[str, Row]
    exact: Mapping[str, Row]
    countries: Mapping[str, Row]
    adjectives: Mapping[str, Row]
    peoples: Mapping[str, Row]
    cities: Mapping[str, Row]
    numbers: Mapping[str, Row]
    longest_place: int
    longest_names: Mapping[str, int]
    bodies: Mapping[str, Row]
    given: Mapping[str, Row]
    endings: Mapping[str, Row]

    def noun(self, token: Token) -> Noun | None:
        """The noun that a token is the head of, longer ones first ("vice president" before "president")."""
        previous = token.nbor(-1).lower_ if token.i > 0 else ""
        for lemma in self._lemmas(token):
            for found in (self.nouns.get(f"{previous} {lemma}"), self.nouns.get(lemma)):
                if found is not None:
                    return found
        return None

    def _lemmas(self, token: Token) -> Iterator[str]:
        lower = token.lower_
        yield lower
        lemma = token.lemma_.lower()
        if lemma != lower:
            yield lemma
        if token.tag_ in {"NNS", "NNPS"} or lower.endswith("s"):
            for ending, singular in _PLURALS:
                if lower.endswith(ending):
                    yield lower[: -len(ending)] + singular

    def title(self, token: Token) -> Row | None:
        """The title that a token is, or None."""
        return self.titles.get(token.lower_.rstrip("."))

    def country_of(self, word: str) -> Row | None:
        """The country that an adjective, a name or a word for a people belongs to; capitals count as their country."""
        key = fold(word)
        return self.adjectives.get(key) or self.countries.get(key) or self.peoples.get(key)

    def place(self, name: str) -> Row | None:
        """The country or city of this name."""
        key = fold(name)
        return self.exact.get(name) or self.countries.get(key) or self.cities.get(key)


_READY: dict[tuple[tuple[str, str], ...], Vocabulary] = {}


def vocabulary(lexicons: Lexicons) -> Vocabulary:
    """The look-ups of these lexicons, made once per process and edition."""
    key = lexicons.digests
    if key not in _READY:
        _READY[key] = _prepare(lexicons)
    return _READY[key]


def _prepare(lexicons: Lexicons) -> Vocabulary:
    nouns = {row.key: Noun(kind, row, len(row.key.split())) for file, kind in NOUNS for row in lexicons[file]}
    countries = {fold(row.key): row for row in lexicons["countries"]}
    cities = {fold(row.key): row for row in lexicons["cities"]}
    return Vocabulary(
        nouns=nouns,
        titles=lexicons["titles"].by_key,
        exact={row.key: row for file in ("cities", "countries") for row in lexicons[file]},
        countries=countries,
        adjectives=dict(_by_column(lexicons, "adjective")),
        peoples=dict(_by_column(lexicons, "people")),
        cities=cities,
        numbers=lexicons["number-words"].by_key,
        longest_place=max(len(name.split()) for name in (*countries, *cities)),
        longest_names=_longest_by_first_word(lexicons),
        bodies=lexicons["bodies"].by_key,
        given=lexicons["given-names"].by_key,
        endings=lexicons["name-endings"].by_key,
    )


def _by_column(lexicons: Lexicons, column: str) -> Iterator[tuple[str, Row]]:
    for row in lexicons["countries"]:
        for word in filter(None, row[column].split(";")):
            yield fold(word), row


def _longest_by_first_word(lexicons: Lexicons) -> dict[str, int]:
    """How many tokens the longest place or body has that begins with a word; hyphens and stops may part tokens."""
    longest: dict[str, int] = {}
    for row in (*lexicons["countries"], *lexicons["cities"], *lexicons["bodies"]):
        tokens = re.findall(r"[^\s-]+|-", row.key)
        first = fold(tokens[0]).split()[0]
        for start in {first, fold(row.key.split()[0])}:
            longest[start] = max(longest.get(start, 0), len(tokens) + 1)
    return longest


def because(row: Row, span: Span, note: str = "", weight: float = 1.0) -> Reason:
    """The reason that a lexicon row gives for a finding."""
    return Reason(row.rule, note or row.key, span, weight)
