"""The case: what is added is kept, once; what is removed is gone to the last byte; decisions stay."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.accounts import account_of, accounts, read, receive
from onrecord.case import ADDED, PROBLEM, Case, without_twins
from onrecord.check import check_account
from onrecord.errors import BadCase, BadInput, NotFound
from onrecord.readers.given import date_given
from onrecord.record import (
    Decision,
    Document,
    Made,
    Problem,
    Quotation,
    Reading,
    Received,
    Sentence,
    Span,
    make_id,
)
from onrecord.store import queries

TOWNS = ("Quell", "Lorm", "Vessia", "Ombrist", "Tarvik", "Hallen")


def report(n: int, more: str = "") -> Received:
    text = f"The mayor of {TOWNS[n % len(TOWNS)]} resigned over case Zorbel{n}x. Nobody had seen it coming.{more}"
    return Received(Document(make_id("r", text), text, title=f"Report {n}", origin=f"{n}.txt"), text.encode())


def by_hand(document: Document) -> tuple[Reading, Made]:
    """A reading without a parser: sentences end at stops. What is called broken has a stage that failed."""
    found, start = [], 0
    for match in re.finditer(r"[^.]+\.", document.text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        span = Span(start, match.end())
        found.append(Sentence(make_id("sn", document.id, span.start, span.end), span, 0))
    problems = (Problem(document.id, "events", "ValueError: no"),) if "broken" in document.text else ()
    return Reading(document, tuple(found), published=document.published, problems=problems), Made("0", (), ())


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case(tmp_path / "a.onrecord", work=by_hand) as opened:
        yield opened


def test_reports_are_added_once_in_their_order(case: Case) -> None:
    items = [report(n) for n in range(5)]
    assert [(one.outcome, one.title) for one in case.add(items, engine="serial")] == [
        ("added", f"Report {n}") for n in range(5)
    ]
    assert [one.outcome for one in case.add([report(3), report(9), report(9)], engine="serial")] == [
        "there", "added", "there",
    ]  # fmt: skip
    assert [line.title for line in case.reports()] == [f"Report {n}" for n in (0, 1, 2, 3, 4, 9)]
    assert case.check() == []
    account = case.account()
    assert [reading.document for reading in account.readings][:5] == [item.document for item in items]
    assert account.made == Made("0", (), ())


def test_what_is_there_is_not_read_again(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))

    def never(document: Document) -> tuple[Reading, Made]:
        raise AssertionError("read again")

    with Case(case.path, work=never) as again:
        assert [one.outcome for one in again.add([report(1)], engine="serial")] == ["there"]


def test_a_bad_file_among_good_ones_is_a_problem_and_the_others_go_on(case: Case, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The mayor of Lorm resigned on Friday, and nobody had seen it coming.")
    (tmp_path / "empty.txt").write_bytes(b"")
    paths = [tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "none.txt", str(tmp_path / "good.txt")]
    outcomes = [one.outcome for one in case.add([*paths, report(1)], engine="serial")]
    assert outcomes == ["added", "problem", "problem", "there", "added"]
    assert ["empty.txt" in p.message or "none.txt" in p.message for p in case.problems()] == [True, True]
    assert [problem.message for problem in case.new_problems] == [problem.message for problem in case.problems()]
    list(case.add([tmp_path / "empty.txt"], engine="serial"))
    assert len(case.problems()) == 2


def test_a_stage_that_failed_is_told_and_kept(case: Case) -> None:
    added = list(case.add([report(1, " It is broken.")], engine="serial"))
    assert [one.outcome for one in added] == ["added"]
    assert added[0].problems[0].stage == "events"
    assert case.problems() == case.account().problems == case.account().readings[0].problems == added[0].problems


def test_all_engines_give_the_same_case(tmp_path: Path) -> None:
    items = [report(n) for n in range(6)]
    accounts_ = []
    for engine in ("serial", "processes"):
        with Case(tmp_path / f"{engine}.onrecord") as case:
            assert {one.outcome for one in case.add(items, engine=engine, workers=2)} == {"added"}
            accounts_.append(case.account())
            assert case.check() == []
    assert accounts_[0] == accounts_[1]
    assert accounts_[0].readings


def test_two_writers_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    outcomes: list[str] = []

    def add(first: int) -> None:
        with Case(path, work=by_hand) as case:
            outcomes.extend(one.outcome for one in case.add([report(n) for n in range(first, first + 60)]))

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Case(path, create=False) as case:
        assert len(case.reports()) == 90
        assert case.check() == []
    assert sorted(outcomes) == ["added"] * 90 + ["there"] * 30


def test_why_gives_the_finding(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))
    sentence = case.account().readings[0].sentences[1]
    found = case.why(sentence.id[:8])
    assert (found.kind, found.finding) == ("sentence", sentence)
    assert case.why(report(1).document.id).kind == "report"
    with pytest.raises(NotFound):
        case.why("ev-000")


def test_search_finds_the_words_in_the_text(case: Case) -> None:
    list(case.add([report(1), report(2)], engine="serial"))
    hit = case.search("resigning zorbel2x")[0]
    assert hit.title == "Report 2"
    assert [span.cut(report(2).document.text) for span in hit.matches] == ["resigned", "Zorbel2x"]
    assert len(case.search("resigned", limit=1)) == 1


# ------------------------------------------------------------------------------------------------ set, reread


def test_a_date_that_is_set_dates_what_hangs_on_it(tmp_path: Path) -> None:
    text = "The mayor of Lorm resigned yesterday, her office said."
    received = Received(Document(make_id("r", text), text), text.encode())
    with Case(tmp_path / "a.onrecord") as case:
        list(case.add([received], engine="serial"))
        before = case.account().readings[0]
        assert case.set(before.document.id[:6], date="2021-03-05", outlet="Lorm Post", by="ann") == before.document.id
        after = case.account().readings[0]
        assert case.check() == []
        decisions = case.decisions()
    assert all(time.interval is None or time.interval.start is None for time in before.times)
    assert after.published is not None
    assert after.published.start == date(2021, 3, 5)
    assert after.document.text == before.document.text
    assert after.document.outlet == "Lorm Post"
    assert [(d.verb, d.left, d.value, d.by) for d in decisions] == [
        ("set", before.document.id, "date=2021-03-05", "ann"),
        ("set", before.document.id, "outlet=Lorm Post", "ann"),
    ]
    if after.times:
        assert after.times[0].interval is not None
        assert after.times[0].interval.start == date(2021, 3, 4)


def test_what_is_no_date_changes_nothing(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))
    with pytest.raises(BadInput, match="2021-13-01: is no date: write"):
        case.set(report(1).document.id, date="2021-13-01")
    assert case.decisions() == ()


def test_rereading_replaces_findings_and_keeps_the_rest(case: Case) -> None:
    list(case.add([report(1), report(2)], engine="serial"))
    case.set(report(1).document.id, outlet="Lorm Post")

    def later(document: Document) -> tuple[Reading, Made]:
        reading, _ = by_hand(document)
        return replace(reading, sentences=reading.sentences[:1]), Made("1", (), ())

    with Case(case.path, work=later) as again:
        assert again.reread(report(2).document.id, engine="serial") == 1
        assert [len(reading.sentences) for reading in again.readings()] == [2, 1]
        assert again.reread(engine="serial") == 2
        account = again.account()
        assert [len(reading.sentences) for reading in account.readings] == [1, 1]
        assert account.readings[0].document.outlet == "Lorm Post"
        assert account.made == Made("1", (), ())
        assert len(account.decisions) == 1
        assert again.search("coming") == ()
        assert again.check() == []


# ------------------------------------------------------------------------------------------------ remove


def raw(path: Path) -> bytes:
    return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("data", ["the text itself", "a page"])
def test_a_removed_report_is_gone_to_the_last_byte(case: Case, data: str) -> None:
    secret = report(1, " " + "Ymbrelda Tuskin kept the Qwixal papers. " * 30)
    secret = replace(secret, document=replace(secret.document, title="Wyvernlock", outlet="Kestrelmoor"))
    if data == "a page":
        secret = replace(secret, data=b"<p>Pergolanth</p>" + secret.data)
    list(case.add([report(n) for n in range(10, 40)], engine="serial"))
    list(case.add([secret, report(50)], engine="serial"))
    case.note_problems([Problem(secret.document.id, "read", "1.txt: Fernwhistle")])
    case.set(secret.document.id, outlet="Larkspire")
    words = [b"Ymbrelda", b"ymbrelda", b"Qwixal", b"qwixal", b"Wyvernlock", b"Larkspire", b"Fernwhistle"]
    assert all(word in raw(case.path) for word in (b"Ymbrelda", b"Wyvernlock", b"Larkspire"))
    assert case.remove(secret.document.id[:8], by="ann") == secret.document.id
    kept = raw(case.path)
    assert [word for word in words if word in kept] == []
    assert [gone.report for gone in case.removals()] == [secret.document.id]
    assert [(d.verb, d.value) for d in case.decisions()] == [("set", "")]
    assert len(case.reports()) == 31
    assert case.search("Ymbrelda") == ()
    assert len(case.search("resigned", limit=None)) == 31
    assert case.check() == []
    assert case.remove(secret.document.id) == secret.document.id
    with pytest.raises(NotFound):
        case.remove("r-unknown")


def test_a_removed_report_may_be_added_again_and_stays_known_as_removed(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))
    case.remove(report(1).document.id)
    assert [one.outcome for one in case.add([report(1)], engine="serial")] == ["added"]
    assert len(case.removals()) == 1


def test_removing_says_if_another_reader_keeps_old_bytes(case: Case) -> None:
    list(case.add([report(1), report(2)], engine="serial"))
    reader = sqlite3.connect(case.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM report").fetchall()
    case._file._connection.execute("PRAGMA busy_timeout = 100")
    with pytest.raises(BadCase, match=r"run the same command again|another program"):
        case.remove(report(1).document.id)
    reader.close()
    case.remove(report(1).document.id)
    assert b"Zorbel1x" not in raw(case.path)


# ------------------------------------------------------------------------------------------------ check


def spoil(case: Case, sql: str) -> list[str]:
    """Change the file behind the program's back; what the check then says."""
    case.close()
    connection = sqlite3.connect(case.path)
    connection.executescript(sql)
    connection.close()
    with Case(case.path, create=False) as again:
        return [str(fault) for fault in again.check()]


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE report SET text = replace(text, 'resigned', 'RESIGNED')", "its text was changed after it was added"),
        ("UPDATE report SET text = replace(text, 'resigned', 'RESIGNED')", "the sentence holds 'The mayor of Lorm res"),
        ("UPDATE report SET original = 'abc'", "its original bytes are not those"),
        ("UPDATE sentence SET end = 4000, n = n", "not inside the text"),
        ("UPDATE sentence SET words = 'Nothing.' WHERE n = 0", "the sentence holds 'Nothing.'"),
        ("UPDATE sentence SET end = start", "cannot be read back"),
        ("UPDATE report SET authors = '[broken'", "cannot be read back"),
        ("INSERT INTO original VALUES (1, x'00')", "cannot be read back"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM run", "refers to a row of run that is not there"),
        ("INSERT INTO voice VALUES (1, 'ev-9', 0, 'planned', 0, NULL, NULL)", "a row of voice"),
        ("INSERT INTO decision VALUES (1, 'd-1', 'event', 'confirm', 'ev-9', NULL, '', '', '', '', NULL)", "ev-9"),
    ],
)
def test_what_was_changed_behind_our_back_is_found(case: Case, sql: str, fault: str) -> None:
    list(case.add([report(1)], engine="serial"))
    assert case.check() == []
    found = spoil(case, sql)
    assert any(fault in line for line in found), found


