"""The sample affair: what is found across its reports, against what a careful reader finds (gold/affair*.toml).

    python -m evaluation.affair [--half affair|affair-unseen] [--errors N] [--case FILE]

A pair of reports counts as found if a link of that kind joins them; a contradiction if a link has words on both sides
that overlap the reader's, or the clauses of its events do. A claim is right if it meets a row of either half so, or is
of the field and the reports of a row and has the words of one of its sides: a report may tell the other side in several
places, of which the reader cites one.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from onrecord.case import Case
from onrecord.record import Account, Event, Id, Link, LinkKind, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
HALVES = ("affair", "affair-unseen")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of the reader's rows are found, and how many of the program's claims are right."""

    part: str
    right: int
    gold: int
    claimed: int
    true: int

    def __str__(self) -> str:
        recall = f"{self.right} of {self.gold}" + (f" ({100 * self.right / self.gold:.0f} %)" if self.gold else "")
        claims = f", claims {self.true} of {self.claimed} right" if self.claimed else ""
        return f"{self.part:28} found {recall}{claims}"


class Affair:
    """The account of the sample affair, looked up by the words of its reports."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.readings = dict(_named(account.readings))
        self.names = {reading.document.id: name for name, reading in self.readings.items()}
        self.events = {e.id: (e, reading) for reading in account.readings for e in reading.events}
        self.happening = {id_: h for h in account.happenings for id_ in h.told_in}

    def span(self, report: str, words: str) -> Span | None:
        """Where words stand in a report, whatever blanks and breaks lie between them."""
        text = self.readings[report].document.text
        found = re.search(r"\s+".join(map(re.escape, words.split())), text)
        return Span(*found.span()) if found else None

    def told(self, side: Row) -> list[Event]:
        """The events that a row's words tell: those of the word it names, else all inside the words."""
        span = self.span(side["report"], side["words"])
        if span is None:
            return []
        events = [e for e in self.readings[side["report"]].events if e.trigger.overlaps(span)]
        text = self.readings[side["report"]].document.text
        named = [e for e in events if e.trigger.cut(text) in side.get("event", "")]
        return named or events

    def covers(self, side: Row, report: Id, spans: Iterable[Span], event: Id) -> bool:
        """Whether one side of a link lies on a row's words."""
        if self.names.get(report) != side["report"]:
            return False
        span = self.span(side["report"], side["words"])
        clause = self.events[event][0].clause or self.events[event][0].trigger
        return span is not None and any(span.overlaps(one) for one in (*spans, clause))

    def meets(self, link: Link, row: Row) -> bool:
        """Whether a link between events joins the words of a row's two sides."""
        sides = [
            (self.events[id_][1].document.id, spans, id_)
            for id_, spans in ((link.left, link.left_spans), (link.right, link.right_spans))
        ]
        return any(self.covers(row["left"], *sides[a]) and self.covers(row["right"], *sides[1 - a]) for a in (0, 1))

    def is_about(self, link: Link, row: Row) -> bool:
        """Whether a link is of a row's field and reports, and has the words of one of its sides."""
        sides = [(self.events[id_][1].document.id, spans, id_)
                 for id_, spans in ((link.left, link.left_spans), (link.right, link.right_spans))]  # fmt: skip
        reports = [self.names[report] for report, _, _ in sides]
        if link.field != row["field"] or sorted(reports) != sorted(row[side]["report"] for side in ("left", "right")):
            return False
        return any(self.covers(row[side], *one) for side in ("left", "right") for one in sides)


def _named(readings: Iterable[Reading]) -> Iterator[tuple[str, Reading]]:
    """Readings by the names that the gold has for them: files, and lines of files after a "#"."""
    for reading in readings:
        yield reading.document.origin.replace(".jsonl:", ".jsonl#"), reading


def gold(half: str) -> Mapping[str, list[Row]]:
    """The rows of one half."""
    found: Mapping[str, list[Row]] = tomllib.loads((ROOT / "gold" / f"{half}.toml").read_text(encoding="utf-8"))
    return found


def figures(affair: Affair, half: str, errors: int = 0) -> Iterator[Figure]:
    """All figures of one half."""
    rows, both = gold(half), [gold(name) for name in HALVES]
    batch = {name for name in affair.readings if _is_of(name, half)}
    yield from _between_reports(affair, rows, both, batch)
    yield _lifted(affair, rows)
    yield from _same(affair, rows, errors)
    yield _contradictions(affair, rows, both, batch, errors)
    yield _traps(affair, rows, errors)
    yield _changes(affair, rows, errors)
    yield _single(affair, rows)


def _is_of(report: str, half: str) -> bool:
    return (int(report[:2]) >= 24) == (half == "affair-unseen")


def _of_half(names: Iterable[str], half_batch: set[str], unseen: bool) -> bool:
    """Whether a claim belongs to a half: to the unseen one, if one of its reports does."""
    touched = any(name in half_batch for name in names)
    return touched if unseen else all(name in half_batch for name in names)


def _between_reports(
    affair: Affair, rows: Mapping[str, list[Row]], both: list[Mapping[str, list[Row]]], batch: set[str]
) -> Iterator[Figure]:
    for kind in (LinkKind.COPIES, LinkKind.UPDATES, LinkKind.CORRECTS):
        links = {
            frozenset((affair.names[link.left], affair.names[link.right]))
            for link in affair.account.links
            if link.kind is kind
            and link.left in affair.names
            and (kind, link.field) != (LinkKind.COPIES, "attribution")
        }
        claims = {pair for pair in links if _of_half(pair, batch, "24" in {name[:2] for name in batch})}
        known = {frozenset((r["left"], r["right"])) for half in both for r in half.get(kind.value, [])}
        asked = {frozenset((r["left"], r["right"])) for r in rows.get(kind.value, []) if r["left"] != r["right"]}
        yield Figure(kind.value, len(asked & links), len(asked), len(claims), len(claims & known))


