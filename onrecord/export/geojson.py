"""GeoJSON (RFC 7946): the happenings of which the place is known, as points.

Coordinates are longitude, latitude (WGS 84). A place is as exact as ``place_precision`` says: the point of a country is
its middle, not where something was. What has no known place is counted under ``onrecord:without_place``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.export.account_json import interval_json
from onrecord.export.citations import one_line
from onrecord.export.days import when_in_words
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.told import Told, outlet, title, told
from onrecord.export.written import write_document
from onrecord.record import Account, Entity, Location, Reading

Json = dict[str, Any]


def write_geojson(account: Account, out: Path) -> list[Path]:
    """GeoJSON: the happenings of which the place is known, with their status and sources, in the file ``out``."""
    return [write_document(out, features(resolve(account)), "GeoJSON")]


def features(resolved: Resolved) -> Json:
    """The feature collection."""
    found = list(_features(resolved))
    return {
        "type": "FeatureCollection",
        "features": found,
        "onrecord:without_place": len(resolved.account.happenings) - len(found),
    }


def _features(resolved: Resolved) -> Iterator[Json]:
    for happening in told(resolved):
        entity = resolved.entities.get(happening.happening.where or "")
        if entity is not None and entity.place is not None:
            yield _feature(happening, entity, entity.place, resolved)


def _feature(happening: Told, entity: Entity, place: Location, resolved: Resolved) -> Json:
    return {
        "type": "Feature",
        "id": happening.happening.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {**_told(happening, resolved), **_when(happening), **_where(entity, place)},
    }


def _told(happening: Told, resolved: Resolved) -> Json:
    of = happening.happening
    return {
        "line": happening.line,
        "status": happening.status,
        "disputed": of.disputed,
        "disputed_on": list(of.disputed_on),
        "type": of.type.value,
        "actors": list(resolved.names(of.actors)),
        "recipients": list(resolved.names(of.recipients)),
        "according_to": list(happening.voices),
        "voices": of.voices,
        "unnamed_only": of.unnamed_only,
        "reports": [_report(reading) for reading in happening.reports],
    }


def _report(reading: Reading) -> Mapping[str, str | None]:
    document = reading.document
    return {"id": document.id, "title": title(reading), "outlet": outlet(reading), "url": document.url or None}


def _when(happening: Told) -> Json:
    when = happening.happening.when
    shown = interval_json(when) or {}
    names = ("earliest", "latest", "precision", "approximate", "inferred", "throughout", "edtf")
    return {name: shown.get(name) for name in names} | {"days": when_in_words(when)}


def _where(entity: Entity, place: Location) -> Json:
    return {
        "place": one_line(entity.name),
        "place_id": entity.id,
        "place_precision": place.precision,
        "country": place.country or None,
        "gazetteer": place.gazetteer,
    }
