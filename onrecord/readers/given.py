"""What a person says of a report that its file did not say, or said otherwise: its date, outlet, title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from onrecord.errors import BadInput
from onrecord.record import Basis, Document, Precision, Reason, TimeInterval


def as_given(document: Document, said: Mapping[str, str]) -> Document:
    """The document with what a person said of it: "date", "outlet", "title"; an empty string says nothing.

    Raises BadInput for a date that is none.
    """
    if said.get("date"):
        try:
            document = replace(document, published=date_given(said["date"]))
        except ValueError as error:
            raise BadInput(said["date"], "is no date: write 2023-03-04, 2023-03 or 2023") from error
    return replace(document, outlet=said.get("outlet") or document.outlet, title=said.get("title") or document.title)


def taken_back(document: Document, said: Mapping[str, str], as_read: Document) -> Document:
    """The document with what its file says itself (``as_read``) in each field that is said to be empty."""
    if said.get("date") == "":
        document = replace(document, published=as_read.published)
    outlet = as_read.outlet if said.get("outlet") == "" else document.outlet
    title = as_read.title if said.get("title") == "" else document.title
    return replace(document, outlet=outlet, title=title)


def date_given(words: str) -> TimeInterval:
    """The interval that a person means by "2023-03-04", "2023-03" or "2023". Raises ValueError for anything else."""
    parts = words.strip().split("-")
    figures = "".join(parts)
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not (figures.isascii() and figures.isdecimal()):
        raise ValueError(f"no date: {words!r}")
    year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
    if year == date.max.year:
        raise ValueError(f"the calendar ends with the year: {words!r}")
    start = date(year, month, day)
    if len(parts) == 3:
        end, precision = start + timedelta(1), Precision.DAY
    elif len(parts) == 2:
        end, precision = date(year + month // 12, month % 12 + 1, 1), Precision.MONTH
    else:
        end, precision = date(year + 1, 1, 1), Precision.YEAR
    return TimeInterval(
        start, end, precision, Basis.EXPLICIT, inferred=False, reasons=(Reason("case.given", words.strip()),)
    )
