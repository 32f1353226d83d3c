"""A Telegram on your own machine: a strict Bot API over HTTP, with runners to act as.

It is the demo and the floor of the end-to-end tests and benchmarks. It imports nothing of the rest
of `bot`: what it promises is Telegram's contract, so it must not share the bot's ideas about it.

Where it looks simpler than Telegram it is simpler on purpose; where it refuses, it refuses in the
words of tdlib/telegram-bot-api 10.0. Start reading at `server.py` (HTTP), `sandbox.py` (state),
`methods.py` (what the bot may call) and `control.py` (what tests and the chat page may do).
"""
