"""TimeML: valid XML, and the report's text without the tags, character for character."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadInput
from onrecord.export.timeml import timeml, write_timeml
from onrecord.record import (
    Account,
    Basis,
    Document,
    Precision,
    Reading,
    Reason,
    Span,
    TimeExpression,
    TimeInterval,
    TimeKind,
)


def text_of(xml: str) -> str:
    """The text of a TimeML document without its tags, what XML cannot hold put back."""
    text = ET.fromstring(xml.encode("utf-8")).find("TEXT")
    assert text is not None
    chars = list("".join(text.itertext()))
    for place, code in re.findall(r"(\d+):U\+([0-9A-F]{4,6})", (re.findall(r"<\?onrecord ([^?]*)\?>", xml) or [""])[0]):
        assert chars[int(place)] == "\ufffd"
        chars[int(place)] = chr(int(code, 16))
    return "".join(chars)


def tags(xml: str) -> list[tuple[dict[str, str], str]]:
    text = ET.fromstring(xml.encode("utf-8")).find("TEXT")
    assert text is not None
    return [(dict(tag.attrib), tag.text or "") for tag in text.iter("TIMEX3")]


def reading(text: str, *words: str, published: TimeInterval | None = None) -> Reading:
    times = []
    for n, some in enumerate(words):
        start = text.index(some)
        times.append(TimeExpression(f"t-{n}", Span(start, start + len(some)), TimeKind.DATE, "2023", relative_to=None))
    return Reading(Document("r-1", text), times=tuple(times), published=published)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no time at all",
        "2023",
        "In 2023 & in <2024> ]]> \"quoted\" 'so'\r\nthe end\r\n\ttab\x85\u2028",
        "a\x00b\x0bc\x1b[31m 2023 \uffff\ufffe\x7f\x9f",
        "combining e\u0301, an emoji \U0001f600 and 2023\n\n",
    ],
)
def test_the_text_comes_back_character_for_character(text: str) -> None:
    xml = timeml(reading(text, *(["2023"] if "2023" in text else [])))
    assert text_of(xml) == text
    assert [words for _, words in tags(xml)] == (["2023"] if "2023" in text else [])


characters = st.characters(exclude_categories=["Cs"])


@given(st.text(characters), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=5))
def test_any_text_with_any_expressions_comes_back(text: str, places: list[tuple[int, int]]) -> None:
    spans = {Span(start, start + size) for start, size in places if start + size <= len(text)}
    times = tuple(TimeExpression(f"t-{span}", span, TimeKind.DATE, "P<3D") for span in sorted(spans))
    xml = timeml(Reading(Document("r-1", text, title=text), times=times))
    assert text_of(xml) == text
    assert len(tags(xml)) <= len(times)
    assert not times or tags(xml)


def test_no_character_is_replaced_unsaid_nor_said_unreplaced() -> None:
    assert "<?onrecord" not in timeml(reading("In 2023 \ufffd", "2023"))
    assert '<?onrecord replaced="0:U+0000 3:U+FFFF"?>' in timeml(reading("\x00ab\uffff"))


def test_a_tag_says_what_the_expression_says() -> None:
    text = "Early last year the pier burned; a week later, on 3 May 2012, the board met."
    last = Reason("time-shifts#last", "last", Span(6, 10)), Reason("time-modifiers#early", "Early", Span(0, 5))
    made = reading(text, "Early last year", "a week later", "3 May 2012")
    first, second, third = made.times
    made = replace(made, times=(
        replace(first, timex="2011", relative_to="publication", reasons=last),
        replace(second, timex="2011-02-03", relative_to=first.id),
        replace(third, timex="2012-05-03"),
    ))  # fmt: skip
    assert tags(timeml(made)) == [
        ({"tid": "t1", "type": "DATE", "value": "2011", "mod": "START", "temporalFunction": "true",
          "anchorTimeID": "t0"}, "Early last year"),
        ({"tid": "t2", "type": "DATE", "value": "2011-02-03", "temporalFunction": "true", "anchorTimeID": "t1"},
         "a week later"),
        ({"tid": "t3", "type": "DATE", "value": "2012-05-03", "temporalFunction": "false"}, "3 May 2012"),
    ]  # fmt: skip


DAY = TimeInterval(date(2012, 3, 4), date(2012, 3, 5), Precision.DAY, Basis.EXPLICIT, inferred=False)
STRETCH = TimeInterval(
    date(2012, 1, 1), date(2012, 12, 1), Precision.YEAR, Basis.EXPRESSION, inferred=True,
    reasons=(Reason("dating.this-year", "", Span(0, 2)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("published", "value", "comment"),
    [
        (DAY, "2012-03-04", None),
        (replace(DAY, clock="14:30"), "2012-03-04T14:30", None),
        (STRETCH, "2012-XX-XX", "between 1 Jan and 30 Nov 2012, inferred from 1 clue"),
        (replace(STRETCH, end=None), "XXXX-XX-XX", "on or after 1 Jan 2012, inferred from 1 clue"),
        (None, "XXXX-XX-XX", "no date"),
    ],
)
def test_the_creation_time_is_never_surer_than_the_report_s_date(
    published: TimeInterval | None, value: str, comment: str | None
) -> None:
    root = ET.fromstring(timeml(reading("In 2023.", "2023", published=published)).encode("utf-8"))
    made = root.find("DCT/TIMEX3")
    assert made is not None
    assert (made.get("tid"), made.get("functionInDocument")) == ("t0", "CREATION_TIME")
    assert (made.get("value"), made.get("comment")) == (value, comment)
    assert made.get("type") == ("TIME" if "T" in value else "DATE")


def test_one_file_a_report(account: Account, tmp_path: Path) -> None:
    (path,) = write_timeml(account, tmp_path / "out")
    assert path.name == "r-1.tml"
    xml = path.read_bytes().decode("utf-8")
    assert text_of(xml) == account.readings[0].document.text
    assert [words for _, words in tags(xml)] == ["Monday"]
    (tmp_path / "taken").write_text("x")
    with pytest.raises(BadInput, match="taken: is a file"):
        write_timeml(account, tmp_path / "taken")
