"""A small account made by hand, in which every noun stands once."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.record import (
    Account,
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
    Happening,
    Kind,
    Link,
    LinkKind,
    Location,
    Made,
    Manner,
    Mention,
    Model,
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

TEXT = (
    "A clerk in Ostermark, who feared for her job, said on Monday that Captain Ilda Venn had not\n"
    "boarded the ship. =Two pilots are held."
)


def at(words: str) -> Span:
    """Where these words stand in the text."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


MONDAY = TimeInterval(
    date(2023, 3, 6), date(2023, 3, 7), Precision.DAY, Basis.PUBLICATION, inferred=True, anchor_id="t-1",
    alternatives=(Alternative(date(2023, 3, 13), date(2023, 3, 14), "the clause is in the past"),),
    reasons=(Reason("weekdays#monday", "the Monday before the report", at("Monday")),),
)  # fmt: skip
PUBLISHED = TimeInterval(
    date(2023, 3, 9), date(2023, 3, 10), Precision.DAY, Basis.EXPLICIT, inferred=False, clock="14:30"
)


@pytest.fixture
def reading() -> Reading:
    reason = Reason("reporting-verbs#say", "said", at("said"))
    return Reading(
        Document("r-1", TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),), title="A clerk speaks", outlet="The Ledger",
                 authors=("A. Nonn",), url="https://ledger.example/1", published=PUBLISHED, language="en", original="ab" * 32),
        sentences=(Sentence("sn-1", Span(0, TEXT.index(" =Two")), 0), Sentence("sn-2", at("=Two pilots are held."), 0)),
        quotations=(Quotation("q-1", at("ship")),),
        mentions=(
            Mention("m-1", at("A clerk in Ostermark, who feared for her job"), at("clerk"), Kind.PERSON, Form.DESCRIPTION, "e-1"),
            Mention("m-2", at("Captain Ilda Venn"), at("Ilda Venn"), Kind.PERSON, Form.NAME, "e-2"),
            Mention("m-3", at("her"), at("her"), Kind.PERSON, Form.PRONOUN, None, ("e-1", "e-2")),
            Mention("m-4", at("Ostermark"), at("Ostermark"), Kind.PLACE, Form.NAME, "e-3"),
        ),
        roles=(Role("ro-1", "m-2", "Captain", at("Captain"), of="m-4", former=False, during=MONDAY),),
        cues=(Cue("c-1", (at("said"),), "say", StatementKind.SPEECH, Stance.ASSERTS, (at("A clerk"),), (at("boarded the ship"),)),),
        entities=(
            Entity("e-1", Kind.PERSON, False, "a clerk in Ostermark", ("m-1",), count=Range(1, 1), members=("e-1",)),
            Entity("e-2", Kind.PERSON, True, "Ilda Venn", ("m-2",), ("Captain Venn",), country="OM", sector="CVL", members=("e-2",)),
            Entity("e-3", Kind.PLACE, True, "Ostermark", ("m-4",), place=Location(1.5, -2.0, "OM", "own", "country"), members=("e-3",)),
        ),
        statements=(
            Statement(
                "s-1", Source(SourceKind.UNNAMED, "e-1", ("e-2",), (at("A clerk"),), Range(1, 1), (at("who"),),
                              (at("feared for her job"),), (at("in Ostermark"),)),
                (at("said"),), (at("Captain Ilda Venn had not\nboarded the ship"),), Manner.INDIRECT, StatementKind.SPEECH,
                Stance.DENIES, channel=Channel(ChannelKind.INTERVIEW, at("said")), addressee="e-2", when=MONDAY, reasons=(reason,),
            ),
        ),
        sourcing=(Sourcing("so-1", at("A clerk"), ("e-1",)),),
        times=(TimeExpression("t-1", at("Monday"), TimeKind.DATE, "2023-03-06", "2023-03-06", MONDAY, "publication"),),
        published=PUBLISHED,
        events=(
            Event(
                "ev-1", at("boarded"), "board", EventType.OTHER, at("Captain Ilda Venn had not\nboarded the ship"), "raid", ("legal",),
                (Participant("actor", "e-2", at("Captain Ilda Venn")), Participant("witness", "e-1")), "e-3", MONDAY, True,
                Status.DID_NOT_HAPPEN, -2, (at("not"),), "s-1", (Voice(Status.DID_NOT_HAPPEN, -2, "e-1", "s-1", (at("not"),)),),
                reasons=(Reason("events.verb", "a verb", at("boarded"), 0.5, model=True),),
            ),
            Event("ev-2", at("held"), "hold", EventType.COERCE, at("=Two pilots are held"), status=Status.HAPPENED, certainty=3,
                  voices=(Voice(Status.HAPPENED, 3),)),
        ),
        quantities=(Quantity("n-1", at("Two"), 2, 2, "pilot", False, "ev-2"),),
        links=(Link("k-1", "ev-1", "ev-2", LinkKind.BEFORE, 0.8, reasons=(Reason("words#then", "first", at("held")),)),),
    )  # fmt: skip


