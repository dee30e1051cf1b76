"""The report's own date: given, stated, or closed in upon, with its proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers

from onrecord.extract.parse import Tools
from onrecord.record import Basis, Precision, Reading, TimeInterval

pytestmark = pytest.mark.usefixtures("tools")


def dated(read_text: Callable[..., Reading], text: str) -> tuple[TimeInterval | None, str]:
    reading = read_text(text)
    assert reading.document.published is None
    found = reading.published
    return found, "" if found is None else found.reasons[0].rule


def test_a_given_date_stands(read_text: Callable[..., Reading]) -> None:
    reading = read_text("Published 3 May 2019\n\nThe mill closed.", published="2012-06-14")
    assert reading.published == reading.document.published


BODY = "The mill at Orlo closed on Monday and forty people were sent home."


@pytest.mark.parametrize(
    ("top", "rule"),
    [
        ("Mill closes in Orlo\n\nPublished: 3 May 2019", "stated-line"),
        ("Mill closes in Orlo\nFirst published on Friday, May 3, 2019, 6:15 a.m.", "stated-line"),
        ("Mill closes\nBy Ann Berel | Posted May 3, 2019 | 4 min read", "stated-line"),
        ("Released in Orlo on May 3, 2019", "stated-line"),
        ("Last updated: 2019-05-03T09:30:00Z", "stated-line"),
        ("Date: 3 May 2019", "stated-line"),
        ("This story was first published on 3 May 2019 in The Orlo Post.", "stated-line"),
        ("By Ann Berel, Orlo Post\nMay 3, 2019 | 5:00 a.m.", "line-of-its-own"),
        ("Mill closes in Orlo\n\nMay 3, 2019", "line-of-its-own"),
        ("The Orlo Post\nFriday 3 May 2019\nMILL CLOSES", "line-of-its-own"),
        ("Orlo Post  Friday 3 May 2019\nMILL CLOSES", "line-of-its-own"),
        ("Mill closes in Orlo\nOrlo Post, 3 May 2019", "line-of-its-own"),
        ("By A. BEREL | May 3, 2019 | 4 min read", "line-of-its-own"),
        ("Ann Berel — The Orlo Post — Friday, May 3, 2019", "line-of-its-own"),
        ("ORLO, May 3, 2019. By Ann Berel, Orlo Post", "line-of-its-own"),
        ("May 3, 2019 at 9:30 a.m. | Orlo", "line-of-its-own"),
        ("Mill closes in Orlo\n3 May 2019 Last updated at 11:40 GMT", "line-of-its-own"),
        ("Mill closes in Orlo\n9:53 AM, FRI 3 MAY 2019", "line-of-its-own"),
        ("Mill closes in Orlo\n3 May 2019, 18:07 (GMT+05:00)", "line-of-its-own"),
        ("Mill closes in Orlo\nFriday May 3, 2019 @ 8:13am PDT", "line-of-its-own"),
        ("By Ann Berel\non May 3 2019", "line-of-its-own"),
        ("updated 8:41 p.m. EST, Fri May 3, 2019", "stated-line"),
    ],
)
def test_a_day_that_the_report_states_is_explicit(read_text: Callable[..., Reading], top: str, rule: str) -> None:
    text = f"{top}\n\n{BODY} It had been opened in 1911."
    found, why = dated(read_text, text)
    assert found is not None
    assert (found.start, found.end, why) == (date(2019, 5, 3), date(2019, 5, 4), f"dating.{rule}")
    assert (found.inferred, found.basis, found.precision) == (False, Basis.EXPLICIT, Precision.DAY)
    assert found.reasons[0].span is not None
    assert "2019" in found.reasons[0].span.cut(text)


def test_the_foot_may_state_it(read_text: Callable[..., Reading]) -> None:
    found, why = dated(read_text, f"{BODY * 30}\n\nPublished on 3 May 2019 by The Orlo Post")
    assert found is not None
    assert (found.start, why) == (date(2019, 5, 3), "dating.stated-line")


@pytest.mark.parametrize(
    "text",
    [
        "ORLO, May 3, 2019 (Orlo Wire) — {}",
        "Orlo, Ombrist, 3 May 2019 - {}",
        "ORLO, May 3, 2019. {}",
        "ORLO, 2019-05-03 (Wire) — {}",
        "ORLO, Friday, 3 May 2019 -- {}",
        "May 3, 2019 (Orlo Wire) -- {}",
        "Orlo (Ombrist), May 3, 2019 (OW) - {}",
        "ORLO — May 3, 2019 — {}",
        "(Orlo, 3 May 2019) {}",
        "[Orlo, May 3, 2019] {}",
        "ORLO, May 3, 2019 /OrloNewswire/ -- {}",
    ],
)
def test_a_dateline_says_when_the_report_was_filed(read_text: Callable[..., Reading], text: str) -> None:
    found, why = dated(read_text, text.format(BODY))
    assert found is not None
    assert (found.start, found.end, why) == (date(2019, 5, 3), date(2019, 5, 4), "dating.dateline")
    assert (found.inferred, found.basis) == (True, Basis.EXPRESSION)


def test_an_update_soon_after_makes_a_stretch_and_is_reckoned_from(read_text: Callable[..., Reading]) -> None:
    text = f"Mill closes\nFirst published May 3, 2019. Updated May 4, 2019, 11:40 a.m. with a new figure.\n\n{BODY}"
    reading = read_text(text)
    assert reading.published is not None
    assert (reading.published.start, reading.published.end) == (date(2019, 5, 3), date(2019, 5, 5))
    assert reading.published.inferred is False
    monday = next(t for t in reading.times if t.span.cut(text) == "Monday")
    assert monday.timex == "2019-04-29"
    late = read_text(text.replace("May 4", "July 9")).published
    assert late is not None
    assert (late.start, late.end) == (date(2019, 5, 3), date(2019, 5, 4))


@pytest.mark.parametrize(
    "text",
    [
        "Released from prison on May 3, 2019, the owner fled.",
        "Dated May 3, 2019, the letter said that the mill was closed.",
        "Battle of Orlo, May 3, 2019\n\nThe battle of Orlo was fought in the rain. It was won on July 9, 2021.",
        "The mill closed\nCorrection, May 3, 2019: the mill was not closed.",
        "Photo by Ann Berel, May 3, 2019",
        "The strike — May 3, 2019 — was long.",
        "May 3, 2019 - the mill was closed.",
        "The owner (Orlo, 3 May 2019) fled.",
        "How it came about\n\nMay 3, 2019\nThe mill was closed.\n\nMay 9, 2019\nThe mill was opened again.",
    ],
)
def test_a_day_in_a_sentence_is_not_the_reports_own(read_text: Callable[..., Reading], text: str) -> None:
    found, why = dated(read_text, text)
    assert found is None or (found.inferred and "line" not in why)


@pytest.mark.parametrize(
    ("top", "day"),
    [
        ("ORLO, May 3 (Wire) -- ", "2019-05-03"),
        ("Sept. 8 (Orlo Wire) -- ", "2019-09-08"),
        ("ORLO, Friday, May 3 — ", "2019-05-03"),
        ("Orlo, 3 May — ", "2019-05-03"),
        ("Updated May 3 at 9:30 a.m.\n\n", "2019-05-03"),
        ("Friday, May 3\n\n", "2019-05-03"),
    ],
)
def test_a_date_line_without_its_year_takes_the_one_year_that_is_left(
    read_text: Callable[..., Reading], top: str, day: str
) -> None:
    found = read_text(f"{top}{BODY} The owner died in January 2019. A new mill will open in December 2019.").published
    assert found is not None
    assert (str(found.start), found.precision, found.inferred) == (day, Precision.DAY, True)


def test_a_dateline_without_its_year_takes_the_one_that_the_text_leaves(read_text: Callable[..., Reading]) -> None:
    top = "ORLO, Ombrist, May 3 (Wire) — "
    both = f"{top}{BODY} The owner died in December 2018. A new mill will open in September 2019."
    found, _ = dated(read_text, both)
    assert found is not None
    assert (found.start, found.end, found.inferred) == (date(2019, 5, 3), date(2019, 5, 4), True)
    past, _ = dated(read_text, f"{top}{BODY} The owner died in July 2018.")
    assert past is not None
    assert (past.start, past.end) == (date(2019, 5, 3), None)
    weekday = f"Published Friday, May 3\n\n{BODY} The owner died in July 2015."
    found, _ = dated(read_text, weekday)
    assert found is not None
    assert (found.start, found.end) == (date(2019, 5, 3), None)
    assert dated(read_text, f"{top}{BODY}")[0] is None


def test_a_dateline_with_two_figures_of_its_year(read_text: Callable[..., Reading]) -> None:
    found, _ = dated(read_text, f"ORLO, 3 MAY 90 (OW) -- {BODY} It had been built in 1982.")
    assert found is not None
    assert (found.start, found.end, found.inferred) == (date(1990, 5, 3), date(1990, 5, 4), True)
    assert dated(read_text, f"ORLO, 3 MAY 90 (OW) -- {BODY}")[0] is None  # of which century, nobody says


def test_the_past_bounds_it_on_one_side(read_text: Callable[..., Reading]) -> None:
    found, why = dated(read_text, "The mill burned on 3 May 2003. The owner fled.")
    assert found is not None
    assert (found.start, found.end, why) == (date(2003, 5, 3), None, "dating.after-the-past")


def test_one_season_said_twice_closes_it_in(read_text: Callable[..., Reading]) -> None:
    text = (
        "The strike, which began last autumn, has ruined the mill. "
        "The strike began in the autumn of 2011, the owner said."
    )
    found, _ = dated(read_text, text)
    assert found is not None
    assert (found.start, found.end) == (date(2011, 12, 1), date(2012, 12, 1))
    assert found.inferred
    assert all(reason.span is not None for reason in found.reasons)


def test_nothing_to_go_by_gives_nothing(read_text: Callable[..., Reading]) -> None:
    assert dated(read_text, "The mill closed last year. The owner fled on Friday.") == (None, "")
    assert dated(read_text, "") == (None, "")


def test_a_span_proves_each_step(read_text: Callable[..., Reading], tools: Tools) -> None:
    text = "The mill burned in 2003. It will be rebuilt in 2005."
    found, _ = dated(read_text, text)
    assert found is not None
    assert (found.start, found.end) == (date(2003, 1, 1), date(2006, 1, 1))
    assert [reason.span.cut(text) for reason in found.reasons if reason.span] == ["2003", "2005"]


INFERRED = (
    "Tolls at the port fell by 3 million last year, down from {0}.",
    "The mill burned on 3 May {0}. It will be rebuilt in July {1}.",
    "The strike, which began last autumn, has ruined the mill. The strike began in the autumn of {0}.",
    "Berel was abducted in March {0}. The second anniversary of the abduction nears.",
    "Ann Berel was kidnapped at the mill three years ago. Berel was kidnapped at the mill in March {0}.",
    "The mill has stood empty for ten years, since {0}.",
)


@pytest.mark.parametrize("text", INFERRED)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(years=integers(min_value=-80, max_value=80))
def test_other_years_in_the_text_move_the_inferred_date_by_as_many(
    read_text: Callable[..., Reading], text: str, years: int
) -> None:
    here = read_text(text.format(1990, 1991)).published
    there = read_text(text.format(1990 + years, 1991 + years)).published
    assert here is not None
    assert there is not None
    for one, other in ((here.start, there.start), (here.end, there.end)):
        moved = one.replace(year=one.year + years) if one is not None else None
        assert other == moved
    assert [reason.rule for reason in here.reasons] == [reason.rule for reason in there.reasons]


@pytest.mark.parametrize("text", [*INFERRED, "ORLO, May 3 (Wire) — {0} was quiet.", "The mill closed last year."])
def test_the_clock_is_never_asked(
    read_text: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def forbidden(*_: object) -> float:
        raise AssertionError("the clock was asked")

    whole = text.format(2003, 2004)
    before = read_text(whole)
    for name in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(time, name, forbidden)
    after = read_text(whole)
    assert (after.published, after.times) == (before.published, before.times)
