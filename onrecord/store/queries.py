"""Questions to a case, answered with nouns; and the few rows that are not findings: decisions, problems, runs."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onrecord.errors import NotFound
from onrecord.record import Decision, Document, Id, Made, Model, Problem, Reading, Span
from onrecord.store.casefile import CaseFile
from onrecord.store.nouns import document_at, reading_at

# The tables of findings that have an id, with the word for one of each.
KINDS = (
    "sentence", "quotation", "mention", "role", "cue", "entity", "statement", "sourcing", "time", "event", "quantity",
    "link",
)  # fmt: skip
# Marks around the words that were found, while SQLite hands them over: of the private use area, so in no report.
OPEN, CLOSE = "\ue0f0", "\ue0f1"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as a list shows it. ``first_day`` and ``last_day`` of publication, both included; None: not known."""

    id: Id
    title: str
    outlet: str
    url: str
    origin: str
    added_at: str
    characters: int
    statements: int
    events: int
    problems: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: the number of its report, its kind (a word of ``KINDS`` or "report"), its id."""

    report: int
    kind: str
    id: Id


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A sentence that holds the words looked for. ``matches`` are spans of the report's text."""

    report: Id
    title: str
    sentence: Id
    span: Span
    snippet: str
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """That a report was taken out of the case, and when. None of its words stay."""

    report: Id
    original: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class StoredWords:
    """Words as they stand in the file, with the span that they were cut from."""

    kind: str
    id: Id
    start: int
    end: int
    words: str


# ------------------------------------------------------------------------------------------------ reports


def numbers(case: CaseFile) -> tuple[int, ...]:
    """The numbers of all reports, in the order of adding."""
    return tuple(number for (number,) in case.rows("SELECT number FROM report ORDER BY number"))


def number_of(case: CaseFile, report: Id) -> int | None:
    """The number of the report with exactly this id, or None."""
    row = case.one("SELECT number FROM report WHERE id = ?", (report,))
    return None if row is None else int(row[0])


def find_report(case: CaseFile, prefix: str) -> tuple[int, Id]:
    """Number and id of the report whose id begins so, or that came from the file of this name.

    Raises NotFound if there is none, or more than one.
    """
    by_id = "SELECT number, id FROM report WHERE substr(id, 1, ?) = ? ORDER BY id = ? DESC, id LIMIT 6"
    rows = case.rows(by_id, (len(prefix), prefix, prefix))
    exact = [row for row in rows if row[1] == prefix]
    found = exact or rows or case.rows("SELECT number, id FROM report WHERE origin = ? ORDER BY id LIMIT 6", (prefix,))
    if not prefix or not found:
        raise NotFound(f"no report {prefix!r} in {case.path}; `onrecord show {case.path} reports` lists them")
    if len(found) > 1:
        raise NotFound(f"{prefix!r} may be {_listed([id_ for _, id_ in found])}: write more of the id")
    number, id_ = found[0]
    return int(number), str(id_)


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:5]) + (" and others" if len(ids) > 5 else "")


def reading(case: CaseFile, number: int) -> Reading:
    """The reading of one report."""
    return reading_at(case, number)


def readings(case: CaseFile) -> Iterator[Reading]:
    """All readings in the order of adding, one at a time."""
    for number in numbers(case):
        yield reading_at(case, number)


def document(case: CaseFile, number: int) -> Document:
    """One report, without its findings."""
    return document_at(case, number)


def original(case: CaseFile, number: int) -> bytes:
    """The bytes that a report was read from. Raises ValueError if what is kept cannot be unpacked."""
    row = case.one("SELECT packed FROM original WHERE report = ?", (number,))
    if row is None:
        (text,) = case.one("SELECT text FROM report WHERE number = ?", (number,)) or ("",)
        return str(text).encode()
    try:
        return zlib.decompress(row[0])
    except zlib.error as error:
        raise ValueError(str(error)) from error


