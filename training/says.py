"""Train the head that finds who says what: the words of source, cue and content of each attribution, and their link.

    python -m training.says --shared DIR --encoder DIR --out DIR [--seed N]

One encoder with, for each word, three BIO tags and whether it is the first word of an attribution's cue (of its
content, where it has no cue), and whether that attribution has a source; and a score for each pair of such a word and
any other: does it belong to its source, cue, content? The score is a product of vectors, a small network over the
signs of the pair (``onrecord.extract.says.signs``), the distance, and the word's own tags. So a split quotation or
two attributions in a sentence need no rule: they are words with the same first word. Learnt from PolNeAR train
without sixty documents, which ``training.calibrate`` uses. Times are CPU seconds of one thread.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.encoding import BEGIN, END, context_begin, paragraph_windows, pieces_of
from onrecord.extract.parse import Tools, load_tools, parse
from onrecord.extract.says.head import CARRIES, CLIP, CONTEXT, CORE, HIDDEN, NO_SOURCE, START, VECTOR, Layout
from onrecord.extract.says.signs import ROLES, TABLES, Signs, pair_signs, signs_of
from onrecord.pipeline import STAGES
from onrecord.record import Document, Reading, Span
from training import minilm
from training.material import split, texts

QUOTES = 5
# The share of pieces that training hides, and of windows for which it keeps back what the rules found.
HIDE, MASK, WITHOUT_RULES = 0.04, 103, 0.3
# About so many pieces are learnt from in one step; the shortest core of a text's first window.
STEP, SHORTEST = 1000, 60
DROP = 0.1


@dataclass
class Example:
    """One text: its signs, its pieces, and its attributions as (first word, words by role)."""

    id: str
    signs: Signs
    pieces: list[list[int]]
    tags: np.ndarray[Any, Any]
    attributions: list[tuple[int, dict[str, list[int]]]]

    @property
    def sizes(self) -> list[int]:
        """Pieces of each word."""
        return [len(own) for own in self.pieces]


@dataclass
class Step:
    """A window of a text: words [first, end), of which those from ``core`` on are learnt from."""

    example: Example
    first: int
    core: int
    end: int


def read(row: dict[str, Any], tools: Tools) -> tuple[Reading, Signs]:
    """A text as the rules read it, up to the attributions that they find, and its signs."""
    document = Document(row["id"], row["text"])
    parsed = parse(document, tools)
    reading = Reading(document)
    for stage in STAGES:
        if stage.name in {"sentences", "quotations", "mentions", "roles", "cues"}:
            reading = replace(reading, **{stage.gives: stage.find(reading, parsed, tools)})
    return reading, signs_of(parsed, reading.quotations, reading.cues)


def example(row: dict[str, Any], tools: Tools, tokenizer: Tokenizer) -> Example:
    """A text to learn from."""
    _, signs = read(row, tools)
    tags = np.zeros((len(signs.words), len(ROLES)), dtype=int)
    found = []
    for attribution in row["attributions"]:
        words: dict[str, list[int]] = {}
        for k, role in enumerate(ROLES):
            words[role] = []
            for start, end in attribution[role]:
                first, last = signs.range_of(Span(start, end))
                tags[first:last, k] = np.where(tags[first:last, k] == 1, 1, 2)
                tags[first : first + 1, k] = 1
                words[role] += range(first, last)
        first_word = (words["cue"] or words["content"] or [-1])[0]
        if first_word >= 0 and words["content"]:
            found.append((first_word, words))
    return Example(row["id"], signs, pieces_of(signs.even, tokenizer), tags, found)


class Heads(nn.Module):
    """All that stands on the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder: nn.Module = minilm.Encoder(QUOTES, DROP)
        self.drop = nn.Dropout(DROP)
        self.out = nn.Linear(minilm.HIDDEN, Layout.width)
        self.tables = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in TABLES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.pair_out = nn.Linear(HIDDEN, len(ROLES))
        self.flag = nn.Parameter(torch.zeros(3, 2))
        self.apart = nn.Parameter(torch.zeros(len(ROLES), 2 * CLIP + 1))
        self.lean = nn.Parameter(torch.stack([torch.zeros(len(ROLES)), torch.ones(len(ROLES))]))

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, quote: Tensor, opens: Tensor) -> Tensor:
        """Everything that is said of each piece, side by side (``Layout``)."""
        return self.out(self.drop(self.encoder(ids, mask, case, quote, opens)))

    def link(self, cue: Tensor, words: Tensor, signs: Tensor, apart: Tensor) -> Tensor:
        """Cues x width, cues x words x width, cues x words x 5, cues x words -> cues x words x roles."""
        n, length = words.shape[:2]
        asks = cue[:, Layout.asks].view(n, len(ROLES), VECTOR) / VECTOR**0.5
        score = torch.einsum("ard,anrd->anr", asks, words[..., Layout.answers].view(n, length, len(ROLES), VECTOR))
        tags = words[..., : 3 * len(ROLES)].view(n, length, len(ROLES), 3)
        own = tags[..., 1:].logsumexp(-1) - tags[..., 0]
        hidden = cue[:, None, Layout.cue_hidden] + words[..., Layout.word_hidden]
        for k, table in enumerate(self.tables):
            hidden = hidden + table(signs[:, :, k])
        far = self.apart[:, apart].permute(1, 2, 0)
        return score + far + self.lean[0] + self.lean[1] * own + self.pair_out(torch.relu(hidden))


