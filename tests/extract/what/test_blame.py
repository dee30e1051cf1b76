"""Blame: whom words make the doer of an act, and how sure that leaves it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Event, Reading, Status

ReadText = Callable[..., Reading]


def act(reading: Reading, word: str) -> Event:
    """The event told by this word."""
    text = reading.document.text
    return next(e for e in reading.events if word in e.trigger.cut(text))


def doers(reading: Reading, word: str) -> list[str]:
    names = {entity.id: entity.name for entity in reading.entities}
    return [names[entity] for entity in act(reading, word).with_part("actor")]


@pytest.mark.parametrize(
    ("text", "word", "doer"),
    [
        ("The mayor blamed the rebels for the attack on the mill.", "attack", "the rebels"),
        ("The mayor attributed the attack to the rebels.", "attack", "the rebels"),
        ("The rebels were blamed for the attack.", "attack", "the rebels"),
        ("The court charged the guards with the murder.", "murder", "the guards"),
        ("The rebels claimed responsibility for the attack on the mill.", "attack", "the rebels"),
        ("The rebels sent letters claiming responsibility for the attack.", "attack", "the rebels"),
        ("The attack carried out by the rebels angered the king.", "attack", "the rebels"),
    ],
)
def test_who_is_made_the_doer(text: str, word: str, doer: str, read_text: ReadText) -> None:
    assert doers(read_text(text), word) == [doer]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor blamed the rebels for the attack on the mill.",
        "The mayor attributed the attack to the rebels.",
        "The mayor linked the rebels to the attack.",
        "The mayor accused the guards of the murder of the poet.",
    ],
)
def test_blame_leaves_open_whether_he_did_it(text: str, read_text: ReadText) -> None:
    reading = read_text(text)
    laid = [e for e in reading.events if any(r.rule.startswith("blame-words#") for r in e.reasons)]
    assert laid
    assert all(e.status is Status.UNCERTAIN for e in laid)


def test_who_confesses_to_it_did_it_by_his_own_word(read_text: ReadText) -> None:
    reading = read_text("The rebels claimed responsibility for the attack on the mill.")
    assert act(reading, "attack").status is Status.HAPPENED


def test_an_accusation_takes_up_the_act_and_stays_open(read_text: ReadText) -> None:
    reading = read_text("An attack on the mill killed two guards. The mayor blamed the rebels for the attack.")
    first, *_ = (e for e in reading.events if e.predicate == "attack")
    last = [e for e in reading.events if e.predicate == "attack"][-1]
    assert (first.status, last.status) == (Status.HAPPENED, Status.UNCERTAIN)
    assert last.same_as == first.id


def test_suspects_make_an_act_less_sure(read_text: ReadText) -> None:
    killing = act(read_text("Alleged rebels killed two guards."), "killed")
    assert (killing.status, killing.certainty) == (Status.HAPPENED, 1)
