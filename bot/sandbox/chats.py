"""Messages as both sides see them: Bot API objects plus what only the app knows."""

from dataclasses import asdict, dataclass
from datetime import datetime

from bot.sandbox.changes import Changes
from bot.sandbox.errors import Json


@dataclass
class Post:
    """A message in its wire shape; `keys` is a reply keyboard or its removal, which it lacks."""

    message: Json
    silent: bool = False
    deleted: bool = False
    keys: Json | None = None
    seq: int = 0

    @property
    def message_id(self) -> int:
        """Unique over all chats, as for a real bot's private chats and basic groups."""
        number: int = self.message["message_id"]
        return number

    @property
    def from_bot(self) -> bool:
        """Whose side it is on."""
        return bool(self.message["from"]["is_bot"])


class Chats:
    """All posts by chat and id, and what the app shows below them."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._posts: dict[int, dict[int, Post]] = {}
        self._next_id = 1
        self.typing_until: dict[int, datetime] = {}

    def __contains__(self, chat_id: int) -> bool:
        return chat_id in self._posts

    def add(self, post: Post) -> Post:
        """Append a post, which gets its message id here."""
        chat_id = post.message["chat"]["id"]
        post.message = {"message_id": self._next_id, **post.message}
        self._next_id += 1
        self._posts.setdefault(chat_id, {})[post.message_id] = post
        if post.from_bot:
            self.typing_until.pop(chat_id, None)
        return self.touch(post)

    def touch(self, post: Post) -> Post:
        """Tell everybody that a post is new or different."""
        post.seq = self._changes.mark(post.message["chat"]["id"])
        return post

    def live(self, chat_id: int, message_id: int) -> Post | None:
        """A post that is still there."""
        post = self._posts.get(chat_id, {}).get(message_id)
        return None if post is None or post.deleted else post

    def find(self, message_id: int) -> Post | None:
        """A post in whatever chat, deleted or not."""
        found = (posts.get(message_id) for posts in self._posts.values())
        return next((post for post in found if post), None)

    def all(self, chat_id: int) -> list[Post]:
        """Every post of a chat, oldest first."""
        return list(self._posts.get(chat_id, {}).values())

    def keyboard(self, chat_id: int) -> list[list[Json]] | None:
        """The reply keyboard in force: the last one sent, unless removed or used up."""
        used = False
        for post in reversed(self.all(chat_id)):
            used = used or not post.from_bot
            if post.keys and ("keyboard" in post.keys or "remove_keyboard" in post.keys):
                spent = used and post.keys.get("one_time_keyboard")
                return None if spent or post.deleted else post.keys.get("keyboard")
        return None

    def to_json(self) -> Json:
        """For the store."""
        posts = [asdict(post) for chat in self._posts.values() for post in chat.values()]
        return {"next_id": self._next_id, "posts": posts}

    def from_json(self, row: Json) -> None:
        """Back from the store."""
        self._next_id = row["next_id"]
        for fields in row["posts"]:
            post = Post(**fields)
            self._posts.setdefault(post.message["chat"]["id"], {})[post.message_id] = post
