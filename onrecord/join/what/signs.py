"""What two tellings have in common and in what they differ, sign by sign, each as a number.

A sign that cannot be seen, since one of the two tells nothing there, is ``UNKNOWN``. What is worked out of one telling
alone is kept (``lru_cache``), so that comparing one with many is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log, sqrt

from onrecord.errors import BadRule
from onrecord.join.what.telling import UNNAMED, Days, Number, Point, Setting, Telling
from onrecord.join.who.likeness import near
from onrecord.record import EventType, Location
from onrecord.senses import alike, base, kin, reach

UNKNOWN = -1.0
# Names: one side has a name and the other none, or they are called by other nouns; none in common; the last word in
# common (a surname, a noun); a noun for somebody unnamed; a whole name.
UNSURE, APART, LAST_WORD, SAME_NOUN, SAME_NAME = -0.5, 0.0, 1.0, 1.5, 2.0
# Places: elsewhere, in the same country, near each other, of the same name.
ELSEWHERE, SAME_COUNTRY, NEARBY, SAME_PLACE = 0.0, 0.5, 1.0, 2.0
# Ordinals: only one is told as the second, third ... of its sort.
ONE_SIDED = 0.5
# Times: apart, a day or two apart, the same stretch of years, of a month, the same day.
THEN, DAYS_APART, SAME_YEARS, SAME_MONTH, SAME_DAY = 0.0, 1.0, 1.5, 2.0, 3.0
# Reports that tell one event differ by a day or two; and the longest month.
FEW, MONTH = 2, 31
# Words after a verb that make another verb of it: "check in", "check out".
PARTICLES = frozenset({
    "after", "against", "along", "apart", "around", "at", "away", "back", "by", "down", "for", "from", "in", "into",
    "off", "on", "out", "over", "through", "to", "together", "up", "with",
})  # fmt: skip
# Verbs that leave it to their object to say what is done: "open fire", "take into custody".
LIGHT = frozenset({
    "be", "begin", "break", "bring", "catch", "come", "commit", "do", "face", "get", "give", "go", "have", "hold",
    "keep", "let", "make", "open", "pass", "put", "run", "set", "start", "take", "turn",
})  # fmt: skip
ORDINALS = {
    word: n
    for n, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 2
    )
}
_CUT = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ion", ""), ("er", ""))
_KEPT = 32_768
# So many are looked at of the persons whom a report names most.
LEADING = 3


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, so that forms of one word are the same.

    >>> stem("arrested"), stem("arrests"), stem("arrest"), stem("stopping"), stem("stop")
    ('arrest', 'arrest', 'arrest', 'stop', 'stop')
    """
    for ending, other in _CUT:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + other
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@cache
def _shares() -> tuple[dict[str, float], float]:
    """How rare each stem is (the logarithm of one in how many reports has it), and how rare one that is not listed."""
    path = resources.files("onrecord").joinpath("join", "what", "rarity.tsv")
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        cells = [line.split("\t") for line in lines]
        every, least = int(cells[0][1]), int(cells[1][1])
        return {word: _exact(log(every / int(count))) for word, count in cells[2:]}, _exact(log(2 * every / least))
    except (OSError, ValueError, IndexError) as error:
        raise BadRule(f"{path}: cannot be read ({error}); install onrecord again") from error


def _exact(value: float) -> float:
    """A value so rounded that sums and products of a few hundred are exact, whatever their order."""
    return round(value * 1024) / 1024


@lru_cache(maxsize=65_536)
def rarity(word: str) -> float:
    """How rare a stem is in news, from 0 (in every report) to about 6."""
    known, rarest = _shares()
    return known.get(word, rarest)


# ------------------------------------------------------------------------------------------------ one telling


