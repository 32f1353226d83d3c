"""What every bot process would load for itself, loaded once in the process they are forked from.

Only what never changes: imports, the shipped content and its readers. The model's session runs
without threads of its own, so it goes on in whoever is forked.
"""

from __future__ import annotations

from functools import cache

import bot.__main__
import bot.app
from bot.classifier.readers import build_readers
from bot.content.library import Library
from bot.reading.readers import Readers
from bot.shipped import shipped


@cache
def ready_readers() -> Readers:
    """Give the readers of all languages, each ready."""
    readers = build_readers(bot.app.load(shipped("content")))
    for locale in readers.grammars:
        readers.of(locale)
    return readers


def readers_of(_library: Library) -> Readers:
    """Stand in for putting them together."""
    return ready_readers()


bot.app.load = cache(bot.app.load)
bot.app.build_readers = readers_of
ready_readers()
