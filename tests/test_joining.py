"""Joining as the case grows: whatever comes and goes in whatever order, what is kept is what joining anew gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.made_readings import made_readings
from onrecord import joining
from onrecord.join import join_readings
from onrecord.join.reports.copies import link_reports
from onrecord.join.what import blocks
from onrecord.join.what.same_event import pairs_among
from onrecord.record import Made, Reading
from onrecord.store import queries, rows
from onrecord.store.casefile import CaseFile, create_case

READINGS = tuple(made_readings(18, seed=3))
MADE = Made("0", (), ())


def put(case: CaseFile, reading: Reading) -> None:
    with case.transaction():
        run = queries.add_run(case, MADE, "now")
        number = rows.add_report(case, reading, reading.document.text.encode(), "now", run)
        joining.arrive(case, number, reading)


def take(case: CaseFile, reading: Reading) -> None:
    number = queries.number_of(case, reading.document.id)
    assert number is not None
    with case.transaction():
        joining.leave(case, number)
        queries.remove_report(case, number, "", "now")


def anew(readings: Sequence[Reading]) -> tuple[object, object]:
    return tuple(pairs_among(readings)), sorted(map(str, link_reports(readings)))


def kept(case: CaseFile) -> tuple[object, object]:
    found = joining.stored(case)
    assert found is not None
    return found.pairs, sorted(map(str, found.links))


@pytest.mark.parametrize("hubs", [1, 2, 24])
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(order=st.permutations(range(len(READINGS))), gone=st.sets(st.integers(0, len(READINGS) - 1), max_size=6))
def test_any_order_of_coming_and_going_gives_the_same(hubs: int, order: list[int], gone: set[int]) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(blocks, "HUBS", hubs)
        with create_case(Path(folder) / "made.onrecord") as case:
            for n, at in enumerate(order):
                put(case, READINGS[at])
                if n % 3 == 2:
                    for early in gone.intersection(order[: n + 1]) - gone.intersection(order[: n - 2]):
                        take(case, READINGS[early])
            for at in gone:
                if queries.number_of(case, READINGS[at].document.id) is not None:
                    take(case, READINGS[at])
            left = [READINGS[at] for at in order if at not in gone]
            assert kept(case) == anew(left)


def test_the_made_readings_have_something_to_join() -> None:
    joined = join_readings(READINGS)
    assert sum(len(happening.reports) > 1 for happening in joined.happenings) > 10


def test_happenings_do_not_depend_on_the_order_of_adding() -> None:
    there, back = join_readings(READINGS).happenings, join_readings(READINGS[::-1]).happenings
    assert {(h.id, frozenset(h.told_in), h.status, h.disputed_on, h.voices) for h in there} == {
        (h.id, frozenset(h.told_in), h.status, h.disputed_on, h.voices) for h in back
    }


def test_reports_that_wait_are_joined_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MANY", 5)
    with create_case(tmp_path / "made.onrecord") as case:
        with case.transaction():
            run = queries.add_run(case, MADE, "now")
            for reading in READINGS:
                rows.add_report(case, reading, b"", "now", run)
        assert joining.stored(case) is None
        with case.transaction():
            assert joining.catch_up(case) == len(READINGS)
        assert kept(case) == anew(READINGS)
        with case.transaction():
            assert joining.catch_up(case) == 0


def test_other_rules_join_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with create_case(tmp_path / "made.onrecord") as case:
        for reading in READINGS[:4]:
            put(case, reading)
        monkeypatch.setattr(joining, "RULES", "others")
        with case.transaction():  # what older rules kept may not be readable at all
            case.run("UPDATE telling SET packed = '[]'")
            case.run("UPDATE setting SET packed = '[]'")
        assert joining.waits(case)
        with case.transaction():
            assert joining.catch_up(case) == 4
        assert kept(case) == anew(READINGS[:4])
