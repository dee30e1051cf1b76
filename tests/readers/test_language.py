from __future__ import annotations

import pytest

from onrecord.readers import language
from onrecord.readers.intake import receive
from onrecord.record import Document, Problem

OTHERS = {
    "Spanish (es)": "El ministro del puerto dijo el lunes que las conversaciones seguirían hasta la primavera.",
    "German (de)": "Der Hafenminister sagte am Montag, dass die Gespräche bis zum Frühjahr weitergehen würden.",
    "Dutch (nl)": "De havenminister zei op maandag dat de gesprekken tot de lente zouden doorgaan, of was het er?",
    "French (fr)": "Le ministre du port a déclaré lundi que les pourparlers de Tarvik dureraient jusqu'au printemps.",
    "Danish (da)": "Havneministeren sagde mandag, at forhandlingerne ville fortsætte til foråret, for det var aftalt.",
    "Russian (ru)": "Министр порта заявил в понедельник, что переговоры в Тарвике продлятся до весны.",
    "Chinese (zh)": "港口部长星期一表示，塔尔维克的谈判将持续到春天。" * 3,
}
ENGLISH = [
    "The harbour minister of Ombrist said on Monday that the talks in Tarvik would go on until the spring.",
    "Qarzan Belyvik and Tosh Varel met Mirelle Dastovany in Ombrist, but Jorun Keth of the union was not there.",
    "Police said they had found two boats near the harbour wall. Nobody was hurt.",
]
UNDECIDED = [
    "", "Hola", "Qarzan Belyvik, Tosh Varel, Ombrist Qalandi, Mirelle Dastovany, Jorun Keth, Tarvik Dastovany",
    "x" * 5_000, "12 34 56 " * 200, "🙂" * 300,
]  # fmt: skip


def check(text: str) -> str:
    found = language.check_language(receive(Document("", text), b"", "report.txt"))
    return found.message if isinstance(found, Problem) else found.document.language


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_named(name: str) -> None:
    assert check(OTHERS[name]) == f"report.txt: is written in {name}; onrecord reads English"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_passes_without_asking_the_model(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.readers.foreign.identify", lambda _: pytest.fail("asked"))
    assert check(text) == "en"


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_cannot_be_told_goes_through_with_its_language_open(text: str) -> None:
    assert check(text) == ""


def test_terse_english_is_english() -> None:
    assert (
        check("Minister quits. Ombrist rebels seize Tarvik bridge. Police arrest five. Storm kills three near coast.")
        == "en"
    )
