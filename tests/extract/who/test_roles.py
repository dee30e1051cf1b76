"""Offices: title, apposition, verb, description; whose, of what, whether they are over; the probes, as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import Form, Id, Reading

ReadText = Callable[..., Reading]
Row = dict[str, Any]
# Sentences of our own with the roles they give; half were written and put away before the rules ("kept").
PROBES = [json.loads(line) for line in Path(__file__).with_name("roles_probes.jsonl").read_text("utf-8").splitlines()]


def roles(reading: Reading) -> set[tuple[str, str, str | None, bool | None]]:
    """Holder's head, title, whose office, former."""
    text = reading.document.text
    heads = {m.id: m.head.cut(text) for m in reading.mentions}
    return {(heads[r.holder], r.title, heads[r.of] if r.of else None, r.former) for r in reading.roles}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("President Orvik left the hall.", ("Orvik", "President", None, None)),
        ("President Orvik resigned.", ("Orvik", "President", None, True)),
        ("Former President Pavel Orvik resigned.", ("Pavel Orvik", "President", None, True)),
        ("Pavel Orvik, the finance minister of Kenya, left.", ("Pavel Orvik", "finance minister", "Kenya", None)),
        ("Pavel Orvik, a former ambassador to Peru, left.", ("Pavel Orvik", "ambassador", "Peru", True)),
        ("Peru’s president, Mr. Orvik, left.", ("Orvik", "president", "Peru", None)),
        ("Pavel Orvik is the mayor.", ("Pavel Orvik", "mayor", None, False)),
        ("Pavel Orvik, who served as the mayor, resigned.", ("Pavel Orvik", "mayor", None, True)),
        ("A former commander resigned.", ("commander", "commander", None, True)),
        ("The acting mayor resigned.", ("mayor", "acting mayor", None, False)),
        ("The ousted mayor resigned.", ("mayor", "mayor", None, True)),
        ("Lena Orvik, who stepped down as the mayor, resigned.", ("Lena Orvik", "mayor", None, True)),
        ("Lena Orvik was the mayor at the time.", ("Lena Orvik", "mayor", None, True)),
        ("The Danish minister left Denmark.", ("minister", "minister", "Denmark", None)),
        ("The Danish minister left the hall.", ("minister", "minister", None, None)),
        (
            "A Harbour Ministry official left the hall.",
            ("official", "Harbour Ministry official", "Harbour Ministry", None),
        ),
        ("The then-foreign minister, Lena Orvik, left.", ("Lena Orvik", "foreign minister", None, True)),
        ("Tomas Heldt, 54, the governor, left the hall.", ("Tomas Heldt", "governor", None, None)),
        ("Tomas Heldt, now the governor, left the hall.", ("Tomas Heldt", "governor", None, False)),
        ("Lena Orvik was once the mayor.", ("Lena Orvik", "mayor", None, True)),
        ("Lena Orvik became acting mayor.", ("Lena Orvik", "acting mayor", None, None)),
        ("Secretary of State Lena Orvik left the hall.", ("Lena Orvik", "Secretary of State", None, None)),
        ("The 54-year-old governor left the hall.", ("governor", "governor", None, None)),
        ("An off-duty police officer left the hall.", ("officer", "off-duty police officer", None, None)),
        ("The longest-serving mayor left the hall.", ("mayor", "longest-serving mayor", None, None)),
        ("Lena Orvik was named chairman and chief executive of Orlan Steel.",
         ("Lena Orvik", "chief executive", "Orlan Steel", None)),
        ("Lena Orvik was replaced as mayor by Tomas Heldt.", ("Lena Orvik", "mayor", None, True)),
        ("Lena Orvik was replaced as mayor by Tomas Heldt.", ("Tomas Heldt", "mayor", None, None)),
        ("Lena Orvik took over from Tomas Heldt as mayor.", ("Tomas Heldt", "mayor", None, True)),
        ("Tomas Heldt’s predecessor as governor, Lena Orvik, left.", ("Lena Orvik", "governor", None, True)),
        ("His successor as governor, Lena Orvik, left.", ("Lena Orvik", "governor", None, None)),
        ("Orlan Bank and its director, Tomas Heldt, left.", ("Tomas Heldt", "director", "its", None)),
        ("They praised his resignation as director.", ("his", "director", None, None)),
        ("He will not resign as party leader.", ("He", "party leader", "party", None)),
        ("She named Tomas Heldt as director.", ("Tomas Heldt", "director", None, None)),
        ("A senior Kenya official left the hall.", ("official", "senior Kenya official", "Kenya", None)),
        ("Tomas Heldt, then the agency’s director, left.", ("Tomas Heldt", "director", "agency", True)),
        ("Chairman Sir Pavel Orvik left the hall.", ("Pavel Orvik", "Chairman", None, None)),
        ("The former foreign and trade minister left.", ("minister", "foreign and trade minister", None, True)),
        ("The head of the agency left the hall.", ("head", "head", "agency", None)),
        ("Three retired generals left the hall.", ("generals", "generals", None, True)),
    ],
)  # fmt: skip
def test_roles(read_text: ReadText, text: str, role: tuple[str, str, str | None, bool | None]) -> None:
    assert role in roles(read_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Orvik is not the mayor.",
        "Pavel Orvik met the baker.",
        "Pavel Orvik, his deputy and the mayor resigned.",
        "Pavel Orvik will become the mayor.",
        "Pavel Orvik wants to be the mayor.",
        "Pavel Orvik was due to be sworn in as president on Friday.",
        "Pavel Orvik was never the mayor.",
        "If Pavel Orvik becomes mayor, they will leave.",
        "She denied that Pavel Orvik was the mayor.",
        "Is Pavel Orvik the mayor?",
        "Pavel Orvik led the march.",
        "Pavel Orvik, who left the hall, named Tomas Heldt director.",
        "Pavel Orvik, 54, named Tomas Heldt as director.",
        "They made Pavel Orvik angry, the mayor said.",
    ],
)
def test_nobody_is_given_an_office_that_is_not_his(read_text: ReadText, text: str) -> None:
    assert not {role for role in roles(read_text(text)) if role[0] == "Pavel Orvik"}


