"""FollowTheMoney: named entities, their posts, what happened and what was said, for OpenAleph and its kin.

Three files: ``entities.ftm.json`` (JSON lines), ``statements.csv`` (the same, one value a row, each with the exact
words it comes from) and ``anchors.jsonl`` (where these words stand). FollowTheMoney has no field for factuality, nor
for whose word something is, so:

- only what is told as having happened is an ``Event``; all else is a ``Note`` that says so in its first words;
- an ``Event`` of which somebody says that it did not happen begins with "disputed:", in its name too;
- whose word it is stands in ``summary`` or ``description``;
- who has no name gets no entity: a ``Person`` called “a clerk” would be matched against every list. The description
  stands in quotation marks where words tell of what was said or done, and in the anchors.

Only schemata and properties that FollowTheMoney has had since 3.8 are written.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.export.annotations import annotated, annotation_id
from onrecord.export.ftm_entities import Value, Written, entities
from onrecord.export.resolved import resolve
from onrecord.export.written import folder, write_lines
from onrecord.record import Account

DATASET = "onrecord"
# The columns of followthemoney.statement.serialize.
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
# The types of the properties that are written; any other is a string.
TYPES = {
    "name": "name", "alias": "name", "resolved": "entity", "proof": "entity", "involved": "entity", "entity": "entity",
    "holder": "entity", "post": "entity", "organization": "entity", "subject": "entity", "object": "entity",
    "document": "entity", "addressEntity": "entity", "country": "country", "date": "date", "startDate": "date",
    "endDate": "date", "publishedAt": "date", "bodyText": "text", "summary": "text", "description": "text",
    "notes": "text", "contentHash": "checksum", "language": "language", "sourceUrl": "url", "mimeType": "mimetype",
    "full": "address", "location": "address", "latitude": "number", "longitude": "number",
}  # fmt: skip


def write_ftm(account: Account, out: Path) -> list[Path]:
    """FollowTheMoney entities (JSON lines), statements.csv and anchors.jsonl, in the folder ``out``.

    The folder is made if absent. Raises BadInput if it is a file.
    """
    folder(out, "FollowTheMoney needs a folder, for its three files")
    resolved = resolve(account)
    paths = [out / "entities.ftm.json", out / "statements.csv", out / "anchors.jsonl"]
    write_lines(paths[0], (entity.json() for entity in entities(resolved)))
    with paths[1].open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, csv.unix_dialect)
        rows.writerow(COLUMNS)
        rows.writerows(statements(entities(resolved)))
    write_lines(paths[2], annotated(resolved))
    return paths


def statements(written: Iterable[Written]) -> Iterator[tuple[str, ...]]:
    """One row for each value of each entity, by ``COLUMNS``."""
    for entity in written:
        for value in entity.values:
            yield _statement(entity, value)


def _statement(entity: Written, value: Value) -> tuple[str, ...]:
    origin = annotation_id(value.row) if value.row else ""
    return (
        entity.id, entity.id, value.prop, TYPES.get(value.prop, "string"), entity.schema, value.value, DATASET, origin,
        "", value.words, "f", "", "", _key(entity.id, value),
    )  # fmt: skip


def _key(entity: str, value: Value) -> str:
    """The id of a statement as FollowTheMoney makes it: a name, no safeguard."""
    key = f"{DATASET}.{entity}.{value.prop}.{value.value}"
    return hashlib.sha1(key.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
