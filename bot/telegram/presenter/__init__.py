"""Notices to screens: the only place where words, markup and keys come together."""
