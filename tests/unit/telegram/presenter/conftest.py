"""Drawing notices with the shipped content, for one runner at a time."""

import pytest
from support.desk import shipped_atlas, shipped_library
from support.made import NOON, runner

from bot.telegram.presenter.render import render
from bot.telegram.presenter.scene import Scene


@pytest.fixture(scope="session")
def scene():
    """A scene for a runner; by default one in Berlin, on a Wednesday at 14:00 there."""

    def made(someone=runner(), now=NOON):  # noqa: B008 - a frozen record
        atlas = shipped_atlas()
        return Scene(shipped_library(), atlas.country_name, lambda _movement: b"PNG", someone, now)

    return made


@pytest.fixture(scope="session")
def draw(scene):
    """Draw a notice for that runner."""

    def drawn(notice, *someone):
        return render(scene(*someone), notice)

    return drawn
