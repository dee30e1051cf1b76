"""MiniLM in PyTorch: the six-layer encoder of all-MiniLM-L6-v2 (Wang et al., 2020; Apache-2.0), weights from a package.

Written out here so that training needs no more than PyTorch and the export is plain ONNX.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
CASES, QUOTES, OPENS = 5, 4, 2


class Layer(nn.Module):
    """One transformer layer, norms after (as in BERT). ``drop``: the share of outputs that training leaves out."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(drop)
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm_attention, self.norm_output = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x``: batch x pieces x HIDDEN; ``bias``: batch x 1 x 1 x pieces, large and negative where nothing stands."""
        n, length, _ = x.shape
        q, k, v = (f(x).view(n, length, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        seen = seen.transpose(1, 2).reshape(n, length, HIDDEN)
        x = self.norm_attention(x + self.drop(self.output(seen)))
        return self.norm_output(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """The encoder with three embeddings of our own added to its input: case, quotation, paragraph."""

    def __init__(self, quotes: int = QUOTES, drop: float = 0.0) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(30522, HIDDEN), nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.case, self.quote, self.opens = (nn.Embedding(n, HIDDEN) for n in (CASES, quotes, OPENS))
        for own in (self.case, self.quote, self.opens):
            nn.init.normal_(own.weight, std=0.02)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, quote: Tensor, opens: Tensor) -> Tensor:
        """All inputs batch x pieces; gives batch x pieces x HIDDEN."""
        places = torch.arange(ids.shape[1], device=ids.device)
        own = self.case(case) + self.quote(quote) + self.opens(opens)
        x = self.norm(self.word(ids) + self.place(places) + self.kind + own)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load(folder: Path, quotes: int = QUOTES, drop: float = 0.0) -> Encoder:
    """The encoder with the weights of ``model.safetensors`` in a folder; the word table is frozen.

    ``quotes``: how many states of quotation there are; ``drop``: dropout in each layer.
    """
    given = load_file(next(folder.rglob("*.safetensors")))
    given = {name.removeprefix("bert.").removeprefix("0.auto_model."): tensor for name, tensor in given.items()}
    encoder = Encoder(quotes, drop)
    names = {
        "word.weight": "embeddings.word_embeddings.weight",
        "place.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    inside = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "output": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
        "inner": "intermediate.dense", "outer": "output.dense", "norm_output": "output.LayerNorm",
    }  # fmt: skip
    for number in range(LAYERS):
        for ours, theirs in inside.items():
            for part in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{part}"] = f"encoder.layer.{number}.{theirs}.{part}"
    state = encoder.state_dict()
    state.update({ours: given[theirs] for ours, theirs in names.items()})
    state["kind"] = given["embeddings.token_type_embeddings.weight"][0]
    encoder.load_state_dict(state)
    encoder.word.weight.requires_grad_(False)
    return encoder


TABLE = "encoder.word.weight_quantized"


def set_table_apart(path: Path) -> None:
    """Take the word table out of an int8 model: all heads have the same one, in ``words.bin`` beside them.

    Raises ValueError if the table that lies there is another one.
    """
    import onnx

    model = onnx.load(str(path))
    table = next(tensor for tensor in model.graph.initializer if tensor.name == TABLE)
    where = path.parent / "words.bin"
    if where.exists() and where.read_bytes() != table.raw_data:
        raise ValueError(f"{where}: another word table than that of {path.name}")
    where.write_bytes(table.raw_data)
    length = len(table.raw_data)
    table.ClearField("raw_data")
    table.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", where.name), ("offset", "0"), ("length", str(length))):
        entry = table.external_data.add()
        entry.key, entry.value = key, value
    path.write_bytes(model.SerializeToString())
