"""Draws the sheets in docs/pictures that show every movement at a glance: `make movements`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from support.movements import NAMES, movement

from bot.pictures.animation import Loop
from bot.pictures.movements import render_still

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"
GROUND = (60, 66, 74)
GAP = 10
MOMENTS = 6
ACROSS = 240


def main() -> None:
    """Write both sheets."""
    stills = [still.resize((480, 320), Image.Resampling.LANCZOS) for still in map(drawn, NAMES)]
    rows = [stills[at : at + 2] for at in range(0, len(stills), 2)]
    sheet(rows).quantize(200).save(FOLDER / "movements.png", optimize=True)
    motion = sheet([moments(name) for name in NAMES])
    # As few colours as the eye needs: it is a photograph's worth of pixels otherwise.
    motion.quantize(200).save(FOLDER / "motion.png", optimize=True)


def drawn(name: str) -> Image.Image:
    """The still of a movement."""
    return Image.open(BytesIO(render_still(movement(name)))).convert("RGB")


def moments(name: str) -> list[Image.Image]:
    """A few frames of its loop: on the way there, in the hold, on the way back."""
    loop = Loop(movement(name))
    held = [number for number in range(loop.count) if loop.moment(number).held]
    moving = [number for number in range(loop.count) if number not in held]
    chosen = [moving[len(moving) * step // MOMENTS] for step in range(MOMENTS)]
    if held:
        chosen[MOMENTS // 2] = held[len(held) * 3 // 5]
    tall = ACROSS * 5 // 6
    frames = [loop.frame(number) for number in chosen]
    return [frame.resize((ACROSS, tall), Image.Resampling.LANCZOS) for frame in frames]


def sheet(rows: list[list[Image.Image]]) -> Image.Image:
    """Pictures of one size in rows."""
    wide, tall = rows[0][0].size
    size = (len(rows[0]) * (wide + GAP) + GAP, len(rows) * (tall + GAP) + GAP)
    image = Image.new("RGB", size, GROUND)
    for y, row in enumerate(rows):
        for x, one in enumerate(row):
            image.paste(one, (GAP + x * (wide + GAP), GAP + y * (tall + GAP)))
    return image


if __name__ == "__main__":
    main()
