"""Fingerprints: near-copies share keys, others do not; any text has one, fast."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.join.reports.fingerprints import FINGERPRINTS, are_candidates, fingerprint
from tests.join.told import OTHER, SENTENCES, TEXT

TOLD = "The pumps were never ours, and whoever signed for them in Ostrell should now come forward and say so"


def test_a_fingerprint_is_a_few_signed_numbers_and_always_the_same() -> None:
    keys = fingerprint(TEXT)
    assert len(keys) <= 64
    assert list(keys) == sorted(set(keys))
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert keys == fingerprint(TEXT)


def test_keys_are_those_that_cases_keep() -> None:
    # If this fails, FINGERPRINTS has to change, and cases have to make their keys anew.
    assert FINGERPRINTS == "1.2"
    assert fingerprint("Ilda Venn left the town of Ostrell in May.")[:2] == (-9101657807930235728, -9066539920180005762)


@pytest.mark.parametrize(
    "text",
    [
        " ".join(SENTENCES[:6]),
        " ".join(SENTENCES[6:] + SENTENCES[:6]),
        " ".join([*OTHER[:2], *SENTENCES[2:]]),
        TEXT.replace("Tuesday", "Thursday").replace("nine", "ten").upper().lower().replace("ostrell", "Ostrell"),
    ],
)
def test_near_copies_are_candidates(text: str) -> None:
    assert are_candidates(fingerprint(TEXT), fingerprint(text))


def test_other_affairs_are_no_candidates() -> None:
    assert not are_candidates(fingerprint(TEXT), fingerprint(" ".join(OTHER)))
    assert not are_candidates(fingerprint(""), fingerprint(""))


def test_a_long_quotation_makes_candidates_alone() -> None:
    ours, theirs = (
        f"{OTHER[0]} “{TOLD},” Venn said. {OTHER[1]}",
        f"“{TOLD},” said Ilda Venn. {SENTENCES[0]} {SENTENCES[1]}",
    )
    assert are_candidates(fingerprint(ours), fingerprint(theirs))


def test_a_shorter_quotation_needs_the_same_name_beside_it() -> None:
    said = "“We counted the cows twice and found none,”"
    ours, same = f"{OTHER[0]} {said} Venn said. {OTHER[1]}", f"{SENTENCES[0]} {said} said Ilda Venn. {SENTENCES[9]}"
    assert are_candidates(fingerprint(ours), fingerprint(same))
    assert not are_candidates(fingerprint(ours), fingerprint(same.replace("Venn.", "Roth.")))


def test_one_even_key_is_not_enough() -> None:
    assert not are_candidates([2, 4], [2, 6])
    assert are_candidates([2, 4, 8], [2, 4])
    assert are_candidates([3, 4], [3])


@pytest.mark.parametrize("text", ["", " ", "word", "a b c", "漢字" * 40, "é" * 9, "\n\n\n", "“", "1 2 3 4 5"])
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint(text)) <= 64


def test_a_text_without_capitals_or_blanks_still_has_keys() -> None:
    assert are_candidates(fingerprint(TEXT.lower()), fingerprint(TEXT.lower()[:700]))
    assert are_candidates(fingerprint("水門は一晩中開いていた。" * 3), fingerprint("水門は一晩中開いていた。" * 2))


def test_a_huge_text_is_quick() -> None:
    start = time.perf_counter()
    for text in ("a" * 1_000_000, "The Gate. " * 100_000, " " * 1_000_000, "“" * 1_000_000, '"A' * 500_000):
        assert len(fingerprint(text)) <= 64
    assert time.perf_counter() - start < 10


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_the_keys_fit(text: str) -> None:
    keys = fingerprint(text)
    assert len(keys) <= 64
    assert all(-(2**63) <= key < 2**63 for key in keys)
