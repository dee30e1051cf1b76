"""Correction notes: where they stand, what they concern, which words were wrong and which are right."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.join.reports.notes import CorrectionNote, correction_notes
from tests.join.told import OTHER, SENTENCES, report

STORY = "\n\n".join(SENTENCES[:6])


def one(note: str, before: str = STORY + "\n\n", after: str = "") -> tuple[CorrectionNote, str]:
    text = before + note + after
    (found,) = correction_notes(report(text, "The Brell Courier", 12))
    return found, text


@pytest.mark.parametrize(
    ("note", "field", "wrong", "right"),
    [
        ("An earlier version of this article misstated the year of the flood. It was 2011, not 2012.", "when", "2012", "2011"),
        ("This story has been corrected to show that the lock has two gates.", None, "", "the lock has two gates"),
        ("Correction: An earlier version of this report said that six barges sank. The number is eight.", "quantity", "six barges sank", "The number is eight"),
        ("This article was amended on 4 May 2021 to say that Tal was a clerk rather than a judge.", None, "a judge", "Tal was a clerk"),
        ("A previous version of this story misspelled the name of the clerk as Tall. It is Tal.", "actors", "Tall", "Tal"),
        ("We are happy to make clear that Mr Tal was not charged.", None, "", "Mr Tal was not charged"),
        ("Clarification: The lever belongs to the town.", None, "", ""),
        ("(This March 3 story has been corrected to say the lock is at Ostrell, not Brell.)", None, "Brell", "the lock is at Ostrell"),
        ("An earlier version of this article wrongly attributed a remark about the cows to Ilda Venn.", "attribution", "", ""),
        ("An earlier version of this article misstated the location of the lock.", "where", "", ""),
        ("This article originally said that Tal was arrested. He was not arrested.", "status", "Tal was arrested", "not arrested"),
    ],
)  # fmt: skip
def test_a_note_is_found_with_its_words(note: str, field: str | None, wrong: str, right: str) -> None:
    found, text = one(note)
    assert found.span.cut(text) == note
    assert found.own
    assert found.field == field
    assert [span.cut(text) for span in found.wrong][:1] == [wrong] * bool(wrong)
    assert [span.cut(text) for span in found.right][:1] == [right] * bool(right)
    assert found.reasons


def test_a_note_may_open_the_report_or_stand_on_the_last_line() -> None:
    note = "An earlier version of this article misstated the depth of the lock."
    assert one(note, before="", after="\n\n" + STORY)[0].span.start == 0
    assert one(note, before=" ".join(SENTENCES) + " ")[0].span.cut(" ".join(SENTENCES) + " " + note) == note
    assert one(note, before=STORY + "\n\n", after="\n\n" + STORY)[0].own


def test_a_label_alone_takes_the_next_paragraph() -> None:
    found, text = one("Correction\n\nThe lock has two gates and not three.")
    assert found.span.cut(text).endswith("not three.")
    assert [span.cut(text) for span in found.wrong] == ["three"]


@pytest.mark.parametrize(
    "label",
    [
        "CORRECTION: ",
        "Correction (4 May 2021): ",
        "Correction, May 4: ",
        "Clarification — ",
        "Corrections and clarifications | ",
    ],
)
def test_labels_are_written_in_many_ways(label: str) -> None:
    assert one(label + "The lock has two gates.")[0].own


def test_a_note_on_an_earlier_article_has_its_day() -> None:
    found, _ = one("An article on Tuesday about the lock misstated its depth.")
    assert not found.own
    assert found.day is not None
    assert found.day.start == date(2021, 3, 9)
    found, _ = one("Because of an editing error, a report published on 4 March gave the wrong depth.")
    assert found.day is not None
    assert found.day.start == date(2021, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        STORY,
        f"{SENTENCES[0]} “An earlier version of this article misstated the depth,” the Tannis Echo wrote. {SENTENCES[1]}",
        f"{SENTENCES[0]} The Echo admitted that, as its editor put it, an earlier version of the report was wrong. {OTHER[0]}",
        f"Correction officers found the lever in a cell. {SENTENCES[1]}",
        f"The correction came late: prices fell. {SENTENCES[1]}",
        f"A report on Tuesday said the lock was dry. {SENTENCES[1]}",
        f"Tal said the council had wrongly told the bakery to keep the lever. {SENTENCES[1]}",
        f"{SENTENCES[0]} The earlier version of this law was repealed. {SENTENCES[1]}",
    ],
)
def test_what_is_no_note(text: str) -> None:
    assert correction_notes(report(text, "The Brell Courier", 12)) == ()
