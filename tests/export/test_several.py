"""Lines over several reports: voices, disputes without a verdict, what changed, and how reports hang together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.export.digest import EventLine, digest
from onrecord.export.outline import is_address, sections
from onrecord.export.why import explain
from onrecord.export.wording import change_in_words, voices_in_words
from onrecord.record import Account, Happening, Link, LinkKind, Range, Reason, Span, Status, Voice, make_id
from tests.export.three_reports import ACCOUNT, HAPPENINGS, LINKS, READINGS


def line(words: str, account: Account = ACCOUNT) -> EventLine:
    found = digest(account)
    everything = (*found.happened, *found.contested, *found.did_not, *found.open_or_planned)
    return next(one for one in everything if words in one.words)


@pytest.mark.parametrize(
    ("voices", "named", "unnamed", "unnamed_only", "reports", "words"),
    [
        (1, 1, 0, False, 1, ""),
        (1, 1, 0, False, 3, "1 voice, printed by 3 reports"),
        (1, 0, 1, True, 1, "one unnamed source only"),
        (1, 0, 1, True, 2, "one unnamed source only, printed by 2 reports"),
        (2, 0, 2, True, 2, "2 voices, all unnamed"),
        (5, 3, 2, False, 5, "5 voices: 3 named, 2 unnamed"),
        (2, 1, 1, False, 4, "2 voices: 1 named, 1 unnamed, printed by 4 reports"),
        (3, 3, 0, False, 2, "3 voices, all named"),
        (2, 0, 0, False, 2, "2 voices"),
    ],
)
def test_how_many_voices_carry_a_line(
    voices: int, named: int, unnamed: int, unnamed_only: bool, reports: int, words: str
) -> None:
    changed = replace(HAPPENINGS[0], voices=voices, named=named, unnamed=unnamed, unnamed_only=unnamed_only)
    assert voices_in_words(changed, reports) == words


def test_a_line_of_several_reports_has_the_id_of_its_happening_and_all_tellings() -> None:
    burned = line("Two sheds burned")
    assert burned.id == make_id("h", "ev-11")
    assert [(cited.row, cited.report) for cited in burned.tellings] == [
        ("ev-11", "r-1"),
        ("ev-21", "r-2"),
        ("ev-31", "r-3"),
    ]
    assert burned.told_by == "Courier; Gazette; Tribune"
    assert line("The board was to meet").id == "ev-14"


def test_what_some_deny_does_not_stand_under_what_happened() -> None:
    found = digest(ACCOUNT)
    assert [one.words for one in found.contested] == ["A guard had left his post"]
    assert [one.words for one in found.happened] == ["Two sheds burned at Quay Nine on Thursday", "Two men were hurt"]
    assert [section.title for section in sections(found)] == [
        "What happened",
        "Disputed: some say it happened, others that it did not",
        "Planned, asked for, feared, not certain",
    ]


def test_each_side_of_a_dispute_stands_with_its_words_and_who_says_it() -> None:
    (whether,) = line("A guard").disputes
    assert [(side.status, side.words, side.says, side.told_by) for side in whether.sides] == [
        (Status.HAPPENED, "A guard had left his post", "a clerk who asked not to be named", "Courier"),
        (Status.DENIED, "The guard never left his post", "Oswin Marl", "Tribune"),
    ]
    (when,) = line("Two sheds").disputes
    assert [(side.words, side.published) for side in when.sides] == [
        ("on Thursday", "3 Mar 2023"),
        ("on Wednesday", "6 Mar 2023"),
    ]


def test_voices_that_contradict_each_other_need_no_link() -> None:
    (whether,) = line("A guard", replace(ACCOUNT, links=())).disputes
    assert [(side.status, side.says) for side in whether.sides] == [
        (Status.HAPPENED, "a clerk who asked not to be named"),
        (Status.DENIED, "Oswin Marl"),
    ]


def test_one_telling_with_two_voices_is_disputed_too() -> None:
    (reading, *others) = READINGS
    denied = Voice(Status.DENIED, -2, "venn-r-1", "st-venn-r-1")
    events = tuple(
        replace(event, voices=(*event.voices, denied)) if event.id == "ev-14" else event for event in reading.events
    )
    told = replace(HAPPENINGS[3], disputed=True, disputed_on=("status",))
    events = tuple(
        replace(e, status=Status.HAPPENED, certainty=3, voices=(Voice(Status.HAPPENED, 3), denied))
        if e.id == "ev-14"
        else e
        for e in events
    )
    changed = replace(ACCOUNT, readings=(replace(reading, events=events), *others), happenings=(told,))
    found = digest(changed)
    assert found.happened == ()
    (whether,) = found.contested[0].disputes
    assert [(side.words, side.says) for side in whether.sides] == [
        ("The board was to meet on Monday", ""),
        ("Two men were hurt", "Ilda Venn"),
    ]


def test_a_dispute_without_any_words_is_still_named() -> None:
    told = replace(HAPPENINGS[0], disputed_on=("when", "where"))
    disputed = line("Two sheds", replace(ACCOUNT, happenings=(told,), links=())).disputes
    assert [(one.field, one.sides) for one in disputed] == [("when", ()), ("where", ())]


def test_what_changed_stands_with_both_its_words() -> None:
    (toll,) = line("Two men were hurt").changes
    assert [part if isinstance(part, str) else part.words for part in change_in_words(toll)] == [
        "number raised from ",
        "Two",
        " to ",
        "Five",
    ]
    (note,) = line("Two sheds").changes
    assert (note.kind, note.left.words) == (LinkKind.CORRECTS, "Correction: this paper wrote of three sheds")
    denial = replace(LINKS[3], kind=LinkKind.UPDATES, reasons=(Reason("updates.status", "later denied"),))
    told = replace(LINKS[3], kind=LinkKind.UPDATES, reasons=(Reason("updates.status", "first planned, then done"),))
    (change,) = line("A guard", replace(ACCOUNT, links=(told,))).changes
    assert [part for part in change_in_words(change) if isinstance(part, str)] == [
        "first planned, then done: first ",
        ", then ",
    ]
    (change,) = line("A guard", replace(ACCOUNT, links=(denial,))).changes
    assert [part if isinstance(part, str) else part.words for part in change_in_words(change)] == [
        "first reported ",
        "A guard had left his post",
        "; later denied: ",
        "The guard never left his post",
    ]


def test_reports_say_what_they_copy_and_correct() -> None:
    ties = {report.id: [(tie.what, tie.other, tie.detail) for tie in report.ties] for report in digest(ACCOUNT).reports}
    note = "“Correction: this paper wrote of three sheds”"
    assert ties == {
        "r-1": [("is corrected by", "r-3", note)],
        "r-2": [("copies", "r-1", "2 passages")],
        "r-3": [("corrects", "r-1", note)],
    }
    later = Link("l-9", "r-3", "r-1", LinkKind.UPDATES, 1.0, left_spans=(Span(0, 4),), right_spans=(Span(0, 4),))
    lifted = Link("l-8", "r-2", "r-1", LinkKind.COPIES, 1.0, field="attribution", left_spans=(Span(43, 60),))
    reports = digest(replace(ACCOUNT, links=(later, lifted))).reports
    assert [[(tie.what, tie.other, tie.detail) for tie in report.ties] for report in reports] == [
        [("has a later version,", "r-3", "1 passage")],
        [("takes a quotation from", "r-1", "“Two men were hurt”")],
        [("is a later version of", "r-1", "1 passage")],
    ]


def test_one_report_alone_says_nothing_of_voices() -> None:
    alone = replace(
        ACCOUNT,
        readings=READINGS[:1],
        links=(),
        happenings=tuple(
            replace(told, told_in=told.told_in[:1], reports=("r-1",), disputed=False, disputed_on=(), agreed=("when",))
            for told in HAPPENINGS
        ),
    )
    found = digest(alone)
    lines = (*found.happened, *found.contested, *found.did_not, *found.open_or_planned)
    assert len(lines) == 4
    assert {(one.carried, one.disputes, one.changes) for one in lines} == {("", (), ())}
    assert [one.id for one in lines] == ["ev-11", "ev-12", "ev-13", "ev-14"]


def test_a_single_unnamed_source_is_said_on_the_line() -> None:
    told = replace(
        HAPPENINGS[2], told_in=("ev-13",), reports=("r-1",), voices=1, named=0, unnamed=1, unnamed_only=True,
        disputed=False, disputed_on=(),
    )  # fmt: skip
    found = line("A guard", replace(ACCOUNT, happenings=(told,), links=()))
    assert found.voice == "says a clerk who asked not to be named (one unnamed source only)"
    assert found.carried == ""
    (reading, *others) = READINGS
    clerks = replace(reading.statements[1], source=replace(reading.statements[1].source, count=Range(2, None)))
    plural = replace(reading, statements=(reading.statements[0], clerks))
    found = line("A guard", replace(ACCOUNT, readings=(plural, *others), happenings=(told,), links=()))
    assert found.voice == "says a clerk who asked not to be named (unnamed sources only)"


def test_one_voice_agrees_with_nobody() -> None:
    told = replace(HAPPENINGS[1], agreed=("when",))
    assert line("Two men", replace(ACCOUNT, happenings=(told,))).carried == "1 voice, printed by 3 reports"


def test_a_line_names_three_outlets_and_counts_the_others() -> None:
    (first, *others) = READINGS
    more = tuple(
        replace(
            first,
            document=replace(first.document, id=f"r-{n}", outlet=f"Paper {n}"),
            events=tuple(replace(event, id=f"{event.id}{n}") for event in first.events),
        )
        for n in (4, 5)
    )
    told = replace(HAPPENINGS[0], told_in=(*HAPPENINGS[0].told_in, "ev-114", "ev-115"), reports=())
    account = replace(ACCOUNT, readings=(first, *others, *more), happenings=(told,))
    assert line("Two sheds", account).told_by == "Courier; Paper 4; Paper 5 and 2 more"


def test_what_all_tellings_together_do_not_call_happened_is_not_printed_so() -> None:
    told: Happening = replace(HAPPENINGS[0], status=Status.UNCERTAIN)
    assert line("Two sheds", replace(ACCOUNT, happenings=(told,))).status is Status.UNCERTAIN


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", 'https://a"b', "https://a<b", "//a", "https://a\\b"]
)
def test_no_link_is_made_of_what_is_no_plain_address(url: str) -> None:
    assert not is_address(url)


# ------------------------------------------------------------------------------------------------ why


def test_an_id_made_from_any_telling_finds_the_happening() -> None:
    for telling in ("ev-11", "ev-21", "ev-31"):
        assert explain(ACCOUNT, make_id("h", telling))["id"] == make_id("h", "ev-11")
        assert explain(ACCOUNT, make_id("h", telling)[:9])["id"] == make_id("h", "ev-11")


def test_why_of_a_happening_gives_every_telling_and_the_reasons_of_its_links() -> None:
    found = explain(ACCOUNT, make_id("h", "ev-11"))
    told = [words for label, words in found["words"] if label.startswith("told in")]
    assert told[2] == (
        "“The sheds at Quay Nine burned on Wednesday” — says two firemen (unnamed); Tribune, 6 Mar 2023; "
        "characters [0, 42) (ev-31)"
    )
    assert ("disputed on", "when") in found["words"]
    assert [reason["note"] for reason in found["reasons"]] == [
        "ev-21, ev-11 (0.90): the same words",
        "ev-31, ev-11 (0.90): Wednesday against Thursday",
    ]


def test_why_of_a_link_gives_the_words_of_both_sides() -> None:
    words = [pair for pair in explain(ACCOUNT, "l-copy")["words"] if " in " in pair[0]]
    assert words == [
        ("left in r-2", "“Two sheds burned at Quay Nine on Thursday.” — Gazette, 4 Mar 2023; characters [0, 42)"),
        ("right in r-1", "“Two sheds burned at Quay Nine on Thursday.” — Courier, 3 Mar 2023; characters [0, 42)"),
        ("left in r-2", "“Two men were hurt, said Ilda Venn.” — Gazette, 4 Mar 2023; characters [43, 77)"),
        ("right in r-1", "“Two men were hurt, said Ilda Venn.” — Courier, 3 Mar 2023; characters [43, 77)"),
    ]
    reasons = explain(ACCOUNT, "l-toll")["reasons"]
    assert [(reason["rule"], reason["weight"]) for reason in reasons] == [("updates.quantity", 0.8)]
