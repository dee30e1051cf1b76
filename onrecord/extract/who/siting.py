"""Whether a name stands where places stand, and the gazetteer knows a place of that name: a witness for its kind.

"From Tarsk to Orlo", "in Tarsk, Kenya", "a raid near Tarsk" are about places; so the pipeline's label, which takes many
a town abroad for a person or a body, need not be believed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse
from onrecord.gazetteer import CITY, COUNTRY, Bearer, load_gazetteer
from onrecord.record import Kind, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Before a place and hardly before anybody else; before a place and before somebody.
AT = frozenset({"in", "into", "near", "outside", "across", "throughout", "through", "around", "toward", "towards"})
WHERE = frozenset({"from", "to", "of", "between", "for", "at", "above", "off", "over", "via", "on"})
# What is done "in" or "through" somebody.
HAS_PART = frozenset({"believe", "confidence", "faith", "interest", "invest", "role", "share", "stake", "trust"})
SURE, LIKELY = 3.0, 1.6
LONGEST = 4  # words of a name
# Inhabitants: a smaller place is no witness.
LEAST, LEAST_OTHER = 50_000, 300_000


def place_votes(parse: Parse, start: int, end: int) -> Iterator[tuple[Kind, float, Reason]]:
    """A vote that a name is a place, if one of this name is known and the name stands where places do."""
    doc = parse.doc
    name = str(doc[start:end].text)
    inside = _lies_in_what_follows(doc, name, end)
    weight = SURE if inside else _standing(doc, start, end)
    if weight and (inside or _known(name)):
        yield Kind.PLACE, weight, Reason("places.known", name, parse.span(doc[start:end]), 0.7)


def _known(name: str) -> bool:
    return any(_tells(bearer) for bearer in load_gazetteer().named(name))


def _tells(bearer: Bearer) -> bool:
    place = bearer.place
    if place.level != CITY:
        return bearer.own or place.level == COUNTRY or place.population >= LEAST_OTHER
    return place.population >= (LEAST if bearer.own else LEAST_OTHER)


def _standing(doc: Doc, start: int, end: int) -> float:
    """How much where a name stands speaks for a place; nothing if it owns something."""
    if not start or (end < len(doc) and doc[end].tag_ == "POS"):
        return 0.0
    before = doc[start - 1]
    if before.lower_ in AT and before.head.lemma_ not in HAS_PART:
        return SURE
    if before.lower_ in WHERE or (before.lower_ in {"and", "or", ","} and _known_before(doc, start - 1)):
        return LIKELY
    return 0.0


def _lies_in_what_follows(doc: Doc, name: str, end: int) -> bool:
    """Whether behind a comma a country or subdivision follows that holds a place of this name: "Tarsk, Kenya"."""
    if end + 1 >= len(doc) or doc[end].text != "," or not doc[end + 1].text[:1].isupper():
        return False
    gazetteer = load_gazetteer()
    places = [bearer.place for bearer in gazetteer.named(name)]
    return any(
        bearer.place.holds(place)
        for beyond in range(end + 2, min(end + 1 + LONGEST, len(doc)) + 1)
        for bearer in gazetteer.named(str(doc[end + 1 : beyond].text))
        for place in places
    )


def _known_before(doc: Doc, i: int) -> bool:
    """Whether a known place that stands where places do comes right before an "and" or a comma."""
    for start in range(i - 1, max(i - LONGEST, 0), -1):
        if doc[start].text[:1].isupper() and doc[start - 1].lower_ in AT | WHERE:
            return _known(str(doc[start:i].text))
    return False
