"""The people of the sandbox: runners 1, 2, 3 …, each with a private chat, and one group."""

from dataclasses import asdict, dataclass

from bot.sandbox.errors import ActError, Json

FIRST_ID = 1000
GROUP_ID = -5000
GROUP: Json = {"id": GROUP_ID, "type": "group", "title": "Sunday runners"}
_NAMES = ("Mara", "Jonas", "Aiko", "Tomás", "Priya", "Kwame", "Elif", "Noah")
_EDITABLE = ("first_name", "last_name", "username", "language_code")


@dataclass
class Runner:
    """A person; `started` means they have written to the bot, which is what lets it write."""

    n: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "en"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def chat_id(self) -> int:
        """User id and id of the private chat, which are the same at Telegram."""
        return FIRST_ID + self.n

    def user(self) -> Json:
        """As a Bot API User."""
        return {**self._named(), "is_bot": False, "language_code": self.language_code}

    def chat(self) -> Json:
        """As a Bot API Chat."""
        return {**self._named(), "type": "private"}

    def _named(self) -> Json:
        named = {
            "id": self.chat_id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
        }
        return {key: value for key, value in named.items() if value is not None}

    def to_json(self) -> Json:
        """For the control API and the store."""
        return {**asdict(self), "chat_id": self.chat_id}


class Runners:
    """Everybody, made when first acted as."""

    def __init__(self) -> None:
        self._runners: dict[int, Runner] = {}

    def all(self) -> list[Runner]:
        """In the order of their numbers."""
        return [self._runners[n] for n in sorted(self._runners)]

    def ensure(self, n: int) -> Runner:
        """Runner n, new if need be."""
        if n < 1:
            raise ActError(404, "runners are numbered from 1")
        if n not in self._runners:
            self._runners[n] = Runner(n, _NAMES[(n - 1) % len(_NAMES)])
        return self._runners[n]

    def in_chat(self, chat_id: int) -> Runner | None:
        """Whose private chat that is."""
        return self._runners.get(chat_id - FIRST_ID)

    def update(self, n: int, wish: Json) -> Runner:
        """Create or rename."""
        if unknown := wish.keys() - set(_EDITABLE):
            raise ActError(400, f"a runner has no {sorted(unknown)}")
        if not all(isinstance(value, str) for value in wish.values()):
            raise ActError(400, "names and languages are strings")
        runner = self.ensure(n)
        for name, value in wish.items():
            setattr(runner, name, value)
        return runner

    def from_json(self, rows: list[Json]) -> None:
        """Back from the store."""
        for row in rows:
            row.pop("chat_id")
            self._runners[row["n"]] = Runner(**row)
