"""Retelling: which tellings are of one event, and which are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.record import Reading

ReadText = Callable[..., Reading]


def same(reading: Reading) -> list[tuple[str, str]]:
    """(later words, first words) of all tellings that are joined."""
    text = reading.document.text
    words = {event.id: event.trigger.cut(text) for event in reading.events}
    return [(words[e.id], words[e.same_as]) for e in reading.events if e.same_as is not None]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Gunmen killed the governor on Monday. The attack angered the king.", [("attack", "killed")]),
        ("Police arrested forty monks on Monday. The crackdown angered the town.", [("crackdown", "arrested")]),
        ("The envoys met the rebels on Monday. The talks angered the king.", [("talks", "met")]),
        ("A raid on the mill began at dawn. The raid angered the miller.", [("raid", "raid")]),
    ],
)
def test_a_definite_noun_takes_up_an_act(text: str, joined: list[tuple[str, str]], read_text: ReadText) -> None:
    assert same(read_text(text)) == joined


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed the governor on Monday. An attack on the mill angered the king.",  # another attack
        "Two guards were killed in the attack.",  # the killing is part of it
        "Gunmen killed the governor in May. The second attack angered the king.",
        "Gunmen did not kill the governor. The attack angered the king.",
    ],
)
def test_what_is_another_act_stays_apart(text: str, read_text: ReadText) -> None:
    assert same(read_text(text)) == []


SENTENCES = (
    "Rebels attacked the mill on Monday.",
    "The attack killed two guards.",
    "The mayor blamed the rebels for the attack.",
    "The rebels denied the attack.",
    "Police arrested two monks.",
    "The arrests angered the bishop.",
    "The king may order another attack.",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_a_telling_points_at_an_earlier_first_telling(read_text: ReadText, sentences: list[str]) -> None:
    reading = read_text(" ".join(sentences))
    by_id = {event.id: event for event in reading.events}
    for event in reading.events:
        if event.same_as is not None:
            first = by_id[event.same_as]
            assert first.trigger.start < event.trigger.start
            assert first.same_as is None


def test_a_denial_is_a_voice_on_the_act_that_another_tells(read_text: ReadText) -> None:
    text = "Rebels attacked the port on Monday, the mayor said. The army's spokesman denied the attack."
    reading = read_text(text)
    names = {entity.id: entity.name for entity in reading.entities}
    first, denied = (e for e in reading.events if "attack" in e.trigger.cut(text))
    assert denied.same_as == first.id
    told = {(names.get(voice.source or "", ""), voice.status.value) for voice in first.voices}
    assert {("the mayor", "happened"), ("the army's spokesman", "denied")} <= {(n, s) for n, s in told}
