"""What the tellings of one happening differ on, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.export.citations import Citation, Tellings, cite, cite_voice
from onrecord.export.comparisons import Comparison, is_change, is_conflict
from onrecord.record import Happening, Id, Status

# The field of a dispute over whether it happened at all.
WHETHER = "status"
SAYS_SO = frozenset({Status.HAPPENED})
SAYS_NOT = frozenset({Status.DENIED, Status.DID_NOT_HAPPEN})


@dataclass(frozen=True, slots=True)
class Dispute:
    """What some tellings of a happening contradict others on (a field of a link), and each side in its own words.

    Sides are in order of publication; where it is disputed whether it happened, those who say so stand first.
    """

    field: str
    sides: tuple[Citation, ...]


def by_row(compared: Sequence[Comparison]) -> Mapping[Id, Sequence[Comparison]]:
    """The comparisons in which each event, or each report as a whole, takes part."""
    found: dict[Id, list[Comparison]] = {}
    for one in compared:
        for row in dict.fromkeys((one.left.row, one.right.row)):
            found.setdefault(row, []).append(one)
    return found


def disputes(happening: Happening, compared: Sequence[Comparison], told: Tellings) -> tuple[Dispute, ...]:
    """What is disputed about a happening; ``compared`` are the comparisons in which its tellings take part."""
    sides: dict[str, list[Citation]] = {field: [] for field in happening.disputed_on}
    for one in filter(is_conflict, compared):
        sides.setdefault(one.field or WHETHER, []).extend((one.left, one.right))
    if WHETHER in sides or (happening.disputed and not sides):
        known = sides.setdefault(WHETHER, [])
        told_already = {(side.report, side.says, side.status) for side in known}
        known += [
            side for side in _voices(happening, told) if (side.report, side.says, side.status) not in told_already
        ]
    return tuple(Dispute(field, tuple(sorted(dict.fromkeys(found), key=_order))) for field, found in sides.items())


def _order(side: Citation) -> tuple[bool, date]:
    return side.status in SAYS_NOT, side.day


def _voices(happening: Happening, told: Tellings) -> list[Citation]:
    """The voices that say it happened and those that deny it; none unless there are both."""
    found = list(dict.fromkeys(_sides(happening, told)))
    statuses = {side.status for side in found}
    return found if statuses & SAYS_SO and statuses & SAYS_NOT else []


def _sides(happening: Happening, told: Tellings) -> Iterator[Citation]:
    for id_ in happening.told_in:
        for voice in told.events[id_][0].voices:
            statement = told.statements.get(voice.statement or "")
            if voice.status in SAYS_SO | SAYS_NOT and not (statement and statement.negated):
                yield cite_voice(id_, voice, told)


def changes(happening: Happening, compared: Sequence[Comparison], told: Tellings) -> tuple[Comparison, ...]:
    """How a happening was told otherwise later: its updates, and the corrections of words that tell it."""
    clauses = [cite(id_, (), told) for id_ in happening.told_in]
    return tuple(
        one
        for one in dict.fromkeys(compared)
        if is_change(one)
        and (not one.of_reports or any(_overlap(side, clause) for side in (one.left, one.right) for clause in clauses))
    )


def _overlap(one: Citation, other: Citation) -> bool:
    return one.report == other.report and any(a.overlaps(b) for a in one.spans for b in other.spans)
