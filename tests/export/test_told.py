"""A happening in words: what did not happen never stands without saying so, and nothing without whose word it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.export.resolved import resolve
from onrecord.export.told import IN_WORDS, Told, told
from onrecord.record import Account, Status


def first(account: Account) -> Told:
    return next(told(resolve(account)))


def changed(account: Account, **fields: object) -> Account:
    return replace(account, happenings=(replace(account.happenings[0], **fields),))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.HAPPENED])
def test_what_is_not_told_as_having_happened_says_so_first(affair: Account, status: Status) -> None:
    line = first(changed(affair, status=status)).line
    assert line == f"{IN_WORDS[status]}: Police in Port Anse seized the ferry Lark"
    assert "happened:" not in line


def test_every_status_has_its_words() -> None:
    assert set(IN_WORDS) == set(Status)
    assert len(set(IN_WORDS.values())) == len(Status)


def test_what_is_disputed_in_itself_says_so_first(affair: Account) -> None:
    assert first(affair).line == "Police in Port Anse seized the ferry Lark"
    assert first(affair).dispute == "disputed (when)"
    for fields in (("status",), ()):
        disputed = first(changed(affair, disputed_on=fields))
        assert (disputed.status, disputed.line[:10], disputed.took_place) == ("disputed", "disputed: ", True)


def test_what_is_told_without_being_sure_is_uncertain(affair: Account) -> None:
    (one, two) = affair.readings
    events = (replace(one.events[0], certainty=0), one.events[1])
    unsure = first(replace(affair, readings=(replace(one, events=events), two)))
    assert (unsure.status, unsure.took_place) == ("uncertain", False)


def test_voices_say_who_and_in_which_report(affair: Account) -> None:
    happenings = list(told(resolve(affair)))
    assert [happening.voices for happening in happenings] == [
        ("Ilda Venn, in The Ledger", "second.txt"),
        ("“two clerks” (unnamed), in The Ledger",),
        ("second.txt",),
    ]
    assert [[r.document.id for r in happening.reports] for happening in happenings] == [
        ["r-1", "r-2"],
        ["r-1"],
        ["r-2"],
    ]


def test_who_is_told_not_to_have_said_it_is_no_voice(affair: Account) -> None:
    (one, two) = affair.readings
    denied = (replace(one.statements[0], negated=True), one.statements[1])
    assert first(replace(affair, readings=(replace(one, statements=denied), two))).voices == (
        "The Ledger",
        "second.txt",
    )


def test_without_joining_the_reports_are_those_of_the_tellings(account: Account) -> None:
    assert [r.document.id for r in first(account).reports] == ["r-1"]
