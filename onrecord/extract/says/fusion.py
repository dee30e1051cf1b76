"""Rules and the learned head put together: one list of attributions, each with how likely it is right.

What both find is one row: the cue, its kind and its stance are the rules', the borders of source and content those that
proved right more often. What only one of them finds stays if its score reaches the bound. The score is a logistic
regression over how sure the head is and how the two agree, fitted on texts that the head has not learnt from
(``training/calibrate.py``). The head knows no attribution inside another, so what rules find there stays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from onrecord.extract.parse import Tools
from onrecord.extract.says.attribution import Attribution, settled
from onrecord.extract.says.cuewords import meaning_of
from onrecord.extract.says.head import CONTENT, SOURCE, Run, Sight
from onrecord.extract.says.page import LOOSE, Page, Piece, without
from onrecord.record import StatementKind

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

    Floats = NDArray[Any]

SHAPES = ("clause", "quotation", "object", "infinitive", "preposition", "noun", "adjective", "phrase", "parenthesis")
# What the score is reckoned from, in this order.
FEATURES = (
    "always", "sure", "firm content", "firm source", "nobody", "both", "both sure", "rule only", "same source",
    "same content", "direct", "mixed", "speech", "thought", "short", "no source", *(f"rule {name}" for name in SHAPES),
    *(f"alone {name}" for name in SHAPES),
)  # fmt: skip
SHORT = 3
# The longest gap inside a content that is closed, in tokens.
GAP = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution as it would stand, with what the head and the rules say of it (``None``: nothing)."""

    attribution: Attribution
    sight: Sight | None
    rule: Attribution | None


