"""The operator's settings, read once from the environment and `.env`, with errors made to be read.

Whatever is wrong is reported in one go, one line per problem, naming the variable and what to
do. Secrets are never part of such a line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)

from bot.domain.runner import QuietHours, Rhythm

PREFIX: Final = "AFTERMILE_"
TELEGRAM: Final = "https://api.telegram.org"

_TOKEN: Final = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_DATABASE: Final = re.compile(r"sqlite(\+aiosqlite)?:///|postgres(ql)?(\+psycopg)?://")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
_WEBHOOK_PORTS: Final = (80, 88, 443, 8443)
_CLOCK_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_LONGEST: Final = timedelta(days=7)
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(Exception):
    """The operator has to change something before the bot can start; `lines` say what."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def _token(value: object) -> object:
    if isinstance(value, str) and not _TOKEN.fullmatch(value):
        message = "is not a bot token; copy it whole from BotFather, it looks like 123456:AbC-dEf"
        raise ValueError(message)
    return value


def _http_root(value: object) -> object:
    parts = urlsplit(str(value))
    is_web = parts.scheme in {"http", "https"} and parts.hostname and not parts.query
    if not (is_web and _has_good_port(str(value))):
        message = f"must be the root of a Bot API server, like {TELEGRAM}"
        raise ValueError(message)
    return str(value).rstrip("/")


def _folder(value: object) -> Path:
    return Path(str(value)).expanduser()


def _database(value: object) -> object:
    message = "must look like sqlite:///path or postgresql://user:password@host/name"
    if isinstance(value, str) and not (_DATABASE.match(value) and _has_good_port(value)):
        raise ValueError(message)
    # What follows the first @ counts as the host, which messages tell; "host=@" is a socket.
    if str(value).startswith("postgres") and str(value).replace("host=@", "").count("@") > 1:
        message = "write an @ of the user or the password as %40"
        raise ValueError(message)
    return value


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _web_address(value: object) -> object:
    if value is None:
        return None
    parts = urlsplit(str(value))
    plain = not (parts.query or parts.fragment or parts.username)
    is_web = parts.scheme in {"http", "https"} and parts.hostname
    if not (is_web and plain and _has_good_port(str(value))):
        message = "must be where Telegram reaches this bot, like https://bot.example.org/hook"
        raise ValueError(message)
    return str(value)


def _secret(value: object) -> object:
    if isinstance(value, str) and not _SECRET.fullmatch(value):
        message = "must have 16 to 256 characters of A-Z a-z 0-9 _ -"
        raise ValueError(message)
    return value


