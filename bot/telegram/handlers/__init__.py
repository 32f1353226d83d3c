"""Handlers by feature: each turns one command or button into one use case's reply."""
