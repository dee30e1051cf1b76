"""The account as Markdown: what it prints, and that no word of a report is markup."""

from __future__ import annotations

import re

import pytest

from onrecord.export.digest import digest
from onrecord.export.markdown import escaped, markdown
from tests.export.hostile import hostile_account
from tests.export.three_reports import ACCOUNT

BODY = """## Reports

1. Courier, “Fire at the quay”, 3 Mar 2023, <https://courier.example/1>
    - is corrected by report 3: “Correction: this paper wrote of three sheds”
2. Gazette, “Quay burns”, 4 Mar 2023
    - copies report 1: 2 passages
3. Tribune, “The night of the fire”, 6 Mar 2023, <https://tribune.example/1>
    - corrects report 1: “Correction: this paper wrote of three sheds”

## What happened

- **2 Mar 2023** Two sheds burned at Quay Nine on Thursday[^1][^2][^3]
    - 3 voices: 1 named, 2 unnamed; agree on where and whether it happened
    - disputed: when
        - “on Thursday” (Courier, 3 Mar 2023)[^4]
        - “on Wednesday” (says two firemen (unnamed); Tribune, 6 Mar 2023)[^5]
    - first reported “Two sheds” (Courier, 3 Mar 2023)[^6]; corrected: “Correction: this paper wrote of three sheds” \
(Tribune, 6 Mar 2023)[^7]
- **2 Mar 2023** Two men were hurt — says Ilda Venn[^8][^9][^10]
    - 1 voice, printed by 3 reports
    - number raised from “Two” (says Ilda Venn; Courier, 3 Mar 2023)[^11] to “Five” (says Ilda Venn; Tribune, \
6 Mar 2023)[^12]

## Disputed: some say it happened, others that it did not

Each side stands in its own words. Which of them is right is not judged here.

- **2 Mar 2023** A guard had left his post — says a clerk who asked not to be named (unnamed)[^13][^14]
    - 2 voices: 1 named, 1 unnamed
    - disputed: whether it happened
        - happened: “A guard had left his post” (says a clerk who asked not to be named (unnamed); Courier, \
3 Mar 2023)[^13]
        - denied: “The guard never left his post” (says Oswin Marl; Tribune, 6 Mar 2023)[^14]

## Planned, asked for, feared, not certain

- **2 Mar 2023** \\[planned\\] The board was to meet on Monday[^15]

## Who says so: named
"""
NOTES = """
[^13]: Courier, “Fire at the quay”, 3 Mar 2023, <https://courier.example/1> (report 1): “A guard had left his post” — \
says a clerk who asked not to be named (unnamed) (“said”); characters \\[78, 103).
[^14]: Tribune, “The night of the fire”, 6 Mar 2023, <https://tribune.example/1> (report 3): “The guard never left his \
post” — says Oswin Marl (“said”); characters \\[98, 127).
"""


def test_the_document_is_as_it_was() -> None:
    page = markdown(digest(ACCOUNT), "fire_at_quay")
    assert page.startswith("# fire\\_at\\_quay: the account\n\nTaken from 3 reports by onrecord 0.1.0,")
    assert BODY in page
    assert NOTES in page
    assert "## Left open, not guessed\n\n- 8 events without an actor\n" in page


def test_every_mark_has_its_footnote_and_every_footnote_its_mark() -> None:
    page = markdown(digest(ACCOUNT), "fire")
    marks = re.findall(r"(?<!^)\[\^(\d+)\]", page, re.MULTILINE)
    notes = re.findall(r"^\[\^(\d+)\]:", page, re.MULTILINE)
    assert set(marks) == set(notes)
    assert notes == [str(n) for n in range(1, len(notes) + 1)]


def test_the_words_of_a_footnote_are_those_of_its_place() -> None:
    texts = {n: reading.document.text for n, reading in enumerate(ACCOUNT.readings, 1)}
    notes = re.findall(r"\(report (\d)\): “([^”]*)”.*characters \\\[(\d+), (\d+)\)", markdown(digest(ACCOUNT), "fire"))
    assert len(notes) == 15
    for report, words, start, end in notes:
        assert texts[int(report)][int(start) : int(end)] == words


def test_no_word_of_a_report_is_markup() -> None:
    page = markdown(digest(hostile_account()), "a\n# b <script>")
    headings = re.findall(r"^ *#.*", page, re.MULTILINE)
    assert headings[0] == "# a # b \\<script\\>: the account"
    assert all(re.fullmatch(r"## [A-Z][a-zA-Z,: ]+", heading) for heading in headings[1:])
    bare = re.sub(r"\\.", "", page)  # what is left when all that is escaped is gone
    assert not re.search(r"[<>`|]|!\[|\]\(|www\.|https?://", bare)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", page)
    assert all(re.fullmatch(r"\[\^\d+\]", mark) for mark in re.findall(r"\[[^\]]*\]", bare))
    assert bare.count("**") == 2 * 4, "only the dates are strong"


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("# a", "\\# a"), ("- a", "\\- a"), ("+ a", "\\+ a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"),
        ("= a", "\\= a"), ("a - 1. b", "a - 1. b"), ("a_b", "a\\_b"), ("a\n\nb", "a b"), ("&amp;", "\\&amp;"),
        ("a\\", "a\\\\"),         ("http://x", "http\\://x"), ("www.x", "www\\.x"),
    ],
)  # fmt: skip
def test_escaping(words: str, plain: str) -> None:
    assert escaped(words) == plain
