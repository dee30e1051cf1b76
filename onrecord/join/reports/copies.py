"""Copies, new versions and corrections of reports, and quotations that one report took from another.

What two reports are to each other follows from these two alone, never from others that are in the case. So adding or
removing a report touches its own pairs only, and the order of adding nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from onrecord.join.reports.corrected import Mended, mended, mended_elsewhere
from onrecord.join.reports.fingerprints import ENOUGH, fingerprint, weight
from onrecord.join.reports.lifted import Pair, lifted, same_quotations
from onrecord.join.reports.naming import names_outlet, published
from onrecord.join.reports.notes import CorrectionNote, correction_notes
from onrecord.join.reports.overlap import Overlap, Side, overlap, spans_of
from onrecord.join.reports.passages import FEW_RUNS, shared_runs
from onrecord.join.reports.versions import Order, grew, is_version, order, same_outlet
from onrecord.join.reports.wording import WORD, Wording, word_for_word
from onrecord.record import Id, Link, LinkKind, Reading, Reason, make_id

# Of a corrected version so much is the old text, where nothing else is new.
MOSTLY = 0.8


def compare_reports(left: Reading, right: Reading) -> tuple[Link, ...]:
    """What two reports are to each other, whichever is given first; () where they have nothing to do with each other.

    ``left`` of a link is the copy, the newer version, the report with the correction; ``right`` what it goes back to.
    """
    return _compared(_Told(left), _Told(right))


def link_reports(readings: Sequence[Reading]) -> tuple[Link, ...]:
    """All such links among these reports, sorted; in whatever order they are given."""
    told = {reading.document.id: _Told(reading) for reading in readings}
    pairs = {*candidates((id_, fingerprint(one.reading.document.text)) for id_, one in told.items()), *_named(told)}
    return tuple(link for one, other in sorted(pairs) for link in _compared(told[one], told[other]))


def asked_for(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Outlet and day (ISO) of the reports that correction notes speak of: they need not share a word with this one."""
    return _asked_for(_Told(reading))


def _asked_for(told: _Told) -> tuple[tuple[str, str], ...]:
    days = [note.day for note in told.notes if not note.own and note.day is not None]
    outlet = told.reading.document.outlet
    return tuple(sorted({(outlet, day.start.isoformat()) for day in days if day.start is not None}))


