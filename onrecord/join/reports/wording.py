"""The words of a report as they are compared with another's: in small letters, by sentence, without furniture."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.join.reports.furniture import furniture
from onrecord.record import Reading, Span

# What stands for a word of furniture: equal to no word.
NO_WORD = ""
# Scripts that part no words by blanks are compared character by character.
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{_UNPARTED}]|[^\W{_UNPARTED}]+")
SENTENCE_END = re.compile(r"""[.!?…][”"’')\]]*\s+(?=[“"‘'(\[]?[^\Wa-z])|\n\s*\n\s*""")
QUOTED = re.compile(r"“[^“”\n]{1,2000}”|\"[^\"\n]{1,2000}\"")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a report, with their characters; sentences and direct quotations as ranges of words.

    ``own`` has a 1 for each word that is the report's own: no furniture, and not quoted.
    """

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    quotations: tuple[tuple[int, int], ...]
    own: bytes

    def span(self, first: int, end: int) -> Span:
        """The characters of the words ``[first, end)``."""
        return Span(self.spans[first][0], self.spans[end - 1][1])


def word_for_word(reading: Reading) -> Wording:
    """The wording of a report, with its sentences and quotations where it was read, else those that its marks show."""
    text = reading.document.text
    spans = tuple([word.span() for word in WORD.finditer(text)])
    words = WORD.findall(text.lower())
    if len(words) != len(spans):  # a few letters become two when they are made small
        words = [text[first:end].lower() for first, end in spans]
    read = bool(reading.sentences)
    quotations = [one.span for one in reading.quotations if not one.scare]
    if not read and not reading.quotations:
        quotations = [Span(*quoted.span()) for quoted in QUOTED.finditer(text)]
    told = [one.span for one in reading.sentences] if read else list(split_sentences(text))
    quoted = tuple(_ranges(quotations, spans))
    own = bytearray(b"\1" * len(words))
    for first, end in quoted:
        own[first:end] = bytes(end - first)
    for first, end in _ranges([one.span for one in furniture(reading.document)], spans):
        own[first:end] = bytes(end - first)
        words[first:end] = [NO_WORD] * (end - first)
    return Wording(text, tuple(words), spans, tuple(_ranges(told, spans)), quoted, bytes(own))


def split_sentences(text: str) -> Iterator[Span]:
    """Sentences by their marks alone, for a report that was not read."""
    start = 0
    for end in SENTENCE_END.finditer(text):
        if text[start : end.end()].strip():
            yield Span(start, end.end())
            start = end.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _ranges(told: Sequence[Span], spans: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    for span in told:
        first, end = bisect_left(spans, (span.start, 0)), bisect_left(spans, (span.end, 0))
        if first < end:
            yield first, end
