"""CAMEO rows: one event a line, parted by tabs, under the column names that event data go by (GDELT 2.0).

The columns after ``SOURCEURL`` are onrecord's own: what no table of CAMEO codes says of its rows. ``README.txt`` beside
the file explains every column, and says how many events are left out and why.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from textwrap import fill

from onrecord.export.account_json import interval_json
from onrecord.export.citations import one_line, source_in_words
from onrecord.export.codes import WHY, Coded, LeftOut, table
from onrecord.export.resolved import Resolved
from onrecord.export.tables import cell
from onrecord.record import Entity, Event, Happening, Id, Reading, TimeInterval

Codes = Mapping[Id, Coded | LeftOut]
# A column, and what README.txt says of it.
COLUMNS: Mapping[str, str] = {
    "GLOBALEVENTID": "the event's id in the case; `onrecord why CASE ID` says why it stands there",
    "SQLDATE": "YYYYMMDD, only where the day is known; empty otherwise",
    "MonthYear": "YYYYMM, where all days that come into question lie in that month",
    "Year": "YYYY, where all days that come into question lie in that year",
    "Actor1Code": "who does it: country and sector of each actor, parted by ;",
    "Actor1Name": "the actors' names, or the words for somebody unnamed, parted by ;",
    "Actor1CountryCode": "ISO 3166-1 alpha-2 (not CAMEO's three letters), in the order of the names, parted by ;",
    "Actor1Type1Code": "PLOVER sector (GOV, MIL, COP, UAF, ...), in the order of the names, parted by ;",
    "Actor2Code": "the same for whom it is done to, who is asked, threatened, refused ...",
    "Actor2Name": "",
    "Actor2CountryCode": "",
    "Actor2Type1Code": "",
    "EventCode": "CAMEO; text, not a number: 020 and 20 are different things",
    "EventBaseCode": "its first three digits",
    "EventRootCode": "its first two digits",
    "QuadClass": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    "EventText": "the code in words",
    "ActionGeo_FullName": "the place that the report gives; empty if it gives none",
    "ActionGeo_CountryCode": "ISO 3166-1 alpha-2 (not FIPS)",
    "ActionGeo_Lat": "degrees, where it is clear which place is meant",
    "ActionGeo_Long": "",
    "SOURCEURL": "the report's address",
    "Publisher": "who brought the report out",
    "DateFirst": "the first day that comes into question; empty if open or unknown",
    "DateLast": "the last day that comes into question; empty if open or unknown",
    "DatePrecision": "the size of the stretch of time that the words name",
    "DateBasis": "what the date rests on: explicit (it stands there), publication (reckoned from the report's date, as "
    '"Thursday"), expression, event, narrative or quotation (reckoned from another time). The report\'s own date is '
    "never taken for the event's",
    "Status": "onrecord's own: happened, or planned, threatened, refused, requested (then the code is for the saying)",
    "Certainty": "-3 to 3, of the act itself, as told",
    "Background": "yes: an older event, told to explain the new",
    "Disputed": "yes: another voice says that it did not happen",
    "Voice": "report: the report says so itself; else the source is named, unnamed, document, outlet or none",
    "VoiceName": "who says so, or the words for them",
    "StatementID": "the statement that alone tells it",
    "HappeningID": "the same for all tellings of one event in one report: count these, not rows",
    "ReportID": "the report, by its id in the case",
    "Start": "where the act's words stand in the report's text, in characters",
    "End": "",
    "Words": "the words that tell it, on one line (exactly as printed: in plover.jsonl)",
}
README = """\
The events of a case as political event data. Two files lie beside this one.

plover.jsonl: every event with a PLOVER 2.0 type, one JSON object a line, whatever its status: also what was denied,
planned or only feared. `status` and `certainty` say which. `auxiliary` says it in PLOVER's words: what is told as
having happened is never negation, hypothetical or future there, everything else is always one of them. `actor` is
empty where the report does not say who did it. `date` is never the report's date for want of a better one. `cameo` is
the event's code in cameo.tsv, or null, and then `cameo_left_out` says why.

cameo.tsv: CAMEO rows, UTF-8, one event a line, parted by tabs, cells quoted as in CSV. CAMEO has no column for whether
something happened: a row is a claim that it did. So events that did not happen, or of which that is not known, are
not in it. Where CAMEO has a code for the intent, the threat, the refusal or the request, the event has that code, and
actors, date and place are those of the saying, not of the act that is spoken of. A row is what one report says, often
what one source says in it: see Voice and Status. No Goldstein scores are given; join them by EventCode.

One event is one row, however many take part in it: lists of actors are not spread over pairs. In meetings without a
host all who met are actors, as PLOVER has it. Cells that a spreadsheet would run begin with an apostrophe.

Columns of cameo.tsv:"""


def write_rows(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    """Write CAMEO rows as tab-separated values, with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(COLUMNS), delimiter="\t", lineterminator="\n")
        table.writeheader()
        table.writerows({column: cell(row[column]) for column in COLUMNS} for row in rows)


def cameo_rows(resolved: Resolved, codes: Codes) -> Iterator[Mapping[str, object]]:
    """The events that CAMEO has a code for, in the order of the reports and of their text."""
    happenings = {id_: happening for happening in resolved.account.happenings for id_ in happening.told_in}
    for reading in resolved.readings:
        for event in reading.events:
            coded = codes[event.id]
            if isinstance(coded, Coded):
                yield _row(event, coded, reading, resolved) | _told(happenings.get(event.id))


