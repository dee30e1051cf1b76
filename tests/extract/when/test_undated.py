"""What an undated report tells of its year: terms, ages, accounts, plans, footers; and where it must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "rule", "start", "end"),
    [
        ("The port was shut on Friday.\n\n© 2017 The Orlo Post", "copyright-line", "2017-01-01", "2018-01-01"),
        ("The port was shut on Friday.\n\nCopyright 2011 Orlo News Agency. All rights reserved.", "copyright-line",
         "2011-01-01", "2012-01-01"),
        ("Lena Orvik was elected mayor in 1996 to a four-year term. Her term ends next year.", "runs-out",
         "1999-01-01", "2000-01-01"),
        ("The firm signed a ten-year contract in 1981. It expires this year.", "runs-out", "1991-01-01", "1992-01-01"),
        ("The count is held every ten years. The last was taken in 2007, and another is due next year.", "comes-round",
         "2016-01-01", "2017-01-01"),
        ("Tomas Heldt, who was born on 3 March 1940, turns 72 in five weeks.", "age", "2012-01-01", "2012-05-04"),
        ("The mill lost $9 million in the year ended March 31, 2010.", "books-closed", "2010-03-31", "2011-03-31"),
        ("The mill made a profit of $9 million in the quarter ended September 30, 2010.", "books-closed",
         "2010-09-30", "2011-04-18"),
        ("The party has no candidate for the 1990 election. It wants to win the election next year.", "coming-twice",
         "1989-01-01", "1990-01-01"),
    ],
)  # fmt: skip
def test_what_closes_the_date_in(text: str, rule: str, start: str, end: str, read_text: ReadText) -> None:
    published = read_text(text).published
    assert published is not None
    assert f"dating.{rule}" in {reason.rule for reason in published.reasons}
    assert (str(published.start), str(published.end)) == (start, end)
    assert published.inferred
    assert all(r.span is None or r.span.cut(text) for r in published.reasons)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The film “© 1984” was shown on Friday.", "age"),
        ("The port was shut on Friday.\n\n© 1995-2024 The Orlo Post", "books-closed"),
        ("Lena Orvik was elected in 1996 to a four-year term. The mill closed last year.", "runs-out"),
        ("The count is held every ten years. The last was taken in 2007.", "comes-round"),
        ("Tomas Heldt, born on 3 March 1940, died in 1990.", "age"),
        ("Nora Feld, 72, sings. Tomas Heldt was born on 3 March 1940.", "age"),
        ("The term of the loan runs to March 31, 2010.", "books-closed"),
        ("The mill expects a loss of $9 million for the year ending March 31, 2030.", "books-closed"),
        ("The party lost the 1990 election. It will build a hall next year.", "coming-twice"),
    ],
)
def test_what_closes_nothing_in(text: str, rule: str, read_text: ReadText) -> None:
    published = read_text(text).published
    reasons = published.reasons if published is not None else ()
    assert f"dating.{rule}" not in {reason.rule for reason in reasons}


def test_a_stretch_of_years_in_a_footer_only_says_before_when(read_text: ReadText) -> None:
    published = read_text("The port was shut on Friday.\n\n© 1995-2024 The Orlo Post").published
    assert published is not None
    assert (published.start, str(published.end)) == (None, "2025-01-01")
