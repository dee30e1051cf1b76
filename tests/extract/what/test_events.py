"""Which words tell an event, of which type, and who takes part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Event, EventType, Reading

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
        ("The ministers held talks with the rebels.", "talks", "CONSULT", ["ministers"], ["rebels"]),
        ("The general wanted to meet the rebels.", "meet", "CONSULT", ["general"], ["rebels"]),
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
