"""What the words of a cue mean, where no rule has read them: act, stance, and whether it was uttered at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.parse import Tools
from onrecord.extract.says.page import Page, Piece
from onrecord.extract.says.unsaid import is_unreal, what_denies
from onrecord.record import Stance, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Token

# The lexicons that know words of attribution, in the order in which they are asked.
KNOWN = ("reporting-verbs", "reporting-nouns", "reporting-adjectives", "attribution-phrases")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The reading of a cue. ``rule``: the lexicon row that knows it, or the head alone."""

    lemma: str
    kind: StatementKind
    stance: Stance
    rule: str
    negated: bool
    hypothetical: bool


def meaning_of(page: Page, cue: Sequence[Piece], tools: Tools) -> Meaning:
    """Read the words of a cue by the lexicons; of several that are known the one that stands highest."""
    tokens = [page.doc[i] for piece in cue for i in range(*piece)]
    root = page.doc[cue[0][0] : cue[0][1]].root
    for token in sorted(tokens, key=lambda token: (token is not root, token.i)):
        for name in KNOWN:
            rows = tools.lexicons[name].by_key
            row = rows.get(token.lemma_.lower()) or rows.get(token.lower_)
            if row is not None:
                kind, stance = StatementKind(row["kind"]), Stance(row["stance"])
                return Meaning(row.key, kind, stance, row.rule, _negated(token, tools), _unreal(token))
    phrase = " ".join(token.lower_ for token in tokens)
    row = tools.lexicons["attribution-phrases"].by_key.get(phrase)
    if row is not None:
        return Meaning(row.key, StatementKind(row["kind"]), Stance(row["stance"]), row.rule, False, False)
    speech = not any(token.is_alpha for token in tokens) or _quotes(page, cue)
    kind = StatementKind.SPEECH if speech else StatementKind.THOUGHT
    return Meaning(root.lemma_.lower(), kind, Stance.ASSERTS, "cues.head", _negated(root, tools), _unreal(root))


def _quotes(page: Page, cue: Sequence[Piece]) -> bool:
    """Whether a quotation stands right beside the cue."""
    first, end = cue[0][0], cue[-1][1]
    near = (*range(max(page.begins[first], first - 4), first), *range(end, min(page.ends[first], end + 4)))
    return any(page.inside[i] >= 0 and page.inside[i] != page.inside[first] for i in near)


def _negated(token: Token, tools: Tools) -> bool:
    denies = tools.lexicons["unsaid-words"].by_key
    return token.pos_ in {"VERB", "AUX"} and what_denies(token, denies) is not None


def _unreal(token: Token) -> bool:
    return token.tag_.startswith("VB") and is_unreal(token)
