"""Did it happen? What did not is never shown as happened; and what did is not lost in doubt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading, Status

ReadText = Callable[..., Reading]
S = Status

# (sentence, the trigger as it stands there, the status that is right; several where the words allow several)
NOT_SO = [
    (
        "The boats for the islanders, among them two ferries, that the duke hopes to buy in spring were never "
        "searched, sailors said.",
        "searched",
        {S.DID_NOT_HAPPEN},
    ),
    ("The mayor feared that the decree would spark protests.", "protests", {S.POSSIBLE, S.HYPOTHETICAL}),
    ("There was no recent raid.", "raid", {S.DID_NOT_HAPPEN, S.UNCERTAIN}),
    ("The council would expel any student who recently attacked a guard.", "attacked", {S.HYPOTHETICAL, S.POSSIBLE}),
    ("Marovia denied that it had bombed the port.", "bombed", {S.DENIED}),
    ("The rebels denied having attacked the convoy.", "attacked", {S.DENIED}),
    ("The mayor denied torturing the monks.", "torturing", {S.DENIED}),
    ("They did not attack the port.", "attack", {S.DID_NOT_HAPPEN}),
    ("The army never bombed the bridge.", "bombed", {S.DID_NOT_HAPPEN}),
    ("They did not attack or kill anyone.", "kill", {S.DID_NOT_HAPPEN}),
    ("I never agreed, nor did they propose, a truce.", "propose", {S.DID_NOT_HAPPEN}),
    ("Nobody attacked the port.", "attacked", {S.DID_NOT_HAPPEN}),
    ("Police arrested no one.", "arrested", {S.DID_NOT_HAPPEN}),
    ("No talks took place in May.", "talks", {S.DID_NOT_HAPPEN}),
    ("The guards left without arresting the mayor.", "arresting", {S.DID_NOT_HAPPEN}),
    ("The rebels fled rather than surrender.", "surrender", {S.DID_NOT_HAPPEN}),
    ("The army failed to capture the town.", "capture", {S.ATTEMPTED}),
    ("The rebels did not manage to seize the airport.", "seize", {S.DID_NOT_HAPPEN}),
    ("The army could not reach the town or rescue the monks.", "rescue", {S.DID_NOT_HAPPEN}),
    ("The rebels were unable to seize the airport.", "seize", {S.DID_NOT_HAPPEN}),
    ("The council decided not to help the rebels.", "help", {S.DID_NOT_HAPPEN}),
    ("The rebels nearly captured the airport.", "captured", {S.DID_NOT_HAPPEN}),
    ("The union called off the strike.", "strike", {S.DID_NOT_HAPPEN}),
    ("The talks were cancelled by the ministry.", "talks", {S.DID_NOT_HAPPEN}),
    ("The mayor refused to resign.", "resign", {S.REFUSED}),
    ("The envoy declined to meet the rebels.", "meet", {S.REFUSED}),
    ("The rebels rejected talks.", "talks", {S.REFUSED}),
    ("The guards were unwilling to release the monks.", "release", {S.REFUSED}),
    ("Police prevented students from attacking the bank.", "attacking", {S.PREVENTED}),
    ("Police foiled an attack on the embassy.", "attack", {S.PREVENTED}),
    ("The envoy averted a strike.", "strike", {S.PREVENTED}),
    ("The thwarted attack alarmed the king.", "attack", {S.PREVENTED}),
    ("The court banned the students from leaving the island.", "leaving", {S.PREVENTED}),
    ("The rebels planned to seize the airport.", "seize", {S.PLANNED}),
    ("The army will attack the island.", "attack", {S.PLANNED}),
    ("The army is going to attack the island.", "attack", {S.PLANNED}),
    ("The minister said the army would attack the island.", "attack", {S.PLANNED}),
    ("Norvane agreed to release the captives.", "release", {S.PLANNED}),
    ("Troops were sent to crush the revolt.", "crush", {S.PLANNED}),
    ("The plot to kill the king leaked.", "kill", {S.PLANNED}),
    ("Norvane to send troops to Marovia", "send", {S.PLANNED}),
    ("The rebels threatened to kill the captives.", "kill", {S.THREATENED}),
    ("The threat of war alarmed the bishop.", "war", {S.THREATENED}),
    ("Lestania urged Norvane to arrest the rebels.", "arrest", {S.REQUESTED}),
    ("The king ordered the navy to attack the island.", "attack", {S.REQUESTED}),
    ("The bishop called for a truce.", "truce", {S.REQUESTED}),
    ("The bishop called on the rebels to surrender.", "surrender", {S.REQUESTED}),
    ("The monks demanded the release of the poet.", "release", {S.REQUESTED}),
    ("The mayor asked the army to withdraw.", "withdraw", {S.REQUESTED}),
    ("The rebels tried to seize the airport.", "seize", {S.ATTEMPTED}),
    ("The failed coup alarmed the king.", "coup", {S.ATTEMPTED}),
    ("The attempt to rescue the captives angered the king.", "rescue", {S.ATTEMPTED}),
    ("The army may attack the island.", "attack", {S.POSSIBLE}),
    ("Officials feared that the rebels could attack.", "attack", {S.POSSIBLE}),
    ("The mayor considered resigning.", "resigning", {S.POSSIBLE}),
    ("The general was ready to resign.", "resign", {S.POSSIBLE}),
    ("Perhaps rebels seized the airport.", "seized", {S.POSSIBLE}),
    ("The risk of war alarmed the bishop.", "war", {S.POSSIBLE}),
    ("The king will flee if the army attacks the palace.", "attacks", {S.HYPOTHETICAL}),
    ("The army should attack the island.", "attack", {S.HYPOTHETICAL}),
    ("Had the army attacked, Lestania would have invaded.", "attacked", {S.HYPOTHETICAL, S.COUNTERFACTUAL}),
    ("Had the army attacked, Lestania would have invaded.", "invaded", {S.COUNTERFACTUAL}),
    ("If it had had radios, the army would have captured the town.", "captured", {S.COUNTERFACTUAL}),
    ("The rebels pretended to surrender.", "surrender", {S.COUNTERFACTUAL}),
    ("Norvane was accused of torturing the monks.", "torturing", {S.UNCERTAIN}),
    ("The mayor accused the guards of beating the monks.", "beating", {S.UNCERTAIN}),
    ("The rebels claimed that guards tortured the monks.", "tortured", {S.UNCERTAIN}),
    ("Guards allegedly tortured the monks.", "tortured", {S.UNCERTAIN}),
    ("The mayor was suspected of killing the poet.", "killing", {S.UNCERTAIN}),
    ("The mayor believed that rebels attacked the port.", "attacked", {S.UNCERTAIN}),
    ("It was unclear whether rebels attacked the port.", "attacked", {S.UNCERTAIN}),
    ("The reports of torture angered the monks.", "torture", {S.UNCERTAIN}),
    ("The minister never said that the army bombed the port.", "bombed", {S.UNCERTAIN}),
    ("The colonel fantasised that the rebels attacked the port.", "attacked", {S.UNCERTAIN, S.POSSIBLE}),  # no row
]
SO = [
    ("The guards fended off an attack.", "attack"),
    ("The monks discussed last month's explosion.", "explosion"),
    ("The decree sparked protests.", "protests"),
    ("The king considered a general who recently resigned.", "resigned"),
    ("Rebels attacked the garrison.", "attacked"),
    ("Two engineers were abducted by gunmen.", "abducted"),
    ("The ministers held talks in the capital.", "talks"),
    ("The talks began in May.", "talks"),
    ("Rebels launched an attack on the port.", "attack"),
    ("The arrest of the mayor angered voters.", "arrest"),
    ("The rebels managed to seize the airport.", "seize"),
    ("The army succeeded in capturing the town.", "capturing"),
    ("The president was forced to resign.", "resign"),
    ("The army did not fail to capture the town.", "capture"),
    ("The colonel regretted shooting the poet.", "shooting"),
    ("The mayor did not know that rebels attacked the port.", "attacked"),
    ("The army began to shell the town.", "shell"),
    ("The army continued shelling the town.", "shelling"),
    ("Norvane condemned the shelling.", "shelling"),
    ("The bishop survived an attack.", "attack"),
    ("Two guards died in the attack.", "attack"),
    ("After the raid the king fled.", "raid"),
    ("The tax led to a riot.", "riot"),
    ("A wave of arrests alarmed the monks.", "arrests"),
    ("The mayor said that guards tortured the monks.", "tortured"),
    ("The king fled because rebels attacked the palace.", "attacked"),
    ("The soldiers who shot the poet fled.", "shot"),
    ("The army captured the town and released the captives.", "released"),
    ("Rebels seized the airport, killing two guards.", "killing"),
    ("The army has captured the town.", "captured"),
    ("The rebels had attacked the palace in May.", "attacked"),
    ("The army crushed the revolt.", "revolt"),
    ("Norvane persuaded the rebels to surrender.", "surrender"),
    ("The envoy met the rebels before resigning.", "met"),
    ("The mayor refused to resign.", "refused"),
    ("Norvane threatened the island.", "threatened"),
    ("The two guards died; the mayor fled.", "died"),
]  # fmt: skip


def status_of(reading: Reading, trigger: str) -> Status:
    told = [e for e in reading.events if e.trigger.cut(reading.document.text) == trigger]
    assert told, f"no event {trigger!r} in {reading.document.text!r}"
    return told[0].status


@pytest.mark.parametrize(("sentence", "trigger", "right"), NOT_SO)
def test_what_did_not_happen_is_not_shown_as_happened(
    read_text: ReadText, sentence: str, trigger: str, right: set[Status]
) -> None:
    assert status_of(read_text(sentence), trigger) in right


@pytest.mark.parametrize(("sentence", "trigger"), SO)
def test_what_happened_is_shown_as_happened(read_text: ReadText, sentence: str, trigger: str) -> None:
    assert status_of(read_text(sentence), trigger) is Status.HAPPENED


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len(NOT_SO) >= 60
    assert len(SO) >= 30


@pytest.mark.parametrize("sentence", [row[0] for row in NOT_SO] + [row[0] for row in SO])
def test_status_certainty_voices_and_cues_agree(read_text: ReadText, sentence: str) -> None:
    reading = read_text(sentence)
    for event in reading.events:
        if event.status is Status.HAPPENED:
            assert event.certainty >= 1
        if event.status in {Status.DENIED, Status.DID_NOT_HAPPEN, Status.PREVENTED, Status.COUNTERFACTUAL}:
            assert event.certainty <= -1
        assert -3 <= event.certainty <= 3
        assert event.voices[0].source is None
        assert event.voices[0].statement is None
        if event.statement is not None:
            assert event.statement in {statement.id for statement in reading.statements}
            assert event.voices[0].certainty <= 1
            assert [voice.statement for voice in event.voices[1:]] == [event.statement]
        assert all(cue.end <= len(sentence) for cue in event.status_cues)


def test_the_cue_is_anchored_and_named(read_text: ReadText) -> None:
    reading = read_text("The army failed to capture the town.")
    (event,) = [e for e in reading.events if e.predicate == "capture"]
    assert [cue.cut(reading.document.text) for cue in event.status_cues] == ["failed"]
    assert "status-predicates#fail" in {reason.rule for reason in event.reasons}


@pytest.mark.parametrize(
    "text", ["Release the pilots, minister tells rebels", "Hand over the captain or lose the ferry, envoy tells board"]
)
def test_an_order_in_a_headline_has_not_been_carried_out(text: str, read_text: Callable[..., Reading]) -> None:
    orders = [e.status for e in read_text(text).events if e.trigger.start == 0]
    assert orders == [Status.REQUESTED]
