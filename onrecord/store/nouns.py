"""Rows -> nouns: the reading of one report, as it was stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from sys import intern
from typing import Any

from onrecord.record import (
    Alternative,
    Basis,
    Block,
    BlockKind,
    Channel,
    ChannelKind,
    Cue,
    Document,
    Entity,
    Event,
    EventType,
    Form,
    Id,
    Kind,
    Link,
    LinkKind,
    Location,
    Manner,
    Mention,
    Participant,
    Precision,
    Problem,
    Quantity,
    Quotation,
    Range,
    Reading,
    Reason,
    Role,
    Sentence,
    Source,
    SourceKind,
    Sourcing,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    TimeExpression,
    TimeInterval,
    TimeKind,
    Voice,
)
from onrecord.store.casefile import CaseFile

Cells = tuple[Any, ...]


class Drawer:
    """The rows of one report's child tables, sorted by whom they belong to."""

    def __init__(self, case: CaseFile, number: int) -> None:
        self._case = case
        self._number = number
        self._anchors: dict[tuple[Id, str], list[Span]] = {}
        for owner, part, start, end in self.rows("owner, part, start, end", "anchor", "owner, part, n"):
            self._anchors.setdefault((owner, part), []).append(Span(start, end))
        self._reasons: dict[tuple[Id, str], list[Reason]] = {}
        columns = "owner, part, rule, note, start, end, weight, model"
        for owner, part, rule, note, start, end, weight, model in self.rows(columns, "reason", "owner, part, n"):
            reason = Reason(intern(rule), intern(note), _span(start, end), weight, bool(model))
            self._reasons.setdefault((owner, part), []).append(reason)
        self._intervals = dict(self._all_intervals())
        self._participants: dict[Id, list[Participant]] = {}
        for event, part, entity, start, end in self.rows("event, part, entity, start, end", "participant", "event, n"):
            self._participants.setdefault(event, []).append(Participant(intern(part), entity, _span(start, end)))
        self._voices: dict[Id, list[Voice]] = {}
        for event, n, status, certainty, *who in self.rows(
            "event, n, status, certainty, source, statement", "voice", "event, n"
        ):
            voice = Voice(Status(status), certainty, who[0], who[1], self.anchors(event, f"voice {n}"))
            self._voices.setdefault(event, []).append(voice)

    def rows(self, columns: str, table: str, order: str = "n") -> list[Cells]:
        """The report's rows of one table. All three are words of this file."""
        sql = f"SELECT {columns} FROM {table} WHERE report = ? ORDER BY {order}"  # noqa: S608
        return self._case.rows(sql, (self._number,))

    def anchors(self, owner: Id, part: str) -> tuple[Span, ...]:
        """The anchors of one part of a finding."""
        return tuple(self._anchors.get((owner, part), ()))

    def reasons(self, owner: Id, part: str = "") -> tuple[Reason, ...]:
        """Why a finding, or one part of it, stands."""
        return tuple(self._reasons.get((owner, part), ()))

    def interval(self, owner: Id, part: str) -> TimeInterval | None:
        """The calendar time of one part of a finding."""
        return self._intervals.get((owner, part))

    def participants(self, event: Id) -> tuple[Participant, ...]:
        """Who takes part in an event."""
        return tuple(self._participants.get(event, ()))

    def voices(self, event: Id) -> tuple[Voice, ...]:
        """Who says of an event that it happened or did not."""
        return tuple(self._voices.get(event, ()))

    def _all_intervals(self) -> Iterator[tuple[tuple[Id, str], TimeInterval]]:
        columns = (
            "owner, part, start_day, end_day, precision, basis, inferred, throughout, approximate, clock, "
            "anchor_id, alternatives"
        )
        for row in self.rows(columns, "interval", "owner, part"):
            owner, part, start, end, precision, basis, inferred, throughout, approximate, clock, anchor, others = row
            alternatives = tuple(Alternative(_day(a), _day(b), why) for a, b, why in _list(others))
            yield (owner, part), TimeInterval(
                _day(start), _day(end), Precision(precision), Basis(basis), bool(inferred), bool(throughout),
                bool(approximate), clock, anchor, alternatives, self.reasons(owner, part),
            )  # fmt: skip


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _list(text: str) -> tuple[Any, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _range(text: str | None) -> Range | None:
    return None if text is None else Range(*json.loads(text))


def _number(value: int | str | None) -> int | None:
    return None if value is None else int(value)


# ------------------------------------------------------------------------------------------------ noun by noun


def _sentences(drawer: Drawer) -> Iterator[Sentence]:
    for id_, start, end, block in drawer.rows("id, start, end, block", "sentence"):
        yield Sentence(id_, Span(start, end), block)


def _quotations(drawer: Drawer) -> Iterator[Quotation]:
    for id_, start, end, scare, carried in drawer.rows("id, start, end, scare, carried", "quotation"):
        yield Quotation(id_, Span(start, end), bool(scare), bool(carried))


def _mentions(drawer: Drawer) -> Iterator[Mention]:
    columns = "id, start, end, head_start, head_end, kind, form, means, candidates"
    for id_, start, end, head_start, head_end, kind, form, means, candidates in drawer.rows(columns, "mention"):
        span, head = Span(start, end), Span(head_start, head_end)
        yield Mention(id_, span, head, Kind(kind), Form(form), means, _list(candidates), drawer.reasons(id_))


def _roles(drawer: Drawer) -> Iterator[Role]:
    for id_, holder, title, start, end, of, former in drawer.rows(
        "id, holder, title, start, end, body, former", "role"
    ):
        was = None if former is None else bool(former)
        during = drawer.interval(id_, "during")
        yield Role(id_, holder, title, Span(start, end), of, was, during, drawer.reasons(id_))


def _cues(drawer: Drawer) -> Iterator[Cue]:
    for id_, lemma, kind, stance, negated, hypothetical, score in drawer.rows(
        "id, lemma, kind, stance, negated, hypothetical, score", "cue"
    ):
        spans, source, content = (drawer.anchors(id_, part) for part in ("spans", "source", "content"))
        yield Cue(
            id_, spans, lemma, StatementKind(kind), Stance(stance), source, content, bool(negated), bool(hypothetical),
            score, drawer.reasons(id_),
        )  # fmt: skip


def _entities(drawer: Drawer) -> Iterator[Entity]:
    columns = (
        "id, kind, named, name, mentions, aliases, count, country, sector, members, "
        "latitude, longitude, place_country, gazetteer, place_precision"
    )
    for id_, kind, named, name, mentions, aliases, count, country, sector, members, *at in drawer.rows(
        columns, "entity"
    ):
        place = None if at[3] is None else Location(*at)
        yield Entity(
            id_, Kind(kind), bool(named), name, _list(mentions), _list(aliases), _range(count), country, sector, place,
            _list(members), drawer.reasons(id_),
        )  # fmt: skip


def _statements(drawer: Drawer) -> Iterator[Statement]:
    columns = (
        "id, source_kind, source, joint, source_count, manner, kind, stance, negated, hypothetical, "
        "channel, channel_start, channel_end, addressee, within, score, addressed_start, addressed_end"
    )
    for row in drawer.rows(columns, "statement"):
        id_, source_kind, entity, joint, count, manner, kind, stance, negated, hypothetical, *rest = row
        channel, channel_start, channel_end, addressee, within, score, addressed_start, addressed_end = rest
        source = Source(
            SourceKind(source_kind), entity, _list(joint), drawer.anchors(id_, "source"), _range(count),
            drawer.anchors(id_, "terms"), drawer.anchors(id_, "reason"), drawer.anchors(id_, "knowledge"),
        )  # fmt: skip
        where = None if channel is None else Channel(ChannelKind(channel), _span(channel_start, channel_end))
        yield Statement(
            id_, source, drawer.anchors(id_, "cue"), drawer.anchors(id_, "content"), Manner(manner),
            StatementKind(kind), Stance(stance), bool(negated), bool(hypothetical), where, addressee,
            _span(addressed_start, addressed_end), drawer.interval(id_, "when"), within, score, drawer.reasons(id_),
        )  # fmt: skip


def _sourcing(drawer: Drawer) -> Iterator[Sourcing]:
    for id_, start, end, sources in drawer.rows("id, start, end, sources", "sourcing"):
        yield Sourcing(id_, Span(start, end), _list(sources), drawer.reasons(id_))


def _times(drawer: Drawer) -> Iterator[TimeExpression]:
    columns = "id, start, end, kind, timex, edtf, relative_to"
    for id_, start, end, kind, timex, edtf, relative_to in drawer.rows(columns, "time"):
        yield TimeExpression(
            id_, Span(start, end), TimeKind(kind), timex, edtf, drawer.interval(id_, "interval"), relative_to,
            drawer.reasons(id_),
        )  # fmt: skip


def _events(drawer: Drawer) -> Iterator[Event]:
    columns = (
        "id, start, end, predicate, type, mode, contexts, place, background, status, certainty, statement, "
        "same_as, part_of"
    )
    for row in drawer.rows(columns, "event"):
        id_, start, end, predicate, type_, mode, contexts, place, background, status, *rest = row
        certainty, statement, same_as, part_of = rest
        clause = drawer.anchors(id_, "clause")
        yield Event(
            id=id_, trigger=Span(start, end), predicate=predicate, type=EventType(type_),
            clause=clause[0] if clause else None, mode=mode, contexts=_list(contexts),
            participants=drawer.participants(id_), where=place, when=drawer.interval(id_, "when"),
            background=bool(background), status=Status(status), certainty=certainty,
            status_cues=drawer.anchors(id_, "status_cues"), statement=statement, voices=drawer.voices(id_),
            same_as=same_as, part_of=part_of, reasons=drawer.reasons(id_),
        )  # fmt: skip


def _quantities(drawer: Drawer) -> Iterator[Quantity]:
    columns = "id, start, end, min, max, unit, approximate, counts"
    for id_, start, end, least, most, unit, approximate, of in drawer.rows(columns, "quantity"):
        yield Quantity(
            id_, Span(start, end), _number(least), _number(most), unit, bool(approximate), of, drawer.reasons(id_)
        )


def _links(drawer: Drawer) -> Iterator[Link]:
    for id_, left, right, kind, field, score, by in drawer.rows("id, left, right, kind, field, score, by", "link"):
        spans = drawer.anchors(id_, "left"), drawer.anchors(id_, "right")
        yield Link(id_, left, right, LinkKind(kind), score, by, field, drawer.reasons(id_), *spans)


# ------------------------------------------------------------------------------------------------ out of the file


def document_at(case: CaseFile, number: int) -> Document:
    """The report with this number, without its findings."""
    return _document(case, number, Drawer(case, number))


def _document(case: CaseFile, number: int, drawer: Drawer) -> Document:
    row = case.one(
        "SELECT id, text, title, outlet, authors, url, language, original, media_type, origin FROM report "
        "WHERE number = ?",
        (number,),
    )
    if row is None:
        raise LookupError(f"no report {number}")
    id_, text, title, outlet, authors, url, language, original, media_type, origin = row
    blocks = tuple(
        Block(BlockKind(kind), Span(start, end), place)
        for kind, start, end, place in drawer.rows("kind, start, end, place", "block")
    )
    given = drawer.interval(id_, "given")
    return Document(
        id_, text, blocks, title, outlet, _list(authors), url, given, language, original, media_type, origin
    )


def reading_at(case: CaseFile, number: int) -> Reading:
    """The reading of the report with this number, equal to what was stored."""
    drawer = Drawer(case, number)
    document = _document(case, number, drawer)
    problems = case.rows(
        "SELECT document, stage, message FROM problem WHERE report = ? AND n IS NOT NULL ORDER BY n", (number,)
    )
    return Reading(
        document=document,
        sentences=tuple(_sentences(drawer)),
        quotations=tuple(_quotations(drawer)),
        mentions=tuple(_mentions(drawer)),
        roles=tuple(_roles(drawer)),
        cues=tuple(_cues(drawer)),
        entities=tuple(_entities(drawer)),
        statements=tuple(_statements(drawer)),
        sourcing=tuple(_sourcing(drawer)),
        times=tuple(_times(drawer)),
        published=drawer.interval(document.id, "published"),
        events=tuple(_events(drawer)),
        quantities=tuple(_quantities(drawer)),
        links=tuple(_links(drawer)),
        problems=tuple(Problem(*row) for row in problems),
    )
