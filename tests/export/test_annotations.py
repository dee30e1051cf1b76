"""Web Annotation: read as JSON-LD, every selector cuts its words; the terms are those of the recommendation."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rdflib import RDF, Graph, Namespace, URIRef

from onrecord.errors import BadInput
from onrecord.export.annotations import UNIT, write_annotations
from onrecord.record import Account

OA = Namespace("http://www.w3.org/ns/oa#")
# What of http://www.w3.org/ns/anno.jsonld these annotations use: a test reads nothing from the network.
ANNO = {
    "oa": str(OA), "rdf": str(RDF), "id": "@id", "type": "@type", "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "identifying": "oa:identifying",
    "describing": "oa:describing", "classifying": "oa:classifying", "start": "oa:start", "end": "oa:end",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
}  # fmt: skip
SELECTOR = {
    "oneOf": [
        {"properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer"},
                        "end": {"type": "integer"}, "onrecord:unit": {"const": UNIT}},
         "required": ["type", "start", "end", "onrecord:unit"], "additionalProperties": False},
        {"properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string"},
                        "prefix": {"type": "string"}, "suffix": {"type": "string"}},
         "required": ["type", "exact", "prefix", "suffix"], "additionalProperties": False},
    ],
}  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["@context", "id", "type", "motivation", "body", "target"],
    "additionalProperties": False,
    "properties": {
        "@context": {"type": "array", "prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}]},
        "id": {"pattern": "^urn:onrecord:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["identifying", "describing", "classifying"]},
        "body": {"type": "object", "required": ["type"], "propertyNames": {"pattern": "^(type$|onrecord:)"}},
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["source"],
                "properties": {
                    "source": {"pattern": "^urn:sha256:[0-9a-f]{64}$"},
                    "selector": {"type": "array", "minItems": 2, "maxItems": 2, "items": SELECTOR},
                },
            },
        },
    },
}


def read_back(account: Account, out: Path) -> list[dict[str, Any]]:
    (path,) = write_annotations(account, out)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("which", ["account", "affair"])
def test_every_annotation_has_the_form_of_the_recommendation(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    rows = read_back(request.getfixturevalue(which), tmp_path / "a.jsonl")
    for row in rows:
        Draft202012Validator(SCHEMA).validate(row)
    assert len({row["id"] for row in rows}) == len(rows)


def test_positions_and_quotations_cut_the_same_words(account: Account, tmp_path: Path) -> None:
    text = account.readings[0].document.text
    rows = read_back(account, tmp_path / "a.jsonl")
    targets = [target for row in rows for target in row["target"] if "selector" in target]
    assert len(targets) == 4 + 1 + 1 + 2 + 1 + 1
    for target in targets:
        place, quote = target["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert target["source"] == f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib, of itself
def test_a_jsonld_reader_finds_annotations_selectors_and_bodies(affair: Account, tmp_path: Path) -> None:
    rows = read_back(affair, tmp_path / "a.jsonl")
    graph = Graph()
    for row in rows:
        local = row | {"@context": [ANNO, row["@context"][1]]}
        graph.parse(data=json.dumps(local), format="json-ld")
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == len(rows)
    event = URIRef("urn:onrecord:ev-2")
    target = graph.value(event, OA.hasTarget)
    exact = {
        str(words) for selector in graph.objects(target, OA.hasSelector) for words in graph.objects(selector, OA.exact)
    }
    assert exact == {"the crew fled"}
    body = graph.value(event, OA.hasBody)
    assert str(graph.value(body, URIRef("urn:onrecord:terms#status"))) == "denied"
    assert str(graph.value(body, URIRef("urn:onrecord:terms#happening"))) == "h-2"


def test_a_statement_says_whose_it_is_and_on_what_terms(affair: Account, tmp_path: Path) -> None:
    rows = {row["id"]: row["body"] for row in read_back(affair, tmp_path / "a.jsonl")}
    said = rows["urn:onrecord:s-2"]
    assert (said["onrecord:source"], said["onrecord:sourceKind"]) == ("two clerks", "unnamed")
    assert (said["onrecord:terms"], said["onrecord:stance"]) == (["Two"], "denies")
    assert rows["urn:onrecord:ev-2"]["onrecord:voices"][0]["onrecord:status"] == "denied"
    assert rows["urn:onrecord:m-5"]["onrecord:entity"] == "e-3"


def test_a_folder_in_the_way_is_named(account: Account, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder; annotations is one file"):
        write_annotations(account, tmp_path)
