"""Acts: which event a word tells, and what stands above and below a word of connection."""

from __future__ import annotations

import pytest

from onrecord.extract.parse import Parse, Tools, parse
from onrecord.extract.what.acts import MANY, Acts, Phrases, counted, is_aim, joined
from onrecord.lexicon import Row
from onrecord.pipeline import read_document
from onrecord.record import Document


def parsed(text: str, tools: Tools) -> Parse:
    return parse(Document("r-1", text), tools)


def beside(text: str, word: str, tools: Tools) -> list[str]:
    """The triggers of the acts beside the first such word."""
    document = Document("r-1", text)
    seen = parse(document, tools)
    acts = Acts(read_document(document, tools).events, seen)
    token = next(t for t in seen.doc if t.lower_ == word)
    return [acts.events[k].trigger.cut(text) for k in acts.beside(token)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Soldiers shot two men during the raid.", ["shot"]),
        ("During the raid, soldiers shot two men and arrested a third.", ["shot", "arrested"]),
        ("Clashes broke out during the raid.", ["Clashes"]),
        ("The rebels made a request during the raid.", ["request"]),
        ("Snow covered the attack during the raid.", ["covered"]),  # the attack was not during the raid
        ("The talks ended during the raid.", []),
    ],
)
def test_the_acts_beside_a_word(text: str, found: list[str], rules_only: Tools) -> None:
    assert beside(text, "during", rules_only) == found


def test_a_noun_that_only_counts_is_looked_through(rules_only: Tools) -> None:
    doc = parsed("A series of raids followed the march of students.", rules_only).doc
    by_word = {token.text: token for token in doc}
    assert counted(by_word["series"]).text == "raids"
    assert counted(by_word["march"]).text == "march"


def test_what_something_is_for_is_an_aim(rules_only: Tools) -> None:
    doc = parsed("Rebels entered the town to attack the port.", rules_only).doc
    assert [token.text for token in doc if is_aim(token)] == ["attack"]
    assert not any(is_aim(token) for token in parsed("The mayor came and left.", rules_only).doc)


def test_joined_words_end_somewhere(rules_only: Tools) -> None:
    doc = parsed("Police raided " + "a house and " * 40 + "a port.", rules_only).doc
    assert all(1 <= len(joined(token)) <= MANY for token in doc)


def test_the_longest_row_counts_and_a_denied_one_does_not(rules_only: Tools) -> None:
    rows = [Row(f"x#{words}", words, {}, "", "", 1) for words in ("of", "because of")]
    phrases = Phrases(rows)
    doc = parsed("The mayor resigned because of the raid.", rules_only).doc
    found = [(row.key, first.text) for token in doc for row, first in phrases.ending_at(token)]
    assert found == [("because of", "because")]
    denied = parsed("The mayor resigned, not because of the raid.", rules_only).doc
    assert [row.key for token in denied for row, _ in phrases.ending_at(token)] == []
