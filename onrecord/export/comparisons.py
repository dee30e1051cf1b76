"""What comes of setting reports beside each other: contradictions, copies, changes. A link with both sides' words.

Nothing here says which side is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.export.account_json import interval_json
from onrecord.export.citations import Citation, Tellings, cite, one_line, tellings
from onrecord.export.days import days_in_words
from onrecord.export.resolved import Resolved
from onrecord.record import Id, Link, LinkKind, TimeInterval

Row = Mapping[str, object]
# Between reports: one copies another, is a later version of it, or corrects it.
OF_REPORTS = (LinkKind.COPIES, LinkKind.UPDATES, LinkKind.CORRECTS)
CHANGES = (LinkKind.UPDATES, LinkKind.CORRECTS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tellings of something, or two reports, set beside each other.

    ``left`` is the copy, or the later told. ``field``: what the link is about ("when", "status" ...; empty: the whole).
    ``note``: the reasons in words. ``passages``: how many passages two reports share, or the left side has.
    """

    id: Id
    kind: LinkKind
    field: str
    note: str
    score: float
    left: Citation
    right: Citation
    passages: int

    @property
    def of_reports(self) -> bool:
        """Whether whole reports are compared, and not what they tell of one event."""
        return self.left.row == self.left.report and self.right.row == self.right.report


def comparisons(told: Tellings) -> tuple[Comparison, ...]:
    """Every contradiction, copy, update and correction of an account, by day of publication of the later side."""
    account = told.resolved.account
    links = (*account.links, *(link for reading in account.readings for link in reading.links))
    kinds = {LinkKind.CONTRADICTS, *OF_REPORTS}
    known = told.events.keys() | told.readings.keys()
    found = [_comparison(ln, told) for ln in links if ln.kind in kinds and {ln.left, ln.right} <= known]
    return tuple(sorted(found, key=_by_time))


def _comparison(link: Link, told: Tellings) -> Comparison:
    return Comparison(
        link.id,
        link.kind,
        link.field or "",
        "; ".join(filter(None, dict.fromkeys(one_line(reason.note) for reason in link.reasons))),
        link.score,
        cite(link.left, link.left_spans, told),
        cite(link.right, link.right_spans, told),
        len(link.left_spans),
    )


def _by_time(compared: Comparison) -> tuple[date, date, Id]:
    days = (compared.left.day, compared.right.day)
    return max(days), min(days), compared.id


def is_conflict(compared: Comparison) -> bool:
    """Whether two tellings contradict each other."""
    return compared.kind is LinkKind.CONTRADICTS


def is_copy(compared: Comparison) -> bool:
    """Whether one report copies, brings up to date or corrects another."""
    return compared.kind in OF_REPORTS and compared.of_reports


def is_change(compared: Comparison) -> bool:
    """Whether something was told otherwise later: of an event, or by a correction."""
    return compared.kind in CHANGES and not (compared.kind is LinkKind.UPDATES and compared.of_reports)


# ------------------------------------------------------------------------------------------------ as rows

_SIDE = ("words", "says", "source_kind", "status", "when", "outlet", "published")
_PLACE = ("report", "start", "end")


def _columns(left: str, right: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{side}_{name}" for side in (left, right) for name in names)


CONFLICT_COLUMNS = (
    "id", "field", *_columns("left", "right", _SIDE), "reason", "score",
    *_columns("left", "right", ("event", *_PLACE)),
)  # fmt: skip
COPY_COLUMNS = (
    "id", "kind", "field", "left_title", "right_title", *_columns("left", "right", ("outlet", "published")), "passages",
    "words", "reason", "score", *_columns("left", "right", _PLACE),
)  # fmt: skip
CHANGE_COLUMNS = (
    "id", "kind", "field", "change", *_columns("earlier", "later", _SIDE), "score",
    *_columns("earlier", "later", ("event", *_PLACE)),
)  # fmt: skip


def conflict_rows(resolved: Resolved) -> Iterator[Row]:
    """Contradictions between tellings, also those inside one report; both sides with their words."""
    told = tellings(resolved)
    for found in filter(is_conflict, comparisons(told)):
        sides = _side("left", found.left, told) | _side("right", found.right, told)
        yield _head(found) | {"reason": found.note} | sides | _about((found.left, found.right), told)


def copy_rows(resolved: Resolved) -> Iterator[Row]:
    """Reports that copy, bring up to date or correct others; ``words`` are the first that they share."""
    told = tellings(resolved)
    for found in filter(is_copy, comparisons(told)):
        words = cite(found.left.row, found.left.spans[:1], told).words
        sides = _side("left", found.left, told) | _side("right", found.right, told)
        yield _head(found) | {
            "left_title": told.readings[found.left.report].document.title,
            "right_title": told.readings[found.right.report].document.title,
            "passages": found.passages, "words": words, "reason": found.note,
        } | sides | _stretch([told.readings[found.left.report].published])  # fmt: skip


def change_rows(resolved: Resolved) -> Iterator[Row]:
    """What was told otherwise later, the earliest change first."""
    told = tellings(resolved)
    for found in filter(is_change, comparisons(told)):
        sides = _side("earlier", found.right, told) | _side("later", found.left, told)
        yield _head(found) | {"change": found.note} | sides | _about((found.left, found.right), told)


def _head(found: Comparison) -> dict[str, object]:
    return {"id": found.id, "kind": found.kind.value, "field": found.field, "score": found.score}


def _side(name: str, cited: Citation, told: Tellings) -> dict[str, object]:
    event = told.events[cited.row][0] if cited.row in told.events else None
    statement = told.statements.get(event.statement or "") if event else None
    kind = statement.source.kind.value if statement else None
    cells = {
        "words": cited.words, "says": cited.says, "source_kind": kind,
        "status": cited.status.value if cited.status else None, "when": days_in_words(event.when) if event else "",
        "outlet": cited.told_by, "published": cited.published, "event": event.id if event else None,
        "report": cited.report, "start": min((span.start for span in cited.spans), default=None),
        "end": max((span.end for span in cited.spans), default=None),
    }  # fmt: skip
    return {f"{name}_{cell}": value for cell, value in cells.items()}


def _about(sides: Iterable[Citation], told: Tellings) -> dict[str, object]:
    """Who takes part in what the sides tell, and between which days it may lie: for the filters."""
    events = [told.events[cited.row][0] for cited in sides if cited.row in told.events]
    actors = told.resolved.names(id_ for event in events for id_ in event.with_part("actor"))
    recipients = told.resolved.names(id_ for event in events for id_ in event.with_part("recipient"))
    dated = [told.readings[cited.report].published for cited in sides if cited.row in told.readings]
    return {
        "actors": "; ".join(dict.fromkeys(actors)),
        "recipients": "; ".join(dict.fromkeys(recipients)),
        **_stretch([*(event.when for event in events), *dated]),
    }


def _stretch(times: Iterable[TimeInterval | None]) -> dict[str, object]:
    """The days from the first to the last of some times; open where one of them is."""
    shown = [day for time in times if (day := interval_json(time)) is not None]
    firsts, lasts = [day["earliest"] for day in shown], [day["latest"] for day in shown]
    return {
        "earliest": min(firsts) if firsts and None not in firsts else None,
        "latest": max(lasts) if lasts and None not in lasts else None,
    }
