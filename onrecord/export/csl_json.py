"""CSL-JSON: the reports themselves, for Zotero, pandoc and every other citation processor.

``issued`` has year, month and day as far as they are known; a date that was inferred is ``circa``, and ``note`` says in
words what is known. Authors are literal names: which part of one is the surname would be a guess.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.export.bibliography import Work, work
from onrecord.export.written import write_document
from onrecord.record import Account

Json = dict[str, Any]


def write_csl_json(account: Account, out: Path) -> list[Path]:
    """CSL-JSON: the reports as items to cite, one JSON document in the file ``out``."""
    return [write_document(out, [item(work(reading)) for reading in account.readings], "CSL-JSON")]


def item(of: Work) -> Json:
    """One report as an item; what is unknown is left out."""
    known = {
        "title": of.title,
        "container-title": of.outlet,
        "author": [{"literal": author} for author in of.authors],
        "issued": _issued(of),
        "URL": of.url,
        "language": of.language,
        "note": of.note,
    }
    kind = "article-newspaper" if of.outlet else "webpage" if of.url else "document"
    return {"id": of.id, "type": kind} | {name: value for name, value in known.items() if value}


def _issued(of: Work) -> Json:
    dates = [list(parts) for parts in (of.date, of.until) if parts]
    return ({"date-parts": dates} | ({"circa": True} if of.unsure else {})) if dates else {}
