"""Names as strings: folding, splitting, initials, comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.names import (
    bare,
    compare,
    fold,
    initials,
    is_acronym,
    is_public_body,
    is_written_as_acronym,
    long_forms,
    same_given,
    split,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz Ødegård", "lukasz odegard"),
        ("U.S.", "us"),
        ("Anna-Lena O’Brell", "anna lena obrell"),
        ("  Straße\n11 ", "strasse 11"),
        ("e\u0301", "e"),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(), st.text())
def test_comparison_is_bounded_and_symmetric(left: str, right: str) -> None:
    score, why = compare(left, right)
    assert 0.0 <= score <= 1.0
    assert why
    assert compare(right, left)[0] == score


@pytest.mark.parametrize(
    ("name", "title", "given_names", "surname", "suffix"),
    [
        ("Mr. Orvik", ("Mr.",), (), "Orvik", ""),
        ("Lena Maria Orvik", (), ("Lena", "Maria"), "Orvik", ""),
        ("Prof. Dr. Jan van den Brell", ("Prof.", "Dr."), ("Jan",), "van den Brell", ""),
        ("Orvik, Lena", (), ("Lena",), "Orvik", ""),
        ("Lena Orvik, Jr.", (), ("Lena",), "Orvik", "Jr."),
        ("Mr.", ("Mr.",), (), "", ""),
        ("", (), (), "", ""),
    ],
)
def test_split(name: str, title: tuple[str, ...], given_names: tuple[str, ...], surname: str, suffix: str) -> None:
    parts = split(name)
    assert (parts.title, parts.given, parts.surname, parts.suffix) == (title, given_names, surname, suffix)


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ("Lena Orvik", "ORVIK, Lena", 1.0, 1.0),
        ("Ms. Orvik", "Lena Orvik", 0.6, 0.8),
        ("L. Orvik", "Lena Orvik", 0.9, 0.9),
        ("Tove Orvik", "Lena Orvik", 0.0, 0.2),
        ("Orvik Shipping Ltd.", "Orvik Shipping", 0.9, 1.0),
        ("NFH", "National Front of Harbours", 0.8, 0.8),
        ("Lena Orvik", "Pavel Dolmer", 0.0, 0.0),
        ("", "Lena Orvik", 0.0, 0.0),
    ],
)
def test_compare(left: str, right: str, low: float, high: float) -> None:
    assert low <= compare(left, right)[0] <= high


@pytest.mark.parametrize(
    ("name", "compared", "begin"),
    [
        ("The Orvik Shipping Company Ltd.", "orvik shipping", "orvik"),
        ("Orvik", "orvik", "orvik"),
        ("Group", "group", "group"),
        ("The", "the", "the"),
        ("Bank of Lorm", "bank of lorm", "bank of lorm"),
        ("Mr. Dan Orvik Jr.", "dan orvik", "dan orvik"),
        ("", "", ""),
    ],
)
def test_what_is_compared_across_reports(name: str, compared: str, begin: str) -> None:
    assert bare(name) == compared
    assert stem(name) == begin


@given(st.text())
def test_what_is_compared_is_never_more_than_the_name(name: str) -> None:
    assert set(stem(name).split()) <= set(bare(name).split()) <= set(words(name))
    assert bool(bare(name)) is bool(words(name))


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("NFH", True), ("N.F.H.", True), ("McX", True), ("Orvik", False), ("A", False), ("NF HQ", False), ("", False)],
)
def test_what_is_written_as_an_acronym(name: str, is_one: bool) -> None:
    assert is_written_as_acronym(name) is is_one


def test_public_bodies_and_short_forms() -> None:
    assert is_public_body("The Ministry of Foreign Affairs")
    assert not is_public_body("Lorm Senate")
    assert not is_public_body("the")
    assert "elizabeth" in long_forms("liz")


def test_small_parts() -> None:
    assert words("Anna-Lena Orvik") == ("anna", "lena", "orvik")
    assert initials("Union of Free Harbours") == "ufh"
    assert is_acronym("U.F.H.", "Union of Free Harbours")
    assert not is_acronym("UFO", "Union of Free Harbours")
    assert not is_acronym("U", "Union")
    assert same_given(("L.",), ("Lena", "Maria"))
    assert not same_given(("Lena",), ("Lea",))
