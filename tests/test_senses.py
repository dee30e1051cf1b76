"""Senses: words that can tell the same are kin, whole and sound, quick to load."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.senses as module
from onrecord.errors import BadRule
from onrecord.senses import alike, base, kin, load_senses

FOLDER = Path(str(resources.files("onrecord") / "senses"))
LARGEST = 1_500_000
WORDS = st.sampled_from(["arrest", "seizure", "quake", "pass away", "gun down", "resign", "meeting", "of", "zzz", ""])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("earthquake", "quake"),
        ("acquire", "acquisition"),
        ("foil", "thwart"),
        ("pass away", "die"),
        ("shoot", "shooting"),
    ],
)
def test_words_for_one_thing_are_kin(one: str, other: str) -> None:
    assert kin(one, other)[1] > 0.3


def test_words_for_different_things_are_not() -> None:
    assert kin("arrest", "sing") == (0.0, 0.0)
    assert kin("zzz", "yyy") == (0.0, 0.0)


@given(WORDS, WORDS)
def test_kinship_goes_both_ways_and_is_a_share(one: str, other: str) -> None:
    same, near = kin(one, other)
    assert (same, near) == kin(other, one)
    assert 0 <= same <= 1
    assert 0 <= near <= 1
    assert kin(one, one) == (1.0, 1.0)


def test_forms_are_led_back_to_what_stands_in_a_dictionary() -> None:
    assert [base(form) for form in ("riots", "quarrelled", "zzzed")] == ["riot", "quarrel", "zzzed"]


def test_what_reports_put_for_one_another_is_alike() -> None:
    assert alike("resigned", "step down")
    assert alike("dead", "die")
    assert not alike("resign", "quake")
    assert not alike("zzz", "zzz")


def test_each_line_of_ours_has_different_words_and_none_is_given_twice() -> None:
    lines = [line for line in (FOLDER / "alike.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    for line in lines:
        words = line.split(", ")
        assert len(words) > 1
        assert len(words) == len(set(words)), line
        assert line == line.lower()
    assert len(lines) == len(set(lines))


def test_the_tables_are_small_and_their_licence_lies_beside_them() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.z")) < LARGEST
    assert "Princeton University" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")


def test_they_are_unpacked_on_the_first_look_up_and_quickly() -> None:
    code = "import sys, onrecord.senses as s; assert not s.load_senses.cache_info().currsize; s.kin('arrest', 'seize')"
    subprocess.run([sys.executable, "-c", code], check=True)
    load_senses.cache_clear()
    begin = time.perf_counter()
    load_senses()
    assert time.perf_counter() - begin < 0.3


def test_damage_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "senses").mkdir()
    (tmp_path / "senses" / "words.tsv.z").write_bytes(b"no table")
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    load_senses.cache_clear()
    with pytest.raises(BadRule, match="install onrecord again"):
        load_senses()
    monkeypatch.undo()
    load_senses.cache_clear()
