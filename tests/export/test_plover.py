"""PLOVER and CAMEO: both files read back; nothing undated is dated, nothing undone is done, nobody is made up."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import BadInput
from onrecord.export.cameo import COLUMNS
from onrecord.export.plover import AUXILIARY, auxiliary, write_plover
from onrecord.record import (
    Account,
    Basis,
    Entity,
    Event,
    EventType,
    Kind,
    Location,
    Participant,
    Precision,
    Reading,
    Source,
    SourceKind,
    Span,
    Statement,
    Status,
    TimeInterval,
)

PLAIN = {"05", "06", "07", "08", "09", *(str(root) for root in range(14, 21))}
TEXT = {"type": "string", "minLength": 1}
MAYBE = {"type": ["string", "null"], "minLength": 1}
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}


def of(**properties: Any) -> dict[str, Any]:
    """An object with these properties, all of them, and no other."""
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


PLACED = {"start": {"type": "integer"}, "end": {"type": "integer"}}
ACTOR = of(
    id=TEXT, text={"type": "string"}, named={"type": "boolean"}, kind={"enum": list(Kind)}, country=MAYBE, sector=MAYBE,
    code=MAYBE,
)  # fmt: skip
RECORD = of(
    id=TEXT, date=DAY, enddate=DAY, precision=or_null({"enum": list(Precision)}),
    date_rests_on=or_null(of(
        basis={"enum": list(Basis)}, inferred={"type": "boolean"}, approximate={"type": "boolean"},
        throughout={"type": "boolean"}, words=MAYBE, edtf=MAYBE,
    )),
    event_type={"enum": sorted(set(EventType) - {EventType.SAY, EventType.OTHER})}, mode=MAYBE, context=many(TEXT),
    auxiliary={"type": "array", "items": {"enum": ["negation", "hypothetical", "future", "historical"]}},
    actor=many(ACTOR), recip=many(ACTOR),
    location=or_null(of(id=TEXT, name=TEXT, lat={"type": ["number", "null"]}, lon={"type": ["number", "null"]},
                        country=MAYBE)),
    status={"enum": list(Status)}, certainty={"type": "integer", "minimum": -3, "maximum": 3},
    background={"type": "boolean"},
    said_by=many(of(
        statement=TEXT, source=TEXT, ids=many(TEXT), kind={"enum": list(SourceKind)},
        named={"type": ["boolean", "null"]}, stance=TEXT, terms=many(TEXT),
    )),
    anchor=of(report=TEXT, **PLACED), text=TEXT, trigger=of(text=TEXT, **PLACED), status_words=many(TEXT),
    cite_info=of(publication=MAYBE, title=MAYBE, url=MAYBE, file=MAYBE,
                 published=or_null({"type": "array", "items": DAY, "minItems": 2, "maxItems": 2}),
                 published_inferred={"type": ["boolean", "null"]}),
    same_as=MAYBE, cameo={"type": ["string", "null"], "pattern": r"^\d{2,4}$"}, cameo_left_out=MAYBE, happening=MAYBE,
)  # fmt: skip
VALIDATOR = jsonschema.Draft202012Validator(RECORD)


def records(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "plover.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    for record in found:
        VALIDATOR.validate(record)
        assert (record["cameo"] is None) != (record["cameo_left_out"] is None)
    return found


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "cameo.tsv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t"))
    assert all(set(row) == set(COLUMNS) for row in found)
    return found


def with_events(account: Account, *events: Event) -> Account:
    (reading,) = account.readings
    return replace(account, readings=(replace(reading, events=events),), happenings=())


@pytest.fixture
def held(reading: Reading) -> Event:
    """ "Two pilots are held", as having happened; nobody is said to hold them."""
    return replace(reading.events[1], mode="arrest", contexts=("legal",))


def written(account: Account, out: Path) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    assert [path.name for path in write_plover(account, out)] == ["plover.jsonl", "cameo.tsv", "README.txt"]
    return records(out), rows(out)


def test_what_has_no_type_is_counted_and_left_out(account: Account, tmp_path: Path) -> None:
    (record,), (row,) = written(account, tmp_path / "out")
    assert (record["id"], record["event_type"], record["happening"]) == ("ev-2", "COERCE", "h-2")
    assert (row["GLOBALEVENTID"], row["EventCode"], row["HappeningID"]) == ("ev-2", "170", "h-2")
    closing = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8").splitlines()[-3:]
    assert closing == [
        "The case has 2 events. plover.jsonl has 1 of them, cameo.tsv 1.",
        "Left out of both: 1 that have no PLOVER type (SAY: something said; OTHER: an act that PLOVER does not know).",
        "Left out of cameo.tsv: 0 more.",
    ]


def test_the_readme_explains_every_column_and_counts_what_is_left_out(
    account: Account, held: Event, tmp_path: Path
) -> None:
    open_ = (Status.POSSIBLE, Status.UNCERTAIN, Status.HYPOTHETICAL)
    statuses = (*open_, Status.DENIED, Status.ATTEMPTED, Status.PLANNED, Status.HAPPENED)
    events = [replace(held, id=f"ev-{status}", status=status) for status in statuses]
    found, (row,) = written(with_events(account, *events), tmp_path)
    assert [record["status"] for record in found] == list(statuses)
    assert row["GLOBALEVENTID"] == "ev-happened"
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert all(f"  {column} " in readme for column in COLUMNS)
    assert max(map(len, readme.splitlines())) <= 120
    assert "The case has 7 events. plover.jsonl has 7 of them, cameo.tsv 1." in readme
    assert [line.split(")")[0].split() for line in readme.splitlines()[-4:]] == [
        ["1", "(not_done"], ["3", "(open"], ["1", "(attempted"], ["1", "(no_code"],
    ]  # fmt: skip


def test_an_act_without_an_actor_is_kept(account: Account, held: Event, tmp_path: Path) -> None:
    (record,), (row,) = written(with_events(account, held), tmp_path)
    assert (record["actor"], record["recip"]) == ([], [])
    assert (row["Actor1Code"], row["Actor1Name"], row["EventCode"], row["QuadClass"]) == ("", "", "173", "4")


def test_the_report_s_date_is_never_the_event_s(account: Account, held: Event, tmp_path: Path) -> None:
    (record,), (row,) = written(with_events(account, held), tmp_path)
    assert (record["date"], record["enddate"], record["precision"], record["date_rests_on"]) == (None,) * 4
    assert record["cite_info"]["published"] == ["2023-03-09", "2023-03-09"]
    assert {row[column] for column in COLUMNS if column.startswith("Date")} == {""}
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("", "", "")


def test_a_date_says_what_it_rests_on(account: Account, held: Event, tmp_path: Path) -> None:
    (monday,) = account.readings[0].times
    (record,), (row,) = written(with_events(account, replace(held, when=monday.interval)), tmp_path)
    assert (record["date"], record["enddate"], record["precision"]) == ("2023-03-06", "2023-03-06", "day")
    assert record["date_rests_on"] == {
        "basis": "publication", "inferred": True, "approximate": False, "throughout": False, "words": "Monday",
        "edtf": "2023-03-06",
    }  # fmt: skip
    assert (row["SQLDATE"], row["DateFirst"], row["DateBasis"]) == ("20230306", "2023-03-06", "publication")


@pytest.mark.parametrize(
    ("first", "end", "figures"),
    [
        (date(2023, 3, 6), date(2023, 3, 8), ("", "202303", "2023")),
        (date(2023, 3, 6), date(2023, 5, 1), ("", "", "2023")),
        (date(2022, 3, 6), date(2023, 5, 1), ("", "", "")),
        (None, date(2023, 5, 1), ("", "", "")),
        (date(44, 3, 15), date(44, 3, 16), ("00440315", "004403", "0044")),
    ],
)
def test_a_stretch_of_days_is_no_day(
    first: date | None, end: date, figures: tuple[str, ...], account: Account, held: Event, tmp_path: Path
) -> None:
    when = TimeInterval(first, end, Precision.DAY, Basis.EXPLICIT, inferred=False)
    _, (row,) = written(with_events(account, replace(held, when=when)), tmp_path)
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == figures


def test_actors_have_the_country_and_sector_that_are_known(account: Account, held: Event, tmp_path: Path) -> None:
    land = Entity("e-4", Kind.PLACE, True, "Osterland", (), place=Location(1.5, -2.0, "OL", "own", "country"))
    gunmen = Entity("e-5", Kind.GROUP, False, "gunmen; unknown", (), sector="UAF")
    many_ = replace(account, entities=(*account.entities, land, gunmen))
    ids = ("e-2", "e-1", "e-4", "e-5", "e-2", "e-none")
    event = replace(held, participants=tuple(Participant("actor", id_) for id_ in ids), where="e-3")
    (record,), (row,) = written(with_events(many_, event), tmp_path)
    assert [(actor["text"], actor["named"], actor["code"]) for actor in record["actor"]] == [
        ("Ilda Venn", True, "OMCVL"),
        ("a clerk in Ostermark", False, None),
        ("Osterland", True, "OL"),
        ("gunmen; unknown", False, "UAF"),
    ]
    assert row["Actor1Code"] == "OMCVL;;OL;UAF"
    assert row["Actor1Name"] == "Ilda Venn;a clerk in Ostermark;Osterland;gunmen, unknown"
    assert (row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("OM;;OL;", "CVL;;;UAF")
    assert record["location"] == {"id": "e-3", "name": "Ostermark", "lat": 1.5, "lon": -2.0, "country": "OM"}
    assert (row["ActionGeo_FullName"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("Ostermark", "1.5", "-2.0")


def test_who_is_joined_is_one(account: Account, held: Event, tmp_path: Path) -> None:
    joined = Entity("e-x", Kind.PERSON, True, "Captain Ilda Venn", (), members=("e-2", "e-9"))
    event = replace(held, participants=(Participant("actor", "e-2"), Participant("actor", "e-9")))
    case = replace(account, entities=(account.entities[0], joined))
    (record,), (row,) = written(with_events(case, event), tmp_path)
    assert [actor["id"] for actor in record["actor"]] == ["e-x"]
    assert row["Actor1Name"] == "Captain Ilda Venn"


def test_who_says_so_stands_beside_it_the_outermost_first(account: Account, held: Event, tmp_path: Path) -> None:
    (reading,) = account.readings
    (denial,) = reading.statements
    inner = Statement(
        "s-2", Source(SourceKind.NONE), denial.cue, denial.content, denial.manner, denial.kind, denial.stance,
        within="s-1",
    )  # fmt: skip
    reading = replace(reading, statements=(denial, inner), events=(replace(held, statement="s-2"),))
    (record,), (row,) = written(replace(account, readings=(reading,), happenings=()), tmp_path)
    assert [(said["statement"], said["kind"], said["named"]) for said in record["said_by"]] == [
        ("s-1", "unnamed", False),
        ("s-2", "none", None),
    ]
    assert record["said_by"][0]["source"] == "a clerk in Ostermark and Ilda Venn"
    assert record["said_by"][0]["terms"] == ["who"]
    assert (row["Voice"], row["VoiceName"], row["StatementID"]) == ("none", "nobody named", "s-2")


def test_the_words_are_those_of_the_report(account: Account, held: Event, tmp_path: Path) -> None:
    (record,), (row,) = written(with_events(account, held), tmp_path)
    text = account.readings[0].document.text
    assert record["text"] == text[record["anchor"]["start"] : record["anchor"]["end"]] == "=Two pilots are held"
    assert record["trigger"]["text"] == text[record["trigger"]["start"] : record["trigger"]["end"]] == "held"
    assert (row["Words"], row["Voice"]) == ("'=Two pilots are held", "report")
    assert (row["SOURCEURL"], row["Publisher"]) == ("https://ledger.example/1", "The Ledger")


def test_no_report_breaks_a_line_or_runs_in_a_spreadsheet(account: Account, held: Event, tmp_path: Path) -> None:
    (reading,) = account.readings
    text = '@SUM(1)\t"held"\u2028here\x85and\r\nthere \x1b[31m'
    document = replace(reading.document, text=text, outlet="=cmd|' /C'!A0", url="-1", title="+x")
    event = replace(held, trigger=Span(9, 13), clause=Span(0, len(text)))
    reading = Reading(document, events=(event,))
    entity = Entity("e-1", Kind.PERSON, True, "-Venn\tand co", ())
    event = replace(event, participants=(Participant("actor", "e-1"),))
    reading = replace(reading, events=(event,))
    (record,), (row,) = written(replace(account, readings=(reading,), entities=(entity,), happenings=()), tmp_path)
    assert record["text"] == text
    assert (row["Words"], row["Publisher"]) == ('\'@SUM(1) "held" here and there', "'=cmd|' /C'!A0")
    assert (row["SOURCEURL"], row["Actor1Name"]) == ("'-1", "'-Venn and co")
    raw = (tmp_path / "cameo.tsv").read_text(encoding="utf-8")
    assert len(raw.splitlines()) == 2


def test_the_same_case_gives_the_same_bytes(account: Account, tmp_path: Path) -> None:
    first, second = write_plover(account, tmp_path / "a"), write_plover(account, tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_file_in_the_way_is_named(account: Account, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(BadInput, match="taken: is a file"):
        write_plover(account, tmp_path / "taken")


def test_only_what_is_told_as_done_has_no_auxiliary(held: Event) -> None:
    assert set(AUXILIARY) == set(Status)
    assert {status for status in Status if not auxiliary(replace(held, status=status))} == {Status.HAPPENED}
    assert auxiliary(replace(held, certainty=0)) == ["hypothetical"]
    assert auxiliary(replace(held, background=True)) == ["historical"]
    assert auxiliary(replace(held, status=Status.COUNTERFACTUAL)) == ["negation", "hypothetical"]


changed = st.tuples(
    st.sampled_from(EventType), st.sampled_from(Status), st.integers(-3, 3), st.booleans(),
    st.sampled_from([None, "arrest", "release", "seize", "firearms", "heavy-weapons", "visit", "demo", "ceasefire"]),
    st.sampled_from([(), ("military",), ("legal",), ("economic",), ("military", "legal")]),
    st.sampled_from(["hold", "sign", "order", "shelling", "host"]), st.booleans(),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(st.lists(changed, max_size=6))
def test_no_row_tells_what_is_not_told_as_done(account: Account, held: Event, tmp_path: Path, made: list[Any]) -> None:
    boarded = account.readings[0].events[0]
    events = tuple(
        replace(
            boarded if first else held, id=f"ev-{n}", type=type_, status=status, certainty=certainty,
            background=background, mode=mode, contexts=contexts, predicate=predicate,
            status_cues=() if first else (boarded.trigger,),
        )
        for n, (type_, status, certainty, background, mode, contexts, predicate, first) in enumerate(made)
    )  # fmt: skip
    found, coded = written(with_events(account, *events), tmp_path)
    by_id = {event.id: event for event in events}
    assert [record["id"] for record in found] == [
        event.id for event in events if event.type not in {EventType.SAY, EventType.OTHER}
    ]
    for record in found:
        assert record["status"] == by_id[record["id"]].status
        assert record["auxiliary"] or record["status"] == "happened"
    assert {row["GLOBALEVENTID"]: row["EventCode"] for row in coded} == {
        record["id"]: record["cameo"] for record in found if record["cameo"]
    }
    for row in coded:
        assert row["Status"] == by_id[row["GLOBALEVENTID"]].status
        assert row["Status"] == "happened" or row["EventRootCode"] not in PLAIN
