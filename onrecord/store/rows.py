"""Nouns -> rows: the findings of one report, written down in full.

``Sheet`` gathers the rows of one reading by table; ``write`` stores them. The way back is ``onrecord.store.nouns``;
together they give back an equal ``Reading``.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from functools import cache

from onrecord.record import (
    Block,
    Cue,
    Document,
    Entity,
    Event,
    Id,
    Link,
    Mention,
    Quantity,
    Quotation,
    Range,
    Reading,
    Reason,
    Role,
    Sentence,
    Sourcing,
    Span,
    Statement,
    TimeExpression,
    TimeInterval,
)
from onrecord.store.casefile import CaseFile

# The columns that are written, table by table; parents before children. Every table's first column is the report.
COLUMNS = {
    "block": "report n kind start end place",
    "sentence": "report id n block start end words",
    "quotation": "report id n start end words scare carried",
    "mention": "report id n start end words head_start head_end kind form means candidates",
    "role": "report id n start end words holder title body former",
    "cue": "report id n lemma kind stance negated hypothetical score",
    "entity": "report id n kind named name aliases mentions count country sector latitude longitude place_country "
    "gazetteer place_precision members",
    "statement": "report id n source_kind source joint source_count manner kind stance negated hypothetical channel "
    "channel_start channel_end channel_words addressee within score addressed_start addressed_end addressed_words",
    "sourcing": "report id n start end words sources",
    "time": "report id n start end words kind timex edtf relative_to",
    "event": "report id n start end words predicate type mode contexts place background status certainty statement "
    "same_as part_of",
    "participant": "report event n part entity start end words",
    "voice": "report event n status certainty source statement",
    "link": "report id n left right kind field score by",
    "quantity": "report id n start end words min max unit approximate counts",
    "anchor": "report owner part n start end words",
    "reason": "report owner part n rule note start end weight model",
    "interval": "report owner part start_day end_day precision basis inferred throughout approximate clock anchor_id "
    "alternatives",
    "problem": "report n document stage message at",
}
# Numbers beyond this do not fit SQLite's integers.
BIGGEST = 2**63 - 1

Row = tuple[object, ...]


class Sheet:
    """The rows of one report, by table, as they will be stored."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def add(self, table: str, *values: object) -> None:
        """One row; the report's number comes first of itself."""
        self.tables[table].append((self.number, *values))

    def words(self, span: Span) -> tuple[int, int, str]:
        """A span and the words under it."""
        return span.start, span.end, self.text[span.start : span.end]

    def words_if_any(self, span: Span | None) -> tuple[int, int, str] | tuple[None, None, None]:
        """The same for a span that may be missing."""
        return self.words(span) if span is not None else (None, None, None)

    def anchors(self, owner: Id, part: str, spans: Iterable[Span]) -> None:
        """The anchors of one part of a finding."""
        text, number = self.text, self.number
        self.tables["anchor"] += [
            (number, owner, part, n, span.start, span.end, text[span.start : span.end]) for n, span in enumerate(spans)
        ]

    def reasons(self, owner: Id, reasons: Iterable[Reason], part: str = "") -> None:
        """Why a finding, or one part of it, stands."""
        number = self.number
        self.tables["reason"] += [
            (
                number, owner, part, n, reason.rule, reason.note,
                reason.span.start if reason.span else None, reason.span.end if reason.span else None,
                reason.weight, reason.model,
            )
            for n, reason in enumerate(reasons)
        ]  # fmt: skip

    def interval(self, owner: Id, part: str, interval: TimeInterval | None) -> None:
        """The calendar time of one part of a finding, if it has one."""
        if interval is None:
            return
        others = [[_day(other.start), _day(other.end), other.why] for other in interval.alternatives]
        self.add(
            "interval", owner, part, _day(interval.start), _day(interval.end), interval.precision, interval.basis,
            interval.inferred, interval.throughout, interval.approximate, interval.clock, interval.anchor_id,
            _json(others),
        )  # fmt: skip
        self.reasons(owner, interval.reasons, part)


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "[]"


def _range(count: Range | None) -> str | None:
    return None if count is None else json.dumps([count.min, count.max])


def _number(value: int | None) -> int | str | None:
    return value if value is None or -BIGGEST <= value <= BIGGEST else str(value)


