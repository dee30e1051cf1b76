"""Quantities: how many, as the report counts: "about 300 soldiers", "dozens of monks", "a third of the 120", "$3m"."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from onrecord.extract.parse import Parse, Tools
from onrecord.extract.what.amounts import Amount, Share, amounts
from onrecord.extract.what.counted import Counted, Scene, definite, judge, tie
from onrecord.extract.what.numerals import Sign, Words
from onrecord.record import Id, Quantity, Reading, Reason, Span, make_id

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many sentences back "of them" and "others" reach for what was counted, and how many quantities.
REACH, LOOKED_AT = 1, 12
# How many words after "of" the noun of a whole may stand.
WORDS_TO_WHOLE = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity that was found, as later ones look back at it."""

    quantity: Quantity
    amount: Amount
    sentence: int
    part: bool


@dataclass
class Before:
    """The quantities told so far, in the order of the text."""

    sentences: tuple[int, ...]
    told: list[Told] = field(default_factory=list)
    by_unit: dict[str, Told] = field(default_factory=dict)
    by_entity: dict[Id, Told] = field(default_factory=dict)
    by_token: dict[int, Told] = field(default_factory=dict)

    def add(self, told: Told) -> None:
        """Remember one; a part of a whole is no whole to come back to."""
        self.told.append(told)
        for i in range(told.amount.core[0], told.amount.core[1] + 1):
            self.by_token[i] = told
        if told.part or told.amount.money:
            return
        self.by_unit[told.quantity.unit] = told
        if told.quantity.of is not None:
            self.by_entity[told.quantity.of] = told

    def nearest(self, at: int, least: Fraction | None) -> Told | None:
        """What was counted last with a unit, in this sentence or the one before; never fewer than its own part."""
        for told in self.told[: -LOOKED_AT - 1 : -1]:
            if self.sentences[at] - told.sentence > REACH:
                return None
            quantity = told.quantity
            large = quantity.max is None or quantity.max >= max(least or 0, 2)
            if quantity.unit and not told.amount.money and not told.part and large:
                return told
        return None


def find(reading: Reading, parse: Parse, tools: Tools) -> tuple[Quantity, ...]:
    """The stage ``quantities``: numbers of people, things, events and money; no dates, ages, labels and rates."""
    scene = Scene.of(reading, parse, tools.lexicons)
    verbs = tools.lexicons["count-changes"].by_key
    changes = frozenset(token.i for token in parse.doc if token.pos_ == "VERB" and token.lemma_.lower() in verbs)
    before = Before(_sentence_numbers(parse))
    shares = []
    for amount in amounts(parse.doc, Words.of(tools.lexicons), changes):
        if isinstance(amount, Share):
            noun = _whole_noun(scene, amount)
            if noun is not None:
                shares.append((amount, noun, _counted_before(scene, before, amount, noun)))
            continue
        counted = judge(scene, amount)
        if counted is not None:
            before.add(_told(reading, scene, before, amount, counted))
    found = [told.quantity for told in before.told]
    for share, noun, earlier in shares:
        here = [before.by_token[i] for i in range(share.whole, noun.i + 1) if i in before.by_token]
        whole = here[0] if here else earlier
        if whole is not None or share.kind == "part":
            found.append(_reckoned(reading, scene, share, noun, whole))
    return tuple(sorted(found, key=lambda quantity: (quantity.span.start, quantity.span.end)))


def _sentence_numbers(parse: Parse) -> tuple[int, ...]:
    return tuple(n for n, sentence in enumerate(parse.doc.sents) for _ in sentence)