def _one_of(*choices: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if value not in choices:
            message = f"{value!r} is not known; use {' or '.join(choices)}"
            raise ValueError(message)
        return value

    return check


def _level(value: object) -> object:
    return _one_of(*_LEVELS)(str(value).upper())


def _whole(low: int, high: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        text = str(value).strip()
        if not re.fullmatch(r"\d{1,9}", text) or not low <= int(text) <= high:
            message = f"{value!r} does not fit; use a whole number from {low} to {high}"
            raise ValueError(message)
        return int(text)

    return check


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        length = value
    else:
        message = f"{value!r} is not a length of time; write it like PT60M, PT3H or P1D"
        if not str(value).startswith("P"):
            raise ValueError(message)
        try:
            length = TypeAdapter(timedelta).validate_python(value)
        except ValidationError:
            raise ValueError(message) from None
    if not timedelta(0) < length <= _LONGEST:
        message = f"{value!r} is out of range; use more than nothing and at most P7D"
        raise ValueError(message)
    return length


def _clock_time(value: object) -> time:
    if isinstance(value, time):
        return value
    match = _CLOCK_TIME.fullmatch(str(value).strip())
    if match is None:
        message = f"{value!r} is not a time of day; write it like 08:00"
        raise ValueError(message)
    return time(int(match[1]), int(match[2]))


def _quiet_hours(value: object) -> QuietHours:
    if isinstance(value, QuietHours):
        return value
    if str(value).strip().lower() == "off":
        return QuietHours(time(0), time(0))
    start, _, end = str(value).partition("-")
    message = f"{value!r} is not a span of the day; write it like 22:00-07:00, or off"
    try:
        span = QuietHours(_clock_time(start), _clock_time(end))
    except ValueError:
        raise ValueError(message) from None
    if span.start == span.end:
        raise ValueError(message)
    return span


Length = Annotated[timedelta, BeforeValidator(_duration)]


class Settings(BaseSettings):
    """Everything the operator can set, with its defaults. Names are fixed: AFTERMILE_<FIELD>."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: Annotated[SecretStr | None, BeforeValidator(_token)] = None
    api_base_url: Annotated[str, BeforeValidator(_http_root)] = TELEGRAM
    data_dir: Annotated[Path, BeforeValidator(_folder)] = Path("data")
    database_url: Annotated[SecretStr | None, BeforeValidator(_database)] = None
    encryption_keys: SecretStr | None = None
    mode: Annotated[
        Literal["polling", "webhook"], BeforeValidator(_one_of("polling", "webhook"))
    ] = "polling"
    webhook_url: Annotated[str | None, BeforeValidator(_web_address)] = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_secret)] = None
    host: str = "127.0.0.1"
    port: Annotated[int, BeforeValidator(_whole(1, 65535))] = 8080
    first_check_in_after: Length = timedelta(minutes=60)
    morning_check_in_at: Annotated[time, BeforeValidator(_clock_time)] = time(8)
    quiet_hours: Annotated[QuietHours, NoDecode, BeforeValidator(_quiet_hours)] = QuietHours(
        time(22), time(7)
    )
    reminder_after: Length = timedelta(hours=3)
    start_within: Length = timedelta(hours=8)
    finish_within: Length = timedelta(minutes=45)
    emergency_follow_up_after: Length = timedelta(minutes=15)
    send_rate: Annotated[int, BeforeValidator(_whole(1, 30))] = 25
    log_format: Annotated[
        Literal["console", "json"], BeforeValidator(_one_of("console", "json"))
    ] = "console"
    log_level: Annotated[str, BeforeValidator(_level)] = "INFO"

    def rhythm(self) -> Rhythm:
        """Give the operator's defaults for when things happen around a run."""
        return Rhythm(
            first_check_in_after=self.first_check_in_after,
            morning_at=self.morning_check_in_at,
            quiet_hours=self.quiet_hours,
            reminder_after=self.reminder_after,
            start_within=self.start_within,
            finish_within=self.finish_within,
            emergency_follow_up_after=self.emergency_follow_up_after,
        )

    def require_token(self) -> str:
        """Give the bot token; raises BadSetting when there is none."""
        if self.bot_token is None:
            line = (
                f"{PREFIX}BOT_TOKEN: missing; get one from @BotFather in Telegram and put "
                f"{PREFIX}BOT_TOKEN=... into .env (or try `aftermile demo`, which needs none)"
            )
            raise BadSetting([line])
        return self.bot_token.get_secret_value()

    def require_webhook_url(self) -> str:
        """Give the address for Telegram; raises BadSetting for one it would not take."""
        if self.webhook_url is None:
            line = (
                f"{PREFIX}WEBHOOK_URL: missing; webhook mode needs the address at which Telegram "
                "reaches this bot, like https://bot.example.org/hook"
            )
            raise BadSetting([line])
        parts = urlsplit(self.webhook_url)
        # A Bot API server of one's own may take plain HTTP and any port.
        if self.api_base_url == TELEGRAM and (
            parts.scheme != "https" or (parts.port or 443) not in _WEBHOOK_PORTS
        ):
            ports = ", ".join(map(str, _WEBHOOK_PORTS))
            line = f"{PREFIX}WEBHOOK_URL: Telegram wants https:// and one of the ports {ports}"
            raise BadSetting([line])
        return self.webhook_url

    @property
    def storage_url(self) -> str:
        """The database's SQLAlchemy URL; may hold a password."""
        if self.database_url is None:
            file = str(self.data_dir.absolute() / "aftermile.db")
            # A folder may be called anything, also what means something in a URL.
            return f"sqlite+aiosqlite:///{quote(file)}"
        return re.sub(r"^sqlite:", "sqlite+aiosqlite:", self.database_url.get_secret_value())


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment over `env_file`; raises BadSetting with one line per problem."""
    given = EnvSettingsSource(Settings).env_vars
    try:
        written = DotEnvSettingsSource(Settings, env_file=env_file).env_vars
    except (OSError, UnicodeDecodeError) as error:
        line = f"{env_file}: cannot be read ({type(error).__name__}); check its owner and encoding"
        raise BadSetting([line]) from None
    problems = [_unknown(name) for name in sorted({*given, *written}) if _is_unknown(name)]
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        # `include_input=False`: the offending value may be a secret.
        found = error.errors(include_input=False, include_url=False)
        problems += [_line(str(one["loc"][0]), str(one["msg"])) for one in found]
    else:
        if not problems:
            return settings
    raise BadSetting(problems) from None


def _is_unknown(name: str) -> bool:
    field = name.lower().removeprefix(PREFIX.lower())
    return field != name.lower() and field not in Settings.model_fields


def _unknown(name: str) -> str:
    known = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    near = difflib.get_close_matches(name.upper(), known, n=1)
    return f"{name.upper()}: unknown setting; " + (
        f"did you mean {near[0]}?" if near else "remove it, the README lists all names"
    )


def _line(field: str, message: str) -> str:
    return f"{PREFIX}{field.upper()}: {message.removeprefix('Value error, ')}"
