"""`make pictures`: put the journey's screenshots side by side, as README shows them."""

import sys
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from PIL import Image

THEMES = ("light", "dark")
GAP = 18
"""Between two screens, in pixels; it stays clear, so any page may lie behind it."""

CLEAR = (255, 0, 255)
"""Stands for what nothing is painted on; no screen has it."""

COLOURS = 256
"""Flat drawings need no more, and a README should load on a train."""

CLOCK = 360
"""How many pixels of a screenshot the page's own clock takes, at two pixels a point."""


@dataclass(frozen=True)
class Sheet:
    """Some screens in a row, `height` pixels high; `above` is cut off the top of each first."""

    screens: tuple[str, ...]
    height: int = 844
    above: int = 0


SHEETS = {
    "chat": Sheet(("scale", "tip", "movement-still", "emergency")),
    "move": Sheet(("map", "map-answered", "player", "player-next")),
    "history": Sheet(("history-7", "history-30", "history-90"), 664, CLOCK),
    "doctor": Sheet(("doctor", "doctor-page"), 1240),
}


def compose(sheet: Sheet, taken: Path, theme: str, to: Path) -> None:
    """Lay the screens out from left to right."""
    screens = [screen(taken / f"{name}-{theme}.png", sheet) for name in sheet.screens]
    lefts = [0, *accumulate(each.width + GAP for each in screens)]
    whole = Image.new("RGB", (lefts[-1], sheet.height), CLEAR)
    for left, each in zip(lefts, screens, strict=False):
        whole.paste(each, (left, 0))
    # A way of choosing colours that keeps the faint ones, such as the lines of a chart.
    few = whole.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    clear = few.getpixel((few.width - 1, 0))
    few.crop((0, 0, few.width - GAP, few.height)).save(to, optimize=True, transparency=clear)


def screen(path: Path, sheet: Sheet) -> Image.Image:
    with Image.open(path) as whole:
        part = whole.convert("RGB").crop((0, sheet.above, whole.width, whole.height))
    width = round(part.width * sheet.height / part.height)
    return part.resize((width, sheet.height), Image.Resampling.LANCZOS)


def main(taken: Path, documents: Path) -> None:
    for name, sheet in SHEETS.items():
        for theme in THEMES:
            compose(sheet, taken, theme, documents / f"{name}-{theme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
