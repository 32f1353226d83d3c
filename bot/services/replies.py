"""What a use case answers: messages to edit, messages to send, a line on the tapped button."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.runner import Runner
from bot.services.notices import Notice


class Toast(StrEnum):
    """A short line shown over the chat when a button was tapped."""

    ALREADY = "already"
    CLOSED = "closed"
    NOT_YOURS = "not-yours"
    OLD_BUTTON = "old-button"
    SAFETY_FIRST = "safety-first"
    NOTED = "noted"
    NEEDS_CONSENT = "needs-consent"


@dataclass(frozen=True, slots=True)
class CheckInShown:
    """Receipt: this check-in's prompt stands in the message that was sent."""

    check_in_id: int


@dataclass(frozen=True, slots=True)
class EscalationShown:
    """Receipt: this escalation reached the runner; its delivery is settled."""

    escalation_id: int


Receipt = CheckInShown | EscalationShown


@dataclass(frozen=True, slots=True)
class Message:
    """A new message. Its receipt, if any, is handed back once Telegram took it."""

    notice: Notice
    receipt: Receipt | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A message to change in place; if it is gone, the notice is sent anew.

    `message_id` None means the message whose button was tapped.
    """

    notice: Notice
    message_id: int | None = None
    receipt: Receipt | None = None
    only_in_place: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One use case's whole answer. `runner` None: nobody is known, defaults are used.

    `clears_tapped` takes the message away whose button was tapped; it has served its turn.
    """

    runner: Runner | None
    edits: tuple[Edit, ...] = ()
    messages: tuple[Message, ...] = ()
    toast: Toast | None = None
    clears_tapped: bool = False


def say(runner: Runner | None, *notices: Notice) -> Reply:
    """Answer with new messages."""
    return Reply(runner, messages=tuple(Message(notice) for notice in notices))


def swap(runner: Runner | None, notice: Notice, toast: Toast | None = None) -> Reply:
    """Answer by changing the tapped message; to a typed command this is a new message."""
    return Reply(runner, edits=(Edit(notice),), toast=toast)


def toast(runner: Runner | None, line: Toast) -> Reply:
    """Answer with a line over the chat and nothing else."""
    return Reply(runner, toast=line)


def joined(reply: Reply, then: Reply) -> Reply:
    """Let what a second step shows follow what the first one does."""
    edits, messages = (*reply.edits, *then.edits), (*reply.messages, *then.messages)
    return replace(reply, edits=edits, messages=messages)


def as_new(reply: Reply) -> Reply:
    """Turn what would change the tapped message into new messages."""
    moved = tuple(
        Message(edit.notice, edit.receipt) for edit in reply.edits if edit.message_id is None
    )
    kept = tuple(edit for edit in reply.edits if edit.message_id is not None)
    return Reply(reply.runner, kept, (*moved, *reply.messages), reply.toast)
