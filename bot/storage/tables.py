"""Every table: columns, keys and indexes. Nothing outside storage sees them.

Column names equal the fields of the domain classes, so that mapping.py can pair them. Ids are
never reused (AUTOINCREMENT): an old button that carries the id of a forgotten check-in must not
reach somebody else's. Whatever is about a runner goes when the runner's row goes.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.domain.check_in import CheckInKind, Closed, Question
from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.escalation import Cleared, FollowUp, Reached
from bot.domain.red_flags import Urgency
from bot.domain.runner import Awaiting
from bot.storage.columns import NAMES
from bot.storage.columns import id_ as _id
from bot.storage.columns import json_ as _json
from bot.storage.columns import may_refer_to as _may_refer_to
from bot.storage.columns import runner_id as _runner_id
from bot.storage.columns import some as _some
from bot.storage.types import Checked, SealedHealth, UtcDateTime, WholeSeconds, big_id

metadata = MetaData(naming_convention=NAMES)


runners = Table(
    "runners",
    metadata,
    _id(),
    _some("user_id", BigInteger),
    _some("chat_id", BigInteger),
    _some("created_at", UtcDateTime),
    _some("seen_at", UtcDateTime),
    _some("locale", String(16)),
    Column("adult_at", UtcDateTime),
    _json("consent", nullable=True),
    Column("declined_at", UtcDateTime),
    Column("zone", String(64)),
    Column("city", Text),
    Column("country", String(2)),
    Column("place_confirmed_at", UtcDateTime),
    Column("onboarded_at", UtcDateTime),
    Column("profile", SealedHealth),
    _json("preferences"),
    _json("plan"),
    Column("plan_asked_at", UtcDateTime),
    Column("paused_at", UtcDateTime),
    Column("paused_until", UtcDateTime),
    Column("blocked_at", UtcDateTime),
    Column("awaiting", Checked(Awaiting)),
    Column("awaiting_detail", Text),
    # The lease: which worker is sending which delivery to this runner, and until when. It is no
    # part of the domain object, and saving a runner leaves it alone. No foreign key on
    # leased_for: it would make runners and deliveries depend on each other in a circle.
    Column("leased_by", String(128)),
    Column("leased_until", UtcDateTime),
    Column("leased_for", big_id()),
    UniqueConstraint("user_id"),
    sqlite_autoincrement=True,
)

pauses = Table(
    "pauses",
    metadata,
    _id(),
    _runner_id(),
    _some("began_at", UtcDateTime),
    Column("until", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Index(None, "runner_id", "began_at"),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    _id(),
    _runner_id(),
    _some("ended_at", UtcDateTime),
    _some("logged_at", UtcDateTime),
    Column("distance_km", Float),
    Column("duration", WholeSeconds),
    Column("undone_at", UtcDateTime),
    Column("update_id", BigInteger),
    UniqueConstraint("runner_id", "update_id"),
    Index(None, "runner_id", "ended_at"),
    sqlite_autoincrement=True,
)

check_ins = Table(
    "check_ins",
    metadata,
    _id(),
    _runner_id(),
    _some("kind", Checked(CheckInKind)),
    _some("due_at", UtcDateTime),
    _some("local_date", Date),
    _some("dedupe_key", String(128)),
    _may_refer_to("runs", "run_id"),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed", Checked(Closed)),
    Column("message_id", BigInteger),
    _some("late", Boolean),
    _some("kept", SealedHealth),
    UniqueConstraint("dedupe_key"),
    Index(None, "runner_id", "due_at"),
    Index(None, "run_id"),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    _id(),
    Column(
        "check_in_id", big_id(), ForeignKey("check_ins.id", ondelete="CASCADE"), nullable=False
    ),
    _some("question", Checked(Question)),
    _some("value", SealedHealth),
    _some("answered_at", UtcDateTime),
    Column("update_id", BigInteger),
    Column("undone_at", UtcDateTime),
    Index(None, "check_in_id"),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    _runner_id(),
    _some("made_at", UtcDateTime),
    _some("urgency", Checked(Urgency)),
    _some("rules", SealedHealth),
    _some("ruleset_hash", String(64)),
    _some("answers", SealedHealth),
    _json("tips"),
    _may_refer_to("check_ins", "check_in_id"),
    Column("superseded_at", UtcDateTime),
    # NULL in rows of the release that did not keep it.
    Column("findings", SealedHealth),
    Index(None, "runner_id", "made_at"),
    Index(None, "check_in_id"),
    sqlite_autoincrement=True,
)

given_tips = Table(
    "given_tips",
    metadata,
    _id(),
    _runner_id(),
    _some("tip_id", String(64)),
    _some("given_at", UtcDateTime),
    _some("asked_for", Boolean),
    _may_refer_to("check_ins", "check_in_id"),
    Column("effect", SealedHealth),
    Column("effect_at", UtcDateTime),
    Column("not_for_me_at", UtcDateTime),
    Index(None, "runner_id", "given_at"),
    Index(None, "check_in_id"),
    sqlite_autoincrement=True,
)

escalations = Table(
    "escalations",
    metadata,
    _id(),
    _runner_id(),
    _some("urgency", Checked(Urgency)),
    _some("findings", SealedHealth),
    _some("opened_at", UtcDateTime),
    _may_refer_to("decisions", "decision_id"),
    _may_refer_to("check_ins", "check_in_id"),
    Column("message_id", BigInteger),
    Column("sent_at", UtcDateTime),
    Column("asked", Checked(FollowUp)),
    Column("reached", Checked(Reached)),
    Column("gone_at", UtcDateTime),
    Column("lowered_at", UtcDateTime),
    Column("tips_off_until", UtcDateTime),
    Column("cleared_at", UtcDateTime),
    Column("cleared", Checked(Cleared)),
    Index(None, "runner_id", "opened_at"),
    Index(None, "check_in_id"),
    Index(None, "decision_id"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    _runner_id(),
    _some("kind", Checked(DeliveryKind)),
    # Written from the kind, so that the order of the queue is decided by the database.
    _some("priority", Integer),
    _some("subject_id", big_id()),
    _some("due_at", UtcDateTime),
    _some("dedupe_key", String(128)),
    _some("attempts", Integer),
    _some("state", Checked(DeliveryState)),
    Column("reason", Text),
    UniqueConstraint("dedupe_key"),
    Index(None, "state", "due_at"),
    Index(None, "state", "priority", "due_at", "id"),
    # Also finds all of a runner's.
    Index(None, "runner_id", "state", "priority", "due_at", "id"),
    Index(None, "subject_id"),
    sqlite_autoincrement=True,
)

rulesets = Table(
    "rulesets",
    metadata,
    Column("hash", String(64), primary_key=True),
    _json("content"),
    _some("first_seen_at", UtcDateTime),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _some("handled_at", UtcDateTime),
    Index(None, "handled_at"),
)

dead_updates = Table(
    "dead_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _some("kind", String(64)),
    _some("error", String(256)),
    _some("at", UtcDateTime),
)

# What all replicas know of the pace of sending; about nobody.
send_rate = Table(
    "send_rate",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # Seconds since 1970 by the database's clock.
    _some("empty_at", Double),
)

send_holds = Table(
    "send_holds",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    _some("until", Double),
)

# What Telegram calls the pictures it has, by bot and content; about nobody.
sent_files = Table(
    "sent_files",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), primary_key=True),
    _some("file_id", String(256)),
)
