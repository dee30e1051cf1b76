"""Joining a case as it grows: what a report that comes or goes concerns, and nothing else.

A report's tellings and fingerprint are kept beside its findings; a new report is compared with those it shares blocks
or fingerprints with, and the pairs and links found are kept too. All functions here run inside a transaction of the
case. What is kept equals what joining all reports anew would give, in whatever order they came (tests/test_joining.py).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from onrecord.join import RULES
from onrecord.join.reports.copies import asked_for, compare_reports
from onrecord.join.reports.fingerprints import ENOUGH, fingerprint
from onrecord.join.what.blocks import Entry, MemoryShelf, hubs_of, keys_of, number_of, shifted
from onrecord.join.what.packing import (
    pack_link,
    pack_setting,
    pack_telling,
    unpack_link,
    unpack_setting,
    unpack_telling,
)
from onrecord.join.what.same_event import Pair, pairs_of, told_by
from onrecord.join.what.telling import Setting, setting_of
from onrecord.record import Link, Reading
from onrecord.store import joins, queries
from onrecord.store.casefile import CaseFile
from onrecord.store.joins import TellingRow

# So many waiting reports are joined in memory, all at once.
MANY = 200
# So many readings are held while all reports are compared.
HELD = 2_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of a case's joins: pairs of events that are likely one, and links among reports."""

    pairs: tuple[Pair, ...]
    links: tuple[Link, ...]


def stored(case: CaseFile) -> Stored | None:
    """What is kept; None if a report waits to be joined."""
    if joins.waiting(case, RULES):
        return None
    return Stored(tuple(joins.pairs(case)), tuple(map(unpack_link, joins.report_links(case))))


def waits(case: CaseFile) -> bool:
    """Whether a report waits to be joined."""
    return bool(joins.waiting(case, RULES))


def note(case: CaseFile, report: int, reading: Reading) -> None:
    """Keep what a report is compared by; it waits to be joined."""
    joins.keep_tellings(case, report, pack_setting(setting_of(reading)), _rows(reading), RULES)
    joins.keep_fingerprint(case, report, fingerprint(reading.document.text), asked_for(reading))


def arrive(case: CaseFile, report: int, reading: Reading) -> None:
    """A report is there, new or read again: compare it with what it concerns."""
    rows = _rows(reading)
    setting = pack_setting(setting_of(reading))
    new = {row.number for row in rows}
    keys = {key for row in rows for key in row.blocks}
    _change(case, report, keys, new, lambda: joins.keep_tellings(case, report, setting, rows, RULES))
    joins.keep_fingerprint(case, report, fingerprint(reading.document.text), asked_for(reading))
    joins.replace_report_links(case, report, _versions(case, report, reading))
    joins.mark_joined(case, report, RULES)


def leave(case: CaseFile, report: int) -> None:
    """A report is about to go: take away what joins it to others."""
    _change(case, report, set(), set(), lambda: joins.forget_tellings(case, report))


def catch_up(case: CaseFile) -> int:
    """Join the reports that wait, of an older case or after the rules changed; how many there were."""
    waiting = joins.waiting(case, RULES)
    for report in joins.untold(case, RULES):  # of other rules, or of none: nothing is compared with those
        note(case, report, queries.reading(case, report))
    if len(waiting) < MANY:
        for report in waiting:
            arrive(case, report, queries.reading(case, report))
    else:
        _join_all(case, waiting)
    return len(waiting)


def _rows(reading: Reading) -> list[TellingRow]:
    told = told_by(reading)
    return [TellingRow(number_of(one[0].event), one[0].event, pack_telling(one[0]), keys_of(*one)) for one in told]


# ------------------------------------------------------------------------------------------------ one report


class CaseShelf:
    """Tellings in a case file; those that were looked up are held."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._held: dict[int, Entry] = {}
        self._settings: dict[str, Setting] = {}

    def first(self, key: int, count: int) -> Sequence[int]:
        """The least numbers in a block."""
        return joins.first_in_block(self._case, key, count)

    def members(self, key: int) -> Sequence[int]:
        """All numbers in a block."""
        return joins.first_in_block(self._case, key, -1)

    def keys(self, number: int) -> Sequence[int]:
        """The blocks of one telling."""
        return joins.blocks_of(self._case, number)

    def told(self, number: int) -> Entry:
        """A telling and its report's setting."""
        if number not in self._held:
            telling, setting = joins.telling(self._case, number)
            if setting not in self._settings:
                self._settings[setting] = unpack_setting(setting)
            self._held[number] = unpack_telling(telling), self._settings[setting]
        return self._held[number]


def _change(case: CaseFile, report: int, keys: set[int], new: set[int], change: Callable[[], None]) -> None:
    """Change a report's tellings, and compare what that concerns: the new, and those whose part in a block changes."""
    shelf = CaseShelf(case)
    old = joins.numbers_of(case, report)
    before = hubs_of(keys.union(*(joins.blocks_of(case, number) for number in old)), shelf)
    change()
    affected = (shifted(before, shelf) | new) - (set(old) - new)
    joins.replace_pairs(case, affected, pairs_of(affected, shelf))


def _versions(case: CaseFile, report: int, reading: Reading) -> Iterator[tuple[int, int, int, str]]:
    for other in joins.alike(case, report, ENOUGH):
        for n, link in enumerate(compare_reports(reading, queries.reading(case, other))):
            yield min(report, other), max(report, other), n, pack_link(link)


# ------------------------------------------------------------------------------------------------ all reports


def _join_all(case: CaseFile, waiting: Sequence[int]) -> None:
    with _no_collection():
        _join_at_once(case, waiting)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for cycles: a million tellings hold none, and to look through them again and again is slow."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _join_at_once(case: CaseFile, waiting: Sequence[int]) -> None:
    settings = {report: unpack_setting(packed) for report, packed in joins.settings(case).items()}
    shelf = MemoryShelf((unpack_telling(packed), settings[report]) for report, packed in joins.tellings(case))
    joins.replace_all_pairs(case, pairs_of(shelf, shelf))
    joins.replace_all_report_links(case, _all_versions(case))
    for report in waiting:
        joins.mark_joined(case, report, RULES)


def _all_versions(case: CaseFile) -> Iterator[tuple[int, int, int, str]]:
    reading = lru_cache(maxsize=HELD)(lambda number: queries.reading(case, number))
    for one, other in joins.all_alike(case, ENOUGH):
        for n, link in enumerate(compare_reports(reading(one), reading(other))):
            yield one, other, n, pack_link(link)
