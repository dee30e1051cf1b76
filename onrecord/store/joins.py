"""What joins reports, as rows: tellings and their blocks, pairs of one event, fingerprints, links among reports.

What the packed words mean is the business of ``onrecord.join``; here they are kept and found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.record import Id
from onrecord.store.casefile import CaseFile


@dataclass(frozen=True, slots=True)
class TellingRow:
    """A telling as it is kept: its number, its event, the words it is compared by, the blocks it stands in."""

    number: int
    event: Id
    packed: str
    blocks: tuple[int, ...]


# ------------------------------------------------------------------------------------------------ tellings


def keep_tellings(case: CaseFile, report: int, setting: str, tellings: Sequence[TellingRow], rules: str) -> None:
    """Put the tellings of a report in the place of what was there. Inside a transaction."""
    forget_tellings(case, report)
    case.run("INSERT INTO setting (report, packed, rules) VALUES (?, ?, ?)", (report, setting, rules))
    case.many(
        "INSERT INTO telling (number, report, event, packed) VALUES (?, ?, ?, ?)",
        [(row.number, report, row.event, row.packed) for row in tellings],
    )
    case.many(
        "INSERT INTO telling_block (block, telling) VALUES (?, ?)",
        [(block, row.number) for row in tellings for block in row.blocks],
    )


def forget_tellings(case: CaseFile, report: int) -> None:
    """Take away what a report's events are compared by, and the pairs that they stand in."""
    case.run("DELETE FROM joined WHERE report = ?", (report,))
    case.run("DELETE FROM setting WHERE report = ?", (report,))
    case.run("DELETE FROM telling WHERE report = ?", (report,))


def numbers_of(case: CaseFile, report: int) -> tuple[int, ...]:
    """The numbers of a report's tellings."""
    return tuple(n for (n,) in case.rows("SELECT number FROM telling WHERE report = ?", (report,)))


def blocks_of(case: CaseFile, number: int) -> tuple[int, ...]:
    """The blocks of one telling."""
    return tuple(n for (n,) in case.rows("SELECT block FROM telling_block WHERE telling = ?", (number,)))


def first_in_block(case: CaseFile, block: int, count: int) -> tuple[int, ...]:
    """The least numbers in a block, at most ``count`` (-1: all), in order."""
    sql = "SELECT telling FROM telling_block WHERE block = ? ORDER BY telling LIMIT ?"
    return tuple(n for (n,) in case.rows(sql, (block, count)))


def telling(case: CaseFile, number: int) -> tuple[str, str]:
    """The words of one telling, and those of its report's setting. Raises KeyError if it is not there."""
    row = case.one(
        "SELECT telling.packed, setting.packed FROM telling JOIN setting USING (report) WHERE number = ?", (number,)
    )
    if row is None:
        raise KeyError(number)
    return row[0], row[1]


def tellings(case: CaseFile) -> list[tuple[int, str]]:
    """Report and words of all tellings."""
    return [(report, packed) for report, packed in case.rows("SELECT report, packed FROM telling")]


def settings(case: CaseFile) -> dict[int, str]:
    """The words of all settings, by report."""
    return dict(case.rows("SELECT report, packed FROM setting"))


# ------------------------------------------------------------------------------------------------ pairs


def replace_pairs(case: CaseFile, numbers: Iterable[int], pairs: Iterable[tuple[int, int, float]]) -> None:
    """Put new pairs in the place of all in which these tellings stand. Inside a transaction."""
    gone = [(number,) for number in numbers]
    case.many("DELETE FROM same_event WHERE left = ?", gone)
    case.many("DELETE FROM same_event WHERE right = ?", gone)
    case.many("INSERT INTO same_event (left, right, score) VALUES (?, ?, ?)", pairs)


def replace_all_pairs(case: CaseFile, pairs: Iterable[tuple[int, int, float]]) -> None:
    """Put new pairs in the place of all there are. Inside a transaction."""
    case.run("DELETE FROM same_event")
    case.many("INSERT INTO same_event (left, right, score) VALUES (?, ?, ?)", sorted(pairs))


def pairs(case: CaseFile) -> list[tuple[Id, Id, float]]:
    """All pairs, by the ids of their events, the lesser first, in order."""
    rows = case.rows(
        "SELECT min(a.event, b.event), max(a.event, b.event), score FROM same_event"
        " JOIN telling AS a ON a.number = left JOIN telling AS b ON b.number = right ORDER BY 1, 2"
    )
    return [(left, right, score) for left, right, score in rows]


