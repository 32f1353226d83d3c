"""Where the files beside the code are: inside an installed wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """Find a folder of content or migrations; the wheel's copy goes first."""
    here = Path(__file__).parent
    packed = here / "_shipped" / name
    return packed if packed.is_dir() else here.parent / name