def test_current_and_former_officials_are_not_all_former(read_text: ReadText) -> None:
    assert not {role for role in roles(read_text("Nine current and former officials left.")) if role[3] is not None}


def test_a_head_may_be_no_person(read_text: ReadText) -> None:
    assert not roles(read_text("He patted the child on the head."))


def test_every_role_points_to_mentions_and_cuts_its_title(read_text: ReadText) -> None:
    reading = read_text("Foreign Minister Lena Orvik met Pavel Dolmer, the mayor of Brell, who led the club in 2012.")
    ids = {m.id for m in reading.mentions}
    assert reading.roles
    for role in reading.roles:
        assert role.holder in ids
        assert role.of is None or role.of in ids
        assert " ".join(role.span.cut(reading.document.text).split()) == role.title


# ------------------------------------------------------------------------------------------------------------ probes


def told(reading: Reading) -> Iterator[Row]:
    """The roles of a reading as the probes write them: people and bodies by name where the report names them."""
    text = reading.document.text
    names: dict[Id, str] = {}
    for mention in reading.mentions:
        if mention.form is Form.NAME and mention.means:
            names.setdefault(mention.means, mention.head.cut(text))
    called = {m.id: names.get(m.means or "", m.head.cut(text).lower()) for m in reading.mentions}
    for role in reading.roles:
        start, end = (role.during.start, role.during.end) if role.during else (None, None)
        yield {
            "holder": called[role.holder], "title": role.title, "of": called[role.of] if role.of else None,
            "former": role.former, "from": start and start.isoformat(), "to": end and end.isoformat(),
        }  # fmt: skip


def same_office(found: Row, wanted: Row) -> bool:
    """The same holder (a last name will do) and title, the body's name before it or not."""
    title = found["title"].removeprefix(f"{found['of']} ")
    return bool(wanted["holder"].endswith(found["holder"])) and wanted["title"] in {found["title"], title}


@pytest.mark.parametrize("part", ["open", "kept"])
def test_probes(read_text: ReadText, part: str) -> None:
    right = dict.fromkeys(("found", "of", "former", "during"), 0)
    said = wanted = 0
    for probe in (p for p in PROBES if p["part"] == part):
        rows = list(told(read_text(probe["text"], published="2021-06-16")))
        said, wanted = said + len(rows), wanted + len(probe["roles"])
        for role in probe["roles"]:
            match = next((row for row in rows if same_office(row, role)), None)
            if match is None:
                continue
            rows.remove(match)
            right["found"] += 1
            right["of"] += match["of"] == role["of"]
            right["former"] += match["former"] == role["former"]
            right["during"] += (match["from"], match["to"]) == (role["from"], role["to"])
    assert right["found"] >= 0.96 * said, "precision"
    assert right["found"] >= 0.96 * wanted, "recall"
    assert right["of"] >= 0.93 * right["found"]
    assert right["former"] == right["during"] == right["found"]
