"""CAMEO codes: every row of the table is reached, agrees with PLOVER's own table, and no undone act passes for done."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.codes import FOLDED, NO_TYPE, UNTOLD, WHY, Coded, LeftOut, codes_of, faults, row_for, table
from onrecord.extract.parse import Tools
from onrecord.lexicon import Row, read_lexicon
from onrecord.pipeline import read_document
from onrecord.record import (
    Document,
    Event,
    EventType,
    Manner,
    Participant,
    Reading,
    Reason,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
)
from tests.conftest import ReadText

# PLOVER's own table of equivalents (CC BY-SA 4.0): never part of the project, looked into where it lies beside it.
EQUIVALENTS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "events" / "CAMEO2PLOVER-2021.txt"
DIRECT = (Manner.DIRECT, StatementKind.SPEECH, Stance.URGES)
PLAIN = {"05", "06", "07", "08", "09", *(str(root) for root in range(14, 21))}
# The type that PLOVER gives to a code that stands for a saying.
SAID = {"03": "AGREE", "02": "REQUEST", "10": "REQUEST", "12": "REJECT", "13": "THREATEN"}
ROWS = [pytest.param(row, id=f"line-{row.line}") for row in table()]


def coded(text: str, words: str, reading: Reading) -> Coded | LeftOut:
    """What becomes of the event that these words tell."""
    codes = codes_of(reading)
    (event,) = [event for event in reading.events if event.trigger.cut(text) == words]
    return codes[event.id]


# ------------------------------------------------------------------------------------------------ the table


def test_the_table_says_what_it_is_and_every_row_has_a_proof() -> None:
    assert len(table().about) > 80
    assert all(row.example and row.finds and row["means"] for row in table())


def test_no_two_rows_hold_under_the_same_conditions() -> None:
    seen = [
        (row["type"], status, mode, row["context"], row["predicate"])
        for row in table()
        for status in row.words("status")
        for mode in row.words("mode") or ("",)
    ]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_reached_by_the_event_that_it_describes(row: Row) -> None:
    for status in row.words("status"):
        event = Event(
            "ev-1", Span(0, 1), row["predicate"] or "act", EventType(row["type"].replace("any", "ACCUSE")),
            mode=row.words("mode")[0] if row["mode"] else None, contexts=row.words("context"), status=Status(status),
            certainty=3,
        )  # fmt: skip
        assert row_for(event) == row


def test_every_row_is_read_from_its_example_or_says_that_it_is_not(tools: Tools, rules_only: Tools) -> None:
    failed = []
    for row in table():
        # Of an appeal, the word that asks may be one of demanding.
        wanted = {row["code"], re.sub("^02", "10", row["code"])}
        readings = (read_document(Document("r-1", row.example), some) for some in (tools, rules_only))
        found = any(
            isinstance(code, Coded) and code.code in wanted and event.trigger.cut(row.example) == row.finds
            for reading in readings
            for event, code in zip(reading.events, codes_of(reading).values(), strict=True)
        )
        if found != row.flag("reads"):
            failed.append(f"{row.rule}:{row.line} {'not ' * (not found)}read from {row.example!r}")
    assert not failed, "\n".join(failed)


@pytest.mark.skipif(not EQUIVALENTS.is_file(), reason="no table of CAMEO2PLOVER in ../shared beside the checkout")
def test_every_code_has_the_type_that_plover_s_own_table_gives_it() -> None:
    types: dict[str, set[str]] = {}
    for line in EQUIVALENTS.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"(\d{2,4}):\s*([A-Z]+)", line):
            types.setdefault(found[1], set()).add(found[2])
    for row in table():
        # Appeals are not in that table; demands have the same last digits.
        code = re.sub("^02", "10", row["code"])
        said = {row["type"] if status == Status.HAPPENED else SAID[code[:2]] for status in row.words("status")}
        assert said <= types.get(code, set()), f"{row.rule}:{row.line}"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("190,ASSAULT,planned,,,", "x.csv:2: 190 would tell what is planned as a plain act"),
        ("040,CONSULT,possible,,,", "x.csv:2: CAMEO cannot say 'possible'"),
        ("5,SUPPORT,happened,,,", "x.csv:2: '5' is no CAMEO code"),
        ("010,SAY,happened,,,", "x.csv:2: 'SAY' is no type of PLOVER"),
    ],
)
def test_a_row_that_would_let_the_undone_pass_for_done_is_named(row: str, message: str) -> None:
    header = b"code,type,status,mode,context,predicate,means,reads,example,finds\n"
    read = read_lexicon("x", header + f"{row},words,,He did.,did\n".encode())
    assert any(fault.startswith(message) for fault in faults(read))


def test_the_statuses_are_parted_into_those_that_can_be_said_and_those_that_cannot() -> None:
    assert {Status.HAPPENED, *FOLDED, *UNTOLD} == set(Status)
    assert set(WHY) == set(LeftOut)


# ------------------------------------------------------------------------------------------------ folding, as read


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The army attacked the port.", "attacked", "190"),
        ("The army did not attack the port.", "attack", LeftOut.NOT_DONE),
        ("The army could attack the port.", "attack", LeftOut.OPEN),
        ("The army tried to attack the port.", "attack", LeftOut.ATTEMPTED),
        ("The guards prevented the rebels from attacking the port.", "attacking", LeftOut.NOT_DONE),
        ("Norvane threatened to attack the island.", "attack", "1384"),
        ("Norvane threatened to attack the island.", "threatened", LeftOut.TOLD_BY_ACT),
        ("Norvane did not threaten to attack the island.", "threaten", LeftOut.NOT_DONE),
        ("Lestania accused Norvane of torturing prisoners.", "torturing", LeftOut.OPEN),
        ("Lestania accused Norvane of torturing prisoners.", "accused", "112"),
        ("The mayor refused to meet the rebels.", "refused", LeftOut.TOLD_BY_ACT),
        ("The governor will close the port.", "close", LeftOut.NO_CODE),
        ("The rebels will attack the port.", "attack", "1384"),
        ("The rebels will attack the port, the mayor said.", "attack", LeftOut.FORETOLD),
        ("The rebels said that they would attack the port.", "attack", "1384"),
        ("The ministry promised to cancel the festival.", "promised", LeftOut.NO_COOPERATION),
        ("The king ordered the army to withdraw.", "withdraw", "1056"),
        ("The bishop asked the army to withdraw.", "withdraw", "0256"),
    ],
)
def test_the_status_is_folded_into_the_code(text: str, words: str, expected: str, read_by_rules: ReadText) -> None:
    code = coded(text, words, read_by_rules(text))
    assert (code.code if isinstance(code, Coded) else code) == expected


def test_an_appeal_runs_from_who_asks_to_who_is_asked(read_by_rules: ReadText) -> None:
    text = "The bishop urged the rebels to release the poet."
    reading = read_by_rules(text)
    code = coded(text, "release", reading)
    names = {entity.id: entity.name.lower() for entity in reading.entities}
    assert isinstance(code, Coded)
    assert [names[id_] for id_ in (*code.sources, *code.targets)] == ["the bishop", "the rebels"]


def test_a_threat_has_the_day_of_the_threat_and_not_of_the_act(read_by_rules: ReadText) -> None:
    text = "The rebels threatened on 3 May 2021 to kill the captives."
    code = coded(text, "kill", read_by_rules(text))
    assert isinstance(code, Coded)
    assert code.when is not None
    assert code.when.start is not None
    assert code.when.start.isoformat() == "2021-05-03"
    text = "The envoy will meet the rebels on 3 May 2021."
    reading = read_by_rules(text)
    code = coded(text, "meet", reading)
    assert reading.events[0].when is not None
    assert isinstance(code, Coded)
    assert (code.code, code.when) == ("036", None)


def test_what_hangs_on_an_untold_saying_is_left_out() -> None:
    ask = Event("ev-1", Span(0, 3), "ask", EventType.REQUEST, status=Status.POSSIBLE)
    leave = Event("ev-2", Span(4, 9), "leave", EventType.RETREAT, status=Status.REQUESTED, status_cues=(Span(0, 3),))
    assert codes_of(Reading(Document("r-1", "ask leave"), events=(ask, leave))) == {
        "ev-1": LeftOut.OPEN,
        "ev-2": LeftOut.UNSAID,
    }
    asked = replace(ask, status=Status.HAPPENED, certainty=3)
    codes = codes_of(Reading(Document("r-1", "ask leave"), events=(asked, leave)))
    assert codes["ev-1"] is LeftOut.TOLD_BY_ACT
    assert isinstance(codes["ev-2"], Coded)


def test_an_order_in_quotes_is_the_speaker_s_and_of_other_requests_nobody_knows_who_asks() -> None:
    text = "Leave the port."
    source = Source(SourceKind.NAMED, "e-1", ("e-2",))
    said = Statement("s-1", source, (Span(0, 1),), (Span(0, 15),), *DIRECT, addressee="e-3")
    order = Reason("status.order", "requested", Span(0, 5))
    leave = Event(
        "ev-1", Span(0, 5), "leave", EventType.RETREAT, status=Status.REQUESTED, statement="s-1", reasons=(order,)
    )
    reading = Reading(Document("r-1", text), statements=(said,), events=(leave,))
    code = codes_of(reading)["ev-1"]
    assert isinstance(code, Coded)
    assert (code.code, code.sources, code.targets) == ("025", ("e-1", "e-2"), ("e-3",))
    demanded = replace(
        leave,
        participants=(Participant("actor", "e-3"),),
        reasons=(Reason("status-nouns#order", "requested", Span(0, 5)),),
    )
    code = codes_of(replace(reading, events=(demanded,)))["ev-1"]
    assert isinstance(code, Coded)
    assert (code.code, code.means, code.sources, code.targets) == ("105", "demand to yield", (), ())


@pytest.mark.parametrize(
    ("code", "root", "quad"),
    [("020", "02", 1), ("057", "05", 1), ("060", "06", 2), ("08", "08", 2), ("0841", "08", 2), ("090", "09", 3),
     ("1384", "13", 3), ("140", "14", 4), ("204", "20", 4)],
)  # fmt: skip
def test_the_four_classes(code: str, root: str, quad: int) -> None:
    row = Coded(code, "", (), (), None, None)
    assert (row.root, row.quad) == (root, quad)


# ------------------------------------------------------------------------------------------------ the rule of the house

words = [word for row in table() for word in (row["predicate"],) if word] + ["act"]
modes = sorted({mode for row in table() for mode in row.words("mode")})
contexts = sorted({context for row in table() for context in row.words("context")})
spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 40), st.integers(1, 4))


@st.composite
def some_events(draw: st.DrawFn) -> tuple[Event, ...]:
    """Events of any type, mode and status; the cues of some lie on the words of others."""
    events: list[Event] = []
    for n in range(draw(st.integers(1, 5))):
        triggers = [event.trigger for event in events]
        cues = st.lists(st.sampled_from(triggers), max_size=2) if triggers else st.just([])
        events.append(
            Event(
                f"ev-{n}", draw(spans), draw(st.sampled_from(words)), draw(st.sampled_from(EventType)),
                mode=draw(st.none() | st.sampled_from(modes)),
                contexts=tuple(draw(st.lists(st.sampled_from(contexts), max_size=2, unique=True))),
                status=draw(st.sampled_from(Status)), certainty=draw(st.integers(-3, 3)),
                status_cues=tuple(draw(cues)),
            )
        )  # fmt: skip
    return tuple(events)


@given(some_events())
def test_what_did_not_happen_never_has_the_code_of_a_plain_act(events: tuple[Event, ...]) -> None:
    codes = codes_of(Reading(Document("r-1", "x" * 50), events=events))
    assert list(codes) == [event.id for event in events]
    for event in events:
        code = codes[event.id]
        if event.type in NO_TYPE:
            assert code is LeftOut.NO_TYPE
        elif isinstance(code, Coded) and event.status is not Status.HAPPENED:
            assert code.root not in PLAIN
            assert code.root in FOLDED[event.status] | ({"10"} if event.status is Status.REQUESTED else set())
        elif isinstance(code, Coded):
            assert event.certainty >= 1
