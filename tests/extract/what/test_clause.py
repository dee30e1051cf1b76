"""The words that an event is shown in: those that tell it, and nothing that stands otherwise."""

from __future__ import annotations

import pytest

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "trigger", "shown"),
    [
        ("The lodgers hope to avenge the raid on the depot.", "raid", "the raid on the depot"),
        ("The lodgers will not forgive the raiding of their rooms.", "raiding", "the raiding of their rooms"),
        ("If the judge agrees, the arrested porters will leave.", "arrested", "the arrested porters"),
        ("The lodgers mourned the raid on the depot.", "raid", "The lodgers mourned the raid on the depot"),
        ("The depot was raided, and the porters fled.", "raided", "The depot was raided"),
    ],
)
def test_what_happened_is_shown_without_what_did_not(read_text: ReadText, text: str, trigger: str, shown: str) -> None:
    event = next(event for event in read_text(text).events if event.trigger.cut(text) == trigger)
    assert event.status == "happened"
    assert event.clause is not None
    assert event.clause.cut(text) == shown


def test_a_negation_before_the_clause_stays_with_it(read_text: ReadText) -> None:
    text = "He never met the lodgers, nor did the porters propose a truce."
    clauses = [event.clause.cut(text) for event in read_text(text).events if event.clause is not None]
    assert any(words.startswith("nor did the porters propose") for words in clauses)