# ------------------------------------------------------------------------------------------------ reports


def keep_fingerprint(case: CaseFile, report: int, keys: Iterable[int], asked: Iterable[tuple[str, str]]) -> None:
    """Put a report's fingerprint in the place of what was there, and of which outlets and days its notes speak."""
    case.run("DELETE FROM fingerprint WHERE report = ?", (report,))
    case.run("DELETE FROM asked_for WHERE report = ?", (report,))
    case.many("INSERT INTO fingerprint (key, report) VALUES (?, ?)", [(key, report) for key in keys])
    case.many("INSERT INTO asked_for (report, outlet, day) VALUES (?, ?, ?)", [(report, *one) for one in asked])


def alike(case: CaseFile, report: int, enough: int) -> tuple[int, ...]:
    """The other reports that share so many keys with this one, odd keys counted twice, or of which one speaks."""
    shared = (  # the words of these statements are all ours
        "SELECT theirs.report FROM fingerprint AS mine JOIN fingerprint AS theirs USING (key)"
        " WHERE mine.report = ?1 AND theirs.report <> ?1"
        " GROUP BY theirs.report HAVING sum(1 + (theirs.key & 1)) >= ?2"
    )
    named = " FROM asked_for JOIN report ON report.outlet = asked_for.outlet JOIN interval ON interval.report = number"
    days = " AND owner = id AND part = 'published' AND start_day = day"
    sql = f"{shared} UNION SELECT number{named}{days} WHERE asked_for.report = ?1"
    sql += f" UNION SELECT asked_for.report{named}{days} WHERE number = ?1"
    return tuple(other for (other,) in case.rows(sql, (report, enough)) if other != report)


def all_alike(case: CaseFile, enough: int) -> list[tuple[int, int]]:
    """All such pairs of reports, the lesser number first, in order."""
    rows = case.rows(
        "SELECT mine.report, theirs.report FROM fingerprint AS mine"
        " JOIN fingerprint AS theirs ON theirs.key = mine.key AND theirs.report > mine.report"
        " GROUP BY 1, 2 HAVING sum(1 + (mine.key & 1)) >= ?1 UNION"
        " SELECT min(number, asked_for.report), max(number, asked_for.report) FROM asked_for"
        " JOIN report ON report.outlet = asked_for.outlet JOIN interval ON interval.report = number AND owner = id"
        " AND part = 'published' AND start_day = day WHERE number <> asked_for.report ORDER BY 1, 2",
        (enough,),
    )
    return [(one, other) for one, other in rows]


def replace_all_report_links(case: CaseFile, links: Iterable[tuple[int, int, int, str]]) -> None:
    """Put new links in the place of all there are: (lesser number, greater number, n, words)."""
    case.run("DELETE FROM report_link")
    case.many("INSERT INTO report_link (one, other, n, packed) VALUES (?, ?, ?, ?)", links)


def replace_report_links(case: CaseFile, report: int, links: Iterable[tuple[int, int, int, str]]) -> None:
    """Put new links of a report with others in the place of all that it has."""
    case.run("DELETE FROM report_link WHERE one = ?1 OR other = ?1", (report,))
    case.many("INSERT INTO report_link (one, other, n, packed) VALUES (?, ?, ?, ?)", links)


def report_links(case: CaseFile) -> list[str]:
    """The words of all links among reports, in an order that is the same for the same links."""
    return sorted(packed for (packed,) in case.rows("SELECT packed FROM report_link"))


# ------------------------------------------------------------------------------------------------ what is joined


def untold(case: CaseFile, rules: str) -> tuple[int, ...]:
    """The reports of which no tellings are kept that were made by these rules."""
    sql = (
        "SELECT number FROM report LEFT JOIN setting ON setting.report = number"
        " WHERE setting.rules IS NOT ? ORDER BY number"
    )
    return tuple(number for (number,) in case.rows(sql, (rules,)))


def waiting(case: CaseFile, rules: str) -> tuple[int, ...]:
    """The reports that were not joined by these rules, in the order of adding."""
    sql = (
        "SELECT number FROM report LEFT JOIN joined ON joined.report = number"
        " WHERE joined.rules IS NOT ? ORDER BY number"
    )
    return tuple(number for (number,) in case.rows(sql, (rules,)))


def mark_joined(case: CaseFile, report: int, rules: str) -> None:
    """Note that a report was joined by these rules."""
    case.run("INSERT OR REPLACE INTO joined (report, rules) VALUES (?, ?)", (report, rules))
