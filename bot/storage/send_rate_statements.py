"""The statements of the shared send rate; see send_rate.py for why each is one.

Times are seconds since 1970 by the database's clock. It is read after the row is held, so that
what others booked until then is known. A clock that was set back leaves times in the future that
nothing can have meant: a bucket that is full for over a minute, a hold of over an hour.
"""

from __future__ import annotations

from typing import Final

EVERYBODY: Final = 0
"""The chat number that stands for all; no chat has it."""

MAKE: Final = b"INSERT INTO send_rate (id, empty_at) VALUES (1, 0) ON CONFLICT DO NOTHING"

BOOK: Final = b"""
WITH pace AS MATERIALIZED (
    SELECT empty_at FROM send_rate WHERE id = 1 FOR UPDATE
), present AS MATERIALIZED (
    SELECT empty_at, date_part('epoch', clock_timestamp()) AS at FROM pace
), held AS MATERIALIZED (
    SELECT chat_id, until - at AS wait FROM send_holds CROSS JOIN present
    WHERE until > at AND until < at + 3600
    AND (chat_id = %(everybody)s OR chat_id = ANY(%(chats)s::bigint[]))
), bucket AS MATERIALIZED (
    SELECT at, CASE WHEN empty_at > at AND empty_at < at + 60 THEN empty_at - at ELSE 0 END
    AS ahead FROM present
), wanted AS MATERIALIZED (
    SELECT count(*) AS turns FROM unnest(%(chats)s::bigint[]) AS asking (chat_id)
    WHERE NOT EXISTS (
        SELECT FROM held
        WHERE wait > %(within)s AND held.chat_id IN (%(everybody)s, asking.chat_id)
    )
), turns AS MATERIALIZED (
    SELECT at, ahead, least(
        wanted.turns,
        greatest(0, floor((%(slack)s + %(within)s - ahead) / %(interval)s + 1))
    ) AS booked FROM bucket CROSS JOIN wanted
), booking AS (
    UPDATE send_rate SET empty_at = at + ahead + booked * %(interval)s FROM turns
    WHERE id = 1 AND booked > 0
)
SELECT ahead, booked,
(SELECT json_object_agg(chat_id, wait) FROM held) AS held,
EXISTS (SELECT FROM send_holds WHERE until <= at) AS has_stale
FROM turns
"""
"""Book turns for `chats` at most `within` ahead: how many, and how far ahead the first one is.

Also gives who is held for how long, and whether there are holds that are over.
"""

HOLD: Final = b"""
WITH present AS MATERIALIZED (
    SELECT date_part('epoch', clock_timestamp()) AS at
)
INSERT INTO send_holds (chat_id, until)
SELECT holding.chat_id, at + %(wait)s FROM present
CROSS JOIN unnest(ARRAY[%(chat_id)s, %(everybody)s]::bigint[]) AS holding (chat_id)
WHERE holding.chat_id = %(chat_id)s OR EXISTS (
    SELECT FROM send_holds AS other
    WHERE other.chat_id <> %(chat_id)s AND other.until > at AND other.until < at + 3600
)
ORDER BY holding.chat_id
ON CONFLICT (chat_id) DO UPDATE SET until = excluded.until
WHERE send_holds.until < excluded.until OR send_holds.until > excluded.until + 3600
"""
"""Hold a chat, and everybody if another is held; a hold is never shortened.

In the order of their numbers, so that two of these cannot wait for each other.
"""

DROP_STALE: Final = b"""
DELETE FROM send_holds WHERE chat_id IN (
    SELECT chat_id FROM send_holds WHERE until <= date_part('epoch', clock_timestamp())
    FOR UPDATE SKIP LOCKED
)
"""
