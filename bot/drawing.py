"""From what a runner is told to the finished screen, with what takes long off the event loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.content.library import Library
from bot.domain.runner import Runner
from bot.gallery import Gallery
from bot.services.notices import MovementShown, Notice, StretchStep, Summary
from bot.services.ports import Clock
from bot.studio import Studio
from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene
from bot.telegram.screen import Screen


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws any notice for any runner; `country_name` names a country by code and locale."""

    library: Library
    country_name: Callable[[str, str], str]
    gallery: Gallery
    studio: Studio
    clock: Clock

    async def __call__(self, notice: Notice, runner: Runner | None) -> Screen:
        """Give the screen, ready to be sent."""
        if isinstance(notice, MovementShown | StretchStep) and notice.tip.movement is not None:
            await self.gallery.ready(notice.tip.movement)
        scene = Scene(self.library, self.country_name, self.gallery, runner, self.clock.now())
        if isinstance(notice, Summary):
            # Its words are measured against the page, so words and page are one piece of work.
            return await self.studio.draws(render, scene, notice)
        return await self.studio.finished(render(scene, notice))
