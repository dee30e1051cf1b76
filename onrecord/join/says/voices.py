"""Voices: who tells an event, each counted once however many print it.

A report speaks with the voice of its outlet, and only of what it tells on its own account: what it gives as somebody's
word is that source's. A source with a name is one voice in all reports. A report that copies another speaks with the
voice of that one's outlet. Of unnamed sources nobody can tell whether those of two reports are the same people, so
only those of the report that has most of them are counted: the number is what there is at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.names import bare
from onrecord.record import Entity, Event, Id, Link, LinkKind, Reading, SourceKind, Span, Statement, Status


@dataclass(frozen=True, slots=True)
class Speaking:
    """One voice on one telling. ``key`` is the same for the same voice; ``named``: a source with a name, or an outlet.

    ``family``: the reports that are copies or versions of each other, by the id of one of them. ``words``: the cues of
    the status, else the event's own words. ``sourced``: it is somebody's word, not the outlet's own.
    """

    key: str
    named: bool
    family: Id
    report: Id
    event: Id
    status: Status
    certainty: int
    statement: Id | None
    words: tuple[Span, ...]

    @property
    def sourced(self) -> bool:
        """Whether it is somebody's word, not the outlet's own."""
        return not self.key.startswith(OUTLET)


OUTLET = "outlet "


class Speakers:
    """Who speaks in the readings of a case. ``joined``: the shared entity of each single one."""

    def __init__(
        self, readings: Sequence[Reading], entities: Iterable[Entity], joined: Mapping[Id, Id], links: Iterable[Link]
    ) -> None:
        self._joined = joined
        self._entities = {entity.id: entity for entity in entities}
        self._families = families(readings, links)
        originals = _originals(readings, self._families, links)
        self._own = {report: _outlet(reading) for report, reading in originals.items()}
        self._outlets = {bare(r.document.outlet): _outlet(r) for r in readings if bare(r.document.outlet)}
        self._statements = {s.id: s for reading in readings for s in reading.statements}

    def family(self, report: Id) -> Id:
        """The reports that this one is a copy or version of, by the id of one of them."""
        return self._families.get(report, report)

    def of(self, event: Event, report: Id) -> tuple[Speaking, ...]:
        """The voices on one telling: the sources of what is told as their word, else the report's own."""
        found = []
        for voice in event.voices:
            own = voice.source is None and voice.statement is None
            if own and (event.statement is not None or not voice.certainty):
                continue
            statement = self._statements.get(voice.statement or "")
            if statement is not None and statement.negated:
                continue
            key, named = (self._own[report], True) if own else self._source(statement, voice.source, report)
            # A second voice on the same words stands with what makes it another: "denied", "did not confirm".
            second = voice.statement != event.statement and voice.cues
            words = second or (event.clause or event.trigger,)
            what = (voice.status, voice.certainty, voice.statement, words)
            found.append(Speaking(key, named, self.family(report), report, event.id, *what))
        return tuple(found)

    def of_source(self, near: Speaking, source: Id) -> Speaking:
        """The voice of somebody whose word stands beside another's in one report, without a statement of its own."""
        key, named = self._source(None, source, near.report)
        return replace(near, key=key, named=named, statement=None)

    def _source(self, statement: Statement | None, source: Id | None, report: Id) -> tuple[str, bool]:
        """The key of a source, and whether it has a name. Whoever is left open is somebody unnamed of that report."""
        family = self.family(report)
        if source is None:
            return f"open {family} {statement.id if statement else ''}", False
        entity = self._entities.get(self._joined.get(source, source))
        unnamed = statement is not None and statement.source.kind is SourceKind.UNNAMED
        if entity is None or not entity.named or unnamed:
            return f"unnamed {family} {source}", False
        return self._outlets.get(bare(entity.name), entity.id), True


def count(speaking: Sequence[Speaking]) -> tuple[int, int]:
    """How many named and how many unnamed voices there are at least."""
    named = {voice.key for voice in speaking if voice.named}
    unnamed: dict[Id, set[str]] = {}
    for voice in speaking:
        if not voice.named:
            unnamed.setdefault(voice.family, set()).add(voice.key)
    return len(named), max(map(len, unnamed.values()), default=0)


def families(readings: Sequence[Reading], links: Iterable[Link]) -> Mapping[Id, Id]:
    """For each report the least id among its copies and versions."""
    up = {reading.document.id: reading.document.id for reading in readings}

    def top(report: Id) -> Id:
        while up[report] != report:
            report = up[report]
        return report

    for link in links:
        if _is_version(link) and link.left in up and link.right in up:
            one, other = sorted((top(link.left), top(link.right)))
            up[other] = one
    return {report: top(report) for report in up}


def _is_version(link: Link) -> bool:
    return link.kind in {LinkKind.COPIES, LinkKind.UPDATES} and link.field is None


def _originals(readings: Sequence[Reading], families_: Mapping[Id, Id], links: Iterable[Link]) -> Mapping[Id, Reading]:
    """For each report the one in its family that is no copy: its outlet's is the voice of all."""
    copies = {link.left for link in links if link.kind is LinkKind.COPIES and link.field is None}
    groups: dict[Id, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(families_[reading.document.id], []).append(reading)
    firsts = {
        family: min(group, key=lambda r: (r.document.id in copies, r.document.id)) for family, group in groups.items()
    }
    return {reading.document.id: firsts[families_[reading.document.id]] for reading in readings}


def _outlet(reading: Reading) -> str:
    return OUTLET + (bare(reading.document.outlet) or reading.document.id)
