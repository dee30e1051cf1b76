"""For any text: the reading stands, every anchor cuts its own words, and nothing refers to what is not there."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.check import check_reading
from onrecord.extract.parse import Tools
from onrecord.pipeline import read_document
from onrecord.readers import read
from onrecord.record import Document, Received

PIECES = [
    "The minister said", "“", "”", "\"", "'", "''", "«", "on Monday", ", who asked not to be named,", ".", "\n", "\r\n", "\r", "\n\n",
    "Ilda Venn", "Venn’s", "denied", "that", "the board had sold the pier", "last year", "in March 2023", "a senior official", "he",
    "according to", "two captains", "would have been arrested", "if", "—", "…", "\u00ad", "\u200b", "\x00", "\ufeff", "😀", "e\u0301", "漢字",
    "\ud83d", "﷽", "&amp;", "<b>", "#Velm", "@venn", "https://velm.example/x?y=1", "1,200", "between 40 and 60", "%", "\t", "\x1b[31m", "\u202e",
]  # fmt: skip
news = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
anything = st.one_of(news, st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(anything)
@example("")
@example("\n")
@example("“")
@example("a" * 30_000)
@example("He said. " * 2_000)
@example("\x00\x00 said \x00 that \ud800 went")
def test_any_text_is_read_and_holds(tools: Tools, text: str) -> None:
    reading = read_document(Document("r-any", text), tools)
    assert not reading.problems, reading.problems
    assert check_reading(reading) == []


@often
@given(st.text(alphabet=st.characters(), min_size=1, max_size=200).filter(str.strip))
def test_what_comes_as_json_is_stored_as_it_came_but_for_lone_surrogates(text: str) -> None:
    line = json.dumps({"text": text}).encode()
    for received in read(line, "x.jsonl"):
        if isinstance(received, Received):
            expected = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
            assert received.document.text == expected


@often
@given(anything)
def test_the_same_text_gives_the_same_reading(tools: Tools, text: str) -> None:
    document = Document("r-any", text)
    assert read_document(document, tools) == read_document(document, tools)
