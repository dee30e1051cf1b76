"""Voices: who speaks, each counted once. Invented affairs."""

from __future__ import annotations

from dataclasses import replace

from onrecord.join.says.voices import Speakers, Speaking, count, families
from onrecord.record import Kind, Link, LinkKind, Reading, Status
from tests.join.made import Report, told

TEXT = "Orla Dune and a clerk said the dam held."


def report(id_: str, outlet: str, by: str = "", named: bool = True) -> Reading:
    made = Report(id_, TEXT, outlet)
    source = made.who(by, named=named) if by else None
    made.event("held", "hold", by=source)
    return made.reading()


def speaking(*readings: Reading) -> list[Speaking]:
    return [voice for one in told(readings)[0] for voice in one.voices]


def copies(left: str, right: str) -> Link:
    return Link(f"l-{left}", left, right, LinkKind.COPIES, 1.0)


def test_an_outlet_is_one_voice_and_so_is_somebody_named_in_all_reports() -> None:
    own = speaking(report("r1", "The Heron"), report("r2", "The Heron"), report("r3", "The Curlew"))
    assert count(own) == (2, 0)
    assert not any(voice.sourced for voice in own)
    named = speaking(report("r1", "The Heron", "Orla Dune"), report("r2", "The Curlew", "Orla Dune"))
    assert count(named) == (1, 0)
    assert all(voice.sourced for voice in named)


def test_of_unnamed_sources_only_those_of_one_report_are_counted() -> None:
    unnamed = speaking(*(report(f"r{n}", f"Outlet {n}", "a clerk", named=False) for n in (1, 2)))
    assert count(unnamed) == (0, 1)
    assert len({voice.key for voice in unnamed}) == 2


def test_a_copy_speaks_with_the_voice_of_what_it_copies() -> None:
    readings = [report("r1", "The Heron"), report("r2", "The Curlew")]
    links = [copies("r2", "r1")]
    assert families(readings, links) == {"r1": "r1", "r2": "r1"}
    speakers = Speakers(readings, [], {}, links)
    keys = {voice.key for reading in readings for voice in speakers.of(reading.events[0], reading.document.id)}
    assert keys == {"outlet heron"}


def test_an_outlet_that_is_named_as_a_source_is_that_outlet() -> None:
    made = Report("r1", "The Curlew said the dam held.", "The Heron")
    made.event("held", "hold", by=made.who("The Curlew", Kind.ORGANISATION))
    (voice, _) = speaking(made.reading(), report("r2", "The Curlew"))
    assert voice.key == "outlet curlew"


def test_an_event_that_the_report_leaves_open_has_no_voice_of_its_own() -> None:
    reading = report("r1", "The Heron")
    event = reading.events[0]
    open_ = replace(event, voices=(replace(event.voices[0], certainty=0, status=Status.UNCERTAIN),))
    assert not speaking(replace(reading, events=(open_,)))


def test_somebody_beside_a_voice_gets_one_of_his_own() -> None:
    reading = report("r1", "The Heron", "Orla Dune")
    tellings, speakers = told([reading])
    other = speakers.of_source(tellings[0].voices[0], "somebody")
    assert other.key != tellings[0].voices[0].key
    assert (other.report, other.statement, other.named) == ("r1", None, False)
