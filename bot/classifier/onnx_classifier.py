"""A fine-tuned MiniLM (6 layers, int8) that tells what a text of words most likely is.

It reads what no list of phrases can hold: signs that are described and not named. It never
decides alone what sign it was; bot/reading/reader.py says how its word counts. Model card:
bot/classifier/en/README.md. Nothing is downloaded; one core, some 4 ms for a usual message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.reading.chances import Chances

WINDOW: Final = 120
"""Word pieces looked at in one go; the model was trained on at most 128."""

OVERLAP: Final = 30
FIRST: Final = 101
LAST: Final = 102
"""The pieces that stand before and after every text in BERT's vocabulary."""


class OnnxClassifier:
    """Reads one language; safe to share, as a run keeps no state."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Without the arena memory stays flat, at no cost for so small a model.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            folder / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, words: Sequence[str]) -> Chances:
        """Give what a text most likely is; of a long one, the most urgent part decides."""
        pieces: list[int] = self._tokenizer.encode(" ".join(words), add_special_tokens=False).ids
        return max((self._one(window) for window in _windows(pieces)), key=lambda one: one.alarm)

    def _one(self, pieces: list[int]) -> Chances:
        ids = np.array([[FIRST, *pieces, LAST]], dtype=np.int64)
        output: Any = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        return Chances(*(float(chance) for chance in output[0]))


def _windows(pieces: list[int]) -> Iterator[list[int]]:
    for start in range(0, max(len(pieces) - OVERLAP, 1), WINDOW - OVERLAP):
        yield pieces[start : start + WINDOW]