def _lifted(affair: Affair, rows: Mapping[str, list[Row]]) -> Figure:
    links = [ln for ln in affair.account.links if ln.kind is LinkKind.COPIES and ln.field == "attribution"]
    pairs = {(affair.names[link.left], affair.names[link.right]) for link in links}
    asked = [(row["left"], row["right"]) for row in rows.get("lifted", [])]
    return Figure("lifted quotations", sum(pair in pairs for pair in asked), len(asked), 0, 0)


def _same(affair: Affair, rows: Mapping[str, list[Row]], errors: int) -> Iterator[Figure]:
    right = total = found_events = groups = tellings = 0
    for row in rows.get("same", []):
        told = [affair.told(side) for side in row["tellings"]]
        tellings += len(told)
        found_events += sum(map(bool, told))
        ids = [{affair.happening[e.id].id for e in events if e.id in affair.happening} for events in told]
        pairs = [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :]]
        joined = sum(bool(a & b) for a, b in pairs)
        right, total = right + joined, total + len(pairs)
        groups += joined > 0
        if errors and not joined:
            print("  not joined:", row["what"], "|", [side["event"] for side in row["tellings"]], list(map(len, told)))
    yield Figure("tellings found", found_events, tellings, 0, 0)
    yield Figure("one event: pairs", right, total, 0, 0)
    yield Figure("one event: groups touched", groups, len(rows.get("same", [])), 0, 0)
    wrong = 0
    for row in rows.get("apart", []):
        one, other = (
            {affair.happening[e.id].id for e in affair.told(row[side]) if e.id in affair.happening}
            for side in ("left", "right")
        )
        if one & other:
            wrong += 1
            if errors:
                print("  joined, though apart:", row["what"], "|", row["left"]["words"], "|", row["right"]["words"])
    kept = len(rows.get("apart", []))
    yield Figure("look-alikes kept apart", kept - wrong, kept, 0, 0)


def _contradictions(
    affair: Affair, rows: Mapping[str, list[Row]], both: list[Mapping[str, list[Row]]], batch: set[str], errors: int
) -> Figure:
    links = [link for link in affair.account.links if link.kind is LinkKind.CONTRADICTS]
    claims = [link for link in links if _claim_of_half(affair, link, batch)]
    asked = rows.get("contradicts", [])
    known = [row for half in both for row in half.get("contradicts", [])]
    right = sum(any(affair.meets(link, row) for link in links) for row in asked)
    wrong = [ln for ln in claims if not any(affair.meets(ln, row) or affair.is_about(ln, row) for row in known)]
    for link in wrong[:errors]:
        print("  false:", link.field, "|", *(_shown(affair, link)))
    return Figure("contradictions", right, len(asked), len(claims), len(claims) - len(wrong))


def _claim_of_half(affair: Affair, link: Link, batch: set[str]) -> bool:
    names = [affair.names[affair.events[id_][1].document.id] for id_ in (link.left, link.right)]
    return _of_half(names, batch, "24" in {name[:2] for name in batch})


def _shown(affair: Affair, link: Link) -> Iterator[str]:
    for id_, spans in ((link.left, link.left_spans), (link.right, link.right_spans)):
        event, reading = affair.events[id_]
        text = reading.document.text
        words = " … ".join(span.cut(text) for span in spans)
        clause = (event.clause or event.trigger).cut(text)
        yield f"{affair.names[reading.document.id][:6]} “{' '.join(words.split())}” in “{' '.join(clause.split())}” |"


def _traps(affair: Affair, rows: Mapping[str, list[Row]], errors: int) -> Figure:
    links = [link for link in affair.account.links if link.kind is LinkKind.CONTRADICTS]
    asked = rows.get("no_conflict", [])
    claimed = [row for row in asked if any(affair.meets(link, row) for link in links)]
    for row in claimed[:errors]:
        print("  trap:", row["left"]["words"], "|", row["right"]["words"])
    return Figure("no conflict, none claimed", len(asked) - len(claimed), len(asked), 0, 0)


def _changes(affair: Affair, rows: Mapping[str, list[Row]], errors: int) -> Figure:
    links = [ln for ln in affair.account.links if ln.kind is LinkKind.UPDATES and ln.left in affair.events]
    asked = rows.get("changes", [])
    missed = [row for row in asked if not any(affair.meets(link, row) for link in links)]
    for row in missed[:errors]:
        print("  change missed:", row["kind"], "|", row["left"]["words"], "|", row["right"]["words"])
    return Figure("changes", len(asked) - len(missed), len(asked), 0, 0)


def _single(affair: Affair, rows: Mapping[str, list[Row]]) -> Figure:
    asked = rows.get("single_unnamed", [])
    found = 0
    for row in asked:
        happenings = [affair.happening[e.id] for e in affair.told(row) if e.id in affair.happening]
        found += any(h.unnamed_only and h.voices == 1 for h in happenings)
    return Figure("rests on one unnamed source", found, len(asked), 0, 0)


def account_of_affair(path: Path) -> Account:
    """The account of the sample affair; it is read into the case unless it is there."""
    with Case(path) as case:
        for _ in case.add([ROOT / "examples" / "affair"]):
            pass
        return case.account()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--case", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        affair = Affair(account_of_affair(given.case or Path(folder) / "affair.onrecord"))
    for half in (given.half,) if given.half else HALVES:
        print(half)
        for figure in figures(affair, half, given.errors):
            print(f"  {figure}")


if __name__ == "__main__":
    main()
