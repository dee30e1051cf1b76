"""Acts done by saying: promises, threats, refusals and demands in what somebody says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import EventType, Reading, Status

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "type_", "recipient"),
    [
        ("The rebels said they would release the envoy.", EventType.AGREE, "the envoy"),
        ("Norvane's ministers said they would expel the envoy.", EventType.THREATEN, "the envoy"),
        ("The rebels said they would attack the convoy unless the mayor resigned.", EventType.THREATEN, "the convoy"),
        ("The rebels said they would not release the envoy.", EventType.REJECT, "the envoy"),
        ("The envoy said the rebels must leave the port.", EventType.REQUEST, "the rebels"),
        ("The rebels said they were willing to release the envoy.", EventType.AGREE, "the envoy"),
    ],
)
def test_saying_so_is_an_act(text: str, type_: EventType, recipient: str, read_text: ReadText) -> None:
    reading = read_text(text)
    names = {entity.id: entity.name for entity in reading.entities}
    (saying,) = (e for e in reading.events if e.trigger.cut(text) == "said")
    assert saying.type is type_
    assert saying.status is Status.HAPPENED
    assert recipient in [names[p] for p in saying.with_part("recipient")]
    assert any(reason.rule.startswith("performed-acts#") for reason in saying.reasons)


@pytest.mark.parametrize("text", ["The rebels said they had attacked the convoy.", "The envoy said it would rain."])
def test_a_mere_assertion_is_none(text: str, read_text: ReadText) -> None:
    assert not any(e.trigger.cut(text) == "said" for e in read_text(text).events)


def test_what_is_promised_has_not_been_done(read_text: ReadText) -> None:
    reading = read_text("The rebels said they would release the envoy.")
    (release,) = (e for e in reading.events if e.predicate == "release")
    assert release.status is Status.PLANNED
