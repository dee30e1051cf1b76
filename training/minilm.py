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
    """One transformer layer, norms after (as in BERT)."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm_attention, self.norm_output = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x``: batch x pieces x HIDDEN; ``bias``: batch x 1 x 1 x pieces, large and negative where nothing stands."""
        n, length, _ = x.shape
        q, k, v = (f(x).view(n, length, HEADS, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        seen = seen.transpose(1, 2).reshape(n, length, HIDDEN)
        x = self.norm_attention(x + self.output(seen))
        return self.norm_output(x + self.outer(functional.gelu(self.inner(x))))


class Encoder(nn.Module):
    """The encoder with three embeddings of our own added to its input: case, quotation, paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place = nn.Embedding(30522, HIDDEN), nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.case, self.quote, self.opens = (nn.Embedding(n, HIDDEN) for n in (CASES, QUOTES, OPENS))
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


def load(folder: Path) -> Encoder:
    """The encoder with the weights of ``model.safetensors`` in a folder; the word table is frozen."""
    given = load_file(next(folder.rglob("*.safetensors")))
    given = {name.removeprefix("bert.").removeprefix("0.auto_model."): tensor for name, tensor in given.items()}
    encoder = Encoder()
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
