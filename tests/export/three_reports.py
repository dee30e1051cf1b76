"""An account of three reports on an invented fire, made by hand: what joining would give, without any model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.record import (
    Account,
    Basis,
    Document,
    Entity,
    Event,
    EventType,
    Form,
    Happening,
    Id,
    Kind,
    Link,
    LinkKind,
    Made,
    Manner,
    Mention,
    Participant,
    Precision,
    Reading,
    Reason,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    TimeInterval,
    Voice,
    make_id,
)

TEXTS = {
    "r-1": "Two sheds burned at Quay Nine on Thursday. Two men were hurt, said Ilda Venn. "
    "A guard had left his post, a clerk who asked not to be named said. The board was to meet on Monday.",
    "r-2": "Two sheds burned at Quay Nine on Thursday. Two men were hurt, said Ilda Venn.",
    "r-3": "The sheds at Quay Nine burned on Wednesday, two firemen said. Five men were hurt, said Ilda Venn. "
    "The guard never left his post, said Oswin Marl. Correction: this paper wrote of three sheds. There were two.",
}
DAYS = {"r-1": date(2023, 3, 3), "r-2": date(2023, 3, 4), "r-3": date(2023, 3, 6)}
OUTLETS = {
    "r-1": ("Courier", "Fire at the quay"),
    "r-2": ("Gazette", "Quay burns"),
    "r-3": ("Tribune", "The night of the fire"),
}


def day(start: date) -> TimeInterval:
    return TimeInterval(start, start + timedelta(1), Precision.DAY, Basis.EXPLICIT, inferred=False)


def at(report: Id, words: str) -> Span:
    """Where these words stand in a report."""
    start = TEXTS[report].index(words)
    return Span(start, start + len(words))


NAMES = {
    "venn": "Ilda Venn",
    "marl": "Oswin Marl",
    "clerk": "a clerk who asked not to be named",
    "firemen": "two firemen",
}


def entity(report: Id, key: str) -> Entity:
    named = key in {"venn", "marl"}
    return Entity(
        f"{key}-{report}", Kind.PERSON, named, NAMES[key], (f"m-{key}-{report}",), members=(f"{key}-{report}",)
    )


def said(report: Id, key: str, content: str, stance: Stance = Stance.ASSERTS) -> Statement:
    kind = SourceKind.NAMED if key in {"venn", "marl"} else SourceKind.UNNAMED
    source = Source(kind, f"{key}-{report}", spans=(at(report, NAMES[key]),))
    id_ = f"st-{key}-{report}"
    return Statement(
        id_, source, (at(report, "said"),), (at(report, content),), Manner.INDIRECT, StatementKind.SPEECH, stance
    )


def telling(
    id_: Id, report: Id, clause: str, trigger: str, status: Status = Status.HAPPENED, said_by: str = ""
) -> Event:
    statement = f"st-{said_by}-{report}" if said_by else None
    certainty = {Status.HAPPENED: 3, Status.DENIED: -2}.get(status, 0)
    voice = Voice(status, certainty, f"{said_by}-{report}" if said_by else None, statement)
    return Event(
        id_, at(report, trigger), trigger, EventType.OTHER, at(report, clause), when=day(date(2023, 3, 2)),
        status=status, certainty=certainty, statement=statement, voices=(voice,),
        participants=(Participant("actor", f"{said_by}-{report}"),) if said_by == "marl" else (),
    )  # fmt: skip


def reading(report: Id, keys: tuple[str, ...], statements: tuple[Statement, ...], events: tuple[Event, ...]) -> Reading:
    outlet, title = OUTLETS[report]
    spans = {key: at(report, NAMES[key]) for key in keys}
    mentions = (
        Mention(f"m-{key}-{report}", span, span, Kind.PERSON, Form.NAME, f"{key}-{report}")
        for key, span in spans.items()
    )
    return Reading(
        Document(report, TEXTS[report], title=title, outlet=outlet, published=day(DAYS[report]), language="en",
                 url=f"https://{outlet.lower()}.example/1" if report != "r-2" else ""),
        mentions=tuple(mentions), entities=tuple(entity(report, key) for key in keys), statements=statements,
        published=day(DAYS[report]), events=events,
    )  # fmt: skip


BURNED = "Two sheds burned at Quay Nine on Thursday"
READINGS = (
    reading(
        "r-1", ("venn", "clerk"),
        (said("r-1", "venn", "Two men were hurt"), said("r-1", "clerk", "A guard had left his post")),
        (
            telling("ev-11", "r-1", BURNED, "burned"),
            telling("ev-12", "r-1", "Two men were hurt", "hurt", said_by="venn"),
            telling("ev-13", "r-1", "A guard had left his post", "left", said_by="clerk"),
            telling("ev-14", "r-1", "The board was to meet on Monday", "meet", Status.PLANNED),
        ),
    ),
    reading(
        "r-2", ("venn",), (said("r-2", "venn", "Two men were hurt"),),
        (
            telling("ev-21", "r-2", BURNED, "burned"),
            telling("ev-22", "r-2", "Two men were hurt", "hurt", said_by="venn"),
        ),
    ),
    reading(
        "r-3", ("venn", "marl", "firemen"),
        (
            said("r-3", "firemen", "The sheds at Quay Nine burned on Wednesday"),
            said("r-3", "venn", "Five men were hurt"),
            said("r-3", "marl", "The guard never left his post", Stance.DENIES),
        ),
        (
            telling("ev-31", "r-3", "The sheds at Quay Nine burned on Wednesday", "burned", said_by="firemen"),
            telling("ev-32", "r-3", "Five men were hurt", "hurt", said_by="venn"),
            telling("ev-33", "r-3", "The guard never left his post", "left", Status.DENIED, said_by="marl"),
        ),
    ),
)  # fmt: skip


def happening(told_in: tuple[Id, ...], line: str, reports: tuple[Id, ...], **more: object) -> Happening:
    plain = Happening(
        make_id("h", told_in[0]), told_in, EventType.OTHER, (), (), None, day(date(2023, 3, 2)), Status.HAPPENED,
        False, 1, False, line, reports, 1, 0,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def link(id_: Id, left: Id, right: Id, kind: LinkKind, **more: object) -> Link:
    return replace(Link(id_, left, right, kind, 0.9), **more)  # type: ignore[arg-type]


LINKS = (
    link("l-same", "ev-21", "ev-11", LinkKind.SAME_EVENT, reasons=(Reason("same-event.words", "the same words"),)),
    link("l-when", "ev-31", "ev-11", LinkKind.CONTRADICTS, field="when",
         reasons=(Reason("disagree.when", "Wednesday against Thursday"),),
         left_spans=(at("r-3", "on Wednesday"),), right_spans=(at("r-1", "on Thursday"),)),
    link("l-toll", "ev-32", "ev-12", LinkKind.UPDATES, field="quantity",
         reasons=(Reason("updates.quantity", "number raised", weight=0.8),),
         left_spans=(at("r-3", "Five"),), right_spans=(Span(43, 46),)),
    link("l-guard", "ev-33", "ev-13", LinkKind.CONTRADICTS, field="status",
         reasons=(Reason("disagree.status", "denied against happened"),),
         left_spans=(at("r-3", "The guard never left his post"),),
         right_spans=(at("r-1", "A guard had left his post"),)),
    link("l-copy", "r-2", "r-1", LinkKind.COPIES, reasons=(Reason("copies.passages", "the same passages"),),
         left_spans=(Span(0, 42), Span(43, 77)), right_spans=(Span(0, 42), Span(43, 77))),
    link("l-note", "r-3", "r-1", LinkKind.CORRECTS, reasons=(Reason("corrects.note", "a note of correction"),),
         left_spans=(at("r-3", "Correction: this paper wrote of three sheds"),), right_spans=(at("r-1", "Two sheds"),)),
)  # fmt: skip
HAPPENINGS = (
    happening(("ev-11", "ev-21", "ev-31"), BURNED, ("r-1", "r-2", "r-3"), voices=3, named=1, unnamed=2,
              agreed=("where", "status"), disputed=True, disputed_on=("when",)),
    happening(("ev-12", "ev-22", "ev-32"), "Two men were hurt", ("r-1", "r-2", "r-3")),
    happening(("ev-13", "ev-33"), "A guard had left his post", ("r-1", "r-3"), voices=2, named=1, unnamed=1,
              disputed=True, disputed_on=("status",)),
    happening(("ev-14",), "The board was to meet on Monday", ("r-1",), status=Status.PLANNED),
)  # fmt: skip


def joined_entities() -> tuple[Entity, ...]:
    members: dict[str, list[Entity]] = {}
    for one in READINGS:
        for found in one.entities:
            members.setdefault(found.id.split("-")[0], []).append(found)
    return tuple(
        replace(
            group[0],
            members=tuple(one.id for one in group),
            mentions=tuple(mention for one in group for mention in one.mentions),
        )
        for group in members.values()
    )


ACCOUNT = Account(Made("0.1.0", (), ()), READINGS, joined_entities(), HAPPENINGS, LINKS)
