"""Every row of every lexicon proves itself: its example is read, and the words it names must be set off by it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.errors import BadRule
from onrecord.extract.parse import Tools
from onrecord.join.reports.furniture import furniture
from onrecord.join.reports.notes import correction_notes
from onrecord.join.says.denials import company_reasons
from onrecord.join.says.tallies import tally_reasons
from onrecord.lexicon import Row, load_lexicons, read_lexicon
from onrecord.pipeline import read_document
from onrecord.record import Document, Reading, Reason

LEXICONS = load_lexicons()
# Files of words that an account holds only with --everything.
OF_EVERYTHING = frozenset({"stative-verbs", "happening-nouns", "idioms"})


def reasons(finding: Any) -> Iterator[Reason]:
    """Every reason inside a reading, however deep."""
    if isinstance(finding, Reason):
        yield finding
    elif isinstance(finding, tuple):
        for part in finding:
            yield from reasons(part)
    elif dataclasses.is_dataclass(finding):
        for name in (f.name for f in dataclasses.fields(finding)):
            yield from reasons(getattr(finding, name))


def set_off(reading: Reading, rule: str) -> set[str]:
    text = reading.document.text
    found = (
        reading,
        correction_notes(reading),
        tuple(furniture(reading.document)),
        tally_reasons(reading),
        company_reasons(reading),
    )
    return {reason.span.cut(text) for reason in reasons(found) if reason.rule == rule and reason.span is not None}


@pytest.mark.parametrize("name", sorted(LEXICONS.files))
def test_every_row_finds_what_its_example_says(name: str, tools: Tools, rules_only: Tools, everything: Tools) -> None:
    failed = []
    for row in LEXICONS[name]:
        found = set_off(read_document(Document("r-1", row.example), tools), row.rule)
        if row.finds not in found:  # the learned head may know better in so short a text: the rule is what is proved
            found |= set_off(read_document(Document("r-1", row.example), rules_only), row.rule)
        if row.finds not in found and name in OF_EVERYTHING:
            found |= set_off(read_document(Document("r-1", row.example), everything), row.rule)
        if row.finds not in found:
            failed.append(f"{name}.csv:{row.line} {row.key!r}: {row.finds!r} not among {found} in {row.example!r}")
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("name", sorted(LEXICONS.files))
def test_every_file_says_what_it_is_and_every_row_has_a_proof(name: str) -> None:
    lexicon = LEXICONS[name]
    assert len(lexicon.about) > 80, "a lexicon opens with comment lines: what it is, its columns, source, how to add"
    assert all(row.example and row.finds for row in lexicon)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"# nothing\n", "holds no header"),
        (b"key,example\n", "x.csv:1: the last two columns"),
        (b"# c\nkey,example,finds\na,b\n", "x.csv:3: 2 columns instead of 3"),
        (b"key,example,finds\n,b,b\n", "x.csv:2: the first column"),
        (b"key,example,finds\na,one two,three\n", "x.csv:2: the example does not hold"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_by_file_and_line(data: bytes, message: str) -> None:
    with pytest.raises(BadRule, match=message):
        read_lexicon("x", data)


def test_a_row_knows_its_rule_and_columns() -> None:
    lexicon = read_lexicon("verbs", b"# what\nkey,words,strong,example,finds\nsay,a b,yes,He says so.,says\n")
    (row,) = lexicon
    assert isinstance(row, Row)
    assert (row.rule, row.words("words"), row.flag("strong"), row.line) == ("verbs#say", ("a", "b"), True, 3)
