"""A fine-tuned MiniLM (5 layers, int8) that tells what a text of words most likely is.

It reads what no list of phrases can hold: signs that are described and not named. It cannot say
which sign it was; bot/reading/concluding.py says how its word counts. Model card:
bot/classifier/en/README.md. Nothing is downloaded; one core, some 4 ms for a usual message.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime

from bot.classifier.wordpieces import WordPieces
from bot.reading.chances import Chances

WINDOW: Final = 120
"""Word pieces looked at in one go; the model was trained on at most 128."""

OVERLAP: Final = 30


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
        self._pieces = WordPieces(folder / "vocab.txt")

    def __call__(self, words: Sequence[str]) -> Chances:
        """Give what a text most likely is; of a long one, the most urgent part decides."""
        pieces = self._pieces.ids(words)
        return max((self._one(window) for window in _windows(pieces)), key=lambda one: one.alarm)

    def nothing(self, words: Sequence[str]) -> float:
        """Give how sure it is that there is no sign."""
        return self(words).nothing

    def _one(self, pieces: list[int]) -> Chances:
        ids = np.array([[self._pieces.first, *pieces, self._pieces.last]], dtype=np.int64)
        output: Any = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]
        return Chances(*(float(chance) for chance in output[0]))


def _windows(pieces: list[int]) -> Iterator[list[int]]:
    for start in range(0, max(len(pieces) - OVERLAP, 1), WINDOW - OVERLAP):
        yield pieces[start : start + WINDOW]
