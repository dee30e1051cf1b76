"""How like two bearers of one name are: what speaks for one bearer, what for two, beside the name itself.

Each finding adds to or takes from the score that the names alone would give, and says why in words. The weights were
set on MEANTIME gm and on sentences of our own; a join needs ``ENOUGH``, and a lead of ``MARGIN`` over the next best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import cos, hypot, radians

from onrecord.join.who.bearers import Bearer, Neighbourhood
from onrecord.names import SMALL_WORDS, is_acronym, is_public_body
from onrecord.record import Kind, Location, Reason

ENOUGH, MARGIN = 0.55, 0.1
# A rule is never as sure as a person.
MOST = 0.99
# What the names alone give: several words, one word, one word with two kinds, the name of a body that all states have.
SAME_NAME = 0.8
SAME_WORD = 0.75
SAME_WORD_OTHER_KIND = 0.45
PUBLIC_BODY = 0.5
LONE_SURNAME = 0.45
# Two places of one name further apart than this are two; in kilometres.
FAR = 60.0
# Beside fewer than this, nothing follows from having no company in common.
SOME = 3

Found = tuple[float, Reason]


def may_be_one(left: Bearer, right: Bearer) -> bool:
    """Whether nothing forbids it: nobody is a person and a place, father and son, or decided to be another."""
    for one, other in ((left, right), (right, left)):
        if Kind.PERSON in one.kinds and Kind.PLACE in other.kinds:
            return False
        if one.apart and not one.apart.isdisjoint(other.ids):
            return False
    if left.generations and right.generations and left.generations.isdisjoint(right.generations):
        return False
    return not (left.spots and right.spots) or any(near(a, b) for a in left.spots for b in right.spots)


def near(left: Location, right: Location) -> bool:
    """Whether two places may be the same one: the same country, and as points not far from each other."""
    if left.country != right.country:
        return False
    if left.precision == right.precision == "country":
        return True
    if "country" in (left.precision, right.precision):
        return False
    east = (left.longitude - right.longitude) * cos(radians(left.latitude))
    return hypot(left.latitude - right.latitude, east) * 111.2 <= FAR


def namesakes(left: Bearer, right: Bearer, key: str) -> Found:
    """What it says that two are called the same."""
    both = {left.kind, right.kind}
    called = Reason("same-entity.name", f"both are called {_called(left, right, key)}")
    if left.spots and right.spots:
        other = Reason("same-entity.place", f"{_name(left)} and {_name(right)} are names of one place")
        return SAME_NAME, other if left.keys.keys().isdisjoint(right.keys) else called
    if both != {Kind.PERSON} and is_public_body(key):
        return PUBLIC_BODY, called
    if " " in key:
        return SAME_NAME - 0.05 * (len(both) > 1), called
    if both == {Kind.PERSON}:
        return LONE_SURNAME, called
    return (SAME_WORD if len(both) == 1 else SAME_WORD_OTHER_KIND), called


def _name(bearer: Bearer) -> str:
    return bearer.entities[bearer.first].name


def _called(left: Bearer, right: Bearer, key: str) -> str:
    names = (entity.name for bearer in (left, right) for entity in bearer.entities.values())
    return next((name for name in names if name.casefold().endswith(key)), _name(left))


def compare(left: Bearer, right: Bearer, base: Found, around: Neighbourhood) -> tuple[float, tuple[Reason, ...]]:
    """The score of two bearers being one, from 0 to ``MOST``, and the reasons, what counts against it among them."""
    found = [base, *_company(left, right, around)]
    if Kind.PERSON in (left.kind, right.kind):
        found += _roles(left, right, around)
    found += _countries(left, right)
    score = sum(weight for weight, _ in found)
    return round(min(MOST, max(0.0, score)), 2), tuple(reason for _, reason in found)


def company(left: Bearer, right: Bearer, around: Neighbourhood) -> tuple[float, list[str]]:
    """How much the others say who stand beside both, and who they are, the rarest first. Nothing within one report."""
    if not left.reports.isdisjoint(right.reports):
        return 0.0, []
    small, large = sorted((left.beside, right.beside), key=len)
    own = left.keys.keys() | right.keys.keys()
    last = {key.rpartition(" ")[2] for key in own}
    both = [key for key in small if key in large and key not in own and key.rpartition(" ")[2] not in last]
    parts = {key.rpartition(" ")[2] for key in both if " " in key}
    shared = [key for key in both if key not in parts]
    shared.sort(key=lambda key: (-around.share(key), key))
    people = sum(around.share(key) for key in shared if key not in around.places)
    places = sum(around.share(key) for key in shared if key in around.places)
    return 0.25 * min(1.0, people) + 0.08 * min(1.0, places), shared


def _company(left: Bearer, right: Bearer, around: Neighbourhood) -> Iterator[Found]:
    weight, shared = company(left, right, around)
    if not left.reports.isdisjoint(right.reports):
        if Kind.PERSON not in (left.kind, right.kind):
            yield 0.1, Reason("same-entity.company", "one report names both", weight=0.2)
    elif shared:
        names = _listed(around.shown.get(key, key) for key in shared[:3])
        note = f"beside both stand{'s' if len(shared) == 1 else ''} {names}"
        yield weight, Reason("same-entity.company", note, weight=min(1.0, 2 * weight))
    elif min(left.crowd, right.crowd) > SOME:
        yield -0.15, _against("company", "nobody and no place stands beside both")


def _roles(left: Bearer, right: Bearer, around: Neighbourhood) -> Iterator[Found]:
    """Offices and "he" or "she"."""
    if left.gender and right.gender and left.gender != right.gender:
        yield -0.5, _against("gender", f"one is called {left.gender}, the other {right.gender}")
    if not ((left.roles or left.called) and (right.roles or right.called)):
        return
    bodies = {body for _, body in left.roles if body} & {body for _, body in right.roles if body}
    titles = _shared_titles(left, right)
    if bodies:
        at = _listed(around.shown.get(body, body) for body in sorted(bodies)[:2])
        yield 0.2, Reason("same-entity.role", f"both have an office at {at}")
    elif titles and (_open_body(left, right) or not (left.roles and right.roles)):
        yield 0.15, Reason("same-entity.role", f"both are {_listed(sorted(titles)[:2])}")
    elif titles:
        yield -0.3, _against("role", f"each is {min(titles)} of another body")
    else:
        ones, others = (_listed(sorted(_titles(bearer))[:2]) for bearer in (left, right))
        yield -0.35, _against("role", f"one is {ones}, the other {others}")


def _titles(bearer: Bearer) -> set[str]:
    return {title for title, _ in bearer.roles} | bearer.called


def _shared_titles(left: Bearer, right: Bearer) -> set[str]:
    """The titles of the first that go with one of the second: a minister with a finance minister, a CEO in full."""
    theirs = _titles(right)
    spoken = {word for title in theirs for word in title.split() if word not in SMALL_WORDS}
    return {
        title
        for title in _titles(left)
        if not spoken.isdisjoint(title.split())
        or any(is_acronym(*pair) for other in theirs for pair in _both(title, other))
    }


def _both(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _open_body(left: Bearer, right: Bearer) -> bool:
    """Whether one of the two holds an office at a body that is not told."""
    return any("" in {body for _, body in bearer.roles} for bearer in (left, right))


def _countries(left: Bearer, right: Bearer) -> Iterator[Found]:
    if left.spots and right.spots:
        yield 0.15, Reason("same-entity.place", "both are the same point on the map")
    elif left.countries and right.countries:
        both = sorted(left.countries & right.countries)
        if both:
            yield 0.1, Reason("same-entity.country", f"both belong to {_listed(both)}")
        else:
            ones, others = (_listed(sorted(bearer.countries)) for bearer in (left, right))
            yield -0.4, _against("country", f"one belongs to {ones}, the other to {others}")
    elif left.world and right.world and left.world.isdisjoint(right.world):
        ones, others = (_listed(sorted(bearer.world)[:3]) for bearer in (left, right))
        yield -0.15, _against("world", f"one report is about {ones}, the other about {others}")


def _against(what: str, note: str) -> Reason:
    return Reason(f"same-entity.against-{what}", f"against it: {note}", weight=0.0)


def _listed(names: Iterable[str]) -> str:
    told = list(names)
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
