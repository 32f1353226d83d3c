"""The lists of signs as lines of text; several screens show them."""

from __future__ import annotations

from bot.domain.red_flags import SignList
from bot.telegram.presenter.scene import Scene


def sign_lines(scene: Scene, which: SignList) -> str:
    """Write one list, a sign a line."""
    signs = scene.library.ruleset.signs(which)
    return "\n".join(f"• {scene.say(f'sign-{sign}')}" for sign in signs)
