"""What every bot process would load for itself, loaded once in the process they are forked from.

Only what never changes and holds no thread: imports, and the shipped content.
"""

from __future__ import annotations

from functools import cache

import bot.__main__
import bot.app
from bot.shipped import shipped

bot.app.load = cache(bot.app.load)
bot.app.load(shipped("content"))
