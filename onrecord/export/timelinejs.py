"""TimelineJS 3: the dated happenings of an account as slides; https://timeline.knightlab.com/docs/json-format.html.

A slide's date has year, month and day only as far as they are known. Where that is not a day, a month or a year,
``display_date`` says in words what is known. What has no date at all cannot stand on a timeline: the title slide says
how many that are. Text is HTML there: every word of a report is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

from onrecord.export.days import is_unit, known_ends, known_parts, soft_in_words
from onrecord.export.digest import DID_NOT
from onrecord.export.resolved import resolve
from onrecord.export.told import Told, outlet, title, told
from onrecord.export.written import write_document
from onrecord.record import Account, Reading, TimeInterval

Json = dict[str, Any]
HAPPENED, DISPUTED, DID_NOT_HAPPEN, OPEN = "happened", "disputed", "did not happen", "open or planned"


def write_timelinejs(account: Account, out: Path) -> list[Path]:
    """TimelineJS 3: the dated happenings as slides, one JSON document in the file ``out``."""
    return [write_document(out, timeline(account), "TimelineJS")]


def timeline(account: Account) -> Json:
    """The timeline; of several happenings that one clause tells in the same way, one slide."""
    slides: dict[tuple[str, str], Json] = {}
    undated = 0
    for happening in told(resolve(account)):
        dates = slide_dates(happening.happening.when)
        if dates:
            slides.setdefault((happening.line, str(dates)), _slide(happening, dates))
        else:
            undated += 1
    return {"title": _title(account, len(slides), undated), "events": list(slides.values())}


def slide_dates(when: TimeInterval | None) -> Json:
    """``start_date``, ``end_date`` and ``display_date`` of a slide; empty if it has no date.

    A stretch within which something lies at some time or other has the parts of the date that all its days share.
    """
    if when is None or (when.start is None and when.end is None):
        return {}
    last = when.end - timedelta(days=1) if when.end else None
    shown: Json = {"start_date": _start(when, last)}
    parts = known_parts(when)
    if when.start is not None and last is not None and last != when.start and not is_unit(when):
        if when.throughout:
            shown["end_date"] = _parts(known_ends(when)[1])
        elif not parts:
            shown["end_date"] = _parts((last.year,))
    if when.approximate or not is_unit(when):
        shown["display_date"] = soft_in_words(when)
    return shown


def _start(when: TimeInterval, last: date | None) -> Json:
    if when.throughout and when.start is not None and not is_unit(when):
        return _parts(known_ends(when)[0])
    bound = when.start or last
    parts = known_parts(when) or ((bound.year,) if bound else ())
    if when.approximate and len(parts) > 1:  # the exact one stands in words, after an "about"
        parts = parts[:-1]
    return _parts(parts) | (_clock(when.clock) if len(parts) == 3 else {})


def _parts(parts: tuple[int, ...]) -> Json:
    return dict(zip(("year", "month", "day"), parts, strict=False))


def _clock(words: str) -> Json:
    hour, _, minute = words.partition(":")
    return {"hour": int(hour), "minute": int(minute)} if hour.isdecimal() and minute.isdecimal() else {}


def _slide(happening: Told, dates: Json) -> Json:
    return {
        **dates,
        "unique_id": happening.happening.id,
        "group": _group(happening),
        "text": {"headline": escape(happening.line), "text": "".join(_paragraphs(happening))},
    }


def _group(happening: Told) -> str:
    """The row of the timeline: what happened and what did not stand apart."""
    if happening.is_denied:
        return DISPUTED
    if happening.took_place:
        return HAPPENED
    return DID_NOT_HAPPEN if happening.happening.status in DID_NOT else OPEN


def _paragraphs(happening: Told) -> Iterator[str]:
    of = happening.happening
    yield f"<p>Status: {escape(happening.status)}</p>"
    if of.disputed:
        yield f"<p>{escape(happening.dispute.capitalize())}</p>"
    yield f"<p>According to {escape('; '.join(happening.voices))}</p>"
    if of.unnamed_only:
        yield "<p>Told by unnamed sources alone</p>"
    if of.when is not None and of.when.inferred:
        yield "<p>The date is inferred</p>"
    yield f"<p>{'; '.join(_report(reading) for reading in happening.reports)}</p>"


def _report(reading: Reading) -> str:
    """A report by its title, linked where it has an address of the web."""
    words, url = escape(f"{title(reading)} ({outlet(reading)})"), reading.document.url
    if not url.startswith(("http://", "https://")):
        return words
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{words}</a>'


def _title(account: Account, dated: int, undated: int) -> Json:
    reports = len(account.readings)
    said = f"{dated} dated, from {reports} report{'' if reports == 1 else 's'}. Left out without a date: {undated}."
    return {"text": {"headline": "What is told, and by whom", "text": f"<p>{said}</p>"}}
