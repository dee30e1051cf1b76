"""Do two tellings of two reports tell the same event? A probability, and the reasons for and against it.

An additive model: each sign (``onrecord.join.what.signs``) falls into one of a few bins, each bin has a weight, and the
sum of the weights is the logarithm of the odds. The weights lie in ``sameness.toml``, with what they were learnt from.
How sure the reports are that it happened plays no part: a denial tells the same event.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from math import exp

from onrecord.errors import BadRule
from onrecord.join.what import signs
from onrecord.join.what.signs import APART, NEARBY, SAME_DAY, SAME_MONTH, SAME_PLACE, UNKNOWN
from onrecord.join.what.telling import Days, Setting, Telling
from onrecord.record import Reason

# Two tellings are joined if they are one with this probability, and agree on so many slots beside what is done.
ENOUGH, SLOTS = 0.25, 2
# Explicit dates further apart than this are of two events; in days.
FEW_DAYS = 7
# From how much shared weight on the words of two clauses agree; from which cosine on two reports do, and up to which
# they differ.
SHARED_WORDS, SHARED_GIST, OTHER_GIST = 4.0, 0.15, 0.05
NAMES = (
    "same_head", "same_stem", "kin", "step", "alike", "rarity", "particle", "type", "before", "say",
    "actor", "recipient", "anybody", "anybody_share", "place", "time", "number", "ordinal", "clause", "clause_share",
    "sentence_share", "gist", "company", "company_share", "leading", "published",
)  # fmt: skip
AT = {name: at for at, name in enumerate(NAMES)}


class Slot(StrEnum):
    """What two tellings can agree on, beside what is done."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    OTHER = "other"
    PLACE = "place"
    TIME = "time"
    NUMBER = "number"
    WORDS = "words"
    COMPANY = "company"