def test_overwritten_pages_are_found(case: Case) -> None:
    list(case.add([report(n) for n in range(40)], engine="serial"))
    case.close()
    connection = sqlite3.connect(case.path)
    ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'block'")
    ((other,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sentence'")
    connection.close()
    data = bytearray(case.path.read_bytes())
    for damaged in (page, other):
        data[(damaged - 1) * 4096 : (damaged - 1) * 4096 + 200] = b"\xff" * 200
    case.path.write_bytes(data)
    with Case(case.path, create=False) as again:
        assert "damaged" in str(again.check()[0])


def test_a_full_text_index_that_does_not_fit_is_found(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))
    found = spoil(case, "INSERT INTO sentence_words (sentence_words) VALUES ('delete-all')")
    assert any("full-text index" in line for line in found), found


# ------------------------------------------------------------------------------------------------ opening


def test_a_case_is_made_only_where_it_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="there is no such case"):
        Case(tmp_path / "a.onrecord", create=False)
    assert list(tmp_path.iterdir()) == []
    with Case(str(tmp_path / "a.onrecord")) as case:
        account = case.account()
        assert account.readings == ()
        assert case.check() == []
        assert case.search("word") == ()


def test_a_case_comes_back_from_a_file_that_may_only_be_read(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    list(case.add([report(1)], engine="serial"))
    case.close()
    monkeypatch.setattr("onrecord.case.os.access", lambda *_: False)
    with Case(case.path, create=False) as again:
        assert len(again.reports()) == 1
        assert again.check() == []
        with pytest.raises(BadCase, match="cannot be written"):
            list(again.add([report(2)], engine="serial"))


# ------------------------------------------------------------------------------------------------ twins, no case


def test_a_second_finding_with_the_same_id_is_left_out_and_told() -> None:
    reading = Reading(Document("r-1", "Some words."), (Sentence("x", Span(0, 11), 0),), (Quotation("x", Span(0, 4)),))
    single = without_twins(reading)
    assert single.quotations == ()
    assert single.problems == (Problem("r-1", "quotations", "a second finding has the id x"),)
    assert without_twins(single) is single


def test_accounts_without_a_case() -> None:
    items: list[Received | Problem] = [report(1), Problem("", "read", "x.txt: is empty"), report(2)]
    account = account_of(items, by_hand)
    assert [reading.document.title for reading in account.readings] == ["Report 1", "Report 2"]
    assert account.problems == (items[1],)
    assert [one.readings[0].document.title for one in accounts(items, by_hand)] == ["Report 1", "Report 2"]


def test_read_takes_a_text_or_a_file(tmp_path: Path) -> None:
    text = "The mayor of Lorm resigned on Friday, and nobody had seen it coming."
    (tmp_path / "a.txt").write_text(text)
    one, other = read(text, published="2021-03-04"), read(tmp_path / "a.txt", published="2021-03-04")
    assert one.readings[0].document.text == other.readings[0].document.text == text
    assert one.readings[0].published == date_given("2021-03-04")
    assert check_account(one) == []
    assert read(text + "\ud800").readings[0].document.text == text + "\ufffd"
    with pytest.raises(BadInput, match=r"none\.txt"):
        read(tmp_path / "none.txt")
    with pytest.raises(BadInput, match="is empty"):
        read("")


def test_receiving_goes_through_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"The mayor of Lorm resigned on Friday, said the {name} that nobody reads.")
    names = [item.document.origin for item in receive(str(tmp_path)) if isinstance(item, Received)]
    assert names == ["a.txt", "b.txt"]


def test_decisions_are_part_of_the_account(case: Case) -> None:
    list(case.add([report(1)], engine="serial"))
    id_ = report(1).document.id
    made = Decision("d-1", "report", "confirm", id_, None, "", "ann", "2021-01-01T00:00:00Z")
    with case._file.transaction():
        queries.add_decision(case._file, made)
    assert case.account().decisions == (made,)
    assert json.dumps([str(fault) for fault in case.check()]) == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only on Linux")
def test_a_file_name_that_is_no_text_is_read_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("The clerk said on Monday that the pier was sold.")
    with Case(tmp_path / "c.onrecord") as case:
        results = case.add([folder, tmp_path / os.fsdecode(b"gone-\xff.txt")])
        assert [result.outcome for result in results] == [ADDED, PROBLEM]
        assert case.check() == []
        assert [reading.document.origin for reading in case.readings()] == ["\ufffd\ufffd.txt"]
