"""What a name is the name of."""

from __future__ import annotations

import pytest

from onrecord.record import Form, Kind, Reading
from tests.conftest import ReadText


def kinds(reading: Reading) -> dict[str, set[Kind]]:
    """The kinds of the entities that a report names, by the words of their names."""
    text = reading.document.text
    means = {entity.id: entity.kind for entity in reading.entities}
    found: dict[str, set[Kind]] = {}
    for mention in reading.mentions:
        if mention.form is Form.NAME and mention.means is not None:
            found.setdefault(mention.head.cut(text), set()).add(means[mention.means])
    return found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("They met Ingrid Tarsk in the hall.", "Ingrid Tarsk", Kind.PERSON),
        ("Mr. Vienna sold the mill. The council thanked Vienna.", "Vienna", Kind.PERSON),
        ("They met in Vienna at night.", "Vienna", Kind.PLACE),
        ("The mayor of Tarsk resigned.", "Tarsk", Kind.PLACE),
        ("The town of Dolmer burned.", "Dolmer", Kind.PLACE),
        ("They praised Dolmer Motors Ltd at night.", "Dolmer Motors Ltd", Kind.ORGANISATION),
        ("They spoke about the Dolmer Treaty at night.", "Dolmer Treaty", Kind.WORK),
        ("They swam in the Dolmer River at night.", "Dolmer River", Kind.PLACE),
        ("They wrote to the United Nations at night.", "United Nations", Kind.ORGANISATION),
    ],
)
def test_words_around_and_in_a_name_tell_its_kind(read_text: ReadText, text: str, name: str, kind: Kind) -> None:
    assert kinds(read_text(text))[name] == {kind}


def test_a_surname_that_is_also_a_city_goes_with_its_bearer_throughout(read_text: ReadText) -> None:
    reading = read_text("Ingrid Vienna, a retired nurse, lost the case. Vienna sold her house. Vienna wept.")
    assert kinds(reading) == {"Ingrid Vienna": {Kind.PERSON}, "Vienna": {Kind.PERSON}}


def test_beside_in_a_city_stays_a_city_though_somebody_bears_its_name(read_text: ReadText) -> None:
    reading = read_text("Mr. Vienna sold the mill. They had met in Vienna.")
    assert kinds(reading)["Vienna"] == {Kind.PERSON, Kind.PLACE}


@pytest.mark.parametrize(
    "text",
    [
        "The Chief Engineer said the bridge was safe.",
        "The CEO said the plan had failed.",
        "His Executive Producer left the hall.",
        "Every Deputy Inspector left the hall.",
    ],
)
def test_capitals_do_not_give_somebody_a_name(read_text: ReadText, text: str) -> None:
    assert [entity.name for entity in read_text(text).entities if entity.named] == []


def test_the_reason_for_a_given_name_is_the_given_name(read_text: ReadText) -> None:
    reading = read_text("They met Ingrid Tarsk in the hall.")
    rules = {reason.rule for mention in reading.mentions for reason in mention.reasons}
    assert "given-names#Ingrid" in rules
