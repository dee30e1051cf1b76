"""The account as a graph: entities and happenings, and what ties them; GraphML and GEXF write it.

Who takes part in a happening, who says that it happened, where it was, who holds an office of whom, who said something
to whom. A tie to a happening carries its status: no edge makes a fact of what is denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.export.account_json import interval_json
from onrecord.export.citations import one_line
from onrecord.export.days import when_in_words
from onrecord.export.resolved import Resolved
from onrecord.export.told import Told, roles_of, told
from onrecord.record import Entity, Id, Reading, Role, TimeInterval, make_id

Cell = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Node:
    """An entity or a happening. ``when`` is the stretch of time in which a happening lies."""

    id: Id
    label: str
    when: TimeInterval | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie from one node to another; ``kind`` is what the first is to the second."""

    id: Id
    left: Id
    right: Id
    kind: str
    when: TimeInterval | None
    cells: dict[str, Cell]


# Every column of nodes and of edges, and its type; an unknown cell is left out.
NODE_COLUMNS = {
    "kind": str, "named": bool, "roles": str, "country": str, "reports": int, "mentions": int, "type": str,
    "status": str, "disputed": bool, "disputed_on": str, "voices": int, "unnamed_only": bool, "according_to": str,
    "earliest": str, "latest": str, "date_inferred": bool, "days": str,
}  # fmt: skip
EDGE_COLUMNS = {
    "kind": str, "status": str, "certainty": int, "score": float, "title": str, "former": bool, "stance": str,
    "report": str, "earliest": str, "latest": str, "date_inferred": bool, "days": str,
}  # fmt: skip


def nodes(resolved: Resolved) -> Iterator[Node]:
    """Every entity, then every happening."""
    roles = roles_of(resolved)
    for entity in resolved.entities.values():
        yield _entity(entity, roles.get(entity.id, ()), resolved.reports[entity.id])
    for happening in told(resolved):
        yield _happening(happening)


def edges(resolved: Resolved) -> Iterator[Edge]:
    """Every tie between nodes, each once."""
    seen: set[Id] = set()
    known = {*resolved.entities, *(happening.id for happening in resolved.account.happenings)}
    for edge in _all(resolved):
        if edge.id not in seen and edge.left in known and edge.right in known:
            seen.add(edge.id)
            yield edge


def _all(resolved: Resolved) -> Iterator[Edge]:
    scores = {s.id: s.score for reading in resolved.readings for s in reading.statements if not s.negated}
    for happening in told(resolved):
        yield from _parts(happening)
        yield from _sayings(happening, scores)
    for reading in resolved.readings:
        yield from _roles(reading)
        yield from _addressed(reading)


def _known(cells: Mapping[str, Cell | None]) -> dict[str, Cell]:
    return {name: value for name, value in cells.items() if value is not None and value != ""}


def _days(when: TimeInterval | None) -> dict[str, Cell | None]:
    shown = interval_json(when) or {}
    known = shown.get("earliest") or shown.get("latest")
    return {
        "earliest": shown.get("earliest"), "latest": shown.get("latest"), "days": when_in_words(when),
        "date_inferred": shown.get("inferred") if known else None,
    }  # fmt: skip


def _entity(entity: Entity, roles: tuple[str, ...], reports: int) -> Node:
    cells = {
        "kind": entity.kind.value, "named": entity.named, "roles": "; ".join(roles), "country": entity.country,
        "reports": reports, "mentions": len(entity.mentions),
    }  # fmt: skip
    return Node(entity.id, one_line(entity.name), None, _known(cells))


def _happening(happening: Told) -> Node:
    of = happening.happening
    cells: dict[str, Cell | None] = {
        "kind": "happening", "type": of.type.value, "status": happening.status, "disputed": of.disputed,
        "disputed_on": "; ".join(of.disputed_on), "voices": of.voices, "unnamed_only": of.unnamed_only,
        "according_to": "; ".join(happening.voices), "reports": len(happening.reports), **_days(of.when),
    }  # fmt: skip
    return Node(of.id, happening.line, of.when, _known(cells))


def _edge(left: Id, right: Id, kind: str, when: TimeInterval | None, **cells: Cell | None) -> Edge:
    """An edge; two with the same ends, kind and cells are one."""
    known = _known({"kind": kind, **cells, **_days(when)})
    return Edge(make_id("x", left, right, *known.items()), left, right, kind, when, known)


def _parts(happening: Told) -> Iterator[Edge]:
    """Who takes part, as what; and where it was."""
    of = happening.happening
    parts = [(id_, "actor") for id_ in of.actors] + [(id_, "recipient") for id_ in of.recipients]
    for telling in happening.tellings:
        parts += [(p.entity, p.part) for p in telling.event.participants if p.part not in {"actor", "recipient"}]
    for entity, part in dict.fromkeys(parts):
        yield _edge(entity, of.id, part, of.when, status=happening.status)
    if of.where is not None:
        yield _edge(of.id, of.where, "where", of.when, status=happening.status)


def _sayings(happening: Told, scores: Mapping[Id, float]) -> Iterator[Edge]:
    """Who says that it happened, or did not: the status is that of their words."""
    for telling in happening.tellings:
        for voice in telling.event.voices:
            if voice.source is not None and (voice.statement is None or voice.statement in scores):
                yield _edge(
                    voice.source, happening.happening.id, "said", None, status=voice.status.value,
                    certainty=voice.certainty, score=scores.get(voice.statement or ""),
                    report=telling.reading.document.id,
                )  # fmt: skip


def _roles(reading: Reading) -> Iterator[Edge]:
    means = {mention.id: mention.means for mention in reading.mentions}
    for role in reading.roles:
        holder, of = means.get(role.holder), means.get(role.of or "")
        if holder is not None and of is not None:
            yield _role(role, holder, of, reading)


def _role(role: Role, holder: Id, of: Id, reading: Reading) -> Edge:
    title = one_line(role.title)
    return _edge(holder, of, "role of", role.during, title=title, former=role.former, report=reading.document.id)


def _addressed(reading: Reading) -> Iterator[Edge]:
    """Who said something to whom."""
    for statement in reading.statements:
        if statement.addressee is not None and not statement.negated and not statement.hypothetical:
            for source in dict.fromkeys((statement.source.entity, *statement.source.joint)):
                if source is not None:
                    yield _edge(
                        source, statement.addressee, "said to", statement.when, stance=statement.stance.value,
                        score=statement.score, report=reading.document.id,
                    )  # fmt: skip
