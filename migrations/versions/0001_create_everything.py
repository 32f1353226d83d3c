"""Create everything.

Column types are spelled out and not taken from the code, which moves on while this stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)
CODE = sa.String(32)
SEALED = sa.Text()


def upgrade() -> None:
    _runners()
    _runs()
    _check_ins()
    _answers()
    _decisions()
    _given_tips()
    _escalations()
    _deliveries()
    _updates()


def downgrade() -> None:
    for table in (
        "dead_updates",
        "updates",
        "deliveries",
        "escalations",
        "given_tips",
        "decisions",
        "answers",
        "check_ins",
        "runs",
        "runners",
    ):
        op.drop_table(table)


def _some(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=False)


def _maybe(name: str, kind: sa.types.TypeEngine) -> sa.Column:
    return sa.Column(name, kind, nullable=True)


def _create(table: str, *items: sa.schema.SchemaItem) -> None:
    """Create a table with an id that is never given twice."""
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, _some("id", BIG), *items, key, sqlite_autoincrement=True)


def _refers(table: str, column: str, other: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=on_delete)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _runners() -> None:
    _create(
        "runners",
        _some("user_id", sa.BigInteger()),
        _some("chat_id", sa.BigInteger()),
        _some("created_at", AT),
        _some("seen_at", AT),
        _some("locale", sa.String(16)),
        _maybe("adult_at", AT),
        _maybe("consent", sa.JSON()),
        _maybe("declined_at", AT),
        _maybe("zone", sa.String(64)),
        _maybe("city", sa.Text()),
        _maybe("country", sa.String(2)),
        _maybe("place_confirmed_at", AT),
        _maybe("onboarded_at", AT),
        _maybe("profile", SEALED),
        _some("preferences", sa.JSON()),
        _some("plan", sa.JSON()),
        _maybe("plan_asked_at", AT),
        _maybe("paused_at", AT),
        _maybe("paused_until", AT),
        _maybe("blocked_at", AT),
        _maybe("awaiting", CODE),
        _maybe("awaiting_detail", sa.Text()),
        _maybe("leased_by", sa.String(128)),
        _maybe("leased_until", AT),
        _maybe("leased_for", BIG),
        sa.UniqueConstraint("user_id", name="uq_runners_user_id"),
    )


def _runs() -> None:
    _create(
        "runs",
        _some("runner_id", BIG),
        _some("ended_at", AT),
        _some("logged_at", AT),
        _maybe("distance_km", sa.Float()),
        _maybe("duration", sa.Integer()),
        _maybe("undone_at", AT),
        _maybe("update_id", sa.BigInteger()),
        _refers("runs", "runner_id", "runners", "CASCADE"),
        sa.UniqueConstraint("runner_id", "update_id", name="uq_runs_runner_id_update_id"),
    )
    _index("runs", "runner_id", "ended_at")


def _check_ins() -> None:
    _create(
        "check_ins",
        _some("runner_id", BIG),
        _some("kind", CODE),
        _some("due_at", AT),
        _some("local_date", sa.Date()),
        _some("dedupe_key", sa.String(128)),
        _maybe("run_id", BIG),
        _maybe("opened_at", AT),
        _maybe("closed_at", AT),
        _maybe("closed", CODE),
        _maybe("message_id", sa.BigInteger()),
        _some("late", sa.Boolean()),
        _some("kept", SEALED),
        _refers("check_ins", "runner_id", "runners", "CASCADE"),
        _refers("check_ins", "run_id", "runs", "SET NULL"),
        sa.UniqueConstraint("dedupe_key", name="uq_check_ins_dedupe_key"),
    )
    _index("check_ins", "runner_id", "due_at")
    _index("check_ins", "run_id")


def _answers() -> None:
    _create(
        "answers",
        _some("check_in_id", BIG),
        _some("question", CODE),
        _some("value", SEALED),
        _some("answered_at", AT),
        _maybe("update_id", sa.BigInteger()),
        _maybe("undone_at", AT),
        _refers("answers", "check_in_id", "check_ins", "CASCADE"),
    )
    _index("answers", "check_in_id")


def _decisions() -> None:
    _create(
        "decisions",
        _some("runner_id", BIG),
        _some("made_at", AT),
        _some("urgency", CODE),
        _some("rules", SEALED),
        _some("ruleset_hash", sa.String(64)),
        _some("answers", SEALED),
        _some("tips", sa.JSON()),
        _maybe("check_in_id", BIG),
        _maybe("superseded_at", AT),
        _refers("decisions", "runner_id", "runners", "CASCADE"),
        _refers("decisions", "check_in_id", "check_ins", "SET NULL"),
    )
    _index("decisions", "runner_id", "made_at")
    _index("decisions", "check_in_id")


def _given_tips() -> None:
    _create(
        "given_tips",
        _some("runner_id", BIG),
        _some("tip_id", sa.String(64)),
        _some("given_at", AT),
        _some("asked_for", sa.Boolean()),
        _maybe("check_in_id", BIG),
        _maybe("effect", SEALED),
        _maybe("effect_at", AT),
        _maybe("not_for_me_at", AT),
        _refers("given_tips", "runner_id", "runners", "CASCADE"),
        _refers("given_tips", "check_in_id", "check_ins", "SET NULL"),
    )
    _index("given_tips", "runner_id", "given_at")
    _index("given_tips", "check_in_id")


def _escalations() -> None:
    _create(
        "escalations",
        _some("runner_id", BIG),
        _some("urgency", CODE),
        _some("findings", SEALED),
        _some("opened_at", AT),
        _maybe("decision_id", BIG),
        _maybe("check_in_id", BIG),
        _maybe("message_id", sa.BigInteger()),
        _maybe("sent_at", AT),
        _maybe("asked", CODE),
        _maybe("reached", CODE),
        _maybe("gone_at", AT),
        _maybe("lowered_at", AT),
        _maybe("tips_off_until", AT),
        _maybe("cleared_at", AT),
        _maybe("cleared", CODE),
        _refers("escalations", "runner_id", "runners", "CASCADE"),
        _refers("escalations", "decision_id", "decisions", "SET NULL"),
        _refers("escalations", "check_in_id", "check_ins", "SET NULL"),
    )
    _index("escalations", "runner_id", "opened_at")
    _index("escalations", "check_in_id")
    _index("escalations", "decision_id")


def _deliveries() -> None:
    _create(
        "deliveries",
        _some("runner_id", BIG),
        _some("kind", CODE),
        _some("priority", sa.Integer()),
        _some("subject_id", BIG),
        _some("due_at", AT),
        _some("dedupe_key", sa.String(128)),
        _some("attempts", sa.Integer()),
        _some("state", CODE),
        _maybe("reason", sa.Text()),
        _refers("deliveries", "runner_id", "runners", "CASCADE"),
        sa.UniqueConstraint("dedupe_key", name="uq_deliveries_dedupe_key"),
    )
    _index("deliveries", "state", "due_at")
    _index("deliveries", "runner_id")
    _index("deliveries", "subject_id")


def _updates() -> None:
    """Their id is Telegram's."""
    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _some("handled_at", AT),
        sa.PrimaryKeyConstraint("update_id", name="pk_updates"),
    )
    _index("updates", "handled_at")
    op.create_table(
        "dead_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        _some("kind", sa.String(64)),
        _some("error", sa.String(256)),
        _some("at", AT),
        sa.PrimaryKeyConstraint("update_id", name="pk_dead_updates"),
    )