def text_digest(case: CaseFile, number: int) -> str:
    """The sha256 of a report's text, as it was when the report was added."""
    row = case.one("SELECT text_sha256 FROM report WHERE number = ?", (number,))
    return "" if row is None else str(row[0])


def report_lines(case: CaseFile) -> tuple[ReportLine, ...]:
    """All reports in the order of adding, as a list shows them."""
    rows = case.rows(
        "SELECT id, title, outlet, url, origin, added_at, length(text),"
        " (SELECT count(*) FROM statement WHERE report = report.number),"
        " (SELECT count(*) FROM event WHERE report = report.number),"
        " (SELECT count(*) FROM problem WHERE document = report.id),"
        " (SELECT start_day FROM interval WHERE report = report.number AND owner = report.id AND part = 'published'),"
        " (SELECT date(end_day, '-1 day') FROM interval"
        "  WHERE report = report.number AND owner = report.id AND part = 'published')"
        " FROM report ORDER BY number"
    )
    return tuple(replace(ReportLine(*row), first_day=_day(row[10]), last_day=_day(row[11])) for row in rows)


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


# ------------------------------------------------------------------------------------------------ findings, words


def find(case: CaseFile, prefix: str) -> Place:
    """The finding or report whose id is or was this, or the only one whose id begins so. Raises NotFound otherwise."""
    prefix = followed(prefix, moves(case))
    sql = " UNION ALL ".join(
        ["SELECT number, 'report', id FROM report WHERE substr(id, 1, ?1) = ?2"]
        + [f"SELECT report, '{kind}', id FROM {kind} WHERE substr(id, 1, ?1) = ?2" for kind in KINDS]  # noqa: S608
    )
    rows = case.rows(f"{sql} LIMIT 50", (len(prefix), prefix)) if prefix else []
    found = [row for row in rows if row[2] == prefix] or rows
    if not found:
        raise NotFound(f"nothing in {case.path} has the id {prefix!r}")
    if len({id_ for _, _, id_ in found}) > 1:
        raise NotFound(f"{prefix!r} may be {_listed(sorted({id_ for _, _, id_ in found}))}: write more of the id")
    return Place(*found[0])


def event_ids(case: CaseFile) -> tuple[Id, ...]:
    """The ids of all events."""
    return tuple(id_ for (id_,) in case.rows("SELECT id FROM event ORDER BY report, n"))


def search(case: CaseFile, words: str, limit: int = 100) -> tuple[SearchHit, ...]:
    """The sentences that hold all these words, best first; "words in quotation marks" in that order; wor* begins so.

    Nothing that a person may type is an error; words without a letter or digit find nothing.
    """
    question = _question(words)
    if not question:
        return ()
    rows = case.rows(
        "SELECT report.id, report.title, sentence.id, sentence.start, sentence.end,"
        " sentence.words, snippet(sentence_words, 0, '[', ']', '…', 32), highlight(sentence_words, 0, ?, ?)"
        " FROM sentence_words JOIN sentence ON sentence.number = sentence_words.rowid"
        " JOIN report ON report.number = sentence.report"
        " WHERE sentence_words MATCH ? ORDER BY rank, sentence.number LIMIT ?",
        (OPEN, CLOSE, question, limit),
    )
    return tuple(
        SearchHit(report, title, sentence, Span(start, end), snippet, tuple(_matches(marked, words, start)))
        for report, title, sentence, start, end, words, snippet, marked in rows
    )


def _question(words: str) -> str:
    """What a person typed, as a question that FTS5 cannot misread: every word or phrase a string of its own."""
    parts = re.findall(r'"([^"]*)"(\*?)|([^\s"]+)', words.replace("\x00", " "))
    asked = []
    for phrase, star, word in parts:
        bare = phrase or word.rstrip("*")
        if any(char.isalnum() for char in bare):
            asked.append(f'"{bare}"' + ("*" if star or word.endswith("*") else ""))
    return " ".join(asked)


