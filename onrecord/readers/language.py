"""In which language a report is: onrecord reads English, and says so of a report in another language.

Most reports are settled by the share of English function words among their first words, which costs next to nothing;
only where that share is low is the language model of py3langid asked (its first answer takes most of a second).
"""

from __future__ import annotations

import importlib
import re
from dataclasses import replace

from onrecord.readers.intake import trouble
from onrecord.record import Problem, Received

# Words of grammar that English has and its neighbours do not write (Dutch "of" and "was" are the price).
FUNCTION_WORDS = frozenset({
    "the", "of", "and", "to", "that", "was", "for", "with", "by", "from", "it", "his", "be", "are", "not",
    "have", "has", "had", "which", "their", "they", "were", "this", "but", "who", "said", "would", "been",
    "its", "will", "there", "what", "when", "she", "her", "him", "you", "your", "about", "into", "than",
    "could", "after", "also", "more", "other", "over", "out", "only", "them", "some", "these", "should",
    "because", "while", "where", "being", "between", "before", "under", "during", "against", "both",
    "through", "is", "he", "or", "at", "an", "as", "on",
})  # fmt: skip
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Characters from the beginning that are looked at.
LOOK_AT = 5_000
# Fewer letters tell no language; nor do fewer words.
ENOUGH_LETTERS = 60
# Share of function words from which a text is English: English prose has 0.3 to 0.5, its neighbours under 0.1.
CLEARLY_ENGLISH = 0.2
# How sure the model must be of another language: prose of 60 letters reaches 0.9; names, tables and noise stay under
# 0.3. In a script that English is not written in, the question is only which of several languages it is.
SURE = 0.6
SURE_OF_SCRIPT = 0.2
# The last letter of Unicode's Latin blocks up to Extended-B.
LAST_LATIN = "\u024f"


def check_language(received: Received) -> Received | Problem:
    """The report with its language filled in, or the problem that it is not in English.

    A text too short to tell, or one that the model is not sure of, goes through with its language left empty.
    """
    text = received.document.text[:LOOK_AT]
    if english_share(text) >= CLEARLY_ENGLISH:
        return replace(received, document=replace(received.document, language="en"))
    if sum(map(str.isalpha, text)) < ENOUGH_LETTERS:
        return received
    code, name, sure = importlib.import_module("onrecord.readers.foreign").identify(text)
    if not name or sure < (SURE_OF_SCRIPT if _in_another_script(text) else SURE):
        return received
    if code == "en":
        return replace(received, document=replace(received.document, language="en"))
    return trouble(received.document.origin, f"is written in {name} ({code}); onrecord reads English")


def english_share(text: str) -> float:
    """The share of English function words among the words; 0 for fewer than three of them."""
    words = [word.lower() for word in WORD.findall(text)]
    known = sum(word in FUNCTION_WORDS for word in words)
    return known / len(words) if known >= 3 else 0.0


def _in_another_script(text: str) -> bool:
    """Whether most letters are not Latin."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char > LAST_LATIN for char in letters) > len(letters)
