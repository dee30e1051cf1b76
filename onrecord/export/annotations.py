"""W3C Web Annotation: every finding beside the exact words it stands on, one annotation a line.

``target.source`` is the hash of a report's text (UTF-8) as a URN. Positions count Unicode code points, as the
recommendation has it, and every selector says so; programs that count UTF-16 units must convert. The words themselves
stand beside the position, with what is before and after them: whoever has another copy of the text can still find them.
What the recommendation has no terms for (status, voices, terms of a source) has terms of our own, ``onrecord:...``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.export.account_json import interval_json
from onrecord.export.citations import source_in_words
from onrecord.export.resolved import Resolved, resolve
from onrecord.export.written import single_file, write_lines
from onrecord.record import Account, Event, Id, Mention, Quantity, Reading, Role, Span, Statement, TimeExpression

Json = dict[str, Any]
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:terms#"}]
UNIT = "Unicode code points"
# Characters that stand before and after the exact words.
AROUND = 32


@dataclass(frozen=True, slots=True)
class Page:
    """A report whose words are annotated: its text, the URN of that text, and the case around it."""

    reading: Reading
    source: str
    resolved: Resolved
    happenings: Mapping[Id, Id]


def write_annotations(account: Account, out: Path) -> list[Path]:
    """W3C Web Annotations: every finding with its exact words, JSON lines in the file ``out``."""
    return [write_lines(single_file(out, "annotations"), annotated(resolve(account)))]


def annotated(resolved: Resolved) -> Iterator[Json]:
    """Report by report: the report itself, then its findings in the order of the nouns."""
    happenings = {id_: happening.id for happening in resolved.account.happenings for id_ in happening.told_in}
    for reading in resolved.readings:
        page = Page(reading, text_urn(reading.document.text), resolved, happenings)
        yield _of_report(page)
        for mention in reading.mentions:
            yield _annotation(page, mention.id, "identifying", [mention.span], _mention(mention, page))
        for role in reading.roles:
            yield _annotation(page, role.id, "describing", [role.span], _role(role, page))
        for statement in reading.statements:
            spans = statement.content or statement.cue
            yield _annotation(page, statement.id, "describing", spans, _statement(statement, page))
        for event in reading.events:
            yield _annotation(page, event.id, "classifying", [event.clause or event.trigger], _event(event, page))
        for time in reading.times:
            yield _annotation(page, time.id, "describing", [time.span], _time(time))
        for quantity in reading.quantities:
            yield _annotation(page, quantity.id, "describing", [quantity.span], _quantity(quantity))


def annotation_id(row: Id) -> str:
    """The id of the annotation of a row.

    >>> annotation_id("m-12")
    'urn:onrecord:m-12'
    """
    return f"urn:onrecord:{row}"


def text_urn(text: str) -> str:
    """The name of a text: the hash of its UTF-8 bytes."""
    return f"urn:sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _annotation(page: Page, row: Id, motivation: str, spans: Iterable[Span], body: Json) -> Json:
    return {
        "@context": CONTEXT,
        "id": annotation_id(row),
        "type": "Annotation",
        "motivation": motivation,
        "body": _terms(body),
        "target": [{"source": page.source, "selector": _selectors(span, page.reading)} for span in spans],
    }


def _selectors(span: Span, reading: Reading) -> list[Json]:
    text = reading.document.text
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end, "onrecord:unit": UNIT},
        {
            "type": "TextQuoteSelector",
            "exact": span.cut(text),
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]


def _terms(body: Json) -> Json:
    """A body in terms of our own; what is unknown is left out."""
    known = {
        f"onrecord:{name}": value for name, value in body.items() if name != "type" and value not in (None, "", [])
    }
    return {"type": f"onrecord:{body['type']}", **known}


def _of_report(page: Page) -> Json:
    document = page.reading.document
    body = {
        "type": "Report", "report": document.id, "title": document.title, "outlet": document.outlet,
        "authors": list(document.authors), "url": document.url, "published": interval_json(page.reading.published),
        "sha256OfOriginal": document.original, "characters": len(document.text),
    }  # fmt: skip
    whole = _annotation(page, document.id, "describing", (), body)
    return whole | {"target": [{"source": page.source}]}


def _mention(mention: Mention, page: Page) -> Json:
    entity = page.resolved.entities.get(mention.means or "")
    return {
        "type": "Mention", "entity": mention.means, "name": entity.name if entity else None,
        "named": entity.named if entity else None, "kind": mention.kind.value, "form": mention.form.value,
        "candidates": list(mention.candidates),
    }  # fmt: skip


def _role(role: Role, page: Page) -> Json:
    means = {mention.id: mention.means for mention in page.reading.mentions}
    return {
        "type": "Role", "holder": means.get(role.holder), "title": role.title, "of": means.get(role.of or ""),
        "former": role.former, "during": interval_json(role.during),
    }  # fmt: skip


def _statement(statement: Statement, page: Page) -> Json:
    source, text = statement.source, page.reading.document.text
    return {
        "type": "Statement", "source": source_in_words(statement, page.reading, page.resolved),
        "sourceKind": source.kind.value, "entity": source.entity, "with": list(source.joint),
        "terms": [span.cut(text) for span in source.terms], "cue": [span.cut(text) for span in statement.cue],
        "stance": statement.stance.value, "manner": statement.manner.value, "negated": statement.negated,
        "hypothetical": statement.hypothetical, "addressee": statement.addressee,
        "within": annotation_id(statement.within) if statement.within else None, "score": statement.score,
        "when": interval_json(statement.when),
    }  # fmt: skip


def _event(event: Event, page: Page) -> Json:
    voices = [
        {"onrecord:source": v.source, "onrecord:status": v.status.value, "onrecord:certainty": v.certainty}
        for v in event.voices
    ]
    return {
        "type": "Event", "happening": page.happenings.get(event.id), "eventType": event.type.value,
        "status": event.status.value, "certainty": event.certainty, "voices": voices,
        "statement": annotation_id(event.statement) if event.statement else None,
        "participants": [{"onrecord:part": p.part, "onrecord:entity": p.entity} for p in event.participants],
        "where": event.where, "when": interval_json(event.when), "background": event.background,
    }  # fmt: skip


def _time(time: TimeExpression) -> Json:
    return {"type": "Time", "timex": time.timex, "edtf": time.edtf, "when": interval_json(time.interval)}


def _quantity(quantity: Quantity) -> Json:
    return {
        "type": "Quantity", "min": quantity.min, "max": quantity.max, "unit": quantity.unit,
        "approximate": quantity.approximate, "of": quantity.of,
    }  # fmt: skip
