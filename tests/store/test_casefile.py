"""The case file: what is not a case is refused with its cause; what is older is copied and brought up to date."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import BadCase
from onrecord.store import casefile
from onrecord.store.casefile import APPLICATION_ID, VERSION, CaseFile, create_case, migrate, open_case, schema, steps


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.onrecord"
    create_case(path).close()
    return path


def pragma(path: Path, name: str, value: int | None = None) -> Any:
    connection = sqlite3.connect(path)
    try:
        done = connection.execute(f"PRAGMA {name}" + ("" if value is None else f" = {value}")).fetchone()
        return done and done[0]
    finally:
        connection.close()


def test_a_new_case_is_marked_and_whole(case_path: Path) -> None:
    assert pragma(case_path, "application_id") == APPLICATION_ID
    assert pragma(case_path, "user_version") == VERSION
    assert pragma(case_path, "journal_mode") == "wal"
    assert [path.name for path in case_path.parent.iterdir()] == [case_path.name]
    with open_case(case_path) as case:
        assert case.one("PRAGMA foreign_keys") == (1,)
        assert list(case.faults()) == []


def test_all_tables_are_strict(case_path: Path) -> None:
    with open_case(case_path) as case:
        loose = case.rows(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'sentence_words%'"
        )
    assert loose == []


def test_a_case_that_another_process_made_first_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    with create_case(path) as first:
        first.run("INSERT INTO run (at, version, models, lexicons) VALUES ('', '', '', '')")
        with create_case(path) as second:
            assert second.one("SELECT count(*) FROM run") == (1,)


NOT_CASES = {
    "empty": (b"", "is an empty file, not a case"),
    "text": (b"Dear diary, " * 100, "is not a case of onrecord"),
    "short-text": (b"Dear", "is not a case of onrecord"),
    "cut-head": (b"SQLite format 3\x00" + b"\x10", "it was cut off after 17 bytes"),
    "zeros": (b"SQLite format 3\x00" + bytes(5000), "is not a case of onrecord"),
}


@pytest.mark.parametrize("name", NOT_CASES)
@pytest.mark.parametrize("write", [True, False])
def test_what_is_no_case_is_refused_with_its_cause(tmp_path: Path, name: str, write: bool) -> None:
    data, cause = NOT_CASES[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadCase, match=f"{re.escape(str(path))}: .*{cause}"):
        open_case(path, write=write)
    assert path.read_bytes() == data


def test_a_truncated_case_is_refused(case_path: Path) -> None:
    data = case_path.read_bytes()
    case_path.write_bytes(data[: len(data) // 3])
    with pytest.raises(BadCase, match="is damaged"):
        open_case(case_path)


def test_other_databases_folders_and_nothing_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(BadCase, match="is an SQLite file, but not a case"):
        open_case(other)
    with pytest.raises(BadCase, match="is a folder"):
        open_case(tmp_path)
    with pytest.raises(BadCase, match="there is no such case"):
        open_case(tmp_path / "none.onrecord")
    with pytest.raises(BadCase, match="there is no folder"):
        create_case(tmp_path / "no" / "a.onrecord")


def test_a_newer_case_says_what_to_install(case_path: Path) -> None:
    pragma(case_path, "user_version", VERSION + 1)
    with pytest.raises(BadCase, match=r"made by a newer onrecord .* pip install --upgrade onrecord"):
        open_case(case_path)


def test_a_second_writer_is_told_after_its_patience(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casefile, "PATIENCE", 0.2)
    with open_case(case_path) as first, open_case(case_path) as second, first.transaction():
        with pytest.raises(BadCase, match="another program has been writing"), second.transaction():
            pass
        assert second.rows("SELECT * FROM report") == []


def test_a_broken_transaction_leaves_nothing(case_path: Path) -> None:
    with open_case(case_path) as case:
        with pytest.raises(KeyboardInterrupt):
            _write_and_be_interrupted(case)
        assert case.rows("SELECT * FROM run") == []


def _write_and_be_interrupted(case: CaseFile) -> None:
    with case.transaction():
        case.run("INSERT INTO run (at, version, models, lexicons) VALUES ('', '', '', '')")
        raise KeyboardInterrupt


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_without_permission_the_message_says_so(case_path: Path) -> None:
    """As another user where the test runs as root, whom nothing is forbidden."""
    case_path.chmod(0o000)
    case_path.parent.chmod(0o755)
    program = (
        "import os, sys; from pathlib import Path; from onrecord.errors import BadCase\n"
        "from onrecord.store.casefile import open_case\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: open_case(Path(sys.argv[1]))\n"
        "except BadCase as error: print(error)\n"
    )
    for parent in case_path.parents[1:4]:  # pytest keeps them to the user alone
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    run = subprocess.run([sys.executable, "-c", program, str(case_path)], capture_output=True, text=True, check=False)
    assert "cannot be" in run.stdout, run.stderr
    assert "ermission" in run.stdout


# ------------------------------------------------------------------------------------------------ migrations


def description(connection: sqlite3.Connection) -> dict[str, Any]:
    """What a schema comes to, however its statements were written."""
    found: dict[str, Any] = {}
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if kind == "table":
            keys = connection.execute(f"SELECT * FROM pragma_foreign_key_list('{name}')").fetchall()
            found[name] = (connection.execute(f"SELECT * FROM pragma_table_xinfo('{name}')").fetchall(), keys)
        elif sql:
            words = re.sub(r"--.*", "", sql)
            found[name] = (kind, table, " ".join(words.split()))
    return found


def test_the_schema_equals_all_steps_in_turn() -> None:
    fresh, grown = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    fresh.executescript(schema())
    known = steps()
    assert sorted(known) == list(range(1, VERSION + 1))
    for target in sorted(known):
        grown.executescript(known[target])
    assert description(fresh) == description(grown)
    fresh.close()
    grown.close()


def test_an_older_case_is_copied_then_brought_up_to_date(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = steps() | {
        VERSION + 1: "ALTER TABLE run ADD COLUMN place TEXT;",
        VERSION + 2: "CREATE TABLE more (a TEXT) STRICT;",
    }
    monkeypatch.setattr(casefile, "VERSION", VERSION + 2)
    monkeypatch.setattr(casefile, "steps", lambda: made_up)
    with pytest.raises(BadCase, match="made by an older onrecord"):
        open_case(case_path, write=False)
    with open_case(case_path) as case:
        assert case.rows("SELECT place FROM run") == []
        assert case.rows("SELECT a FROM more") == []
        assert case.one("PRAGMA user_version") == (VERSION + 2,)
    copy = case_path.with_name(f"harbour.v{VERSION}.onrecord")
    assert pragma(copy, "user_version") == VERSION
    assert pragma(copy, "application_id") == APPLICATION_ID


def test_a_case_of_the_first_version_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.onrecord"
    connection = sqlite3.connect(path)
    connection.executescript(steps()[1])
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;"
        "INSERT INTO decision VALUES (1, 'd-1', 'report', 'set', 'r-1', NULL, 'date=2021', 'ann', 'now', '', NULL);"
    )
    connection.close()
    with open_case(path) as case:
        assert case.one("PRAGMA user_version") == (VERSION,)
        assert case.rows("SELECT old FROM moved") == []
        assert case.rows("SELECT value FROM decision") == [("date=2021",)]
    assert pragma(path.with_name("old.v1.onrecord"), "user_version") == 1


def test_a_step_that_fails_leaves_the_case_as_it_was(case_path: Path) -> None:
    connection = sqlite3.connect(case_path, isolation_level=None)
    broken = {VERSION + 1: "CREATE TABLE more (a TEXT) STRICT; INSERT INTO no_such_table VALUES (1);"}
    with pytest.raises(sqlite3.Error):
        migrate(case_path, connection, VERSION, broken)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []
    with pytest.raises(BadCase, match="no step from case version"):
        migrate(case_path, connection, VERSION, {VERSION + 2: ""})
    connection.close()
    assert len(list(case_path.parent.glob(f"*.v{VERSION}*.onrecord"))) == 2
