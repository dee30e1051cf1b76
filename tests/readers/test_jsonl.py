from __future__ import annotations

import json
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadInput
from onrecord.readers import jsonl
from onrecord.record import Precision, Problem, Received


def rows(*values: object) -> bytes:
    return b"\n".join(v if isinstance(v, bytes) else json.dumps(v).encode() for v in values)


def test_a_row_with_all_its_keys(made) -> None:
    row = {"text": made.report, "title": "Talks go on", "outlet": "Ombrist Post", "authors": ["Ann Berel"], "id": 7,
           "url": "HTTPS://ombrist.example/a b?x=1#y", "published": "2021-03-04"}  # fmt: skip
    data = rows(row)
    received = made.one(data, "rows.jsonl")
    document = received.document
    assert (document.text, document.title, document.outlet) == (made.report, "Talks go on", "Ombrist Post")
    assert (document.url, document.authors) == (row["url"], ("Ann Berel",))
    assert document.published is not None
    assert (document.published.start, document.published.end) == (date(2021, 3, 4), date(2021, 3, 5))
    assert document.published.reasons[0].note == 'the row\'s "published"'
    assert (document.origin, document.media_type, received.data) == ("rows.jsonl:1", "application/json", data)


@pytest.mark.parametrize(
    ("words", "start", "end", "precision", "clock"),
    [
        ("2018", date(2018, 1, 1), date(2019, 1, 1), Precision.YEAR, ""),
        ("2018-12", date(2018, 12, 1), date(2019, 1, 1), Precision.MONTH, ""),
        ("2018-02", date(2018, 2, 1), date(2018, 3, 1), Precision.MONTH, ""),
        ("2018-09-03T14:30:05.5+02:00", date(2018, 9, 3), date(2018, 9, 4), Precision.DAY, "14:30"),
        ("2018-09-03 23:59Z", date(2018, 9, 3), date(2018, 9, 4), Precision.DAY, "23:59"),
    ],
)
def test_dates_of_any_precision(words: str, start: date, end: date, precision: Precision, clock: str) -> None:
    found = jsonl.published(words)
    assert found is not None
    assert (found.start, found.end, found.precision, found.clock) == (start, end, precision, clock)
    assert not found.inferred


BAD = [
    (b"{", "not JSON: "),
    (b'{"text": "\xff"}', "not UTF-8"),
    (b"[1]", "not a JSON object"),
    (b"[" * 100_000, "too deep"),
    (b'{"text": ' + b"9" * 5_000 + b"}", "a number too long"),
    ({"title": "no text"}, 'it has no "text"'),
    ({"text": " \n"}, '"text" is empty'),
    ({"text": None}, '"text" is empty'),
    ({"text": 7}, '"text" is a number, not a string'),
    ({"text": ["a"]}, '"text" is a list, not a string'),
    ({"text": "x", "title": {}}, '"title" is an object, not a string'),
    ({"text": "x", "url": True}, '"url" is true or false, not a string'),
    ({"text": "x", "authors": [1]}, '"authors" is not a list of strings'),
    ({"text": "x", "authors": {"a": 1}}, '"authors" is not a list of strings'),
    ({"text": "x", "published": "yesterday"}, "\"published\" is no date: 'yesterday'"),
    ({"text": "x", "published": "2021-02-30"}, '"published" is no date'),
    ({"text": "x", "published": "2021-02-03T25:00"}, '"published" is no date'),
    ({"text": "x", "published": "9999"}, '"published" is no date'),
    ({"text": "x", "published": "9999-12-31"}, '"published" is no date'),
    ({"text": "x", "published": "0000-01-01"}, '"published" is no date'),
    ({"text": "x", "published": "04/03/2021"}, '"published" is no date'),
    ({"text": "x", "published": 2021}, '"published" is a number, not a string'),
]


@pytest.mark.parametrize(("row", "cause"), BAD)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(made, row: object, cause: str) -> None:
    good = {"text": made.report}
    first, problem, last = made.all_of(rows(good, b"", row, good), "in/rows.jsonl")
    assert isinstance(first, Received)
    assert isinstance(last, Received)
    assert problem.message.startswith("rows.jsonl:3: ")
    assert cause in problem.message
    assert problem.document == ""


def test_rows_too_long_or_in_another_language_are_told_with_their_line(made) -> None:
    german = "Der Minister sagte am Montag, dass die Gespräche in Tarvik bis zum Frühjahr weitergehen würden."
    data = rows({"text": "word " * 50}, {"text": german}, {"text": made.report})
    long, other, good = made.all_of(data, "rows.jsonl", max_chars=200)
    assert long.message == "rows.jsonl:1: too long: 250 characters, and the limit is 200 (--max-chars)"
    assert other.message == "rows.jsonl:2: is written in German (de); onrecord reads English"
    assert good.document.language == "en"


def test_half_surrogates_become_one_replacement_character_each() -> None:
    (found,) = jsonl.read(b'{"text": "a \\ud800 b \\udc00\\ud800 c \\ud83d\\ude00"}', "rows.jsonl")
    assert isinstance(found, Received)
    assert found.document.text == "a \ufffd b \ufffd\ufffd c \U0001f600"


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_any_text_comes_back_as_given(words: str) -> None:
    (found,) = jsonl.read(rows({"text": words}), "rows.jsonl")
    assert isinstance(found, Received)
    assert found.document.text == words


def test_the_title_belongs_to_the_id_but_not_to_the_text(made) -> None:
    one, other = made.all_of(rows({"text": made.report, "title": "A"}, {"text": made.report, "title": "B"}), "r.jsonl")
    assert one.document.text == other.document.text == made.report
    assert one.document.id != other.document.id


def test_rows_come_one_by_one(made) -> None:
    data = rows(*[{"text": made.report}] * 200_000)
    begin = time.perf_counter()
    assert isinstance(next(jsonl.read(data, "rows.jsonl")), Received)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("value", [{"text": "x"}, [{"text": "x"}]])
def test_json_over_several_lines_is_told_once(made, value: object) -> None:
    with pytest.raises(BadInput, match=r"rows\.json: is one JSON value, not JSON lines"):
        made.all_of(json.dumps(value, indent=1).encode(), "rows.json")


def test_byte_order_marks_and_wide_characters(made) -> None:
    row = json.dumps({"text": made.report})
    for data in (b"\xef\xbb\xbf" + row.encode(), row.encode("utf-16")):
        (found,) = made.all_of(data, "rows.jsonl")
        assert found.document.text == made.report


def test_a_row_that_only_says_hello_is_let_through_without_a_language(made) -> None:
    (found,) = made.all_of(rows({"text": "Hola"}), "rows.jsonl")
    assert not isinstance(found, Problem)
    assert found.document.language == ""