def batch(steps: list[Step]) -> tuple[tuple[Tensor, ...], list[list[int]]]:
    """The inputs of windows side by side, and the place of each word's first piece."""
    rows: list[list[list[int]]] = []
    places: list[list[int]] = []
    for step in steps:
        signs, cases = step.example.signs, step.example.signs.cases
        ids, case, quote, opens = [BEGIN], [0], [0], [0]
        places.append([])
        for word in range(step.first, step.end):
            own = step.example.pieces[word]
            places[-1].append(len(ids))
            ids += own
            case += [cases[word]] * len(own)
            quote += [int(signs.quote[word])] * len(own)
            opens += [int(signs.opens[word])] * len(own)
        rows.append([[*ids, END], [1] * (len(ids) + 1), [*case, 0], [*quote, 0], [*opens, 0]])
    length = max(len(row[0]) for row in rows)
    return tuple(torch.tensor([row[k] + [0] * (length - len(row[k])) for row in rows]) for k in range(5)), places


def loss_of(net: Heads, steps: list[Step]) -> Tensor:
    """The loss of one step."""
    (ids, *others), places = batch(steps)
    hidden = (torch.rand(ids.shape) < HIDE) & (ids > END)
    length = max(map(len, places))
    first = torch.tensor([own + [0] * (length - len(own)) for own in places])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(ids.masked_fill(hidden, MASK), *others)
    out = out.gather(1, first[:, :, None].expand(-1, -1, out.shape[-1])).float()
    tags = torch.full((len(steps), length, len(ROLES)), -100)
    flags, core, starts = (torch.zeros(len(steps), length, dtype=torch.long) for _ in range(3))
    cues, goals, signs, without = [], [], [], []
    for n, step in enumerate(steps):
        with_rules = random.random() > WITHOUT_RULES
        span, own = slice(step.core - step.first, step.end - step.first), step.example
        tags[n, span] = torch.tensor(own.tags[step.core : step.end])
        core[n, span] = 1
        if with_rules:
            flags[n, : step.end - step.first] = torch.tensor(own.signs.flag[step.first : step.end])
        for cue, words in own.attributions:
            if not step.core <= cue < step.end:
                continue
            starts[n, cue - step.first] = 1
            goal = torch.zeros(length, len(ROLES))
            for k, role in enumerate(ROLES):
                goal[[word - step.first for word in words[role] if step.first <= word < step.end], k] = 1
            near = pair_signs(own.signs, cue, step.first, step.end, with_rules)
            cues.append((n, cue - step.first))
            goals.append(goal)
            signs.append(np.pad(near, ((0, length - len(near)), (0, 0))))
            without.append(float(not words["source"]))
    flag = net.flag[flags]
    by_tag = (out[..., 3 * k : 3 * k + 3].flatten(0, 1) for k in range(len(ROLES)))
    tagged = [functional.cross_entropy(o, tags[..., k].flatten(), ignore_index=-100) for k, o in enumerate(by_tag)]
    begun = out[..., START] + flag[..., 0]
    total = sum(tagged) + 5 * functional.binary_cross_entropy_with_logits(begun[core > 0], starts[core > 0].float())
    if not cues:
        return total
    at, word = torch.tensor(cues).T
    apart = (torch.arange(length)[None] - word[:, None]).clamp(-CLIP, CLIP) + CLIP
    scores = net.link(out[at, word], out[at], torch.from_numpy(np.stack(signs)), apart)
    real = torch.tensor([[1.0] * len(own) + [0.0] * (length - len(own)) for own in places])[at][:, :, None]
    linked = functional.binary_cross_entropy_with_logits(scores, torch.stack(goals), reduction="none") * real
    nobody = functional.binary_cross_entropy_with_logits(
        out[at, word, NO_SOURCE] + flag[at, word, 1], torch.tensor(without)
    )
    return total + linked.sum() / (20 * len(cues)) + 0.2 * nobody


