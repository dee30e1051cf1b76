"""Names of persons and organisations as strings: fold, split, initials, compare. No text, no spans.

A comparison answers with a score and the reasons for it; it never decides that two bearers are one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

HONORIFICS = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "madame", "mme",
})  # fmt: skip
SUFFIXES = frozenset({
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "mp", "mep", "qc", "kc",
})  # fmt: skip
# Small words that belong to the surname after them: "de la Cruz", "van den Berg", "al Haddad".
PARTICLES = frozenset({
    "al", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "y", "zu",
})  # fmt: skip
# Words that say only what form a firm has.
LEGAL_FORMS = frozenset({
    "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding", "holdings", "inc", "incorporated",
    "limited", "llc", "llp", "ltd", "nv", "plc", "sa", "sarl",
})  # fmt: skip
SMALL_WORDS = frozenset({
    "a", "an", "and", "at", "by", "de", "del", "des", "du", "et", "for", "in", "la", "le", "of", "on", "or", "the",
    "to", "und",
})  # fmt: skip

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """A name without case, accents, stops, apostrophes; hyphens and blanks as one blank.

    >>> fold("José  Núñez-Ødegård"), fold("U.S."), fold("D’Arvo")
    ('jose nunez odegard', 'us', 'darvo')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_LETTERS)
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char not in ".'’‘ʼ`")
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name.

    >>> words("Anna-Lena Orvik")
    ('anna', 'lena', 'orvik')
    """
    return tuple(fold(name).split())


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts, as written. ``surname`` is set unless there is nothing but a title."""

    title: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""


def split(name: str) -> PersonName:
    """A person's name in its parts: English order, or "Surname, Given". Particles go with the surname.

    >>> split("Dr. Ana Maria de la Torva Jr.")
    PersonName(title=('Dr.',), given=('Ana', 'Maria'), surname='de la Torva', suffix='Jr.')
    >>> split("Orvik, Lena")
    PersonName(title=(), given=('Lena',), surname='Orvik', suffix='')
    """
    last, comma, first = name.partition(",")
    if comma and fold(first) and fold(first) not in SUFFIXES:
        return _split_parts([*first.split(), *last.split()], len(first.split()))
    return _split_parts(name.replace(",", " ").split(), None)


def _split_parts(parts: list[str], border: int | None) -> PersonName:
    """``border``: index at which the surname is known to begin, or None."""
    suffix = parts.pop() if len(parts) > 1 and fold(parts[-1]) in SUFFIXES else ""
    n = 0
    while n < len(parts) and fold(parts[n]) in HONORIFICS:
        n += 1
    title, rest = parts[:n], parts[n:]
    if not rest:
        return PersonName(tuple(title), (), "", suffix)
    begin = border - n if border is not None and 0 <= border - n < len(rest) else len(rest) - 1
    while border is None and begin > 1 and fold(rest[begin - 1]) in PARTICLES:
        begin -= 1
    return PersonName(tuple(title), tuple(rest[:begin]), " ".join(rest[begin:]), suffix)


def initials(name: str) -> str:
    """The first letters of a name's words, small words left out.

    >>> initials("Union of Free Harbours"), initials("Ana-Maria Belo")
    ('ufh', 'amb')
    """
    return "".join(word[0] for word in words(name) if word not in SMALL_WORDS)


def is_acronym(short: str, long: str) -> bool:
    """Whether the first can stand for the second: its initials, with or without the small words.

    >>> is_acronym("N.F.H.", "National Front of Harbours"), is_acronym("NFOH", "National Front of Harbours")
    (True, True)
    """
    letters = fold(short)
    if not 2 <= len(letters) <= 10 or " " in letters or len(words(long)) < 2:
        return False
    every = "".join(word[0] for word in words(long))
    without_the = every[1:] if words(long)[0] == "the" else every
    return letters in {every, without_the, initials(long)}


def same_given(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two lists of given names can be one person's: none differs, initials stand for their names.

    >>> same_given(("J.", "Maria"), ("Juana",)), same_given(("Ana",), ("Eva",))
    (True, False)
    """
    pairs = zip(map(fold, left), map(fold, right), strict=False)
    return all(a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]) for a, b in pairs)


def compare(left: str, right: str) -> tuple[float, tuple[str, ...]]:
    """How well two names can be one bearer's, from 0 to 1, and why. Persons and organisations alike.

    >>> compare("Ana Belo", "Belo, Ana")
    (1.0, ('same words',))
    >>> compare("Mr. Belo", "Ana Belo")
    (0.7, ('same surname', 'one without given name'))
    >>> compare("Ana Belo", "Eva Belo")
    (0.1, ('same surname', 'given names differ'))
    """
    a, b = split(left), split(right)
    if not a.surname or not b.surname:
        return 0.0, ("nothing to compare",)
    if sorted(words(" ".join((*a.given, a.surname)))) == sorted(words(" ".join((*b.given, b.surname)))):
        return 1.0, ("same words",)
    if is_acronym(left, right) or is_acronym(right, left):
        return 0.8, ("initials",)
    bare = [[word for word in words(name) if word not in LEGAL_FORMS and word != "the"] for name in (left, right)]
    if bare[0] and bare[0] == bare[1]:
        return 0.95, ("same words but for the legal form",)
    return _compare_persons(a, b)


def _compare_persons(a: PersonName, b: PersonName) -> tuple[float, tuple[str, ...]]:
    if fold(a.surname) != fold(b.surname):
        shared = set(words(a.surname)) & set(words(b.surname)) - PARTICLES
        return (0.3, ("part of the surname",)) if shared else (0.0, ("surnames differ",))
    if not a.given or not b.given:
        return 0.7, ("same surname", "one without given name")
    if not same_given(a.given, b.given):
        return 0.1, ("same surname", "given names differ")
    return 0.9, ("same surname", "given names agree")
