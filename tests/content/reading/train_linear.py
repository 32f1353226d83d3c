"""Trains the linear classifiers of bot/classifier/<language> anew (part of make train-reader).

Logistic regression (scikit-learn) on the hashed features of bot/classifier/linear.py, over
tests/content/reading/{train,dev}; the held-back texts are never read. Seconds a language.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.classifier.linear import PLACES, features
from bot.content.library import load
from bot.shipped import shipped

HERE = Path(__file__).parent
CLASSES = 5
STRENGTH = 20.0
NEVER = -20.0
"""The score of a class that a language has no text of."""


def label(row):
    """Give the class of a row, in the order of the fields of Chances."""
    if row["expect"] == "pass":
        return 0
    emergency = row["urgency"] == "emergency"
    return (2 if emergency else 1) if row["expect"] == "ask" else (4 if emergency else 3)


def labelled(language):
    """Give the texts of one language with their classes; a text that stands twice counts once."""
    found = {}
    for part in ("train", "dev"):
        for file in sorted((HERE / part).glob("*.jsonl")):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if row["locale"] == language:
                    found[row["text"]] = label(row)
    return found


def matrix(texts, spelling):
    """Lay the features of texts out, a row a text."""
    places, counts, ends = [], [], [0]
    for text in texts:
        here, numbers = features([word.text for word in spelling.words(text)])
        places.append(here)
        counts.append(numbers)
        ends.append(ends[-1] + len(here))
    shape = (len(ends) - 1, PLACES)
    return csr_matrix((np.concatenate(counts), np.concatenate(places), ends), shape=shape)


def train(language, spelling, file):
    """Train one language and store weights, bias and rarity."""
    rows = labelled(language)
    counted = matrix(rows, spelling)
    seen = np.bincount(counted.indices, minlength=PLACES)
    rarity = np.log((1 + len(rows)) / (1 + seen)) + 1
    weighed = counted.multiply(rarity).tocsr()
    lengths = np.sqrt(weighed.multiply(weighed).sum(1))
    even = weighed.multiply(1 / np.maximum(lengths, 1e-9)).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(even, list(rows.values()))
    weights = np.zeros((PLACES, CLASSES), np.float32)
    bias = np.full(CLASSES, NEVER, np.float32)
    for place, kind in enumerate(model.classes_):
        weights[:, kind] = model.coef_[place]
        bias[kind] = model.intercept_[place]
    np.savez_compressed(
        file, weights=weights.astype(np.float16), bias=bias, rarity=rarity.astype(np.float16)
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="the folder that holds one per language")
    options = parser.parse_args()
    for language, grammar in load(shipped("content")).grammars.items():
        folder = options.folder / language
        folder.mkdir(exist_ok=True)
        train(language, grammar.spelling, folder / "linear.npz")


if __name__ == "__main__":
    main()
