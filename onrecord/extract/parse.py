"""The parse: spaCy's analysis of the mended view, what the learned head sees in it, and the way back to the text.

Both are made once per report, handed to every stage, and dropped: a ``Reading`` holds none of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import BadPlug
from onrecord.extract import PIPELINE, WEIGHTS
from onrecord.extract.says import head as says_head
from onrecord.extract.view import View, mend
from onrecord.extract.who.head import Head, Sights, load_head
from onrecord.lexicon import Lexicons, load_lexicons
from onrecord.record import Document, Model, Reading, Sentence, Span, make_id

# "PORT ORLO, May 3 (Agency) — ": a town in capitals, perhaps more of where and when and whose report it is, a dash.
DATELINE = re.compile(
    r"\s*[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.'’ ]{1,30}){0,3}"
    r"(?:,? \d{4})?(?: \([^()\n]{2,40}\))? ?[–—-]{1,2} +(?=[\"“‘']?[A-Z\d])"
)

# Characters without a blank that may be one word (an address of a web page may).
LONGEST_WORD = 500
ENDLESS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens


@dataclass(frozen=True, slots=True)
class Tools:
    """What stages share, loaded once per process: pipeline, lexicons, learned heads. Stages only read them.

    ``head`` sees who is who, ``says`` who says what.
    """

    nlp: Language
    lexicons: Lexicons
    models: tuple[Model, ...]
    head: Head | None = None
    says: says_head.Head | None = None
    everything: bool = False


@lru_cache(maxsize=4)
def load_tools(
    pipeline: str = PIPELINE, lexicons: Path | None = None, weights: Path | None = WEIGHTS, everything: bool = False
) -> Tools:
    """Load the pipeline, the lexicons and the learned heads; without ``weights`` the rules stand alone.

    ``everything``: things that are mentioned only once are kept too.

    Raises BadPlug if the pipeline is not installed or the weights are not what they should be, BadRule for a bad row.
    """
    import spacy

    try:
        nlp = spacy.load(pipeline)
    except OSError as error:
        raise BadPlug(f"the spaCy pipeline {pipeline!r} is not installed here") from error
    head = load_head(weights) if weights is not None else None
    says = says_head.load_head(weights) if weights is not None and says_head.is_in(weights) else None
    models = (pipeline_model(pipeline), *(learnt.model for learnt in (head, says) if learnt is not None))
    return Tools(nlp, load_lexicons(folder=lexicons), models, head, says, everything)


def pipeline_model(pipeline: str = PIPELINE) -> Model:
    """Name, version and digest of an installed pipeline: the sha256 of its weights as its package records them."""
    try:
        package = distribution(pipeline.replace("_", "-"))
    except PackageNotFoundError:
        return Model(pipeline, "", "")
    weights = sorted(f"{file}={file.hash.value}" for file in package.files or () if file.hash and file.suffix != ".pyc")
    return Model(pipeline, package.version, hashlib.sha256("\n".join(weights).encode()).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed report. Token indices are the Doc's; spans count characters of the document's text.

    ``sights``: what the learned head sees, by words; ``words``: the token that each of those words is.
    """

    doc: Doc
    view: View
    sights: Sights | None = None
    words: tuple[int, ...] = ()

    def span(self, tokens: Tokens | Token) -> Span:
        """The text under a token or a slice of the Doc. A slice must not be empty."""
        return self.between(tokens, tokens)

    def between(self, first: Tokens | Token, last: Tokens | Token) -> Span:
        """The text from the beginning of one token or slice to the end of another, blanks at the ends left out."""
        start = _start(first)
        end = _end(last)
        words = self.view.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return self.view.span(start, end)

    def of(self, tokens: Iterable[Token]) -> Span:
        """The smallest span that holds all these tokens."""
        ordered = sorted(tokens, key=lambda token: token.i)
        return self.between(ordered[0], ordered[-1])

    def tokens(self, span: Span) -> Tokens:
        """The tokens that the span touches; may be empty."""
        start, end = self.view.find(span)
        touched = self.doc.char_span(start, end, alignment_mode="expand") if start < end else None
        return touched if touched is not None else self.doc[0:0]


def _start(tokens: Tokens | Token) -> int:
    return tokens.idx if hasattr(tokens, "idx") else tokens.start_char


def _end(tokens: Tokens | Token) -> int:
    return tokens.idx + len(tokens) if hasattr(tokens, "idx") else tokens.end_char


def parse(document: Document, tools: Tools) -> Parse:
    """Parse a document's mended view. Paragraphs are parsed apart, so that no sentence runs over their border."""
    from spacy.tokens import Doc

    view = mend(document.text)
    pieces = [tools.nlp.make_doc(piece) for piece in _paragraphs(view.text)]
    parsed = list(tools.nlp.pipe(pieces, batch_size=32))
    doc = Doc.from_docs(parsed, ensure_whitespace=False) if parsed else tools.nlp.make_doc("")
    assert doc is not None
    if tools.head is None:
        return Parse(doc, view)
    words, opens = _words(doc, view.text)
    return Parse(doc, view, tools.head.see([doc[i].text for i in words], opens), words)


def _words(doc: Doc, text: str) -> tuple[tuple[int, ...], list[bool]]:
    """The tokens that are words or marks, and whether each opens a paragraph."""
    words = [token for token in doc if not token.is_space]
    ends = [0, *(token.idx + len(token) for token in words)]
    opens = [i == 0 or "\n" in text[ends[i] : token.idx] for i, token in enumerate(words)]
    return tuple(token.i for token in words), opens


def _paragraphs(text: str) -> list[str]:
    """The view cut after each run of line breaks and each dateline; put together again, the pieces are the view."""
    pieces: list[str] = []
    begin = 0
    for i, char in enumerate(text):
        if char == "\n" and (i + 1 == len(text) or text[i + 1] != "\n") and text[begin : i + 1].strip():
            pieces += _apart_from_dateline(text[begin : i + 1])
            begin = i + 1
    if begin < len(text):
        pieces += _apart_from_dateline(text[begin:])
    return pieces


def _apart_from_dateline(paragraph: str) -> list[str]:
    """A dateline is no part of the first sentence, nor of what somebody says in it."""
    found = DATELINE.match(paragraph)
    parts = [paragraph[: found.end()], paragraph[found.end() :]] if found else [paragraph]
    return [piece for part in parts for piece in _without_endless_words(part)]


def _without_endless_words(part: str) -> list[str]:
    """Cut runs without a blank that are no words: the tokenizer's time grows with the square of a run's length."""
    cuts = [0]
    for run in ENDLESS.finditer(part):
        cuts += range(run.start() + LONGEST_WORD, run.end(), LONGEST_WORD)
    return [part[start:end] for start, end in pairwise([*cuts, len(part)])]


def find_sentences(reading: Reading, parse: Parse, tools: Tools) -> tuple[Sentence, ...]:
    """The stage ``sentences``: the parser's sentences, blanks at their ends left out."""
    document = reading.document
    found = []
    block = 0
    for sent in parse.doc.sents:
        if not sent.text.strip():
            continue
        span = parse.span(sent)
        while block + 1 < len(document.blocks) and document.blocks[block + 1].span.start <= span.start:
            block += 1
        found.append(Sentence(make_id("sn", document.id, span.start, span.end), span, block))
    return tuple(found)
