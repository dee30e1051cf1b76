"""What two reports are to each other: copies, versions, corrections, lifted quotations."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.join.reports.copies import asked_for, compare_reports, link_reports
from onrecord.join.reports.wording import WORD
from onrecord.record import (
    Block,
    BlockKind,
    Channel,
    ChannelKind,
    Link,
    LinkKind,
    Manner,
    Quotation,
    Reading,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    StatementKind,
)
from tests.join.told import OTHER, SENTENCES, TEXT, report

COURIER = report(TEXT, "The Brell Courier", 4)
SAID = "The pumps were never ours and nobody asked us before they were painted green"


def only(one: Reading, other: Reading) -> Link:
    links = [link for link in compare_reports(one, other) if link.field != "attribution"]
    assert len(links) == 1, links
    return links[0]


def notes(link: Link) -> list[str]:
    return [reason.note for reason in link.reasons]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (TEXT, "12 of 12 sentences are the same"),
        (" ".join(SENTENCES[:6]), "cut at the end"),
        (" ".join([SENTENCES[0], *SENTENCES[6:], *SENTENCES[1:6]]), "passages stand in another order"),
        (" ".join([*OTHER[:2], *SENTENCES[1:]]), "the beginning was written anew"),
        (" ".join([SENTENCES[n] if n % 2 else OTHER[n // 3] for n in range(12)]), "6 of 12 sentences are the same"),
    ],
)
def test_a_copy_is_a_copy(text: str, note: str) -> None:
    link = only(COURIER, report(text, "The Tannis Echo", 5))
    assert (link.kind, link.left, link.right) == (LinkKind.COPIES, "r-The Tannis Echo-5", COURIER.document.id)
    assert note in notes(link)
    assert "a day later" in notes(link)
    assert 0.4 <= link.score <= 1


def test_every_seventh_word_changed_is_still_a_copy() -> None:
    words = TEXT.split(" ")
    changed = " ".join("indeed" if n % 21 == 3 else word for n, word in enumerate(words))
    assert only(COURIER, report(changed, "The Tannis Echo", 5)).kind is LinkKind.COPIES


def test_without_days_the_smaller_id_is_on_the_right_and_a_reason_says_so() -> None:
    link = only(report(TEXT, "The Tannis Echo", id_="r-1"), report(TEXT, "The Brell Courier", id_="r-2"))
    assert (link.left, link.right) == ("r-2", "r-1")
    assert "which came first is not known: not both have a day" in notes(link)


def test_who_names_the_other_outlet_is_the_copy() -> None:
    text = f"{TEXT} This was first told by the Brell Courier."
    link = only(
        report(text, "The Tannis Echo", 4, "r-1"), replace(COURIER, document=replace(COURIER.document, id="r-2"))
    )
    assert (link.left, link.right) == ("r-1", "r-2")


def test_a_later_version_of_the_same_outlet_is_an_update() -> None:
    newer = report(f"{OTHER[0]} {TEXT}", "the Brell Courier", 5)
    assert only(newer, COURIER).kind is LinkKind.UPDATES
    assert only(newer, COURIER).left == newer.document.id
    assert only(report(TEXT, "The Brell Courier", 6), COURIER).kind is LinkKind.COPIES  # not a word is new


def test_one_page_read_twice_is_an_update_though_no_outlet_is_known() -> None:
    page = "https://courier.example/lock"
    old, new = report(TEXT, day=4, url=page), report(f"{OTHER[0]} {TEXT}", day=5, url=page + "?v=2")
    assert only(old, new).kind is LinkKind.UPDATES


def test_of_two_versions_of_one_day_the_one_that_holds_the_other_is_newer() -> None:
    newer = report(f"{TEXT} {OTHER[0]} {OTHER[1]}", "The Brell Courier", 4, "r-0")
    link = only(COURIER, newer)
    assert (link.kind, link.left) == (LinkKind.UPDATES, "r-0")


def test_a_correction_links_its_words_to_the_wrong_ones() -> None:
    note = "Correction: An earlier version of this article said that nine cows were missing. The number is eleven."
    text = TEXT.replace("nine cows", "eleven cows") + "\n\n" + note
    corrected = report(text, "The Brell Courier", 4, "r-x")
    link = only(COURIER, corrected)
    assert (link.kind, link.left, link.field) == (LinkKind.CORRECTS, "r-x", "quantity")
    assert [span.cut(text) for span in link.left_spans] == [note]
    assert [span.cut(TEXT) for span in link.right_spans] == ["nine cows"]


def test_a_note_means_no_version_without_the_words_that_it_calls_wrong() -> None:
    note = "Correction: An earlier version of this article said that nine horses were missing. The number is eleven."
    later = report(TEXT + "\n\n" + note, "The Brell Courier", 5)
    assert only(report(TEXT.replace("nine", "some"), "The Brell Courier", 4), later).kind is LinkKind.UPDATES


def test_a_copy_of_the_corrected_report_in_another_outlet_corrects_nothing() -> None:
    note = "Correction: An earlier version of this article said that nine cows were missing. The number is eleven."
    other = report(f"{TEXT}\n\n{note}", "The Tannis Echo", 6)
    assert only(COURIER, other).kind is LinkKind.COPIES


def test_a_note_on_an_earlier_article_finds_it_by_its_day_and_the_wrong_words() -> None:
    note = "Because of an editing error, an article on Tuesday about the lock misstated the year as 1987. It was 1978."
    later = report(f"{' '.join(OTHER)}\n\n{note}", "The Brell Courier", 12)
    earlier = report(TEXT, "The Brell Courier", 9)
    link = only(earlier, later)
    assert (link.kind, link.right, link.field) == (LinkKind.CORRECTS, earlier.document.id, "when")
    assert [span.cut(TEXT) for span in link.right_spans] == ["1987"]
    assert asked_for(later) == (("The Brell Courier", "2021-03-09"),)
    assert [one.kind for one in link_reports([earlier, later])] == [LinkKind.CORRECTS]
    for other in (report(TEXT, "The Brell Courier", 8), report(TEXT, "The Tannis Echo", 9)):
        assert compare_reports(later, other) == ()


def test_the_same_affair_told_in_other_words_is_no_copy() -> None:
    anew = (
        "All night the gates of the Ostrell lock were open, and in the morning there was no water in the lower basin. "
        "Ilda Venn, the harbour master, saw barges on their sides near the grain store and sounded a horn. "
        "Nine cows are missing since Tuesday; no people were hurt. Orrin Tal said a bakery had borrowed the lever."
    )
    assert compare_reports(COURIER, report(anew, "The Tannis Echo", 4)) == ()


def test_what_an_outlet_puts_under_every_report_makes_no_copy() -> None:
    foot = "The Courier is owned by its readers in Brell and Ostrell, who meet twice a year in the old mill to vote."
    caption = "Barges in the harbour of Ostrell on a summer morning before the market opens."
    one, other = (
        f"{caption}\n\n{SENTENCES[0]}\n\n{SENTENCES[4]}\n\n{foot}",
        f"{caption}\n\n{OTHER[0]}\n\n{OTHER[1]}\n\n{foot}",
    )
    left, right = report(one, "The Brell Courier", 4), report(other, "The Brell Courier", 9)
    blocks = (Block(BlockKind.CAPTION, Span(0, len(caption))),)
    left, right = (replace(r, document=replace(r.document, blocks=blocks)) for r in (left, right))
    assert compare_reports(left, right) == ()


def test_a_quotation_that_was_told_to_the_other_outlet_is_lifted() -> None:
    first = report(f"{SENTENCES[0]} “{SAID},” said Ilda Venn. {SENTENCES[5]}", "The Brell Courier", 4)
    text = f"{OTHER[0]} {OTHER[1]} “{SAID},” Venn told the Brell Courier on Thursday. {OTHER[2]}"
    (link,) = compare_reports(report(text, "The Tannis Echo", 5), first)
    assert (link.kind, link.field, link.right) == (LinkKind.COPIES, "attribution", first.document.id)
    assert [span.cut(text) for span in link.left_spans] == [SAID]
    assert [span.cut(first.document.text) for span in link.right_spans] == [SAID]
    assert link_reports([first, report(text, "The Tannis Echo", 5)]) == (link,)


def test_the_channel_of_a_statement_tells_where_a_quotation_comes_from() -> None:
    first = report(f"{SENTENCES[0]} “{SAID},” said Ilda Venn. {SENTENCES[5]}", "The Brell Courier", 4)
    text = f"Asked by the Brell Courier, Venn was blunt. {' '.join(OTHER)} “{SAID},” she said."
    at, outlet = text.index("“"), text.index("Brell Courier")
    said = Statement(
        "s-1", Source(SourceKind.NAMED), (), (Span(at, at + len(SAID) + 2),), Manner.DIRECT, StatementKind.SPEECH,
        Stance.ASSERTS, channel=Channel(ChannelKind.OUTLET, Span(outlet, outlet + 13)),
    )  # fmt: skip
    plain = report(text, "The Tannis Echo", 5)
    assert compare_reports(plain, first) == ()
    (link,) = compare_reports(replace(plain, statements=(said,)), first)
    assert "it was told to The Brell Courier" in notes(link)


def test_two_outlets_at_one_news_conference_lift_nothing() -> None:
    one = report(f"{SENTENCES[0]} “{SAID},” said Ilda Venn at the town hall. {SENTENCES[5]}", "The Brell Courier", 4)
    other = report(f"{OTHER[0]} “{SAID},” Venn told reporters on Thursday. {OTHER[2]}", "The Tannis Echo", 5)
    assert compare_reports(one, other) == ()


def test_who_both_took_it_from_a_third_lift_nothing_from_each_other() -> None:
    told = f"“{SAID},” Venn told the Marrow Post."
    one, other = (
        report(f"{SENTENCES[0]} {told}", "The Brell Courier", 4),
        report(f"{OTHER[0]} {told}", "The Tannis Echo", 5),
    )
    assert compare_reports(one, other) == ()


def test_scare_quotes_are_no_quotations() -> None:
    first = report(f"{SENTENCES[0]} “{SAID},” said Ilda Venn. {SENTENCES[5]}", "The Brell Courier", 4)
    text = f"{OTHER[0]} “{SAID},” Venn told the Brell Courier. {OTHER[2]}"
    scare = Quotation("q-1", Span(text.index("“"), text.index("”") + 1), scare=True)
    assert compare_reports(replace(report(text, "The Tannis Echo", 5), quotations=(scare,)), first) == ()


def test_the_quotations_of_a_later_copy_come_from_the_first() -> None:
    text = f"{TEXT} “{SAID},” said Ilda Venn."
    links = compare_reports(report(text, "The Brell Courier", 4), report(text, "The Tannis Echo", 5))
    assert [(link.kind, link.field) for link in links] == [(LinkKind.COPIES, None), (LinkKind.COPIES, "attribution")]


READINGS = [
    COURIER,
    report(" ".join(SENTENCES[:7]), "The Tannis Echo", 5),
    report(f"{OTHER[0]} {TEXT}", "The Brell Courier", 5),
    report(" ".join(OTHER), "The Marrow Post", 5),
    report("", "The Marrow Post", 6),
]


def test_links_do_not_depend_on_the_order_or_on_others() -> None:
    links = link_reports(READINGS)
    assert len(links) == 3
    for some in list(permutations(READINGS))[::17]:
        assert link_reports(some) == links
    without = [link for link in links if COURIER.document.id not in (link.left, link.right)]
    assert list(link_reports(READINGS[1:])) == without


PARTS = [
    *SENTENCES,
    *OTHER,
    f"“{SAID},” Venn told the Brell Courier.",
    "\n\n",
    "An earlier version of this article misstated the year as 1987. It was 1978.",
]
texts = st.lists(st.sampled_from(PARTS), max_size=16).map(" ".join)
outlets = st.sampled_from(["", "The Brell Courier", "The Tannis Echo"])
days = st.one_of(st.none(), st.integers(4, 6))


@given(texts, texts, outlets, outlets, days, days)
@settings(max_examples=150, deadline=None)
def test_links_are_the_same_whichever_comes_first_and_show_the_same_words(
    one: str, other: str, outlet: str, theirs: str, day: int | None, then: int | None
) -> None:
    left, right = report(one, outlet, day, "r-1"), report(other, theirs, then, "r-2")
    links = compare_reports(left, right)
    assert links == compare_reports(right, left)
    text = {"r-1": one, "r-2": other}
    for link in links:
        assert {link.left, link.right} == {"r-1", "r-2"}
        assert 0 < link.score <= 1
        assert link.reasons
        if link.kind is not LinkKind.CORRECTS:
            assert len(link.left_spans) == len(link.right_spans) > 0
            for ours, others in zip(link.left_spans, link.right_spans, strict=True):
                assert words(ours.cut(text[link.left])) == words(others.cut(text[link.right]))


def words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


@given(st.lists(st.sampled_from(SENTENCES), max_size=12), st.lists(st.sampled_from(OTHER), max_size=12), outlets, days)
@settings(max_examples=60, deadline=None)
def test_what_shares_nothing_is_never_linked(ours: list[str], theirs: list[str], outlet: str, day: int | None) -> None:
    assert (
        compare_reports(report(" ".join(ours), outlet, day, "r-1"), report(" ".join(theirs), outlet, day, "r-2")) == ()
    )


@pytest.mark.parametrize("text", ["", "Gone.", "The lock is dry.", "\n", "水門" * 4, "“Gone,” she said."])
def test_short_texts_are_never_copies(text: str) -> None:
    assert compare_reports(report(text, id_="r-1"), report(text, id_="r-2")) == ()


def test_a_huge_text_is_compared_quickly() -> None:
    start = time.perf_counter()
    huge = report(
        " ".join(f"Cart {n} crossed the Tannis bridge with grain." for n in range(24_000)), "The Brell Courier", 4
    )
    assert compare_reports(huge, COURIER) == ()
    assert only(huge, replace(huge, document=replace(huge.document, id="r-2", outlet="The Tannis Echo"))).score == 1
    for text in ("a" * 1_000_000, " " * 1_000_000, "\n " * 500_000, "correction " * 90_000):
        assert compare_reports(report(text, id_="r-3"), COURIER) == ()
    assert time.perf_counter() - start < 12


def test_a_report_is_nothing_to_itself() -> None:
    assert compare_reports(COURIER, COURIER) == ()
    assert link_reports([COURIER, COURIER]) == ()