def plan(examples: list[Example]) -> list[list[Step]]:
    """The steps of one epoch: windows cut anew, those of like length together, all shuffled."""
    every = [Step(e, s, s, t) for e in examples for s, t in cuts(e, random.randint(SHORTEST, CORE))]
    random.shuffle(every)

    def size(step: Step) -> int:
        return sum(step.example.sizes[step.first : step.end])

    found: list[list[Step]] = []
    for begin in range(0, len(every), 120):
        current: list[Step] = []
        for step in sorted(every[begin : begin + 120], key=size):
            if current and (len(current) + 1) * size(step) > STEP:
                found.append(current)
                current = []
            current.append(step)
        found += [current] if current else []
    random.shuffle(found)
    return found


def cuts(given: Example, first: int = 0) -> Iterator[tuple[int, int]]:
    """The windows of a text."""
    signs = given.signs
    carries = [word in CARRIES for word in signs.words]
    yield from paragraph_windows(given.sizes, signs.opens, signs.begins, carries, CORE, first)


def context(given: Example, begin: int) -> int:
    """Where the words begin that are read before a window."""
    return context_begin(given.sizes, begin, CONTEXT)


def train(examples: list[Example], options: argparse.Namespace) -> Heads:
    """Train all together; the word table of the encoder stays as it is."""
    net = Heads()
    net.encoder = minilm.load(options.encoder, QUOTES, DROP)
    ours = ("encoder.case", "encoder.quote", "encoder.opens", "out", "tables", "pair_out")
    quick = ("apart", "lean", "flag")
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for n, p in named if not n.startswith((*ours, *quick))], "lr": options.rate},
        {"params": [p for n, p in named if n.startswith(ours)], "lr": 1e-3},
        {"params": [p for n, p in named if n.startswith(quick)], "lr": 1e-2, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = [step for _ in range(math.ceil(options.epochs)) for step in plan(examples)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / 100, max(0.003, 1 - n / len(steps)))
    )
    print(len(steps), "steps", flush=True)
    began, recent = time.process_time(), 0.0
    net.train()
    for n, step in enumerate(steps, 1):
        loss = loss_of(net, step)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        recent += loss.item()
        if n % 200 == 0:
            print(f"step {n} loss {recent / 200:.3f} cpu {(time.process_time() - began) / 60:.1f} min", flush=True)
            recent = 0.0
    return net


def export(net: Heads, out: Path) -> None:
    """Write the encoder with its layer as int8 ONNX, and what scores pairs as numbers."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    names = ["ids", "mask", "case", "quote", "opens"]
    given = tuple(torch.ones(2, 7, dtype=torch.long) for _ in names)
    axes = {name: {0: "window", 1: "piece"} for name in (*names, "out")}
    plain = out / "plain.onnx"
    torch.onnx.export(net, given, str(plain), input_names=names, output_names=["out"], dynamic_axes=axes,
                      opset_version=17, dynamo=False)  # fmt: skip
    quantize_dynamic(str(plain), str(out / "says.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    minilm.set_table_apart(out / "says.onnx")
    rest = {
        name.replace("pair_out.", "pair_"): tensor.detach().numpy().astype("float16")
        for name, tensor in net.state_dict().items()
        if name.startswith(("apart", "lean", "flag", "tables", "pair_out"))
    }
    np.savez_compressed(out / "says.npz", **rest)


def main() -> None:
    """Train on PolNeAR train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (safetensors)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    tokenizer = Tokenizer.from_file(str(next(options.encoder.rglob("tokenizer.json"))))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tools = load_tools(weights=None)
    _, rows = split(texts(options.shared / "gold/statements/polnear-train.jsonl"))
    net = train([example(row, tools, tokenizer) for row in rows], options)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), options.out / f"says-{options.seed}.pt")
    export(net, options.out)


if __name__ == "__main__":
    main()
