"""The report's own note on whom it rests."""

from __future__ import annotations

import pytest

from tests.conftest import ReadText


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "The king is ill. This account is based on interviews with nine sailors.",
            "This account is based on interviews with nine sailors",
        ),
        ("For this report, the paper spoke to nine sailors.", "For this report, the paper spoke to nine sailors"),
        ("In interviews, nine sailors told the same story.", None),
        ("The mayor spoke to nine sailors.", None),
        ("“This account is based on interviews with nine sailors,” she said.", None),
        ("", None),
    ],
)
def test_notes(text: str, note: str | None, read_text: ReadText) -> None:
    found = read_text(text).sourcing
    assert [sourcing.span.cut(text) for sourcing in found] == ([note] if note else [])


def test_the_sources_are_entities(read_text: ReadText) -> None:
    reading = read_text("This account is drawn from interviews with nine current officials and a former guard.")
    names = {entity.id: entity.name for entity in reading.entities}
    (sourcing,) = reading.sourcing
    assert [names[source].split()[-1] for source in sourcing.sources] == ["officials", "guard"]