@pytest.fixture
def account(reading: Reading) -> Account:
    return Account(
        Made("0.1.0", (Model("pipeline", "3.8.0", "abc"),), (("months", "0123"),)),
        (reading,),
        reading.entities,
        (
            Happening(
                "h-1",
                ("ev-1",),
                EventType.OTHER,
                ("e-2",),
                (),
                "e-3",
                MONDAY,
                Status.DID_NOT_HAPPEN,
                False,
                1,
                True,
                "line",
            ),
            Happening(
                "h-2",
                ("ev-2",),
                EventType.COERCE,
                (),
                (),
                None,
                None,
                Status.HAPPENED,
                False,
                1,
                False,
                "=Two pilots are held",
            ),
        ),
        (Link("l-1", "e-1", "e-9", LinkKind.SAME_ENTITY, 1.0),),
        problems=(Problem("", "read", "x.pdf: is empty"),),
    )


def interval(start: date | None, end: date | None, **more: object) -> TimeInterval:
    """A stretch of days in one of which something was."""
    return TimeInterval(start, end, Precision.DAY, Basis.EXPLICIT, inferred=False, **more)  # type: ignore[arg-type]


FIRST = "Police in Port Anse seized the ferry Lark, Ilda Venn said. Two clerks denied that the crew fled."
SECOND = "The ferry Lark was seized on 4 May. Venn plans to sail again."


