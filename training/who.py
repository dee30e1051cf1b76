"""Train the head that finds who is who: mentions, kinds, forms, spans, and which mention takes up which.

    python -m training.who --shared DIR --encoder DIR --out DIR

One encoder with: the kind of the mention whose head a word is, its form and number, the tag of a name (BIO), whether
the mention begins or goes on with a chain; four pointers from a head to the first and last word of its span and its
name; and a score for every pair of mentions (word-level coreference: Dobrovolskii, 2021), from the encoder's vectors
and the features of ``onrecord.extract.who.pairing``. Times are CPU seconds of one thread.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.encoding import END, Window, quote_states, windows
from onrecord.extract.who import pairing
from training import gold, material, minilm

# What comes out for each word: five distributions, then vectors of the four pointers and of pairs.
SIZES = (len(gold.KINDS), len(gold.FORMS), 2, len(gold.TAGS), len(gold.CHAINS))
POINTER, PAIR = 48, 96
POINTERS = 4
REACH = (48, 80)
# How many mentions back an antecedent is looked for (further, where the heads are the same).
NEAR = 120
CHUNK = 2
# The share of pieces that training hides, so that words are known by their company too.
HIDE, MASK = 0.04, 103


@dataclass
class Chunk:
    """Some windows of one text that are learnt from in one step."""

    example: gold.Example
    windows: list[Window]
    words: range


class Heads(nn.Module):
    """All that stands on the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder: nn.Module = minilm.Encoder()
        self.drop = nn.Dropout(0.15)
        self.out = nn.Linear(minilm.HIDDEN, sum(SIZES) + POINTERS * 2 * POINTER + 2 * PAIR)
        self.apart = nn.Parameter(torch.zeros(POINTERS, sum(REACH) + 1))
        self.pair_in = nn.Linear(PAIR + 2 * PAIR + pairing.FEATURES, 96)
        self.pair_middle, self.pair_out = nn.Linear(96, 48), nn.Linear(48, 1)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, quote: Tensor, opens: Tensor) -> Tensor:
        """Everything that is said of each piece, side by side."""
        return self.out(self.drop(self.encoder(ids, mask, case, quote, opens)))

    def pairs(self, one: Tensor, other: Tensor, features: Tensor) -> Tensor:
        """The score of each pair: later mention, earlier mention, their features. More than 0: rather than nobody."""
        both = torch.cat([one, other, one * other, features], -1)
        inner = torch.relu(self.pair_middle(self.drop(torch.relu(self.pair_in(self.drop(both))))))
        return self.pair_out(inner)[..., 0]


def batch(chosen: list[Window]) -> tuple[Tensor, ...]:
    """Windows side by side, the short ones filled up."""
    length = max(len(window.ids) for window in chosen)

    def filled(name: str) -> Tensor:
        return torch.tensor([list(getattr(w, name)) + [0] * (length - len(w.ids)) for w in chosen])

    mask = torch.tensor([[1] * len(w.ids) + [0] * (length - len(w.ids)) for w in chosen])
    return filled("ids"), mask, filled("case"), filled("quote"), filled("opens")


def by_word(chunk: Chunk, out: Tensor) -> Tensor:
    """The rows of the chunk's words, in their order."""
    rows = []
    for n, window in enumerate(chunk.windows):
        for at, word in enumerate(window.words):
            if word >= window.core:
                rows.append(out[n, at])
    return torch.stack(rows)


def loss_of(net: Heads, chunk: Chunk) -> Tensor:
    """The loss of one step, over all that is known of the chunk."""
    example, first = chunk.example, chunk.words.start
    ids, *others = batch(chunk.windows)
    hidden = (torch.rand(ids.shape) < HIDE) & (ids > END)
    rows = by_word(chunk, net(ids.masked_fill(hidden, MASK), *others)).float()
    parts = torch.split(rows, [*SIZES, POINTERS * 2 * POINTER, 2 * PAIR], dim=1)
    tags = torch.tensor(gold.tags(example)[first : chunk.words.stop])
    total = rows.sum() * 0
    if example.known == "some":  # that it is a name is not in question, only its kind and borders
        total = total + among(parts[3], tags)
    elif (tags >= 0).any():
        total = total + functional.cross_entropy(parts[3], tags, ignore_index=gold.UNKNOWN)
    anchors = [anchor for anchor in example.anchors if anchor.word in chunk.words]
    if example.known != "all":
        kinds = torch.full((len(chunk.words),), gold.UNKNOWN)
        for anchor in anchors:
            kinds[anchor.word - first] = anchor.kind
        return total + among(parts[0], kinds)
    kinds = torch.zeros(len(chunk.words), dtype=torch.long)
    for anchor in anchors:
        kinds[anchor.word - first] = anchor.kind
    total = total + functional.cross_entropy(parts[0], kinds)
    if not anchors:
        return total
    at = torch.tensor([a.word - first for a in anchors])
    for part, values, weight in (
        (1, [a.form for a in anchors], 0.3),
        (2, [int(a.plural) for a in anchors], 0.2),
        (4, [a.chain for a in anchors], 0.4),
    ):
        goals = torch.tensor(values)
        if (goals >= 0).any():
            total = total + weight * functional.cross_entropy(parts[part][at], goals, ignore_index=gold.UNKNOWN)
    total = total + pointer_loss(net, parts[5], anchors, chunk)
    return total + coreference_loss(net, parts, anchors, chunk)