@dataclass(frozen=True, slots=True, eq=False)
class Predicate:
    """The words that tell what is done: the verb with what makes another verb of it, and their stems."""

    verb: str
    head: str
    forms: tuple[str, ...]
    compounds: frozenset[str]
    stems: frozenset[str]
    particle: str
    before: frozenset[str]
    type: EventType
    reach: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names of some part of an event, and their last words."""

    whole: frozenset[str]
    last: frozenset[str]
    named: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Stems of words that stand near an event, and how much they weigh together."""

    stems: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is worked out of one telling alone."""

    actors: Names
    recipients: Names
    everybody: Names
    around: frozenset[str]
    clause: Words
    sentence: Words
    ordinals: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Gist:
    """What is worked out of a report's setting: its words as a vector of length 1, and the last words of its names.

    ``leading``: the persons whom it names most; ``people``: all of them.
    """

    words: dict[str, float]
    names: Words
    leading: frozenset[str]
    people: frozenset[str]


@lru_cache(maxsize=_KEPT)
def predicate(verb: str, words: str, before: tuple[str, ...], after: tuple[str, ...], type_: EventType) -> Predicate:
    """The words for what is done, prepared. One and the same object for the same words, while it is kept."""
    verb = verb.lower().replace("_", " ")
    told = words.split()
    compounds = tuple(dict.fromkeys(form for form in _compounds(verb, told, before, after) if reach(form)))
    particle = after[0] if after and after[0] in PARTICLES else ""
    stems = frozenset(stem(word) for word in told if word not in PARTICLES) or frozenset([stem(verb)])
    ahead = frozenset(map(stem, before))
    forms = (verb, *compounds)
    wide = frozenset(at for form in forms for at in reach(form))
    return Predicate(verb, stem(verb), forms, frozenset(compounds), stems, particle, ahead, type_, wide)


def _compounds(verb: str, told: list[str], before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """The words of several parts that the dictionary knows, and what a verb that says little itself is about."""
    light = verb in LIGHT
    for at, word in enumerate(after):
        if word in PARTICLES or light:
            yield f"{verb} {word}"
        if light and at + 1 < len(after):
            yield f"{verb} {word} {after[at + 1]}"
    if light:
        yield from (base(word) for word in after if word not in PARTICLES)
    if len(told) > 1:
        yield base(" ".join(told))
    if before:
        yield f"{before[-1]} {verb}"


def _names(names: Iterable[str]) -> Names:
    whole = frozenset(names)
    last = frozenset(name.lstrip(UNNAMED).rpartition(" ")[2] for name in whole)
    return Names(whole, last, any(name[0] != UNNAMED for name in whole))


def _words(words: Iterable[str]) -> Words:
    stems = frozenset(map(stem, words))
    return Words(stems, sum(map(rarity, stems)))


@lru_cache(maxsize=_KEPT)
def prepared(telling: Telling) -> Prepared:
    """All that is worked out of one telling alone."""
    everybody = (*telling.actors, *telling.recipients, *telling.others)
    counted = (*telling.clause, *telling.before)
    return Prepared(
        _names(telling.actors),
        _names(telling.recipients),
        _names(everybody),
        _names((*everybody, *telling.beside)).last,
        _words(telling.clause),
        _words(telling.sentence),
        frozenset(ORDINALS[word] for word in counted if word in ORDINALS),
    )


@lru_cache(maxsize=_KEPT)
def gist(setting: Setting) -> Gist:
    """What is worked out of one setting alone."""
    counts: dict[str, int] = {}
    for word, count in setting.gist:
        counts[stem(word)] = counts.get(stem(word), 0) + count
    vector = {word: (1 + log(count)) * rarity(word) for word, count in counts.items()}
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    names = [name.rpartition(" ")[2] for name in setting.company]
    people = [stem(name.rpartition(" ")[2]) for name in setting.people]
    leading, others = frozenset(people[:LEADING]), frozenset(people)
    return Gist({word: _exact(value / length) for word, value in vector.items()}, _words(names), leading, others)


# ------------------------------------------------------------------------------------------------ two of them


def kinship(left: Predicate, right: Predicate) -> tuple[float, float, float]:
    """How well the words for what is done can tell the same, how well a step apart, whether reports swap them.

    The last is a half if only a word beside the main one is swapped.
    """
    if left.head == right.head:
        return 1.0, 1.0, 1.0
    return _kinship(left.verb, left.forms, right.verb, right.forms)


@lru_cache(maxsize=262_144)
def _kinship(verb: str, forms: tuple[str, ...], other: str, others: tuple[str, ...]) -> tuple[float, float, float]:
    found = [kin(one, two) for one in forms for two in others]
    swapped = alike(verb, other) or any(alike(one, two) for one in forms for two in others) / 2
    return max(same for same, _ in found), max(step for _, step in found), float(swapped)


def go_together(left: Predicate, right: Predicate) -> bool:
    """Whether the words for what is done have anything to do with each other."""
    if left.head == right.head or not left.stems.isdisjoint(right.stems):
        return True
    if left.reach.isdisjoint(right.reach):
        return False
    _, step, swapped = kinship(left, right)
    return step >= NEAR_ENOUGH or swapped > 0 or not left.compounds.isdisjoint(right.compounds)


NEAR_ENOUGH = 0.1


def of_predicates(left: Predicate, right: Predicate) -> tuple[float, ...]:
    """The signs of the words for what is done."""
    same, step, swapped = kinship(left, right)
    head = left.head == right.head
    particle = left.particle != right.particle
    return (
        float(head),
        float(not left.stems.isdisjoint(right.stems)),
        same,
        step,
        swapped,
        (rarity(left.head) + rarity(right.head)) / 2,
        particle + float(particle and bool(left.particle and right.particle)) if head else UNKNOWN,
        UNKNOWN if EventType.OTHER in (left.type, right.type) else float(left.type is right.type),
        float(not left.before.isdisjoint(right.before)),
        float((left.type is EventType.SAY) + (right.type is EventType.SAY)),
    )


def of_names(left: Names, right: Names) -> float:
    """How well two sets of names go together."""
    if not left.whole or not right.whole:
        return UNKNOWN
    if not left.whole.isdisjoint(right.whole):
        return SAME_NAME if any(name[0] != UNNAMED for name in left.whole & right.whole) else SAME_NOUN
    if not left.last.isdisjoint(right.last):
        return LAST_WORD
    return APART if left.named and right.named else UNSURE


def in_common(left: Names, right: Names) -> float:
    """The share of the smaller set of names that is in the other too."""
    if not left.last or not right.last:
        return UNKNOWN
    return len(left.last & right.last) / min(len(left.last), len(right.last))


def of_places(left: Point | None, right: Point | None) -> float:
    """How well two places go together."""
    if left is None or right is None:
        return UNKNOWN
    if not set(left.names).isdisjoint(right.names):
        return SAME_PLACE
    here, there = _location(left), _location(right)
    if here is None or there is None:
        return ELSEWHERE
    return NEARBY if near(here, there) else SAME_COUNTRY if left.country == right.country else ELSEWHERE


def _location(point: Point) -> Location | None:
    if point.latitude is None or point.longitude is None:
        return None
    return Location(point.latitude, point.longitude, point.country, "", point.precision)


def gap(left: Days | None, right: Days | None) -> int | None:
    """How many days lie between the ends of two times, 0 or less if they meet; None if an end is open."""
    if left is None or right is None:
        return None
    if left.first is None or left.end is None or right.first is None or right.end is None:
        return None
    return max(left.first, right.first) - min(left.end, right.end) + 1


def of_times(left: Days | None, right: Days | None) -> float:
    """How well two times go together."""
    between = gap(left, right)
    if between is None or left is None or right is None:
        return UNKNOWN
    if between > 0:
        return DAYS_APART if between <= FEW else THEN
    longest = max((days.end or 0) - (days.first or 0) for days in (left, right))
    return SAME_DAY if longest == 1 else SAME_MONTH if longest <= MONTH else SAME_YEARS


def of_numbers(left: Iterable[Number], right: tuple[Number, ...]) -> float:
    """Whether numbers of one thing are the same; unknown if the two count nothing in common."""
    found = [
        float(one.min == other.min and one.max == other.max)
        for one in left
        for other in right
        if one.of == other.of and (one.of or one.unit == other.unit)
    ]
    return max(found, default=UNKNOWN)


def of_ordinals(left: frozenset[int], right: frozenset[int]) -> float:
    """Whether both are told to be the second, third ... of their sort; a half if only one of them is."""
    if not left and not right:
        return UNKNOWN
    return ONE_SIDED if not left or not right else float(not left.isdisjoint(right))


def of_words(left: Words, right: Words) -> tuple[float, float]:
    """How much the words weigh that two clauses have in common, and which share that is of the lighter one."""
    shared = sum(map(rarity, left.stems & right.stems))
    return shared, shared / (min(left.weight, right.weight) + 6)


@lru_cache(maxsize=_KEPT)
def of_settings(left: Setting, right: Setting) -> tuple[float, float, float, float, float]:
    """How alike two reports are.

    The cosine of their words; their names in common, as weight and as share; the share of the leading persons of each
    that the other names too; the days between them.
    """
    one, other = gist(left), gist(right)
    cosine = sum([one.words[word] * other.words[word] for word in one.words.keys() & other.words.keys()])
    shared = sum(map(rarity, one.names.stems & other.names.stems))
    share = shared / (min(one.names.weight, other.names.weight) + 5)
    days = UNKNOWN
    if left.published and right.published and left.published.first and right.published.first:
        days = float(abs(left.published.first - right.published.first))
    return cosine, shared, share, _leading(one, other), days


def _leading(one: Gist, other: Gist) -> float:
    """The share of the leading persons of two reports whom the other names too; unknown if one names nobody."""
    if not one.leading or not other.leading:
        return UNKNOWN
    both = len(one.leading & other.people) + len(other.leading & one.people)
    return both / (len(one.leading) + len(other.leading))