def _matches(marked: str, words: str, start: int) -> Iterator[Span]:
    """The spans between marks, counted in the report's text. None if the report's own words hold such marks."""
    if OPEN in words or CLOSE in words:
        return
    at, begin = start, None
    for char in marked:
        if char == OPEN:
            begin = at
        elif char == CLOSE and begin is not None:
            yield Span(begin, at)
            begin = None
        else:
            at += 1


def stored_words(case: CaseFile, number: int) -> Iterator[StoredWords]:
    """All words of a report's findings as the file holds them, for replay against the text."""
    whole = ["sentence", "quotation", "mention", "role", "sourcing", "time", "event", "quantity"]
    selects = [f"SELECT '{kind}', id, start, end, words FROM {kind} WHERE report = ?1" for kind in whole]  # noqa: S608
    selects += [
        "SELECT 'anchor (' || part || ')', owner, start, end, words FROM anchor WHERE report = ?1",
        "SELECT 'participant', event, start, end, words FROM participant WHERE report = ?1 AND start IS NOT NULL",
        "SELECT 'channel', id, channel_start, channel_end, channel_words FROM statement"
        " WHERE report = ?1 AND channel_start IS NOT NULL",
    ]
    for row in case.rows(" UNION ALL ".join(selects), (number,)):
        yield StoredWords(*row)


# ------------------------------------------------------------------------------------------------ what made them


def add_run(case: CaseFile, made: Made, at: str) -> int:
    """Note what makes the findings from here on; the number of the note. The last one is used if nothing changed."""
    models = json.dumps([[model.name, model.version, model.digest] for model in made.models])
    lexicons = json.dumps([list(pair) for pair in made.lexicons])
    last = case.one("SELECT number, version, models, lexicons FROM run ORDER BY number DESC LIMIT 1")
    if last is not None and last[1:] == (made.version, models, lexicons):
        return int(last[0])
    return case.run(
        "INSERT INTO run (at, version, models, lexicons) VALUES (?, ?, ?, ?)", (at, made.version, models, lexicons)
    )


def last_made(case: CaseFile) -> Made | None:
    """What made the latest findings; None in an empty case."""
    row = case.one("SELECT version, models, lexicons FROM run ORDER BY number DESC LIMIT 1")
    if row is None:
        return None
    models = tuple(Model(*model) for model in json.loads(row[1]))
    return Made(row[0], models, tuple((name, digest) for name, digest in json.loads(row[2])))


# ------------------------------------------------------------------------------------------------ problems


def add_problem(case: CaseFile, problem: Problem, at: str) -> None:
    """Note a problem that came up before a report's findings; one that is known already is not noted twice."""
    known = case.one(
        "SELECT 1 FROM problem WHERE n IS NULL AND document = ? AND stage = ? AND message = ?",
        (problem.document, problem.stage, problem.message),
    )
    if known is None:
        case.run(
            "INSERT INTO problem (document, stage, message, at) VALUES (?, ?, ?, ?)",
            (problem.document, problem.stage, problem.message, at),
        )


def problems(case: CaseFile) -> tuple[Problem, ...]:
    """All problems: first those met on reading in, then those of the reports, in their order."""
    rows = case.rows("SELECT document, stage, message FROM problem ORDER BY report IS NOT NULL, report, n, number")
    return tuple(Problem(*row) for row in rows)


# ------------------------------------------------------------------------------------------------ decisions


def add_decision(case: CaseFile, decision: Decision) -> None:
    """Keep a decision, for good."""
    case.run(
        "INSERT INTO decision (id, about, verb, left, right, value, by, at, note, undone_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            decision.id, decision.about, decision.verb, decision.left, decision.right, decision.value, decision.by,
            decision.at, decision.note, decision.undone_at,
        ),
    )  # fmt: skip


def undo_decision(case: CaseFile, id_: Id, at: str) -> None:
    """Take a decision back; it stays on record. Raises NotFound for an unknown id."""
    if case.one("SELECT 1 FROM decision WHERE id = ?", (id_,)) is None:
        raise NotFound(f"no decision {id_!r} in {case.path}")
    case.run("UPDATE decision SET undone_at = ? WHERE id = ? AND undone_at IS NULL", (at, id_))


