"""Who is who in a report; above all, that nobody without a name is given one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Form, Reading

ReadText = Callable[..., Reading]


def clusters(reading: Reading) -> list[list[str]]:
    """The entities as their mentions' words."""
    words = {m.id: m.span.cut(reading.document.text) for m in reading.mentions}
    return [[words[m] for m in entity.mentions] for entity in reading.entities]


def opened(reading: Reading) -> list[str]:
    return [m.span.cut(reading.document.text) for m in reading.mentions if m.means is None]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Lena Orvik resigned. Ms. Orvik was angry.", ["Lena Orvik", "Ms. Orvik"]),
        ("The National Front of Harbours won. The NFH was proud.", ["The National Front of Harbours", "The NFH"]),
        ("They flew to the United States. The U.S. agreed.", ["the United States", "The U.S."]),
        ("A former colonel resigned. The former colonel was angry.", ["A former colonel", "The former colonel"]),
        ("A colonel resigned. The officer was angry.", ["A colonel", "The officer"]),
        ("Peru’s president, Mr. Orvik, resigned.", ["Peru’s president", "Mr. Orvik"]),
        ("President Orvik resigned. The president was angry.", ["President Orvik", "The president"]),
        ("The Ministry of Ports closed. The ministry kept silent.", ["The Ministry of Ports", "The ministry"]),
        ("Officials said the port was closed. Officials said that it was late.", ["Officials", "Officials"]),
        ("Ms. Orvik left after she lost the vote.", ["Ms. Orvik", "she"]),
        ("The minister blamed himself.", ["The minister", "himself"]),
        (
            "The former customs colonel spoke at noon. A former customs colonel had sold the gun.",
            ["The former customs colonel", "A former customs colonel"],
        ),
        ("Ingrid Tarsk met Pavel Orvik. She was angry.", ["Ingrid Tarsk", "She"]),
        ("Ingrid Tarsk met Pavel Orvik. He was angry.", ["Pavel Orvik", "He"]),
    ],
)
def test_together(read_text: ReadText, text: str, together: list[str]) -> None:
    assert together in clusters(read_text(text))


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Mr. Orvik resigned. Ms. Orvik was angry.", "Mr. Orvik", "Ms. Orvik"),
        ("Lena Orvik resigned. Tove Orvik was angry.", "Lena Orvik", "Tove Orvik"),
        ("A colonel resigned. Another colonel was angry.", "A colonel", "Another colonel"),
        ("President Orvik resigned. A former president was angry.", "President Orvik", "A former president"),
        ("A Kenyan colonel resigned. The Peruvian colonel was angry.", "A Kenyan colonel", "The Peruvian colonel"),
        ("President Orvik resigned. The former president was angry.", "President Orvik", "The former president"),
        ("Mr. Orvik, his deputy and the mayor resigned.", "Mr. Orvik", "his deputy"),
        ("The officers resigned. One of the officers was angry.", "The officers", "One of the officers"),
        ("Ingrid Tarsk resigned. He was angry.", "Ingrid Tarsk", "He"),
        ("The officers resigned. The ships sank, and they were lost.", "The officers", "they"),
    ],
)
def test_apart(read_text: ReadText, text: str, left: str, right: str) -> None:
    for words in clusters(read_text(text)):
        assert not ({left, right} <= set(words))


PLOT = """President Orvik accused a mutinous colonel of treason on Monday.

“I never betrayed anybody,” the former colonel said. He added that he would not return.

“Orvik knew it all,” he said."""


def test_the_words_of_somebody_without_a_name_never_go_to_the_named(read_text: ReadText) -> None:
    reading = read_text(
        "Mr. Orvik was furious. “I fear him,” a former colonel said. “I will not come back.” He said that he had fled."
    )
    entities = {e.id: e for e in reading.entities}
    means = {m.span: m.means for m in reading.mentions if m.form is Form.PRONOUN}
    linked = [entities[e] for span, e in means.items() if e and span.cut(reading.document.text) in {"I", "He", "he"}]
    assert linked
    assert not any(entity.named for entity in linked)


def test_no_description_of_an_unnamed_person_ends_up_with_a_name(read_text: ReadText) -> None:
    reading = read_text(PLOT)
    for words in clusters(reading):
        assert not (
            {"President Orvik", "Orvik"} & set(words) and {"a mutinous colonel", "the former colonel"} & set(words)
        )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The car of Pavel Orvik hit the car of Jonas Dolmer. He was angry.", "He"),
        ("The ministry met the company. It kept silent.", "It"),
        ("“We will win,” said Pavel Orvik.", "We"),
        ("President Orvik met President Dolmer. The president was angry.", "The president"),
        ("Lena Orvik met Pavel Orvik. Orvik was angry.", "Orvik"),
    ],
)
def test_what_cannot_be_decided_is_left_open(read_text: ReadText, text: str, word: str) -> None:
    reading = read_text(text)
    assert word in opened(reading)
    ids = {entity.id for entity in reading.entities}
    assert all(set(mention.candidates) <= ids for mention in reading.mentions)


def test_an_open_mention_names_those_between_whom_it_lies(read_text: ReadText) -> None:
    reading = read_text("The car of Pavel Orvik hit the car of Jonas Dolmer. He was angry.")
    names = {entity.id: entity.name for entity in reading.entities}
    [he] = [m for m in reading.mentions if m.form is Form.PRONOUN]
    assert {names[key] for key in he.candidates} == {"Pavel Orvik", "Jonas Dolmer"}


def test_the_first_person_in_quoted_words_is_the_speaker(read_text: ReadText) -> None:
    reading = read_text("“I will leave,” said Lena Orvik.")
    assert ["I", "Lena Orvik"] in clusters(reading)


def test_the_first_person_outside_of_quoted_words_is_open(read_text: ReadText) -> None:
    assert "I" in opened(read_text("I met Lena Orvik."))


def test_they_is_no_single_body_where_it_may_be_several_people(read_text: ReadText) -> None:
    text = "According to two diplomats at the session, Lestania asked for a delay. The request was refused, they said."
    reading = read_text(text)
    (they,) = [mention for mention in reading.mentions if mention.span.cut(text) == "they"]
    names = {entity.id: entity.name for entity in reading.entities}
    assert names.get(they.means or "", "two diplomats at the session").startswith("two diplomats")


def test_they_in_speech_is_left_open_rather_than_given_to_a_named_body(read_text: ReadText) -> None:
    text = "The Orlo Dockers' Union met on Monday. “They fired over our heads,” a striker said."
    reading = read_text(text)
    (they,) = [mention for mention in reading.mentions if mention.span.cut(text) == "They"]
    assert they.means is None
