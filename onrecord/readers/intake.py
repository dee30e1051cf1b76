"""What all readers do at the door: name the file, fingerprint its bytes, make the document and its blocks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePath, PureWindowsPath

from onrecord.record import (
    Basis,
    Block,
    BlockKind,
    Document,
    Id,
    Precision,
    Problem,
    Reason,
    Received,
    Span,
    TimeInterval,
    make_id,
)

STAGE = "read"
# A line, as the mended view counts lines (`extract/view.py`).
LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
# Half of a character pair, as broken JSON and broken PDF fonts give it: no file and no database can hold it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def file_name(origin: str) -> str:
    """The name under which bytes came, without its folders: no account carries a path of somebody's machine."""
    return storable(PureWindowsPath(PurePath(origin).name).name or origin)


def storable(text: str) -> str:
    """The text with each lone surrogate replaced, one for one, by U+FFFD."""
    return LONE_SURROGATE.sub("\ufffd", text)


def document_id(url: str, outlet: str, title: str, text: str) -> Id:
    """The id of a report: its address (else outlet and title) and its text. Two papers with one wire text stay two."""
    return make_id("r", url or f"{outlet}|{title}", text)


def receive(document: Document, data: bytes, origin: str) -> Received:
    """The document with its id, the digest of its bytes and its origin filled in."""
    identity = document_id(document.url, document.outlet, document.title, document.text)
    digest = hashlib.sha256(data).hexdigest()
    return Received(replace(document, id=identity, original=digest, origin=document.origin or file_name(origin)), data)


def trouble(origin: str, cause: str, document: Id = "") -> Problem:
    """A problem of reading, the file named first; ``document`` where a report came of it all the same."""
    return Problem(document, STAGE, f"{file_name(origin)}: {cause}")


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of a text that are not blank, blanks at their ends left out."""
    for match in LINE.finditer(text, start, len(text) if end is None else end):
        words = match.group()
        left = match.start() + len(words) - len(words.lstrip())
        right = match.start() + len(words.rstrip())
        if left < right:
            yield Span(left, right)


def paragraphs(text: str) -> tuple[Block, ...]:
    """One block for each line that is not blank."""
    return tuple(Block(BlockKind.PARAGRAPH, span) for span in lines(text))


def published_on(day: date, clock: str, rule: str, note: str) -> TimeInterval:
    """The day on which the file itself says that it was published. Raises OverflowError for the last day there is."""
    reasons = (Reason(rule, note),)
    return TimeInterval(
        day, day + timedelta(1), Precision.DAY, Basis.EXPLICIT, inferred=False, clock=clock, reasons=reasons
    )


def counted(number: int, thing: str) -> str:
    """A number of things in words.

    >>> counted(1, "page"), counted(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