def _told(reading: Reading, scene: Scene, before: Before, amount: Amount, counted: Counted) -> Told:
    low = floor(amount.low) if amount.low is not None else None
    high = ceil(amount.high) if amount.high is not None else None
    span = scene.parse.between(scene.doc[amount.first], scene.doc[amount.last])
    if span.cut(reading.document.text).endswith("m."):  # "$5m." at the end of a sentence
        span = Span(span.start, span.end - 1)
    unit, reasons = counted.unit, (*_signs(scene, amount.signs), *counted.reasons)
    if counted.borrows:
        source = before.nearest(amount.first, amount.low)
        unit = source.quantity.unit if source is not None else unit
        reasons += (_looks_back(source),) if source is not None else ()
    approximate = amount.approximate
    if (amount.low is not None and low != amount.low) or (amount.high is not None and high != amount.high):
        approximate = True
        reasons += (Reason("quantities.rounded", "a fraction, given between whole numbers", span),)
    of = None
    if amount.earlier:
        reasons += (Reason("quantities.earlier", "told as what it was before", span),)
    else:
        target, why = tie(scene, counted)
        of, reasons = (target.id if target is not None else None), reasons + why
    key = make_id("q", reading.document.id, span.start, span.end)
    quantity = Quantity(key, span, low, high, unit, approximate, of, reasons)
    return Told(quantity, amount, before.sentences[amount.first], counted.part or amount.earlier)


def _signs(scene: Scene, signs: tuple[Sign, ...]) -> tuple[Reason, ...]:
    found = []
    for sign in signs:
        span = scene.parse.between(scene.doc[sign.first], scene.doc[sign.last])
        found.append(Reason(sign.rule, scene.doc[sign.first : sign.last + 1].text, span))
    return tuple(found)


def _looks_back(source: Told) -> Reason:
    quantity = source.quantity
    return Reason("quantities.counted-before", f"of the {quantity.unit} counted before", quantity.span)


# ------------------------------------------------------------------------------------------------------------ shares


def _reckoned(reading: Reading, scene: Scene, share: Share, noun: Token, whole: Told | None) -> Quantity:
    """A share as a range of its whole; without bounds where the number of the whole is not known."""
    span = scene.parse.between(scene.doc[share.first], scene.doc[share.last])
    pronoun = noun.pos_ == "PRON"
    unit = whole.quantity.unit if whole is not None else "" if pronoun else noun.lemma_.lower()
    low, high = _bounds(share, whole)
    words = span.cut(reading.document.text)
    if whole is not None:
        of_what = whole.quantity.span.cut(reading.document.text)
        reason = Reason("quantities.reckoned", f"{words} of {of_what} {unit}", whole.quantity.span)
    else:
        reason = Reason("quantities.whole-unknown", f"{words} of a number that is not told", span)
    counted = Counted(unit, scene.doc[share.word], scene.doc[share.word])
    target, why = tie(scene, counted)
    key = make_id("q", reading.document.id, span.start, span.end)
    reasons = (*_signs(scene, share.signs), reason, *why)
    return Quantity(key, span, low, high, unit, True, target.id if target is not None else None, reasons)


def _whole_noun(scene: Scene, share: Share) -> Token | None:
    """What the share is a part of: a plural, or "them"; no stretch of time."""
    doc = scene.doc
    for token in doc[share.whole : share.whole + WORDS_TO_WHOLE]:
        is_pronoun = token.pos_ == "PRON" and token.lower_ in {"them", "those", "these"}
        if is_pronoun or token.tag_ in {"NNS", "NNPS"} or (share.kind == "times" and token.pos_ == "NUM"):
            is_time = token.i in scene.timed or token.lemma_.lower() in scene.lexicons["time-units"].by_key
            return None if is_time else token
        if token.pos_ in {"VERB", "AUX", "PUNCT", "ADP", "CCONJ"}:
            return None
    return None


def _counted_before(scene: Scene, before: Before, share: Share, noun: Token) -> Told | None:
    """The same thing as it was counted before: "the prisoners" after "120 prisoners"; "them", where that is known."""
    if noun.pos_ != "PRON":
        return before.by_unit.get(noun.lemma_.lower()) if definite(noun) else None
    entity = scene.entity(noun)
    return before.by_entity.get(entity.id) if entity is not None else before.nearest(share.first, None)


def _bounds(share: Share, whole: Told | None) -> tuple[int | None, int | None]:
    """The share of the whole, widened to whole numbers; a part is never more than its whole."""
    if whole is None:
        return None, None
    low, high = whole.amount.low, whole.amount.high
    least = floor(low * share.least) if low is not None and share.least is not None else None
    if share.most is None and share.kind != "times":
        return least, ceil(high) if high is not None else None
    most = ceil(high * share.most) if high is not None and share.most is not None else None
    return least, most
