"""Pictures as they were judged by eye, to compare with what is drawn now.

Fonts and edges differ a little between releases of Pillow; a mark that is missing, moved or of
another colour differs a lot. `AFTERMILE_GOLDEN=write` keeps what is drawn now: look at it first.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).parents[1] / "golden"
WIDTH = 240
TOLERANCE = 36
"""Of 255, where two pictures differ most after a blur of five pixels."""


def apart(one: Image.Image, other: Image.Image) -> int:
    """How different two small pictures are where they differ most."""
    difference = ImageChops.difference(one, other).filter(ImageFilter.BoxBlur(2))
    return int(max(high for _, high in difference.getextrema()))


def small(picture: bytes) -> Image.Image:
    """The picture at the size in which it is kept."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    height = round(image.height * WIDTH / image.width)
    return image.resize((WIDTH, height), Image.Resampling.BOX)


def golden(name: str) -> Image.Image:
    """The picture as it was kept."""
    return Image.open(FOLDER / f"{name}.png").convert("RGB")


def are_kept_anew() -> bool:
    """Whether the person at the keyboard wants to keep what is drawn now."""
    return os.environ.get("AFTERMILE_GOLDEN") == "write"


def keep_if_asked(name: str, picture: bytes) -> None:
    """Keep what is drawn now, where the person at the keyboard says so."""
    if are_kept_anew():
        small(picture).save(FOLDER / f"{name}.png", optimize=True)


def differs_from_golden(name: str, picture: bytes) -> int:
    """How far the picture is from the one that was kept under that name."""
    return apart(small(picture), golden(name))
