"""Sealing of health values, so that a copied database file tells nothing about anybody's health.

A seal is made per database object from the operator's key ring and handed to whoever maps rows;
there is no key in a module.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealBroken(Exception):
    """A stored health value opens with no key of the ring: a key is missing, or it was changed."""


class Sealed(str):
    """Ciphertext as it is stored; the only thing a health column accepts."""

    __slots__ = ()


class Seal:
    """Authenticated encryption with a ring of keys: the first one seals, every one opens.

    Keys are Fernet keys (32 bytes, URL-safe base64); a malformed or missing one is a ValueError.
    To rotate, put the new key first and keep the old ones for as long as their values live.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._ring = MultiFernet([Fernet(key) for key in keys])

    def seal(self, value: object) -> Sealed:
        """Encrypt anything JSON can say."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Sealed(self._ring.encrypt(plain.encode()).decode("ascii"))

    def open(self, sealed: str) -> object:
        """Decrypt; raises SealBroken where no key fits."""
        try:
            return json.loads(self._ring.decrypt(sealed))
        except InvalidToken:
            raise SealBroken("no key of the ring opens this health value") from None
