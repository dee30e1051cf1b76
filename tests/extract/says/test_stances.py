"""What a speaker does by saying something, where the verb does not tell."""

from __future__ import annotations

import pytest

from onrecord.record import Stance
from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("“I never met the broker,” said Mara Tolin.", Stance.DENIES),
        ("Mara Tolin said the harbour should be closed.", Stance.URGES),
        ("Mara Tolin said the broker had not met her.", Stance.ASSERTS),
        ("Mara Tolin said the harbour was closed.", Stance.ASSERTS),
        ("Mara Tolin denied that the harbour should be closed.", Stance.DENIES),
    ],
)
def test_stances(text: str, stance: Stance, read_by_rules: ReadText) -> None:
    assert read_by_rules(text).statements[0].stance is stance