# ------------------------------------------------------------------------------------------------ noun by noun


def _block(sheet: Sheet, n: int, block: Block) -> None:
    sheet.add("block", n, block.kind, block.span.start, block.span.end, block.where)


def _sentence(sheet: Sheet, n: int, sentence: Sentence) -> None:
    sheet.add("sentence", sentence.id, n, sentence.block, *sheet.words(sentence.span))


def _quotation(sheet: Sheet, n: int, quotation: Quotation) -> None:
    sheet.add("quotation", quotation.id, n, *sheet.words(quotation.span), quotation.scare, quotation.carried)


def _mention(sheet: Sheet, n: int, mention: Mention) -> None:
    head = mention.head
    sheet.add(
        "mention", mention.id, n, *sheet.words(mention.span), head.start, head.end, mention.kind, mention.form,
        mention.means, _json(mention.candidates),
    )  # fmt: skip
    sheet.reasons(mention.id, mention.reasons)


def _role(sheet: Sheet, n: int, role: Role) -> None:
    sheet.add("role", role.id, n, *sheet.words(role.span), role.holder, role.title, role.of, role.former)
    sheet.interval(role.id, "during", role.during)
    sheet.reasons(role.id, role.reasons)


def _cue(sheet: Sheet, n: int, cue: Cue) -> None:
    sheet.add("cue", cue.id, n, cue.lemma, cue.kind, cue.stance, cue.negated, cue.hypothetical, cue.score)
    sheet.anchors(cue.id, "spans", cue.spans)
    sheet.anchors(cue.id, "source", cue.source)
    sheet.anchors(cue.id, "content", cue.content)
    sheet.reasons(cue.id, cue.reasons)


def _entity(sheet: Sheet, n: int, entity: Entity) -> None:
    at = entity.place
    where = (at.latitude, at.longitude, at.country, at.gazetteer, at.precision) if at else (None,) * 5
    sheet.add(
        "entity", entity.id, n, entity.kind, entity.named, entity.name, _json(entity.aliases), _json(entity.mentions),
        _range(entity.count), entity.country, entity.sector, *where, _json(entity.members),
    )  # fmt: skip
    sheet.reasons(entity.id, entity.reasons)


def _statement(sheet: Sheet, n: int, statement: Statement) -> None:
    source, channel = statement.source, statement.channel
    sheet.add(
        "statement", statement.id, n, source.kind, source.entity, _json(source.joint), _range(source.count),
        statement.manner, statement.kind, statement.stance, statement.negated, statement.hypothetical,
        channel.kind if channel else None, *sheet.words_if_any(channel.span if channel else None),
        statement.addressee, statement.within, statement.score, *sheet.words_if_any(statement.addressed),
    )  # fmt: skip
    sheet.anchors(statement.id, "source", source.spans)
    sheet.anchors(statement.id, "terms", source.terms)
    sheet.anchors(statement.id, "reason", source.reason)
    sheet.anchors(statement.id, "knowledge", source.knowledge)
    sheet.anchors(statement.id, "cue", statement.cue)
    sheet.anchors(statement.id, "content", statement.content)
    sheet.interval(statement.id, "when", statement.when)
    sheet.reasons(statement.id, statement.reasons)


def _sourcing(sheet: Sheet, n: int, sourcing: Sourcing) -> None:
    sheet.add("sourcing", sourcing.id, n, *sheet.words(sourcing.span), _json(sourcing.sources))
    sheet.reasons(sourcing.id, sourcing.reasons)


def _time(sheet: Sheet, n: int, time: TimeExpression) -> None:
    sheet.add("time", time.id, n, *sheet.words(time.span), time.kind, time.timex, time.edtf, time.relative_to)
    sheet.interval(time.id, "interval", time.interval)
    sheet.reasons(time.id, time.reasons)