def among(scores: Tensor, goals: Tensor) -> Tensor:
    """The loss where the only question is which of the classes but the first it is."""
    known = goals > 0
    if not known.any():
        return scores.sum() * 0
    return functional.cross_entropy(scores[known][:, 1:], goals[known] - 1)


def pointer_loss(net: Heads, vectors: Tensor, anchors: list[gold.Anchor], chunk: Chunk) -> Tensor:
    """How far the four pointers are from the borders of each mention and its name."""
    first = chunk.words.start
    vectors = vectors.view(len(chunk.words), POINTERS, 2, POINTER)
    at = torch.tensor([a.word - first for a in anchors])
    apart = torch.arange(len(chunk.words))[None] - at[:, None]
    near = (apart >= -REACH[0]) & (apart <= REACH[1])
    total = vectors.sum() * 0
    for pointer in range(POINTERS):
        scores = vectors[at, pointer, 0] @ vectors[:, pointer, 1].T / POINTER**0.5
        scores = scores + net.apart[pointer][apart.clamp(-REACH[0], REACH[1]) + REACH[0]]
        side = (apart <= 0) if pointer % 2 == 0 else (apart >= 0) if pointer == 1 else (apart > -99)
        scores = scores.masked_fill(~(near & side), -1e4)
        goals = []
        for a in anchors:
            span = a.span if pointer < 2 else a.core
            goal = span[pointer % 2] - first if span is not None else -1
            fits = 0 <= goal < len(chunk.words) and -REACH[0] <= goal + first - a.word <= REACH[1]
            fits = fits and (pointer % 2 == 1 or goal + first <= a.word) and (pointer != 1 or goal + first >= a.word)
            goals.append(goal if fits else gold.UNKNOWN)
        if any(goal >= 0 for goal in goals):
            total = total + 0.25 * functional.cross_entropy(scores, torch.tensor(goals), ignore_index=gold.UNKNOWN)
    return total


def sides(
    chunk_words: list[str], anchors: list[gold.Anchor], quotes: list[int], plural: list[float]
) -> list[pairing.Side]:
    """Gold mentions as sides of pairs."""
    sentence = np.cumsum([word in {".", "!", "?"} for word in chunk_words])
    quote = np.cumsum([state == 2 for state in quotes])
    found = []
    for a, many in zip(anchors, plural, strict=True):
        name, pronoun = a.form == 0, a.form == 2
        core = a.core if a.core is not None else (a.word, a.word)
        kind = pairing.word_type(chunk_words, name, pronoun, a.span[0], a.word)
        found.append(
            pairing.Side(
                a.word, "".join(pairing.core_words([chunk_words[a.word]])),
                pairing.core_words(chunk_words[core[0] : core[1] + 1]), kind, many, quotes[a.word] > 0,
                int(quote[a.word]), int(sentence[a.word]),
            )
        )  # fmt: skip
    return found


def coreference_loss(net: Heads, parts: tuple[Tensor, ...], anchors: list[gold.Anchor], chunk: Chunk) -> Tensor:
    """Marginal likelihood of the right antecedents, or of none (score 0)."""
    example, first = chunk.example, chunk.words.start
    at = torch.tensor([a.word - first for a in anchors])
    vectors = parts[6].view(-1, 2, PAIR)[at]
    kinds = torch.softmax(parts[0][at].detach(), -1)
    plural = torch.softmax(parts[2][at].detach(), -1)[:, 1].tolist()
    both = sides(example.words, anchors, quote_states(example.words, example.opens), plural)
    later, earlier = np.tril_indices(len(anchors), -1)
    heads = np.array([hash(side.head) if side.type <= pairing.OTHER_NOUN else -n for n, side in enumerate(both, 1)])
    near = (later - earlier <= NEAR) | (heads[later] == heads[earlier])
    later, earlier = later[near], earlier[near]
    n = len(anchors)
    entity = np.array([hash(anchor.entity) for anchor in anchors])
    right = torch.from_numpy(entity[later] == entity[earlier])
    if len(later):
        numbers = torch.from_numpy(pairing.features(both, later, earlier, kinds.numpy()))
        i = torch.from_numpy(later)
        scores = net.pairs(vectors[i, 0], vectors[torch.from_numpy(earlier), 1], numbers)
    else:
        i, scores = torch.zeros(0, dtype=torch.long), torch.zeros(0)
    every = torch.cat([scores, torch.zeros(n)])
    rows = torch.cat([i, torch.arange(n)])
    has = torch.zeros(n, dtype=torch.bool)
    has[i[right]] = True
    good = torch.cat([right, ~has])
    top = torch.full((n,), -1e9).scatter_reduce(0, rows, every.detach(), "amax")
    powers = torch.exp(every - top[rows])
    whole = torch.zeros(n).index_add(0, rows, powers)
    share = torch.zeros(n).index_add(0, rows, powers * good)
    return -(torch.log(share + 1e-9) - torch.log(whole + 1e-9)).mean()


