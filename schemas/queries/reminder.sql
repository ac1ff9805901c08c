-- What time alone says about items, and who looks.

-- name: hold_duty
-- Whoever holds it goes on holding it; somebody else gets it when the time of the one before is over.
INSERT INTO duties (name, holder, held_until, epoch) VALUES (:name, :holder, :until, 1)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until,
    epoch = duties.epoch + CASE WHEN duties.holder = excluded.holder THEN 0 ELSE 1 END
WHERE duties.holder = excluded.holder OR duties.held_until <= :now
RETURNING epoch;

-- name: duty_epoch
-- Locked on PostgreSQL until the work that relies on it is committed.
SELECT epoch FROM duties WHERE name = :name AND holder = :holder
/*+postgresql FOR SHARE */

-- name: watched_items
-- Each of the three reads its own stretch of the index, which knows nothing of items that are not watched.
SELECT i.id, i.owner_id, COALESCE(t.manager_id, ''), COALESCE(a.sponsor_id, '')
FROM items i LEFT JOIN teammates t ON t.id = i.owner_id LEFT JOIN accounts a ON a.id = i.account_id
WHERE i.watch = :watch AND i.watch <> '' AND i.watch_since <= :before ORDER BY i.watch_since LIMIT :limit;

-- name: watch_of
SELECT watch, watch_since FROM items WHERE id = :id;
