"""TimelineJS: dates as exact as they are known, soft ones in words; every word of a report is escaped."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from onrecord.export.timelinejs import slide_dates, write_timelinejs
from onrecord.record import Account, Basis, Precision, Status, TimeInterval

DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "maximum": 23},
        "minute": {"type": "integer", "maximum": 59},
    },
    "dependentRequired": {"day": ["month"], "hour": ["day"], "minute": ["hour"]},
}
TEXT = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}}
# By https://timeline.knightlab.com/docs/json-format.html.
SCHEMA = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "object", "required": ["text"], "properties": {"text": TEXT}},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date", "text"],
                "additionalProperties": False,
                "properties": {
                    "start_date": DATE, "end_date": DATE, "display_date": {"type": "string", "minLength": 1},
                    "text": TEXT, "group": {"type": "string"}, "unique_id": {"type": "string"},
                },
            },
        },
    },
}  # fmt: skip


def read_back(account: Account, out: Path) -> dict[str, Any]:
    (path,) = write_timelinejs(account, out)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def between(start: date | None, end: date | None, size: Precision = Precision.DAY, **more: Any) -> TimeInterval:
    return TimeInterval(start, end, size, Basis.EXPLICIT, inferred=False, **more)


def ymd(*parts: int) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), parts, strict=False))


@pytest.mark.parametrize(
    ("when", "start", "end", "shown"),
    [
        (between(date(2023, 5, 3), date(2023, 5, 4)), ymd(2023, 5, 3), None, None),
        (between(date(2023, 5, 3), date(2023, 5, 4), clock="09:30"), ymd(2023, 5, 3) | {"hour": 9, "minute": 30}, None,
         None),
        (between(date(2023, 5, 1), date(2023, 6, 1)), ymd(2023, 5), None, None),
        (between(date(2023, 1, 1), date(2024, 1, 1)), ymd(2023), None, None),
        (between(date(2023, 5, 3), date(2023, 5, 10)), ymd(2023, 5), None, "between 3 and 9 May 2023"),
        (between(date(2023, 5, 3), date(2023, 5, 4), approximate=True), ymd(2023, 5), None, "about 3 May 2023"),
        (between(date(2023, 1, 1), date(2024, 1, 1), approximate=True), ymd(2023), None, "about 2023"),
        (between(None, date(2023, 5, 3)), ymd(2023), None, "before 3 May 2023"),
        (between(date(2023, 5, 3), None), ymd(2023), None, "on or after 3 May 2023"),
        (between(date(2023, 5, 3), None, throughout=True), ymd(2023, 5, 3), None, "since 3 May 2023"),
        (between(date(2023, 5, 3), date(2023, 5, 10), throughout=True), ymd(2023, 5, 3), ymd(2023, 5, 9),
         "3–9 May 2023"),
        (between(date(2019, 1, 1), None, throughout=True, size=Precision.YEAR), ymd(2019), None, "since 2019"),
        (between(date(2004, 1, 1), date(2023, 3, 27), throughout=True, size=Precision.YEAR), ymd(2004),
         ymd(2023, 3, 26), "Jan 2004 – Mar 2023"),
        (between(date(2021, 3, 1), date(2021, 6, 1), throughout=True, size=Precision.MONTH), ymd(2021, 3), ymd(2021, 5),
         "Mar–May 2021"),
        (between(date(2022, 12, 1), date(2023, 2, 1)), ymd(2022), ymd(2023), "between 1 Dec 2022 and 31 Jan 2023"),
        (between(date(2023, 3, 1), date(2023, 6, 1)), ymd(2023), None, "between 1 Mar and 31 May 2023"),
        (between(None, None), None, None, None),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_no_part_of_a_date_is_given_that_is_not_known(
    when: TimeInterval | None, start: dict[str, int] | None, end: dict[str, int] | None, shown: str | None
) -> None:
    dates = slide_dates(when)
    assert (dates.get("start_date"), dates.get("end_date"), dates.get("display_date")) == (start, end, shown)


def test_slides_say_whether_and_who_and_the_title_what_is_left_out(affair: Account, tmp_path: Path) -> None:
    found = read_back(affair, tmp_path / "t.json")
    seized, planned = found["events"]
    assert (seized["group"], planned["group"]) == ("happened", "open or planned")
    assert planned["text"]["headline"] == "planned: Venn plans to sail again"
    assert planned["display_date"] == "about May 2023"
    assert "According to Ilda Venn, in The Ledger; second.txt" in seized["text"]["text"]
    assert "<p>Disputed (when)</p>" in seized["text"]["text"]
    assert found["title"]["text"]["text"] == "<p>2 dated, from 2 reports. Left out without a date: 1.</p>"


@pytest.mark.parametrize("status", list(Status))
def test_what_did_not_happen_stands_in_another_row(affair: Account, status: Status, tmp_path: Path) -> None:
    happening = replace(affair.happenings[0], status=status, disputed=False, disputed_on=())
    (slide,) = read_back(replace(affair, happenings=(happening,)), tmp_path / "t.json")["events"]
    assert (slide["group"] == "happened") == (status is Status.HAPPENED)
    assert slide["text"]["headline"].startswith("Police") == (status is Status.HAPPENED)


def test_words_of_reports_are_text_and_no_markup(affair: Account, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"q\" 'a'"
    (one, two) = affair.readings
    document = replace(one.document, title=bad, outlet=bad, url="javascript:alert(1)")
    other = replace(two.document, url='https://x.example/?"><script>')
    happenings = tuple(replace(happening, line=bad) for happening in affair.happenings)
    changed = replace(
        affair, readings=(replace(one, document=document), replace(two, document=other)), happenings=happenings
    )
    for slide in read_back(changed, tmp_path / "t.json")["events"]:
        shown = html.fragment_fromstring(slide["text"]["headline"] + slide["text"]["text"], create_parent="div")
        assert {element.tag for element in shown.iter()} <= {"div", "p", "a"}
        assert bad in shown.text_content()
        assert {name for link in shown.iter("a") for name in link.attrib} <= {"href", "rel"}
        assert all(link.get("href").startswith("https://x.example/?") for link in shown.iter("a"))


def test_of_several_happenings_in_one_clause_one_slide_is_shown(affair: Account, tmp_path: Path) -> None:
    twice = (affair.happenings[0], replace(affair.happenings[0], id="h-9"))
    assert len(read_back(replace(affair, happenings=twice), tmp_path / "t.json")["events"]) == 1


def test_an_account_without_anything(affair: Account, tmp_path: Path) -> None:
    found = read_back(Account(affair.made, (), (), ()), tmp_path / "t.json")
    assert found["events"] == []