def _event(sheet: Sheet, n: int, event: Event) -> None:
    sheet.add(
        "event", event.id, n, *sheet.words(event.trigger), event.predicate, event.type, event.mode,
        _json(event.contexts), event.where, event.background, event.status, event.certainty, event.statement,
        event.same_as, event.part_of,
    )  # fmt: skip
    for place, one in enumerate(event.participants):
        sheet.add("participant", event.id, place, one.part, one.entity, *sheet.words_if_any(one.span))
    for place, voice in enumerate(event.voices):
        sheet.add("voice", event.id, place, voice.status, voice.certainty, voice.source, voice.statement)
        sheet.anchors(event.id, f"voice {place}", voice.cues)
    sheet.anchors(event.id, "clause", (event.clause,) if event.clause else ())
    sheet.anchors(event.id, "status_cues", event.status_cues)
    sheet.interval(event.id, "when", event.when)
    sheet.reasons(event.id, event.reasons)


def _quantity(sheet: Sheet, n: int, quantity: Quantity) -> None:
    sheet.add(
        "quantity", quantity.id, n, *sheet.words(quantity.span), _number(quantity.min), _number(quantity.max),
        quantity.unit, quantity.approximate, quantity.of,
    )  # fmt: skip
    sheet.reasons(quantity.id, quantity.reasons)


def _link(sheet: Sheet, n: int, link: Link) -> None:
    sheet.add("link", link.id, n, link.left, link.right, link.kind, link.field, link.score, link.by)
    sheet.anchors(link.id, "left", link.left_spans)
    sheet.anchors(link.id, "right", link.right_spans)
    sheet.reasons(link.id, link.reasons)


# A field of Reading that holds findings, and what writes one of them.
WRITERS = (
    ("sentences", _sentence),
    ("quotations", _quotation),
    ("mentions", _mention),
    ("roles", _role),
    ("cues", _cue),
    ("entities", _entity),
    ("statements", _statement),
    ("sourcing", _sourcing),
    ("times", _time),
    ("events", _event),
    ("quantities", _quantity),
    ("links", _link),
)


def sheet_of(number: int, reading: Reading, at: str) -> Sheet:
    """All rows of a reading, except that of its report."""
    document = reading.document
    sheet = Sheet(number, document.text)
    for n, block in enumerate(document.blocks):
        _block(sheet, n, block)
    for field, write in WRITERS:
        for n, noun in enumerate(getattr(reading, field)):
            write(sheet, n, noun)
    sheet.interval(document.id, "given", document.published)
    sheet.interval(document.id, "published", reading.published)
    for n, problem in enumerate(reading.problems):
        sheet.add("problem", n, problem.document, problem.stage, problem.message, at)
    return sheet


# ------------------------------------------------------------------------------------------------ into the file


def add_report(case: CaseFile, reading: Reading, data: bytes, at: str, run: int) -> int:
    """Store a report that is not yet in the case, with its findings; its number. Inside a transaction."""
    document = reading.document
    number = case.run(
        "INSERT INTO report (id, title, outlet, authors, url, language, media_type, origin, original, text_sha256,"
        " text, added_at, run) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            document.id, document.title, document.outlet, _json(document.authors), document.url, document.language,
            document.media_type, document.origin, document.original, text_digest(document), document.text, at, run,
        ),
    )  # fmt: skip
    if data != document.text.encode():
        case.run("INSERT INTO original (report, packed) VALUES (?, ?)", (number, zlib.compress(data, 6)))
    _write(case, sheet_of(number, reading, at))
    return number


def replace_findings(case: CaseFile, number: int, reading: Reading, at: str, run: int) -> None:
    """Put a new reading in the place of the old one; the text, the bytes and the place in the case stay."""
    document = reading.document
    for table in reversed(COLUMNS):
        if table == "problem":
            case.run("DELETE FROM problem WHERE report = ? AND n IS NOT NULL", (number,))
        else:
            case.run(f"DELETE FROM {table} WHERE report = ?", (number,))  # noqa: S608 a word of this file
    case.run(
        "UPDATE report SET title = ?, outlet = ?, run = ? WHERE number = ?",
        (document.title, document.outlet, run, number),
    )
    _write(case, sheet_of(number, reading, at))


def _write(case: CaseFile, sheet: Sheet) -> None:
    for table, rows in sheet.tables.items():
        if rows:
            case.many(_insert(table), rows)


@cache
def _insert(table: str) -> str:
    columns = COLUMNS[table].split()
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def text_digest(document: Document) -> str:
    """sha256 of the text in UTF-8."""
    return hashlib.sha256(document.text.encode()).hexdigest()
