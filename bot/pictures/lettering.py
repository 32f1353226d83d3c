"""The typeface of the pictures: Inter, in two weights, beside this module (fonts/OFL.txt)."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

_FONTS: Final = Path(__file__).parent / "fonts"


class Weight(StrEnum):
    """How heavy the letters are."""

    REGULAR = "Inter-Regular.otf"
    BOLD = "Inter-SemiBold.otf"


@cache
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """Open a weight at a size in pixels; the basic layout looks the same on every machine."""
    return ImageFont.truetype(_FONTS / weight, size, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, weight: Weight, size: int) -> float:
    """How many pixels a line of text takes."""
    return font(weight, size).getlength(text)
