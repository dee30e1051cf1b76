"""Quotations that a report took from another: word for word, and by its own account said to the other outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.join.reports.naming import names_outlet
from onrecord.join.reports.wording import Wording
from onrecord.record import ChannelKind, Reading, Reason, Span

# Of a quotation with fewer words nobody can tell where it comes from.
WORDS = 8
# How far around a quotation the outlet is named that has it first, in characters.
NEAR = 250

Pair = tuple[Span, Span]


def same_quotations(left: Wording, right: Wording) -> list[Pair]:
    """The long quotations that stand in both, the shorter one inside the other word for word."""
    theirs: dict[tuple[str, ...], tuple[int, int, int]] = {}
    for first, end in right.quotations:
        for n in range(first, end - WORDS + 1):
            theirs.setdefault(right.words[n : n + WORDS], (n, first, end))
    found = []
    for first, end in left.quotations:
        runs = ((n, theirs.get(left.words[n : n + WORDS])) for n in range(first, end - WORDS + 1))
        pairs = (_inside(left, right, (n, first, end), other) for n, other in runs if other is not None)
        found += [pair for pair in pairs if pair is not None][:1]
    return found


def _inside(left: Wording, right: Wording, ours: tuple[int, int, int], theirs: tuple[int, int, int]) -> Pair | None:
    """The words of both quotations (where they run together, first, end), if one holds the whole of the other."""
    back = min(ours[0] - ours[1], theirs[0] - theirs[1])
    length = back + min(ours[2] - ours[0], theirs[2] - theirs[0])
    first, start = ours[0] - back, theirs[0] - back
    if length < min(ours[2] - ours[1], theirs[2] - theirs[1]):
        return None
    if left.words[first : first + length] != right.words[start : start + length]:
        return None
    return left.span(first, first + length), right.span(start, start + length)


def lifted(taker: Reading, pairs: Sequence[Pair], giver: Reading) -> Iterator[tuple[Pair, Reason]]:
    """Of the quotations in both, those of which the first report says that the other's outlet had them."""
    outlet = giver.document.outlet
    if not outlet or names_outlet(taker.document.outlet, outlet):
        return
    for pair in pairs:
        channel = _channel(taker, pair[0])
        if channel is not None and names_outlet(channel.cut(taker.document.text), outlet):
            yield pair, Reason("copies.told", f"it was told to {outlet}", channel)
            continue
        around = _around(taker, pair[0])
        if names_outlet(around.cut(taker.document.text), outlet):
            yield pair, Reason("copies.named", f"it names {outlet} beside the quotation", around, 0.8)


def _channel(reading: Reading, quotation: Span) -> Span | None:
    """The words for the outlet to which the quoted words were said."""
    for said in reading.statements:
        channel = said.channel
        if channel is None or channel.kind is not ChannelKind.OUTLET:
            continue
        if any(span.overlaps(quotation) for span in said.content):
            return channel.span
    return None


def _around(reading: Reading, quotation: Span) -> Span:
    """The paragraph's words near a quotation."""
    text = reading.document.text
    start = max(text.rfind("\n\n", 0, quotation.start) + 1, quotation.start - NEAR)
    end = text.find("\n\n", quotation.end)
    return Span(start, min(len(text) if end < 0 else end, quotation.end + NEAR))