def readme(codes: Codes) -> str:
    """What the files hold, column by column, and what cameo.tsv leaves out, with numbers."""
    counts = Counter(coded for coded in codes.values() if isinstance(coded, LeftOut))
    without_type = counts.pop(LeftOut.NO_TYPE, 0)
    left_out = sum(counts.values())
    typed = len(codes) - without_type
    columns = (
        fill(about or "likewise", 120, initial_indent=f"  {name:<22}", subsequent_indent=" " * 24)
        for name, about in COLUMNS.items()
    )
    closing = [
        f"Codes: {table().name}.csv {table().digest}",
        f"The case has {len(codes)} events. plover.jsonl has {typed} of them, cameo.tsv {typed - left_out}.",
        f"Left out of both: {without_type} that {WHY[LeftOut.NO_TYPE]}.",
        f"Left out of cameo.tsv: {left_out} more" + (", of which" if left_out else "."),
        *(f"  {counts[why]:>5} ({why}) {words}" for why, words in WHY.items() if counts[why]),
    ]
    return "\n".join([README, *columns, "", *closing, ""])


def actor_code(entity: Entity) -> str:
    """An actor in the manner of CAMEO: country, then sector, as far as they are known.

    >>> from onrecord.record import Kind
    >>> actor_code(Entity("e-1", Kind.GROUP, False, "two gunmen", (), country="NO", sector="UAF"))
    'NOUAF'
    """
    return (country_of(entity) or "") + (entity.sector or "")


def country_of(entity: Entity) -> str | None:
    """The country of an entity; a country that acts is its own."""
    if entity.country is None and entity.place is not None and entity.place.precision == "country":
        return entity.place.country
    return entity.country


def _row(event: Event, coded: Coded, reading: Reading, resolved: Resolved) -> dict[str, object]:
    document = reading.document
    return {
        "GLOBALEVENTID": event.id,
        **_actors("Actor1", coded.sources, resolved),
        **_actors("Actor2", coded.targets, resolved),
        "EventCode": coded.code, "EventBaseCode": coded.code[:3], "EventRootCode": coded.root,
        "QuadClass": coded.quad, "EventText": coded.means,
        **_geo(resolved.entities.get(coded.where or "")),
        "SOURCEURL": document.url, "Publisher": one_line(document.outlet),
        **_dates(coded.when),
        "Status": event.status.value, "Certainty": event.certainty, "Background": event.background,
        **_voice(event, reading, resolved),
        "ReportID": document.id, "Start": event.trigger.start, "End": event.trigger.end,
        "Words": one_line((event.clause or event.trigger).cut(document.text)),
    }  # fmt: skip


def _actors(column: str, ids: Iterable[Id], resolved: Resolved) -> dict[str, object]:
    entities = [resolved.entities[id_] for id_ in ids if id_ in resolved.entities]
    cells = {
        "Code": [actor_code(entity) for entity in entities],
        "Name": [one_line(entity.name).replace(";", ",") for entity in entities],
        "CountryCode": [country_of(entity) or "" for entity in entities],
        "Type1Code": [entity.sector or "" for entity in entities],
    }
    # Kept in step with the names, so that the third code is that of the third actor; empty if nothing is known at all.
    return {f"{column}{part}": ";".join(values) if any(values) else "" for part, values in cells.items()}


def _geo(place: Entity | None) -> dict[str, object]:
    at = place.place if place is not None else None
    return {
        "ActionGeo_FullName": one_line(place.name) if place is not None else "",
        "ActionGeo_CountryCode": at.country if at is not None else "",
        "ActionGeo_Lat": at.latitude if at is not None else "",
        "ActionGeo_Long": at.longitude if at is not None else "",
    }


def _dates(when: TimeInterval | None) -> dict[str, object]:
    shown = interval_json(when) or {}
    first = when.start if when is not None else None
    last = when.end - timedelta(days=1) if when is not None and when.end is not None else None
    dated = first is not None or last is not None
    return {
        "SQLDATE": _common(first, last, 8), "MonthYear": _common(first, last, 6),
        "Year": _common(first, last, 4),
        "DateFirst": shown.get("earliest"), "DateLast": shown.get("latest"),
        "DatePrecision": shown.get("precision") if dated else "", "DateBasis": shown.get("basis") if dated else "",
    }  # fmt: skip


def _common(first: date | None, last: date | None, figures: int) -> str:
    """The first 8, 6 or 4 figures of YYYYMMDD, where two days have them in common; else empty."""
    if first is None or last is None:
        return ""
    # Not by strftime: it writes the years before 1000 with fewer figures on some systems.
    ends = {f"{day.year:04}{day.month:02}{day.day:02}"[:figures] for day in (first, last)}
    return ends.pop() if len(ends) == 1 else ""


def _voice(event: Event, reading: Reading, resolved: Resolved) -> dict[str, object]:
    statement = next((s for s in reading.statements if s.id == event.statement), None)
    if statement is None:
        return {"Voice": "report", "VoiceName": "", "StatementID": ""}
    return {
        "Voice": statement.source.kind.value,
        "VoiceName": source_in_words(statement, reading, resolved),
        "StatementID": statement.id,
    }


def _told(happening: Happening | None) -> dict[str, object]:
    return {
        "Disputed": happening is not None and happening.disputed,
        "HappeningID": happening.id if happening is not None else "",
    }
