"""The evaluation: its floors are well formed and only rise, and without gold data it says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation import evaluate
from evaluation.evaluate import BEGIN, END, PARTS, Lab, every_fourth, main, write_page
from evaluation.floors import FIELDS, NotMeasured, Row, changed, compare, load_floors, moved, save_floors

FLOORS = evaluate.ROOT / "evaluation" / "floors.toml"
PAGE = evaluate.ROOT / "docs" / "measured.md"
SHARED = evaluate.ROOT.parent / "shared"

# A part with one figure that must not fall and one that must not rise.
HELD = {"corpus": {"a.jsonl": "0" * 64}, "at_least": {"A · joint · F1": 50.0}, "at_most": {"A · wrong · n": 3.0}}
# Stand-ins for the converter, the runner and the scorer of the part "plover".
CONVERTER = "print('{}')"
RUNNER = """
import json, sys
names = ("exit status", "refused", "another text", "bad anchors", "content over cue", "null lists")
rows = [{"measure": name, "right": REFUSED if name == "refused" else 0, "gold": 4} for name in names]
print(json.dumps({"rows": rows}))
"""
SCORER = """
import json
print(json.dumps({"rows": [{"part": "1 strict", "measure": "type", "p": None, "r": 0.625, "right": 5, "gold": 8}]}))
"""


def rows(joint: float, wrong: int) -> list[Row]:
    return [Row("A", "joint", {"P": 12.0, "F1": joint}), Row("A", "wrong", {"n": wrong})]


def bench(folder: Path, floor: float, refused: int = 0) -> list[str]:
    """A made-up folder of gold data; the arguments that measure the part "plover" on it."""
    scripts = {"plover_to_jsonl": CONVERTER, "account_runner": RUNNER.replace("REFUSED", str(refused))}
    for name, source in (scripts | {"score_plover": SCORER}).items():
        path = folder / "gold-folder" / "measure" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    gold = folder / "gold-folder" / "gold" / "events" / "plover-visible.json"
    gold.parent.mkdir(parents=True)
    gold.write_text("[]")
    floors, page = folder / "floors.toml", folder / "page.md"
    floors.write_text(f'# held\n\n[plover.at_least]\n"PLOVER · strict: type · R" = {floor}\n')
    page.write_text(f"# Page\n\n{BEGIN}\n{END}\n\nThe end.\n")
    places = {"--shared": folder / "gold-folder", "--floors": floors, "--page": page}
    return ["--only", "plover", *(str(word) for pair in places.items() for word in pair)]


def test_the_floors_are_well_formed() -> None:
    floors = load_floors(FLOORS)
    assert set(floors) == set(PARTS)
    for part, tables in floors.items():
        assert set(tables) == {"corpus", "at_least", "at_most"}, part
        assert tables["corpus"], part
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in tables["corpus"].values())
        for name, bound in (tables["at_least"] | tables["at_most"]).items():
            assert len(name.split(" · ")) == 3, name
            assert name.rpartition(" · ")[2] in FIELDS.values(), name
            assert isinstance(bound, int | float), name
            assert bound >= 0, name


def test_the_page_holds_every_part_and_every_held_figure() -> None:
    page = PAGE.read_text(encoding="utf-8")
    generated = page.partition(BEGIN)[2].partition(END)[0]
    for part, tables in load_floors(FLOORS).items():
        assert f"### {part}\n" in generated
        for name in [*tables["at_least"], *tables["at_most"]]:
            assert f"| {name} |" in generated


@pytest.mark.parametrize(
    ("joint", "wrong", "holds"),
    [(50.0, 3, True), (61.2, 0, True), (49.96, 3, True), (49.9, 3, False), (50.0, 4, False), (0.0, 9, False)],
)
def test_a_lower_figure_is_a_fault(joint: float, wrong: int, holds: bool) -> None:
    assert all(verdict.holds for verdict in compare(rows(joint, wrong), HELD)) == holds


def test_a_held_figure_that_is_not_measured_is_a_fault() -> None:
    verdicts = compare([Row("A", "joint", {"P": 80.0})], HELD)
    assert [(verdict.now, verdict.holds) for verdict in verdicts] == [(None, False), (None, False)]


def test_floors_only_rise() -> None:
    same = {"a.jsonl": "0" * 64}
    better = moved(HELD, rows(61.24, 1), same, accept_lower=False)
    assert better == {"corpus": same, "at_least": {"A · joint · F1": 61.2}, "at_most": {"A · wrong · n": 1}}
    assert moved(HELD, rows(40.0, 7), same, accept_lower=False) == HELD
    lower = moved(HELD, rows(40.0, 7), same, accept_lower=True)
    assert (lower["at_least"], lower["at_most"]) == ({"A · joint · F1": 40.0}, {"A · wrong · n": 7})


def test_figures_of_another_gold_file_are_not_compared() -> None:
    other = {"a.jsonl": "1" * 64}
    assert changed(other, HELD) == ["a.jsonl"]
    assert changed({"a.jsonl": "0" * 64, "new.jsonl": "2" * 64}, HELD) == []
    with pytest.raises(NotMeasured, match=r"a\.jsonl has changed"):
        moved(HELD, rows(90.0, 0), other, accept_lower=False)
    assert moved(HELD, rows(90.0, 0), other, accept_lower=True)["corpus"] == other


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("# the head\n", encoding="utf-8")
    floors = {"a": HELD, "b": {"corpus": {}, "at_least": {}, "at_most": {'"quoted" · x · n': float("inf")}}}
    save_floors(path, floors)
    assert load_floors(path) == floors
    assert path.read_text(encoding="utf-8").startswith("# the head\n")


def test_a_row_is_read_as_the_scorers_print_it() -> None:
    printed = {"part": "5 status", "measure": "right", "p": None, "acc": 0.8243, "right": 61, "gold": 74, "value": None}
    row = Row.of("A", printed)
    assert row == Row("A", "status: right", {"share": 82.43, "n": 61}, 74)
    assert dict(row.named()) == {"A · status: right · share": 82.43, "A · status: right · n": 61}


def test_every_fourth_is_by_name() -> None:
    assert every_fourth(["b", "a", "d", "c", "g", "f", "h", "e"]) == ["d", "h"]


def test_parts_that_were_not_measured_stay_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n{BEGIN}\n{END}\nAfter\n")
    write_page(page, {"times": "### times\n\none", "gum": "### gum\n\ntwo"})
    write_page(page, {"statements": "### statements\n\nthree", "gum": "### gum\n\nfour"})
    blocks = page.read_text().split("\n\n")
    assert blocks == [
        f"Before\n{BEGIN}", "### statements", "three", "### times", "one", "### gum", "four", f"{END}\nAfter\n",
    ]  # fmt: skip


def test_without_gold_data_it_says_so_and_is_content(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = PAGE.read_bytes(), FLOORS.read_bytes()
    assert main(["--shared", str(tmp_path / "nowhere")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(": skipped")[0] for line in said] == list(PARTS)
    assert (PAGE.read_bytes(), FLOORS.read_bytes()) == before


def test_an_unknown_part_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "statements,weather"])
    assert "no part weather" in capsys.readouterr().err


@pytest.mark.parametrize(("floor", "code"), [(62.5, 0), (62.6, 1)])
def test_the_exit_code_tells_whether_the_floors_hold(tmp_path: Path, floor: float, code: int) -> None:
    assert main(bench(tmp_path, floor)) == code
    page = (tmp_path / "page.md").read_text()
    assert f"| PLOVER · strict: type · R | 62.5 | {floor} |  |" in page
    assert "| PLOVER | strict: type | 8 | R 62.5, n 5 |" in page
    assert page.endswith(f"{END}\n\nThe end.\n")
    assert str(tmp_path) not in page


def test_raising_writes_what_was_measured(tmp_path: Path) -> None:
    assert main([*bench(tmp_path, 10), "--raise-floors"]) == 0
    held = load_floors(tmp_path / "floors.toml")["plover"]
    assert held["at_least"] == {"PLOVER · strict: type · R": 62.5}
    assert set(held["corpus"]) == {"plover.jsonl"}


def test_a_command_that_reads_nothing_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(bench(tmp_path, 0, refused=4)) == 1
    assert "plover: not measured: the command read none of 4 texts" in capsys.readouterr().err


def test_a_scorer_that_fails_is_a_fault_and_tells_no_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = bench(tmp_path, 0)
    broken = tmp_path / "gold-folder" / "measure" / "score_plover.py"
    broken.write_text(f"raise SystemExit({str(broken)!r} + ' is broken')")
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "shared/measure/score_plover.py is broken" in said
    assert str(tmp_path) not in said


@pytest.mark.skipif(not SHARED.is_dir(), reason="no public gold data beside the checkout")
def test_gold_scored_against_itself_is_perfect(tmp_path: Path) -> None:
    lab = Lab(SHARED, tmp_path / "no-program", tmp_path)
    gold = lab.keep("plover.jsonl", lab.script("plover_to_jsonl", SHARED / "gold/events/plover-visible.json"))
    accounts = lab.keep("accounts.jsonl", lab.script("score_plover", gold, "--gold-as-accounts"))
    lab.score("PLOVER", "score_plover", gold, accounts)
    figures = dict(named for row in lab.rows for named in row.named())
    assert figures["PLOVER · strict: type · F1"] == figures["PLOVER · lenient: type + actor + target · R"] == 100
    assert not any(str(SHARED) in row.measure for row in lab.rows)
