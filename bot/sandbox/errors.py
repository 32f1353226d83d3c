"""Refusals. They cut through layers of parameter parsing, which is why they are exceptions."""

from typing import Any

# A JSON object as it travels: Bot API objects are kept in their wire shape, not remodelled.
Json = dict[str, Any]


class ApiError(Exception):
    """The Bot API refuses a call: HTTP status and Telegram's description, prefix included."""

    def __init__(
        self,
        code: int,
        description: str,
        retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def answer(self) -> Json:
        """The body of the HTTP answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        told = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to}
        if parameters := {key: value for key, value in told.items() if value is not None}:
            body["parameters"] = parameters
        return body


class ActError(Exception):
    """The control API refuses an act: HTTP status and a sentence for whoever wrote the test."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def whole(value: object) -> int:
    """An integer from JSON, 0 where it is something else."""
    return value if isinstance(value, int) else 0


def bad_request(text: str) -> ApiError:
    """A 400 in Telegram's form."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """A 403 in Telegram's form."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """A 429 in Telegram's form; seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
