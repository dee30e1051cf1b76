"""Mood and presupposition: what negation, tense, conditions and descriptions make of an act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading, Status

ReadText = Callable[..., Reading]
S = Status


def statuses(reading: Reading, word: str) -> set[Status]:
    text = reading.document.text
    return {event.status for event in reading.events if word in event.trigger.cut(text)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("No sooner had the guards left than looters stripped the mill.", "stripped"),
        ("It was not until May that the rebels released the envoy.", "released"),
        ("The rebels did not merely loot the mill; they burned it.", "loot"),
        ("It took the army a month to seize the port.", "seize"),
        ("The rebels lost no time in burning the mill.", "burning"),
        ("The poet should never have been arrested.", "arrested"),
        ("Had the mayor not opened the gates, the mob would have burned the mill.", "opened"),
        ("Without the intervention of the monks, the town would have burned.", "intervention"),
        ("But for the intervention of the monks, the town would have burned.", "intervention"),
        ("The guards failed to prevent the attack on the mill.", "attack"),
        ("The ministry did not deny that guards shot the poet.", "shot"),
        ("The ministry would not say why the guards shot the poet.", "shot"),
        ("The king will pardon the rebels after the army captured their leader.", "captured"),
        ("The king may pardon the rebels, who burned the mill in May.", "burned"),
        ("No group has claimed responsibility for the bombing of the mill.", "bombing"),
        ("The king had the mayor arrested.", "arrested"),
        ("The rebels came home only to be arrested.", "arrested"),
        ("The poet died in exile; the king did not mourn.", "died"),
        ("The mayor would die in exile three years later.", "die"),
        ("The arrested monks sang.", "arrested"),
    ],
)
def test_what_happened_for_all_the_words_around_it(text: str, word: str, read_text: ReadText) -> None:
    assert S.HAPPENED in statuses(read_text(text), word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Anyone who marches on the palace is arrested.", "arrested"),
        ("Police usually arrest the smugglers.", "arrest"),
        ("Whenever rebels attack the port, the monks flee.", "attack"),
        ("Not one of the ministers resigned.", "resigned"),
        ("The guards were too tired to arrest the mayor.", "arrest"),
        ("Had the army attacked, the rebels would have fled.", "attacked"),
        ("Had the army attacked, the rebels would have fled.", "fled"),
        ("A forged letter announced that the king had resigned.", "resigned"),
        ("On paper the army seized the port.", "seized"),
        ("A film in which rebels seize the port angered the king.", "seize"),
        ("The strike cancelled by the union angered the miller.", "strike"),
        ("The mayor dared the army to attack the port.", "attack"),
        ("The guards did nothing to stop the march, and a warrant was issued for the arrest of the mayor.", "arrest"),
        ("In lieu of a truce the rebels offered a feast.", "truce"),
        ("According to unconfirmed reports, rebels attacked the port.", "attacked"),
        ("The bomb was found before it exploded.", "exploded"),
        ("The bomb failed to explode.", "explode"),
        ("The ministry neither confirmed nor denied that guards shot the poet.", "shot"),
        ("Nobody knows whether rebels attacked the port.", "attacked"),
        ("The union hoped to block the port, seize the mill and free the poet.", "free"),
    ],
)
def test_what_did_not_happen_or_is_open(text: str, word: str, read_text: ReadText) -> None:
    found = statuses(read_text(text), word)
    assert found
    assert S.HAPPENED not in found


def test_an_if_in_the_past_perfect_is_contrary_to_fact(read_text: ReadText) -> None:
    reading = read_text("If the army had attacked, the rebels would have fled.")
    assert statuses(reading, "attacked") == {S.COUNTERFACTUAL}
