"""Signs: what the learned head is told of each word, and of each pair of a cue and a word."""

from __future__ import annotations

import numpy as np

from onrecord.extract.parse import Tools, parse
from onrecord.extract.says.signs import LABEL, N_LABELS, PATHS, STEPS, TABLES, UP, Signs, pair_signs, signs_of
from onrecord.record import Cue, Document, Quotation, Span, Stance, StatementKind

TEXT = "The warden said the gate was open. “It was,” she added."


def signs(rules_only: Tools, cues: tuple[Cue, ...] = ()) -> Signs:
    parsed = parse(Document("r-1", TEXT), rules_only)
    quoted = TEXT.index("“")
    return signs_of(parsed, (Quotation("q", Span(quoted, TEXT.index("”") + 1)),), cues)


def test_words_sentences_and_marks(rules_only: Tools) -> None:
    found = signs(rules_only)
    assert found.words[:4] == ["The", "warden", "said", "the"]
    assert [TEXT[s:e] for s, e in zip(found.start, found.end, strict=True)][2] == "said"
    assert found.sentence[0] != found.sentence[-1]
    states = dict(zip(found.words, found.quote.tolist(), strict=True))
    assert (states["“"], states["It"], states["”"], states["added"]) == (2, 1, 3, 0)
    assert found.even[found.words.index("“")] == '"'


def test_a_path_runs_up_from_the_cue_and_down_by_a_label(rules_only: Tools) -> None:
    found = signs(rules_only)
    cue = found.words.index("said")
    pairs = pair_signs(found, cue, 0, len(found.words))
    down = dict(zip(found.words, pairs[:, 1].tolist(), strict=True))
    assert down["warden"] == LABEL["nsubj"]
    assert down["gate"] == LABEL["ccomp"]  # deep under the clause: its path begins with the clause's label
    assert down["said"] == N_LABELS
    assert down["added"] >= PATHS  # another sentence
    subject = pair_signs(found, found.words.index("warden"), 0, len(found.words))
    up_once = (N_LABELS + 1) + LABEL["ccomp"]
    assert subject[found.words.index("gate"), 1] == up_once
    assert subject[found.words.index("gate"), 2] == 1 + LABEL["nsubj"]


def test_distances_have_a_side(rules_only: Tools) -> None:
    found = signs(rules_only)
    cue = found.words.index("said")
    steps = pair_signs(found, cue, 0, len(found.words))[:, 0]
    assert steps[cue] == 0
    assert steps[cue + 1] != steps[cue - 1]
    assert steps[cue - 1] >= len(STEPS)


def test_what_a_rule_gave_to_a_cue_is_told(rules_only: Tools) -> None:
    at = TEXT.index("said")
    cue = Cue(
        "c", (Span(at, at + 4),), "say", StatementKind.SPEECH, Stance.ASSERTS, (Span(0, 10),), (Span(at + 5, 33),)
    )
    found = signs(rules_only, (cue,))
    first = found.words.index("said")
    given = pair_signs(found, first, 0, len(found.words))[:, 4].tolist()
    assert given[:4] == [1, 1, 2, 3]
    assert given[-1] == 4
    assert found.flag[first] == 1
    assert not pair_signs(found, first, 0, len(found.words), with_rules=False)[:, 4].any()


def test_no_sign_is_outside_its_table(rules_only: Tools) -> None:
    found = signs(rules_only)
    for cue in range(len(found.words)):
        pairs = pair_signs(found, cue, 0, len(found.words))
        assert (pairs >= 0).all()
        assert (pairs < np.array(TABLES)).all()
    assert PATHS == (UP + 1) * (N_LABELS + 1)