def candidates(page: Page, tools: Tools, rules: Sequence[Attribution], sights: Sequence[Sight]) -> list[Candidate]:
    """What the two find, joined where they share a cue word or half of their content."""
    tokens = [token.i for token in page.doc if not token.is_space]
    seen = [(sight, found) for sight in sights if (found := _as_attribution(page, tools, tokens, sight)) is not None]
    pairs = sorted(
        ((_likeness(own, rule), n, m) for n, (_, own) in enumerate(seen) for m, rule in enumerate(rules)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    by_sight: dict[int, int] = {}
    for likeness, n, m in pairs:
        if likeness > 0 and n not in by_sight and m not in by_sight.values():
            by_sight[n] = m
    joined: list[Candidate] = []
    for n, (sight, own) in enumerate(seen):
        rule = rules[by_sight[n]] if n in by_sight else None
        joined.append(Candidate(own if rule is None else _joined(page, own, rule), sight, rule))
    alone = (rule for m, rule in enumerate(rules) if m not in by_sight.values())
    return [*joined, *(Candidate(rule, None, rule) for rule in alone)]


def fused(
    page: Page, tools: Tools, rules: Sequence[Attribution], sights: Sequence[Sight], calibration: Floats
) -> list[Attribution]:
    """The attributions that stand, in the order of their cues, each with its score.

    ``calibration``: the weights of FEATURES, and after them the least score of an attribution that is in no other.
    """
    weights, bound = calibration[:-1], float(calibration[-1])
    found = candidates(page, tools, rules, sights)
    scores = [score(weights, features(page, one)) for one in found]
    kept = [one.attribution for one, likely in zip(found, scores, strict=True) if likely >= bound]
    stands = []
    for one, likely in zip(found, scores, strict=True):
        inside = is_inside(one.attribution, kept)
        if likely >= bound or (inside and one.rule is not None):
            # The score was fitted on attributions that lie in no other; of one inside, the rules know more.
            own = max(likely, one.attribution.likely) if inside and one.rule is not None else likely
            seen = one.sight.sure if one.sight is not None else 0.0
            stands.append(replace(one.attribution, score=own, seen=seen))
    return sorted(stands, key=lambda one: one.first)


def is_inside(one: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether an attribution lies in the content of another."""
    cue = words_of(one.cue)
    return any(cue <= words_of(other.content) for other in others if other is not one)


def _as_attribution(page: Page, tools: Tools, tokens: Sequence[int], sight: Sight) -> Attribution | None:
    """What the head sees, as an attribution with its borders set; None if nothing is left of it."""

    def pieces(runs: Sequence[Run]) -> tuple[Piece, ...]:
        return tuple((tokens[start], tokens[end - 1] + 1) for start, end in runs)

    cue, source = pieces(sight.cue), tuple(_bare(page, piece) for piece in pieces(sight.source))
    meaning = meaning_of(page, cue, tools)
    content = _without_gaps(page, pieces(sight.content), words_of((*cue, *source)))
    found = Attribution(
        cue, source, content, meaning.lemma, meaning.kind, meaning.stance, meaning.rule, "cues.head",
        meaning.negated, meaning.hypothetical,
    )  # fmt: skip
    return settled(found, page)


def _bare(page: Page, piece: Piece) -> Piece:
    """A speaker's words without loose points at their ends, nor the beginning of a clause: "a clerk, who spoke"."""
    first, end = piece
    while first < end - 1 and page.doc[first].text in LOOSE:
        first += 1
    while first < end - 1 and (page.doc[end - 1].text in LOOSE or _begins_a_clause(page.doc[end - 1], first)):
        end -= 1
    return first, end


def _begins_a_clause(token: Token, first: int) -> bool:
    """Whether a word, last of a speaker's words, is only the "who" or the verb of a clause that a comma sets apart."""
    who = token.nbor(-1) if token.dep_ == "relcl" and token.pos_ in {"VERB", "AUX"} else token
    return who.tag_ in {"WP", "WDT"} and who.i - first > 1 and who.nbor(-1).text == ","


def _without_gaps(page: Page, content: Sequence[Piece], own: frozenset[int]) -> tuple[Piece, ...]:
    """Pieces of content in one sentence made one, where nothing of the attribution itself stands between them."""
    found: list[Piece] = []
    for piece in content:
        gap = range(found[-1][1], piece[0]) if found else range(0)
        if found and not own & set(gap) and page.ends[found[-1][0]] >= piece[1] and len(gap) <= GAP:
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
    return tuple(found)


def words_of(pieces: Sequence[Piece]) -> frozenset[int]:
    """The tokens of pieces."""
    return frozenset(i for piece in pieces for i in range(*piece))


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _likeness(one: Attribution, other: Attribution) -> float:
    content = _jaccard(words_of(one.content), words_of(other.content))
    cue = bool(words_of(one.cue) & words_of(other.cue))
    return content + cue if cue or content >= 0.5 else 0.0


def _joined(page: Page, own: Attribution, rule: Attribution) -> Attribution:
    """One row of both: what the rules know of the cue, the borders that the head sees; who is told is no content."""
    said = words_of(rule.content)
    content = list(own.content)
    for verb in (page.doc[i] for piece in rule.cue for i in range(*piece)):
        for told in verb.rights:
            if told.dep_ in {"dobj", "dative"} and told.i not in said and told.i + 1 < len(page.doc):
                hole = told.left_edge.i, min([told.i + 1, *(i for i in said if i > told.i)])
                content = [part for piece in content for part in without(piece, hole)]
    joined = settled(replace(rule, source=own.source or rule.source, content=tuple(content)), page)
    return joined if joined is not None else rule


# ------------------------------------------------------------------------------------------------ scores


def features(page: Page, one: Candidate) -> list[float]:
    """What the score of a candidate is reckoned from (``FEATURES``)."""
    sight, rule, found = one.sight, one.rule, one.attribution
    both = float(sight is not None and rule is not None)
    sure = _log_odds(sight.sure) if sight is not None else 0.0
    quoted = [page.quote(first) is not None and page.quote(end - 1) is not None for first, end in found.content]
    own, others = words_of(found.source), words_of(rule.source if rule is not None else ())
    content = _jaccard(words_of(found.content), words_of(rule.content)) if rule is not None else 0.0
    shape = rule.shape.removeprefix("cues.") if rule is not None else ""
    in_quotes = any(page.inside[i] >= 0 for i in words_of(found.content))
    return [
        1.0,
        sure,
        _log_odds(sight.firm[CONTENT]) if sight is not None else 0.0,
        _log_odds(sight.firm[SOURCE]) if sight is not None and sight.source else 0.0,
        sight.nobody if sight is not None else 0.0,
        both,
        both * sure,
        float(sight is None),
        both * float(bool(own & others) or not own | others),
        both * content,
        float(all(quoted)),
        float(in_quotes and not all(quoted)),
        float(found.kind is not StatementKind.THOUGHT),
        float(found.kind is StatementKind.THOUGHT),
        float(len(words_of(found.content)) < SHORT),
        float(not found.source),
        *(both * float(shape == name) for name in SHAPES),
        *(float(sight is None and shape == name) for name in SHAPES),
    ]


def _log_odds(share: float) -> float:
    share = min(max(share, 0.001), 0.999)
    return math.log(share / (1.0 - share))


def score(weights: Floats, given: Sequence[float]) -> float:
    """How likely a candidate is right."""
    return 1.0 / (1.0 + math.exp(-float(sum(w * g for w, g in zip(weights, given, strict=True)))))
