"""What is known of a report as a publication; BibTeX and CSL-JSON write it. Unknown is left out, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from onrecord.export.citations import one_line
from onrecord.export.days import known_parts, published_in_words
from onrecord.export.standards import edtf
from onrecord.record import Id, Reading


@dataclass(frozen=True, slots=True)
class Work:
    """A report as a work to cite. ``date`` has year, month and day as far as they are known.

    ``until`` is the other end where not even the year is known for sure. ``note`` says of the date what a
    date cannot, and gives the hash of the original. Names of authors are whole: which part of one is the surname
    would be a guess.
    """

    id: Id
    title: str
    outlet: str
    authors: tuple[str, ...]
    url: str
    language: str
    date: tuple[int, ...]
    until: tuple[int, ...]
    unsure: bool
    note: str


def work(reading: Reading) -> Work:
    """A report as a work to cite."""
    document, published = reading.document, reading.published
    date, until = known_parts(published), tuple[int, ...]()
    if not date and published is not None and published.start is not None and published.end is not None:
        date, until = (published.start.year,), ((published.end - timedelta(days=1)).year,)
    unsure = published is not None and (published.inferred or published.approximate or bool(until))
    return Work(
        document.id, one_line(document.title), one_line(document.outlet),
        tuple(filter(None, map(one_line, document.authors))), document.url, document.language,
        date, until, unsure, _note(reading),
    )  # fmt: skip


def _note(reading: Reading) -> str:
    """The date in words where it is inferred or no day, its EDTF string, and the hash of the original bytes."""
    published, document = reading.published, reading.document
    said = []
    if published is not None and (published.inferred or len(known_parts(published)) < 3):
        words, string = published_in_words(published), edtf(published)
        said += [f"published {words} (EDTF {string})"] if words else []
    said += [f"sha256 {document.original}"] if document.original else []
    return "; ".join(said)