def decisions(case: CaseFile) -> tuple[Decision, ...]:
    """All decisions in the order in which they were made, undone ones among them.

    They name the entities that they are about by the ids which these have now (see ``move``).
    """
    columns = "id, about, verb, left, right, value, by, at, note, undone_at"
    rows = case.rows(f"SELECT {columns} FROM decision ORDER BY number")  # noqa: S608 words of this line
    gone = moves(case)
    made = (Decision(*row) for row in rows)
    return tuple(replace(d, left=followed(d.left, gone), right=d.right and followed(d.right, gone)) for d in made)


def find_decision(case: CaseFile, prefix: str) -> Decision:
    """The decision whose id begins so. Raises NotFound if there is none, or more than one."""
    found = [made for made in decisions(case) if prefix and made.id.startswith(prefix)]
    found = [made for made in found if made.id == prefix] or found
    if not found:
        raise NotFound(f"no decision {prefix!r} in {case.path}; `onrecord show {case.path} decisions` lists them")
    if len(found) > 1:
        raise NotFound(f"{prefix!r} may be {_listed([made.id for made in found])}: write more of the id")
    return found[0]


def moves(case: CaseFile) -> dict[Id, Id]:
    """Where the entities went that were decided on and have another id now."""
    return dict(case.rows("SELECT old, new FROM moved"))


def followed(id_: Id, gone: Mapping[Id, Id]) -> Id:
    """The id that an entity has now."""
    seen = set[Id]()
    while id_ in gone and id_ not in seen:
        seen.add(id_)
        id_ = gone[id_]
    return id_


def move(case: CaseFile, old: Id, new: Id, at: str) -> None:
    """Note that what is decided on an entity holds for another id from here on."""
    case.run("DELETE FROM moved WHERE old = ?", (new,))
    case.run("INSERT OR REPLACE INTO moved (old, new, at) VALUES (?, ?, ?)", (old, new, at))


def unmove(case: CaseFile, back: Iterable[Id]) -> None:
    """These ids are there again: decisions on them hold for themselves."""
    case.many("DELETE FROM moved WHERE old = ?", [(id_,) for id_ in back])


# ------------------------------------------------------------------------------------------------ taking out


def remove_report(case: CaseFile, number: int, by: str, at: str) -> int:
    """Take out a report, its findings, bytes and problems; note that it was there. Inside a transaction.

    Returns the number of that note. The words are out of the file's bytes only after ``CaseFile.scrub``.
    """
    note = case.run(
        "INSERT INTO removal (report, original, text_sha256, by, at)"
        " SELECT id, original, text_sha256, ?, ? FROM report WHERE number = ?",
        (by, at, number),
    )
    case.run("DELETE FROM problem WHERE document = (SELECT id FROM report WHERE number = ?)", (number,))
    case.run("DELETE FROM report WHERE number = ?", (number,))
    return note


def forget_words(case: CaseFile, gone: Id, removal: int) -> None:
    """Something that decisions point at went with a report: note that, and drop the words in those decisions."""
    case.run("INSERT OR IGNORE INTO removed (id, removal) VALUES (?, ?)", (gone, removal))
    known = moves(case)
    for id_ in (gone, *(old for old in known if followed(old, known) == gone)):
        case.run("UPDATE decision SET value = '', note = '' WHERE left = ?1 OR right = ?1", (id_,))


def removals(case: CaseFile) -> tuple[Removal, ...]:
    """The reports that were taken out, in that order."""
    return tuple(Removal(*row) for row in case.rows("SELECT report, original, by, at FROM removal ORDER BY number"))


def removed_ids(case: CaseFile) -> frozenset[Id]:
    """What decisions may point at though it is no longer there: it went with a report."""
    rows = case.rows("SELECT report FROM removal UNION SELECT id FROM removed")
    return frozenset(id_ for (id_,) in rows)
