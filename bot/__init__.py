"""Aftermile: a Telegram bot that looks after runners' upper backs."""
