"""The commands, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from onrecord.case import Case
from onrecord.cli.commands import ROWS
from onrecord.export import EXPORTERS
from tests.cli.conftest import FIRST, Run


def ids(run: Run, case: Path, kind: str) -> list[str]:
    return [row["id"] for row in json.loads(run("show", case, kind, "--json").stdout)]


def test_read_prints_an_account_for_people(run: Run, reports: Path) -> None:
    result = run("read", reports / "1.txt")
    assert result.exit_code == 0
    for heading in ("REPORT", "WHAT HAPPENED", "DENIED, REFUSED, OR DID", "WHO SAYS SO: UNNAMED", "LEFT OPEN"):
        assert heading in result.stdout
    assert "condition of anonymity" in result.stdout
    assert "\x1b" not in result.stdout, "no colour when it is not a terminal"
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_what_was_denied_is_not_under_what_happened(run: Run, reports: Path) -> None:
    page = run("read", reports / "1.txt").stdout
    happened, rest = page.split("DENIED, REFUSED, OR DID NOT HAPPEN")
    assert "arrested" in happened
    assert "sold the north pier" not in " ".join(happened.split())
    assert "sold the north pier" in " ".join(rest.split())


def test_read_json_is_one_account_and_jsonl_one_a_line(run: Run, reports: Path) -> None:
    account = json.loads(run("read", reports, "--json").stdout)
    assert account["onrecord"] == "account/1"
    assert len(account["reports"]) == 2
    lines = run("read", reports, "--jsonl").stdout.splitlines()
    assert [len(json.loads(line)["reports"]) for line in lines] == [1, 1]


def test_read_takes_stdin_and_what_the_user_says_of_it(run: Run) -> None:
    result = run("read", "-", "--json", "--date", "2023-03-04", "--outlet", "The Ledger", stdin=FIRST)
    (report,) = json.loads(result.stdout)["reports"]
    assert (report["published"]["earliest"], report["outlet"]) == ("2023-03-04", "The Ledger")


def test_jsonl_rows_come_back_with_their_url_and_text(run: Run, tmp_path: Path) -> None:
    rows = [{"text": f"Ilda Venn said on Monday that pier {n} was sold.", "url": f"x:{n}"} for n in range(3)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    accounts = [json.loads(line) for line in run("read", path, "--jsonl").stdout.splitlines()]
    assert [(a["reports"][0]["url"], a["reports"][0]["text"]) for a in accounts] == [
        (r["url"], r["text"]) for r in rows
    ]


def test_one_bad_file_among_good_ones_is_named_and_the_others_go_on(run: Run, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("add", tmp_path / "c.onrecord", tmp_path / "empty.txt", reports / "1.txt", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert "empty.txt: is empty" in result.stderr
    assert "gone.txt: there is no such file" in result.stderr
    assert "1 added, 0 already there, 2 problems" in result.stderr
    assert run("check", tmp_path / "c.onrecord").exit_code == 0


def test_nothing_readable_is_exit_2(run: Run, tmp_path: Path) -> None:
    assert run("read", tmp_path / "gone.txt").exit_code == 2


def test_adding_again_adds_nothing(run: Run, case: Path, reports: Path) -> None:
    result = run("add", case, reports)
    assert result.exit_code == 0
    assert "0 added, 2 already there" in result.stderr


def test_show_prints_rows_and_json_and_csv_of_the_same(run: Run, made_case: Path) -> None:
    rows = json.loads(run("show", made_case, "statements", "--json").stdout)
    table = list(csv.DictReader(io.StringIO(run("show", made_case, "statements", "--csv").stdout)))
    assert [row["id"] for row in rows] == [row["id"] for row in table] != []
    page = run("show", made_case, "statements").stdout
    assert all(row["id"] in page for row in rows)


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_can_be_shown(run: Run, made_case: Path, kind: str) -> None:
    for form in ((), ("--json",), ("--csv",)):
        assert run("show", made_case, kind, *form).exit_code == 0


def test_show_json_is_the_whole_account(run: Run, made_case: Path) -> None:
    account = json.loads(run("show", made_case, "--json").stdout)
    assert account == json.loads(run("account", made_case, "--json").stdout)
    assert len(account["reports"]) == 2


def test_filters(run: Run, made_case: Path) -> None:
    def found(*filters: str, kind: str = "events") -> list[dict[str, object]]:
        return json.loads(run("show", made_case, kind, "--json", *filters).stdout)

    assert {row["status"] for row in found("--status", "denied")} <= {"denied"}
    assert all(row["source"]["kind"] == "unnamed" for row in found("--source", "unnamed", kind="statements"))
    assert found("--source", "unnamed", kind="statements")
    assert found("--who", "venn", kind="statements")
    assert len(found("--who", "venn", kind="statements")) < len(found(kind="statements"))
    report = json.loads(run("show", made_case, "reports", "--json").stdout)[0]["id"]
    assert {row["report"] for row in found("--report", report)} == {report}
    assert found("--from", "2023-03-01", "--to", "2023-03-04")
    assert not found("--from", "2031-01-01")


def test_a_filter_that_does_not_apply_is_misuse(run: Run, made_case: Path) -> None:
    assert run("show", made_case, "entities", "--status", "denied").exit_code == 2
    assert run("show", made_case, "--who", "x").exit_code == 2


def test_why_shows_the_rule_and_its_words(run: Run, made_case: Path) -> None:
    for kind in ("statements", "events", "times"):
        for id_ in ids(run, made_case, kind):
            page = run("why", made_case, id_)
            assert page.exit_code == 0
            assert re.search(r"because\n  \S+[#.]\S+", page.stdout), page.stdout


def test_why_does_not_know_is_exit_2(run: Run, made_case: Path) -> None:
    result = run("why", made_case, "ev-nothing")
    assert result.exit_code == 2
    assert "no row has the id" in result.stderr


def test_search_finds_words_in_any_form_and_their_place(run: Run, made_case: Path) -> None:
    result = run("search", made_case, "resign", "--json")
    (hit,) = json.loads(result.stdout)
    report = next(r for r in json.loads(run("show", made_case, "--json").stdout)["reports"] if r["id"] == hit["report"])
    assert "resigned" in report["text"][slice(*hit["anchor"])]
    assert run("search", made_case, "zeppelin").exit_code == 1


@pytest.mark.parametrize("words", ['"', "AND", "a OR", "(*", "'; DROP TABLE report", "NEAR("])
def test_search_takes_any_words(run: Run, made_case: Path, words: str) -> None:
    assert run("search", made_case, words).exit_code in {0, 1}


def test_set_a_date_moves_what_hangs_on_it(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "c.onrecord"
    (tmp_path / "r.txt").write_text("The clerk resigned on Monday, the board said.", encoding="utf-8")
    run("add", case, tmp_path / "r.txt")
    (report,) = ids(run, case, "reports")
    assert run("set", case, report, "--date", "2023-03-09").exit_code == 0
    (time,) = json.loads(run("show", case, "times", "--json").stdout)
    assert time["interval"]["earliest"] == "2023-03-06"
    assert [row["verb"] for row in json.loads(run("show", case, "decisions", "--json").stdout)] == ["set"]
    assert run("reread", case).exit_code == 0
    assert json.loads(run("show", case, "times", "--json").stdout) == [time], "what a person set holds"


def test_set_without_anything_or_with_a_bad_date_is_misuse(run: Run, case: Path) -> None:
    report = ids(run, case, "reports")[0]
    assert run("set", case, report).exit_code == 2
    assert run("set", case, report, "--date", "next week").exit_code == 2
    assert run("set", case, "r-unknown", "--title", "x").exit_code == 2


def test_remove_takes_a_report_out(run: Run, case: Path) -> None:
    first, second = ids(run, case, "reports")
    assert run("remove", case, first).exit_code == 0
    assert ids(run, case, "reports") == [second]
    assert b"north pier" not in case.read_bytes()
    assert run("check", case).exit_code == 0


def test_reread_changes_no_id(run: Run, case: Path) -> None:
    before = run("show", case, "--json").stdout
    assert run("reread", case).exit_code == 0
    assert run("show", case, "--json").stdout == before


def test_export(run: Run, made_case: Path, tmp_path: Path) -> None:
    assert run("export", made_case, "json", tmp_path / "a.json").exit_code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["onrecord"] == "account/1"
    assert run("export", made_case, "csv", tmp_path / "tables").exit_code == 0
    assert (tmp_path / "tables" / "events.csv").exists()
    result = run("export", made_case, "docx", tmp_path / "x")
    assert result.exit_code == 2
    assert all(name in result.stderr for name in EXPORTERS)


def test_every_format_is_named_by_the_help_of_export_and_can_be_written(
    run: Run, made_case: Path, tmp_path: Path
) -> None:
    shown = run("export", "--help").stdout
    listed = {row["name"] for row in json.loads(run("plugs", "--json").stdout) if row["socket"] == "exporters"}
    assert listed == set(EXPORTERS)
    for name in EXPORTERS:
        assert re.search(rf"(?<![\w-]){name}(?![\w-])", shown), name
        result = run("export", made_case, name, tmp_path / name)
        assert result.exit_code == 0, result.output
        assert all(Path(line).stat().st_size for line in result.stdout.splitlines())


def test_export_without_a_person(run: Run, made_case: Path, tmp_path: Path) -> None:
    for name in EXPORTERS:
        assert run("export", made_case, name, tmp_path / name, "--redact", "Ilda Venn").exit_code == 0
    for path in tmp_path.rglob("*.*"):
        assert "Venn" not in path.read_text("utf-8"), path.name
    shown = json.loads((tmp_path / "json").read_text("utf-8"))
    assert "████ ████" in shown["reports"][0]["text"] or "█████████" in shown["reports"][0]["text"]
    assert "harbour board denied" in shown["reports"][0]["text"]


def test_who_is_to_be_left_out_must_be_known(run: Run, made_case: Path, tmp_path: Path) -> None:
    result = run("export", made_case, "json", tmp_path / "a.json", "--redact", "Venn Ilda")
    assert result.exit_code == 2
    assert "no entity is called 'Venn Ilda'; there is e-" in result.stderr
    assert run("export", made_case, "json", tmp_path / "a.json", "--redact", "e-").exit_code == 2
    assert not (tmp_path / "a.json").exists()


def test_a_missing_case_is_exit_2_and_is_not_made(run: Run, tmp_path: Path) -> None:
    for command in (("show",), ("account",), ("check",), ("search", "x"), ("why", "x"), ("remove", "x"), ("reread",)):
        result = run(command[0], tmp_path / "no.onrecord", *command[1:])
        assert result.exit_code == 2, command
        assert "no.onrecord" in result.stderr
    assert not (tmp_path / "no.onrecord").exists()


def test_a_lexicon_of_one_s_own_goes_before_the_package_s(run: Run, tmp_path: Path) -> None:
    own = resources.files("onrecord").joinpath("lexicons/en/reporting-verbs.csv").read_text(encoding="utf-8")
    own = "".join(line for line in own.splitlines(keepends=True) if not line.startswith("say,"))
    (tmp_path / "reporting-verbs.csv").write_text(own, encoding="utf-8")
    text = "The clerk said that the pier was sold."
    assert "clerk" in run("read", "-", "--rules-only", stdin=text).stdout.split("WHO SAYS SO")[1]
    assert "WHO SAYS SO" not in run("read", "-", "--rules-only", "--lexicons", tmp_path, stdin=text).stdout


def test_a_wrong_row_in_a_lexicon_of_one_s_own_is_named_by_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "months.csv").write_text("key,example\nx\n", encoding="utf-8")
    result = run("read", "-", "--lexicons", tmp_path, stdin=FIRST)
    assert result.exit_code == 2
    assert "months.csv:1: the last two columns" in result.stderr


def test_a_pipeline_that_is_not_there_is_named(run: Run) -> None:
    result = run("read", "-", "--pipeline", "no_such_pipeline", stdin=FIRST)
    assert result.exit_code == 2
    assert "no_such_pipeline" in result.stderr


def test_plugs_names_every_socket(run: Run) -> None:
    rows = json.loads(run("plugs", "--json").stdout)
    assert {row["socket"] for row in rows} == {"readers", "stages", "exporters", "engines", "models", "lexicons"}
    assert all(row["name"] and row["version"] for row in rows)


def test_limits_cut_lists_with_a_count_and_the_command_for_the_rest(run: Run, made_case: Path) -> None:
    page = run("account", made_case, "--limit", "1").stdout
    assert re.search(r"… and \d+ more: onrecord show pier.onrecord events", page)


def test_help_and_import_load_no_model() -> None:
    code = "import sys; from onrecord.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = {name.split(".")[0] for name in out.splitlines()[-1].split()}
    assert not loaded & {"spacy", "numpy", "trafilatura", "lxml", "pypdfium2", "py3langid"}


def test_an_export_never_writes_over_a_case_nor_unasked_over_a_file(run: Run, case: Path, tmp_path: Path) -> None:
    for flag in ((), ("--overwrite",)):
        result = run("export", case, "json", case, *flag)
        assert result.exit_code == 2
        assert "is a case" in result.stderr
    assert run("check", case).exit_code == 0
    (tmp_path / "there.json").write_text("precious")
    assert run("export", case, "json", tmp_path / "there.json").exit_code == 2
    assert (tmp_path / "there.json").read_text() == "precious"
    assert run("export", case, "json", tmp_path / "there.json", "--overwrite").exit_code == 0


def test_no_word_of_a_report_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    hostile = "The clerk \x1b[31msaid on Monday\x1b[0m that \x1b]0;owned\x07 the \u202epier was sold by Ilda\x9b Venn."
    (tmp_path / "esc.txt").write_text(hostile, encoding="utf-8")
    case = tmp_path / "c.onrecord"
    run("add", case, tmp_path / "esc.txt")
    pages = [run("read", tmp_path / "esc.txt"), run("account", case), run("search", case, "pier")]
    pages += [run("show", case, kind, *form) for kind in ROWS for form in ((), ("--csv",))]
    pages += [run("why", case, id_) for kind in ("statements", "times", "reports") for id_ in ids(run, case, kind)]
    for page in pages:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page.output.replace("\r\n", "\n"))
        assert "[31m" not in page.stdout or "\ufffd[31m" in page.stdout


@pytest.mark.parametrize("filter_", ["--from", "--to"])
def test_a_filter_that_is_no_date_is_misuse(run: Run, made_case: Path, filter_: str) -> None:
    assert run("show", made_case, "events", filter_, "nonsense").exit_code == 2


def test_nothing_found_says_so(run: Run, made_case: Path) -> None:
    assert "nothing found" in run("search", made_case, "zeppelin").stderr
    assert "no such events" in run("show", made_case, "events", "--who", "nobody here").stderr


def shell(command: str) -> subprocess.CompletedProcess[str]:
    onrecord = f"{sys.executable} -m onrecord"
    return subprocess.run(
        ["bash", "-c", command.replace("onrecord", onrecord, 1)], capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_or_closed_output_is_one_clear_line(made_case: Path) -> None:
    full = shell(f"onrecord show '{made_case}' --json > /dev/full")
    assert (full.returncode, "Traceback" in full.stderr) == (2, False)
    assert "cannot be written" in full.stderr
    closed = shell(f"onrecord account '{made_case}' >&-")
    assert "Traceback" not in closed.stderr
    no_input = shell("onrecord read - <&-")
    assert (no_input.returncode, "Traceback" in no_input.stderr) == (2, False)
    head = shell(f"onrecord show '{made_case}' --json | head -c 10")
    assert (head.returncode, head.stderr) == (0, "")


# ------------------------------------------------------------------------------------------------ deciding


def ids_of(run: Run, case: Path, name: str) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(run("show", case, "entities", "--csv").stdout)))
    return [row["id"] for row in rows if row["name"] == name]


def test_decide_and_undo(run: Run, case: Path) -> None:
    (venn,) = ids_of(run, case, "Ilda Venn")
    made = run("decide", case, "entity", venn[:8], "rename", "Ilda Maria Venn", "--note", "her card", "--by", "ann")
    assert made.exit_code == 0, made.output
    assert made.stdout.endswith(f"entity {venn} rename Ilda Maria Venn\n")
    decision = made.stdout.split(":")[0]
    assert "Ilda Maria Venn" in run("account", case).stdout
    assert ids_of(run, case, "Ilda Maria Venn") == [venn]
    shown = json.loads(run("show", case, "decisions", "--json").stdout)
    assert [(row["id"], row["verb"], row["value"], row["note"], row["by"]) for row in shown] == [
        (decision, "rename", "Ilda Maria Venn", "her card", "ann")
    ]
    assert f"decision {decision}" in run("why", case, venn).stdout
    assert run("check", case).exit_code == 0
    assert run("undo", case, decision[:6]).exit_code == 0
    assert ids_of(run, case, "Ilda Venn") == [venn]
    again = run("undo", case, decision)
    assert again.exit_code == 2
    assert "was undone at" in again.stderr
    assert json.loads(run("show", case, "decisions", "--json").stdout)[0]["undone_at"]


def test_every_id_of_a_joined_entity_finds_it(run: Run, case: Path) -> None:
    (venn,) = ids_of(run, case, "Ilda Venn")
    account = Case(case, create=False).account()
    other = next(entity for entity in account.entities if entity.id == venn).members[1]
    assert json.loads(run("why", case, other, "--json").stdout)["id"] == venn
    rows = json.loads(run("show", case, "entities", "--who", other, "--json").stdout)
    assert [row["id"] for row in rows] == [venn]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("entity", "e-none", "rename", "X"), "nothing in"),
        (("entity", "e-", "rename", "X"), "write more of the id"),
        (("entity", "VENN", "kind", "planet"), "no kind 'planet'"),
        (("entity", "VENN", "same"), "say which other entity"),
        (("entity", "VENN", "same", "VENN"), "the same as itself"),
        (("entity", "VENN", "marry", "VENN"), "'marry' is not one of"),
        (("event", "VENN", "same", "VENN"), "is no event: kind entity"),
        (("event", "VENN", "rename", "VENN"), "no verb 'rename' for an event"),
        (("hit", "VENN", "same", "VENN"), "'hit' is not one of"),
    ],
)
def test_a_bad_decision_is_misuse_and_changes_nothing(
    run: Run, case: Path, words: tuple[str, ...], message: str
) -> None:
    (venn,) = ids_of(run, case, "Ilda Venn")
    before = run("show", case, "--json").stdout
    result = run("decide", case, *(venn if word == "VENN" else word for word in words))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert run("show", case, "--json").stdout == before


def test_events_are_exported_for_users_of_political_event_data(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "plover"
    result = run("export", case, "plover", out)
    assert result.exit_code == 0
    assert [Path(line).name for line in result.stdout.splitlines()] == ["plover.jsonl", "cameo.tsv", "README.txt"]
    arrested = next(
        json.loads(line) for line in (out / "plover.jsonl").read_text("utf-8").splitlines() if "arrested" in line
    )
    assert (arrested["event_type"], arrested["cameo"], arrested["date"]) == ("COERCE", "173", "2023-03-02")
    assert run("export", case, "plover", out).exit_code == 2
    assert run("export", case, "plover", out, "--overwrite").exit_code == 0
    assert "PLOVER 2.0 records" in run("plugs").stdout
