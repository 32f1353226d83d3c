"""Everything the bot draws: pure functions from domain values to bytes, run in a thread."""
