"""The movements as they ship, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from bot.domain.movements import KeyPose, Movement
from bot.pictures.body import body
from bot.pictures.skeleton import skeleton_of

FOLDER = Path(__file__).parents[2] / "content" / "movements"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def movement(name: str) -> Movement:
    """Give one of them by its id."""
    raw = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(Movement).validate_python(raw)


def lowest(pose: KeyPose) -> float:
    """How high the lowest point of the body is, in metres."""
    return min(
        point[2]
        for shape in body(skeleton_of(pose))
        for coat in shape.coats
        for sheet in coat.sheets
        for row in sheet
        for point in row
    )
