"""Nouns -> rows -> nouns: a reading comes back equal, whatever is in it."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import record
from onrecord.record import Alternative, Document, Made, Reading, Span, TimeInterval, make_id
from onrecord.store import queries, rows
from onrecord.store.casefile import CaseFile, create_case

TEXT = "Àgata Vell\x00said «no» 🙂 to the press.\r\nThe e\u0301lan of Lorm\tdid not sign."
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)
DAYS = st.none() | st.dates(date(2, 1, 1), date(9990, 1, 1))
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "str": WORDS,
    "Id": WORDS,
    "bool": st.booleans(),
    "int": st.integers(-3, 2**40),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "date": DAYS,
    "Span": SPANS,
}


def ordered(pair: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    start, end = pair
    if start is None or end is None:
        return pair
    return min(start, end), date.fromordinal(max(start, end).toordinal() + 1)


def nouns(kind: type) -> st.SearchStrategy[Any]:
    """Any noun of a type, built from the types of its fields: a new field is tested without a word here."""
    hints = typing.get_type_hints(kind, vars(record))
    fields = {field.name: values(hints[field.name]) for field in dataclasses.fields(kind)}
    if kind is TimeInterval:
        others = {name: strategy for name, strategy in fields.items() if name not in {"start", "end"}}
        return st.tuples(st.tuples(DAYS, DAYS).map(ordered), st.fixed_dictionaries(others)).map(
            lambda both: TimeInterval(both[0][0], both[0][1], **both[1])
        )
    if "min" in fields:
        fields |= dict.fromkeys(("min", "max"), st.none() | st.integers(-(10**30), 10**30))
    return st.builds(kind, **fields)


def values(hint: Any) -> st.SearchStrategy[Any]:
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([values(part) for part in typing.get_args(hint)])
    if origin is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=2).map(tuple)
    if hint is type(None):
        return st.none()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    if hint is Span:
        return SPANS
    if dataclasses.is_dataclass(hint):
        return st.deferred(lambda: nouns(hint))
    if hint is date:
        return DAYS
    return BY_NAME[hint.__name__]


def with_own_ids(reading: Reading) -> Reading:
    """Every finding with an id of its own, the text in place, as the pipeline gives it."""
    document = dataclasses.replace(reading.document, id="r-1", text=TEXT)
    fields: dict[str, Any] = {"document": document}
    for name in (field for field, _ in rows.WRITERS):
        found = getattr(reading, name)
        fields[name] = tuple(dataclasses.replace(noun, id=f"{name}-{n}") for n, noun in enumerate(found))
    return dataclasses.replace(reading, **fields)


def stored(case: CaseFile, reading: Reading) -> Reading:
    with case.transaction():
        run = queries.add_run(case, Made("0", (), ()), "2020-01-01T00:00:00Z")
        number = rows.add_report(case, reading, reading.document.text.encode(), "2020-01-01T00:00:00Z", run)
    return queries.reading(case, number)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(reading=nouns(Reading).map(with_own_ids))
def test_any_reading_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, reading: Reading) -> None:
    with create_case(tmp_path_factory.mktemp("case") / "a.onrecord") as case:
        assert stored(case, reading) == reading
        assert list(case.faults()) == []


def test_every_field_of_every_noun_takes_part() -> None:
    """The strategies fill each field of what a reading is made of, so the property above says something."""
    hints = typing.get_type_hints(Reading, vars(record))
    assert set(hints) == {field.name for field in dataclasses.fields(Reading)}
    assert {name for name, _ in rows.WRITERS} == set(hints) - {"document", "published", "problems"}


REPORT = (
    "Brana Kolt, the harbour minister of Vessia, said on Tuesday that two ships “will not leave” the port of Lorm.\n\n"
    "A person briefed on the talks, who spoke on condition of anonymity, denied that a deal was signed in 2019. "
    "“We have\x00 not seen it,” the mayor of Quell told reporters on 4 May 2020. Some 40 workers protested."
)


def test_a_real_reading_comes_back_equal(tmp_path: Path, read_text: Any) -> None:
    reading = read_text(REPORT, published="2020-05-06")
    assert reading.events
    assert reading.cues
    with create_case(tmp_path / "a.onrecord") as case:
        back = stored(case, reading)
        assert back == reading
        assert "have\x00 not" in back.document.text


def test_a_second_reading_takes_the_place_of_the_first(tmp_path: Path, read_text: Any) -> None:
    first = read_text(REPORT)
    later = dataclasses.replace(read_text(REPORT, published="2021-01-01"), events=())
    later = dataclasses.replace(
        later, document=dataclasses.replace(later.document, title="A title", outlet="Lorm Post")
    )
    with create_case(tmp_path / "a.onrecord") as case:
        stored(case, first)
        with case.transaction():
            rows.replace_findings(case, 1, later, "2020-01-02T00:00:00Z", 1)
        assert queries.reading(case, 1) == later
        assert list(case.faults()) == []


@pytest.mark.parametrize(
    ("text", "data", "kept"),
    [
        ("Plain words.", b"Plain words.", False),
        ("Plain words.", b"\xef\xbb\xbfPlain words.", True),
        ("Caf\u00e9.", "Café.".encode("latin-1"), True),
        ("Out of a page.", b"<p>Out of a page.</p>", True),
    ],
)
def test_bytes_are_kept_only_where_the_text_is_not_those_bytes(
    tmp_path: Path, text: str, data: bytes, kept: bool
) -> None:
    reading = Reading(Document(make_id("r", text), text))
    with create_case(tmp_path / "a.onrecord") as case:
        with case.transaction():
            run = queries.add_run(case, Made("0", (), ()), "")
            number = rows.add_report(case, reading, data, "", run)
        assert queries.original(case, number) == data
        assert bool(case.rows("SELECT 1 FROM original")) is kept


def test_an_alternative_keeps_its_days(tmp_path: Path, read_text: Any) -> None:
    interval = TimeInterval(
        date(2020, 1, 1), None, record.Precision.YEAR, record.Basis.EXPLICIT, inferred=False,
        alternatives=(Alternative(None, date(2019, 1, 1), "too early"),),
    )  # fmt: skip
    reading = Reading(Document("r-1", "In 2020."), published=interval)
    with create_case(tmp_path / "a.onrecord") as case:
        assert stored(case, reading).published == interval
