"""Where places are: by what stands beside the name, by company, by size; and nothing where nothing is certain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.record import Entity, Kind, Reading

ReadText = Callable[..., Reading]


def entity(reading: Reading, name: str) -> Entity:
    [one] = [e for e in reading.entities if e.name == name]
    return one


def where(reading: Reading, name: str) -> tuple[str, str] | None:
    place = entity(reading, name).place
    return (place.country, place.precision) if place is not None else None


def rules(reading: Reading, name: str) -> dict[str, str]:
    """The rules of an entity's reasons, each with the words that set it off."""
    text = reading.document.text
    return {r.rule: r.span.cut(text) for r in entity(reading, name).reasons if r.span is not None}


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("They flew to Kenya at night.", "Kenya", "KE", "country"),
        ("They flew to the United States at night.", "United States", "US", "country"),
        ("They met in Nairobi at night.", "Nairobi", "KE", "city"),
        ("Georgian envoys flew to Georgia.", "Georgia", "GE", "country"),
    ],
)
def test_known_places(read_text: ReadText, text: str, name: str, country: str, precision: str) -> None:
    place = entity(read_text(text), name)
    assert place.kind is Kind.PLACE
    assert place.place is not None
    assert (place.place.country, place.place.precision, place.country) == (country, precision, country)
    assert place.place.gazetteer.removeprefix("geonames:").isdigit()
    assert any(reason.span is not None and reason.span.cut(text) == name for reason in place.reasons)


@pytest.mark.parametrize(
    ("text", "name", "found", "rule", "words"),
    [
        ("They met in Lagos, Portugal, at night.", "Lagos", ("PT", "city"), "places.beside", "Portugal"),
        ("They met in Melbourne, Florida, at night.", "Melbourne", ("US", "city"), "places.beside", "Florida"),
        ("They met in Alexandria, Va., at night.", "Alexandria", ("US", "city"), "place-abbreviations#Va.", "Va."),
        ("They met in Minna, in Niger state.", "Niger", ("NG", "subdivision"), "place-cues#state", "state"),
        ("They met in the province of Kaduna.", "Kaduna", ("NG", "subdivision"), "place-cues#province", "province"),
        ("They met in the city of Kaduna.", "Kaduna", ("NG", "city"), "place-cues#city", "city"),
        ("Fires spread in eastern Washington.", "Washington", ("US", "subdivision"), "place-cues#eastern", "eastern"),
        ("The governor stayed in Georgia.", "Georgia", ("US", "subdivision"), "place-cues#governor", "governor"),
    ],
)
def test_what_stands_beside_decides(
    read_text: ReadText, text: str, name: str, found: tuple[str, str], rule: str, words: str
) -> None:
    reading = read_text(text)
    assert where(reading, name) == found
    assert rules(reading, name)[rule] == words


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("They were tried in Tripoli. Lebanese police had caught them.", "Tripoli", ("LB", "city")),
        ("They were tried in Tripoli. Police in Benghazi had caught them.", "Tripoli", ("LY", "city")),
        ("Spanish planes circled over Granada.", "Granada", ("ES", "city")),
        ("Police in Perth arrested a farmer; the Scottish government kept silent.", "Perth", ("GB", "city")),
        ("Police met in Punjab. A judge in Lahore wrote to them.", "Punjab", ("PK", "subdivision")),
        ("Police met in Punjab. A judge in New Delhi wrote to them.", "Punjab", ("IN", "subdivision")),
        ("Rebels marched through Congo. They were seen in Brazzaville.", "Congo", ("CG", "country")),
        ("They crossed from Niger into Nigeria near Katsina.", "Niger", ("NE", "country")),
    ],
)
def test_company_decides(read_text: ReadText, text: str, name: str, found: tuple[str, str]) -> None:
    assert where(read_text(text), name) == found


def test_size_alone_decides_only_with_a_lead_and_says_so(read_text: ReadText) -> None:
    reading = read_text("They met in Paris at night.")
    assert where(reading, "Paris") == ("FR", "city")
    assert rules(reading, "Paris")["places.size"] == "Paris"
    assert where(read_text("They met in Springfield at night."), "Springfield") is None


