"""Which of two like reports is the later one, and what it is to the earlier: a copy or a new version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.join.reports.naming import bare_outlet, names_outlet, published
from onrecord.join.reports.overlap import Side
from onrecord.record import Reading, Reason, TimeInterval

# Of a later report so much stands in the earlier one, or of the earlier one in it: then it is a new version.
VERSION = 0.4
# Of a version that grew on one day, so much stands in the longer one.
WHOLE = 0.9
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two reports is the later one (None: not known), and how that is known."""

    later: Reading | None
    reason: Reason


def order(one: Reading, other: Reading) -> Order:
    """The order of two reports by their days, by the time of day, or because one names the other's outlet."""
    times = published(one), published(other)
    if times[0] is not None and times[1] is not None:
        for later, after, before in ((one, times[0], times[1]), (other, times[1], times[0])):
            why = _later(after, before)
            if why is not None:
                return Order(later, Reason("copies.order", why))
    naming = [pair for pair in ((one, other), (other, one)) if _names(*pair)]
    if len(naming) == 1 and not same_outlet(one, other):
        later, first = naming[0]
        return Order(later, Reason("copies.credit", f"it names {first.document.outlet}", weight=0.8))
    why = "both are of one day" if all(times) else "not both have a day"
    return Order(None, Reason("copies.no-order", f"which came first is not known: {why}", weight=0.0))


def _later(after: TimeInterval, before: TimeInterval) -> str | None:
    """In words, how much later the first is; None if it is not, or if that is not known."""
    if after.start is not None and before.end is not None and after.start >= before.end:
        days = (after.start - before.end).days + 1
        return "a day later" if days == 1 else f"{days} days later"
    if after.start is not None and after.start == before.start:
        clocks = _CLOCK.fullmatch(after.clock), _CLOCK.fullmatch(before.clock)
        minutes = [60 * int(clock.group(1)) + int(clock.group(2)) for clock in clocks if clock]
        if len(minutes) == len(clocks) and minutes[0] > minutes[1]:
            return f"the same day, at {after.clock} after {before.clock}"
    return None


def _names(one: Reading, other: Reading) -> bool:
    return names_outlet(one.document.text, other.document.outlet)


def same_outlet(one: Reading, other: Reading) -> bool:
    """Whether both are of one outlet, or of one page."""
    outlets = [bare_outlet(reading.document.outlet).casefold() for reading in (one, other)]
    return (bool(outlets[0]) and outlets[0] == outlets[1]) or same_page(one, other)


def same_page(one: Reading, other: Reading) -> bool:
    """Whether both were read from one address."""
    pages = [re.split(r"[?#]", reading.document.url)[0].rstrip("/") for reading in (one, other)]
    return bool(pages[0]) and pages[0] == pages[1]


def grew(one: Side, other: Side) -> bool:
    """Whether the first holds nearly all of the other and more, and the other nothing of its own."""
    return other.share >= WHOLE and one.words - one.shared > other.words - other.shared and one.share < other.share


def is_version(later: Side, earlier: Side) -> bool:
    """Whether the later one has new words, and much of one is the other."""
    return later.shared < later.words and max(later.share, earlier.share) >= VERSION
