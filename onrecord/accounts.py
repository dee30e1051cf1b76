"""The account of reports of which no case is kept, and what a case and no case share.

What files hold is received here; every reading is made by the work that the caller brings; what joins the readings is
found anew each time, unless a case has kept it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from onrecord import __version__, joining
from onrecord.check import title_of
from onrecord.engine import Lost, ReadWith, engine_named
from onrecord.errors import BadInput
from onrecord.join import join_readings
from onrecord.readers import MAX_CHARS, files
from onrecord.readers import read as read_bytes
from onrecord.readers.given import as_given
from onrecord.readers.intake import storable
from onrecord.record import Account, Decision, Document, Made, Problem, Reading, Received

Item = Received | Problem | Path | str
# The pure part: a document goes in, its reading and what made it come out.
Work = Callable[[Document], tuple[Reading, Made]]


def receive(items: Iterable[Item], max_chars: int = MAX_CHARS) -> Iterator[Received | Problem]:
    """What files and folders hold, as readers receive it; what was received already goes through.

    A file that cannot be read gives a Problem.
    """
    for item in (items,) if isinstance(items, str | Path) else items:
        if isinstance(item, Received | Problem):
            yield item
            continue
        try:
            for path in files([Path(item)]):
                yield from _read_file(path, max_chars)
        except BadInput as error:
            yield Problem("", "read", storable(str(error)))


def _read_file(path: Path, max_chars: int) -> Iterator[Received | Problem]:
    try:
        yield from read_bytes(path.read_bytes(), path.name, max_chars=max_chars)
    except OSError as error:
        yield Problem("", "read", storable(f"{path.name}: cannot be opened: {error.strerror or error}"))
    except BadInput as error:
        yield Problem("", "read", str(error))


def _read_all(
    received: Iterable[Received | Problem], problems: list[Problem], work: Work
) -> Iterator[tuple[Reading, Made]]:
    """The readings of documents, on all cores; what went wrong goes to ``problems``."""
    documents = (item.document for item in _apart(received, problems))
    for result in engine_named("processes")(work, documents):
        if isinstance(result, Lost):
            problems.append(problem_of(result))
        else:
            yield result


def _apart(received: Iterable[Received | Problem], problems: list[Problem]) -> Iterator[Received]:
    for item in received:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def account_of(received: Iterable[Received | Problem], work: Work | None = None) -> Account:
    """The account of reports of which no case is kept."""
    problems: list[Problem] = []
    results = {
        reading.document.id: (reading, made) for reading, made in _read_all(received, problems, work or ReadWith())
    }
    readings = tuple(reading for reading, _ in results.values())
    made = next((made for _, made in results.values()), Made(__version__, (), ()))
    found = (problem for reading in readings for problem in reading.problems)
    return account_from(readings, (), (*problems, *found), made)


def accounts(received: Iterable[Received | Problem], work: Work | None = None) -> Iterator[Account]:
    """One account for each report, as soon as it is read; of what could not be read, the problems come last."""
    problems: list[Problem] = []
    for reading, made in _read_all(received, problems, work or ReadWith()):
        yield account_from((reading,), (), reading.problems, made)


def read(text_or_path: str | Path, published: str | None = None) -> Account:
    """The account of one text, or of one file if a ``Path`` is given. No case is kept.

    ``published``: the day on which it came out, as 2023-03-04. Raises BadInput if the file cannot be read.
    """
    if isinstance(text_or_path, Path):
        items = list(receive((text_or_path,)))
    else:
        items = list(read_bytes(storable(text_or_path).encode(), "text", reader="text"))
    if published is not None:
        items = [_dated(item, published) for item in items]
    account = account_of(items)
    if not account.readings and account.problems:
        origin, _, cause = account.problems[0].message.partition(": ")
        raise BadInput(origin, cause)
    return account


def _dated(item: Received | Problem, day: str) -> Received | Problem:
    return replace(item, document=as_given(item.document, {"date": day})) if isinstance(item, Received) else item


def account_from(
    readings: tuple[Reading, ...],
    decisions: tuple[Decision, ...],
    problems: Iterable[Problem],
    made: Made,
    known: joining.Stored | None = None,
) -> Account:
    """The account of readings. ``known``: what a case keeps of how they are joined; without it that is found anew."""
    found = (known.pairs, known.links) if known is not None else (None, None)
    joined = join_readings(readings, decisions, *found)
    return Account(made, readings, joined.entities, joined.happenings, joined.links, decisions, tuple(problems))


def problem_of(lost: Lost) -> Problem:
    """That a report was lost while it was read, and why."""
    return Problem("", "engine", f"{title_of(lost.item)}: {lost.cause}; it was not read")