class Stand(StrEnum):
    """How two tellings stand to each other on one slot."""

    AGREE = "agree"
    DIFFER = "differ"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sameness:
    """Whether two tellings tell one event. ``score`` is a probability; ``signs`` are the values that it comes from."""

    left: Telling
    right: Telling
    score: float
    signs: tuple[float, ...] = ()

    def stand(self, slot: Slot) -> Stand:
        """How the two stand to each other on a slot."""
        return _STANDS[slot](self) if self.signs else Stand.UNKNOWN

    @property
    def slots(self) -> dict[Slot, Stand]:
        """All slots, with how the two stand to each other on each."""
        return {slot: self.stand(slot) for slot in Slot}

    @property
    def agreeing(self) -> tuple[Slot, ...]:
        """The slots on which the two agree."""
        return tuple(slot for slot in Slot if self.stand(slot) is Stand.AGREE)

    @property
    def forbidden(self) -> bool:
        """Whether the two cannot be one: both name days, and these are far from each other."""
        when, other = self.left.when, self.right.when
        if when is None or other is None or not (when.explicit and other.explicit):
            return False
        return (signs.gap(when, other) or 0) > FEW_DAYS

    @property
    def firm(self) -> tuple[Slot, ...]:
        """The slots on which the two agree by a name, a day or a place: "the people" in both is no name."""
        return tuple(slot for slot in _FIRM if self.stand(slot) is Stand.AGREE and self._at(slot) != signs.SAME_NOUN)

    @property
    def counts_differ(self) -> bool:
        """Whether one is the second of its sort and the other the third."""
        return self._at("ordinal") == 0.0

    @property
    def another(self) -> bool:
        """Whether only one is told as a second, a third ... and what it befalls is called by another noun or name."""
        return self._at("ordinal") == signs.ONE_SIDED and self._at("recipient") in {signs.UNSURE, APART}

    def may_join(self, enough: float = ENOUGH, slots: int = SLOTS) -> bool:
        """Whether the two may become one: likely, nothing forbids it, and enough slots agree."""
        return self.score >= enough and not self.forbidden and len(self.agreeing) >= slots

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, in words: what is for it first, then what is against it."""
        found = list(_reasons(self))
        return tuple(sorted(found, key=lambda reason: reason.rule.startswith("same-event.against")))

    def _at(self, name: str) -> float:
        return self.signs[AT[name]] if self.signs else UNKNOWN


def compare(left: Telling, right: Telling, left_setting: Setting, right_setting: Setting) -> Sameness:
    """How likely two tellings of two reports tell one event.

    Where the words for what is done have nothing to do with each other, nothing else is looked at: the score is 0.
    """
    found = signs_of(left, right, left_setting, right_setting)
    return Sameness(left, right, _model().probability(found) if found else 0.0, found)


def signs_of(left: Telling, right: Telling, left_setting: Setting, right_setting: Setting) -> tuple[float, ...]:
    """The value of each sign, in the order of ``NAMES``; none if the words for what is done do not go together."""
    one = signs.predicate(left.verb, left.words, left.before, left.after, left.type)
    other = signs.predicate(right.verb, right.words, right.before, right.after, right.type)
    if not signs.go_together(one, other):
        return ()
    return (*signs.of_predicates(one, other), *_beside(left, right), *signs.of_settings(left_setting, right_setting))


def _beside(left: Telling, right: Telling) -> tuple[float, ...]:
    """The signs beside the words for what is done: who, where, when, how many, and in which words."""
    one, other = signs.prepared(left), signs.prepared(right)
    return (
        signs.of_names(one.actors, other.actors),
        signs.of_names(one.recipients, other.recipients),
        signs.of_names(one.everybody, other.everybody),
        signs.in_common(one.everybody, other.everybody),
        signs.of_places(left.where, right.where),
        signs.of_times(left.when, right.when),
        signs.of_numbers(left.numbers, right.numbers) if left.numbers and right.numbers else UNKNOWN,
        signs.of_ordinals(one.ordinals, other.ordinals),
        *signs.of_words(one.clause, other.clause),
        signs.of_words(one.sentence, other.sentence)[1],
    )


# ------------------------------------------------------------------------------------------------ the model


@dataclass(frozen=True, slots=True)
class Model:
    """For each sign, where its bins end and what each weighs; and what all weigh that nothing is known of."""

    start: float
    bins: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]

    def probability(self, found: Iterable[float]) -> float:
        """How likely it is that two tellings with these signs are one."""
        total = self.start
        for value, (ends, weights) in zip(found, self.bins, strict=True):
            total += weights[bisect_right(ends, value)]
        return round(1 / (1 + exp(-total)), 4)

    def weight(self, name: str, value: float) -> float:
        """What a value of a sign weighs."""
        ends, weights = self.bins[AT[name]]
        return weights[bisect_right(ends, value)]


@cache
def _model() -> Model:
    path = resources.files("onrecord").joinpath("join", "what", "sameness.toml")
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [read["signs"][name] for name in NAMES]
        bins = tuple((tuple(map(float, row["ends"])), tuple(map(float, row["weights"]))) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRule(f"{path}: cannot be read ({error}); install onrecord again") from error
    if any(len(weights) != len(ends) + 1 or list(ends) != sorted(ends) for ends, weights in bins):
        raise BadRule(f"{path}: a sign must have one weight more than ends, and its ends in order")
    return Model(float(read["start"]), bins)


# ------------------------------------------------------------------------------------------------ slots


def _stand(value: float, agree: float, differ: float) -> Stand:
    """Agree from one value on, differ from 0 up to another."""
    return Stand.AGREE if value >= agree else Stand.DIFFER if 0 <= value <= differ else Stand.UNKNOWN


def _others(one: Sameness) -> Stand:
    """Somebody beside a common actor and recipient who is in both, or named in both sentences; or nobody at all."""
    left, right = signs.prepared(one.left), signs.prepared(one.right)
    both = left.around & right.around
    if both - (left.actors.last & right.actors.last) - (left.recipients.last & right.recipients.last):
        return Stand.AGREE
    return Stand.DIFFER if one._at("anybody") == APART else Stand.UNKNOWN


_FIRM = (Slot.ACTOR, Slot.RECIPIENT, Slot.PLACE, Slot.TIME)
_STANDS: dict[Slot, Callable[[Sameness], Stand]] = {
    Slot.ACTOR: lambda one: _stand(one._at("actor"), signs.LAST_WORD, APART),
    Slot.RECIPIENT: lambda one: _stand(one._at("recipient"), signs.LAST_WORD, APART),
    Slot.OTHER: _others,
    Slot.PLACE: lambda one: _stand(one._at("place"), NEARBY, signs.SAME_COUNTRY),
    Slot.TIME: lambda one: _stand(one._at("time"), SAME_MONTH, signs.DAYS_APART),
    Slot.NUMBER: lambda one: _stand(one._at("number"), 1.0, 0.0),
    Slot.WORDS: lambda one: _stand(one._at("clause"), SHARED_WORDS, UNKNOWN),
    Slot.COMPANY: lambda one: _stand(one._at("gist"), SHARED_GIST, OTHER_GIST),
}


# ------------------------------------------------------------------------------------------------ reasons


def _reasons(one: Sameness) -> Iterator[Reason]:
    left, right = one.left, one.right
    if not one.signs:
        yield _against("predicate", f'"{left.words}" and "{right.words}" tell different things')
        return
    yield _for(one, "predicate", "kin", _predicates(one))
    stands = one.slots
    for slot, ours, theirs in (
        (Slot.ACTOR, left.actors, right.actors),
        (Slot.RECIPIENT, left.recipients, right.recipients),
        (Slot.OTHER, _around(left), _around(right)),
    ):
        if stands[slot] is Stand.AGREE:
            yield _for(one, slot, _SIGN[slot], f"the same {_PART[slot]}: {_common(ours, theirs)}")
        elif stands[slot] is Stand.DIFFER and slot is not Slot.OTHER:
            yield _against(slot, f"the {_PART[slot]} is {_shown(ours[0])} in one, {_shown(theirs[0])} in the other")
    yield from _where_and_when(one, stands)
    if stands[Slot.NUMBER] is Stand.AGREE:
        yield _for(one, Slot.NUMBER, "number", "both give the same number")
    elif stands[Slot.NUMBER] is Stand.DIFFER:
        yield _against(Slot.NUMBER, "they give different numbers of the same")
    if one._at("ordinal") == 0.0:
        yield _against("ordinal", "one tells another of its sort (second, third ...) than the other")
    if stands[Slot.WORDS] is Stand.AGREE:
        yield _for(one, Slot.WORDS, "clause", f"both speak of {_listed(_words_in_common(left, right))}")
    if stands[Slot.COMPANY] is Stand.AGREE:
        yield _for(one, Slot.COMPANY, "gist", "the two reports are about the same affair")
    elif stands[Slot.COMPANY] is Stand.DIFFER:
        yield _against(Slot.COMPANY, "the two reports have little in common")


_SIGN = {Slot.ACTOR: "actor", Slot.RECIPIENT: "recipient", Slot.OTHER: "anybody"}
_PART = {Slot.ACTOR: "actor", Slot.RECIPIENT: "recipient", Slot.OTHER: "participant"}


def _where_and_when(one: Sameness, stands: dict[Slot, Stand]) -> Iterator[Reason]:
    here, there = one.left.where, one.right.where
    if here is not None and there is not None:
        ours, theirs = (_shown(next(iter(point.names), "?")) for point in (here, there))
        if stands[Slot.PLACE] is Stand.AGREE:
            same = one._at("place") == SAME_PLACE
            yield _for(one, Slot.PLACE, "place", f"both are at {ours}" if same else f"{ours} is near {theirs}")
        elif stands[Slot.PLACE] is Stand.DIFFER:
            yield _against(Slot.PLACE, f"one is at {ours}, the other at {theirs}")
    when, other = one.left.when, one.right.when
    if when is not None and other is not None:
        if stands[Slot.TIME] is Stand.AGREE:
            same = one._at("time") == SAME_DAY
            note = f"both happened on {_days(when)}" if same else f"{_days(when)} goes with {_days(other)}"
            yield _for(one, Slot.TIME, "time", note)
        elif stands[Slot.TIME] is Stand.DIFFER:
            yield _against(Slot.TIME, f"one is on {_days(when)}, the other on {_days(other)}")


def _predicates(one: Sameness) -> str:
    left, right = one.left, one.right
    if left.words == right.words:
        return f'both say "{left.words}"'
    if one._at("same_head") or one._at("kin") > 0.1:
        return f'both tell the same act ("{left.words}", "{right.words}")'
    return f'"{left.words}" and "{right.words}" go together'


def _around(telling: Telling) -> tuple[str, ...]:
    return (*telling.others, *telling.beside, *telling.recipients, *telling.actors)


def _days(days: Days) -> str:
    """Days as they are read: "3 May 2023", or the first and the last of several."""
    if days.first is None or days.end is None:
        return "an open time"
    first, last = date.fromordinal(days.first), date.fromordinal(days.end - 1)
    ends = [f"{day.day} {day:%B %Y}" for day in ((first,) if first == last else (first, last))]
    return " to ".join(ends)


def _common(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    same = [name for name in ours if name in theirs]
    if same:
        return _shown(max(same, key=len))
    last = {name.lstrip("~").rpartition(" ")[2] for name in theirs}
    return next((_shown(name) for name in ours if name.lstrip("~").rpartition(" ")[2] in last), "")


def _words_in_common(left: Telling, right: Telling) -> list[str]:
    stems = {signs.stem(word) for word in right.clause}
    both = [word for word in left.clause if signs.stem(word) in stems]
    return sorted(both, key=lambda word: (-signs.rarity(signs.stem(word)), word))[:3]


def _shown(name: str) -> str:
    return f"the {name[1:]}" if name.startswith("~") else name


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _for(one: Sameness, what: str, sign: str, note: str) -> Reason:
    weight = _model().weight(sign, one._at(sign))
    return Reason(f"same-event.{what}", note, weight=round(min(1.0, max(0.1, weight / 3)), 2), model=True)


def _against(what: str, note: str) -> Reason:
    return Reason(f"same-event.against-{what}", f"against it: {note}", weight=0.0, model=True)
