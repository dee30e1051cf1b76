"""A case: many reports in one ``.onrecord`` file, and what one may do with them. The Python API.

Each report is stored in a transaction of its own: after a kill at any moment the case holds whole reports only.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from onrecord import __version__, joining
from onrecord.accounts import Item, Work, account_from, problem_of, receive
from onrecord.check import FINDINGS, Fault, check_bytes, check_joined, check_reading, check_words, title_of
from onrecord.engine import Lost, ReadWith, engine_named
from onrecord.errors import BadCase, BadDecision, BadInput, NotFound
from onrecord.join import (
    check_event_verb,
    event_of_happening,
    event_read_again,
    event_refusal,
    faults,
    firsts_of,
    from_other_reports,
    join_entities,
    read_again,
    refusal,
    value_of,
)
from onrecord.readers import MAX_CHARS
from onrecord.readers import read as read_bytes
from onrecord.readers.given import as_given, taken_back
from onrecord.readers.intake import storable
from onrecord.record import (
    Account,
    Decision,
    Document,
    Id,
    Made,
    Problem,
    Reading,
    Received,
    make_id,
)
from onrecord.store import queries, rows
from onrecord.store.casefile import CaseFile, create_case, open_case

ADDED, THERE, PROBLEM = "added", "there", "problem"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report: ``outcome`` is added, there (it was in the case already) or problem.

    ``problems`` are those of this report: of reading it in, or of single stages of an added one.
    """

    outcome: str
    report: Id
    title: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, the word for what it is, and the reading that it belongs to."""

    kind: str
    finding: object
    reading: Reading


class Case:
    """An open case file. A context manager.

    ``create``: make the file if there is none. Raises BadCase, with the cause, if the file cannot be opened or is no
    case. A case that may only be read is opened for reading; what writes then raises BadCase.
    """

    def __init__(self, path: Path | str, *, create: bool = True, work: Work | None = None) -> None:
        self.path = Path(path)
        self.new_problems: list[Problem] = []
        self._work: Work = work or ReadWith()
        self._file = self._open(create)

    def _open(self, create: bool) -> CaseFile:
        self._writes = True
        if create and not self.path.exists():
            return create_case(self.path)
        may_write = os.access(self.path, os.W_OK) and os.access(self.path.absolute().parent, os.W_OK)
        self._writes = create or may_write or not self.path.exists()
        return open_case(self.path, write=self._writes)

    def close(self) -> None:
        """Close the file; nothing is pending, every report was stored when it was read."""
        self._file.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------- adding

    def add(
        self,
        items: Iterable[Item],
        *,
        engine: str = "processes",
        workers: int | None = None,
        max_chars: int = MAX_CHARS,
    ) -> Iterator[Added]:
        """Read reports into the case, one result each, in their order; nothing happens until they are asked for.

        ``items`` are paths of files and folders, or what a reader received. What is there already is not read again.
        A file that cannot be read becomes a problem of the case, and the others go on. Raises BadCase if the case
        cannot be written; all reports whose result was given are then safe.
        """
        waiting: deque[Received | Added] = deque()
        documents = self._new_documents(receive(items, max_chars), waiting)
        for result in engine_named(engine)(self._work, documents, workers):
            yield from _ready(waiting)
            received = waiting.popleft()
            assert isinstance(received, Received)
            yield self._lost(result) if isinstance(result, Lost) else self._keep(received, *result)
        yield from _ready(waiting)

    def _new_documents(
        self, items: Iterable[Received | Problem], waiting: deque[Received | Added]
    ) -> Iterator[Document]:
        """The documents that are not in the case; of the others it is noted in ``waiting`` what became of them."""
        under_way = set[Id]()
        for item in items:
            if isinstance(item, Problem):
                self.new_problems.append(item)
                self.note_problems((item,))
                waiting.append(Added(PROBLEM, item.document, "", (item,)))
            elif item.document.id in under_way or queries.number_of(self._file, item.document.id) is not None:
                waiting.append(Added(THERE, item.document.id, title_of(item.document)))
            else:
                under_way.add(item.document.id)
                waiting.append(item)
                yield item.document

    def _keep(self, received: Received, reading: Reading, made: Made) -> Added:
        """Store one reading, unless another process has stored that report in the meantime."""
        document = received.document
        reading = without_twins(reading)
        with self._file.transaction():
            if queries.number_of(self._file, document.id) is not None:
                return Added(THERE, document.id, title_of(document))
            run = queries.add_run(self._file, made, _now())
            number = rows.add_report(self._file, reading, received.data, _now(), run)
            joining.arrive(self._file, number, reading)
            queries.unmove(self._file, [e.id for e in reading.entities] + [e.id for e in reading.events])
        self.new_problems += reading.problems
        return Added(ADDED, document.id, title_of(document), reading.problems)

    def _lost(self, lost: Lost) -> Added:
        problem = problem_of(lost)
        self.new_problems.append(problem)
        self.note_problems((problem,))
        return Added(PROBLEM, lost.item.id, title_of(lost.item), (problem,))

    def note_problems(self, problems: Iterable[Problem]) -> None:
        """Keep problems that came up before there was a report."""
        with self._file.transaction():
            for problem in problems:
                queries.add_problem(self._file, problem, _now())

    # -------------------------------------------------------------------------------------------- asking

    def account(self) -> Account:
        """The whole case: every reading, and what joins them."""
        self._catch_up()
        return account_from(
            tuple(self.readings()),
            self.decisions(),
            queries.problems(self._file),
            queries.last_made(self._file) or Made(__version__, (), ()),
            joining.stored(self._file),
        )

    def _catch_up(self) -> None:
        """Join the reports that wait, where the file may be written."""
        if self._writes and joining.waits(self._file):
            with self._file.transaction():
                joining.catch_up(self._file)

    def readings(self) -> Iterator[Reading]:
        """All readings in the order of adding, one at a time."""
        return queries.readings(self._file)

    def reports(self) -> tuple[queries.ReportLine, ...]:
        """All reports in the order of adding, as a list shows them."""
        return queries.report_lines(self._file)

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read or understood."""
        return queries.problems(self._file)

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided, in that order; what was undone is among it."""
        return queries.decisions(self._file)

    def removals(self) -> tuple[queries.Removal, ...]:
        """Which reports were taken out, and when."""
        return queries.removals(self._file)

    def original(self, report: Id) -> bytes:
        """The bytes that a report was read from. Raises NotFound for an unknown report."""
        return queries.original(self._file, queries.find_report(self._file, report)[0])

    def search(self, words: str, limit: int | None = None) -> tuple[queries.SearchHit, ...]:
        """The sentences that hold these words in any of their forms, best first."""
        return queries.search(self._file, words, -1 if limit is None else limit)

    def why(self, id_: Id) -> Found:
        """The finding with this id, or the only one whose id begins so; its reasons are in it. Raises NotFound."""
        place = queries.find(self._file, id_)
        reading = queries.reading(self._file, place.report)
        if place.kind == "report":
            return Found(place.kind, reading.document, reading)
        findings = (noun for field in FINDINGS for noun in getattr(reading, field))
        return Found(place.kind, next(noun for noun in findings if noun.id == place.id), reading)

    # -------------------------------------------------------------------------------------------- changing

    def set(
        self, report: Id, *, date: str | None = None, outlet: str | None = None, title: str | None = None, by: str = ""
    ) -> Id:
        """Say of a report what its file did not; what hangs on it is read again. The report's id.

        An empty string takes back what was said before: what the file itself says counts again. Raises BadInput for a
        date that is none (write 2023-03-04, 2023-03 or 2023), NotFound for an unknown report; nothing is changed then.
        """
        number, id_ = queries.find_report(self._file, report)
        given = {"date": date, "outlet": outlet, "title": title}
        said = {field: words for field, words in given.items() if words is not None}
        document = queries.document(self._file, number)
        if "" in said.values():
            document = taken_back(document, said, self._as_read(number, document))
        document = as_given(document, said)
        for result in engine_named("serial")(self._work, (document,)):
            with self._file.transaction():
                self._replace(id_, result)
                for field, words in said.items():
                    queries.add_decision(self._file, self._decision("report", "set", id_, f"{field}={words}", by))
        return id_

    def _as_read(self, number: int, document: Document) -> Document:
        """The report as its file gave it, from the bytes that are kept. Raises BadInput if no reader reads them now."""
        data = queries.original(self._file, number)
        items = read_bytes(data, document.origin, max_chars=max(len(data), MAX_CHARS))
        found = [item.document for item in items if isinstance(item, Received)]
        same = [other for other in found if other.text == document.text] or found
        if len(same) != 1:
            raise BadInput(document.origin, "is not read as it was when it was added; what it says itself is not known")
        return same[0]

    def decide(self, entity: Id, verb: str, value: str | None = None, note: str = "", by: str = "") -> Decision:
        """Decide on an entity, for good or until it is undone; reports read again or added later change nothing of it.

        ``verb``: same, different (``value`` is the other entity), rename (the new name) or kind (one of ``Kind``). The
        beginning of an id will do. Raises NotFound for an id that is not there, BadDecision for a decision that makes
        no sense or contradicts one that stands; nothing is changed then.
        """
        value = value_of(verb, storable(value or ""))
        with self._file.transaction():
            left = self._entity(entity)
            right = self._entity(value) if verb in {"same", "different"} else None
            made = self._decision("entity", verb, left, right or value, by)
            made = replace(made, right=right, value="" if right else value, note=storable(note))
            readings, before = tuple(self.readings()), self.decisions()
            if cause := refusal(made, before, join_entities(readings, before)[0]):
                raise BadDecision(f"{verb}: {cause}".replace("undo CASE", f"undo {self.path}"))
            queries.add_decision(self._file, made)
            for _, what in self._newly_wrong(readings, before):
                raise BadDecision(f"{verb}: {what}; if that is wrong, decide the kind first")
        return made

    def decide_event(self, event: Id, verb: str, other: str, note: str = "", by: str = "") -> Decision:
        """Decide that two events are the same or different, whatever is read later, until it is undone.

        ``event`` and ``other`` are ids of events or happenings; the beginning of an id will do. Raises NotFound for an
        id that is not there, BadDecision for a decision that contradicts one that stands; nothing is changed then.
        """
        other = check_event_verb(verb, storable(other))
        with self._file.transaction():
            left, right = self._event(event), self._event(other)
            made = self._decision("event", verb, left, right, by)
            made = replace(made, right=right, value="", note=storable(note))
            if cause := event_refusal(made, self.decisions(), firsts_of(self.readings())):
                raise BadDecision(f"{verb}: {cause}".replace("undo CASE", f"undo {self.path}"))
            queries.add_decision(self._file, made)
        return made

    def _event(self, prefix: Id) -> Id:
        """The event that is meant, by its own id or that of a happening. Raises NotFound, or BadDecision for a row."""
        if prefix.startswith("h-"):
            event = event_of_happening(prefix, queries.event_ids(self._file))
            if event is None:
                raise NotFound(f"nothing in {self.path} has the id {prefix!r}")
            return event
        place = queries.find(self._file, prefix)
        if place.kind != "event":
            raise BadDecision(f"{place.id} is no event: kind {place.kind}")
        return place.id

    def undo(self, decision: Id) -> Decision:
        """Take a decision on an entity or event back; it stays on record. Raises NotFound for an unknown one.

        Raises BadDecision for one that was undone before, and where another decision needs it.
        """
        with self._file.transaction():
            made = queries.find_decision(self._file, decision)
            if made.undone_at is not None:
                raise BadDecision(f"{made.id} was undone at {made.undone_at}")
            if made.about not in {"entity", "event"}:
                field = made.value.partition("=")[0]
                raise BadDecision(f"{made.id} set the {field} of a report; `onrecord set --{field} ''` takes it back")
            before = self.decisions()
            queries.undo_decision(self._file, made.id, _now())
            for other, what in self._newly_wrong(tuple(self.readings()), before):
                raise BadDecision(f"{made.id} cannot be undone before {other.id}: without it, {what}")
            return queries.find_decision(self._file, made.id)

    def _newly_wrong(self, readings: tuple[Reading, ...], before: tuple[Decision, ...]) -> list[tuple[Decision, str]]:
        """Decisions that do not hold beside the others, and did beside those ``before``."""
        known = {(made.id, what) for made, what in faults(before, readings)}
        return [(made, what) for made, what in faults(self.decisions(), readings) if (made.id, what) not in known]

    def _entity(self, prefix: Id) -> Id:
        """The id of the entity that is meant. Raises NotFound for none or several, BadDecision for another row."""
        place = queries.find(self._file, prefix)
        if place.kind != "entity":
            raise BadDecision(f"{place.id} is a {place.kind}, not an entity")
        return place.id

    def _decision(self, about: str, verb: str, left: Id, value: str, by: str) -> Decision:
        id_ = make_id("d", about, verb, left, value, by, len(self.decisions()))
        return Decision(id_, about, verb, left, None, value, by, _now())

    def reread(self, report: Id | None = None, *, engine: str = "processes", workers: int | None = None) -> int:
        """Run the stages again on one stored report or on all; how many were read. Decisions hold.

        A report that cannot be read again keeps its old findings, and a problem says so.
        """
        numbers = queries.numbers(self._file) if report is None else (queries.find_report(self._file, report)[0],)
        documents = (queries.document(self._file, number) for number in numbers)
        count = 0
        for result in engine_named(engine)(self._work, documents, workers):
            if isinstance(result, Lost):
                self._lost(result)
            else:
                with self._file.transaction():
                    self._replace(result[0].document.id, result)
                count += 1
        return count

    def _replace(self, report: Id, result: tuple[Reading, Made] | Lost) -> None:
        """Put a new reading in the place of the old one. Inside a transaction."""
        if isinstance(result, Lost):
            raise BadInput(title_of(result.item), result.cause)
        number = queries.number_of(self._file, report)
        if number is None:
            raise NotFound(f"{report} was taken out of {self.path} in the meantime")
        reading, made = without_twins(result[0]), result[1]
        self._follow(queries.reading(self._file, number), reading)
        run = queries.add_run(self._file, made, _now())
        rows.replace_findings(self._file, number, reading, _now(), run)
        joining.arrive(self._file, number, reading)
        self.new_problems += reading.problems

    def _follow(self, before: Reading, after: Reading) -> None:
        """What was decided on an entity or event whose id is gone holds for the one that its words stand for now."""
        for field, again in (("entities", read_again), ("events", event_read_again)):
            here = {noun.id for noun in getattr(after, field)}
            queries.unmove(self._file, here)
            for id_ in self._decided_on() & {noun.id for noun in getattr(before, field)} - here:
                if (now := again(before, after, id_)) is not None:
                    queries.move(self._file, id_, now, _now())

    def remove(self, report: Id, *, by: str = "") -> Id:
        """Take a report and all that rests on it alone out of the file, its bytes too; that it was there stays known.

        Decisions stay as acts; the words in those that were about this report alone go with it. Raises NotFound for an
        unknown report, BadCase if another program holds the file open, so that old bytes may stay: remove it again.
        """
        removed = [gone.report for gone in self.removals() if gone.report == report]
        if not removed or queries.number_of(self._file, report) is not None:
            number, report = queries.find_report(self._file, report)
            with self._file.transaction():
                before, readings = self._known(), tuple(self.readings()) if self.decisions() else ()
                joining.leave(self._file, number)
                note = queries.remove_report(self._file, number, by, _now())
                for gone in sorted((before - self._known()) & self._decided_on()):
                    others = from_other_reports(readings, self.decisions(), gone, report)
                    if others is not None:
                        queries.move(self._file, gone, others, _now())
                    else:
                        queries.forget_words(self._file, gone, note)
        self._file.scrub()
        return report

    def _decided_on(self) -> frozenset[Id]:
        return frozenset(id_ for made in self.decisions() for id_ in (made.left, made.right) if id_ is not None)

    def _known(self) -> frozenset[Id]:
        """All ids that a decision may point at; none if nobody decided anything."""
        if not self.decisions():
            return frozenset()
        account = self.account()
        own = (noun.id for reading in account.readings for field in FINDINGS for noun in getattr(reading, field))
        reports = (reading.document.id for reading in account.readings)
        shared = (entity.id for entity in account.entities)
        happenings = (happening.id for happening in account.happenings)
        return frozenset((*own, *reports, *shared, *happenings, *(link.id for link in account.links)))

    # -------------------------------------------------------------------------------------------- checking

    def check(self) -> list[Fault]:
        """Replay every anchor, digest, reference and decision, and SQLite's own checks; all that does not hold."""
        name = self.path.name
        readings: list[Reading] = []
        found: list[Fault] = []
        try:
            found += [Fault(name, "", fault) for fault in self._file.faults()]
            for number in queries.numbers(self._file):
                found += self._check_report(number, readings)
        except BadCase as error:
            return [*found, Fault(name, "", str(error).removeprefix(f"{self.path}: "))]
        account = account_from(tuple(readings), self.decisions(), (), Made(__version__, (), ()))
        found += [Fault("the case", made.id, what) for made, what in faults(account.decisions, readings)]
        return found + check_joined(account, queries.removed_ids(self._file))

    def _check_report(self, number: int, readings: list[Reading]) -> list[Fault]:
        """The faults of one report; its reading goes to the others, if it can be read back at all."""
        try:
            reading = queries.reading(self._file, number)
            original = queries.original(self._file, number)
        except (ValueError, TypeError) as error:
            return [Fault(self.path.name, "", f"report no. {number} cannot be read back: {error}")]
        readings.append(reading)
        document = reading.document
        stored = ((w.kind, w.id, w.start, w.end, w.words) for w in queries.stored_words(self._file, number))
        return [
            *check_bytes(document, queries.text_digest(self._file, number), original),
            *check_words(document, stored),
            *check_reading(reading),
        ]


def _ready(waiting: deque[Received | Added]) -> Iterator[Added]:
    """What is decided already, up to the first report that is still being read."""
    while waiting and isinstance(waiting[0], Added):
        done = waiting.popleft()
        assert isinstance(done, Added)
        yield done


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def is_case(path: Path) -> bool:
    """Whether a file begins as every SQLite file does: a case, or something else that must not be written over."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


def without_twins(reading: Reading) -> Reading:
    """The reading with every id once. A second finding with an id that is taken is left out, and a problem says so."""
    seen = {reading.document.id}
    problems: list[Problem] = []
    fields: dict[str, tuple[object, ...]] = {}
    for field in FINDINGS:
        kept = []
        for noun in getattr(reading, field):
            if noun.id in seen:
                problems.append(Problem(reading.document.id, field, f"a second finding has the id {noun.id}"))
            else:
                seen.add(noun.id)
                kept.append(noun)
        fields[field] = tuple(kept)
    if not problems:
        return reading
    return replace(reading, problems=(*reading.problems, *problems), **fields)  # type: ignore[arg-type]
