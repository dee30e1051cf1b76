"""Resolution: reckoned from the report's date or the time spoken of, by tense; never from the clock."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.extract.parse import Tools, find_sentences, parse
from onrecord.extract.when import dating, occasions, resolution, times
from onrecord.pipeline import Stage, read_document
from onrecord.record import Basis, Document, Precision, Reading, TimeExpression, TimeInterval

STAGES = (
    Stage("sentences", "sentences", find_sentences),
    Stage("times", "times", times.find),
    Stage("dating", "published", dating.find),
    Stage("resolution", "times", resolution.resolve),
)
Resolve = Callable[..., Reading]


def given_date(start: date, days: int = 1) -> TimeInterval:
    return TimeInterval(start, start + timedelta(days), Precision.DAY, Basis.EXPLICIT, inferred=False)


@pytest.fixture(scope="session")
def resolve(tools: Tools) -> Resolve:
    def read(text: str, published: TimeInterval | None = None) -> Reading:
        reading = read_document(Document("r-1", text, published=published), tools, STAGES)
        assert not reading.problems, reading.problems
        return reading

    return read


def stretch(expression: TimeExpression) -> tuple[str, str]:
    assert expression.interval is not None
    return str(expression.interval.start), str(expression.interval.end)


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [  # the report is of Thursday, 14 June 2012
        ("The mill closed yesterday.", "yesterday", "2012-06-13"),
        ("The mill closed on Tuesday.", "Tuesday", "2012-06-12"),
        ("The mill will close on Tuesday.", "Tuesday", "2012-06-19"),
        ("The mill closed on Thursday.", "Thursday", "2012-06-14"),
        ("The owner plans to close the mill on Tuesday.", "Tuesday", "2012-06-19"),
        ("The owner must answer by Tuesday.", "Tuesday", "2012-06-19"),
        ("The mill closed last week.", "last week", "2012-W23"),
        ("The mill will close next month.", "next month", "2012-07"),
        ("The mill closed in August.", "August", "2011-08"),
        ("The mill will close in August.", "August", "2012-08"),
        ("The mill closed last May.", "last May", "2012-05"),
        ("The mill closed last summer.", "last summer", "2011-SU"),
        ("The mill will close this fall.", "this fall", "2012-FA"),
        ("The mill closed in August of last year.", "August of last year", "2011-08"),
        ("Sales fell in the first quarter.", "the first quarter", "2012-Q1"),
        ("Sales fell in last year's third quarter.", "last year's third quarter", "2011-Q3"),
        ("The mill closed ten days ago.", "ten days ago", "2012-06-04"),
        ("The mill closed five months ago.", "five months ago", "2012-01"),
        ("The mill closed on Monday night.", "Monday night", "2012-06-11TNI"),
        ("The mill closed at noon on Monday.", "noon on Monday", "2012-06-11T12:00"),
        ("The mill closed before Christmas.", "Christmas", "2011-12-25"),
        ("The mill closed over the weekend.", "the weekend", "2012-W23-WE"),
        ("The mill will close in three days.", "three days", "2012-06-17"),
        ("The offer was extended to July 20.", "July 20", "2012-07-20"),
        ("Two members had paid their dues by Tuesday.", "Tuesday", "2012-06-12"),
        ("Until Tuesday, they had not named the owner.", "Tuesday", "2012-06-12"),
        ("The owner did not answer until Tuesday.", "Tuesday", "2012-06-12"),
        ("The talks were put off until Tuesday.", "Tuesday", "2012-06-19"),
        ("The offer had been due to expire on Tuesday.", "Tuesday", "2012-06-12"),
        ("The offer had been scheduled to expire on Tuesday.", "Tuesday", "2012-06-12"),
        ("Neither of them could be found on Tuesday.", "Tuesday", "2012-06-12"),
        ("The owner is looking for ways round Tuesday's ruling.", "Tuesday", "2012-06-12"),
        ("The blast came at 10:35 a.m. (0735 GMT) Tuesday.", "10:35 a.m. (0735 GMT) Tuesday", "2012-06-12T10:35"),
        ("The mill must be sold by year's end.", "year's end", "2012"),
        ("It was dated Tuesday, June 12: a long letter.", "Tuesday, June 12", "2012-06-12"),
        ("On Tuesday, the owner plans to close the mill.", "Tuesday", "2012-06-19"),
        ("The strike lasted until Tuesday.", "Tuesday", "2012-06-12"),
        ("The king reigned until March.", "March", "2012-03"),
        ("The talks were put off until May.", "May", "2013-05"),
        ("By Tuesday, the town was empty.", "Tuesday", "2012-06-12"),
        ("The court ordered them to leave by Tuesday.", "Tuesday", "2012-06-19"),
        ("A vote is expected on Tuesday.", "Tuesday", "2012-06-19"),
        ("Tuesday's vote was close.", "Tuesday", "2012-06-12"),
        ("Tuesday's vote will be close.", "Tuesday", "2012-06-19"),
        ("Ahead of Tuesday's election, the owner fled.", "Tuesday", "2012-06-19"),
        ("The owner meets the mayor on Saturday.", "Saturday", "2012-06-16"),
        ("The mill lost money in the year ended May 31.", "May 31", "2012-05-31"),
        ("The mill lost money in the quarter ended April 30.", "the quarter", "2012-Q1"),
        ("The mill closed on the 20th.", "the 20th", "2012-05-20"),
        ("The mill will close on the 20th.", "the 20th", "2012-06-20"),
        ("The mill was open from 9 a.m. to 5 p.m. on Monday.", "9 a.m.", "2012-06-11T09:00"),
        ("The mill closed in the early hours of Tuesday.", "the early hours of Tuesday", "2012-06-12TMO"),
        ("The mill closed half a century ago.", "half a century ago", "1962"),
        ("The mill closed at 1418 GMT on Tuesday.", "1418 GMT on Tuesday", "2012-06-12T14:18"),
        ("The mill closed this past Sunday.", "this past Sunday", "2012-06-10"),
        ("The mill closed on May Day.", "May Day", "2012-05-01"),
        ("The mill closed on the first day of May.", "the first day of May", "2012-05-01"),
        ("The mill must be sold by the end of year.", "the end of year", "2012"),
    ],
)
def test_from_the_reports_day(resolve: Resolve, text: str, words: str, timex: str) -> None:
    found = {t.span.cut(text): t for t in resolve(text, given_date(date(2012, 6, 14))).times}
    assert words in found, found.keys()
    expression = found[words]
    assert expression.timex == timex
    assert expression.interval is not None
    assert (expression.interval.inferred, expression.interval.basis) == (True, Basis.PUBLICATION)
    assert expression.relative_to == "publication"
    assert any("2012-06-14" in reason.note for reason in expression.interval.reasons)


@pytest.mark.parametrize(
    ("text", "words", "timex"),
    [
        ("The mill burned on 3 May 2003. A week later the owner fled.", "A week later", "2003-W19"),
        ("The mill burned on 3 May 2003. The next day the owner fled.", "The next day", "2003-05-04"),
        ("The mill burned in 2003. That year the owner fled.", "That year", "2003"),
    ],
)
def test_from_the_time_spoken_of(resolve: Resolve, text: str, words: str, timex: str) -> None:
    reading = resolve(text, given_date(date(2012, 6, 14)))
    first, second = reading.times
    assert (second.span.cut(text), second.timex, second.relative_to) == (words, timex, first.id)
    assert second.interval is not None
    assert (second.interval.basis, second.interval.anchor_id) == (Basis.EXPRESSION, first.id)


@pytest.mark.parametrize(
    "words", ["That day", "The following week", "That same month", "The following Tuesday", "That summer"]
)
def test_a_time_spoken_of_nowhere_stays_unknown(resolve: Resolve, words: str) -> None:
    (only,) = resolve(f"{words} the owner fled.", given_date(date(2012, 6, 14))).times
    assert (only.interval, only.timex[:4]) == (None, "XXXX")


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("The mill will open within two weeks.", "two weeks", ("2012-06-14", "2012-06-29")),
        ("The mill was shut in the last two weeks of May.", "the last two weeks of May", ("2012-05-18", "2012-06-01")),
        ("The mill was shut in the first week of 2011.", "the first week of 2011", ("2011-01-01", "2011-01-08")),
    ],
)
def test_a_length_that_has_its_days(resolve: Resolve, text: str, words: str, days: tuple[str, str]) -> None:
    (only,) = resolve(text, given_date(date(2012, 6, 14))).times
    assert (only.span.cut(text), stretch(only)) == (words, days)
    assert only.timex.startswith("P")


@pytest.mark.parametrize(
    ("text", "words", "days", "other"),
    [
        ("The mill closed on Friday.", "Friday", "2012-06-08", "2012-06-15"),
        ("The mill will close on Friday.", "Friday", "2012-06-15", "2012-06-08"),
        ("The mill closed on July 3.", "July 3", "2011-07-03", "2012-07-03"),
        ("The mill closed in July.", "July", "2011-07-01", "2012-07-01"),
        ("The mill will close in May.", "May", "2013-05-01", "2012-05-01"),
        ("The mill closed in December.", "December", "2011-12-01", None),
        ("The owner meets the mayor on Saturday.", "Saturday", "2012-06-16", "2012-06-09"),
    ],
)
def test_what_the_tense_rules_out_is_kept_where_it_is_near(
    resolve: Resolve, text: str, words: str, days: str, other: str | None
) -> None:
    (only,) = resolve(text, given_date(date(2012, 6, 14))).times
    assert (only.span.cut(text), stretch(only)[0]) == (words, days)
    assert only.interval is not None
    assert [str(a.start) for a in only.interval.alternatives] == ([other] if other else [])
    assert all(a.why for a in only.interval.alternatives)


def test_a_day_alone_is_of_the_month_named_before(resolve: Resolve) -> None:
    first, second = resolve("The owner came on 12 May and fled on the 14th.", given_date(date(2012, 6, 14))).times
    assert (first.timex, second.timex, second.relative_to) == ("2012-05-12", "2012-05-14", first.id)


def test_later_than_nothing_is_unknown(resolve: Resolve) -> None:
    (only,) = resolve("Twelve days later the owner fled.", given_date(date(2012, 6, 14))).times
    assert (only.timex, only.interval) == ("FUTURE_REF", None)


def test_the_same_period_is_that_quarter_of_the_other_year(resolve: Resolve) -> None:
    text = "In the first quarter sales fell, from the same period last year. In the 2010 period they rose."
    found = [t.timex for t in resolve(text, given_date(date(2012, 6, 14))).times]
    assert found == ["2012-Q1", "2011-Q1", "2010-Q1"]


def test_a_range_over_the_turn_of_the_year(resolve: Resolve) -> None:
    first, last = resolve("The mill was shut from November to February.", given_date(date(2012, 12, 14))).times
    assert (first.timex, last.timex, first.relative_to) == ("2011-11", "2012-02", last.id)


def test_this_year_in_the_past_ends_with_the_report(resolve: Resolve) -> None:
    (past,) = resolve("The mill closed this year.", given_date(date(2012, 6, 14))).times
    assert stretch(past) == ("2012-01-01", "2012-06-15")
    (ahead,) = resolve("The mill will close this year.", given_date(date(2012, 6, 14))).times
    assert stretch(ahead) == ("2012-01-01", "2013-01-01")


def test_last_season_keeps_both_readings_and_the_order_of_telling_chooses(resolve: Resolve) -> None:
    plain = resolve("The mill closed last summer.", given_date(date(2012, 10, 2))).times[0]
    assert plain.interval is not None
    assert plain.timex == "2012-SU"
    assert plain.interval.alternatives[0].start == date(2011, 6, 1)
    told = "The mill closed last summer. The owner later left in March."
    ordered = resolve(told, given_date(date(2012, 10, 2))).times[0]
    assert ordered.interval is not None
    assert (ordered.timex, ordered.interval.basis) == ("2011-SU", Basis.NARRATIVE)
    assert ordered.interval.alternatives[0].start == date(2012, 6, 1)


@pytest.mark.parametrize("plan", ["planned", "had planned", "was due", "was scheduled"])
def test_a_plan_told_in_the_past_keeps_both_years(resolve: Resolve, plan: str) -> None:
    text = f"The firm {plan} to open the mine in March."
    sure = resolve(text, given_date(date(2012, 6, 14))).times[0]
    assert stretch(sure) == ("2012-03-01", "2012-04-01")
    assert sure.interval is not None
    assert [(a.start, "told in the past" in a.why) for a in sure.interval.alternatives] == [(date(2013, 3, 1), True)]
    unsure = resolve(text, given_date(date(2012, 8, 1), 153)).times[0]
    assert stretch(unsure) == ("2012-03-01", "2013-04-01")
    assert unsure.interval is not None
    assert [a.start for a in unsure.interval.alternatives] == [date(2012, 3, 1), date(2013, 3, 1)]


HISTORY = (
    "The war began in 1935. It was lost in 1936. The town fell in 1937, and the port in 1938. Peace came in 1939. "
    "In 1936 the king fled. On October 5, the army took Orlo. The next month it took Tarvik. By December it was over. "
)


def test_in_a_history_days_go_by_the_year_spoken_of(resolve: Resolve) -> None:
    reading = resolve(HISTORY, given_date(date(2012, 6, 14)))
    found = {t.span.cut(HISTORY): t.timex for t in reading.times}
    assert (found["October 5"], found["The next month"], found["December"]) == ("1936-10-05", "1936-11", "1936-12")


def test_a_year_in_passing_does_not_move_a_history(resolve: Resolve) -> None:
    text = HISTORY + "A film of 1988 tells of it. The 1950s forgot it. On December 20 the king came back."
    found = {t.span.cut(text): t.timex for t in resolve(text, given_date(date(2012, 6, 14))).times}
    assert found["December 20"] == "1936-12-20"


def test_what_opens_a_sentence_carries_a_history_on(resolve: Resolve) -> None:
    text = HISTORY + "In March 1940 the war began again, and lasted until August 1945. In June the port fell."
    found = {t.span.cut(text): t.timex for t in resolve(text, given_date(date(2012, 6, 14))).times}
    assert found["June"] == "1940-06"


def test_in_a_history_a_month_is_the_nearest(resolve: Resolve) -> None:
    text = HISTORY + "In December 1940 the war began again. In January the port fell. This year was the worst."
    found = {t.span.cut(text): t.timex for t in resolve(text, given_date(date(2012, 6, 14))).times}
    assert (found["January"], found["This year"]) == ("1941-01", "1941")


def test_before_christ_there_is_a_value_and_no_day(resolve: Resolve) -> None:
    text = (
        "The league rose in 499 BC. It fell in 493 BC. The king came in 492 BC. In the spring of 490 BC he left. "
        "In August the league met again. The following year it won. The war ended in 480 BC."
    )
    found = {t.span.cut(text): t for t in resolve(text, given_date(date(2012, 6, 14))).times}
    assert (found["the spring of 490 BC"].timex, found["August"].timex) == ("BC0490-SP", "BC0490-08")
    assert found["The following year"].timex == "BC0489"
    assert not any(t.interval for t in found.values())


def test_a_firms_year_is_no_calendar_year(resolve: Resolve) -> None:
    first = resolve("In the year ended Jan. 31 the mill lost money.", given_date(date(2012, 6, 14))).times[0]
    assert (first.timex, first.interval) == ("P1Y", None)


def test_two_months_share_a_year(resolve: Resolve) -> None:
    first, second = resolve("The mill was shut in April and June 1955.", given_date(date(2012, 6, 14))).times
    assert (first.timex, second.timex) == ("1955-04", "1955-06")
    first, second = resolve("The siege (26 December - 4 January 1952) was long.", given_date(date(2012, 6, 14))).times
    assert (first.timex, second.timex) == ("1951-12-26", "1952-01-04")


def test_a_report_known_to_its_month_gives_wider_days(resolve: Resolve) -> None:
    month = given_date(date(2012, 6, 1), 30)
    text = "The mill closed yesterday. It had opened last year. It will reopen on Tuesday."
    yesterday, last_year, tuesday = resolve(text, month).times
    assert stretch(yesterday) == ("2012-05-31", "2012-06-30")
    assert (last_year.timex, *stretch(last_year)) == ("2011", "2011-01-01", "2012-01-01")
    assert stretch(tuesday) == ("2012-06-05", "2012-07-04")
    assert yesterday.timex == "2012-XX-XX"


def test_without_a_date_the_formula_stays(resolve: Resolve) -> None:
    found = resolve("The mill closed last year. It may reopen on Friday.").times
    assert [(t.timex, t.interval, t.relative_to) for t in found] == [
        ("XXXX", None, "publication"),
        ("XXXX-WXX-5", None, "publication"),
    ]


def test_the_clock_is_never_asked(resolve: Resolve, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The mill closed last year, in May. It reopened on Friday. It is now open. It opened in the fall of 2001."
    before = resolve(text, given_date(date(2012, 6, 14)))

    class Stopped(date):
        @classmethod
        def today(cls) -> Stopped:
            raise AssertionError("the clock was asked")

    for name, module in list(sys.modules.items()):
        if name.startswith("onrecord.") and getattr(module, "date", None) is datetime.date:
            monkeypatch.setattr(module, "date", Stopped)
    assert resolve(text, given_date(date(2012, 6, 14))).times == before.times


RELATIVE = (
    "The mill closed {}.",
    ("last year", "two years ago", "in August", "last month", "on 3 March", "last summer", "in the third quarter",
     "in the first week of May", "on the 20th", "in March last year", "at Christmas", "half a century ago"),
)  # fmt: skip
BY_WEEKDAY = ("on Friday", "last Tuesday", "last week", "over the weekend", "on Monday night", "ten days ago",
              "three weeks ago", "on Labor Day", "from Monday to Wednesday", "this week", "yesterday")  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)).filter(lambda d: (d.month, d.day) != (2, 29)),
    st.integers(1, 30),
    st.sampled_from(RELATIVE[1]),
)
def test_a_shifted_report_shifts_what_is_relative_and_nothing_else(
    resolve: Resolve, day: date, years: int, phrase: str
) -> None:
    text = RELATIVE[0].format(phrase) + " It had opened on 5 May 1986."
    here = resolve(text, given_date(day)).times
    there = resolve(text, given_date(day.replace(year=day.year + years))).times
    assert here[-1].interval == there[-1].interval
    for a, b in zip(here[:-1], there[:-1], strict=True):
        assert a.interval is not None
        assert b.interval is not None
        assert a.interval.start is not None
        assert a.interval.start.replace(year=a.interval.start.year + years) == b.interval.start
        assert b.interval.end is not None
        assert b.interval.end > b.interval.start


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dates(date(1931, 1, 1), date(2069, 12, 31)).filter(lambda d: (d.month, d.day) != (2, 29)),
    st.sampled_from(["closed", "will close"]),
    st.sampled_from(BY_WEEKDAY + RELATIVE[1]),
)
def test_after_twenty_eight_years_the_weekdays_are_the_same(
    resolve: Resolve, day: date, verb: str, phrase: str
) -> None:
    """The calendar from 1901 to 2099 comes back after 28 years, weekdays and all."""
    text = f"The mill {verb} {phrase}. It had opened on 5 May 1986."
    here = resolve(text, given_date(day)).times
    there = resolve(text, given_date(day.replace(year=day.year + 28))).times
    assert here[-1].interval == there[-1].interval
    for a, b in zip(here[:-1], there[:-1], strict=True):
        assert a.interval is not None
        assert b.interval is not None
        for x, y in ((a.interval.start, b.interval.start), (a.interval.end, b.interval.end)):
            assert x is not None
            assert x.replace(year=x.year + 28) == y


def when(tools: Tools, resolve: Resolve, text: str, verb: str) -> TimeInterval | None:
    reading = resolve(text, given_date(date(2012, 6, 14)))
    parsed = parse(reading.document, tools)
    trigger = next(token for token in parsed.doc if token.text == verb)
    dates = occasions.Dates.of(reading, parsed)
    found = occasions.attached(trigger, dates) or occasions.fronted(trigger, dates)
    return None if found is None else occasions.opened(found[0], found[1], dates)


@pytest.mark.parametrize(
    ("text", "verb", "days"),
    [
        ("The mill closed on Tuesday.", "closed", ("2012-06-12", "2012-06-13")),
        ("On Tuesday the owner closed the mill and fled.", "fled", ("2012-06-12", "2012-06-13")),
        ("The mill has stood empty since 2010.", "stood", ("2010-01-01", "2012-06-15")),
        ("The mill stayed open until 2010.", "stayed", ("None", "2011-01-01")),
        ("The council met from March to May 2010.", "met", ("2010-03-01", "2010-06-01")),
        ("The council met between 2001 and 2003.", "met", ("2001-01-01", "2004-01-01")),
        ("The owner slept.", "slept", None),
    ],
)
def test_an_act_takes_the_time_beside_it(
    tools: Tools, resolve: Resolve, text: str, verb: str, days: tuple[str, str] | None
) -> None:
    found = when(tools, resolve, text, verb)
    assert (None if found is None else (str(found.start), str(found.end))) == days


def test_what_was_said_on_a_day_was_said_on_that_day(read_text: Callable[..., Reading]) -> None:
    reading = read_text("The mill is closed, Mara Osk said on Tuesday.", published="2012-06-14")
    assert [s.when and s.when.start for s in reading.statements] == [date(2012, 6, 12)]


@pytest.mark.parametrize(
    ("text", "start"),
    [  # the report is of 2 November 2012
        ("Lena Orvik spoke on Nov. 20.", "2011-11-20"),  # told as past, so it lies back
        ("The council set a Nov. 20 deadline.", "2012-11-20"),
        ("The offer was extended to Nov. 20.", "2012-11-20"),
        ("The mayor asked the council to meet on Nov. 20.", "2012-11-20"),
    ],
)
def test_what_a_past_verb_tells_lies_back_and_what_it_sets_may_lie_ahead(
    resolve: Resolve, text: str, start: str
) -> None:
    (only,) = resolve(text, given_date(date(2012, 11, 2))).times
    assert stretch(only)[0] == start


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("before dawn on Thursday", date(2019, 5, 2), date(2019, 5, 3)),
        ("shortly before noon on Thursday", date(2019, 5, 2), date(2019, 5, 3)),
        ("after 9 p.m. on Thursday", date(2019, 5, 2), date(2019, 5, 3)),
        ("before Thursday morning", None, date(2019, 5, 3)),
        ("before Thursday", None, date(2019, 5, 2)),
    ],
)
def test_before_an_hour_is_still_that_day(
    read_text: Callable[..., Reading], phrase: str, start: date | None, end: date
) -> None:
    reading = read_text(f"Friday, May 3, 2019\n\nGuards raided the printing house {phrase}.")
    when = next(event.when for event in reading.events)
    assert when is not None
    assert (when.start, when.end, when.inferred, when.clock) == (start, end, True, "")
