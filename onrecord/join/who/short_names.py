"""Shorter names and the longer ones that they may stand for: acronyms, firms, given names, surnames.

Each function gives pairs: a bearer of a shorter name, and the bearers of longer ones with what the names alone say.
Who it is among them, if anybody, is decided by everything that the reports say (``likeness``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.join.who.bearers import Bearer, Neighbourhood, beginnings, is_full
from onrecord.join.who.likeness import Found
from onrecord.names import (
    PARTICLES,
    fold,
    initials,
    is_public_body,
    is_written_as_acronym,
    long_forms,
    same_given,
    stem,
)
from onrecord.record import Id, Kind, Reason

# With how many bearers of longer names one shorter name is compared.
RIVALS = 24
LONG_ACRONYM, SHORT_ACRONYM = 0.6, 0.45
FIRM, LOCAL = 0.5, 0.45
MIDDLE_NAME, INITIAL, SHORT_FORM = 0.7, 0.5, 0.55
SURNAME, ONLY_BEARER, ANOTHER_KIND = 0.5, 0.04, 0.35
# The only bearer of a surname counts as known when this many reports name him.
KNOWN = 3

Longer = tuple[Bearer, Found]
Pair = tuple[Bearer, list[Longer]]
Given = tuple[str, ...]
_Known = tuple[Given, Bearer]


def acronyms(bodies: Sequence[Bearer]) -> Iterator[Pair]:
    """Acronyms, each with the bodies whose initials it has."""
    index: dict[str, list[Bearer]] = defaultdict(list)
    for body in bodies:
        for letters in {form for key in body.keys if is_full(key) for form in _initials(key)}:
            index[letters].append(body)
    for body in bodies:
        written = min((e.name for e in body.entities.values() if is_written_as_acronym(e.name)), default="")
        letters = fold(written)
        longer = index.get(letters, [])[:RIVALS]
        if longer and not any(map(is_full, body.keys)):
            base = LONG_ACRONYM if len(letters) > 2 else SHORT_ACRONYM
            yield body, [(b, (base, _because("initials", f"{written} are the initials of {_name(b)}"))) for b in longer]


def _initials(key: str) -> set[str]:
    return {initials(key), "".join(word[0] for word in key.split())} if key[0] == key[0].casefold() else set()


def firms(bodies: Iterable[Bearer]) -> Iterator[Pair]:
    """Firms, each with those of the same stem that say more of what they do; the fullest names first."""
    groups: dict[str, list[tuple[str, Bearer]]] = defaultdict(list)
    for body in bodies:
        if body.kind is not Kind.PLACE:
            for key in body.keys:
                groups[stem(key)].append((key, body))
    for begin, group in sorted(groups.items()):
        if len({key for key, _ in group}) > 1 and not is_public_body(begin):
            group.sort(key=lambda pair: (-len(pair[0]), pair[0], pair[1].id))
            yield from _shorter_to_longer(group)


def _shorter_to_longer(group: Sequence[tuple[str, Bearer]]) -> Iterator[Pair]:
    for n, (key, body) in enumerate(group):
        longer = [b for other, b in group[:n] if other != key][:RIVALS]
        if longer:
            yield body, [(b, (FIRM, _because("firm", f"{_name(body)} may be short for {_name(b)}"))) for b in longer]


def local_bodies(bodies: Sequence[Bearer], towns: frozenset[str]) -> Iterator[Pair]:
    """Bodies, each with those of the same name that say first where: "the Herald" and "the Velm Herald"."""
    index: dict[str, dict[Id, Bearer]] = defaultdict(dict)
    bodies = [body for body in bodies if body.kind is not Kind.PLACE]
    for body in bodies:
        for key in body.keys:
            for begin, rest in beginnings(key):
                if begin in towns or begin.isupper():
                    index[rest][body.id] = body
    for body in bodies:
        for key in sorted(key for key in body.keys if key in index):
            longer = [one for one in index[key].values() if one is not body][:RIVALS]
            yield body, [(b, (LOCAL, _because("local", f"{_name(body)} may be short for {_name(b)}"))) for b in longer]


def fuller_names(people: Iterable[Bearer]) -> Iterator[Pair]:
    """People with a given name, each with those of the same surname who have more of it; the fullest first."""
    groups: dict[str, list[_Known]] = defaultdict(list)
    for person in people:
        for key in person.keys:
            if is_full(key):
                *given, last = (word for word in key.split() if word not in PARTICLES or key.endswith(word))
                groups[last].append((tuple(given), person))
    for _, group in sorted(groups.items()):
        if len({given for given, _ in group}) > 1:
            group.sort(key=lambda known: (-len(known[0]), -sum(map(len, known[0])), known[0], known[1].id))
            yield from _fewer_to_more([known for known in group if known[0]])


def _fewer_to_more(group: Sequence[_Known]) -> Iterator[Pair]:
    """``fuller`` holds those before, by given name, by what that is short for, and by its letter."""
    fuller: dict[str, list[_Known]] = defaultdict(list)
    for given, person in group:
        name = given[0]
        asked = (f"{name}*",) if len(name) == 1 else (name, *long_forms(name), name[0])
        before = [known for word in asked for known in fuller.get(word, ())[:RIVALS]]
        longer = [(one, found) for other, one in before if (found := _given_names(given, other, person, one))]
        if longer:
            yield person, longer
        for word in {name, *long_forms(name), f"{name[0]}*"}:
            fuller[word].append((given, person))


def _given_names(fewer: Given, more: Given, short: Bearer, longer: Bearer) -> Found | None:
    """What two lists of given names say of their bearers being one; None if they cannot be, or are the same."""
    if fewer == more:
        return None
    if same_given(fewer, more):
        base = MIDDLE_NAME if fewer[0] == more[0] else INITIAL
        return base, _because("given-names", f"{_name(short)} may be short for {_name(longer)}")
    if {fewer[0], *long_forms(fewer[0])} & {more[0], *long_forms(more[0])} and same_given(fewer[1:], more[1:]):
        return SHORT_FORM, _because("short-form", f"{fewer[0].title()} may be short for {more[0].title()}")
    return None


def lone_surnames(people: Sequence[Bearer], bodies: Iterable[Bearer], around: Neighbourhood) -> Iterator[Pair]:
    """Surnames alone, each with all who have that surname and a given name; if nobody has, with firms of that name.

    Where a report names both, and did not take them for one, it is not for others to say so.
    """
    full: dict[str, list[Bearer]] = defaultdict(list)
    for person in people:
        for last in {key.rpartition(" ")[2] for key in person.keys if is_full(key)}:
            full[last].append(person)
    firms_: dict[str, list[Bearer]] = defaultdict(list)
    for body in bodies:
        for key in body.keys:
            firms_[key].append(body)
    near = _Near(around)
    for person in people:
        if not any(map(is_full, person.keys)):
            last = person.key
            if known := full.get(last, []):
                chosen = near.of(person, last, known)
                if all(one.reports.isdisjoint(person.reports) for one in chosen):
                    yield person, [(one, _surname(person, one, len(known) == 1)) for one in chosen]
            elif same := firms_.get(last, []):
                note = f"a report may have taken {_name(person)} for a person"
                yield person, [(one, (ANOTHER_KIND, _because("kind", note))) for one in same[:RIVALS]]


def _surname(short: Bearer, longer: Bearer, only: bool) -> Found:
    known = only and len(longer.reports) >= KNOWN
    who = f"{_name(longer)}, the only bearer of that surname in the case" if only else _name(longer)
    return SURNAME + ONLY_BEARER * known, _because("surname", f"{_name(short)} may be {who}")


class _Near:
    """Finds among very many bearers of one surname those who stand beside the same rare names."""

    def __init__(self, around: Neighbourhood) -> None:
        self._around = around
        self._beside: dict[str, dict[str, list[Bearer]]] = {}

    def of(self, short: Bearer, last: str, bearers: Sequence[Bearer]) -> Sequence[Bearer]:
        """All bearers if they are few, else the nearest."""
        if len(bearers) <= RIVALS:
            return bearers
        if last not in self._beside:
            self._beside[last] = defaultdict(list)
            for bearer in bearers:
                for key in bearer.beside:
                    self._beside[last][key].append(bearer)
        index = self._beside[last]
        shared = sorted((key for key in short.beside if key in index), key=lambda key: (len(index[key]), key))
        found = {bearer.id: bearer for key in shared[:RIVALS] for bearer in index[key][:RIVALS]}
        return list(found.values())[:RIVALS]


def _name(bearer: Bearer) -> str:
    return bearer.entities[bearer.first].name


def _because(rule: str, note: str) -> Reason:
    return Reason(f"same-entity.{rule}", note)
