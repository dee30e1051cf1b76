"""Names of persons and organisations as strings: fold, split, initials, compare. No text, no spans.

A comparison answers with a score and the reasons for it; it never decides that two bearers are one. The word lists are
ours (CC0): grammar and usage of English news, closed enough to stand here.
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
# Those that tell a father from a son.
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Small words that belong to the surname after them: "de la Cruz", "van den Berg", "al Haddad".
PARTICLES = frozenset({
    "al", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "y", "zu",
})  # fmt: skip
# Words that say only what form a firm has.
LEGAL_FORMS = frozenset({
    "ab", "ag", "bv", "co", "companies", "company", "corp", "corporation", "gmbh", "group", "holding", "holdings",
    "inc", "incorporated", "jsc", "kg", "limited", "llc", "llp", "lp", "ltd", "nv", "oao", "ooo", "oy", "pjsc", "plc",
    "pte", "pty", "sa", "sarl", "sas", "spa", "srl",
})  # fmt: skip
# Words that say what a firm does: "Orvik" may be short for "Orvik Shipping", but not for "Orvik Museum".
TRADES = frozenset({
    "air", "airline", "airlines", "airways", "aluminium", "aluminum", "asset", "associates", "auto", "automobile",
    "automobiles", "automotive", "aviation", "bank", "banking", "beverages", "brewery", "brothers", "capital",
    "chemical", "chemicals", "communications", "computer", "computers", "consulting", "electric", "electronics",
    "energy", "engineering", "enterprises", "entertainment", "equity", "finance", "financial", "foods", "gas",
    "industrial", "industries", "insurance", "international", "investment", "investments", "laboratories", "line",
    "lines", "logistics", "management", "media", "metals", "minerals", "mining", "motor", "motors", "oil", "partners",
    "petroleum", "pharma", "pharmaceutical", "pharmaceuticals", "power", "resources", "securities", "semiconductor",
    "services", "shipping", "software", "solutions", "steel", "stores", "systems", "technologies", "technology",
    "telecom", "telecommunications", "textiles", "trading", "trust", "ventures",
})  # fmt: skip
# Words of which the names of public bodies are made that exist in every country.
PUBLIC_BODIES = frozenset({
    "administration", "affairs", "agency", "air", "armed", "army", "assembly", "attorney", "authority", "bank",
    "board", "border", "bureau", "cabinet", "central", "chamber", "coast", "commission", "committee", "congress",
    "constitutional", "council", "court", "customs", "defence", "defense", "department", "economic", "economy",
    "election", "electoral", "federal", "finance", "force", "forces", "foreign", "general", "government", "guard",
    "health", "high", "house", "intelligence", "interior", "internal", "justice", "labor", "labour", "lower",
    "marines", "military", "minister", "ministry", "national", "navy", "office", "opposition", "parliament", "party",
    "police", "president", "presidential", "prosecution", "prosecutor", "prosecutors", "public", "republic", "revenue",
    "secret", "security", "senate", "service", "state", "supreme", "treasury", "trade", "transport", "tribunal",
    "upper", "city", "town", "county", "district", "mayor", "education", "democratic", "liberal", "conservative",
    "socialist", "communist", "reform", "people", "peoples",
})  # fmt: skip
# Titles that tell a man from a woman.
MASCULINE = frozenset({"mr", "sir", "lord", "king", "prince", "herr", "senor", "monsieur"})
FEMININE = frozenset({"mrs", "ms", "miss", "dame", "lady", "madame", "mme", "queen", "princess", "frau", "senora"})
# English short forms of given names, and what they are short for.
SHORT_FORMS = {
    "abe": "abraham", "al": "albert alan alfred alexander", "alec": "alexander", "alex": "alexander alexandra",
    "andy": "andrew", "barb": "barbara", "ben": "benjamin", "bert": "albert robert", "bill": "william",
    "billy": "william", "bob": "robert", "bobby": "robert", "charlie": "charles charlotte", "chris": "christopher "
    "christine christian", "cathy": "catherine", "dan": "daniel", "danny": "daniel", "dave": "david",
    "debbie": "deborah", "dick": "richard", "don": "donald", "doug": "douglas", "ed": "edward edwin edmund",
    "eddie": "edward", "fred": "frederick alfred", "fritz": "frederick", "gene": "eugene", "greg": "gregory",
    "hank": "henry", "harry": "harold henry", "jack": "john", "jake": "jacob", "jeff": "jeffrey geoffrey",
    "jerry": "gerald jerome", "jim": "james", "jimmy": "james", "joe": "joseph", "joey": "joseph",
    "johnny": "john", "jon": "jonathan", "josh": "joshua", "kate": "katherine catherine", "kathy": "kathleen "
    "katherine", "ken": "kenneth", "larry": "lawrence laurence", "len": "leonard", "leo": "leonard leonardo",
    "liz": "elizabeth", "matt": "matthew", "maggie": "margaret", "meg": "margaret", "mike": "michael",
    "nate": "nathan nathaniel", "nick": "nicholas", "pam": "pamela", "pat": "patrick patricia", "peggy": "margaret",
    "pete": "peter", "phil": "philip", "ray": "raymond", "rick": "richard", "rob": "robert", "ron": "ronald",
    "sam": "samuel samantha", "sandy": "alexander sandra", "steve": "steven stephen", "sue": "susan", "ted":
    "edward theodore", "terry": "terence theresa", "tim": "timothy", "toby": "tobias", "tom": "thomas",
    "tommy": "thomas", "tony": "anthony", "vicky": "victoria", "walt": "walter", "will": "william",
}  # fmt: skip
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


@lru_cache(maxsize=65_536)
def bare(name: str) -> str:
    """A name as it is compared across reports: folded, without titles and "the" before it and legal forms after it.

    >>> bare("The Orvik Group plc"), bare("Dr. Ana Belo Jr."), bare("The Group")
    ('orvik', 'ana belo', 'group')
    """
    parts = list(words(name))
    begin, end = 0, len(parts)
    while begin < end - 1 and (parts[begin] == "the" or parts[begin] in HONORIFICS):
        begin += 1
    while begin < end - 1 and (parts[end - 1] in LEGAL_FORMS or (parts[end - 1] in SUFFIXES and end - begin > 2)):
        end -= 1
    return " ".join(parts[begin:end])


def stem(name: str) -> str:
    """A firm's bare name without what says only what the firm does.

    >>> stem("Orvik Shipping Lines Ltd."), stem("Orvik Museum"), stem("Capital Bank")
    ('orvik', 'orvik museum', 'capital bank')
    """
    parts = bare(name).split()
    end = len(parts)
    while end > 1 and parts[end - 1] in TRADES:
        end -= 1
    return " ".join(parts[:end] if parts and parts[0] not in TRADES else parts)


def is_public_body(name: str) -> bool:
    """Whether a name is made only of words that every country has a body for.

    >>> is_public_body("the Ministry of Defence"), is_public_body("Supreme Court"), is_public_body("Lorm Police")
    (True, True, False)
    """
    parts = [word for word in words(name) if word not in SMALL_WORDS]
    return bool(parts) and all(word in PUBLIC_BODIES for word in parts)


def is_written_as_acronym(name: str) -> bool:
    """Whether a name looks like an acronym: one word of two to ten letters, capitals but for at most one.

    >>> is_written_as_acronym("NFH"), is_written_as_acronym("N.F.H."), is_written_as_acronym("Orvik")
    (True, True, False)
    """
    letters = [char for char in name if char.isalpha()]
    return (
        " " not in name.strip()
        and 2 <= len(letters) <= 10
        and sum(char.isupper() for char in letters) >= max(2, len(letters) - 1)
    )


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


def long_forms(given: str) -> tuple[str, ...]:
    """The given names that a folded one is a usual English short form of.

    >>> long_forms("bob"), long_forms("robert")
    (('robert',), ())
    """
    return tuple(SHORT_FORMS.get(given, "").split())


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