class _Told:
    """A reading, and what is made of it when it is first compared."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.id = reading.document.id
        self._words: list[str] | None = None
        self._wording: Wording | None = None
        self._notes: tuple[CorrectionNote, ...] | None = None

    @property
    def words(self) -> list[str]:
        if self._words is None:
            self._words = WORD.findall(self.reading.document.text.lower())
        return self._words

    @property
    def wording(self) -> Wording:
        if self._wording is None:
            self._wording = word_for_word(self.reading)
        return self._wording

    @property
    def notes(self) -> tuple[CorrectionNote, ...]:
        if self._notes is None:
            self._notes = correction_notes(self.reading)
        return self._notes


def candidates(keys: Iterable[tuple[Id, Sequence[int]]]) -> list[tuple[Id, Id]]:
    """The pairs of reports worth comparing, out of the fingerprint of each; the smaller id first."""
    first: dict[int, Id] = {}
    again: dict[int, list[Id]] = {}
    for id_, row in keys:
        for key in row:
            before = first.setdefault(key, id_)
            if before != id_:
                again.setdefault(key, [before]).append(id_)
    shared: Counter[tuple[Id, Id]] = Counter()
    for key, ids in again.items():
        says = weight(key)
        for pair in combinations(sorted(ids), 2):
            shared[pair] += says
    return [pair for pair, total in shared.items() if total >= ENOUGH]


def _named(told: dict[Id, _Told]) -> Iterator[tuple[Id, Id]]:
    """The pairs of a report with a note on another report and the reports that may be meant."""
    asked = {id_: _asked_for(one) for id_, one in told.items()}
    wanted = {ask for asks in asked.values() for ask in asks}
    having: dict[tuple[str, str], list[Id]] = defaultdict(list)
    for id_, one in told.items():
        day = published(one.reading)
        if day is not None and day.start is not None and (one.reading.document.outlet, day.start.isoformat()) in wanted:
            having[one.reading.document.outlet, day.start.isoformat()].append(id_)
    for id_, asks in asked.items():
        for other in {other for ask in asks for other in having[ask]} - {id_}:
            yield min(id_, other), max(id_, other)


def _compared(one: _Told, other: _Told) -> tuple[Link, ...]:
    first, second = (one, other) if one.id < other.id else (other, one)
    if first.id == second.id:
        return ()
    if _have_little_in_common(first, second):
        return () if (corrected := _corrected_elsewhere(first, second)) is None else (corrected,)
    both = overlap(first.wording, second.wording)
    corrected = _corrected_version(first, second, both) if both.is_copy else None
    # What is corrected and otherwise the same is no further version.
    only_corrected = corrected is not None and both.shorter.share >= MOSTLY
    whole = _as_wholes(first, second, both, corrected) if both.is_copy and not only_corrected else None
    if corrected is None:
        corrected = _corrected_elsewhere(first, second)
    return tuple(link for link in (whole, corrected, _taken(first, second, both)) if link is not None)


def _have_little_in_common(first: _Told, second: _Told) -> bool:
    """A quick look: whether they share too few runs for a copy, and none names the other's outlet."""
    if shared_runs(first.words, second.words) >= FEW_RUNS:
        return False
    return not any(
        names_outlet(one.reading.document.text, other.reading.document.outlet)
        for one, other in ((first, second), (second, first))
    )


def _corrected_version(first: _Told, second: _Told, both: Overlap) -> Link | None:
    """The link from a report with a note on its own earlier version to that version."""
    when = order(first.reading, second.reading)
    house = same_outlet(first.reading, second.reading)
    unknown = not (first.reading.document.outlet and second.reading.document.outlet)
    for noted, other in ((first, second), (second, first)):
        notes = list(mended(noted.reading, noted.notes, other.reading, other.wording))
        if notes and when.later is not other.reading and (house or (unknown and any(note.spans for note in notes))):
            return _correction(noted, other, notes, both.shorter.share)
    return None


def _as_wholes(first: _Told, second: _Told, both: Overlap, corrected: Link | None) -> Link:
    """The link between two reports of which one was made from the other; ``corrected``: the link of a note, if any."""
    when = order(first.reading, second.reading)
    house = corrected is not None or same_outlet(first.reading, second.reading)
    if corrected is not None:
        noted = first if corrected.left == first.id else second
        when = Order(noted.reading, Reason("copies.note", "it corrects an earlier version of itself"))
    elif house and when.later is None:
        when = _grown(first, second, both) or when
    newer, older = (first, second) if when.later is first.reading else (second, first)
    sides = {first.id: both.left, second.id: both.right}
    kind = LinkKind.COPIES
    if house and when.later is not None and is_version(sides[newer.id], sides[older.id]):
        kind = LinkKind.UPDATES
    spans = dict(zip((first.id, second.id), spans_of(both.passages, first.wording, second.wording), strict=True))
    pairs = sorted(zip(spans[newer.id], spans[older.id], strict=True))
    same = (Reason("copies.outlet", "the same outlet"),) if house and corrected is None else ()
    reasons = (*_made(sides[newer.id], sides[older.id], both), *same, when.reason)
    return _link(kind, (newer, older), both.shorter.share, reasons, pairs)


def _grown(first: _Told, second: _Told, both: Overlap) -> Order | None:
    """The order of two versions of one day, by what the later one has more."""
    for newer, one, other in ((first, both.left, both.right), (second, both.right, both.left)):
        if grew(one, other):
            return Order(newer.reading, Reason("copies.grown", "it holds the whole of the other and more", weight=0.7))
    return None


