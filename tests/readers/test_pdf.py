from __future__ import annotations

import random

import pytest

from onrecord.errors import BadInput
from onrecord.readers import pdf
from onrecord.record import Problem, Received

LINES = (
    "The harbour minister of Ombrist said on Monday that the",
    "talks in Tarvik would go on.",
    "She gave no reason.",
)


def test_text_title_author_and_pages(made) -> None:
    document = made.one(
        made.pdf(LINES, ("And a second page.",), title="Talks go on", author="Ann Berel"), "t.pdf"
    ).document
    assert document.text == "\n".join(LINES) + "\n\nAnd a second page."
    assert (document.title, document.authors, document.media_type) == ("Talks go on", ("Ann Berel",), "application/pdf")
    assert [(block.span.cut(document.text), block.where) for block in document.blocks] == [
        ("\n".join(LINES[:2]), "page 1"), (LINES[2], "page 1"), ("And a second page.", "page 2")]  # fmt: skip


def test_the_day_the_file_was_made_is_not_the_day_of_publication(made) -> None:
    assert b"/CreationDate" in made.pdf(LINES)
    assert made.one(made.pdf(LINES), "t.pdf").document.published is None


@pytest.mark.parametrize("title", ["Microsoft Word - talks", "untitled", "talks.indd", "Untitled document"])
def test_a_title_that_a_program_gave_is_none(made, title: str) -> None:
    assert made.one(made.pdf(LINES, title=title), "t.pdf").document.title == ""


def test_words_parted_at_the_end_of_a_line_are_made_whole(made) -> None:
    lines = ("The minister of Ombrist, a well-known sailor, said that the nego-", "tiations of this well-", "known man",
             "would go on for 10-", "15 days.")  # fmt: skip
    text = made.one(made.pdf(lines), "t.pdf").document.text
    assert "the negotiations of" in text
    assert "this well-known man" in " ".join(text.split())
    assert "10-\n15" in text
    assert "\x02" not in text
    assert "\ufffe" not in text


def test_marks_of_hyphens_elsewhere_are_hyphens() -> None:
    assert pdf.join(["1\ufffe2 a\x02b"])[0] == "1-2 ab"


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (lambda made: made.pdf(LINES, password="secret"), "locked with a password"),
        (lambda made: made.pdf((), ()), "no text layer, only pictures"),
        (lambda made: made.pdf((" ",)), "holds no text|no text layer"),
        (lambda made: made.pdf(LINES)[:700], "damaged or was cut short"),
        (lambda made: made.pdf(LINES)[:-6], "damaged or was cut short"),
        (lambda _: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "damaged or was cut short"),
        (lambda _: b"%PDF-1.7\n%%EOF", "damaged or was cut short"),
    ],
)
def test_what_cannot_be_read_says_why(made, make, cause: str) -> None:
    with pytest.raises(BadInput, match=rf"^t\.pdf: .*({cause})"):
        made.all_of(make(made), "t.pdf")


def test_a_scanned_page_among_others_is_told(made) -> None:
    received, problem = made.all_of(made.pdf(LINES, (), LINES, ()), "t.pdf")
    assert isinstance(received, Received)
    assert isinstance(problem, Problem)
    assert problem.message == "t.pdf: pages 2, 4: no text layer, only pictures (a scan?); not read"


def test_damaged_files_never_crash(made) -> None:
    whole = made.pdf(LINES, LINES, title="Talks")
    dice = random.Random(4)
    for _ in range(150):
        data = bytearray(whole[: dice.randrange(9, len(whole) + 1)])
        for _ in range(dice.randrange(0, 12)):
            data[dice.randrange(8, len(data))] = dice.randrange(256)
        if dice.random() < 0.6:
            data += b"\n%%EOF"
        try:
            assert made.all_of(bytes(data), "t.pdf")
        except BadInput as bad:
            assert str(bad).startswith("t.pdf: ")  # noqa: PT017