def test_a_name_that_often_means_something_else_needs_support(read_text: ReadText) -> None:
    place = entity(read_text("They flew to Georgia at night."), "Georgia")
    assert place.place is None
    assert place.country is None


@pytest.mark.parametrize(
    "text",
    [
        "They walked to Brellmoor at night.",
        "The Kenyan officer resigned.",
        "Kenyans voted.",
        "They met in Tarvosk, Kenya.",
        "They met in the village of Nairobi.",
        "They sailed along the Niger.",
    ],
)
def test_what_the_gazetteer_does_not_hold_has_no_location(read_text: ReadText, text: str) -> None:
    assert not [e for e in read_text(text).entities if e.place is not None and e.place.precision != "country"]
    assert not [e for e in read_text(text).entities if e.place is not None and e.name != "Kenya"]


def test_a_place_that_does_not_lie_where_it_is_said_to_is_another_one(read_text: ReadText) -> None:
    reading = read_text("They met in Nairobi, Portugal.")
    assert where(reading, "Nairobi") is None
    assert where(reading, "Portugal") == ("PT", "country")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nairobi denied the report.", "Nairobi"),
        ("Kenya signed the treaty.", "Kenya"),
        ("The rebels accused Nairobi of fraud.", "Nairobi"),
        ("Nairobi was accused of fraud.", "Nairobi"),
        ("The talks between Nairobi and Kampala failed.", "Kampala"),
        ("Nairobi's refusal angered the farmers.", "Nairobi"),
        ("The statement from Nairobi came late.", "Nairobi"),
        ("The treaty was rejected by Kenya.", "Kenya"),
        ("They met Nairobi's envoy in May.", "Nairobi"),
        ("The rebels called on Kenya to wait.", "Kenya"),
    ],
)
def test_a_government_has_no_location_and_the_words_that_tell_are_kept(
    read_text: ReadText, text: str, name: str
) -> None:
    reading = read_text(text)
    assert where(reading, name) is None
    assert any(rule.startswith(("places.acts", "place-uses#")) for rule in rules(reading, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The road between Nairobi and Kampala was closed.", "Kampala"),
        ("The plane from Nairobi came late.", "Nairobi"),
        ("Kenya lies on the equator.", "Kenya"),
        ("Kenya was hit by floods.", "Kenya"),
        ("They met Kenya's envoy in May.", "Kenya"),
        ("Nairobi denied the report. In Nairobi, crowds cheered.", "Nairobi"),
    ],
)
def test_a_plain_location_has_one_though_the_name_may_act_elsewhere(read_text: ReadText, text: str, name: str) -> None:
    assert where(read_text(text), name) is not None


@pytest.mark.parametrize(
    ("text", "name"), [("The Oslo process collapsed.", "Oslo"), ("U.S. officials came late.", "U.S.")]
)
def test_what_is_named_after_a_place_is_none(read_text: ReadText, text: str, name: str) -> None:
    assert where(read_text(text), name) is None


def test_a_city_and_the_subdivision_called_after_it(read_text: ReadText) -> None:
    assert where(read_text("They were shot in Durango, Mexico."), "Durango") == ("MX", "city")
    assert where(read_text("They were shot in the Mexican state of Durango."), "Durango") == ("MX", "subdivision")


def test_countries_under_two_names_are_one(read_text: ReadText) -> None:
    reading = read_text("They flew to the U.K. on Monday. The United Kingdom kept silent.")
    assert entity(reading, "United Kingdom").aliases == ("U.K.",)


def test_the_order_of_sentences_changes_no_place(read_text: ReadText) -> None:
    told = ["Police in Perth arrested a farmer.", "A ship left Leith.", "The Scottish court sat in Dundee."]
    assert where(read_text(" ".join(told)), "Perth") == where(read_text(" ".join(reversed(told))), "Perth")
