"""A happening as its reports tell it: whether it took place, and whose word that is.

Formats without a field for either get both in words. What is not told as having happened never stands without that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.export.citations import one_line, source_in_words
from onrecord.export.resolved import Resolved
from onrecord.record import Event, Happening, Id, Reading, SourceKind, Status

# How a status is said in front of a line.
IN_WORDS: Mapping[Status, str] = {
    Status.HAPPENED: "happened",
    Status.DENIED: "denied",
    Status.DID_NOT_HAPPEN: "did not happen",
    Status.ATTEMPTED: "attempted",
    Status.PREVENTED: "prevented",
    Status.PLANNED: "planned",
    Status.THREATENED: "threatened",
    Status.REQUESTED: "requested",
    Status.REFUSED: "refused",
    Status.POSSIBLE: "possible",
    Status.HYPOTHETICAL: "hypothetical",
    Status.COUNTERFACTUAL: "contrary to fact",
    Status.UNCERTAIN: "uncertain",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of a happening. ``says`` is whose word it is, empty for the report's own."""

    event: Event
    reading: Reading
    says: str
    unnamed: bool

    @property
    def voice(self) -> str:
        """Whose word it is and which report has it: "“two officials” (unnamed), in The Ledger"."""
        where = outlet(self.reading)
        if not self.says:
            return where
        who = f"“{self.says}” (unnamed)" if self.unnamed else self.says
        return f"{who}, in {where}"


@dataclass(frozen=True, slots=True)
class Told:
    """A happening with its tellings, that of its line first, and the reports that tell it."""

    happening: Happening
    tellings: tuple[Telling, ...]
    reports: tuple[Reading, ...]

    @property
    def took_place(self) -> bool:
        """Whether it is told as having happened, be it disputed."""
        return self.happening.status is Status.HAPPENED and self.tellings[0].event.certainty >= 1

    @property
    def is_denied(self) -> bool:
        """Whether another voice disputes that it happened at all; so it is where nobody says on what it is disputed."""
        fields = self.happening.disputed_on
        return self.took_place and self.happening.disputed and ("status" in fields or not fields)

    @property
    def status(self) -> str:
        """Whether it took place, in a word or two."""
        if self.is_denied:
            return "disputed"
        if self.happening.status is Status.HAPPENED and not self.took_place:
            return IN_WORDS[Status.UNCERTAIN]
        return IN_WORDS[self.happening.status]

    @property
    def line(self) -> str:
        """Its line; "denied: ..." or the like in front of what did not, or may not have, happened."""
        words = one_line(self.happening.line)
        return words if self.took_place and not self.is_denied else f"{self.status}: {words}"

    @property
    def voices(self) -> tuple[str, ...]:
        """Whose word it is, each once."""
        return tuple(dict.fromkeys(telling.voice for telling in self.tellings))

    @property
    def dispute(self) -> str:
        """On what its reports contradict each other; empty if on nothing."""
        if not self.happening.disputed:
            return ""
        return "disputed" + (f" ({', '.join(self.happening.disputed_on)})" if self.happening.disputed_on else "")


def outlet(reading: Reading) -> str:
    """What to call a report's own voice: its outlet, else its file, else its id."""
    document = reading.document
    return one_line(document.outlet or document.origin or document.id)


def title(reading: Reading) -> str:
    """What to call a report: its title, else its first words."""
    document = reading.document
    return one_line(document.title) or one_line(document.text[:200])[:70] + " …"


def told(resolved: Resolved) -> Iterator[Told]:
    """Every happening, in the order of the account."""
    tellings = {t.event.id: t for reading in resolved.readings for t in _tellings(reading, resolved)}
    readings = {reading.document.id: reading for reading in resolved.readings}
    for happening in resolved.account.happenings:
        own = tuple(tellings[id_] for id_ in happening.told_in)
        ids = (*happening.reports, *(telling.reading.document.id for telling in own))
        yield Told(happening, own, tuple(readings[id_] for id_ in dict.fromkeys(ids) if id_ in readings))


def _tellings(reading: Reading, resolved: Resolved) -> Iterator[Telling]:
    statements = {statement.id: statement for statement in reading.statements if not statement.negated}
    for event in reading.events:
        said = statements.get(event.statement or "")
        unnamed = said is not None and said.source.kind is SourceKind.UNNAMED
        yield Telling(event, reading, source_in_words(said, reading, resolved) if said else "", unnamed)


def roles_of(resolved: Resolved) -> Mapping[Id, tuple[str, ...]]:
    """The roles of every entity, as the reports word them."""
    roles: dict[Id, dict[str, None]] = {}
    for reading in resolved.readings:
        means = {mention.id: mention.means for mention in reading.mentions}
        for role in reading.roles:
            holder = means.get(role.holder)
            if holder is not None:
                roles.setdefault(holder, {})[one_line(role.title)] = None
    return {id_: tuple(titles) for id_, titles in roles.items()}
