"""The checker: an account that holds has no faults, and every promise that is broken is found and named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from onrecord.check import check_account, check_bytes, check_reading, check_words, status_fault
from onrecord.record import (
    Account,
    Basis,
    Cue,
    Decision,
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
    Quantity,
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

TEXT = "Ann Berel resigned on Friday, an aide said."
WHO, AIDE = Span(0, 9), Span(30, 37)


def interval(anchor: Id | None = "t-1") -> TimeInterval:
    return TimeInterval(
        date(2020, 1, 3), date(2020, 1, 4), Precision.DAY, Basis.PUBLICATION, inferred=True, anchor_id=anchor
    )


def sound() -> Reading:
    """A reading in which everything holds."""
    statement = Statement(
        "st-1", Source(SourceKind.UNNAMED, "e-2", spans=(AIDE,)), (Span(38, 42),), (Span(0, 28),), Manner.INDIRECT,
        StatementKind.SPEECH, Stance.ASSERTS, when=interval(),
    )  # fmt: skip
    event = Event(
        "ev-1", Span(10, 18), "resign", EventType.CONCEDE, participants=(Participant("actor", "e-1", WHO),),
        when=interval(), status=Status.HAPPENED, certainty=2, statement="st-1",
        voices=(Voice(Status.HAPPENED, 2, "e-2", "st-1"),),
    )  # fmt: skip
    saying = Event("ev-2", Span(38, 42), "say", EventType.SAY, status=Status.HAPPENED, certainty=3)
    return Reading(
        Document("r-1", TEXT, title="Resignation"),
        sentences=(Sentence("sn-1", Span(0, 43), 0),),
        mentions=(
            Mention("m-1", WHO, WHO, Kind.PERSON, Form.NAME, "e-1"),
            Mention("m-2", AIDE, AIDE, Kind.PERSON, Form.DESCRIPTION, "e-2"),
        ),
        roles=(Role("ro-1", "m-2", "aide", AIDE),),
        cues=(Cue("c-1", (Span(38, 42),), "say", StatementKind.SPEECH, Stance.ASSERTS, (AIDE,), (Span(0, 28),)),),
        entities=(
            Entity("e-1", Kind.PERSON, True, "Ann Berel", ("m-1",), members=("e-1",)),
            Entity("e-2", Kind.PERSON, False, "an aide", ("m-2",), members=("e-2",)),
        ),
        statements=(statement,),
        sourcing=(Sourcing("so-1", AIDE, ("e-2",)),),
        times=(TimeExpression("t-1", Span(22, 28), TimeKind.DATE, interval=interval(None), relative_to="publication"),),
        events=(event, saying),
        quantities=(Quantity("q-1", Span(30, 32), 1, 1, of="e-2"),),
        links=(Link("l-1", "ev-1", "ev-2", LinkKind.BEFORE, 0.9, reasons=(Reason("a#b", "x", Span(38, 42)),)),),
    )


def account(reading: Reading, **more: Any) -> Account:
    return Account(Made("0", (), ()), (reading,), **({"entities": reading.entities, "happenings": ()} | more))


def test_a_sound_account_has_no_faults() -> None:
    assert check_account(account(sound())) == []


FAR = Span(40, 99)
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "sentences": ({"span": FAR}, "not inside the text of 43 characters"),
    "mentions": ({"means": "e-9"}, "refers to e-9, which is not among the entities"),
    "roles": ({"holder": "e-1"}, "refers to e-1, which is not among the mentions"),
    "cues": ({"spans": ()}, "a cue without words"),
    "entities": ({"mentions": ("m-9",)}, "refers to m-9, which is not among the mentions"),
    "statements": ({"within": "st-1"}, "it lies within itself"),
    "sourcing": ({"sources": ("e-9",)}, "refers to e-9"),
    "times": ({"relative_to": "yesterday"}, "not among the times and events"),
    "quantities": ({"of": "m-1"}, "not among the entities and events"),
    "links": ({"right": "ev-9"}, "refers to ev-9, which is not among the events"),
}
MORE: list[tuple[str, dict[str, Any], str]] = [
    ("mentions", {"head": FAR}, "not inside the text"),
    ("mentions", {"reasons": (Reason("a#b", "x", FAR),)}, "not inside the text"),
    ("mentions", {"candidates": ("e-9",)}, "refers to e-9"),
    ("statements", {"addressee": "e-9"}, "refers to e-9"),
    ("statements", {"cue": (), "content": ()}, "a statement without words"),
    ("statements", {"source": Source(SourceKind.UNNAMED, "e-1")}, "is unnamed, but stands on 'Ann Berel'"),
    ("statements", {"source": Source(SourceKind.NAMED, "e-1", joint=("e-9",))}, "refers to e-9"),
    ("statements", {"when": interval("t-9")}, "refers to t-9"),
    ("events", {"trigger": FAR}, "not inside the text"),
    ("events", {"participants": (Participant("actor", "e-9"),)}, "refers to e-9"),
    ("events", {"certainty": 0}, "it is called happened, with a certainty of 0"),
    ("events", {"certainty": 4}, "outside -3 to 3"),
    ("events", {"status": Status.DENIED, "certainty": 1}, "it is called denied, with a certainty of 1"),
    ("events", {"voices": (Voice(Status.HAPPENED, -1),)}, "it is called happened, with a certainty of -1"),
    ("events", {"voices": (Voice(Status.PLANNED, 0, "e-9"),)}, "refers to e-9"),
    ("events", {"same_as": "ev-9"}, "refers to ev-9"),
    ("events", {"part_of": "ev-9"}, "refers to ev-9"),
    ("events", {"part_of": "ev-1"}, "it is part of itself"),
    ("links", {"left": "e-1"}, "refers to e-1, which is not among the events"),
    ("links", {"right": "ev-1"}, "it sets an event before itself"),
    ("links", {"reasons": (Reason("a#b", "x", FAR),)}, "not inside the text"),
    ("sentences", {"id": "m-1"}, "two findings have this id"),
    ("sentences", {"block": 3}, "not among the blocks"),
]


@pytest.mark.parametrize(("field", "change", "fault"), [(f, c, w) for f, (c, w) in BROKEN.items()] + MORE)
def test_what_does_not_hold_is_named(field: str, change: dict[str, Any], fault: str) -> None:
    reading = sound()
    first, *rest = getattr(reading, field)
    faults = check_reading(replace(reading, **{field: (replace(first, **change), *rest)}))
    assert any(fault in str(found) for found in faults), faults
    assert all(str(found).startswith("Resignation: ") for found in faults)


def test_a_circle_of_several_links_is_found_over_the_tellings_of_one_event() -> None:
    reading = sound()
    again = replace(reading.events[0], id="ev-3", trigger=Span(0, 9), same_as="ev-1")
    back = Link("l-2", "ev-2", "ev-3", LinkKind.CAUSES, 0.9)
    apart = Link("l-3", "ev-3", "ev-4", LinkKind.BEFORE, 0.9)
    other = replace(reading.events[1], id="ev-4", trigger=Span(22, 28))
    events = (*reading.events, again, other)
    straight = replace(reading, events=events, links=(*reading.links, apart))
    assert check_reading(straight) == []
    faults = check_reading(replace(straight, links=(*straight.links, back)))
    assert {fault.id for fault in faults} >= {"l-1", "l-2"}


def test_two_events_that_are_part_of_each_other_are_named() -> None:
    reading = sound()
    first, second = reading.events
    faults = check_reading(replace(reading, events=(replace(first, part_of="ev-2"), replace(second, part_of="ev-1"))))
    assert [(fault.id, fault.what) for fault in faults] == [
        ("ev-1", "it is part of itself"), ("ev-2", "it is part of itself")
    ]  # fmt: skip


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("certainty", range(-3, 4))
def test_what_did_not_happen_never_counts_as_happened(status: Status, certainty: int) -> None:
    fault = status_fault(status, certainty)
    if status is Status.HAPPENED:
        assert bool(fault) is (certainty < 1)
    elif status in {Status.DENIED, Status.DID_NOT_HAPPEN, Status.PREVENTED, Status.COUNTERFACTUAL}:
        assert bool(fault) is (certainty > -1)
    else:
        assert not fault


def happening(**change: Any) -> Happening:
    one = Happening(
        "h-1", ("ev-1",), EventType.CONCEDE, ("e-1",), (), None, None, Status.HAPPENED, False, 1, True, "line"
    )
    return replace(one, **change)


def link(**change: Any) -> Link:
    """A link between reports that holds: here of a report with itself."""
    return replace(Link("l-1", "r-1", "r-1", LinkKind.CORRECTS, 1.0, left_spans=(WHO,), right_spans=(AIDE,)), **change)


def test_links_may_be_of_reports_and_have_words_of_both_sides() -> None:
    told = happening(disputed=True, disputed_on=("when",), reports=("r-1",))
    links = (link(), link(id="l-2", left="ev-1", right="ev-2", kind=LinkKind.CONTRADICTS, field="when"))
    assert check_account(account(sound(), happenings=(told,), links=links)) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"happenings": (happening(told_in=("ev-9",)),)}, "refers to ev-9"),
        ({"happenings": (happening(told_in=()),)}, "a happening that no event tells"),
        ({"happenings": (happening(actors=("e-9",)),)}, "refers to e-9"),
        ({"links": (Link("l-1", "e-1", "e-9", LinkKind.SAME_ENTITY, 1.0),)}, "it links e-9"),
        ({"decisions": (Decision("d-1", "entity", "reject", "e-9", None, "", "", ""),)}, "decided on e-9"),
        (
            {"entities": (Entity("e-1", Kind.PERSON, True, "Ann Berel", (), members=("e-1", "e-2")),)},
            "joins somebody unnamed, and nobody decided that",
        ),
        ({"happenings": (happening(disputed=True),)}, "it is disputed, but not on what"),
        ({"happenings": (happening(disputed_on=("when",)),)}, "it is not disputed, but differs on something"),
        ({"happenings": (happening(reports=("r-1", "r-2")),)}, "not those of its tellings"),
        ({"links": (link(left_spans=(FAR,)),)}, "not inside the text of 43 characters"),
        ({"links": (link(right="ev-1", right_spans=(FAR,)),)}, "not inside the text of 43 characters"),
        ({"links": (link(right="r-9"),)}, "it links r-9"),
        ({"links": (link(right="e-1", right_spans=(WHO,)),)}, "words of e-1, which is neither a report nor an event"),
        ({"entities": (Entity("j-1", Kind.PERSON, True, "Ann", ("m-9",), members=("e-1",)),)}, "refers to m-9"),
    ],
)
def test_what_is_joined_wrongly_is_named(more: dict[str, Any], fault: str) -> None:
    faults = check_account(account(sound(), **more))
    assert any(fault in str(found) for found in faults), faults


def test_a_happening_that_nobody_tells_as_happened_is_a_fault() -> None:
    reading = sound()
    planned = replace(reading.events[0], status=Status.PLANNED, certainty=0, voices=())
    faults = check_account(account(replace(reading, events=(planned,), links=()), happenings=(happening(),)))
    assert [fault.what for fault in faults] == ["it is called happened, but no report and no source says so"]


def test_a_decision_on_a_removed_report_holds() -> None:
    decision = Decision("d-1", "event", "confirm", "ev-9", None, "", "", "")
    assert check_account(account(sound(), decisions=(decision,)), frozenset({"ev-9"})) == []


def test_stored_words_are_replayed() -> None:
    document = Document("r-1", TEXT, title="Resignation")
    stored = [("mention", "m-1", 0, 9, "Ann Berel"), ("event", "ev-1", 10, 18, "stayed on")]
    faults = [str(fault) for fault in check_words(document, stored)]
    assert faults == ["Resignation: ev-1: the event holds 'stayed on', the text there is 'resigned'"]


def test_bytes_are_replayed() -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"  # of b"test"
    document = Document("r-1", "test", original=digest)
    assert list(check_bytes(document, digest, b"test")) == []
    assert [f.what for f in check_bytes(replace(document, text="tesT"), digest, b"test")] == [
        "its text was changed after it was added"
    ]
    assert len(list(check_bytes(document, digest, b"other"))) == 1
