"""What people decided about entities: same, different, rename, kind; and which decisions cannot stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import BadDecision
from onrecord.record import Decision, Entity, Id, Kind, Reason

VERBS = ("same", "different", "rename", "kind")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Decided:
    """The standing decisions about entities, by verb, in the order in which they were made."""

    same: tuple[Decision, ...] = ()
    different: tuple[Decision, ...] = ()
    rename: tuple[Decision, ...] = ()
    kind: tuple[Decision, ...] = ()

    def of(self, verb: str, ids: Iterable[Id]) -> Decision | None:
        """The decision to rename the bearer of these ids, or on its kind: the latest, should there be several."""
        held = frozenset(ids)
        made = self.rename if verb == "rename" else self.kind
        return next((decision for decision in reversed(made) if decision.left in held), None)


def decided(decisions: Sequence[Decision]) -> Decided:
    """The decisions about entities that stand: undone ones count for nothing."""
    standing = [decision for decision in decisions if decision.about == "entity" and decision.undone_at is None]
    return Decided(*(tuple(decision for decision in standing if decision.verb == verb) for verb in VERBS))


def because(decision: Decision) -> Reason:
    """A decision as a reason."""
    what = {"same": "these are the same", "rename": f"it is called {decision.value}", "kind": f"it is {decision.value}"}
    note = f": {decision.note}" if decision.note else ""
    who = decision.by or "somebody"
    return Reason(f"decision.{decision.verb}", f"{who} decided {what[decision.verb]} ({decision.id}){note}")


# ------------------------------------------------------------------------------------------------ before it is made


def value_of(verb: str, words: str) -> str:
    """What is to be decided, in one line. Raises BadDecision for an unknown verb and for words that it cannot take."""
    if verb not in VERBS:
        raise BadDecision(f"no verb {verb!r} for an entity; there are {', '.join(VERBS)}")
    line = " ".join(words.split())
    if verb == "rename" and not (any(map(str.isalnum, line)) and line.isprintable() and len(line) <= LONGEST_NAME):
        raise BadDecision(f"rename: {line[:40]!r} is no name; write one of at most {LONGEST_NAME} characters")
    if verb == "kind" and line not in set(Kind):
        raise BadDecision(f"kind: there is no kind {line!r}; there are {', '.join(Kind)}")
    if not line:
        raise BadDecision(f"{verb}: say which other entity, by its id")
    return line


def refusal(new: Decision, decisions: Sequence[Decision], entities: Iterable[Entity]) -> str:
    """Why a decision cannot be made beside those that stand; empty if it can. ``entities``: as they are joined now."""
    said = decided(decisions)
    held = {member: entity for entity in entities for member in entity.members}
    left, right = held.get(new.left), held.get(new.right or "")
    if left is None:
        return f"{new.left} is no entity of the case"
    if new.verb in {"rename", "kind"}:
        before = said.of(new.verb, left.members)
        return f"{before.id} decided that already ({before.value}); {undo_first(before)}" if before is not None else ""
    if right is None:
        return f"{new.right} is no entity of the case"
    if new.left == new.right:
        return f"{new.left} is the same as itself"
    twin = _on_pair(getattr(said, new.verb), new)
    if twin is not None:
        return f"{twin.id} decided that already"
    return _against_same(new, said, left, right) if new.verb == "same" else _against_different(new, said)


def _on_pair(made: Iterable[Decision], new: Decision) -> Decision | None:
    pair = {new.left, new.right}
    return next((decision for decision in made if {decision.left, decision.right} == pair), None)


def _against_same(new: Decision, said: Decided, left: Entity, right: Entity) -> str:
    ties = Ties(_pairs((*said.same, new)))
    for decision in said.different:
        if ties.end(decision.left) == ties.end(decision.right or ""):
            return (
                f"{decision.id} decided that {decision.left} and {decision.right} are different; {undo_first(decision)}"
            )
    for verb in ("rename", "kind"):
        one, other = said.of(verb, left.members), said.of(verb, right.members)
        if one is not None and other is not None and one.value != other.value:
            return f"{one.id} says {one.value} and {other.id} says {other.value}; {undo_first(one)}"
    if {left.kind, right.kind} == {Kind.PERSON, Kind.PLACE}:
        return (
            f"{left.name} is a {left.kind} and {right.name} a {right.kind}; "
            "if one of these is wrong, decide its kind first"
        )
    return ""


def _against_different(new: Decision, said: Decided) -> str:
    ties = Ties(_pairs(said.same))
    if ties.end(new.left) != ties.end(new.right or ""):
        return ""
    chain = [decision for decision in said.same if ties.end(decision.left) == ties.end(new.left)]
    ids = ", ".join(decision.id for decision in chain)
    return f"{ids} decided that {new.left} and {new.right} are the same; {undo_first(chain[0])}"


def _pairs(same: Iterable[Decision]) -> Iterator[tuple[Id, Id]]:
    return ((decision.left, decision.right or "") for decision in same)


def undo_first(decision: Decision) -> str:
    """What to do about a decision that stands in the way."""
    return f"take that back first: onrecord undo CASE {decision.id}"


class Ties:
    """Which of many are the same by decisions alone: ``same`` are the pairs."""

    def __init__(self, same: Iterable[tuple[Id, Id]]) -> None:
        self._up: dict[Id, Id] = {}
        for left, right in same:
            one, other = self.end(left), self.end(right)
            if one != other:
                self._up[one] = other

    def end(self, id_: Id) -> Id:
        """One of them that is the same for all."""
        while id_ in self._up:
            id_ = self._up[id_]
        return id_


# ------------------------------------------------------------------------------------------------ after it was made


def not_honoured(
    decisions: Sequence[Decision], entities: Iterable[Entity], kinds: Mapping[Id, Kind]
) -> Iterator[tuple[Decision, str]]:
    """Standing decisions that do not hold in the entities as they were joined, and what is wrong.

    ``kinds``: those that the single reports give.
    """
    said = decided(decisions)
    held = {member: entity for entity in entities for member in entity.members}
    pairs = [(decision, held.get(decision.left), held.get(decision.right or "")) for decision in said.same]
    for decision, one, other in pairs:
        if one is not None and other is not None and one is not other:
            yield decision, f"{decision.left} and {decision.right} are not the same: another decision keeps them apart"
        elif one is not None and _person_and_place(one, kinds) and said.of("kind", one.members) is None:
            yield decision, f"it makes {one.name!r} a person and a place"
    for decision in said.different:
        one = held.get(decision.left)
        if one is not None and one is held.get(decision.right or ""):
            yield decision, f"{decision.left} and {decision.right} are one all the same"


def _person_and_place(entity: Entity, kinds: Mapping[Id, Kind]) -> bool:
    return {Kind.PERSON, Kind.PLACE} <= {kinds[member] for member in entity.members if member in kinds}