def cut(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def of_affair(
    id_: str, text: str, words: str, trigger: str, status: Status, statement: str | None = None, **more: object
) -> Event:
    return Event(id_, cut(text, trigger), trigger, EventType.COERCE, cut(text, words), status=status, statement=statement,
                 certainty=3 if status is Status.HAPPENED else -2, **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def affair() -> Account:
    """Two reports of one seizure, on whose day they differ; something denied, something planned, something undated."""
    one = Reading(
        Document("r-1", FIRST, title="The Lark & the <law>", outlet="The Ledger", authors=("A. Nonn",), url="https://ledger.example/1?a=1&b=2",
                 published=PUBLISHED, language="en", original="ab" * 32, origin="lark.txt"),
        mentions=(
            Mention("m-1", cut(FIRST, "Police in Port Anse"), cut(FIRST, "Police"), Kind.ORGANISATION, Form.NAME, "e-1"),
            Mention("m-2", cut(FIRST, "Port Anse"), cut(FIRST, "Port Anse"), Kind.PLACE, Form.NAME, "e-2"),
            Mention("m-3", cut(FIRST, "Ilda Venn"), cut(FIRST, "Ilda Venn"), Kind.PERSON, Form.NAME, "e-3"),
            Mention("m-4", cut(FIRST, "Two clerks"), cut(FIRST, "clerks"), Kind.PERSON, Form.DESCRIPTION, "e-4"),
        ),
        roles=(Role("ro-1", "m-3", "chief", cut(FIRST, "Ilda Venn"), of="m-1", former=True, during=interval(date(2020, 1, 1), None)),),
        entities=(
            Entity("e-1", Kind.ORGANISATION, True, "Police in Port Anse", ("m-1",), sector="COP", country="OM", members=("e-1",)),
            Entity("e-2", Kind.PLACE, True, "Port Anse", ("m-2",), place=Location(1.5, -2.25, "OM", "own", "city"), members=("e-2",)),
            Entity("e-3", Kind.PERSON, True, "Ilda Venn", ("m-3",), members=("e-3",)),
            Entity("e-4", Kind.PERSON, False, "two clerks", ("m-4",), members=("e-4",)),
        ),
        statements=(
            Statement("s-1", Source(SourceKind.NAMED, "e-3"), (cut(FIRST, "said"),), (cut(FIRST, "Police in Port Anse seized the ferry Lark"),),
                      Manner.INDIRECT, StatementKind.SPEECH, Stance.ASSERTS, addressee="e-1", score=0.9),
            Statement("s-2", Source(SourceKind.UNNAMED, "e-4", terms=(cut(FIRST, "Two"),)), (cut(FIRST, "denied"),),
                      (cut(FIRST, "that the crew fled"),), Manner.INDIRECT, StatementKind.SPEECH, Stance.DENIES),
        ),
        published=PUBLISHED,
        events=(
            of_affair("ev-1", FIRST, "Police in Port Anse seized the ferry Lark", "seized", Status.HAPPENED, "s-1",
                      participants=(Participant("actor", "e-1"), Participant("instrument", "e-4")), where="e-2",
                      voices=(Voice(Status.HAPPENED, 3, "e-3", "s-1"),)),
            of_affair("ev-2", FIRST, "the crew fled", "fled", Status.DENIED, "s-2", voices=(Voice(Status.DENIED, -2, "e-4", "s-2"),)),
        ),
    )  # fmt: skip
    later = interval(date(2023, 5, 1), date(2023, 6, 1), approximate=True)
    two = Reading(
        Document("r-2", SECOND, origin="second.txt"),
        mentions=(Mention("m-5", cut(SECOND, "Venn"), cut(SECOND, "Venn"), Kind.PERSON, Form.NAME, "e-5"),),
        entities=(Entity("e-5", Kind.PERSON, True, "Venn", ("m-5",), members=("e-5",)),),
        events=(
            of_affair("ev-3", SECOND, "The ferry Lark was seized on 4 May", "seized", Status.HAPPENED, voices=(Voice(Status.HAPPENED, 3),)),
            of_affair("ev-4", SECOND, "Venn plans to sail again", "sail", Status.PLANNED, participants=(Participant("actor", "e-5"),)),
        ),
    )  # fmt: skip
    venn = Entity("e-3", Kind.PERSON, True, "Ilda Venn", ("m-3", "m-5"), ("Venn",), members=("e-3", "e-5"))
    week = interval(date(2023, 5, 3), date(2023, 5, 10))
    happenings = (
        Happening("h-1", ("ev-1", "ev-3"), EventType.COERCE, ("e-1",), (), "e-2", week, Status.HAPPENED, True, 2, False,
                  "Police in Port Anse seized the ferry Lark", ("r-1", "r-2"), 2, 0, ("status",), ("when",)),
        Happening("h-2", ("ev-2",), EventType.RETREAT, (), (), None, None, Status.DENIED, False, 1, True, "the crew fled", ("r-1",)),
        Happening("h-3", ("ev-4",), EventType.COERCE, ("e-3",), (), None, later, Status.PLANNED, False, 1, False,
                  "Venn plans to sail again", ("r-2",)),
    )  # fmt: skip
    links = (
        Link("l-1", "ev-3", "ev-1", LinkKind.CONTRADICTS, 0.9, field="when", reasons=(Reason("join.when", "4 May, not 3"),),
             left_spans=(cut(SECOND, "on 4 May"),), right_spans=(cut(FIRST, "seized"), cut(FIRST, "Lark"))),
        Link("l-2", "r-2", "r-1", LinkKind.UPDATES, 0.7),
    )  # fmt: skip
    return Account(Made("0.1.0", (), ()), (one, two), (*one.entities[:2], venn, one.entities[3]), happenings, links)
