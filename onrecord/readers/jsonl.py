"""JSON lines -> Documents, one object a line: ``text``, and ``title outlet url published authors`` where known.

Bad rows are skipped one by one and listed with their line; the others are read. Other keys are ignored.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from onrecord.errors import BadInput
from onrecord.readers.encoding import decode
from onrecord.readers.intake import file_name, paragraphs, published_on, receive, storable, trouble
from onrecord.record import Basis, Document, Precision, Problem, Reason, Received, TimeInterval

# ISO 8601: a year, a month, a day, or a day with a time of day (seconds, fractions and offset may follow).
ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d{1,9})?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
)
RULE = "read.jsonl-published"


class BadRow(ValueError):
    """A row that cannot be read; the message is the cause. Never leaves this module."""


def read(data: bytes, origin: str) -> Iterator[Received | Problem]:
    """Read the rows of a JSON-lines file, one after the other. Raises BadInput if the file is one JSON value."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data, origin).text.encode("utf-8", "surrogatepass")
    name = file_name(origin)
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        row = line.strip()
        if not row:
            continue
        try:
            yield _received(row, f"{name}:{number}")
        except BadRow as bad:
            if number == 1:
                _refuse_whole_json(data, name)
            yield trouble(f"{name}:{number}", str(bad))


def _refuse_whole_json(data: bytes, name: str) -> None:
    """Say it once, not once a line, if the file is JSON but not JSON lines."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return
    if b"\n" in data.strip():
        raise BadInput(name, "is one JSON value, not JSON lines: write one object a line, without line breaks in it")


def _received(row: bytes, place: str) -> Received:
    """One row. Raises BadRow."""
    fields = _object(row)
    text = storable(_string(fields, "text"))
    if not text.strip():
        raise BadRow('it has no "text"' if "text" not in fields else '"text" is empty')
    document = Document(
        "",
        text,
        paragraphs(text),
        title=storable(_string(fields, "title")),
        outlet=storable(_string(fields, "outlet")),
        authors=_authors(fields.get("authors")),
        url=storable(_string(fields, "url")),
        published=published(_string(fields, "published")),
        media_type="application/json",
        origin=place,
    )
    return receive(document, row, place)


def _object(row: bytes) -> dict[str, Any]:
    try:
        value = json.loads(row)
    except json.JSONDecodeError as error:
        raise BadRow(f"not JSON: {error.msg} (character {error.pos + 1})") from error
    except UnicodeDecodeError as error:
        raise BadRow("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadRow("not JSON that can be read: too deep, or a number too long") from error
    if not isinstance(value, dict):
        raise BadRow("not a JSON object, {…}")
    return value


def _string(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRow(f'"{key}" is {_kind(value)}, not a string')
    return value or ""


def _authors(value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadRow('"authors" is not a list of strings')
    return tuple(storable(name) for name in names if name.strip())


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds[type(value)]


def published(words: str) -> TimeInterval | None:
    """The interval that an ISO date, month, year or point of time names. Raises BadRow if it is none of them."""
    if not words.strip():
        return None
    match = ISO.fullmatch(words.strip())
    try:
        if match is None:
            raise ValueError("not ISO 8601")
        return _interval(*match.groups())
    except (ValueError, OverflowError) as error:
        raise BadRow(f'"published" is no date: {words[:40]!r} (write 2021-03-04, 2021-03 or 2021)') from error


def _interval(year: str, month: str | None, day: str | None, hour: str | None, minute: str | None) -> TimeInterval:
    note = 'the row\'s "published"'
    if day is not None:
        clock = f"{hour}:{minute}" if hour is not None else ""
        if hour is not None and minute is not None and (int(hour) > 23 or int(minute) > 59):
            raise ValueError("no time of day")
        return published_on(date(int(year), int(month or 1), int(day)), clock, RULE, note)
    start = date(int(year), int(month or 1), 1)
    end = date(start.year + 1, 1, 1) if month is None else (start.replace(day=28) + timedelta(4)).replace(day=1)
    precision = Precision.YEAR if month is None else Precision.MONTH
    return TimeInterval(start, end, precision, Basis.EXPLICIT, inferred=False, reasons=(Reason(RULE, note),))
