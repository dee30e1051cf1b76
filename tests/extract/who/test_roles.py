"""Offices: title, apposition, predicate, description; whose, of what, and whether they are over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Reading

ReadText = Callable[..., Reading]


def roles(reading: Reading) -> set[tuple[str, str, str | None, bool | None]]:
    """Holder's head, title, whose office, former."""
    text = reading.document.text
    heads = {m.id: m.head.cut(text) for m in reading.mentions}
    return {(heads[r.holder], r.title, heads[r.of] if r.of else None, r.former) for r in reading.roles}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("President Orvik resigned.", ("Orvik", "President", None, None)),
        ("Former President Pavel Orvik resigned.", ("Pavel Orvik", "President", None, True)),
        ("Pavel Orvik, the finance minister of Kenya, resigned.", ("Pavel Orvik", "finance minister", "Kenya", None)),
        ("Pavel Orvik, a former ambassador to Peru, resigned.", ("Pavel Orvik", "ambassador", "Peru", True)),
        ("Peru’s president, Mr. Orvik, resigned.", ("Orvik", "president", "Peru", None)),
        ("Pavel Orvik is the mayor.", ("Pavel Orvik", "mayor", None, False)),
        ("Pavel Orvik, who served as the mayor, resigned.", ("Pavel Orvik", "mayor", None, True)),
        ("A former commander resigned.", ("commander", "commander", None, True)),
        ("The acting mayor resigned.", ("mayor", "mayor", None, False)),
        ("The ousted mayor resigned.", ("mayor", "mayor", None, True)),
        ("Ana Orvik, who stepped down as the mayor, resigned.", ("Ana Orvik", "mayor", None, True)),
        ("Lena Orvik was the mayor at the time.", ("Lena Orvik", "mayor", None, True)),
        ("The Danish minister left Denmark.", ("minister", "minister", "Denmark", None)),
        ("The Danish minister left the hall.", ("minister", "minister", None, None)),
        (
            "A Harbour Ministry official left the hall.",
            ("official", "Harbour Ministry official", "Harbour Ministry", None),
        ),
    ],
)
def test_roles(read_text: ReadText, text: str, role: tuple[str, str, str | None, bool | None]) -> None:
    assert role in roles(read_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Orvik is not the mayor.",
        "Pavel Orvik met the baker.",
        "Pavel Orvik, his deputy and the mayor resigned.",
    ],
)
def test_nobody_is_given_an_office_that_is_not_his(read_text: ReadText, text: str) -> None:
    assert not {role for role in roles(read_text(text)) if role[0] == "Pavel Orvik"}


def test_every_role_points_to_mentions_and_cuts_its_title(read_text: ReadText) -> None:
    reading = read_text("Foreign Minister Lena Orvik met Pavel Dolmer, the mayor of Brell.")
    ids = {m.id for m in reading.mentions}
    assert reading.roles
    for role in reading.roles:
        assert role.holder in ids
        assert role.of is None or role.of in ids
        assert " ".join(role.span.cut(reading.document.text).split()) == role.title
