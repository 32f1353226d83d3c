"""From what a runner is told to the finished screen, with what takes long off the event loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.content.library import Library
from bot.domain.runner import Runner
from bot.domain.tips import Tip
from bot.gallery import Gallery, read_animations
from bot.pictures import back_map
from bot.services.notices import BackMap, MovementShown, Notice, StretchStep, Summary
from bot.services.ports import Clock
from bot.shipped import shipped
from bot.studio import Studio
from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene
from bot.telegram.screen import Attachment, Motion, Screen


def open_gallery(library: Library) -> Gallery:
    """Give the pictures of a library's movements, with the animations that are shipped."""
    return Gallery(library.movements, read_animations(shipped("content") / "movements"))


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
        still = self._still_for(notice)
        if still is not None:
            await self.gallery.ready(still)
        scene = self._scene(runner)
        if isinstance(notice, Summary):
            # Its words are measured against the page, so words and page are one piece of work.
            return await self.studio.draws(render, scene, notice)
        return await self.studio.finished(render(scene, notice))

    def _scene(self, runner: Runner | None) -> Scene:
        return Scene(
            self.library,
            self.country_name,
            self.gallery.still,
            runner,
            self.clock.now(),
            self._animation,
        )

    def _animation(self, movement_id: str) -> Attachment | None:
        made = self.gallery.animation(movement_id)
        if made is None:
            return None
        motion = Motion(made.width, made.height, made.seconds)
        name = f"{movement_id}.mp4"
        return Attachment(made.content, name, "animation", lasting=True, motion=motion)

    def _still_for(self, notice: Notice) -> str | None:
        """Name the picture that has to be drawn before a notice can be shown."""
        match notice:
            case BackMap():
                return back_map.NAME
            case MovementShown(Tip(movement=str(movement)), still=True):
                return movement
            case MovementShown(Tip(movement=str(movement))) | StretchStep(
                Tip(movement=str(movement))
            ):
                return None if self.gallery.animation(movement) else movement
            case _:
                return None