def _made(newer: Side, older: Side, both: Overlap) -> Iterator[Reason]:
    """In words how one was made from the other."""
    side = both.shorter
    share = round(side.share, 2)
    yield Reason("copies.sentences", f"{side.same} of {side.sentences} sentences are the same", weight=share)
    if side.same < side.sentences:
        yield Reason("copies.words", f"{round(100 * side.share)} % of the words stand in both", weight=share)
    if newer.share > older.share and newer.opens and older.opens and newer.ends and not older.ends:
        yield Reason("copies.cut", "cut at the end")
    if not newer.opens and newer.ends and older.ends:
        yield Reason("copies.lead", "the beginning was written anew")
    places = [passage.right for passage in both.passages]
    if places != sorted(places):
        yield Reason("copies.order-of-text", "passages stand in another order")


def _correction(noted: _Told, other: _Told, notes: list[Mended], score: float) -> Link:
    """The link from a report with notes to the report that they correct."""
    found = [span for note in notes for span in note.spans]
    reasons = [reason for note in notes for reason in note.note.reasons[:2]]
    why = "the words that it calls wrong stand there" if found else "the words that it calls wrong were not found there"
    reasons.append(Reason("copies.corrected", why, weight=1.0 if found else 0.3))
    fields = [note.note.field for note in notes if note.note.field is not None]
    link = _link(LinkKind.CORRECTS, (noted, other), score, tuple(reasons), (), next(iter(fields), None))
    spans = tuple(note.note.span for note in notes), tuple(dict.fromkeys(found))
    return replace(link, left_spans=spans[0], right_spans=spans[1])


def _corrected_elsewhere(first: _Told, second: _Told) -> Link | None:
    """The link from a note on another report of the outlet to that report."""
    for noted, other in ((first, second), (second, first)):
        if all(note.own for note in noted.notes):
            continue
        notes = list(mended_elsewhere(noted.reading, noted.notes, other.reading, other.wording))
        if notes:
            return _correction(noted, other, notes, 0.9 if any(note.spans for note in notes) else 0.6)
    return None


def _taken(first: _Told, second: _Told, both: Overlap) -> Link | None:
    """The link for quotations that one report has from the other, with these quotations."""
    if same_outlet(first.reading, second.reading):
        return None
    pairs = same_quotations(first.wording, second.wording)
    if not pairs:
        return None
    when = order(first.reading, second.reading)
    turned = [(right, left) for left, right in pairs]
    ways = ((first, second, pairs), (second, first, turned))
    told = [(taker, giver, list(lifted(taker.reading, said, giver.reading))) for taker, giver, said in ways]
    by_day = when.later if when.reason.rule == "copies.order" else None
    told = [way for way in told if way[2] and by_day is not way[1].reading]
    if len(told) == 1:
        taker, giver, found = told[0]
        score = 0.95 if any(reason.rule == "copies.told" for _, reason in found) else 0.8
        reasons = tuple(dict.fromkeys(reason for _, reason in found))
        return _link(LinkKind.COPIES, (taker, giver), score, reasons, [pair for pair, _ in found], "attribution")
    if not told and both.is_copy and when.later is not None:
        taker, giver, said = ways[0] if when.later is first.reading else ways[1]
        reasons = (Reason("copies.quotations", "otherwise a copy, and the later one", weight=0.7), when.reason)
        return _link(LinkKind.COPIES, (taker, giver), both.shorter.share, reasons, said, "attribution")
    return None


def _link(
    kind: LinkKind,
    ends: tuple[_Told, _Told],
    score: float,
    reasons: tuple[Reason, ...],
    pairs: Sequence[Pair] = (),
    field: str | None = None,
) -> Link:
    lefts, rights = zip(*pairs, strict=True) if pairs else ((), ())
    left, right = (end.id for end in ends)
    id_ = make_id("l", kind, left, right, field)
    return Link(id_, left, right, kind, round(score, 2), "rule", field, reasons, lefts, rights)
