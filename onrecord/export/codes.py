"""CAMEO codes: the status of an event folded back into the type, where CAMEO has a code for that; else why it has none.

onrecord keeps act and status on two axes, CAMEO bakes them into one code: a planned meeting is 036, a refused one 125.
Only what a voice tells as having happened gets the code of a plain act. ``cameo-codes.csv`` is the table; nothing in it
can break that rule, for it is checked as it is loaded.

A folded code stands for the saying, not for the act that is spoken of: for the threat and not for the attack. So it has
the time and the place of the saying, and an appeal runs from who asks to who is asked. Where the report tells the
saying as an event of its own ("threatened"), the two are one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from onrecord.errors import BadRule
from onrecord.lexicon import Lexicon, Row, read_lexicon
from onrecord.record import Event, EventType, Id, Reading, Statement, Status, TimeInterval

TABLE = "cameo-codes"
NO_TYPE = frozenset({EventType.SAY, EventType.OTHER})
# What CAMEO can say of an act that did not happen (yet): that it is intended, threatened, refused, asked for.
FOLDED: Mapping[Status, frozenset[str]] = {
    Status.PLANNED: frozenset({"03", "13"}),
    Status.THREATENED: frozenset({"13"}),
    Status.REFUSED: frozenset({"12"}),
    Status.REQUESTED: frozenset({"02", "10"}),
}
# The types of the acts by which something is promised, asked for, refused or threatened.
OWN_SAYING: Mapping[Status, EventType] = {
    Status.PLANNED: EventType.AGREE,
    Status.REQUESTED: EventType.REQUEST,
    Status.REFUSED: EventType.REJECT,
    Status.THREATENED: EventType.THREATEN,
}
# Promising one of these is no intent to cooperate.
HOSTILE = frozenset({
    EventType.REJECT, EventType.THREATEN, EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE,
    EventType.ASSAULT,
})  # fmt: skip
# CAMEO's four classes by the last root of each: verbal and material cooperation, verbal and material conflict.
LAST_ROOTS = (5, 8, 13, 20)
APPEAL, DEMAND = "02", "10"
ORDER = "status.order"  # the rule that reads "Leave the port!": who speaks is who asks


class LeftOut(StrEnum):
    """Why an event has no row of CAMEO."""

    NO_TYPE = "no_type"
    NOT_DONE = "not_done"
    OPEN = "open"
    ATTEMPTED = "attempted"
    NO_CODE = "no_code"
    UNSAID = "unsaid"
    FORETOLD = "foretold"
    NO_COOPERATION = "no_cooperation"
    TOLD_BY_ACT = "told_by_act"


# In words that follow a number of events.
WHY: Mapping[LeftOut, str] = {
    LeftOut.NO_TYPE: "have no PLOVER type (SAY: something said; OTHER: an act that PLOVER does not know)",
    LeftOut.NOT_DONE: "did not happen, as they are told: denied, negated, prevented or counterfactual",
    LeftOut.OPEN: "are left open: possible, hypothetical or uncertain (also what somebody is accused of)",
    LeftOut.ATTEMPTED: "were attempted, and nothing says that they were done",
    LeftOut.NO_CODE: "are planned, threatened, refused or requested, of a kind for which CAMEO has no such code",
    LeftOut.UNSAID: "hang on a promise, request, refusal or threat that is not itself told as made",
    LeftOut.FORETOLD: "are violent plans that somebody tells of another, which need not be a threat of that other",
    LeftOut.NO_COOPERATION: "are promises of an act against somebody, which is no intent to cooperate",
    LeftOut.TOLD_BY_ACT: "are a promise, request, refusal or threat whose content has the row, with a more exact code",
}
UNTOLD: Mapping[Status, LeftOut] = {
    Status.DENIED: LeftOut.NOT_DONE,
    Status.DID_NOT_HAPPEN: LeftOut.NOT_DONE,
    Status.PREVENTED: LeftOut.NOT_DONE,
    Status.COUNTERFACTUAL: LeftOut.NOT_DONE,
    Status.POSSIBLE: LeftOut.OPEN,
    Status.HYPOTHETICAL: LeftOut.OPEN,
    Status.UNCERTAIN: LeftOut.OPEN,
    Status.ATTEMPTED: LeftOut.ATTEMPTED,
}


@dataclass(frozen=True, slots=True)
class Coded:
    """An event as CAMEO tells it: who does it to whom, when and where. ``means`` is the code in words."""

    code: str
    means: str
    sources: tuple[Id, ...]
    targets: tuple[Id, ...]
    when: TimeInterval | None
    where: Id | None

    @property
    def root(self) -> str:
        """The two digits of the cue category."""
        return self.code[:2]

    @property
    def quad(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return 1 + sum(int(self.root) > last for last in LAST_ROOTS)


def codes_of(reading: Reading) -> dict[Id, Coded | LeftOut]:
    """Every event of a report by its id: as CAMEO tells it, or why it does not."""
    statements = {statement.id: statement for statement in reading.statements}
    sayings = {event.id: _sayings(event, reading.events) for event in reading.events}
    coded = {
        event.id: _coded(event, sayings[event.id], statements.get(event.statement or "")) for event in reading.events
    }
    for event in reading.events:
        for saying in sayings[event.id][:1]:
            if isinstance(coded[saying.id], Coded):
                coded[saying.id] = _beside(event, coded[event.id], saying) or coded[saying.id]
    return coded


def _beside(event: Event, code: Coded | LeftOut, saying: Event) -> LeftOut | None:
    """Why a saying has no row beside that of what is said; None if it keeps its own."""
    if isinstance(code, Coded):
        return LeftOut.TOLD_BY_ACT
    against = saying.type is EventType.AGREE and event.type in HOSTILE
    return LeftOut.NO_COOPERATION if against else None


def _sayings(event: Event, events: Iterable[Event]) -> list[Event]:
    """The events by which another is promised, asked for, refused or threatened: their words give it its status.

    First the one that gives it the status it has: in "promised to ask the army to withdraw", the asking.
    """
    if event.status not in FOLDED or event.type in NO_TYPE:
        return []
    kinds = OWN_SAYING.values()
    found = [
        other
        for other in events
        if other.type in kinds
        and other.trigger != event.trigger
        and any(other.trigger.overlaps(cue) for cue in event.status_cues)
    ]
    return sorted(found, key=lambda other: other.type is not OWN_SAYING[event.status])


def _is_told_as_done(event: Event) -> bool:
    """Not even a "happened" that nobody vouches for is a plain act."""
    return event.status is Status.HAPPENED and event.certainty >= 1


def _is_foretold(event: Event, statement: Statement | None) -> bool:
    """Whether somebody else says that the actor will strike: "the rebels will attack, the mayor said"."""
    if event.status is not Status.PLANNED or event.type not in HOSTILE or statement is None:
        return False
    return not {statement.source.entity, *statement.source.joint} & set(event.with_part("actor"))


def _coded(event: Event, sayings: list[Event], statement: Statement | None) -> Coded | LeftOut:
    if event.type in NO_TYPE:
        return LeftOut.NO_TYPE
    if event.status in UNTOLD:
        return UNTOLD[event.status]
    if event.status is Status.HAPPENED and not _is_told_as_done(event):
        return LeftOut.OPEN
    row = row_for(event)
    if row is None:
        return LeftOut.NO_CODE
    if event.status is Status.HAPPENED:
        actors, recipients = _part(event, "actor"), _part(event, "recipient")
        return Coded(row["code"], row["means"], actors, recipients, event.when, event.where)
    if not all(_is_told_as_done(saying) for saying in sayings):
        return LeftOut.UNSAID
    if not sayings and _is_foretold(event, statement):
        return LeftOut.FORETOLD
    return _folded(event, row, sayings[0] if sayings else None, statement)


def _folded(event: Event, row: Row, saying: Event | None, statement: Statement | None) -> Coded:
    """The saying, with what is known of it: from the event that tells it, else from the statement around it."""
    when = saying.when if saying else statement.when if statement else None
    where = saying.where if saying else None
    if event.status is not Status.REQUESTED:
        sources = (_part(saying, "actor") if saying else ()) or _part(event, "actor")
        targets = _part(event, "recipient") or (_part(saying, "recipient") if saying else ())
        return Coded(row["code"], row["means"], sources, targets, when, where)
    asks, asked = _asked(event, saying, statement)
    if not _is_demand(event, saying):
        return Coded(row["code"], row["means"], asks, asked, when, where)
    means = row["means"].replace("make an appeal or request", "demand").replace("appeal", "demand", 1)
    return Coded(DEMAND + row["code"][2:], means, asks, asked, when, where)


def _asked(event: Event, saying: Event | None, statement: Statement | None) -> tuple[tuple[Id, ...], tuple[Id, ...]]:
    """Who asks whom. Empty where no event and no order tells: the actor may then be who asks, or who is asked."""
    if saying is not None:
        return _part(saying, "actor"), _part(saying, "recipient") or _part(event, "actor")
    if statement is None or not any(reason.rule == ORDER for reason in event.reasons):
        return (), ()
    source = statement.source
    asks = tuple(id_ for id_ in (source.entity, *source.joint) if id_ is not None)
    addressee = (statement.addressee,) if statement.addressee is not None else ()
    return asks, _part(event, "actor") or addressee


def _is_demand(event: Event, saying: Event | None) -> bool:
    """Whether the word that asks is one of demanding; of a word that no event has, the reason tells the lemma."""
    asking = [saying.predicate] if saying is not None else []
    asking += [reason.rule.partition("#")[2] for reason in event.reasons if reason.note == Status.REQUESTED.value]
    return any(words.split()[:1] and words.split()[0] in _demanding() for words in asking)


def _part(event: Event, part: str) -> tuple[Id, ...]:
    return tuple(dict.fromkeys(event.with_part(part)))


# ------------------------------------------------------------------------------------------------ the table


def row_for(event: Event) -> Row | None:
    """The row of the table that says most of what an event is; None if none fits."""
    rows = (*_rows(event.type.value, event.status), *_rows("any", event.status))
    fitting = [row for row in rows if _fits(row, event)]
    return max(fitting, key=_exactness, default=None)


def _fits(row: Row, event: Event) -> bool:
    modes = row.words("mode")
    return (
        (not modes or event.mode in modes)
        and set(row.words("context")) <= set(event.contexts)
        and row["predicate"] in {"", event.predicate}
    )


def _exactness(row: Row) -> tuple[bool, int, bool, bool]:
    return bool(row["predicate"]), len(row.words("context")), bool(row["mode"]), row["type"] != "any"


@cache
def _rows(type_: str, status: Status) -> tuple[Row, ...]:
    return tuple(row for row in table() if row["type"] == type_ and status.value in row.words("status"))


@cache
def _demanding() -> frozenset[str]:
    rows = (row for row in table() if row["type"] == EventType.REQUEST.value)
    return frozenset(row["predicate"] for row in rows if row["code"].startswith(DEMAND))


@cache
def table() -> Lexicon:
    """The table of codes. Raises BadRule, with file:line, for a row that would let an undone act pass for done."""
    read = read_lexicon(TABLE, resources.files("onrecord").joinpath("export", f"{TABLE}.csv").read_bytes())
    for fault in faults(read):
        raise BadRule(fault)
    return read


def faults(read: Lexicon) -> Iterator[str]:
    """What does not hold in a table of codes, each with file:line."""
    types = {kind.value for kind in EventType if kind not in NO_TYPE} | {"any"}
    for row in read:
        place = f"{read.name}.csv:{row.line}: "
        if not (row["code"].isdecimal() and 2 <= len(row["code"]) <= 4 and "01" <= row["code"][:2] <= "20"):
            yield f"{place}{row['code']!r} is no CAMEO code of two to four digits"
        if row["type"] not in types:
            yield f"{place}{row['type']!r} is no type of PLOVER"
        for status in row.words("status"):
            if status not in {Status.HAPPENED, *FOLDED}:
                yield f"{place}CAMEO cannot say {status!r}"
            elif status != Status.HAPPENED and row["code"][:2] not in FOLDED[Status(status)]:
                yield f"{place}{row['code']} would tell what is {status} as a plain act"
