"""Which words tell an event, of which type, and who takes part."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from onrecord.extract.parse import Tools, parse
from onrecord.pipeline import STAGES, read_document
from onrecord.record import Document, Event, EventType, Reading, Status

ReadText = Callable[..., Reading]


def event(reading: Reading, trigger: str) -> Event:
    told = [e for e in reading.events if e.trigger.cut(reading.document.text) == trigger]
    assert told, f"no event {trigger!r} in {reading.document.text!r}"
    return told[0]


def words(reading: Reading, found: Event, part: str) -> list[str]:
    return [p.span.cut(reading.document.text) for p in found.participants if p.part == part and p.span]


@pytest.mark.parametrize(
    ("sentence", "trigger", "type_", "actors", "recipients"),
    [
        ("The rebels attacked the ministry.", "attacked", "ASSAULT", ["rebels"], ["ministry"]),
        ("The mayor was arrested by the police.", "arrested", "COERCE", ["police"], ["mayor"]),
        (
            "The president and the general condemned the rebels.",
            "condemned",
            "ACCUSE",
            ["president", "general"],
            ["rebels"],
        ),
        ("Lestania urged the police to arrest the rebels.", "arrest", "COERCE", ["police"], ["rebels"]),
        ("The general was accused of torturing the monks.", "torturing", "ASSAULT", ["general"], ["monks"]),
        ("The soldiers who shot the mayor fled.", "shot", "ASSAULT", ["soldiers"], ["mayor"]),
        ("The arrest of the mayor by the police angered voters.", "arrest", "COERCE", ["police"], ["mayor"]),
        ("The ministers held talks with the rebels.", "talks", "CONSULT", ["ministers", "rebels"], []),
        ("Talks between the mayor and the bishop angered voters.", "Talks", "CONSULT", ["mayor", "bishop"], []),
        ("The police's arrest of the poet angered the bishop.", "arrest", "COERCE", ["police"], ["poet"]),
        (
            "The general was convicted of several offences, including torturing monks.",
            "torturing",
            "ASSAULT",
            ["general"],
            ["monks"],
        ),
        ("The mayor demanded that the police leave the port.", "demanded", "REQUEST", ["mayor"], ["police"]),
        ("The rebels threatened to attack the police.", "threatened", "THREATEN", ["rebels"], ["police"]),
        ("The council rejected the bishop's proposal.", "rejected", "REJECT", ["council"], ["bishop"]),
        ("The mayor asked the rebels to leave the port.", "asked", "REQUEST", ["mayor"], ["rebels"]),
        ("The envoy drew condemnation from the bishop.", "condemnation", "ACCUSE", ["bishop"], ["envoy"]),
        ("The general wanted to meet the rebels.", "meet", "CONSULT", ["general", "rebels"], []),
    ],
)
def test_who_did_what_to_whom(
    read_text: ReadText, sentence: str, trigger: str, type_: str, actors: list[str], recipients: list[str]
) -> None:
    reading = read_text(sentence)
    found = event(reading, trigger)
    assert found.type is EventType(type_)
    assert (words(reading, found, "actor"), words(reading, found, "recipient")) == (actors, recipients)


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("Rebels blew up the bridge.", "blew up"),
        ("The generals took power in March.", "took power"),
        ("The rebels took control of the airport.", "took control"),
        ("Miners began a hunger strike.", "hunger strike"),
    ],
)
def test_a_trigger_may_have_several_words(read_text: ReadText, sentence: str, trigger: str) -> None:
    assert event(read_text(sentence), trigger)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The minister said so.",
        "The hall is large.",
        "The mayor seemed tired.",
        "\x00\u0301🙂",
        "According to the king, yes.",
    ],
)
def test_plain_assertions_and_states_are_no_events(read_text: ReadText, sentence: str) -> None:
    assert read_text(sentence).events == ()


def test_an_event_taken_up_again_is_the_same(read_text: ReadText) -> None:
    reading = read_text("Police arrested the mayor in May. The arrest of the mayor angered voters.")
    first, second = (e for e in reading.events if e.predicate == "arrest")
    assert second.same_as in {first.id, None}
    assert first.same_as is None


def test_what_was_planned_and_what_happened_are_not_one(read_text: ReadText) -> None:
    reading = read_text("The rebels planned to attack the police. The rebels attacked the police.")
    assert all(e.same_as is None for e in reading.events)


def test_ids_are_unique_and_triggers_cut_words(read_text: ReadText) -> None:
    text = "Rebels attacked the port, killed two guards and, the mayor said, planned to seize it.\n\nTalks failed."
    reading = read_text(text)
    assert len({e.id for e in reading.events}) == len(reading.events) >= 4
    entities = {entity.id for entity in reading.entities}
    assert all(p.entity in entities for e in reading.events for p in e.participants)
    assert all(e.reasons for e in reading.events)


def test_a_past_event_is_never_dated_after_its_report(read_text: ReadText) -> None:
    reading = read_text("Rebels attacked the port on 4 June 2031.", published="2021-03-04")
    assert event(reading, "attacked").when is None


def test_an_act_that_no_lexicon_knows_is_kept_where_it_is_denied_or_planned(read_text: ReadText) -> None:
    denied = event(read_text("The mayor denied that the monks had painted the north pier."), "painted")
    assert (denied.type, denied.status) == (EventType.OTHER, Status.DENIED)
    planned = event(read_text("The monks planned to cover the north pier."), "cover")
    assert (planned.type, planned.status) == (EventType.OTHER, Status.PLANNED)


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("The bishop condemned the murder of the poet.", "condemned"),
        ("The mayor promised to jail the rebels.", "promised"),
        ("The mayor agreed that police should release the monks.", "agreed"),
        ("The rebels attacked. He threatened to leave.", "threatened"),
    ],
)
def test_nobody_is_made_a_recipient_who_is_none(read_text: ReadText, sentence: str, trigger: str) -> None:
    reading = read_text(sentence)
    assert words(reading, event(reading, trigger), "recipient") == []


def test_a_reason_for_anonymity_is_no_event(read_text: ReadText) -> None:
    reading = read_text(
        "Rebels attacked the port, said a clerk, who spoke on condition of anonymity because he was not allowed "
        "to talk to reporters."
    )
    assert [e.trigger.cut(reading.document.text) for e in reading.events] == ["attacked"]


@pytest.mark.parametrize(
    ("sentence", "trigger", "year"),
    [
        ("Rebels bombed the town in 2015, killing two soldiers.", "killing", 2015),
        ("In 2015, rebels bombed the port and jailed the mayor.", "jailed", 2015),
        ("The king pardoned the poet in 2015 and jailed the mayor.", "jailed", None),
        ("In 2015 the king agreed to jail the mayor.", "jail", None),
        ("A coup in 2015 toppled the king.", "coup", 2015),
        ("Rebels killed two guards in a raid in the port in 2015.", "raid", 2015),
    ],
)
def test_when_an_act_took_place(read_text: ReadText, sentence: str, trigger: str, year: int | None) -> None:
    when = event(read_text(sentence), trigger).when
    assert (when.start.year if when is not None and when.start is not None else None) == year


@pytest.mark.parametrize(
    ("sentence", "trigger", "place"),
    [
        ("In Lestania, police arrested the mayor and jailed two monks.", "jailed", "Lestania"),
        ("Rebels attacked Kenya.", "attacked", "Kenya"),
        ("Rebels condemned Lestania.", "condemned", None),
        ("The mayor agreed to visit the rebels.", "visit", None),
    ],
)
def test_where_an_act_took_place(read_text: ReadText, sentence: str, trigger: str, place: str | None) -> None:
    reading = read_text(sentence)
    names = {entity.id: entity.name for entity in reading.entities}
    assert names.get(event(reading, trigger).where or "") == place


def calls_of(text: str, tools: Tools) -> int:
    """How many functions the stages of this room call for a text."""
    parsed = parse(Document("r-1", text), tools)
    reading = Reading(Document("r-1", text))
    made = 0

    def count(frame: object, kind: str, arg: object) -> None:
        nonlocal made
        made += kind in {"call", "c_call"}

    for stage in STAGES:
        own = stage.name in {"events", "status", "quantities"}
        sys.setprofile(count if own else None)
        try:
            found = stage.find(reading, parsed, tools)
        finally:
            sys.setprofile(None)
        reading = replace(reading, **{stage.gives: found})
    return made


@pytest.mark.parametrize(
    ("start", "again"),
    [
        ("The rebels ", "attacked the town and "),
        ("", "rebels attacked the town "),
        ("", "the rebels attacked the town, and the mayor said that police had arrested two men on Monday, and "),
        ("The rebels planned to ", "attack the town, "),
        ("The ministers held ", "talks with the king in May, "),
    ],
)
def test_one_endless_sentence_takes_linear_work(tools: Tools, start: str, again: str) -> None:
    little, much = calls_of(start + again * 60, tools), calls_of(start + again * 240, tools)
    assert much < 6 * little


# ------------------------------------------------------------------------------------------------ everything, idioms


def test_what_is_no_event_of_an_account_is_one_with_everything(read_text: ReadText, everything: Tools) -> None:
    text = "The bishop said that the mill was old, and the trading surprised the monks."
    assert not {"said", "was", "trading"} & {e.trigger.cut(text) for e in read_text(text).events}
    kept = {e.trigger.cut(text): e for e in read_document(Document("r-1", text), everything).events}
    assert kept["said"].type is EventType.SAY
    assert {"was", "trading"} <= set(kept)


@pytest.mark.parametrize(
    "text", ["The envoys struck a deal.", "The bishop had a heart attack.", "They fed prisoners of war."]
)
def test_an_idiom_tells_no_act_of_its_words(text: str, read_text: ReadText) -> None:
    assert not {"struck", "attack", "war"} & {e.trigger.cut(text) for e in read_text(text).events}


@pytest.mark.parametrize(
    ("text", "part", "who"),
    [
        ("The envoy fled with the mayor.", "with", "the mayor"),
        ("The envoy bought bread from the rebels.", "from", "the rebels"),
        ("The bank paid the rebels through the envoy.", "through", "the envoy"),
    ],
)
def test_others_who_take_part(text: str, part: str, who: str, read_text: ReadText) -> None:
    reading = read_text(text)
    names = {entity.id: entity.name for entity in reading.entities}
    assert who in [names[p.entity] for e in reading.events for p in e.participants if p.part == part]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Miners marched to demand the resignation of the mayor.", "the mayor"),
        ("The rebels threatened to attack unless the mayor resigned.", "the mayor"),
        ("Guards opened fire to disperse the miners.", "the miners"),
        ("Police put the mayor under arrest.", "the mayor"),
        ("The mayor was put under arrest.", "the mayor"),
        ("The raid by guards killed two monks.", "two monks"),
    ],
)
def test_whom_an_act_is_aimed_at_by_its_construction(text: str, recipient: str, read_text: ReadText) -> None:
    reading = read_text(text)
    names = {entity.id: entity.name for entity in reading.entities}
    assert recipient in [names[p] for e in reading.events for p in e.with_part("recipient")]


def test_who_did_an_act_by_another(read_text: ReadText) -> None:
    reading = read_text("The raid by guards killed two monks.")
    names = {entity.id: entity.name for entity in reading.entities}
    (killing,) = (e for e in reading.events if e.predicate == "kill")
    assert [names[p] for p in killing.with_part("actor")] == ["guards"]
