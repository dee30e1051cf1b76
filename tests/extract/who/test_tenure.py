"""Since when and until when an office was held: the expressions of its clause, what they rest on, what stays open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from onrecord.record import Basis, Form, Reading, Role

ReadText = Callable[..., Reading]


def only(reading: Reading, title: str) -> Role:
    """The one role with this title."""
    (role,) = (role for role in reading.roles if role.title == title)
    return role


@pytest.mark.parametrize(
    ("text", "former", "start", "end"),
    [
        ("Lena Orvik has been the mayor since 2014.", False, "2014-01-01", None),
        ("Lena Orvik had been the mayor since 2014.", None, "2014-01-01", None),
        ("Lena Orvik was the mayor until 2014.", True, None, "2015-01-01"),
        ("Lena Orvik is the mayor until 2030.", False, None, "2031-01-01"),
        ("Lena Orvik was mayor between 2010 and 2014.", True, "2010-01-01", "2015-01-01"),
        ("Lena Orvik (mayor, 2009-2013) left the hall.", True, "2009-01-01", "2014-01-01"),
        ("Lena Orvik, the mayor since 2014, left the hall.", False, "2014-01-01", None),
        ("Lena Orvik, the mayor until last year, left the hall.", True, None, "2021-01-01"),
        ("Lena Orvik, until March the mayor, left the hall.", True, None, "2021-04-01"),
        ("Lena Orvik, who was mayor in 2003, left the hall.", True, "2003-01-01", "2004-01-01"),
        ("She was elected mayor in November 2019.", None, "2019-11-01", None),
        ("In 2012 she left the party and became mayor.", None, "2012-01-01", None),
        ("Lena Orvik, appointed mayor in 2019, left the hall.", None, "2019-01-01", None),
        ("Lena Orvik resigned as mayor on Monday.", True, None, "2021-06-15"),
        ("Lena Orvik was replaced as mayor in May.", True, None, "2021-06-01"),
        ("Lena Orvik, who will step down as mayor in July, left the hall.", None, None, None),
        ("Lena Orvik, the mayor, left the hall on Monday.", None, None, None),
        ("Lena Orvik was the mayor for 12 years.", None, None, None),
        ("Lena Orvik praised his resignation as mayor in May.", None, None, None),
    ],
)
def test_during(read_text: ReadText, text: str, former: bool | None, start: str | None, end: str | None) -> None:
    role = only(read_text(text, published="2021-06-16"), "mayor")
    found = (role.during.start, role.during.end) if role.during else (None, None)
    assert found == (start and date.fromisoformat(start), end and date.fromisoformat(end))
    assert role.former is former


@pytest.mark.parametrize(
    ("text", "title", "former", "start", "end"),
    [
        ("Finance Minister Lena Orvik resigned on Friday.", "Finance Minister", True, None, "2021-06-12"),
        ("The mayor, Lena Orvik, was ousted last year.", "mayor", True, None, "2021-01-01"),
        ("The board fired its director, Tomas Heldt, in May.", "director", True, None, "2021-06-01"),
        ("The minister resigned from office on Monday.", "minister", True, None, "2021-06-15"),
        ("President Lena Orvik was sworn in on Monday.", "President", None, "2021-06-14", None),
        ("The minister resigned from the party on Monday.", "minister", None, None, None),
        ("The minister quit the party on Monday.", "minister", None, None, None),
        ("The minister will resign on Friday.", "minister", None, None, None),
        ("The minister did not resign on Monday.", "minister", None, None, None),
        ("The police removed the minister from the hall on Monday.", "minister", None, None, None),
        ("Tomas Heldt, aide to the mayor from May to July, left the hall.", "mayor", None, None, None),
    ],
)
def test_a_verb_that_leaves_the_office_unsaid(
    read_text: ReadText, text: str, title: str, former: bool | None, start: str | None, end: str | None
) -> None:
    role = only(read_text(text, published="2021-06-16"), title)
    found = (role.during.start, role.during.end) if role.during else (None, None)
    assert found == (start and date.fromisoformat(start), end and date.fromisoformat(end))
    assert role.former is former


def test_a_dated_role_says_from_what(read_text: ReadText) -> None:
    reading = read_text("Lena Orvik was the mayor until last year.", published="2021-06-16")
    during = only(reading, "mayor").during
    assert during is not None
    assert (during.basis, during.inferred, during.throughout) == (Basis.PUBLICATION, True, False)
    assert during.anchor_id in {time.id for time in reading.times}
    (why,) = (reason for reason in during.reasons if reason.rule == "roles.tenure")
    assert why.span is not None
    assert why.span.cut(reading.document.text) == "last year"


def test_a_stretch_that_stands_in_the_words_is_not_inferred(read_text: ReadText) -> None:
    during = only(read_text("Lena Orvik was mayor from 2009 to 2013."), "mayor").during
    assert during is not None
    assert (during.basis, during.inferred, during.throughout) == (Basis.EXPLICIT, False, True)


def test_nothing_is_reckoned_from_a_report_without_a_date(read_text: ReadText) -> None:
    role = only(read_text("Lena Orvik, who was the mayor until last year, left the hall."), "mayor")
    assert (role.former, role.during) == (True, None)


def test_the_same_said_twice_of_one_person_is_one_row_with_her_name(read_text: ReadText) -> None:
    reading = read_text("The former mayor, Lena Orvik, left the hall.")
    role = only(reading, "mayor")
    (holder,) = (mention for mention in reading.mentions if mention.id == role.holder)
    assert holder.form is Form.NAME
    assert role.former is True


def test_nobody_takes_up_an_office_that_only_a_verb_gives(read_text: ReadText) -> None:
    reading = read_text("Lena Orvik, who led the ministry, left. The ministry closed.")
    means = {mention.head.cut(reading.document.text): mention.means for mention in reading.mentions}
    assert means["ministry"] != means["Lena Orvik"]
