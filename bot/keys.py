"""The data folder and the encryption keys in it: made once, for their owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

import structlog
from cryptography.fernet import Fernet

from bot.config import PREFIX, BadSetting, Settings

KEY_FILE: Final = "encryption.key"
_OTHERS: Final = 0o077

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def prepare_data_dir(settings: Settings) -> None:
    """Make the data folder (private to its owner) and prove that it can be written to."""
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        line = (
            f"{PREFIX}DATA_DIR: cannot write to {folder.absolute()} ({error.strerror}); "
            "make it writable or choose another folder"
        )
        raise BadSetting([line]) from None


def encryption_keys(settings: Settings) -> tuple[str, ...]:
    """Give the Fernet keys, the first of which seals; makes one in the data folder if need be.

    The folder must exist. Raises BadSetting for a key file that cannot be read or a key that is
    none.
    """
    if settings.encryption_keys is not None:
        return _checked(settings.encryption_keys.get_secret_value(), f"{PREFIX}ENCRYPTION_KEYS")
    path = settings.data_dir.absolute() / KEY_FILE
    try:
        if not path.exists():
            _make_key(path)
        if path.stat().st_mode & _OTHERS:
            _log.warning("encryption_key.readable_by_others", path=str(path), fix="chmod 600")
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read or made ({type(error).__name__})"
        line = f"{path}: {problem}; restore it, stored answers cannot be opened without it"
        raise BadSetting([line]) from None
    return _checked(text, str(path))


def _checked(text: str, source: str) -> tuple[str, ...]:
    keys = tuple(text.replace(",", " ").split())
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        keys = ()
    if not keys:
        line = f"{source}: holds no valid key; use Fernet keys (44 characters), comma separated"
        raise BadSetting([line])
    return keys


def _make_key(path: Path) -> None:
    """Write a new key beside `path`, then link it into place: all of it or nothing.

    Of two processes that start at once the first one wins, and both read that key.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{KEY_FILE}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(Path(draft), path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        _log.info("encryption_key.made_elsewhere", path=str(path))
        return
    except OSError:
        # Some file systems (FAT, some container mounts) have no hard links.
        draft.replace(path)
    _log.info("encryption_key.made", path=str(path))
