"""The words by which an entity is known, found wherever they stand: in any case, accents or not, over a line break.

A name of several words is found in any case and however its words are joined ("ilda-venn" in an address). A part of a
name is found only where it is written like a name, and only if it is nobody else's: "Venn" stays while another Venn is
in the account.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.names import HONORIFICS, PARTICLES, SUFFIXES
from onrecord.record import Entity, Span

# What may stand unseen inside a word: accents of their own, soft hyphens, joiners, a hyphen at the end of a line.
UNSEEN = "(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]|-\r?\n)*"
BETWEEN = r"[\s._\-]*"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NOBODY = re.compile(r"(?!)")
# Small words of names that are no name.
SMALL = HONORIFICS | PARTICLES | SUFFIXES | {"the", "of", "and", "for", "in", "on", "at"}


@dataclass(frozen=True, slots=True)
class Wordings:
    """What to look for: whole names in any case, and single words only where they are written like names."""

    whole: re.Pattern[str]
    single: re.Pattern[str]

    def found(self, text: str) -> Iterator[Span]:
        """Where any of it stands in a text."""
        plain = _plain(text)
        for match in self.whole.finditer(plain):
            yield Span(*match.span())
        for match in self.single.finditer(plain):
            if not text[match.start()].islower():
                yield Span(*match.span())

    def are_in_name(self, words: str) -> bool:
        """Whether any of it stands in a name or an address, where nothing is written large."""
        plain = _plain(words)
        return bool(self.whole.search(plain) or self.single.search(plain))

    def blacked(self, words: str, block: str) -> str:
        """Words with a block for each character of it."""
        spans = list(self.found(words))
        if not spans:
            return words
        black = {n for span in spans for n in range(span.start, span.end)}
        return "".join(block if n in black and char not in "\r\n" else char for n, char in enumerate(words))


def wordings_of(entities: Iterable[Entity], others: Iterable[Entity], heads: Iterable[str] = ()) -> Wordings:
    """The wordings of some entities; ``heads`` are names that reports use for them, ``others`` is everybody else.

    Who has the whole name of one of them in their own ("the Ilda Venn Foundation") does not make its parts common.
    """
    own = list(entities)
    given = {name for entity in own if entity.named for name in (entity.name, *entity.aliases)} | set(heads)
    described = {name for entity in own for name in (entity.name, *entity.aliases)}
    whole = _any_of(name for name in given | described if len(name.split()) > 1)
    parts = {word for name in given for word in _words(name)}
    for entity in others:
        for name in (entity.name, *entity.aliases) if entity.named else ():
            if not whole.search(_plain(name)):
                parts -= _words(name)
    return Wordings(whole, _any_of(parts))


def _words(name: str) -> set[str]:
    """The words of a name that are names themselves, folded."""
    found = {word for word in WORD.findall(_plain(name)) if not word.islower()}
    return {word.lower() for word in found if len(word) > 1} - SMALL


def _plain(text: str) -> str:
    """The text without accents, character for character."""
    return text if text.isascii() else "".join(_bare(char) for char in text)


def _bare(char: str) -> str:
    return char if char.isascii() else unicodedata.normalize("NFKD", char)[0]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    wordings = sorted({_wording(name) for name in names} - {""}, key=len, reverse=True)
    if not wordings:
        return NOBODY
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(wordings)})(?![^\W\d_])", re.IGNORECASE)


def _wording(name: str) -> str:
    words = re.split(r"[\s._\-]+", _plain(name).strip())
    return BETWEEN.join(UNSEEN.join(map(_letter, word)) for word in words if word)


def _letter(char: str) -> str:
    return "['’]" if char in "'’" else re.escape(char)
