"""PLOVER: the events of a case for users of political event data; JSON lines, and beside them CAMEO rows.

``plover.jsonl`` keeps everything that has a PLOVER type, with its status, its voices and its words. ``cameo.tsv`` can
say only what its codes can: see ``codes.py``. Nothing is dated, located or given to an actor that the report does not
give it to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.export.account_json import interval_json
from onrecord.export.cameo import Codes, actor_code, cameo_rows, country_of, readme, write_rows
from onrecord.export.citations import source_in_words
from onrecord.export.codes import NO_TYPE, Coded, LeftOut, codes_of
from onrecord.export.formulas import spans_by_id
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.written import folder, write_lines
from onrecord.record import Account, Entity, Event, Id, Reading, SourceKind, Statement, Status, TimeInterval

Json = dict[str, Any]
NEGATION, HYPOTHETICAL, FUTURE, HISTORICAL = "negation", "hypothetical", "future", "historical"
# In the words of PLOVER, which has none for "tried" and "left open": what is not told as done must not look like done.
AUXILIARY: Mapping[Status, tuple[str, ...]] = {
    Status.HAPPENED: (),
    Status.DENIED: (NEGATION,),
    Status.DID_NOT_HAPPEN: (NEGATION,),
    Status.PREVENTED: (NEGATION,),
    Status.REFUSED: (NEGATION,),
    Status.COUNTERFACTUAL: (NEGATION, HYPOTHETICAL),
    Status.PLANNED: (FUTURE,),
    Status.THREATENED: (FUTURE, HYPOTHETICAL),
    Status.REQUESTED: (FUTURE, HYPOTHETICAL),
    Status.ATTEMPTED: (HYPOTHETICAL,),
    Status.POSSIBLE: (HYPOTHETICAL,),
    Status.HYPOTHETICAL: (HYPOTHETICAL,),
    Status.UNCERTAIN: (HYPOTHETICAL,),
}


def write_plover(account: Account, out: Path) -> list[Path]:
    """PLOVER 2.0 records as JSON lines, CAMEO rows as TSV, and a README, in the folder ``out``.

    The folder is made if absent. Raises BadInput if it is a file.
    """
    folder(out, "PLOVER needs a folder, for its three files")
    resolved = resolve(account)
    paths = [out / "plover.jsonl", out / "cameo.tsv", out / "README.txt"]
    codes = {id_: code for reading in resolved.readings for id_, code in codes_of(reading).items()}
    write_lines(paths[0], plover_records(resolved, codes))
    write_rows(cameo_rows(resolved, codes), paths[1])
    paths[2].write_bytes(readme(codes).encode("utf-8"))
    return paths


def plover_records(resolved: Resolved, codes: Codes) -> Iterator[Json]:
    """Every event with a PLOVER type, in the order of the reports and of their text."""
    happenings = {id_: happening.id for happening in resolved.account.happenings for id_ in happening.told_in}
    for reading in resolved.readings:
        for event in reading.events:
            if event.type not in NO_TYPE:
                yield _record(event, codes[event.id], reading, resolved) | {"happening": happenings.get(event.id)}


def _record(event: Event, code: Coded | LeftOut, reading: Reading, resolved: Resolved) -> Json:
    text = reading.document.text
    words = event.clause or event.trigger
    return {
        "id": event.id,
        **_date(event.when, reading),
        "event_type": event.type.value,
        "mode": event.mode,
        "context": list(event.contexts),
        "auxiliary": auxiliary(event),
        "actor": _actors(event.with_part("actor"), resolved),
        "recip": _actors(event.with_part("recipient"), resolved),
        "location": _location(resolved.entities.get(event.where or "")),
        "status": event.status.value,
        "certainty": event.certainty,
        "background": event.background,
        "said_by": _chain(event, reading, resolved),
        "anchor": {"report": reading.document.id, "start": words.start, "end": words.end},
        "text": words.cut(text),
        "trigger": {"start": event.trigger.start, "end": event.trigger.end, "text": event.trigger.cut(text)},
        "status_words": [cue.cut(text) for cue in event.status_cues],
        "cite_info": _cite(reading),
        "same_as": event.same_as,
        "cameo": code.code if isinstance(code, Coded) else None,
        "cameo_left_out": code.value if isinstance(code, LeftOut) else None,
    }


def auxiliary(event: Event) -> list[str]:
    """PLOVER's auxiliary modes of an event; none only for what is told as having happened, and not long ago."""
    told = AUXILIARY[event.status]
    if event.status is Status.HAPPENED and event.certainty < 1:
        told = (HYPOTHETICAL,)
    return [*told, *((HISTORICAL,) if event.background else ())]


def _date(when: TimeInterval | None, reading: Reading) -> Json:
    """Both days included; ``rests_on`` says from what they were reckoned, with the words for it."""
    shown = interval_json(when)
    if when is None or shown is None or (when.start is None and when.end is None):
        return {"date": None, "enddate": None, "precision": None, "date_rests_on": None}
    anchor = spans_by_id(reading).get(when.anchor_id or "")
    return {
        "date": shown["earliest"],
        "enddate": shown["latest"],
        "precision": shown["precision"],
        "date_rests_on": {
            "basis": shown["basis"],
            "inferred": shown["inferred"],
            "approximate": shown["approximate"],
            "throughout": shown["throughout"],
            "words": anchor.cut(reading.document.text) if anchor is not None else None,
            "edtf": shown["edtf"],
        },
    }


def _actors(ids: tuple[Id, ...], resolved: Resolved) -> list[Json]:
    return [_actor(resolved.entities[id_]) for id_ in dict.fromkeys(ids) if id_ in resolved.entities]


def _actor(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "text": entity.name,
        "named": entity.named,
        "kind": entity.kind.value,
        "country": country_of(entity),
        "sector": entity.sector,
        "code": actor_code(entity) or None,
    }


def _location(place: Entity | None) -> Json | None:
    if place is None:
        return None
    at = place.place
    return {
        "id": place.id,
        "name": place.name,
        "lat": at.latitude if at is not None else None,
        "lon": at.longitude if at is not None else None,
        "country": at.country if at is not None else None,
    }


def _chain(event: Event, reading: Reading, resolved: Resolved) -> list[Json]:
    """Who says so, the outermost first: A said that B said. Empty where the report says so itself."""
    statements = {statement.id: statement for statement in reading.statements}
    chain: list[Statement] = []
    at = statements.get(event.statement or "")
    while at is not None and at not in chain:
        chain.append(at)
        at = statements.get(at.within or "")
    return [_said(statement, reading, resolved) for statement in reversed(chain)]


def _said(statement: Statement, reading: Reading, resolved: Resolved) -> Json:
    source, text = statement.source, reading.document.text
    return {
        "statement": statement.id,
        "source": source_in_words(statement, reading, resolved),
        "ids": [id_ for id_ in (source.entity, *source.joint) if id_ is not None],
        "kind": source.kind.value,
        "named": {SourceKind.NAMED: True, SourceKind.UNNAMED: False}.get(source.kind),
        "stance": statement.stance.value,
        "terms": [span.cut(text) for span in source.terms],
    }


def _cite(reading: Reading) -> Json:
    document = reading.document
    published = interval_json(reading.published)
    return {
        "publication": document.outlet or None,
        "title": document.title or None,
        "url": document.url or None,
        "file": document.origin or None,
        "published": [published["earliest"], published["latest"]] if published else None,
        "published_inferred": published["inferred"] if published else None,
    }