def chunks(example: gold.Example, tokenizer: Tokenizer, size: int) -> list[Chunk]:
    """A text in steps of so many windows."""
    every = windows(example.words, example.opens, tokenizer)
    found = []
    for begin in range(0, len(every), size):
        chosen = every[begin : begin + size]
        end = every[begin + size].core if begin + size < len(every) else len(example.words)
        found.append(Chunk(example, chosen, range(chosen[0].core, end)))
    return found


def train(examples: list[gold.Example], options: argparse.Namespace) -> Heads:
    """Train all heads together; the word table of the encoder stays as it is."""
    tokenizer = Tokenizer.from_file(str(next(options.encoder.rglob("tokenizer.json"))))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    net = Heads()
    net.encoder = minilm.load(options.encoder)
    every = [chunk for example in examples for chunk in chunks(example, tokenizer, CHUNK)]
    own = [p for n, p in net.named_parameters() if p.requires_grad and not n.startswith("encoder.")]
    own += [p for n, p in net.named_parameters() if n.startswith(("encoder.case", "encoder.quote", "encoder.opens"))]
    mine = {id(p) for p in own}
    inner = [p for p in net.parameters() if p.requires_grad and id(p) not in mine]
    groups = [{"params": inner, "lr": options.rate}, {"params": own, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = options.epochs * len(every)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.1 * steps), max(0.0, (steps - s) / (0.9 * steps)))
    )
    print(len(every), "chunks", sum(len(w.ids) for c in every for w in c.windows), "pieces", flush=True)
    began = time.process_time()
    for epoch in range(options.epochs):
        net.train()
        random.shuffle(every)
        sum_ = 0.0
        for chunk in every:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(net, chunk)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            sum_ += loss.item()
        spent = (time.process_time() - began) / 60
        print(f"epoch {epoch + 1} loss {sum_ / len(every):.3f} cpu {spent:.1f} min", flush=True)
    return net


def export(net: Heads, options: argparse.Namespace) -> None:
    """Write the encoder with its heads as int8 ONNX, and the small rest (pointers' distances, pairs) as numbers."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    names = ["ids", "mask", "case", "quote", "opens"]
    given = tuple(torch.ones(2, 7, dtype=torch.long) for _ in names)
    axes = {name: {0: "window", 1: "piece"} for name in (*names, "out")}
    plain = options.out / "plain.onnx"
    torch.onnx.export(net, given, str(plain), input_names=names, output_names=["out"], dynamic_axes=axes,
                      opset_version=17, dynamo=False)  # fmt: skip
    quantize_dynamic(str(plain), str(options.out / "who.onnx"), weight_type=QuantType.QInt8)
    plain.unlink()
    minilm.set_table_apart(options.out / "who.onnx")
    rest = {
        name: tensor.detach().numpy().astype("float16")
        for name, tensor in net.state_dict().items()
        if name.startswith(("apart", "pair_"))
    }
    np.savez_compressed(options.out / "who.npz", **rest)


def main() -> None:
    """Train on the material and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/ and measure/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2 (safetensors)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leave-out", default="", help="ids of texts that are not trained on, with commas")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    made = material.make(options.shared, options.out / "material")
    examples = gold.read(made.gum("gum", "train"), chains=made.gum("ontogum", "train"))
    examples += gold.read(made.names, "names") + gold.read(made.some, "some")
    left_out = set(options.leave_out.split(","))
    examples = [example for example in examples if example.id not in left_out]
    export(train(examples, options), options)
    shutil.copy(next(options.encoder.rglob("tokenizer.json")), options.out)
    for path in (options.out / name for name in ("who.onnx", "who.npz", "words.bin", "tokenizer.json")):
        print(hashlib.sha256(path.read_bytes()).hexdigest(), path.name)


if __name__ == "__main__":
    main()
