"""Renders the movements as MP4 beside their YAML: `make movements`, some minutes.

Needs PyAV, which only those need who change a movement or how it is drawn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import av
import yaml
from PIL import Image
from pydantic import TypeAdapter

from bot.domain.movements import Movement
from bot.gallery import MADE, digest_of
from bot.pictures.animation import FRAMES_A_SECOND, HEIGHT, WIDTH, Loop

FOLDER = Path(__file__).parents[3] / "content" / "movements"
QUALITY = {
    "crf": "23",
    "preset": "veryslow",
    "tune": "animation",
    # Said aloud, so that no player guesses other colours than the stills have.
    "x264-params": "colorprim=bt709:transfer=bt709:colormatrix=smpte170m",
}


def film(frames: Iterable[Image.Image], to: Path) -> None:
    """H.264 in MP4 without sound, as Telegram plays an animation on every device."""
    with av.open(str(to), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAMES_A_SECOND, options=QUALITY)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for image in frames:
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode(None))


def make(path: Path) -> dict[str, Any]:
    """Render one movement; gives what is noted about it."""
    movement = TypeAdapter(Movement).validate_python(yaml.safe_load(path.read_bytes()))
    loop = Loop(movement)
    target, unfinished = path.with_suffix(".mp4"), path.with_suffix(".part.mp4")
    film(loop, unfinished)
    unfinished.replace(target)
    size = target.stat().st_size / 1000
    sys.stdout.write(f"{path.stem}: {loop.count} frames, {size:.0f} kB\n")
    sys.stdout.flush()
    return {
        "from": digest_of(path),
        "width": WIDTH,
        "height": HEIGHT,
        "seconds": loop.count / FRAMES_A_SECOND,
    }


def main(names: list[str]) -> None:
    """Render the named movements, or all."""
    notes = FOLDER / MADE
    made = json.loads(notes.read_text()) if notes.exists() else {}
    for path in sorted(FOLDER.glob("*.yaml")):
        if not names or path.stem in names:
            made[path.stem] = make(path)
            notes.write_text(json.dumps(made, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
