"""Names, descriptions and pronouns: what is a mention, how far it reaches, what it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.record import Document, Form, Kind, Mention, Reading

ReadText = Callable[..., Reading]


def found(reading: Reading, words: str) -> Mention:
    """The mention with these words."""
    text = reading.document.text
    [mention] = [m for m in reading.mentions if m.span.cut(text) == words]
    return mention


def spans(reading: Reading, form: Form) -> set[str]:
    return {m.span.cut(reading.document.text) for m in reading.mentions if m.form is form}


@pytest.mark.parametrize(
    ("text", "span", "head", "kind"),
    [
        ("Mr. Dolmer left the hall on Monday.", "Mr. Dolmer", "Dolmer", Kind.PERSON),
        ("President Orvik signed the treaty.", "President Orvik", "Orvik", Kind.PERSON),
        ("They met Capt. Dolmer in the hall.", "Capt. Dolmer", "Dolmer", Kind.PERSON),
        ("Mr. Dolmer’s house was searched.", "Mr. Dolmer", "Dolmer", Kind.PERSON),
        ("The talks were held in Kenya.", "Kenya", "Kenya", Kind.PLACE),
        ("The Orvik administration denied it.", "The Orvik administration", "Orvik administration", Kind.ORGANISATION),
        ("They blamed the Ministry of Finance.", "the Ministry of Finance", "Ministry of Finance", Kind.ORGANISATION),
    ],
)
def test_names(read_text: ReadText, text: str, span: str, head: str, kind: Kind) -> None:
    mention = found(read_text(text), span)
    assert (mention.head.cut(text), mention.kind, mention.form) == (head, kind, Form.NAME)
    assert mention.reasons


@pytest.mark.parametrize(
    ("text", "span", "head", "kind"),
    [
        ("A senior ministry official resigned.", "A senior ministry official", "official", Kind.PERSON),
        ("Seven current and former officers agreed.", "Seven current and former officers", "officers", Kind.GROUP),
        ("Two people briefed on the talks resigned.", "Two people briefed on the talks", "people", Kind.GROUP),
        ("The ministry kept silent.", "The ministry", "ministry", Kind.ORGANISATION),
        ("The vice president kept silent.", "The vice president", "vice president", Kind.PERSON),
        ("They arrested hundreds of striking miners.", "hundreds of striking miners", "miners", Kind.GROUP),
        ("One of the generals resigned.", "One of the generals", "One", Kind.PERSON),
        ("They fled to the border.", "the border", "border", Kind.PLACE),
    ],
)
def test_descriptions(read_text: ReadText, text: str, span: str, head: str, kind: Kind) -> None:
    mention = found(read_text(text), span)
    assert (mention.head.cut(text), mention.kind, mention.form) == (head, kind, Form.DESCRIPTION)


@pytest.mark.parametrize(
    "text",
    [
        "No official was seen.",
        "Pavel Dolmer is a lawyer.",
        "The plan was bad.",
    ],
)
def test_what_is_no_description(read_text: ReadText, text: str) -> None:
    assert not spans(read_text(text), Form.DESCRIPTION)


def test_a_name_inside_a_name_is_a_mention_of_its_own(read_text: ReadText) -> None:
    reading = read_text("Pavel Orvik resigned. The Orvik administration had lost the vote.")
    assert {"Pavel Orvik", "The Orvik administration", "Orvik"} <= spans(reading, Form.NAME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She blamed herself and her brother.", {"She", "herself", "her"}),
        ("It is clear that they lost.", {"they"}),
        ("It rained all day.", set()),
        ("The US kept silent.", set()),
        ("The man who left was tired.", set()),
    ],
)
def test_pronouns(read_text: ReadText, text: str, expected: set[str]) -> None:
    assert spans(read_text(text), Form.PRONOUN) == expected


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_mentions_inside_it(tools: Tools, text: str) -> None:
    reading = read_document(Document("r-1", text), tools)
    assert not [p for p in reading.problems if p.stage in {"mentions", "roles", "coreference", "entities", "places"}]
    assert all(m.span.end <= len(text) and m.span.contains(m.head) for m in reading.mentions)
    entities = {entity.id for entity in reading.entities}
    assert {m.means for m in reading.mentions if m.means is not None} == entities
