"""Cues: every attribution of the report, before it is known who the source is.

Each attribution has cue words, the words of its source and the words it ascribes. Verbs (``verbal``), nouns,
adjectives and set phrases (``phrasal``) and the layout of the page (``layout``) propose; here the proposals are put in
order, quotations that go on are given to whom they belong, borders are set, and what contradicts itself is dropped.
Then the learned head (``head``) looks, and both are put together (``fusion``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.says import layout, phrasal, verbal
from onrecord.extract.says.attribution import Attribution, as_cue, settled
from onrecord.extract.says.fusion import fused
from onrecord.extract.says.page import Page, Piece
from onrecord.extract.says.signs import signs_of
from onrecord.record import Cue, Id, Reading


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Cue, ...]:
    """The stage ``cues``: all attributions, nested ones too, in the order of their cue words."""
    page = Page.of(reading, parse)
    found = by_rules(page, tools)
    if tools.says is not None:
        signs = signs_of(parse, reading.quotations, in_words(found, page, reading.document.id))
        found = fused(page, tools, found, tools.says.see(signs), tools.says.calibration)
    return in_words(found, page, reading.document.id)


def by_rules(page: Page, tools: Tools) -> list[Attribution]:
    """What the rules find, with its borders set."""
    proposed = [*verbal.find(page, tools), *phrasal.find(page, tools), *layout.find(page)]
    proposed.sort(key=lambda attribution: attribution.first)
    return [found for one in carried_on(_one_per_cue(proposed), page) if (found := settled(one, page)) is not None]


def in_words(found: Iterable[Attribution], page: Page, document: Id) -> tuple[Cue, ...]:
    """Attributions cut out of the text."""
    cues = (as_cue(attribution, page, document) for attribution in found)
    return tuple({cue.id: cue for cue in cues if cue is not None}.values())


def _one_per_cue(proposed: Iterable[Attribution]) -> list[Attribution]:
    """Of proposals that share a cue word, the first, in the order of the text.

    "Voiced fear that ...": the noun with its clause goes before the verb with a mere object.
    """
    taken = set[int]()
    kept = []
    ordered = sorted(proposed, key=lambda one: (one.first, one.shape in {"cues.object", "cues.clause"}))
    for attribution in ordered:
        words = {i for piece in attribution.cue for i in range(*piece)}
        if not words & taken:
            kept.append(attribution)
            taken |= words
    return kept


def carried_on(attributions: list[Attribution], page: Page) -> list[Attribution]:
    """Give each quotation that no cue claims to the attribution it goes on from.

    "A," she said. "B." is one statement. A quotation goes on if it begins right after the sentence of an attribution
    that quotes, in the same paragraph; one that is carried over from the paragraph before goes on too.
    """
    claimed: dict[Piece, int] = {}
    last: dict[int, int] = {}
    for number, one in enumerate(attributions):
        for piece in one.content:
            for quote in {page.quote(piece[0]), page.quote(piece[1] - 1)} - {None}:
                if page.quote(one.first) is None:
                    claimed.setdefault(quote, number)  # type: ignore[arg-type]
    result = list(attributions)
    for before, quote in zip((None, *page.quotes), page.quotes, strict=False):
        if before is None or quote in claimed or before not in claimed:
            continue
        owner = claimed[before]
        if goes_on(page, before, quote, attributions[owner]):
            result[owner] = replace(
                result[owner].with_content(quote), also=(*result[owner].also, ("cues.goes-on", quote))
            )
            claimed[quote] = owner
            last[owner] = quote[1]
    return result


def goes_on(page: Page, before: Piece, quote: Piece, owner: Attribution) -> bool:
    """Whether a quotation carries on the one before: only the owner's own words, or none, stand between them."""
    if page.paragraph(before[0]) != page.paragraph(quote[0]):
        return all(page.doc[i].is_space for i in range(before[1], quote[0])) and page.doc[before[1] - 1].text not in {
            '"',
            "”",
            "''",
        }
    if not any(before[1] <= i < quote[0] for i in (owner.first,)):
        return all(page.doc[i].is_space for i in range(before[1], quote[0]))
    between = page.doc[quote[0] - 1]
    return between.is_space or (between.text in {".", ",", ":", ";", "—", "–"} and _one_sentence(page, owner, quote))


def _one_sentence(page: Page, owner: Attribution, quote: Piece) -> bool:
    """Whether no full stop stands between the cue and the quotation, but the one right before it."""
    return not any(page.doc[i].text in {".", "!", "?"} for i in range(owner.first, quote[0] - 1))
