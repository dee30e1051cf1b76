"""Annotated texts as training examples: words, and what is known of them.

Read are the JSON lines that the converters of the evaluation data write. GUM tells all mentions of a text, MEANTIME all
names of its first sentences, ECB+ those who take part in the events of a sentence or two. Words are those of the
run-time tokenizer.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import spacy

from onrecord.extract.who.vocabulary import vocabulary
from onrecord.lexicon import load_lexicons
from onrecord.names import fold

KINDS = ("none", "person", "organisation", "place", "event", "time", "abstract", "thing")
FORMS = ("name", "description", "pronoun")
NAMED = ("person", "organisation", "place", "other")
TAGS = ("O", *(f"{position}-{kind}" for kind in NAMED for position in "BI"))
CHAINS = ("none", "first", "later")
UNKNOWN = -100
# The types of GUM and of MEANTIME.
KIND_OF = {
    "person": "person", "organization": "organisation", "place": "place", "event": "event", "time": "time",
    "abstract": "abstract", "object": "thing", "substance": "thing", "animal": "thing", "plant": "thing",
    "PER": "person", "ORG": "organisation", "LOC": "place", "PRO": "thing", "FIN": "abstract",
}  # fmt: skip
TOKENS = spacy.blank("en")
PRONOUNS = frozenset("he him his she her it its they them their who which i we us our you".split())  # noqa: SIM905
WORDS = vocabulary(load_lexicons())
# The types of ECB+ that say what something is; of the others (a state that acts) it is open.
ECB_KINDS = {
    "HUMAN_PART_PER": "person", "HUMAN_PART_ORG": "organisation", "LOC_GEO": "place", "LOC_FAC": "place",
    "LOC_OTHER": "place",
}  # fmt: skip


@dataclass
class Anchor:
    """A mention: the last word of its head, its span, the core of its name; word indices, ends included."""

    word: int
    span: tuple[int, int]
    core: tuple[int, int] | None
    kind: int
    form: int
    plural: bool
    entity: str
    chain: int = UNKNOWN


@dataclass
class Example:
    """One text. ``known``: all mentions, names up to a word, or no more than some mentions."""

    id: str
    genre: str
    words: list[str]
    starts: list[int]
    opens: list[bool]
    anchors: list[Anchor] = field(default_factory=list)
    known: str = "all"
    until: int = 0


def split_words(text: str) -> tuple[list[str], list[int], list[bool]]:
    """The words of a text, where they begin, and whether each opens a paragraph."""
    words, starts, opens = [], [], []
    end = 0
    for token in TOKENS.make_doc(text):
        if not token.is_space:
            words.append(token.text)
            starts.append(token.idx)
            opens.append(not starts[:-1] or "\n" in text[end : token.idx])
            end = token.idx + len(token)
    return words, starts, opens


def read(path: Path, known: str = "all", chains: Path | None = None) -> list[Example]:
    """The examples of a file. ``chains``: the same texts in the OntoGUM scheme, which tells what stands in a chain."""
    in_chain = _chains(chains) if chains else {}
    make = _partial if known == "some" else _example
    found = [make(row, known, in_chain.get(row["id"])) for row in _rows(path)]
    return together(found) if known == "some" else found


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _chains(path: Path) -> dict[str, dict[tuple[int, int], int]]:
    """For each text the heads that stand in a chain: 1 the first of it, 2 a later one."""
    found: dict[str, dict[tuple[int, int], int]] = {}
    for row in _rows(path):
        own = found.setdefault(row["id"], {})
        mentions = row["gold"]["mentions"]
        for members in row["gold"]["clusters"].values():
            if len(members) > 1:
                for n, member in enumerate(sorted(members, key=lambda m: mentions[m]["head"])):
                    own.setdefault(tuple(mentions[member]["head"]), 1 if n == 0 else 2)
    return found


def together(examples: list[Example], size: int = 200) -> list[Example]:
    """Very short texts one after the other, as paragraphs of longer ones."""
    joined: list[Example] = []
    for example in examples:
        last = joined[-1] if joined and len(joined[-1].words) < size else None
        if last is None:
            joined.append(example)
            continue
        n = len(last.words)
        last.words += example.words
        last.starts += example.starts
        last.opens += example.opens
        last.anchors += [
            replace(a, word=a.word + n, span=(a.span[0] + n, a.span[1] + n),
                    core=(a.core[0] + n, a.core[1] + n) if a.core is not None else None)
            for a in example.anchors
        ]  # fmt: skip
        last.until = len(last.words)
    return joined


def _inside(words: list[str], starts: list[int], span: list[int]) -> tuple[int, int]:
    """The first and the last word that a stretch of text touches."""
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    first = bisect_right(ends, span[0])
    return first, max(first, bisect_right(starts, span[1] - 1) - 1)


def _example(row: dict[str, Any], known: str, chain: dict[tuple[int, int], int] | None) -> Example:
    words, starts, opens = split_words(row["text"])
    limit = row.get("annotated_to", len(row["text"]))
    until = bisect_right(starts, limit - 1)
    example = Example(row["id"], row.get("genre", ""), words, starts, opens, [], known, until)
    taken: dict[int, Anchor] = {}
    for mention in sorted(row["gold"]["mentions"], key=lambda m: m["start"] - m["end"]):
        if mention.get("coordination") or mention["form"] not in FORMS or mention.get("added"):
            continue
        word = _inside(words, starts, mention["head"])[1]
        if word in taken or word >= len(words):
            continue
        kind = KINDS.index(KIND_OF.get(mention["etype"] or "", "abstract"))
        core = _inside(words, starts, mention["name"]) if mention["name"] else None
        if known == "names" and core is not None and not _plain(words[core[0] : core[1] + 1]):
            core = None
        span = _inside(words, starts, [mention["start"], mention["end"]])
        anchor = Anchor(word, span, core, kind, FORMS.index(mention["form"]), mention.get("number") == "plural",
                        str(mention["entity"]))  # fmt: skip
        if chain is not None:
            anchor.chain = chain.get(tuple(mention["head"]), 0)
        taken[word] = anchor
    example.anchors = sorted(taken.values(), key=lambda anchor: anchor.word)
    return example


def _plain(words: list[str]) -> bool:
    """Whether a name is one and no more: no adjective of a country, no short form in brackets after it."""
    return not _adjective(words) and "(" not in words and any(word[:1].isupper() for word in words)


def _adjective(words: list[str]) -> bool:
    """Whether a name is only the adjective of a country ("Kenyan"), or a word for its people."""
    key = fold(" ".join(words))
    return key not in WORDS.countries and (key in WORDS.adjectives or key in WORDS.peoples)


def _partial(row: dict[str, Any], known: str, chain: object) -> Example:
    """The sentences of an ECB+ text that are annotated, with the names and nouns of which the type is plain."""
    chosen = [s for s in row["sentences"] if s["validated"]]
    words: list[str] = []
    starts: list[int] = []
    opens: list[bool] = []
    for sentence in chosen:
        own, begins, first = split_words(row["text"][sentence["start"] : sentence["end"]])
        words += own
        starts += [sentence["start"] + begin for begin in begins]
        opens += first
    example = Example(row["id"], "ecb", words, starts, opens, [], known, len(words))
    for mention in row["mentions"]:
        kind = ECB_KINDS.get(mention["type"])
        if kind is None or not mention["validated"] or not starts or len(mention["spans"]) > 1:
            continue
        first, last = _inside(words, starts, mention["anchor"])
        if last >= len(words) or starts[first] > mention["anchor"][1]:
            continue
        begin = last + 1
        while begin > first and words[begin - 1][:1].isupper():
            begin -= 1
        while begin < last and kind == "person" and words[begin].lower().rstrip(".") in WORDS.titles:
            begin += 1
        named = begin <= last and not _adjective(words[begin : last + 1]) and not words[last].isupper()
        form = 0 if named else 2 if words[last].lower() in PRONOUNS else 1
        core = (begin, last) if named else None
        example.anchors.append(Anchor(last, (first, last), core, KINDS.index(kind), form, False, mention["cluster"]))
    return example


def tags(example: Example) -> list[int]:
    """The tag of each word: names, the longest of nested ones; UNKNOWN where nothing is known."""
    found = [0 if example.known != "some" and i < example.until else UNKNOWN for i in range(len(example.words))]
    cores = {(a.core, a.kind) for a in example.anchors if a.core is not None and FORMS[a.form] == "name"}
    for (start, end), kind in sorted(cores, key=lambda one: one[0][0] - one[0][1]):
        if any(tag > 0 for tag in found[start : end + 1]):
            continue
        name = KINDS[kind] if KINDS[kind] in NAMED else "other"
        found[start] = TAGS.index(f"B-{name}")
        found[start + 1 : end + 1] = [TAGS.index(f"I-{name}")] * (end - start)
    if example.known == "names":
        for anchor in example.anchors:
            if anchor.core is None and anchor.form == 0:
                found[anchor.span[0] : anchor.span[1] + 1] = [UNKNOWN] * (anchor.span[1] + 1 - anchor.span[0])
    return found
